"""Laws of the cloth on the first page."""

from hypothesis import given
from hypothesis import strategies as st

from osnowa.home.weaving import THREADS, shares, weave

_counts = st.lists(st.integers(min_value=0, max_value=5000), min_size=1, max_size=20)


@given(_counts)
def test_the_cloth_is_always_as_wide(counts: list[int]) -> None:
    assert sum(shares(counts, THREADS)) == (THREADS if sum(counts) else 0)


@given(_counts)
def test_every_region_that_has_an_organisation_has_a_thread(counts: list[int]) -> None:
    for count, wide in zip(counts, shares(counts, THREADS), strict=True):
        assert (wide > 0) == (count > 0)


def test_shares_worked_by_hand() -> None:
    assert shares([95, 50, 24, 14, 2], 37) == [19, 10, 5, 2, 1]
    assert shares([1, 1000], 48) == [1, 47]


def test_no_organisations_no_cloth() -> None:
    assert weave([]) is None
    assert weave([0, 0]) is None
