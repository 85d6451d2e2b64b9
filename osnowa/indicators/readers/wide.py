"""Tables that go across: periods in the headings, or one column an indicator, or both (`GDP 2020`)."""

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from django.utils.translation import gettext_noop as _

from osnowa.indicators.readers.eurostat import dataset_of
from osnowa.indicators.readers.long import EMPTY_CELL, NOT_A_NUMBER, NOT_A_PERIOD, NOTE, SAMPLE
from osnowa.indicators.readers.opening import Line, Opened
from osnowa.indicators.readers.shapes import Hints, Observation, Reading
from osnowa.indicators.readers.values import decimal_sign, period, value_and_flag, written
from osnowa.indicators.readers.words import indicator_and_year, periods_of, roles_of
from osnowa.kit.reading import Cell, cell_name
from osnowa.kit.words import fold

NO_INDICATOR = _("Line %(line)s names no indicator.")


def columns_of(cells: Sequence[Cell]) -> dict[int, tuple[str, str]] | None:
    """{column: (indicator or "", period or "")} of the columns with numbers; None where the row is no heading."""
    roles = roles_of(cells)
    if "geo" not in roles:
        return None
    used = set(roles.values())
    if across := {at: ("", made) for at, made in periods_of(cells).items() if at not in used}:
        return across
    if "period" not in roles:
        both = {at: found for at, cell in enumerate(cells) if at not in used and (found := indicator_and_year(cell))}
        return both or None
    return {at: (written(cell), "") for at, cell in enumerate(cells) if at not in used and isinstance(cell, str)} or None


def read(heading: Line, lines: Iterator[Line], opened: Opened, hints: Hints) -> Reading:
    """The observations below a heading."""
    reading = Reading("wide")
    columns = columns_of(heading[1]) or {}
    roles = roles_of(heading[1])
    sample = list(islice(lines, SAMPLE))
    texts = (written(cell) for _line, cells in sample for at in columns if at < len(cells) and isinstance(cell := cells[at], str))
    decimal = decimal_sign(texts, opened.delimiter)
    reading.observations = _observations(chain(sample, lines), reading, roles, columns, decimal, hints)
    return reading


def _observations(lines: Iterator[Line], reading: Reading, roles: dict[str, int], columns: dict[int, tuple[str, str]],
                  decimal: str, hints: Hints) -> Iterator[Observation]:  # fmt: skip
    whole = hints.code or dataset_of(hints.name) or fold(hints.name.rsplit(".", 1)[0]).replace(" ", "_") or "values"
    for line, cells in lines:
        cells = [*cells, *[None] * (max(max(columns), *roles.values()) + 1 - len(cells))]
        numbers = [at for at in columns if cells[at] is not None]
        if not any(cell is not None for cell in cells):
            continue
        if not numbers:
            if cells[roles["geo"]] is None or sum(cell is not None for cell in cells) == 1:
                reading.aside(line, NOTE)
            continue
        geo = written(cells[roles["geo"]])
        if not geo:
            reading.fault(EMPTY_CELL, line=line, cell=cell_name(line, roles["geo"]))
            continue
        given = written(cells[roles["indicator"]]) if "indicator" in roles else ""
        if "indicator" in roles and not given:
            reading.fault(NO_INDICATOR, line=line)
            continue
        here = period(cells[roles["period"]]) if "period" in roles else ""
        if "period" in roles and not here:
            reading.fault(NOT_A_PERIOD, line=line, cell=cell_name(line, roles["period"]), text=written(cells[roles["period"]]))
            continue
        if "geo_name" in roles:
            reading.place_names.setdefault(geo, written(cells[roles["geo_name"]]))
        for at in numbers:
            column, when = columns[at]
            try:
                value, flag = value_and_flag(cells[at], decimal)
            except ValueError:
                reading.fault(NOT_A_NUMBER, line=line, cell=cell_name(line, at), text=written(cells[at]))
                continue
            code = " ".join(part for part in (given, column) if part) or whole
            if code not in reading.definitions:
                _define(reading, code, roles, cells)
            yield Observation(code, geo, when or here, value, flag, line)


def _define(reading: Reading, code: str, roles: dict[str, int], cells: list[Cell]) -> None:
    name = written(cells[roles["indicator_name"]]) if "indicator_name" in roles else ""
    unit = written(cells[roles["unit"]]) if "unit" in roles else ""
    reading.define(code, name=name, unit=unit)
