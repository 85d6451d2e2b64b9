"""The country a list is of, where its numbers or postal codes tell that it is not the region's."""

from collections.abc import Iterable

from osnowa.imports.values import identifiers, places
from osnowa.imports.values.cells import NOTHING_OF_NUMBERS, is_nothing, text_of
from osnowa.kit.reading import Cell
from osnowa.register import codes

#: Postal codes of these countries are written as no other's.
_TELLING = ("PL", "GB", "NL")
_LOOKED_AT = 100


def home_of(columns: Iterable[tuple[str, Iterable[Cell]]], country: str) -> str:
    """The country of a list, from (field, cells) of its columns of numbers and postal codes; `country` where they do not tell."""
    told = ""
    for field, cells in columns:
        scheme = field.partition(":")[2]
        if (
            scheme
            and len(land := codes.IDENTIFIERS[scheme]["country"]) == 2
            and land != "EU"
            and _share(cells, lambda text, scheme=scheme: identifiers.read_numbers(text, scheme, "").value) >= 0.5
        ):
            return land
        if field == "number":
            told = told or _of_numbers(list(cells), country)
        if field == "postal_code":
            told = told or _of_postal_codes(list(cells), country)
    return told or country


def _share(cells: Iterable[Cell], test: object) -> float:
    """The share of filled cells a test holds for; the first ones only."""
    texts: list[str] = []
    for cell in cells:
        text = text_of(cell).strip()
        if not is_nothing(text, NOTHING_OF_NUMBERS) and len(text) < 80:
            texts.append(text)
        if len(texts) >= _LOOKED_AT:
            break
    return sum(bool(test(text)) for text in texts) / len(texts) if texts else 0.0  # type: ignore[operator]


def _of_numbers(cells: list[Cell], country: str) -> str:
    if _share(cells, lambda text: identifiers.read_numbers(text, "", country).value) >= 0.5:
        return country
    lands = sorted({row["country"] for row in codes.IDENTIFIERS if row["stdnum"]} - {"", "EU", country})
    found = [land for land in lands if _share(cells, lambda text, land=land: identifiers.recognised(text, land)) >= 0.8]
    return found[0] if len(found) == 1 else ""


def _of_postal_codes(cells: list[Cell], country: str) -> str:
    if _share(cells, lambda text: places.read_postal_code(text, country).value) >= 0.5:
        return country
    found = [
        land
        for land in _TELLING
        if land != country and _share(cells, lambda text, land=land: places.read_postal_code(text, land).value) >= 0.8
    ]
    return found[0] if len(found) == 1 else ""
