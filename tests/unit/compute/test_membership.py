"""Classes, states, renewals and silence: known results (V10)."""

from datetime import date

import pytest

from osnowa.compute.membership import (
    Path,
    Renewals,
    class_on,
    days_left,
    entitled,
    is_member_on,
    months_before,
    next_renewal,
    quorum,
    renewals,
    silence,
    state_on,
)

CUT_OFF = date(2026, 3, 31)
DAY = date(2026, 11, 20)


@pytest.mark.parametrize(("joined", "told"), [(date(2026, 3, 31), "founding"), (date(2026, 4, 1), "ordinary")])
def test_v10_who_joined_until_the_cut_off_is_founding_who_later_is_ordinary(joined, told):
    assert class_on(Path(joined_on=joined), DAY, CUT_OFF) == told


def test_without_a_cut_off_nobody_is_founding():
    assert class_on(Path(joined_on=date(2020, 1, 1)), DAY, None) == "ordinary"


def test_who_has_no_vote_is_supporting_whenever_it_joined():
    path = Path(joined_on=date(2026, 1, 1), is_supporting=True)
    assert class_on(path, DAY, CUT_OFF) == "supporting"
    assert entitled([path, Path(joined_on=DAY)], DAY) == [Path(joined_on=DAY)]


def test_a_path_is_told_by_its_last_step():
    path = Path(date(2026, 1, 10), date(2026, 2, 1), date(2026, 3, 1), date(2026, 6, 1), "own")
    days = [date(2026, 1, 9), date(2026, 1, 10), date(2026, 2, 1), date(2026, 3, 1), date(2026, 5, 31), date(2026, 6, 1)]
    assert [state_on(path, day) for day in days] == ["candidate", "applied", "accepted", "member", "member", "left"]
    assert [class_on(path, day, CUT_OFF) for day in days] == ["candidate", "candidate", "candidate", "founding", "founding", ""]


def test_the_day_of_leaving_is_the_first_without_membership():
    path = Path(joined_on=date(2026, 1, 1), left_on=date(2026, 2, 1))
    assert is_member_on(path, date(2026, 1, 31))
    assert not is_member_on(path, date(2026, 2, 1))


def test_who_was_refused_belongs_to_no_class():
    path = Path(applied_on=date(2026, 1, 1), decided_on=date(2026, 1, 20), is_refused=True)
    assert (state_on(path, DAY), class_on(path, DAY, CUT_OFF)) == ("refused", "")


def test_the_rate_counts_those_whose_renewal_came_up():
    joined = date(2024, 1, 1)
    paths = [
        Path(joined_on=joined, renewed_on=date(2026, 1, 31), renew_by=date(2027, 1, 31)),
        Path(joined_on=joined, renewed_on=date(2026, 2, 3), renew_by=date(2027, 1, 31)),
        Path(joined_on=joined, left_on=date(2026, 3, 1), ending="not_renewed"),
        Path(joined_on=joined, renew_by=date(2026, 1, 31)),
        Path(joined_on=joined, left_on=date(2026, 3, 1), ending="closed"),
        Path(joined_on=joined, left_on=date(2025, 3, 1), ending="own"),
        Path(joined_on=DAY, renew_by=date(2027, 11, 30)),
    ]
    found = renewals(paths, date(2025, 11, 20), DAY)
    assert found == Renewals(renewed=2, left=1, overdue=1)
    assert found.rate == 0.5


def test_where_no_renewal_came_up_there_is_no_rate():
    assert Renewals(0, 0, 0).rate is None


@pytest.mark.parametrize(("joined", "signs", "told"), [
    (date(2024, 1, 1), [date(2026, 6, 1)], "heard"),
    (date(2024, 1, 1), [date(2025, 11, 20)], "heard"),
    (date(2024, 1, 1), [date(2025, 11, 19), None], "silent"),
    (date(2024, 1, 1), [], "silent"),
    (date(2026, 1, 1), [], "unknown"),
    (date(2026, 1, 1), [date(2025, 2, 1)], "unknown"),
    (date(2024, 1, 1), [date(2026, 12, 1)], "silent"),
])  # fmt: skip
def test_silence_is_told_of_who_was_not_heard_for_twelve_months(joined, signs, told):
    assert silence(joined, signs, DAY) == told


def test_months_keep_to_the_end_of_the_month():
    assert months_before(date(2026, 3, 31), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 11, 20), 12) == date(2025, 11, 20)
    assert months_before(date(2026, 11, 30), -3) == date(2027, 2, 28)


def test_who_joined_renews_a_year_later_or_in_the_month_of_the_rules():
    assert next_renewal(date(2026, 11, 20), None) == date(2027, 11, 20)
    assert next_renewal(date(2026, 11, 20), 1) == date(2028, 1, 31)
    assert next_renewal(date(2026, 2, 3), 1) == date(2027, 1, 31)


def test_half_of_those_entitled_is_rounded_up():
    assert (quorum(63, 50), quorum(62, 50), quorum(0, 50)) == (32, 31, 0)


def test_the_time_to_decide_runs_out():
    assert (days_left(date(2026, 11, 1), 30, DAY), days_left(date(2026, 10, 1), 30, DAY)) == (11, -20)
