"""The cube: organisations by any dimension and another, or on several days, with margins that are counted apart.

Every table is a state on a day: an organisation is there when it had begun and not ended. Days of kept snapshots tell the
register as it was then; other days are computed from the dates of life, as we know them today.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from osnowa.indicators.queries.dimensions import Dimension, labels
from osnowa.places.models import Region
from osnowa.register.models import Snapshot
from osnowa.register.queries.directory import Wish
from osnowa.register.queries.frame import where
from osnowa.register.queries.keeping import Asked, Kept

#: No table has more rows than this; the rest of the rows are summed in one.
MOST_ROWS = 400
#: Code of the row that sums what the table has no room for.
REST = "\N{HORIZONTAL ELLIPSIS}"


@dataclass(frozen=True)
class Column:
    """One column: its code, its words, and the day and register it tells of."""

    code: str
    words: str
    on: date
    snapshot: Snapshot | None = None


@dataclass(frozen=True)
class Table:
    """Counts of organisations: rows by columns with margins. `counts` holds a row of numbers for each row."""

    rows: Dimension
    columns: Dimension | None
    codes: tuple[str, ...]
    names: tuple[str, ...]
    heads: tuple[Column, ...]
    counts: tuple[tuple[int, ...], ...]
    #: Organisations in each row, column and all in all, each counted apart from the cells.
    row_totals: tuple[int, ...]
    column_totals: tuple[int, ...]
    total: int

    @property
    def has_row_totals(self) -> bool:
        """Columns that are days cannot be added up."""
        return self.columns is not None

    @property
    def is_right(self) -> bool:
        """Whether the rows of each column sum to its total, and the columns of each row to the row's."""
        down = all(sum(row[i] for row in self.counts) == total for i, total in enumerate(self.column_totals))
        across = not self.has_row_totals or all(sum(row) == total for row, total in zip(self.counts, self.row_totals, strict=True))
        return down and across

    @property
    def overlaps(self) -> bool:
        """Whether one organisation may stand in several cells, so that parts overlap and do not add up."""
        return self.rows.overlaps or bool(self.columns and self.columns.overlaps)

    @property
    def addition(self) -> str:
        """The cross-foot of the first column or of the row totals: 130 + 96 + … = 580."""
        parts = self.row_totals if self.has_row_totals else [row[-1] for row in self.counts]
        total = self.total if self.has_row_totals else self.column_totals[-1]
        return f"{' + '.join(str(part) for part in parts)} {'=' if sum(parts) == total else '≠'} {total}"

    @property
    def largest(self) -> int:
        return max((number for row in self.counts for number in row), default=0)


def there_on(day: date) -> str:
    """The condition of being there on a day."""
    return where(Wish(on=day))


def condition(wish: Wish) -> str:
    """The condition of a wish on any day: its day and its way with closed ones are for the table to say."""
    return where(replace(wish, on=None, closed=True))


def by_columns(frame: Asked, rows: Dimension, columns: Dimension, wish: Wish, day: date) -> Table:
    """The state of a day by two dimensions; two statements over the frame."""
    there = f"{condition(wish)} AND {there_on(day)}"
    both = rows.cells(columns.cells(name="across"))
    counted = frame.counts(f"SELECT cell, across, count(*) FROM {both} AS both_ways WHERE {there} GROUP BY 1, 2", 2)
    cells = {(row, column): n for row, column, n in counted}
    margins = _margins(frame, rows, columns, there)
    heads = _heads(frame.region, columns, margins["columns"], day)
    return _table(frame.region, rows, columns, heads, cells, margins)


def _margins(frame: Asked, rows: Dimension, columns: Dimension, there: str) -> dict[str, dict[str, int]]:
    """Rows, columns and everything, counted without each other; one statement."""
    parts = [
        f"SELECT 'rows' AS part, cell, count(*) AS n FROM {rows.cells()} AS row_cells WHERE {there} GROUP BY cell",
        f"SELECT 'columns' AS part, cell, count(*) AS n FROM {columns.cells()} AS column_cells WHERE {there} GROUP BY cell",
        f"SELECT 'all' AS part, '' AS cell, count(*) AS n FROM register WHERE {there}",
    ]
    found: dict[str, dict[str, int]] = {"rows": {}, "columns": {}, "all": {}}
    for part, cell, n in frame.counts(" UNION ALL ".join(parts), 2):
        found[part][cell] = n
    return found


def _heads(region: Region, columns: Dimension, totals: dict[str, int], day: date) -> tuple[Column, ...]:
    named = labels(region, columns, totals)
    return tuple(Column(code, named[code], day) for code in sorted(totals, key=lambda code: (-totals[code], code)))


def over_days(frame: Asked, rows: Dimension, wish: Wish, heads: Sequence[Column]) -> Table:
    """The states of several days side by side; two statements, and two for each kept snapshot among them."""
    cells: dict[tuple[str, str], int] = {}
    totals: dict[str, int] = {}
    for own, snapshot in _registers(frame, heads):
        of_it = [head for head in heads if head.snapshot == snapshot]
        sums = ", ".join(f"count(CASE WHEN {there_on(head.on)} THEN 1 END)" for head in of_it)
        for row, *numbers in own.counts(f"SELECT cell, {sums} FROM {rows.cells()} AS cells WHERE {condition(wish)} GROUP BY cell", 1):
            cells |= {(row, head.code): n for head, n in zip(of_it, numbers, strict=True) if n}
        (whole,) = own.counts(f"SELECT {sums} FROM register WHERE {condition(wish)}", 0)
        totals |= {head.code: n for head, n in zip(of_it, whole, strict=True)}
    by_row: dict[str, int] = {}
    for (row, column), n in cells.items():
        if column == heads[-1].code:
            by_row[row] = n
    by_row |= {row: 0 for row, _column in cells if row not in by_row}
    margins = {"rows": by_row, "columns": totals, "all": {"": totals[heads[-1].code]}}
    return _table(frame.region, rows, None, tuple(heads), cells, margins)


def _registers(frame: Asked, heads: Sequence[Column]) -> Iterable[tuple[Asked, Snapshot | None]]:
    """The register now, and each kept snapshot that a column tells of."""
    kept = {head.snapshot for head in heads if head.snapshot}
    if any(head.snapshot is None for head in heads):
        yield frame, None
    for snapshot in kept:
        own = (frame.frame if isinstance(frame, Kept) else frame).at(snapshot)
        yield Kept(own) if isinstance(frame, Kept) else own, snapshot


def _table(
    region: Region, rows: Dimension, columns: Dimension | None, heads: tuple[Column, ...], cells: dict[tuple[str, str], int], margins: dict[str, Any]
) -> Table:
    of_rows: dict[str, int] = margins["rows"]
    order = sorted(of_rows, key=lambda code: (-of_rows[code], code))
    shown, rest = (order, []) if len(order) <= MOST_ROWS else (order[: MOST_ROWS - 1], order[MOST_ROWS - 1 :])
    counts: list[tuple[int, ...]] = [tuple(cells.get((row, head.code), 0) for head in heads) for row in shown]
    totals = [of_rows[row] for row in shown]
    named = dict(labels(region, rows, shown))
    if rest:
        counts.append(tuple(sum(cells.get((row, head.code), 0) for row in rest) for head in heads))
        totals.append(sum(of_rows[row] for row in rest))
        named[REST] = REST
    codes: tuple[str, ...] = (*shown, REST) if rest else tuple(shown)
    return Table(
        rows, columns, codes, tuple(named[code] for code in codes), heads, tuple(counts), tuple(totals),
        tuple(margins["columns"].get(head.code, 0) for head in heads), margins["all"].get("", 0),
    )  # fmt: skip


