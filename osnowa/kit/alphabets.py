"""Words in the order of an alphabet: Polish puts Ł after L, Slovene Č after C; machines put both after Z."""

import unicodedata
from functools import cache

from osnowa.kit.words import fold

_ALPHABETS = {
    "pl": "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźż",
    "sl": "abcčćdđefghijklmnopqrsštuvwxyzž",
}


@cache
def _places(language: str) -> dict[str, int]:
    return {letter: place for place, letter in enumerate(_ALPHABETS.get(language, "abcdefghijklmnopqrstuvwxyz"))}


def _part(letter: str, places: dict[str, int]) -> tuple[int, int]:
    """A place in the order: gaps, digits, letters of the alphabet; a foreign letter stands behind the plain one it is made from."""
    if letter in places:
        return (2 + places[letter], 0)
    if letter.isdigit():
        return (1, int(unicodedata.digit(letter, 0)))
    plain = fold(letter)[:1]
    return (2 + places[plain], 1) if plain in places else (0, 0)


def in_order(words: str, language: str) -> tuple[tuple[int, int], ...]:
    """The key that sorts names as a dictionary of the language does; marks such as „ and . count as a gap."""
    places = _places(language)
    parts = [_part(letter, places) for letter in unicodedata.normalize("NFC", words.lower())]
    return tuple(part for number, part in enumerate(parts) if part != (0, 0) or (number and parts[number - 1] != (0, 0)))
