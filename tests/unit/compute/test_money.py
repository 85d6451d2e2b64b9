"""Money of a cluster: known results (C12, C13)."""

from decimal import Decimal

import pytest

from osnowa.compute.money import (
    Source,
    by_giver,
    concentration,
    coverage,
    income,
    is_alarming,
    largest,
    months_of_reserve,
    normalised,
    own_share,
    runway,
)


def amounts(*values: str) -> list[Decimal]:
    return [Decimal(one) for one in values]


MIX = [
    Source("members", "fees", Decimal(200)), Source("shop", "sales", Decimal(100)), Source("voivodeship", "grant", Decimal(500)),
    Source("voivodeship", "public", Decimal(200)), Source("put aside", "reserve", Decimal(400)),
]  # fmt: skip


def test_c13_three_givers_of_a_half_three_tenths_and_a_fifth():
    assert concentration(amounts(".5", ".3", ".2")) == Decimal("0.38")
    assert round(normalised(amounts(".5", ".3", ".2")) or 0, 10) == Decimal("0.07")


def test_c13_the_alarm_is_raised_above_sixty_per_cent_and_not_at_it():
    assert not is_alarming(Decimal("0.6"))
    assert is_alarming(Decimal("0.6001"))
    assert not is_alarming(None)


def test_c13_one_giver_is_all_of_it_and_has_no_normalised_value():
    assert (concentration(amounts("7")), normalised(amounts("7"))) == (1, None)


def test_c13_givers_of_nothing_do_not_count():
    assert concentration(amounts("5", "0", "5")) == Decimal("0.5")
    assert normalised(amounts("5", "0", "5")) == 0
    assert concentration(amounts("0")) is None


def test_a_giver_of_two_grants_is_one_giver_and_a_reserve_none():
    assert by_giver(MIX) == {"members": 200, "shop": 100, "voivodeship": 700}
    assert largest(by_giver(MIX)) == ("voivodeship", Decimal("0.7"))
    assert largest({}) is None


def test_c12_coverage_is_what_is_secured_of_the_costs():
    assert coverage(Decimal(90), Decimal(120)) == Decimal("0.75")
    assert coverage(Decimal(240), Decimal(120)) == 2
    assert coverage(Decimal(90), Decimal(0)) is None


def test_c12_own_share_is_fees_and_sales_of_the_income_without_the_reserve():
    assert own_share(MIX) == Decimal("0.3")
    assert len(income(MIX)) == 4
    assert own_share([MIX[-1]]) is None


def test_c12_months_of_reserve():
    assert months_of_reserve(Decimal(30), Decimal(120)) == 3
    assert months_of_reserve(None, Decimal(120)) is None
    assert months_of_reserve(Decimal(30), Decimal(0)) is None


@pytest.mark.parametrize(
    ("costs", "secured", "paid_until"),
    [
        ({2026: 120}, {2026: 60}, (2026, 6)),
        ({2026: 120}, {2026: 69}, (2026, 6)),
        ({2026: 120, 2027: 240}, {2026: 180}, (2027, 3)),
        ({2026: 120, 2027: 120}, {2026: 60, 2027: 120}, (2026, 6)),
        ({2026: 120}, {}, None),
        ({2026: 120, 2027: 120}, {2026: 500}, (2027, 12)),
        ({2026: 120, 2028: 120}, {2026: 500}, (2026, 12)),
    ],
)
def test_c12_the_runway_ends_with_the_last_month_paid_whole(costs, secured, paid_until):
    found = runway({year: Decimal(one) for year, one in costs.items()}, {year: Decimal(one) for year, one in secured.items()}, 2026)
    assert found is not None
    assert found.paid_until == paid_until


def test_c12_a_runway_is_known_as_far_as_costs_are():
    found = runway({2026: Decimal(12), 2027: Decimal(12)}, {2026: Decimal(24)}, 2026)
    assert found is not None
    assert (found.begins, found.known_until, found.lasts_to_the_end) == ((2026, 1), (2027, 12), True)
    assert runway({2027: Decimal(12)}, {}, 2026) is None
