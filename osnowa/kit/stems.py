"""The stem of a folded word: what stays of it in all its forms, by the endings of Polish and Slovene.

    spoldzielnia, spoldzielni, spoldzielnie  ->  spoldzieln         drustvo, drustva, drustev  ->  drustv

A stem need not be a word; it only has to be the same for the forms of a word and another for other words.
"""

import re
from functools import lru_cache

#: Shorter stems say too little, shorter words have no endings to speak of.
_SHORTEST_STEM = 3
_SHORTEST_WORD = 4
#: Endings of nouns and adjectives in both languages, folded; the longest that fits goes.
_ENDINGS = (
    "iego", "iemu", "iami", "iach", "ymi", "imi", "ego", "emu", "ami", "ach", "ych", "ich", "iom", "iem",
    "ium", "iej", "ega", "om", "am", "em", "ej", "ym", "im", "ah", "eh", "ih", "um", "mi",
    "ia", "ie", "iu", "io", "ii", "a", "e", "i", "o", "u", "y",
)  # fmt: skip
#: What differs between forms at the end of the stem: an e that comes and goes, -ow- of towns, adjectives and plurals.
_LEVELLED = (
    (re.compile(r"(?<=.[tk])ev$"), "v"),
    (re.compile(r"(?<=[a-z]{4})[oe][wv]$"), ""),
    (re.compile(r"(?<=[a-z]{2}[^aeiouy])e(?=[ckr]$)"), ""),
    (re.compile(r"(?<=[a-z]{3})ij$"), "j"),
    (re.compile(r"(?<=[a-z]{3}r)j$|(?<=dziec)k$"), ""),
)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of one folded word; words with digits and short ones are their own stems."""
    if len(word) < _SHORTEST_WORD or not word.isalpha():
        return word
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    for pattern, instead in _LEVELLED:
        word = pattern.sub(instead, word)
    return word
