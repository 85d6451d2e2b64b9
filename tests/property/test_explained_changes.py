"""Law of explained changes: whatever happened to the register, each difference is the sum of its causes.

The register is a table in memory; what crossed each cell is counted again in plain Python, one organisation at a time.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import patch

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as some

from osnowa.compute.explaining import Cause
from osnowa.indicators.queries.dimensions import Dimension
from osnowa.indicators.queries.explained import Changes, Comparison, Side
from osnowa.places.models import Region
from osnowa.register import freezing
from osnowa.register.queries.directory import Wish
from osnowa.register.queries.frame import Frame

A, B = date(2024, 1, 1), date(2025, 1, 1)
FORM = Dimension("form", "Legal form", "legal_form")
TOWN = Dimension("municipality", "Municipality", "municipality_code", is_place=True)
OF_SERVICES = Dimension("service", "Services", "services", overlaps=True)
days = some.none() | some.integers(-400, 800).map(lambda n: A + timedelta(days=n))


@dataclass(frozen=True)
class Record:
    form: str
    town: str
    services: tuple[str, ...]
    began: date | None
    ended: date | None

    def is_there(self, day: date) -> bool:
        return (self.began is None or self.began <= day) and (self.ended is None or self.ended > day)

    def cells(self, by: str) -> tuple[str, ...]:
        return {"form": (self.form,), "municipality": (self.town,), "service": self.services}[by]


records = some.builds(
    Record, some.sampled_from("XY"), some.sampled_from("PQR"), some.lists(some.sampled_from("abc"), unique=True, max_size=3).map(tuple), days, days
)
changes = some.none() | some.fixed_dictionaries({}, optional={"form": some.sampled_from("XY"), "town": some.sampled_from("PQR"), "began": days, "ended": days})
registers = some.lists(some.tuples(some.none() | records, changes | records), max_size=12)


def _frame(rows: dict[int, Record]) -> Frame:
    columns: dict[str, list[Any]] = {name: [None] * len(rows) for name in freezing.SCHEMA.names}
    columns |= {
        "id": list(rows), "legal_form": [r.form for r in rows.values()], "municipality_code": [r.town for r in rows.values()],
        "services": [list(r.services) for r in rows.values()], "began_on": [r.began for r in rows.values()],
        "ended_on": [r.ended for r in rows.values()], "sector": ["s"] * len(rows), "status": ["active"] * len(rows),
        "recognitions": [[] for _row in rows], "activities": [[] for _row in rows], "nace": [""] * len(rows), "visibility": ["public"] * len(rows),
    }  # fmt: skip
    register = pa.table([pa.array(columns[field.name], field.type) for field in freezing.SCHEMA], schema=freezing.SCHEMA)
    region = Region(slug="r", jurisdiction="PL")
    frame = Frame(region, datetime(2025, 1, 1), None, fresh={"register": register})
    frame.__dict__["area_rows"] = []
    return frame


def _sides(register: list[Any]) -> tuple[dict[int, Record], dict[int, Record]]:
    """What the register said then, and what it says now: entered, changed, taken out."""
    was = {pk: before for pk, (before, _change) in enumerate(register) if before}
    now = {}
    for pk, (before, change) in enumerate(register):
        if isinstance(change, Record):
            now[pk] = change
        elif before and change is not None:
            now[pk] = replace(before, **change)
    return was, now


def _changes(comparison: Comparison) -> Changes:
    """The changes with codes for names, which would be read from the database."""
    with patch("osnowa.indicators.queries.explained.labels", lambda region, dimension, codes: {code: code for code in codes}):
        return comparison.changes()


def _cause(pk: int, cell: str, by: Dimension, was: dict[int, Record], now: dict[int, Record], *, came: bool) -> Cause:
    """The definition again, for one organisation."""
    other, day = (was, A) if came else (now, B)
    there = other.get(pk)
    if there and there.is_there(day):
        return Cause.PLACE if by.is_place else Cause.TYPE
    dated = now[pk].began if came else now[pk].ended if pk in now else None
    if dated and A < dated <= B:
        return Cause.NEW if came else Cause.CLOSED
    return Cause.CORRECTED


@settings(max_examples=60, deadline=None)
@given(registers, some.sampled_from([FORM, TOWN, OF_SERVICES]))
def test_each_difference_is_the_sum_of_its_causes(register: list[Any], by: Dimension) -> None:
    was, now = _sides(register)
    comparison = Comparison(Side(_frame(was), A), Side(_frame(now), B), by, Wish())
    before = {(pk, cell) for pk, one in was.items() if one.is_there(A) for cell in one.cells(by.key)}
    after = {(pk, cell) for pk, one in now.items() if one.is_there(B) for cell in one.cells(by.key)}
    found = _changes(comparison)
    assert found.adds_up
    assert {line.code for line in found.lines} == {cell for _pk, cell in before | after}
    for line in found.lines:
        assert line.change.before == sum(cell == line.code for _pk, cell in before)
        assert line.change.after == sum(cell == line.code for _pk, cell in after)
        told = sorted((one.pk, one.came, one.cause) for one in comparison.crossed(line.code))
        came = [(pk, True, _cause(pk, cell, by, was, now, came=True)) for pk, cell in after - before if cell == line.code]
        went = [(pk, False, _cause(pk, cell, by, was, now, came=False)) for pk, cell in before - after if cell == line.code]
        assert told == sorted(came + went)
    comparison.close()


@settings(max_examples=40, deadline=None)
@given(registers)
def test_moves_among_all_rows_cancel_out(register: list[Any]) -> None:
    """Where nothing is filtered, what one row loses to another the other gains."""
    was, now = _sides(register)
    comparison = Comparison(Side(_frame(was), A), Side(_frame(now), B), FORM, Wish())
    found = _changes(comparison)
    assert sum(line.change.net(Cause.TYPE) for line in found.lines) == 0
    assert found.total.net(Cause.TYPE) == found.total.net(Cause.PLACE) == 0
    for cause in (Cause.NEW, Cause.CLOSED, Cause.CORRECTED):
        assert sum(line.change.net(cause) for line in found.lines) == found.total.net(cause)
    comparison.close()


@settings(max_examples=40, deadline=None)
@given(some.lists(records, max_size=12), some.sampled_from([FORM, TOWN, OF_SERVICES]))
def test_one_register_on_two_days_is_told_without_joining_it_to_itself(rows: list[Record], by: Dimension) -> None:
    register = dict(enumerate(rows))
    one, twice = _frame(register), (_frame(register), _frame(register))
    short = Comparison(Side(one, A), Side(one, B), by, Wish())
    long = Comparison(Side(twice[0], A), Side(twice[1], B), by, Wish())
    assert short.is_one
    assert not long.is_one
    found, joined = _changes(short), _changes(long)
    assert [(line.code, line.change) for line in found.lines] == [(line.code, line.change) for line in joined.lines]
    assert found.total == joined.total
    assert short.crossed(None) == long.crossed(None)
    short.close()
    long.close()
