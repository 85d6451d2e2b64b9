"""Use of services: known results (D3, V4)."""

from datetime import date
from decimal import Decimal

from osnowa.compute.usage import (
    capacity_used,
    counted_by_month,
    is_widely_used,
    months,
    satisfaction,
    satisfaction_of_all,
)

FOUR = [("a", 5), ("b", 4), ("c", 4), ("d", 3)]


def test_v4_three_voices_are_not_told_and_four_are() -> None:
    assert satisfaction(FOUR[:3]) is None
    assert satisfaction(FOUR) == 4


def test_v4_a_member_that_speaks_often_is_one_voice() -> None:
    assert satisfaction([*FOUR[:3], ("a", 5), ("a", 5)]) is None
    assert satisfaction([*FOUR[1:], ("a", 1), ("a", 1), ("a", 1), ("a", 1)]) == 3


def test_satisfaction_is_told_in_half_steps() -> None:
    assert satisfaction([("a", 5), ("b", 4), ("c", 4), ("d", 4)]) == Decimal("4.5")
    assert satisfaction([("a", 5), ("b", 4), ("c", 4), ("d", 4), ("e", 4)]) == 4


def test_v4_all_together_is_not_told_where_it_would_tell_what_few_said() -> None:
    assert satisfaction_of_all([FOUR]) == 4
    assert satisfaction_of_all([FOUR, []]) == 4
    assert satisfaction_of_all([FOUR, [("a", 1)]]) is None
    assert satisfaction_of_all([[("a", 5), ("b", 4)], [("c", 4), ("d", 3)]]) == 4


def test_d3_a_third_of_the_members_is_wide_use() -> None:
    assert is_widely_used(2, 6, 3)
    assert not is_widely_used(2, 7, 3)
    assert not is_widely_used(0, 0, 3)


def test_capacity_is_that_of_the_months_it_was_open() -> None:
    assert capacity_used(Decimal(60), Decimal(10), date(2026, 1, 1), date(2026, 12, 31)) == Decimal("0.5")
    assert capacity_used(Decimal(60), None, date(2026, 1, 1), date(2026, 12, 31)) is None
    assert capacity_used(Decimal(60), Decimal(10), date(2026, 1, 2), date(2026, 1, 1)) is None


def test_months_without_uses_are_months_too() -> None:
    assert months(date(2025, 11, 20), date(2026, 2, 1)) == [(2025, 11), (2025, 12), (2026, 1), (2026, 2)]
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2024, 1, 1)]
    assert list(counted_by_month(days, date(2025, 12, 1), date(2026, 2, 9)).values()) == [1, 2, 0]
