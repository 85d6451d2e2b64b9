"""Words as people type them: folded, so that `lodz` finds Łódź in every database alike; made fit for an address."""

import re
import unicodedata
from functools import lru_cache

from django.utils.text import slugify


def _in_latin(pairs: str) -> dict[str, str]:
    """Greek and Cyrillic letters, both cases, and the Latin ones people type for them."""
    found = dict(pair.split("=") for pair in pairs.split())
    return found | {letter.upper(): latin for letter, latin in found.items()}


_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ø": "o", "Ø": "o", "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"}
    | dict.fromkeys("’‘ʼ´–—‐‑", " ")
    | _in_latin(
        "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o "
        "а=a б=b в=v г=g д=d е=e ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=h ц=ts ч=ch ш=sh щ=sht ъ=a ь=y "
        "ю=yu я=ya ы=y э=e ё=e і=i ї=i є=e ґ=g"
    )
)
_APART = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Lower-case ASCII letters and digits with single spaces; folding twice changes nothing."""
    if text.isascii():
        return _APART.sub(" ", text.lower()).strip()
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
