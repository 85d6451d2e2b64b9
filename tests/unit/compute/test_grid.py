"""Squares of the world map."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from osnowa.compute import grid


def test_known_tiles() -> None:
    """Gdańsk at zoom 10: computed by hand from the formulas of the tile scheme."""
    x, y = grid.squares([54.352, 0.0, 85.06, -90.0], [18.6466, 0.0, -180.0, 180.0], 10)
    assert (x[0], y[0]) == (565, 327)
    assert (x[1], y[1]) == (512, 512)
    assert (x[2], y[2]) == (0, 0)
    assert (x[3], y[3]) == (1023, 1023)


def test_a_number_by_hand() -> None:
    assert grid.number([0b101], [0b011]).tolist() == [0b011011]


@given(st.lists(st.tuples(st.integers(0, 2**24 - 1), st.integers(0, 2**24 - 1)), min_size=1))
def test_numbering_is_undone(pairs: list[tuple[int, int]]) -> None:
    x, y = np.array(pairs).T
    there = grid.square(grid.number(x, y))
    assert (there[0] == x).all()
    assert (there[1] == y).all()


@given(st.floats(-89, 89), st.floats(-180, 179.999), st.integers(0, 23))
def test_a_shift_gives_the_square_at_a_coarser_zoom(lat: float, lon: float, zoom: int) -> None:
    coarse = grid.number(*grid.squares([lat], [lon], zoom))
    assert (grid.quadkeys([lat], [lon]) >> (2 * (grid.FINEST - zoom)) == coarse).all()
