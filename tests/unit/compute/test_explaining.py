from datetime import date

import pytest

from osnowa.compute.explaining import Cause, Crossing, explained, is_between


@pytest.mark.parametrize(
    ("crossing", "cause"),
    [
        (Crossing(came=True, dated=True), Cause.NEW),
        (Crossing(came=False, dated=True), Cause.CLOSED),
        (Crossing(came=True), Cause.CORRECTED),
        (Crossing(came=False), Cause.CORRECTED),
        (Crossing(came=True, elsewhere=True, dated=True), Cause.TYPE),
        (Crossing(came=False, elsewhere=True), Cause.TYPE),
        (Crossing(came=True, elsewhere=True, same_type=True, dated=True), Cause.PLACE),
    ],
)
def test_every_crossing_has_the_one_cause_that_fits(crossing: Crossing, cause: Cause) -> None:
    assert crossing.cause == cause


def test_the_causes_are_the_change() -> None:
    it = explained(10, 12, [(Crossing(came=True, dated=True), 4), (Crossing(came=False, dated=True), 1), (Crossing(came=False), 1)])
    assert (it.change, it.net(Cause.NEW), it.net(Cause.CLOSED), it.net(Cause.CORRECTED)) == (2, 4, -1, -1)
    assert it.adds_up
    assert it.moves(Cause.CLOSED) == 1


def test_a_change_without_a_cause_does_not_add_up() -> None:
    assert not explained(10, 12, []).adds_up


def test_the_first_day_is_left_out_and_the_last_counts() -> None:
    start, end = date(2024, 1, 1), date(2024, 12, 31)
    assert [is_between(day, start, end) for day in (start, end, None, date(2024, 5, 1))] == [False, True, False, True]
