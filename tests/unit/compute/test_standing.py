"""Ranks, z, percentiles, gaps, series and likeness against numbers made by hand."""

import math

import pytest

from osnowa.compute.standing import (
    HIGHER,
    LOWER,
    NEUTRAL,
    Point,
    change_since,
    changes,
    gap_to_target,
    nearest,
    ranks,
    spread,
    standing,
    standings,
    stretches,
    z_scores,
)

FIVE = {"A": 2.0, "B": 4.0, "C": 4.0, "D": 4.0, "E": 6.0}


def test_ties_share_the_better_rank_and_the_next_is_left_out():
    assert ranks(FIVE, HIGHER) == {"E": 1, "B": 2, "C": 2, "D": 2, "A": 5}
    assert ranks(FIVE, LOWER) == {"A": 1, "B": 2, "C": 2, "D": 2, "E": 5}


def test_the_highest_is_first_where_neither_direction_is_better():
    assert ranks(FIVE, NEUTRAL) == ranks(FIVE, HIGHER)


def test_z_takes_the_population_standard_deviation():
    # mean 4, deviations -2 0 0 0 2, variance 8/5
    found = standing("E", FIVE, HIGHER)
    assert found is not None
    assert (found.mean, found.z) == (4.0, pytest.approx(2 / math.sqrt(8 / 5)))


def test_z_keeps_the_sign_of_the_number_whatever_is_better():
    found = standing("E", FIVE, LOWER)
    assert found is not None
    assert found.z is not None
    assert found.z > 0
    assert found.rank == 5


def test_equal_values_have_no_z():
    found = standings({"A": 0.1, "B": 0.1, "C": 0.1}, HIGHER)
    assert [(it.rank, it.z, it.mean) for it in found.values()] == [(1, None, 0.1)] * 3


def test_the_only_place_is_first_of_one():
    found = standing("A", {"A": 3.0}, HIGHER)
    assert found is not None
    assert (found.rank, found.of, found.z, found.percentile) == (1, 1, None, None)


def test_a_place_without_value_has_no_standing():
    assert standing("Z", FIVE, HIGHER) is None
    assert spread([]) is None
    assert standings({}, HIGHER) == {}


def test_the_percentile_counts_half_of_those_alike():
    found = standings(FIVE, HIGHER)
    assert [found[place].percentile for place in "ABE"] == [0, 50, 100]


def test_the_gap_to_the_best_is_zero_for_the_best():
    found = standings(FIVE, LOWER)
    assert (found["A"].gap_to_best, found["E"].gap_to_best, found["E"].gap_to_mean) == (0, 4, 2)


def test_a_target_is_reached_from_the_side_that_is_better():
    assert gap_to_target(8, 10, HIGHER) == -2
    assert gap_to_target(8, 10, LOWER) == 2


SERIES = [Point("2019", 10), Point("2020", None), Point("2021", 12), Point("2022", 20, True), Point("2023", 21)]


def test_no_change_is_computed_across_a_break():
    assert [(one.since, one.until, one.by) for one in changes(SERIES)] == [("2019", "2021", 2), ("2022", "2023", 1)]
    assert [len(part) for part in stretches(SERIES)] == [3, 2]


def test_a_change_over_periods_reaches_back_to_the_break_and_no_further():
    found = change_since(SERIES, 4)
    assert found is not None
    assert (found.since, found.until, found.share) == ("2022", "2023", 0.05)
    assert change_since(SERIES[:1], 1) is None
    assert change_since([], 1) is None


def test_the_nearest_place_is_the_one_with_the_same_z():
    table = {"x": {"A": 1.0, "B": 1.1, "C": 5.0}, "y": {"A": 10.0, "B": 11.0, "C": 50.0}}
    assert [one.place for one in nearest("A", table)] == ["B", "C"]
    assert [one.place for one in nearest("A", table, among=["C"])] == ["C"]


def test_distance_is_comparable_where_something_is_missing():
    z = z_scores({"A": 0.0, "B": 1.0, "C": 2.0})
    table = {name: {"A": 0.0, "B": 1.0, "C": 2.0} for name in "xyz"}
    del table["z"]["B"]
    near = {one.place: one for one in nearest("A", table)}
    assert near["B"].shared == 2
    assert near["B"].distance == pytest.approx(math.sqrt((2 * (z["B"] - z["A"]) ** 2) / 2), rel=0.5)


def test_who_lacks_more_than_a_third_is_not_compared():
    table = {name: {"A": 0.0, "B": 1.0, "C": 2.0} for name in "xyz"}
    del table["y"]["B"], table["z"]["B"]
    assert [one.place for one in nearest("A", table)] == ["C"]


def test_an_indicator_in_which_all_are_equal_tells_nothing_apart():
    table = {"x": {"A": 1.0, "B": 2.0, "C": 3.0}, "same": {"A": 7.0, "B": 7.0, "C": 7.0}}
    assert [one.shared for one in nearest("A", table)] == [1, 1]
