"""Which part of the world does a map show, and where on it does a place lie?

Web Mercator (EPSG:3857): at zoom z the world is a square of 256·2^z pixels, x from the west, y from the north; zoom may be
a half. Pixels of a view are whole and count from its upper left corner. Degrees are WGS 84.
"""

import math
from dataclasses import dataclass, replace
from functools import cached_property

from osnowa.compute.grid import EDGE, FINEST, number, squares

TILE = 256
NEAREST, FARTHEST = 18.0, 2.0
#: South, west, north, east.
Box = tuple[float, float, float, float]


def across(lon: float) -> float:
    """How far east a meridian lies, 0 to 1."""
    return (lon + 180.0) / 360.0


def down(lat: float) -> float:
    """How far south a parallel lies, 0 to 1."""
    return (1.0 - math.asinh(math.tan(math.radians(max(-EDGE, min(EDGE, lat))))) / math.pi) / 2.0


def lon_of(x: float) -> float:
    """The meridian at a share of the way east: `across` undone."""
    return x * 360.0 - 180.0


def lat_of(y: float) -> float:
    """The parallel at a share of the way south: `down` undone."""
    return math.degrees(math.atan(math.sinh(math.pi * (1.0 - 2.0 * y))))


def held(zoom: float) -> float:
    """The zoom, in halves, within what can be shown."""
    return max(FARTHEST, min(NEAREST, round(zoom * 2) / 2))


@dataclass(frozen=True)
class View:
    """A window on the world: its middle, its zoom, its size in pixels."""

    zoom: float
    lat: float
    lon: float
    width: int = 960
    height: int = 640

    @cached_property
    def side(self) -> float:
        """Pixels of the whole world at this zoom."""
        return float(TILE * 2.0**self.zoom)

    @cached_property
    def left(self) -> int:
        return round(across(self.lon) * self.side - self.width / 2)

    @cached_property
    def top(self) -> int:
        return round(down(self.lat) * self.side - self.height / 2)

    @cached_property
    def box(self) -> Box:
        """What the window shows, in degrees."""
        side, left, top = self.side, self.left, self.top
        return (lat_of((top + self.height) / side), lon_of(left / side), lat_of(top / side), lon_of((left + self.width) / side))

    def place(self, lat: float, lon: float) -> tuple[int, int]:
        """The pixel of a place; outside the window it is negative or beyond its size."""
        return round(across(lon) * self.side) - self.left, round(down(lat) * self.side) - self.top

    def shows(self, lat: float, lon: float, beyond: int = 0) -> bool:
        """Whether a place lies in the window, widened by some pixels."""
        x, y = self.place(lat, lon)
        return -beyond <= x <= self.width + beyond and -beyond <= y <= self.height + beyond

    def moved(self, right: float, below: float) -> "View":
        """The window moved by pixels."""
        x, y = across(self.lon) + right / self.side, down(self.lat) + below / self.side
        return replace(self, lat=lat_of(min(max(y, 0.0), 1.0)), lon=lon_of(min(max(x, 0.0), 1.0)))

    def zoomed(self, by: float) -> "View":
        """The window with the same middle, nearer or farther."""
        return replace(self, zoom=held(self.zoom + by))


def fit(box: Box, width: int, height: int, nearest: float = 11.0) -> View:
    """The nearest window in which the whole box is seen with a margin around it."""
    south, west, north, east = box
    wide = max(across(east) - across(west), 1e-9)
    tall = max(down(south) - down(north), 1e-9)
    zoom = math.log2(min(0.92 * width / wide, 0.92 * height / tall) / TILE)
    middle = lat_of((down(south) + down(north)) / 2)
    return View(max(FARTHEST, min(nearest, math.floor(zoom * 2) / 2)), middle, (west + east) / 2, width, height)


def ranges(box: Box) -> tuple[tuple[int, int], ...]:
    """Spans of Morton numbers (first, last) that hold every point of a box: of at most four squares of one zoom."""
    south, west, north, east = box
    for zoom in range(FINEST, -1, -1):
        xs, ys = squares([north, south], [west, east], zoom)
        if xs[1] - xs[0] <= 1 and ys[1] - ys[0] <= 1:
            break
    shift = 2 * (FINEST - zoom)
    found = {int(number(x, y)) for x in (xs[0], xs[1]) for y in (ys[0], ys[1])}
    return tuple((one << shift, ((one + 1) << shift) - 1) for one in sorted(found))
