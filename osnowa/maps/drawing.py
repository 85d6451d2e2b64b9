"""Outlines, circles and marks as SVG for one window. Pure: what it draws is handed to it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from html import escape

import numpy as np
from numpy.typing import NDArray

from osnowa.compute.mercator import View

#: Points of a border, one row each: shares of the world square, x from the west, y from the north.
Ring = NDArray[np.float64]
#: Circles between these radii, in pixels; a mark of one organisation is smaller and of another shape.
SMALLEST, LARGEST, MARK = 13.0, 34.0, 9
#: A value is written into areas at least this wide, in pixels.
_ROOM = 46
#: With more areas than this in a window they are drawn without names of their own; the table has them.
_MOST_NAMED = 320


@dataclass
class _Drawn:
    """A ring at one zoom: where it begins, its steps as text, and its box, in pixels of the world."""

    x: int
    y: int
    steps: str
    box: tuple[int, int, int, int]


@dataclass
class Rings:
    """The borders of one place, drawn once for each zoom."""

    rings: list[Ring]
    _drawn: dict[float, list[_Drawn]] = field(default_factory=dict, repr=False)
    _box: tuple[float, float, float, float] | None = field(default=None, repr=False)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """West, north, east, south as shares of the world square."""
        if self._box is None:
            low = np.min([ring.min(axis=0) for ring in self.rings], axis=0)
            high = np.max([ring.max(axis=0) for ring in self.rings], axis=0)
            self._box = (float(low[0]), float(low[1]), float(high[0]), float(high[1]))
        return self._box

    def path(self, view: View) -> str:
        """What lies in the window as an SVG path of whole pixels; rings too small to be seen are left out."""
        left, top = view.left, view.top
        right, low = left + view.width, top + view.height
        words = [
            f"M{one.x - left} {one.y - top}l{one.steps}z"
            for one in self._at(view)
            if one.box[2] >= left and one.box[0] <= right and one.box[3] >= top and one.box[1] <= low
        ]
        return "".join(words)

    def _at(self, view: View) -> list[_Drawn]:
        if view.zoom not in self._drawn:
            if len(self._drawn) > 6:
                self._drawn.clear()
            self._drawn[view.zoom] = [drawn for ring in self.rings if (drawn := _drawn(ring, view.side))]
        return self._drawn[view.zoom]


def _drawn(ring: Ring, side: float) -> _Drawn | None:
    """A ring in whole pixels without repeated points; neighbours share theirs, so no gap opens."""
    points = np.rint(ring * side).astype(np.int64)
    steps = np.diff(points, axis=0)
    steps = steps[steps.any(axis=1)]
    if len(steps) < 3:
        return None
    low, high = points.min(axis=0), points.max(axis=0)
    text = " ".join(map(str, steps.ravel().tolist())).replace(" -", "-")
    return _Drawn(int(points[0, 0]), int(points[0, 1]), text, (int(low[0]), int(low[1]), int(high[0]), int(high[1])))


@dataclass(frozen=True)
class Area:
    """A place with its class (None: no value; -1: not asked) and the value as people read it."""

    name: str
    outline: Rings
    tone: int | None
    said: str
    is_composed: bool = False
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True)
class Spot:
    """Organisations drawn as one: a circle with their number, or the mark of a single one."""

    lat: float
    lon: float
    count: int
    name: str
    address: str
    #: Whether the address is another view of the map rather than a page.
    is_view: bool = True


def land(outlines: Iterable[Rings], view: View, name: str = "land") -> str:
    """The ground the map stands on, as one path."""
    path = "".join(one.path(view) for one in outlines)
    return f'<path class="{name}" d="{path}"/>' if path else ""


def tone_class(tone: int | None) -> str:
    """The class of a shape: its tone, hatched without a value."""
    return "none" if tone is None else "blank" if tone < 0 else f"k{tone}"


def areas(shown: Sequence[Area], view: View) -> str:
    """Areas in the tones of their classes, each with its name where there are not too many."""
    paths = [(area, path) for area in shown if area.outline.rings and (path := area.outline.path(view))]
    if len(paths) > _MOST_NAMED:
        gathered: dict[str, list[str]] = {}
        for area, path in paths:
            gathered.setdefault(tone_class(area.tone), []).append(path)
        return "".join(f'<path class="area {name}" d="{"".join(those)}"/>' for name, those in gathered.items())
    words = []
    for area, path in paths:
        inner = " inner" if area.is_composed else ""
        words.append(f'<path class="area {tone_class(area.tone)}{inner}" d="{path}"><title>{escape(area.name)}: {escape(area.said)}</title></path>')
    return "".join(words)


def values(shown: Sequence[Area], view: View) -> str:
    """The values of areas that have room for them, so that a tone is not the only sign."""
    words, side = [], view.side
    for area in shown:
        if area.tone is None or area.tone < 0 or not area.outline.rings:
            continue
        west, north, east, south = area.outline.box
        if (east - west) * side < _ROOM + 7 * len(area.said) or (south - north) * side < 30:
            continue
        x, y = round((west + east) / 2 * side) - view.left, round((north + south) / 2 * side) - view.top
        if area.lat is not None and area.lon is not None:
            x, y = view.place(area.lat, area.lon)
        if 0 <= x <= view.width and 0 <= y <= view.height:
            words.append(f'<text class="value" x="{x}" y="{y + 5}">{escape(area.said)}</text>')
    return "".join(words)


def threads(middles: Ring, tones: Sequence[int | None], view: View) -> str:
    """Municipalities without outlines as threads, warp and weft by turns, each in its tone; at most one in a few pixels."""
    pixels = np.rint((np.rint(middles * view.side) - (view.left, view.top)) / 8).astype(np.int64)
    taken: dict[tuple[int, int], int | None] = {}
    for x, y, tone in zip(*pixels.T.tolist(), tones, strict=True):
        taken.setdefault((x, y), tone)
    reach = max(5, min(26, round(0.3 * (view.width * view.height / max(len(taken), 1)) ** 0.5)))
    gathered: dict[str, list[str]] = {}
    for (x, y), tone in taken.items():
        step = f"M{8 * x - reach} {8 * y}h{2 * reach}" if (x + y) % 2 else f"M{8 * x} {8 * y - reach}v{2 * reach}"
        gathered.setdefault(tone_class(tone), []).append(step)
    wide = {name: max(3, reach // 3) if name == "blank" else max(6, round(reach / 1.6)) for name in gathered}
    return "".join(f'<path class="thread {name}" stroke-width="{wide[name]}" d="{"".join(those)}"/>' for name, those in gathered.items())


def radius(count: int, most: int) -> float:
    """The area of a circle grows with its number."""
    return round(SMALLEST + (LARGEST - SMALLEST) * math.sqrt(count / max(most, 1)), 1)


def short(count: int) -> str:
    """A number that fits into a circle: 950, 1.2k, 34k."""
    if count < 1000:
        return str(count)
    if count < 999_500:
        return f"{count / 1000:.1f}k" if count < 9950 else f"{round(count / 1000)}k"
    return f"{count / 1e6:.1f}M"


def circles(spots: Sequence[Spot], view: View, *, links: bool = True) -> str:
    """Circles and marks, the large ones first so that small ones stay seen."""
    most = max((spot.count for spot in spots), default=1)
    words = []
    for spot in sorted(spots, key=lambda spot: (-spot.count, spot.name)):
        x, y = view.place(spot.lat, spot.lon)
        if spot.count == 1:
            shape = f'<path class="one" d="M{x} {y - MARK}l{MARK} {MARK}-{MARK} {MARK}-{MARK}-{MARK}z"/>'
        else:
            shape = f'<circle cx="{x}" cy="{y}" r="{radius(spot.count, most)}"/><text x="{x}" y="{y + 5}">{short(spot.count)}</text>'
        if not links:
            words.append(f'<g class="spot"><title>{escape(spot.name)}</title>{shape}</g>')
            continue
        mark = " data-view" if spot.is_view else ""
        name = escape(spot.name)
        words.append(f'<a class="spot" href="{escape(spot.address)}"{mark} aria-label="{name}"><title>{name}</title>{shape}</a>')
    return "".join(words)
