"""What an organisation is found by: folded words and their stems, and signs for its region, town, postal code, activities and services."""

import re
from collections.abc import Iterable
from functools import lru_cache

from osnowa.kit.stems import stem
from osnowa.kit.words import fold

#: Signs begin with a line, which no folded word has.
REGION, MUNICIPALITY, POSTAL, ACTIVITY, SERVICES = "_r", "_m", "_p", "_n", "_s_"
#: Two letters of a country that some write before a postal code.
_COUNTRY = re.compile(r"^[a-z]{1,2}(?=\d{4,5}$)")


@lru_cache(maxsize=200_000)
def pieces(piece: str) -> tuple[tuple[str, str], ...]:
    """(folded word, how it is written) of one piece of a text between spaces."""
    words = fold(piece).split()
    if len(words) == 1:
        return ((words[0], piece.strip("\"'„”“»«‘’().,;:!?").lower()[:60]),)
    return tuple((word, word) for word in words)


def words_of(texts: Iterable[str]) -> dict[str, str]:
    """{folded word: how it is written} of the names and places of an organisation."""
    return {word[:60]: spelt for text in texts if text for piece in text.split() for word, spelt in pieces(piece)}


def activity_sign(nace: str) -> str:
    return ACTIVITY + nace.replace(".", "")


def service_sign(code: str) -> str:
    return SERVICES + fold(code).replace(" ", "_")


def region_sign(region: int) -> str:
    return f"{REGION}{region}"


def municipality_sign(municipality: int) -> str:
    return f"{MUNICIPALITY}{municipality}"


def postal(code: str) -> str:
    """A postal code as one word, however it is written: 80-001, 80001, SI-2000."""
    return _COUNTRY.sub("", fold(code).replace(" ", ""))


def postal_sign(code: str) -> str:
    return POSTAL + postal(code)


def signs(region: int, activities: Iterable[str], services: Iterable[str], municipality: int | None = None, postal_code: str = "") -> set[str]:
    """The signs of an organisation of a region and town with these codes of activities and services."""
    place = {municipality_sign(municipality)} if municipality else set()
    code = {postal_sign(postal_code)} if postal(postal_code) else set()
    return {region_sign(region), *place, *code, *map(activity_sign, activities), *map(service_sign, services)}


def line(words: Iterable[str], signs: Iterable[str]) -> str:
    """What the index keeps of an organisation: words, stems and signs, each once, in one order."""
    known = set(words)
    return " ".join(sorted(known | {stem(word) for word in known} | set(signs)))
