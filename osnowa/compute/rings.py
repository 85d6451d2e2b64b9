"""Where does each role of an ecosystem stand in a picture of rings and segments?

A disc is cut into rings (from the middle outwards) and into equal segments (clockwise from the top). Every item names its ring
and its segment; the items of one cell stand in rows along arcs, the outer row first, evenly spread in the middle of the arc.
Where a cell is crowded its marks become smaller, so that no two marks of a picture overlap. Lengths are in units of the drawing,
the middle is (0, 0), y points down. Pure geometry, no drawing.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: The usual distance of marks, and the one below which it makes no sense to look.
STEP, LEAST_STEP = 38.0, 6.0
#: Between two marks, and between a mark and the border of its cell.
AIR = 3.0


@dataclass(frozen=True)
class Mark:
    """An item at its place: the middle of its circle and the radius."""

    key: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class Spoke:
    """A border between two segments, from the hole in the middle to the rim."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Name:
    """Where the name of a segment or a ring stands; `side` is -1 left, 0 middle, 1 right of the picture."""

    key: str
    x: float
    y: float
    side: int


@dataclass(frozen=True)
class Rings:
    """The whole picture: radii of the circles from the middle outwards, spokes, names and marks."""

    radii: tuple[float, ...]
    spokes: tuple[Spoke, ...]
    segments: tuple[Name, ...]
    rings: tuple[Name, ...]
    marks: tuple[Mark, ...]


def place(rings: Sequence[str], segments: Sequence[str], items: Mapping[str, tuple[str, str]], *, hole: float = 30.0, thick: float = 78.0) -> Rings:
    """The picture of items {key: (ring, segment)}; an item of an unknown ring or segment is refused (KeyError)."""
    radii = tuple(hole + thick * number for number in range(len(rings) + 1))
    cells: dict[tuple[int, int], list[str]] = {}
    ring_at, segment_at = {key: at for at, key in enumerate(rings)}, {key: at for at, key in enumerate(segments)}
    for key, (ring, segment) in items.items():
        cells.setdefault((ring_at[ring], segment_at[segment]), []).append(key)
    marks = [mark for (ring, segment), keys in cells.items() for mark in _cell(keys, radii[ring], radii[ring + 1], segment, len(segments))]
    order = {key: at for at, key in enumerate(items)}
    return Rings(radii, _spokes(radii, len(segments)), _names(segments, radii[-1]), _ring_names(rings, radii), tuple(sorted(marks, key=lambda one: order[one.key])))


def _point(radius: float, turn: float) -> tuple[float, float]:
    """A point at a distance from the middle; turn 0 is up, 1 is a whole turn clockwise."""
    return radius * math.sin(2 * math.pi * turn), -radius * math.cos(2 * math.pi * turn)


def _spokes(radii: tuple[float, ...], segments: int) -> tuple[Spoke, ...]:
    if segments < 2:
        return ()
    return tuple(Spoke(*_point(radii[0], number / segments), *_point(radii[-1], number / segments)) for number in range(segments))


def _names(segments: Sequence[str], rim: float) -> tuple[Name, ...]:
    found = []
    for number, key in enumerate(segments):
        turn = (number + 0.5) / len(segments)
        x, y = _point(rim + 18, turn)
        side = 0 if abs(math.sin(2 * math.pi * turn)) < 0.2 else int(math.copysign(1, x))
        found.append(Name(key, x, y, side))
    return tuple(found)


def _ring_names(rings: Sequence[str], radii: tuple[float, ...]) -> tuple[Name, ...]:
    return tuple(Name(key, 0.0, -radii[number + 1] + 12, 0) for number, key in enumerate(rings))


def _rows(inner: float, outer: float, segments: int, step: float) -> list[tuple[float, int]]:
    """(radius of the row, how many marks it holds), the outer row first."""
    rows = []
    radius = outer - step / 2
    while radius >= inner + step / 2:
        if segments == 1:
            fits = int(2 * math.pi * radius / step)
        else:
            # Marks keep half a step from both spokes; neighbours are a step apart along the chord.
            margin = math.asin(min(1.0, step / 2 / radius))
            room = 2 * math.pi / segments - 2 * margin
            fits = 0 if room < 0 else 1 + int(room / (2 * math.asin(min(1.0, step / 2 / radius))) + 1e-9)
        if fits > 0:
            rows.append((radius, fits))
        radius -= step
    return rows


def _cell(keys: Sequence[str], inner: float, outer: float, segment: int, segments: int) -> list[Mark]:
    step = STEP
    rows = _rows(inner, outer, segments, step)
    while sum(fits for _radius, fits in rows) < len(keys):
        step *= 0.94
        if step < LEAST_STEP:
            raise ValueError("so many items fit into no cell")
        rows = _rows(inner, outer, segments, step)
    marks: list[Mark] = []
    left = list(keys)
    for radius, fits in rows:
        here, left = left[:fits], left[fits:]
        apart = 2 * math.asin(min(1.0, step / 2 / radius)) / (2 * math.pi)
        first = (segment + 0.5) / segments - apart * (len(here) - 1) / 2
        marks += [Mark(key, *_point(radius, first + apart * number), step / 2 - AIR / 2) for number, key in enumerate(here)]
    return marks
