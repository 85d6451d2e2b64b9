"""Organisations grouped by the squares of the map, so that a window of any zoom shows a few circles."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from osnowa.compute.grid import FINEST, square
from osnowa.compute.mercator import FARTHEST, View, ranges
from osnowa.maps.drawing import radius
from osnowa.maps.queries.keeping import Question
from osnowa.register.models import Organisation
from osnowa.register.queries.keeping import Columns

#: Beyond the window this many pixels are counted too, so that circles at its edge are whole.
_EDGE = 40
#: Points whose numbers differ by less lie in one house (zoom 20, some 35 m).
_ONE_POINT = 2 * (FINEST - 20)
#: Squares up to this zoom (some 10 km) are counted for the whole register and kept; smaller ones for a window.
GRID = 11
#: The squares of the farthest zoom.
COARSEST = int(FARTHEST) + 2
_NAMES = ("count", "lat", "lon", "one", "first", "last")


@dataclass(frozen=True)
class Cell:
    """Organisations near one another: how many, their middle, one of them, the span of their squares."""

    count: int
    lat: float
    lon: float
    one: int
    first: int
    last: int

    @property
    def is_one_point(self) -> bool:
        return self.first >> _ONE_POINT == self.last >> _ONE_POINT

    def joined(self, other: "Cell") -> "Cell":
        """Both together, about their common middle."""
        count = self.count + other.count
        share = other.count / count
        return replace(
            self, count=count, lat=self.lat + (other.lat - self.lat) * share, lon=self.lon + (other.lon - self.lon) * share,
            first=min(self.first, other.first), last=max(self.last, other.last),
        )  # fmt: skip


def cells(question: Question, view: View) -> list[Cell]:
    """The organisations in a window as cells of some 64 pixels, those that would overlap joined."""
    wide = replace(view, width=view.width + 2 * _EDGE, height=view.height + 2 * _EDGE)
    zoom = min(FINEST, int(view.zoom) + 2)
    found = grid(question, zoom) if zoom <= GRID else _grouped(_within(question, ranges(wide.box)), zoom)
    south, west, north, east = wide.box
    inside = np.flatnonzero((found["lat"] >= south) & (found["lat"] <= north) & (found["lon"] >= west) & (found["lon"] <= east))
    return _apart([Cell(*row) for row in zip(*(found[name][inside].tolist() for name in _NAMES), strict=True)], view)


def grid(question: Question, zoom: int) -> Columns:
    """All cells of one zoom; of a register that changed, the frozen ones with those anew in which something did."""
    if not question.frame.gone:
        return question.columns(f"cells {zoom}", lambda: _grouped(points(question), zoom))
    return question.columns(f"cells {zoom}", lambda: _mended(question, zoom))


def _mended(question: Question, zoom: int) -> Columns:
    shift, before = 2 * (FINEST - zoom), grid(question.frozen, zoom)
    touched = np.unique(np.r_[points(question.changed[0])["qk"], _fresh(question)["qk"]] >> shift)
    anew = _grouped(_within(question, [(square << shift, ((square + 1) << shift) - 1) for square in touched.tolist()]), zoom)
    stays = ~np.isin(before["first"] >> shift, touched)
    return {name: np.r_[before[name][stays], anew[name]] for name in _NAMES}


def points(question: Question) -> Columns:
    """The square and the key of every organisation that has a place, in the order of squares."""

    def read() -> Columns:
        table = question.frame.table(f"SELECT qk, id FROM register WHERE qk IS NOT NULL AND ({question.condition})")
        return _in_order({name: table.column(name).to_numpy() for name in ("qk", "id")})

    return question.columns("points", read)


def _fresh(question: Question) -> Columns:
    """The points of what changed since the snapshot."""
    return question.columns("fresh points", lambda: points(question.changed[1]))


def _in_order(some: Columns) -> Columns:
    """By square and key; a frozen register is written in this order."""
    steps = np.diff(some["qk"])
    if ((steps > 0) | ((steps == 0) & (np.diff(some["id"]) > 0))).all():
        return some
    order = np.lexsort((some["id"], some["qk"]))
    return {name: column[order] for name, column in some.items()}


def _within(question: Question, spans: Sequence[tuple[int, int]]) -> Columns:
    """The points of some spans of squares, first and last, as they are now."""
    if not question.frame.gone:
        return _between(points(question), spans)
    before, now = _between(points(question.frozen), spans), _between(_fresh(question), spans)
    stays = ~np.isin(before["id"], question.frame.gone)
    return _in_order({name: np.r_[before[name][stays], now[name]] for name in now})


def _between(some: Columns, spans: Sequence[tuple[int, int]]) -> Columns:
    ends = [(np.searchsorted(some["qk"], first), np.searchsorted(some["qk"], last, side="right")) for first, last in spans]
    return {name: np.concatenate([column[start:end] for start, end in ends] or [column[:0]]) for name, column in some.items()}


def _grouped(some: Columns, zoom: int) -> Columns:
    """The cells of one zoom; neighbours in the order of squares fall together."""
    numbers, size = some["qk"], float(1 << FINEST)
    if not len(numbers):
        return {name: np.empty(0, dtype=np.int64) for name in _NAMES}
    own = numbers >> 2 * (FINEST - zoom)
    starts = np.flatnonzero(np.r_[True, own[1:] != own[:-1]])
    counts = np.diff(np.r_[starts, len(numbers)])
    x, y = ((np.add.reduceat(axis, starts) / counts + 0.5) / size for axis in square(numbers))
    lat = np.degrees(np.arctan(np.sinh(np.pi * (1.0 - 2.0 * y))))
    last = numbers[np.r_[starts[1:], len(numbers)] - 1]
    return {"count": counts, "lat": lat, "lon": x * 360.0 - 180.0, "one": some["id"][starts], "first": numbers[starts], "last": last}


def _apart(found: list[Cell], view: View) -> list[Cell]:
    """Cells whose circles would cover each other are joined, from the largest down."""
    most = max((cell.count for cell in found), default=1)
    kept: list[tuple[int, int, float, Cell]] = []
    for cell in sorted(found, key=lambda cell: (-cell.count, cell.first)):
        x, y = view.place(cell.lat, cell.lon)
        own = radius(cell.count, most) if cell.count > 1 else 9.0
        for number, (other_x, other_y, reach, other) in enumerate(kept):
            if (x - other_x) ** 2 + (y - other_y) ** 2 < (0.85 * (own + reach)) ** 2:
                joined = other.joined(cell)
                kept[number] = (*view.place(joined.lat, joined.lon), reach, joined)
                break
        else:
            kept.append((x, y, own, cell))
    return [cell for *_, cell in kept]


def total(question: Question) -> tuple[int, int]:
    """(organisations, those without a place) of everything asked for."""
    rows = question.counts(f"SELECT count(*), count(*) - count(qk) FROM register WHERE {question.condition}", 0)
    return int(rows[0][0]), int(rows[0][1])


def named(keys: list[int]) -> dict[int, tuple[str, str]]:
    """{organisation: (address, name)}; one query."""
    rows = Organisation.objects.filter(pk__in=keys).values_list("pk", "slug", "short_name", "legal_name")
    return {pk: (slug, short or legal) for pk, slug, short, legal in rows}


def here(question: Question, zoom: int, number: int, most: int = 200) -> list[tuple[str, str]]:
    """(address, name) of the organisations in one square, by name; one query."""
    shift = 2 * (FINEST - zoom)
    there = _within(question, [(number << shift, ((number + 1) << shift) - 1)])
    return sorted(named(there["id"][:most].tolist()).values(), key=lambda one: one[1].casefold())
