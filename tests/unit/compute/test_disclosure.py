from hypothesis import given
from hypothesis import strategies as some

from osnowa.compute.disclosure import hidden_cells


def test_nothing_is_hidden_where_all_cells_rest_on_enough() -> None:
    assert hidden_cells([3, 9, 0, 4]) == frozenset()


def test_the_smallest_other_cell_is_hidden_with_a_single_one() -> None:
    assert hidden_cells([14, 2, 5, 0]) == {1, 2}


def test_two_cells_of_one_contributor_each_take_a_third_along() -> None:
    assert hidden_cells([1, 1, 7, 4]) == {0, 1, 3}


def test_two_cells_that_rest_on_enough_together_are_enough() -> None:
    assert hidden_cells([2, 1, 7]) == {0, 1}


@given(some.lists(some.integers(0, 12), max_size=9))
def test_no_total_less_the_shown_cells_rests_on_too_few(contributors: list[int]) -> None:
    hidden = hidden_cells(contributors)
    assert all(position in hidden for position, n in enumerate(contributors) if 0 < n < 3)
    others_left = [p for p, n in enumerate(contributors) if n and p not in hidden]
    if hidden and others_left:
        assert len(hidden) >= 2
        assert sum(contributors[p] for p in hidden) >= 3
    if not any(0 < n < 3 for n in contributors):
        assert not hidden
