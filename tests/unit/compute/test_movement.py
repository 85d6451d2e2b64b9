from hypothesis import given
from hypothesis import strategies as some

from osnowa.compute.movement import Change, movement

things = some.sets(some.integers(0, 60))


def test_one_came_and_two_went() -> None:
    assert movement({1, 2, 3}, {3, 4}) == Change(count=2, before=3, new=1, closed=2)


@given(things, things)
def test_what_came_less_what_went_is_the_change(before: set[int], now: set[int]) -> None:
    change = movement(before, now)
    assert change.adds_up
    assert change.change == change.new - change.closed
    back = movement(now, before)
    assert (back.new, back.closed) == (change.closed, change.new)
