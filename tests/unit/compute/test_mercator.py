"""Windows on the world."""

import numpy as np
import pytest

from osnowa.compute.grid import quadkeys
from osnowa.compute.mercator import View, across, down, fit, held, lat_of, lon_of, ranges

GDANSK = (54.352, 18.6466)


def test_a_place_lies_in_the_square_the_web_counts_it_in():
    # Gdańsk at zoom 10 is tile 565/327 of every web map.
    assert int(across(GDANSK[1]) * 1024) == 565
    assert int(down(GDANSK[0]) * 1024) == 327


@pytest.mark.parametrize("lat", [-80.0, -12.5, 0.0, 54.352, 84.9])
def test_degrees_come_back(lat):
    assert lat_of(down(lat)) == pytest.approx(lat, abs=1e-9)
    assert lon_of(across(18.6466)) == pytest.approx(18.6466, abs=1e-9)


def test_the_middle_of_a_window_is_its_middle_pixel():
    assert View(8, *GDANSK, 960, 640).place(*GDANSK) == (480, 320)


def test_a_moved_window_shows_the_same_place_moved():
    x, y = View(8, *GDANSK).moved(100, -50).place(*GDANSK)
    assert (abs(x - 380) <= 1, abs(y - 370) <= 1) == (True, True)


def test_zooming_stays_within_what_can_be_shown():
    assert View(18, *GDANSK).zoomed(5).zoom == 18
    assert View(2, *GDANSK).zoomed(-5).zoom == 2
    assert held(7.3) == 7.5


def test_everything_fits_into_the_window_made_for_it():
    box = (53.5, 16.7, 54.8, 19.6)
    view = fit(box, 960, 640)
    south, west, north, east = view.box
    assert south < box[0]
    assert west < box[1]
    assert north > box[2]
    assert east > box[3]
    assert fit((54.3, 18.6, 54.3, 18.6), 960, 640).zoom == 11


def test_the_spans_of_a_window_hold_every_point_in_it_and_not_the_whole_world():
    view = View(9, *GDANSK)
    south, west, north, east = view.box
    dice = np.random.default_rng(1)
    inside = quadkeys(dice.uniform(south, north, 500), dice.uniform(west, east, 500))
    spans = ranges(view.box)
    assert len(spans) <= 4
    assert all(any(first <= number <= last for first, last in spans) for number in inside.tolist())
    assert sum(last - first for first, last in spans) < 1 << 37
