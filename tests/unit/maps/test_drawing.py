"""Outlines, circles and threads as SVG; classes of the address; cells of the map."""

import numpy as np
import pytest
from django.http import QueryDict

from osnowa.compute.grid import FINEST, quadkeys
from osnowa.compute.mercator import View, across, down, ranges
from osnowa.maps.drawing import Area, Rings, Spot, areas, circles, radius, short, threads
from osnowa.maps.queries.asked import Asked
from osnowa.maps.queries.cells import Cell, _apart, _between, _grouped

VIEW = View(8, 54.35, 18.65)


def ring(*degrees):
    return np.array([[across(lon), down(lat)] for lat, lon in degrees])


def square(lat, lon, half):
    return ring((lat - half, lon - half), (lat + half, lon - half), (lat + half, lon + half), (lat - half, lon + half), (lat - half, lon - half))


def test_an_outline_is_whole_pixels_without_repeated_points():
    path = Rings([square(54.35, 18.65, 0.1)]).path(VIEW)
    assert path.startswith("M")
    assert path.endswith("z")
    assert "." not in path
    assert "l0 0" not in path


def test_what_lies_outside_or_is_too_small_to_be_seen_is_left_out():
    assert Rings([square(40.0, 2.0, 0.1)]).path(VIEW) == ""
    assert Rings([square(54.35, 18.65, 1e-5)]).path(VIEW) == ""


def test_neighbours_share_their_border_at_every_zoom():
    for zoom in (5, 7.5, 11, 14):
        view = View(zoom, 54.35, 18.65)
        left, right = Rings([square(54.35, 18.55, 0.1)]), Rings([square(54.35, 18.75, 0.1)])
        assert left._at(view)[0].box[2] == right._at(view)[0].box[0]


def test_names_are_escaped():
    drawn = areas([Area("<b>&", Rings([square(54.35, 18.65, 0.1)]), 2, "7")], VIEW)
    assert "&lt;b&gt;&amp;: 7" in drawn
    assert 'class="area k2"' in drawn
    assert "<script" not in circles([Spot(54.35, 18.65, 1, "<script>", '"><script>')], VIEW)


def test_a_place_without_value_is_hatched_and_one_outside_is_blank():
    outline = Rings([square(54.35, 18.65, 0.1)])
    assert 'class="area none"' in areas([Area("a", outline, None, "no data")], VIEW)
    assert 'class="area blank"' in areas([Area("a", outline, -1, "–")], VIEW)


def test_circles_grow_with_their_number_and_say_it():
    assert radius(1, 100) < radius(25, 100) < radius(100, 100)
    assert [short(n) for n in (950, 1234, 34_000, 2_800_000)] == ["950", "1.2k", "34k", "2.8M"]


def test_threads_never_outgrow_the_picture():
    many = np.array([(across(18 + n / 30_000), down(54 + n / 40_000)) for n in range(20_000)])
    assert len(threads(many, [-1] * len(many), VIEW)) < 150_000


def test_cells_hold_every_organisation_once_at_every_zoom():
    dice = np.random.default_rng(3)
    numbers = np.sort(quadkeys(dice.uniform(54.2, 54.5, 400), dice.uniform(18.4, 18.9, 400)))
    some = {"qk": numbers, "id": np.arange(400)}
    for zoom in (4, 9, 13, FINEST):
        grouped = _grouped(some, zoom)
        assert grouped["count"].sum() == 400
        assert (np.abs(grouped["lat"] - 54.35) < 0.2).all()
    assert len(_between(some, ranges(View(6, 54.35, 18.65).box))["qk"]) == 400
    assert len(_between(some, ranges(View(8, 40.0, 2.0).box))["qk"]) == 0


def test_cells_that_would_cover_each_other_are_joined():
    near = [Cell(10, 54.35, 18.65, 1, 5, 9), Cell(1, 54.3501, 18.6501, 2, 7, 7), Cell(4, 54.0, 17.5, 3, 20, 21)]
    joined = _apart(near, VIEW)
    assert sorted(cell.count for cell in joined) == [4, 11]
    assert (max(joined, key=lambda cell: cell.count).first, max(joined, key=lambda cell: cell.count).last) == (5, 9)


@pytest.mark.parametrize("words", ["z=8&at=54.35000,18.65000", "form=PL-FUN&form=PL-STO&q=dom+%26+las&show=organisations&level=nuts3&circles=1&order=name&z=8.5&at=54.35000,18.65000"])  # fmt: skip
def test_an_address_of_the_map_comes_back_as_it_went(words):
    asked = Asked.of(QueryDict(words))
    again = Asked.of(QueryDict(asked.query(view=asked.view)[1:]))
    assert again == asked
