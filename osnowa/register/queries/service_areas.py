"""Fields of services by the words people search with."""

from osnowa.kit.words import fold
from osnowa.register import codes

#: A shorter word must be a whole word of the label.
_SHORTEST_BEGINNING = 3


def service_areas_like(word: str) -> list[str]:
    """The codes of the fields of services whose label, in the reader's language, has a word that begins like this folded one."""
    ending = "" if len(word) >= _SHORTEST_BEGINNING else " "
    return [row.code for row in codes.SERVICE_AREAS if f" {word}{ending}" in f" {fold(row.label)} "]
