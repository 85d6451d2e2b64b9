"""What an organisation is found by: folded words and their stems, and signs for its region, activities and services."""

from collections.abc import Iterable
from functools import lru_cache

from osnowa.kit.stems import stem
from osnowa.kit.words import fold

#: Signs begin with a line, which no folded word has.
REGION, ACTIVITY, SERVICES = "_r", "_n", "_s_"


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


def signs(region: int, activities: Iterable[str], services: Iterable[str]) -> set[str]:
    """The signs of an organisation of a region with these codes of activities and services."""
    return {region_sign(region), *map(activity_sign, activities), *map(service_sign, services)}


def line(words: Iterable[str], signs: Iterable[str]) -> str:
    """What the index keeps of an organisation: words, stems and signs, each once, in one order."""
    known = set(words)
    return " ".join(sorted(known | {stem(word) for word in known} | set(signs)))
