"""The counter of a letter of intent (C16): known results, and what a class of membership is (V10)."""

from datetime import date

import pytest

from osnowa.compute.signing import (
    Counts,
    Goal,
    Row,
    Targets,
    class_of,
    counted_once,
    standing,
)

TODAY = date(2026, 11, 20)


def rows(*said: str) -> list[Row]:
    """Rows written as "state sector subregion form", numbered from 1."""
    return [Row(n, n, f"Org {n}", *line.split()) for n, line in enumerate(said, start=1)]


def test_c16_counts_by_state_and_part_and_sums_cross_foot():
    found = standing(rows("signed business north coop", "signed public north jst", "declared business south coop", "declined academia south uni"), Targets(), today=TODAY, closes_on=None)
    assert found.total == Counts(declared=1, signed=2, declined=1)
    assert found.parts["sector"]["business"] == Counts(declared=1, signed=1)
    assert found.parts["subregion"] == {"north": Counts(signed=2), "south": Counts(declared=1, declined=1)}
    assert found.parts["kind"]["coop"].asked == 2


def test_c16_without_targets_of_its_own_a_text_wants_twenty_signatories_of_four_sectors():
    found = standing([], Targets(), today=TODAY, closes_on=None)
    assert [(goal.way, goal.wanted, goal.missing) for goal in found.goals] == [("signatories", 20, 20), ("sectors", 4, 4)]
    assert not found.is_met


def test_c16_twenty_of_four_sectors_meet_the_targets():
    sectors = ("business", "public", "academia", "civil_society")
    found = standing(rows(*(f"signed {sectors[n % 4]}" for n in range(20))), Targets(), today=TODAY, closes_on=None)
    assert found.is_met


def test_c16_twenty_of_three_sectors_do_not():
    found = standing(rows(*(f"signed {('business', 'public', 'academia')[n % 3]}" for n in range(20))), Targets(), today=TODAY, closes_on=None)
    assert [goal.missing for goal in found.goals] == [0, 1]


def test_c16_a_signature_without_a_known_sector_adds_no_sector():
    found = standing([Row(1, 1, "A", "signed")], Targets(), today=TODAY, closes_on=None)
    assert found.goals[1].reached == 0


def test_c16_targets_of_parts_are_told_with_what_is_missing():
    targets = Targets(2, 1, {"sector": {"public": 3}, "subregion": {"north": 1}})
    found = standing(rows("signed public north"), targets, today=TODAY, closes_on=None)
    assert found.goals[2:] == [Goal("sector", "public", 3, 1), Goal("subregion", "north", 1, 1)]
    assert found.goals[2].missing == 2


@pytest.mark.parametrize(("day", "left"), [(date(2026, 11, 30), 10), (TODAY, 0), (date(2026, 11, 19), -1), (None, None)])
def test_c16_days_are_counted_to_the_deadline(day, left):
    assert standing([], Targets(), today=TODAY, closes_on=day).days_left == left


def test_c16_the_mandates_of_those_signed_are_checked_or_not():
    found = standing([Row(1, 1, "A", "signed", is_checked=True), Row(2, 2, "B", "signed"), Row(3, 3, "C", "withdrawn", is_checked=True)], Targets(), today=TODAY, closes_on=None)
    assert (found.total.checked, found.total.unchecked) == (1, 1)


def test_c16_who_withdrew_and_joined_again_is_counted_once():
    history = [Row(1, "x", "A", "withdrawn"), Row(2, "x", "A", "signed"), Row(3, "y", "B", "withdrawn"), Row(4, "y", "B", "withdrawn")]
    assert [row.number for row in counted_once(history)] == [2, 4]


def test_c16_who_fills_most_gaps_is_called_first():
    targets = Targets(20, 4, {"sector": {"academia": 1}})
    found = standing(rows("signed business", "invited business", "invited academia", "declared business"), targets, today=TODAY, closes_on=None)
    assert found.chase == [3, 4, 2]


def test_c16_among_equals_who_was_not_heard_of_longest_is_called_first():
    people = [Row(1, 1, "B", "invited", last_heard_on=date(2026, 11, 10)), Row(2, 2, "A", "invited", last_heard_on=date(2026, 11, 12)), Row(3, 3, "C", "invited")]
    assert standing(people, Targets(), today=TODAY, closes_on=None).chase == [3, 1, 2]


def test_c16_nobody_who_signed_declined_or_withdrew_is_chased():
    assert standing(rows("signed", "declined", "withdrawn"), Targets(), today=TODAY, closes_on=None).chase == []


@pytest.mark.parametrize(("joined", "until", "expected"), [(TODAY, TODAY, "founding"), (date(2026, 11, 21), TODAY, "ordinary"), (TODAY, None, "founding")])
def test_v10_who_joins_until_the_day_is_founding_who_joins_later_ordinary(joined, until, expected):
    assert class_of(joined, until) == expected
