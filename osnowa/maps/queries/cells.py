"""Organisations grouped by the squares of the map, so that a window of any zoom shows a few circles."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from osnowa.compute.grid import FINEST, square
from osnowa.compute.mercator import View, ranges
from osnowa.maps.drawing import radius
from osnowa.maps.queries.keeping import Question
from osnowa.register.models import Organisation

#: Beyond the window this many pixels are counted too, so that circles at its edge are whole.
_EDGE = 40
#: Points whose numbers differ by less lie in one house (zoom 20, some 35 m).
_ONE_POINT = 2 * (FINEST - 20)
#: Squares up to this zoom (some 10 km) are counted for the whole register and kept; smaller ones for a window.
_GRID = 11
_NAMES = ("count", "lat", "lon", "one", "first", "last")
Columns = dict[str, NDArray[Any]]


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
    if zoom <= _GRID:
        grid = question.kept(f"grid {zoom}", lambda: _grouped(points(question), zoom))
    else:
        grid = _grouped(_near(points(question), wide), zoom)
    south, west, north, east = wide.box
    inside = np.flatnonzero((grid["lat"] >= south) & (grid["lat"] <= north) & (grid["lon"] >= west) & (grid["lon"] <= east))
    return _apart([Cell(*row) for row in zip(*(grid[name][inside].tolist() for name in _NAMES), strict=True)], view)


def points(question: Question) -> Columns:
    """The square and the key of every organisation that has a place, in the order of squares; read once for all windows."""

    def read() -> Columns:
        table = question.frame.table(f"SELECT qk, id FROM register WHERE qk IS NOT NULL AND ({question.condition}) ORDER BY qk, id")
        return {name: table.column(name).to_numpy() for name in ("qk", "id")}

    return question.kept("points", read)


def _near(all_points: Columns, view: View) -> Columns:
    """Those that may lie in a window: the spans of squares that hold it."""
    ends = [(np.searchsorted(all_points["qk"], first), np.searchsorted(all_points["qk"], last, side="right")) for first, last in ranges(view.box)]
    return {name: np.concatenate([column[start:end] for start, end in ends]) for name, column in all_points.items()}


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
    rows = question.rows(f"SELECT count(*), count(*) - count(qk) FROM register WHERE {question.condition}")
    return int(rows[0][0]), int(rows[0][1])


def named(keys: list[int]) -> dict[int, tuple[str, str]]:
    """{organisation: (address, name)}; one query."""
    rows = Organisation.objects.filter(pk__in=keys).values_list("pk", "slug", "short_name", "legal_name")
    return {pk: (slug, short or legal) for pk, slug, short, legal in rows}


def here(question: Question, zoom: int, number: int, most: int = 200) -> list[tuple[str, str]]:
    """(address, name) of the organisations in one square, by name; one query."""
    shift, every = 2 * (FINEST - zoom), points(question)
    start, end = np.searchsorted(every["qk"], [number << shift, (number + 1) << shift])
    return sorted(named(every["id"][start:end][:most].tolist()).values(), key=lambda one: one[1].casefold())
