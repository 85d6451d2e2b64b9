"""In which square of the world map does a point lie?

Web Mercator tiles (EPSG:3857, as every map on the web cuts the world): at zoom z the world is 2^z × 2^z squares, x from
the west, y from the north. The bits of x and y interleaved (a Morton code, "quadkey") number the squares so that the
square of a point at zoom z is its number at zoom `FINEST` shifted right by 2·(FINEST − z), and neighbours lie near each
other in a sorted file. Source: G. M. Morton, IBM 1966; the tile formulas of EPSG:3857.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

#: Zoom of the stored numbers: squares of some 2 metres.
FINEST = 24
#: Beyond this latitude (degrees) the square map ends.
EDGE = 85.05112877980659

_SPREADS = ((16, 0x0000FFFF0000FFFF), (8, 0x00FF00FF00FF00FF), (4, 0x0F0F0F0F0F0F0F0F), (2, 0x3333333333333333), (1, 0x5555555555555555))


def squares(lat: ArrayLike, lon: ArrayLike, zoom: int = FINEST) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The x and y of the squares of points (WGS 84 degrees, equal shapes)."""
    lats, lons = np.clip(np.asarray(lat, float), -EDGE, EDGE), np.asarray(lon, float)
    side = 1 << zoom
    x = np.floor((lons + 180.0) / 360.0 * side)
    y = np.floor((1.0 - np.arcsinh(np.tan(np.radians(lats))) / np.pi) / 2.0 * side)
    return np.clip(x, 0, side - 1).astype(np.int64), np.clip(y, 0, side - 1).astype(np.int64)


def _spread(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The bits of numbers below 2^32, each followed by an empty one."""
    for shift, mask in _SPREADS:
        numbers = (numbers | (numbers << shift)) & mask
    return numbers


def _gather(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Every second bit, closed up: `_spread` undone."""
    numbers = numbers & _SPREADS[-1][1]
    for (shift, _own), (_next, mask) in zip(reversed(_SPREADS), [*reversed(_SPREADS[:-1]), (0, 0x00000000FFFFFFFF)], strict=True):
        numbers = (numbers | (numbers >> shift)) & mask
    return numbers


def number(x: ArrayLike, y: ArrayLike) -> NDArray[np.int64]:
    """The Morton number of squares: bits of y and x by turns, x in the last place."""
    return _spread(np.asarray(x, np.int64)) | (_spread(np.asarray(y, np.int64)) << 1)


def square(numbers: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The x and y of Morton numbers: `number` undone."""
    given = np.asarray(numbers, np.int64)
    return _gather(given), _gather(given >> 1)


def quadkeys(lat: ArrayLike, lon: ArrayLike) -> NDArray[np.int64]:
    """The Morton numbers of points at the finest zoom."""
    return number(*squares(lat, lon))
