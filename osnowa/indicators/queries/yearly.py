"""Yearly figures of a region: jobs, people and money by type and place, so that no small number can be worked out.

Of each organisation the newest figure of the year counts. All divisions of a year share one total and are protected in
one call; so are the parts of the revenue. The set of tables is fixed: no filters, since two filtered tables could be
subtracted from each other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy

from osnowa.compute.disclosure import Sum, hidden_sums
from osnowa.indicators.queries.dimensions import Dimension, dimensions, labels
from osnowa.register.models import REVENUE_PARTS, SENSITIVE_COUNTS
from osnowa.register.queries import figures as words_of
from osnowa.register.queries.keeping import Asked, Columns, Kept

#: Numbers of people and work, as readers choose among them.
PEOPLE = ("employees", "employees_fte", "employees_women", "employees_at_risk", "employees_disability", "jobs_in_status", "participants",
          "graduates", "employed_after", "beneficiaries", "volunteers")  # fmt: skip
MONEY = "revenue_total"
#: What of the revenue no part tells.
UNSPLIT = "unsplit"
PARTS = (*REVENUE_PARTS, UNSPLIT)
#: Divisions that are published; those of one family cross each other.
FAMILIES = (("form", "sector"), ("area", "powiat", "nuts3"))
#: Money is broken down by source as well, and so by fewer divisions: what is printed must stay possible to guard.
MONEY_FAMILIES = (("form",), ("area",))
FEWEST, SMALL = 3, 5
#: Numbers that are told with a fraction, everywhere with as many decimals; all others are whole.
DECIMALS = {"employees_fte": 1}
#: A series is broken where the number of those who told changed by more than this share.
_MUCH = 0.25
#: (division, code); the whole has neither. A piece where divisions cross names them all.
Key = tuple[str, ...]
WHOLE: Key = ("", "")


@dataclass(frozen=True)
class Cell:
    """A sum: its value (None where it is hidden or nobody told), who told, of how many."""

    value: float | None
    told: int
    of: int
    is_hidden: bool = False


@dataclass(frozen=True)
class Yearly:
    """One number by one division and year, with the whole of each year beneath."""

    measure: str
    dimension: Dimension
    codes: tuple[str, ...]
    names: tuple[str, ...]
    years: tuple[int, ...]
    cells: tuple[tuple[Cell, ...], ...]
    totals: tuple[Cell, ...]

    @property
    def decimals(self) -> int:
        return DECIMALS.get(self.measure, 0)

    @property
    def hidden(self) -> int:
        return sum(cell.is_hidden for row in (*self.cells, self.totals) for cell in row)

    @property
    def breaks(self) -> tuple[bool, ...]:
        """Whether a year cannot be compared with the one before: much fewer or many more told."""
        told = [cell.told for cell in self.totals]
        return (False, *(abs(b - a) > _MUCH * max(a, b) for a, b in pairwise(told)))


@dataclass(frozen=True)
class Mix:
    """The revenue of a year by source and one division: shares in percent, None where hidden or nobody told."""

    dimension: Dimension
    year: int
    codes: tuple[str, ...]
    names: tuple[str, ...]
    parts: tuple[str, ...]
    shares: tuple[tuple[float | None, ...], ...]
    totals: tuple[Cell, ...]


def label(measure: str) -> str:
    return str(_WORDS[measure]) if measure in _WORDS else words_of.label(measure)


_WORDS = {"employees": gettext_lazy("Jobs (employees)"), "employees_fte": gettext_lazy("Full-time equivalents"), UNSPLIT: gettext_lazy("Not broken down")}


def _families(measure: str) -> tuple[tuple[str, ...], ...]:
    return MONEY_FAMILIES if measure == MONEY else FAMILIES


def published(frame: Asked, measure: str) -> dict[str, Dimension]:
    """The divisions a yearly figure is published by."""
    known = dimensions(frame.region)
    return {key: known[key] for family in _families(measure) for key in family if key in known}


def yearly(frame: Asked, dimension: Dimension, measure: str) -> Yearly:
    """A number of all years by a division; three statements over the frame."""
    parts = (MONEY, *PARTS) if measure == MONEY else (measure,)
    known = published(frame, measure)
    sums = _sums(frame, measure, parts, known)
    there = _there(frame, dimension, sorted(sums))
    years = tuple(sorted(sums))
    hidden = {year: _hidden(frame, sums[year], parts, known) for year in years}
    codes = _codes(sums.values(), dimension, measure)
    named = labels(frame.region, dimension, codes)

    def cell(year: int, key: Key) -> Cell:
        value, told, _positive = sums[year].get((*key, measure), (0.0, 0, 0))
        of = max(there.get((year, key[1] if key[0] else None), 0), told)
        is_hidden = (*key, measure) in hidden[year]
        return Cell(None if is_hidden or not told else round(value, DECIMALS.get(measure, 0)), told, of, is_hidden)

    cells = tuple(tuple(cell(year, (dimension.key, code)) for year in years) for code in codes)
    return Yearly(measure, dimension, codes, tuple(named[code] for code in codes), years, cells, tuple(cell(year, WHOLE) for year in years))


def mix(frame: Asked, dimension: Dimension, year: int | None = None) -> Mix | None:
    """Where the money comes from, by a division, in a year (the newest when none is named); None where nobody told."""
    known, parts = published(frame, MONEY), (MONEY, *PARTS)
    by_year = _sums(frame, MONEY, parts, known)
    if not by_year:
        return None
    year = year if year in by_year else max(by_year)
    sums = by_year[year]
    hidden = _hidden(frame, sums, parts, known)
    codes = _codes([sums], dimension, MONEY)
    named = labels(frame.region, dimension, codes)
    keys: list[Key] = [*((dimension.key, code) for code in codes), WHOLE]

    def share(key: Key, part: str) -> float | None:
        whole = sums.get((*key, MONEY), (0.0, 0, 0))[0]
        if not whole or (*key, part) in hidden or (*key, MONEY) in hidden:
            return None
        return 100 * sums.get((*key, part), (0.0, 0, 0))[0] / whole

    def total(key: Key) -> Cell:
        value, told, _positive = sums.get((*key, MONEY), (0.0, 0, 0))
        is_hidden = (*key, MONEY) in hidden
        return Cell(None if is_hidden else value, told, told, is_hidden)

    shown = tuple(part for part in PARTS if any(sums.get((*key, part), (0.0,))[0] for key in keys))
    return Mix(
        dimension, year, codes, tuple(named[code] for code in codes), shown,
        tuple(tuple(share(key, part) for part in shown) for key in keys), tuple(total(key) for key in keys),
    )  # fmt: skip


def hidden_by_division(frame: Asked, measure: str, year: int) -> dict[tuple[str, str], bool]:
    """{(division, code): whether it stays hidden} of everything that is printed of a number and year; the map follows it."""
    parts = (MONEY, *PARTS) if measure == MONEY else (measure,)
    known = published(frame, measure)
    sums = _sums(frame, measure, parts, known).get(year, {})
    hidden = _hidden(frame, sums, parts, known) if sums else frozenset()
    return {(key[0], key[1]): key in hidden for key in sums if "+" not in key[0] and key[2] == measure}


#: (sum, who told, who told more than nought) of each (division, code, number).
Sums = dict[Key, tuple[float, int, int]]


def _sums(frame: Asked, measure: str, parts: Sequence[str], known: Mapping[str, Dimension]) -> dict[int, Sums]:
    """The sums of every year, division and crossing; one statement a family."""
    found: dict[int, Sums] = {}
    families = [[known[key] for key in family if key in known] for family in _families(measure)]
    for own in filter(None, families):
        for year, *rest in frame.rows(_statement(measure, parts, own)):
            codes, numbers = rest[: len(own)], rest[len(own) :]
            keys: list[Key] = [(one.key, code) for one, code in zip(own, codes, strict=True)]
            keys += [("+".join(one.key for one in own), "+".join(codes))] if len(own) > 1 else []
            keys += [WHOLE] if own is families[0] else []
            for place, part in enumerate(parts):
                value, told, positive = numbers[3 * place : 3 * place + 3]
                for key in keys:
                    before = found.setdefault(year, {}).get((*key, part), (0.0, 0, 0))
                    found[year][(*key, part)] = (before[0] + (value or 0), before[1] + told, before[2] + positive)
    return found


def _statement(measure: str, parts: Sequence[str], own: Sequence[Dimension]) -> str:
    """The newest figures of each organisation and year, summed by the divisions of a family."""
    rows = "register"
    for one in own:
        rows = one.cells(rows, name=f"by_{one.key}")
    split = " + ".join(f"coalesce({part}, 0)" for part in REVENUE_PARTS)
    columns = {part: f"greatest(revenue_total - ({split}), 0)" if part == UNSPLIT else f"coalesce({part}, 0)" for part in parts}
    numbers = ", ".join(
        f"sum({sql}) AS of_{part}, count({measure}) AS told_{part}, count(CASE WHEN {sql} > 0 THEN 1 END) AS above_{part}" for part, sql in columns.items()
    )
    by = ", ".join(f"by_{one.key}" for one in own)
    return (
        f"SELECT told.year, {by}, {numbers} FROM figures AS told "
        f"JOIN (SELECT organisation, year, max(as_of_on) AS newest_on FROM figures WHERE {measure} IS NOT NULL GROUP BY organisation, year) AS newest "
        "ON newest.organisation = told.organisation AND newest.year = told.year AND newest.newest_on = told.as_of_on "
        f"JOIN {rows} AS of_whom ON of_whom.id = told.organisation GROUP BY told.year, {by}"
    )


def _there(frame: Asked, dimension: Dimension, years: Sequence[int]) -> dict[tuple[int, str | None], int]:
    """{(year, code): organisations that were there at some time of the year}; the whole under None."""
    if not years:
        return {}
    sums = ", ".join(
        f"count(CASE WHEN (began_on IS NULL OR began_on <= DATE '{year}-12-31') AND (ended_on IS NULL OR ended_on >= DATE '{year}-01-01') THEN 1 END)"
        for year in years
    )
    found: dict[tuple[int, str | None], int] = {}
    for code, *numbers in frame.rows(f"SELECT cell, {sums} FROM {dimension.cells()} AS cells GROUP BY cell"):
        for year, number in zip(years, numbers, strict=True):
            found[year, code] = number
            found[year, None] = found.get((year, None), 0) + number
    return found


def _codes(sums: Iterable[Sums], dimension: Dimension, measure: str) -> tuple[str, ...]:
    """The codes of a division somebody told of, those most told of first."""
    told: dict[str, int] = {}
    for one in sums:
        for key, (_value, number, _positive) in one.items():
            if key[0] == dimension.key and key[2] == measure and number:
                told[key[1]] = told.get(key[1], 0) + number
    return tuple(sorted(told, key=lambda code: (-told[code], code)))


def _hidden(frame: Asked, sums: Sums, parts: Sequence[str], known: Mapping[str, Dimension]) -> frozenset[Key]:
    """What of one year stays hidden, over all divisions and parts together."""
    # What nobody left unsplit is no part: a column of noughts would be no complement for anybody who knows.
    parts = [part for part in parts if part != UNSPLIT or sums.get((*WHOLE, UNSPLIT), (0.0,))[0]]
    keys = sorted(key for key in sums if key[2] in parts)
    place = {key: number for number, key in enumerate(keys)}
    additions = {addition for part in parts for addition in _additions(keys, place, part, known)}
    of_values: set[Sum] = set()
    if len(parts) > 1:
        of_values = {(place[*key, MONEY], tuple(place[*key, part] for part in parts if part != MONEY)) for key in {one[:2] for one in keys}}
    numbers = tuple(sums[key] for key in keys)
    small = SMALL if parts[0] in SENSITIVE_COUNTS else 0
    is_whole = len(parts) == 1 and parts[0] != "employees_fte"
    question = numbers, tuple(sorted(additions)), tuple(sorted(of_values)), tuple("+" in key[0] for key in keys), small, is_whole
    hidden = frame.columns(f"hidden {question}", lambda: _protected(*question)) if isinstance(frame, Kept) else _protected(*question)
    return frozenset(key for key, is_hidden in zip(keys, hidden["is_hidden"].tolist(), strict=True) if is_hidden)


def _additions(keys: Sequence[Key], place: Mapping[Key, int], part: str, known: Mapping[str, Dimension]) -> Iterable[Sum]:
    """The whole is the sum of each division, and each of its cells the sum of the pieces where it crosses others."""
    for family in MONEY_FAMILIES if part in (MONEY, *PARTS) else FAMILIES:
        own = [key for key in family if key in known]
        crossing = "+".join(own)
        pieces = [key for key in keys if key[0] == crossing and key[2] == part]
        for order, name in enumerate(own):
            cells = [key for key in keys if key[0] == name and key[2] == part]
            if not cells:
                continue
            yield place[*WHOLE, part], tuple(place[cell] for cell in cells)
            if len(own) > 1:
                for cell in cells:
                    yield place[cell], tuple(place[one] for one in pieces if one[1].split("+")[order] == cell[1])


def _protected(
    numbers: tuple[tuple[float, int, int], ...], sums: tuple[Sum, ...], of_values: tuple[Sum, ...], unprinted: tuple[bool, ...], small: int,
    is_whole: bool,
) -> Columns:  # fmt: skip
    """Which numbers stay hidden; kept as an answer, since the audit takes longer than the counting."""
    values, told, positive = (np.array(column) for column in zip(*numbers, strict=True))
    hidden: Any = hidden_sums(
        values.tolist(), [told, positive], sums, fewest=FEWEST, small=small, is_whole=is_whole, unprinted=np.array(unprinted),
        of_values=of_values,
    )  # fmt: skip
    return {"is_hidden": hidden.astype(np.int8)}
