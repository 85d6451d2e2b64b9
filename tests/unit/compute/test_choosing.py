"""Dots and orders: known results."""

from fractions import Fraction

from osnowa.compute.choosing import Said, borda, within_allowance


def test_the_newest_dots_count_first():
    said = [Said("a", 3, turn=1), Said("b", 2, turn=2)]
    assert within_allowance(said, 3) == {"b": 2, "a": 1}


def test_dots_taken_back_make_room_for_others():
    assert within_allowance([Said("b", 3, turn=3), Said("a", 0, turn=2)], 3) == {"b": 3}


def test_borda_of_the_marquis():
    """Borda 1784: 21 voters, 8 put A > B > C … the majority's candidate loses the count."""
    ballots = [{"A": 1, "B": 2, "C": 3}] * 1 + [{"A": 1, "C": 2, "B": 3}] * 7 + [{"B": 1, "C": 2, "A": 3}] * 7 + [{"C": 1, "B": 2, "A": 3}] * 6
    found = {one.card: (one.points, one.place) for one in borda(["A", "B", "C"], ballots)}
    assert found == {"A": (16, 3), "B": (21, 2), "C": (26, 1)}


def test_cards_without_a_place_share_what_is_left():
    found = {one.card: one.points for one in borda(["a", "b", "c", "d"], [{"c": 1}])}
    assert found == {"c": 3, "a": Fraction(1), "b": Fraction(1), "d": Fraction(1)}


def test_a_tie_is_told_and_not_broken():
    found = borda(["a", "b", "c"], [{"a": 1, "b": 2}, {"b": 1, "a": 2}])
    assert [(one.card, one.place, one.is_tied) for one in found] == [("a", 1, True), ("b", 1, True), ("c", 3, False)]


def test_who_says_nothing_gives_no_points():
    assert all(one.points == 0 for one in borda(["a", "b"], [{}]))
