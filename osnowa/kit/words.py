"""Words as people type them: folded, so that `lodz` finds Łódź in every database alike; made fit for an address."""

import re
import unicodedata

from django.utils.text import slugify

_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ø": "o", "Ø": "o", "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"}
    | dict.fromkeys("’‘ʼ´–—‐‑", " ")
)
_APART = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Lower-case ASCII letters and digits with single spaces; folding twice changes nothing."""
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).casefold()
    plain = unicodedata.normalize("NFKD", plain.translate(_LETTERS))
    return _APART.sub(" ", plain.encode("ascii", "ignore").decode()).strip()


def typed(text: str, longest: int = 100) -> str:
    """What somebody typed into one line: without the signs no key writes, such as NUL; trimmed and cut."""
    return "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text).strip()[:longest]


def address_word(text: str, taken: set[str] | frozenset[str] = frozenset(), longest: int = 60) -> str:
    """A word for a URL made of a name, with a number behind it when the plain word is taken."""
    word = slugify(fold(text))[:longest].strip("-") or "x"
    if word not in taken:
        return word
    number = 2
    while f"{word}-{number}" in taken:
        number += 1
    return f"{word}-{number}"
