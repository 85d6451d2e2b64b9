"""Which column holds what: the words statistical offices and people put above it, folded."""

import re
from collections.abc import Sequence

from osnowa.indicators.readers.values import period, written
from osnowa.kit.reading import Cell
from osnowa.kit.words import fold

LEXICON = {
    "indicator": "indicator|indicator code|indicator id|indicators|ind|wskaznik|kod wskaznika|nazwa wskaznika|kazalnik|kazalec|sifra kazalnika|variable|zmienna|spremenljivka|series|measure|statistic|indic",
    "indicator_name": "indicator name|indicator label|nazwa zmiennej|ime kazalnika|variable name|series name",
    "geo": "geo|nuts|nuts2|nuts 2|nuts3|nuts 3|nuts1|nuts 1|nuts0|nuts id|nuts code|kod nuts|geo code|geocode|region code|region id|region|regions|code of region|obszar|teryt|kod teryt|jednostka|jednostka terytorialna|kod|code|regija|sifra regije|obmocje|territory|territory code|area|ref area|lau|country|kraj|panstwo|drzava|wojewodztwo|powiat|gmina|obcina",
    "geo_name": "geo name|region name|nuts name|territory name|name|nazwa|nazwa jednostki|nazwa regionu|ime|ime regije|naziv|label|geo label",
    "period": "period|year|rok|leto|time|time period|data|date|datum|okres|lata|obdobje|quarter|kwartal|month|miesiac|years",
    "value": "value|values|obs value|observation value|wartosc|vrednost|liczba|number|figure|amount|wynik",
    "flag": "flag|flags|obs flag|obs status|status|znak|atrybut|conf status|oznaka",
    "unit": "unit|unit of measure|jednostka miary|enota|enota mere|units",
}  # fmt: skip
ROLES = {word: role for role, words in LEXICON.items() for word in words.split("|")}
#: Columns of dimensions that say nothing of what is counted.
SILENT = frozenset({"freq", "frequency", "dataflow", "last update", "structure", "structure id", "structure name", "action"})
_BOTH = re.compile(r"^(.*\S)[\s_;:,-]+\(?((?:18|19|20)\d\d)\)?$")


def roles_of(cells: Sequence[Cell]) -> dict[str, int]:
    """{role: column}; the first column of a role counts. A column of codes beside one of names is the place."""
    found: dict[str, int] = {}
    for column, cell in enumerate(cells):
        role = ROLES.get(fold(written(cell))) if isinstance(cell, str) else None
        if role and role not in found:
            found[role] = column
    if "geo" not in found and "geo_name" in found:
        found["geo"] = found.pop("geo_name")
    return found


def periods_of(cells: Sequence[Cell]) -> dict[int, str]:
    """{column: period} of the headings that are periods."""
    return {column: made for column, cell in enumerate(cells) if (made := period(cell))}


def indicator_and_year(cell: Cell) -> tuple[str, str] | None:
    """("GDP", "2020") of a heading such as `GDP 2020`."""
    found = _BOTH.match(written(cell)) if isinstance(cell, str) else None
    return (found[1], found[2]) if found else None
