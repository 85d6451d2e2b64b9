"""Location quotients and concentration: by hand, and laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as some

from osnowa.compute.specialisation import herfindahl, location_quotients

TABLES = some.arrays(int, st.tuples(st.integers(1, 6), st.integers(1, 5)), elements=st.integers(0, 60))


def test_a_quotient_by_hand() -> None:
    """20 of 50 here, 60 of 300 everywhere: 0.4 / 0.2 = 2."""
    found = location_quotients([[20, 30], [40, 210]])
    assert found.plain[0, 0] == pytest.approx(2.0)
    assert found.plain[1, 0] == pytest.approx((40 / 250) / 0.2)


@given(TABLES)
def test_the_weighted_mean_of_quotients_is_one(counts: np.ndarray) -> None:
    found, sizes = location_quotients(counts), counts.sum(axis=1)
    for activity in range(counts.shape[1]):
        if counts[:, activity].sum():
            there = sizes > 0
            assert (found.plain[there, activity] * sizes[there]).sum() / sizes.sum() == pytest.approx(1.0)


@given(TABLES)
def test_the_cautious_quotient_lies_in_its_interval_and_nearer_to_one(counts: np.ndarray) -> None:
    found = location_quotients(counts)
    known = ~np.isnan(found.plain)
    plain, cautious = found.plain[known], found.cautious[known]
    assert (found.low[known] <= cautious + 1e-9).all()
    assert (cautious <= found.high[known] + 1e-9).all()
    assert (np.abs(cautious - 1) <= np.abs(plain - 1) + 1e-9).all()


def test_two_of_three_is_no_strength_but_two_hundred_of_three_hundred_is() -> None:
    rest = [[40, 160], [55, 145], [48, 152]]
    assert not location_quotients([[2, 1], *rest]).is_strong[0, 0]
    assert location_quotients([[200, 100], *rest]).is_strong[0, 0]


def test_the_interval_covers_what_made_the_numbers() -> None:
    """In 300 invented countries the truth lies in the 95 % interval nearly as often as promised."""
    dice, within = np.random.default_rng(2), []
    for _ in range(300):
        true = dice.beta(8, 32, 20)
        sizes = dice.integers(5, 200, 20)
        counted = dice.binomial(sizes, true)
        found = location_quotients(np.column_stack([counted, sizes - counted]))
        share = counted.sum() / sizes.sum()
        within.append(((found.low[:, 0] <= true / share) & (true / share <= found.high[:, 0])).mean())
    assert 0.90 < np.mean(within) < 0.99


def test_without_spread_between_regions_the_quotient_is_one_and_only_fairly_sure() -> None:
    """Three regions alike do not prove that a fourth could not differ by a tenth."""
    found = location_quotients([[10, 90], [20, 180], [30, 270]])
    assert np.allclose(found.cautious, 1.0, atol=0.01)
    assert (found.low[:, 0] < 0.9).all()
    assert (found.high[:, 0] > 1.1).all()


@pytest.mark.parametrize("counts", [[[0, 0]], [[0, 5], [0, 5]], [[3, 0]]])
def test_empty_rows_and_columns_are_said_to_be_unknown(counts: list[list[int]]) -> None:
    found, table = location_quotients(counts), np.array(counts)
    unknown = (table.sum(axis=1, keepdims=True) == 0) | (table.sum(axis=0, keepdims=True) == 0)
    assert (np.isnan(found.plain) == unknown).all()


def test_bad_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="not below zero"):
        location_quotients([[-1, 2]])


def test_herfindahl_by_hand() -> None:
    found = herfindahl([50, 30, 20, 0])
    assert found is not None
    assert found.index == pytest.approx(0.38)
    assert found.normal == pytest.approx((0.38 - 1 / 3) / (2 / 3))
    assert found.effective == pytest.approx(1 / 0.38)
    assert herfindahl([]) is None
    alone = herfindahl([4])
    assert alone is not None
    assert (alone.index, alone.normal, alone.effective) == (1.0, 1.0, 1.0)


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=20))
def test_concentration_lies_between_even_and_one(counts: list[int]) -> None:
    found = herfindahl(counts)
    assert found is not None
    assert 1 / len(counts) - 1e-12 <= found.index <= 1 + 1e-12
    assert found.index == pytest.approx(np.var(counts) / np.mean(counts) ** 2 / len(counts) + 1 / len(counts))
