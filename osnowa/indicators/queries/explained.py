"""Explained changes: why the number of organisations of a cell differs between two days, down to the organisations.

Each side is a register and a day: a kept snapshot on its own day, or the register now on any day, computed from the dates
of life. SQL groups what crossed a cell by the few facts its cause depends on; `compute.explaining` says the cause.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

import pyarrow as pa

from osnowa.compute.explaining import Cause, Crossing, Explained, explained
from osnowa.indicators.queries.cube import condition, there_on
from osnowa.indicators.queries.dimensions import Dimension, labels
from osnowa.kit.warehouse import Opened, Rows, literal, open_tables
from osnowa.places.models import Region
from osnowa.register.models import Snapshot
from osnowa.register.queries.directory import Wish
from osnowa.register.queries.frame import COLUMNS, Frame
from osnowa.register.queries.keeping import ROWS, kept, stamp

#: Filters of a wish that say where, not what.
_OF_PLACE = ("area",)
#: What of an organisation is told of before and after.
FACTS = ("legal_form", "sector", "municipality_code", "began_on", "ended_on", "nace", "services", "recognitions", "visibility")


@dataclass(frozen=True)
class Side:
    """A register and a day of it."""

    frame: Frame
    on: date

    @property
    def snapshot(self) -> Snapshot | None:
        """The kept snapshot it is; None for the register as it is known today."""
        kept = self.frame.snapshot
        return kept if kept and kept.is_kept and not self.frame.gone and not self.frame.fresh and kept.on == self.on else None


@dataclass(frozen=True)
class Line:
    """One row of the table of changes."""

    code: str
    name: str
    change: Explained


@dataclass(frozen=True)
class Crossed:
    """One organisation that came into a cell or left it, with what was and is known of it."""

    pk: int
    came: bool
    cause: Cause
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True)
class Changes:
    """The changes of all rows of a dimension, and of everything together (without moves among the rows)."""

    start: Side
    end: Side
    dimension: Dimension
    lines: tuple[Line, ...]
    total: Explained

    def moves(self, code: str | None, cause: Cause | None) -> int:
        """How many organisations crossed a cell (None: the whole) for a cause, or for any."""
        change = self.total if code is None else next((line.change for line in self.lines if line.code == code), Explained(0, 0))
        return sum(change.moves(one) for one in Cause if cause in (None, one))

    @property
    def adds_up(self) -> bool:
        """Whether every row is explained wholly, and the whole too."""
        return self.total.adds_up and all(line.change.adds_up for line in self.lines)


class Comparison:
    """Two registers opened side by side as `was` and `now`; answers are kept for as long as both stand still."""

    def __init__(self, start: Side, end: Side, dimension: Dimension, wish: Wish) -> None:
        self.start, self.end, self.dimension, self.wish = start, end, dimension, wish
        self.region: Region = end.frame.region
        places = f"{dimension.cells()} {condition(wish)}"
        stamps = stamp(start.frame, places), stamp(end.frame, places)
        self._opened_few: dict[bool, Opened] = {}
        self._stamp = stamps[1].with_other(stamps[0], start.on, end.on) if stamps[0] and stamps[1] else None

    def close(self) -> None:
        for opened in ([self.__dict__["_whole"]] if "_whole" in self.__dict__ else []) + list(self._opened_few.values()):
            opened.close()

    @cached_property
    def _whole(self) -> Opened:
        return _opened(self.start.frame, self.end.frame)

    def _few(self, *, told: bool) -> Opened:
        """The rows that may have crossed a cell, joined once so that all else joins few; `told`, with what pages tell of them."""
        if told not in self._opened_few:
            self._opened_few[told] = self._made_few(self._columns(FACTS if told else ()))
        return self._opened_few[told]

    def _made_few(self, columns: str) -> Opened:
        sources: dict[str, Path | pa.Table] = {"areas": self.end.frame.areas}
        start, end = there_on(self.start.on), there_on(self.end.on)
        if self.is_one:
            few = self._whole.table(f"SELECT {columns} FROM now WHERE ({start}) <> ({end})")
            return open_tables(sources | {"was": few}, {"now": "SELECT * FROM was"})
        asked = _opened(self.start.frame, self.end.frame, self._whole.table(self._crossed(start, end)))
        sides = {side: asked.table(f"SELECT {columns} FROM {side} WHERE id IN (SELECT id FROM few)") for side in ("was", "now")}
        asked.close()
        return open_tables(sources | sides)

    @property
    def is_one(self) -> bool:
        """Whether it is one register on two days, in which nobody changes type or place."""
        return self.start.frame is self.end.frame

    def _columns(self, more: tuple[str, ...] = ()) -> str:
        """The columns the rows and the filters speak of."""
        asked = f"{self.dimension.cells()} {condition(self.wish)} id began_on ended_on {' '.join(more)}"
        return ", ".join(name for name in COLUMNS if re.search(rf"\b{name}\b", asked))

    def _crossed(self, start: str, end: str) -> str:
        """The organisations that are there on one of the days and not the same on both."""
        columns = self._columns()
        sides = {
            side: f"(SELECT {columns}, CASE WHEN {there} THEN 1 ELSE 0 END AS is_there FROM {side}) AS {side[0]}"
            for side, there in (("was", start), ("now", end))
        }
        same = " AND ".join(["w.is_there = 1", "n.is_there = 1", *(f"w.{name} IS NOT DISTINCT FROM n.{name}" for name in columns.split(", "))])
        return (
            f"SELECT coalesce(w.id, n.id) AS id FROM {sides['was']} FULL JOIN {sides['now']} ON n.id = w.id "
            f"WHERE (w.is_there = 1 OR n.is_there = 1) AND NOT coalesce({same}, FALSE)"
        )

    def _rows(self, sql: str, opened: Callable[[], Opened]) -> Rows:
        return kept(self._stamp, sql, lambda: opened().rows(sql), ROWS)

    def changes(self) -> Changes:
        """Every row and the whole; three statements."""
        by_cell, whole = self._counted(self.dimension), self._counted(None)
        crossed_cells, crossed = self._crossings(self.dimension), self._crossings(None)
        named = labels(self.region, self.dimension, by_cell)
        lines = [Line(code, named[code], explained(*counts, crossed_cells.get(code, ()))) for code, counts in by_cell.items()]
        lines.sort(key=lambda line: (-line.change.after, -line.change.before, line.code))
        total = explained(*whole.get("", (0, 0)), crossed.get("", ()))
        return Changes(self.start, self.end, self.dimension, tuple(lines), total)

    def crossed(self, code: str | None, cause: Cause | None = None, most: int = 1_000_000) -> list[Crossed]:
        """The organisations that came into a cell or left it (None: the whole), with what was and is known of them; the first so many."""
        dimension = None if code is None else self.dimension
        told = ", ".join(f"{side}.{fact} AS {side}_{fact}" for side in ("b", "a") for fact in FACTS)
        chosen = [*([] if code is None else [f"cell = {literal(code)}"]), *([] if cause is None else [_of_cause(cause)])]
        own = f"WHERE {' AND '.join(chosen)}" if chosen else ""
        sql = (
            f"SELECT c.id, c.came, c.elsewhere, c.same_type, c.dated, b.id AS b_id, a.id AS a_id, {told} FROM "
            f"(SELECT * FROM ({self._crossing_rows(dimension)}) AS every_one {own}) AS c "
            f"LEFT JOIN was AS b ON b.id = c.id LEFT JOIN now AS a ON a.id = c.id ORDER BY c.came DESC, c.id LIMIT {most}"
        )
        found = []
        for pk, came, elsewhere, same, dated, in_was, in_now, *facts in self._rows(sql, lambda: self._few(told=True)):
            why = Crossing(bool(came), bool(elsewhere), bool(same), bool(dated)).cause
            before, after = dict(zip(FACTS, facts, strict=False)), dict(zip(FACTS, facts[len(FACTS) :], strict=True))
            found.append(Crossed(pk, bool(came), why, before if in_was else None, after if in_now else None))
        return found

    def _there(self, side: str) -> str:
        return f"{condition(self.wish)} AND {there_on(self.start.on if side == 'was' else self.end.on)}"

    def _cells(self, dimension: Dimension | None, side: str) -> str:
        cells = dimension.cells(side) if dimension else f"(SELECT *, '' AS cell FROM {side} AS one)"
        return f"SELECT id, cell, began_on, ended_on FROM {cells} AS all_{side} WHERE {self._there(side)}"

    def _counted(self, dimension: Dimension | None) -> dict[str, tuple[int, int]]:
        parts = " UNION ALL ".join(
            f"SELECT cell, {was} AS was, {now} AS now FROM ({self._cells(dimension, side)}) AS counted_{side} GROUP BY cell"
            for side, was, now in (("was", "count(*)", "0"), ("now", "0", "count(*)"))
        )
        sql = f"SELECT cell, sum(was), sum(now) FROM ({parts}) AS both_sides GROUP BY cell"
        return {cell: (int(was), int(now)) for cell, was, now in self._rows(sql, lambda: self._whole)}

    def _crossings(self, dimension: Dimension | None) -> dict[str, list[tuple[Crossing, int]]]:
        sql = f"SELECT cell, came, elsewhere, same_type, dated, count(*) FROM ({self._crossing_rows(dimension)}) AS c GROUP BY 1, 2, 3, 4, 5"
        found: dict[str, list[tuple[Crossing, int]]] = {}
        for cell, came, elsewhere, same, dated, number in self._rows(sql, lambda: self._few(told=False)):
            found.setdefault(cell, []).append((Crossing(bool(came), bool(elsewhere), bool(same), bool(dated)), number))
        return found

    def _crossing_rows(self, dimension: Dimension | None) -> str:
        """One row for each organisation that came into a cell or left it, with what its cause depends on."""
        return f"{self._one_way(dimension, came=True)} UNION ALL {self._one_way(dimension, came=False)}"

    def _one_way(self, dimension: Dimension | None, *, came: bool) -> str:
        here, other = ("now", "was") if came else ("was", "now")
        day = self.start.on if came else self.end.on
        start, end = literal(self.start.on), literal(self.end.on)
        # A beginning is told by the row that came; an end by the row that stands today, since only that one knows it.
        dated = "h.began_on" if came else "o.ended_on"
        return (
            f"SELECT h.id AS id, h.cell AS cell, {int(came)} AS came, "
            f"CASE WHEN o.is_there = 1 THEN 1 ELSE 0 END AS elsewhere, "
            f"CASE WHEN o.is_there = 1 AND o.is_same AND {self._same_cell(dimension)} THEN 1 ELSE 0 END AS same_type, "
            f"CASE WHEN {dated} > {start} AND {dated} <= {end} THEN 1 ELSE 0 END AS dated "
            f"FROM ({self._cells(dimension, here)}) AS h "
            f"LEFT JOIN ({self._cells(dimension, other)}) AS same ON same.id = h.id AND same.cell = h.cell "
            f"LEFT JOIN (SELECT *, CASE WHEN {there_on(day)} THEN 1 ELSE 0 END AS is_there, {self._same_type()} AS is_same FROM {other}) AS o "
            f"ON o.id = h.id WHERE same.id IS NULL"
        )

    def _same_type(self) -> str:
        """The part of the filters that says what an organisation is, not where."""
        facets = {name: chosen for name, chosen in self.wish.facets.items() if name not in _OF_PLACE}
        return condition(Wish(facets=facets))

    def _same_cell(self, dimension: Dimension | None) -> str:
        """Whether the row on the other day is of the type of the cell; a place says nothing of the type."""
        if dimension is None or dimension.is_place:
            return "TRUE"
        if dimension.overlaps:
            return f"list_contains(o.{dimension.column}, h.cell)"
        return f"{dimension.column.replace('nace', 'o.nace') if 'nace' in dimension.column else f'o.{dimension.column}'} = h.cell"


def _of_cause(cause: Cause) -> str:
    """The crossings of a cause as SQL, by its definition in `compute.explaining`."""
    names = ("came", "elsewhere", "same_type", "dated")
    every = (values for values in product((False, True), repeat=len(names)) if Crossing(*values).cause == cause)
    return "({})".format(" OR ".join("({})".format(" AND ".join(f"{name} = {int(value)}" for name, value in zip(names, values, strict=True))) for values in every))


def _opened(start: Frame, end: Frame, few: pa.Table | None = None) -> Opened:
    """Both registers in one place, from the files of snapshots and what was read live beside them."""
    sources: dict[str, Path | pa.Table] = {"areas": end.areas} | ({} if few is None else {"few": few})
    views = {}
    for name, frame in (("was", start), ("now", end)):
        files = {f"{name}_old": frame.sources["register"]} if "register" in frame.sources else {}
        fresh = {f"{name}_new": frame.fresh["register"]} if "register" in frame.fresh else {}
        sources |= files | fresh
        views[name] = frame.view("register", *[next(iter(own), "") for own in (files, fresh)])
    return open_tables(sources, views)
