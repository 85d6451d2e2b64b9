"""One observation a row: indicator, place, period, value and perhaps a flag. SDMX-CSV of Eurostat and OECD too."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from django.utils.translation import gettext_noop as _

from osnowa.indicators.readers.eurostat import dataset_of
from osnowa.indicators.readers.opening import Line, Opened
from osnowa.indicators.readers.shapes import Hints, Observation, Reading
from osnowa.indicators.readers.values import decimal_sign, period, plain_flag, value_and_flag, written
from osnowa.indicators.readers.words import SILENT, roles_of
from osnowa.kit.reading import Cell, cell_name
from osnowa.kit.words import fold

SAMPLE = 5_000

NOT_A_NUMBER = _("Line %(line)s, cell %(cell)s: “%(text)s” is neither a number nor a mark for a missing one.")
NOT_A_PERIOD = _("Line %(line)s, cell %(cell)s: “%(text)s” is no period. Write it as 2024, 2024-Q3 or 2024-06.")
EMPTY_CELL = _("Line %(line)s, cell %(cell)s is empty, though the row has a value.")
NOTE = _("a note, not an observation")


def fits(cells: Sequence[Cell]) -> bool:
    """Whether a row is the heading of a long table."""
    return {"geo", "period", "value"} <= roles_of(cells).keys()


def read(heading: Line, lines: Iterator[Line], opened: Opened, hints: Hints) -> Reading:
    """The observations below a heading."""
    reading = Reading("long")
    roles = roles_of(heading[1])
    dimensions = [] if "indicator" in roles else _dimensions(heading[1], roles)
    sample = list(islice(lines, SAMPLE))
    at = roles["value"]
    texts = (written(cell) for _line, cells in sample if at < len(cells) and isinstance(cell := cells[at], str))
    decimal = decimal_sign(texts, opened.delimiter)
    reading.observations = _observations(chain(sample, lines), reading, roles, dimensions, decimal, hints)
    return reading


def _dimensions(cells: Sequence[Cell], roles: dict[str, int]) -> list[int]:
    """The columns that make the code where no column is called the indicator, as in SDMX-CSV."""
    used = {column for role, column in roles.items() if role != "unit"}
    return [at for at, cell in enumerate(cells) if at not in used and cell is not None and fold(written(cell)) not in SILENT]


def _observations(lines: Iterator[Line], reading: Reading, roles: dict[str, int], dimensions: list[int], decimal: str,
                  hints: Hints) -> Iterator[Observation]:  # fmt: skip
    where, when, what = roles["geo"], roles["period"], roles["value"]
    periods: dict[Cell, str] = {}
    dataset = hints.code or dataset_of(hints.name)
    for line, cells in lines:
        if not any(cell is not None for cell in cells):
            continue

        def cell(role: str, cells: list[Cell] = cells) -> Cell:
            at = roles.get(role, -1)
            return cells[at] if 0 <= at < len(cells) else None

        if cell("value") is None and (cell("geo") is None or cell("period") is None):
            reading.aside(line, NOTE)
            continue
        if any(at >= len(cells) or cells[at] is None for at in (where, when)):
            empty = where if where >= len(cells) or cells[where] is None else when
            reading.fault(EMPTY_CELL, line=line, cell=cell_name(line, empty))
            continue
        given = cells[when]
        if given not in periods:
            periods[given] = period(given)
        if not periods[given]:
            reading.fault(NOT_A_PERIOD, line=line, cell=cell_name(line, when), text=written(given))
            continue
        try:
            value, flag = value_and_flag(cell("value"), decimal)
        except ValueError:
            reading.fault(NOT_A_NUMBER, line=line, cell=cell_name(line, what), text=written(cell("value")))
            continue
        code = _code(cells, roles, dimensions, dataset)
        if not code:
            reading.fault(EMPTY_CELL, line=line, cell=cell_name(line, roles.get("indicator", 0)))
            continue
        geo = written(cells[where])
        if code not in reading.definitions:
            reading.define(code, name=written(cell("indicator_name")), unit=written(cell("unit")) if "indicator" in roles else "")
        if "geo_name" in roles and geo not in reading.place_names:
            reading.place_names[geo] = written(cell("geo_name"))
        yield Observation(code, geo, periods[given], value, flag or plain_flag(cell("flag")), line)


def _code(cells: list[Cell], roles: dict[str, int], dimensions: list[int], dataset: str) -> str:
    if "indicator" in roles:
        at = roles["indicator"]
        return written(cells[at]) if at < len(cells) else ""
    parts = [dataset, *(written(cells[at]) for at in dimensions if at < len(cells))]
    return " ".join(part for part in parts if part) or "values"
