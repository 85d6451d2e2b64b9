"""Laws of ranks, z and likeness."""

import math
import statistics
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from osnowa.compute.standing import HIGHER, LOWER, Point, changes, nearest, ranks, standings, z_scores

whole = st.integers(-10_000, 10_000)
tables = st.dictionaries(st.text("ABCDEFGH", min_size=1, max_size=3), whole.map(float), min_size=1, max_size=40)


@given(tables)
def test_ranks_do_not_change_when_numbers_are_bent_upwards(values):
    bent = {place: value**3 + 5 for place, value in values.items()}
    assert ranks(values, HIGHER) == ranks(bent, HIGHER)


@given(tables)
def test_turning_the_numbers_round_turns_the_polarity(values):
    assert ranks(values, LOWER) == ranks({place: -value for place, value in values.items()}, HIGHER)


@given(tables)
def test_a_rank_is_one_more_than_the_places_that_are_better(values):
    for place, rank in ranks(values, HIGHER).items():
        assert rank == 1 + sum(other > values[place] for other in values.values())


@given(tables)
def test_z_has_mean_zero_and_deviation_one(values):
    scores = list(z_scores(values).values())
    if scores:
        assert abs(statistics.fmean(scores)) < 1e-9
        assert abs(statistics.pstdev(scores) - 1) < 1e-9
    else:
        assert len(set(values.values())) == 1


@given(tables, st.integers(1, 50), whole)
def test_z_does_not_change_with_the_unit(values, factor, shift):
    one, other = z_scores(values), z_scores({place: value * factor + shift for place, value in values.items()})
    assert one.keys() == other.keys()
    assert all(math.isclose(one[place], other[place], abs_tol=1e-7) for place in one)


@given(tables)
def test_percentiles_lie_within_a_hundred_and_fall_with_the_rank(values):
    found = standings(values, HIGHER)
    if len(values) > 1:
        assert all(0 <= it.percentile <= 100 for it in found.values())
        order = sorted(found.values(), key=lambda it: it.rank)
        assert all(one.percentile >= other.percentile for one, other in pairwise(order))


@given(st.lists(tables, min_size=1, max_size=4))
def test_likeness_is_the_same_both_ways(several):
    table = {str(number): values for number, values in enumerate(several)}
    places = sorted({place for values in several for place in values})
    found = {one: {it.place: (it.distance, it.shared) for it in nearest(one, table, most=99)} for one in places}
    for one in places:
        for other, told in found[one].items():
            if one in found[other]:
                assert math.isclose(found[other][one][0], told[0], abs_tol=1e-9)


@given(st.lists(st.tuples(st.one_of(st.none(), whole.map(float)), st.booleans()), max_size=30))
def test_changes_within_stretches_never_span_a_break(series):
    points = [Point(f"{2000 + at}", value, is_break) for at, (value, is_break) in enumerate(series)]
    marks = {point.period for point in points if point.is_break}
    for one in changes(points):
        assert not any(one.since < mark <= one.until for mark in marks)
