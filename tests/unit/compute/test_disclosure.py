import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra import numpy as arrays

from osnowa.compute.disclosure import (
    Tables,
    _moves,
    hidden_cells,
    hidden_counts,
    hidden_in_table,
    hidden_sums,
    sums_of,
    with_margins,
)


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


def table(*rows: tuple[int, ...]) -> np.ndarray:
    return with_margins(np.array(rows, dtype=np.int64))


def test_a_table_without_small_counts_is_shown_whole() -> None:
    assert not hidden_in_table(table((9, 12, 0), (7, 30, 5))).any()


def test_a_small_count_takes_a_rectangle_along() -> None:
    hidden = hidden_in_table(table((9, 12, 20), (7, 3, 5), (8, 16, 40)))
    assert hidden[1, 1]
    assert hidden[:, 1].sum() >= 2
    assert hidden[1].sum() >= 2
    assert not hidden[3, 3]


def test_two_counts_of_one_are_not_enough_for_each_other() -> None:
    hidden = hidden_in_table(table((1, 1, 3, 9)))
    assert hidden[0, :4].sum() >= 3


def test_a_nought_is_shown_and_is_no_complement() -> None:
    counts = table((0, 3, 8), (0, 9, 0))
    assert not (hidden_in_table(counts) & (counts == 0)).any()


def test_a_single_small_count_takes_its_total_along() -> None:
    assert hidden_in_table(table((3, 0, 0))).ravel().tolist() == [True, False, False, True] * 2


def test_what_one_table_shows_is_not_hidden_in_another() -> None:
    """Two divisions of one total of 30; the smaller of two cells that serve both is hidden in both."""
    counts = np.array([3, 7, 20, 30, 10, 20])  # 3 + 7 + 20 = 30; (3 + 7) = 10; 10 + 20 = 30
    hidden = hidden_counts(counts, [(3, (0, 1, 2)), (4, (0, 1)), (3, (4, 5))])
    assert hidden.tolist() == [True, True, False, False, False, False]


def test_sums_of_few_contributors_are_hidden_and_zero_sums_too() -> None:
    values, told = [500.0, 900.0, 70.0, 1470.0], np.array([2, 5, 9, 16])
    assert hidden_sums(values, [told], [(3, (0, 1, 2))], is_whole=False).tolist() == [True, True, False, False]
    assert hidden_sums([0.0, 9.0, 0.0, 9.0], [np.array([1, 4, 5, 10])], [(3, (0, 1, 2))])[[0, 1]].all()


def test_small_counts_of_many_contributors_are_hidden() -> None:
    told = np.array([7, 7, 7, 21])
    assert hidden_sums([2, 40, 60, 102], [told], [(3, (0, 1, 2))], small=5).tolist() == [True, True, False, False]


@given(arrays.arrays(np.int64, some.tuples(some.integers(1, 6), some.integers(1, 9)), elements=some.integers(-1, 1)))
def test_moves_are_all_changes_that_keep_every_equation(matrix: np.ndarray) -> None:
    moves = _moves(matrix.astype(float), np.arange(matrix.shape[1], dtype=float))
    assert np.allclose(matrix @ moves.T, 0)
    assert len(moves) == matrix.shape[1] - np.linalg.matrix_rank(matrix)
    assert np.linalg.matrix_rank(moves) == len(moves) if len(moves) else True


@given(arrays.arrays(np.int64, some.tuples(some.integers(1, 3), some.integers(2, 3)), elements=some.integers(1, 4)))
def test_no_table_passes_the_bounds_of_its_lines_and_moves_are_tables(inner: np.ndarray) -> None:
    counts = with_margins(inner)
    tables = Tables(counts.ravel().astype(float), sums_of(np.arange(counts.size).reshape(counts.shape)), floor=1.0, is_whole=True)
    # Totals are shown, all else is hidden.
    hidden = np.zeros(counts.shape, dtype=bool)
    hidden[tuple(slice(0, -1) for _axis in counts.shape)] = True
    cells = np.flatnonzero(hidden)
    matrix = tables.additions[:, cells]
    right = -(tables.additions[:, ~hidden.ravel()] @ tables.values[~hidden.ravel()])
    low, high = tables._bounds(matrix, right, tables.values[cells])
    witnesses = tables._moved(_moves(matrix, tables.values[cells]), tables.values[cells])
    assert np.allclose(witnesses @ matrix.T, right)
    assert (witnesses >= np.maximum(low, 1) - 1e-9).all()
    assert (witnesses <= high + 1e-9).all()


def test_a_year_of_a_region_is_guarded_without_programmes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables like those of a region are decided by moves and bounds; programmes are for the few that are not."""
    asked: list[int] = []
    monkeypatch.setattr(Tables, "_witness", lambda *_words: asked.append(1))
    told = with_margins(np.random.default_rng(4).integers(0, 6, size=(14, 9)))
    hidden = hidden_sums((told * 20).ravel().tolist(), [told.ravel()], sums_of(np.arange(told.size).reshape(told.shape)))
    assert hidden.any()
    assert not asked
