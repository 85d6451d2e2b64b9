"""Rings: every item stands in its own cell and no two marks overlap."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnowa.compute.rings import place

RINGS = ("core", "coordination", "support", "environment")
SEGMENTS = ("a", "b", "c", "d", "e")
ITEMS = st.lists(st.tuples(st.sampled_from(RINGS), st.sampled_from(SEGMENTS)), max_size=60).map(lambda cells: {str(number): cell for number, cell in enumerate(cells)})


def test_the_first_segment_begins_at_the_top_and_goes_clockwise():
    (mark,) = place(RINGS, SEGMENTS, {"x": ("support", "a")}).marks
    assert mark.x > 0
    assert mark.y < 0


def test_an_empty_picture_has_its_circles_and_spokes():
    it = place(RINGS, SEGMENTS, {})
    assert (len(it.radii), len(it.spokes), it.marks) == (5, 5, ())


def test_an_unknown_ring_is_refused():
    with pytest.raises(KeyError):
        place(RINGS, SEGMENTS, {"x": ("moon", "a")})


def test_one_item_stands_in_the_middle_of_its_arc():
    (mark,) = place(RINGS, ("a", "b"), {"x": ("core", "a")}).marks
    assert mark.y == pytest.approx(0)
    assert mark.x > 0


@given(ITEMS)
def test_law_every_mark_lies_in_its_cell(items):
    it = place(RINGS, SEGMENTS, items)
    assert {mark.key for mark in it.marks} == set(items)
    for mark in it.marks:
        ring, segment = items[mark.key]
        far = math.hypot(mark.x, mark.y)
        assert it.radii[RINGS.index(ring)] <= far - mark.radius
        assert far + mark.radius <= it.radii[RINGS.index(ring) + 1]
        turn = (math.atan2(mark.x, -mark.y) / (2 * math.pi)) % 1
        reach = math.asin(min(1.0, mark.radius / far)) / (2 * math.pi)
        at = SEGMENTS.index(segment)
        assert at / 5 - 1e-9 <= turn - reach
        assert turn + reach <= (at + 1) / 5 + 1e-9


@given(ITEMS)
def test_law_no_two_marks_overlap(items):
    marks = place(RINGS, SEGMENTS, items).marks
    for number, one in enumerate(marks):
        for other in marks[number + 1 :]:
            assert math.hypot(one.x - other.x, one.y - other.y) >= one.radius + other.radius - 1e-6


@given(ITEMS)
def test_law_the_order_of_items_is_kept(items):
    assert [mark.key for mark in place(RINGS, SEGMENTS, items).marks] == list(items)
