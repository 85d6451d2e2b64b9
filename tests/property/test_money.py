"""Laws of a cluster's money: shares, concentration, runway."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from osnowa.compute import money

EXACT = Decimal("1e-20")
amounts = st.lists(st.decimals(Decimal("0.01"), Decimal(10_000_000), places=2), min_size=1, max_size=12)
years = st.dictionaries(st.integers(2026, 2029), st.decimals(Decimal("0.01"), Decimal(1_000_000), places=2), max_size=4)


@given(amounts)
def test_concentration_lies_between_one_nth_and_one(given_amounts):
    found = money.concentration(given_amounts)
    assert found is not None
    assert Decimal(1) / len(given_amounts) - EXACT <= found <= 1 + EXACT


@given(amounts)
def test_the_normalised_value_lies_between_nought_and_one(given_amounts):
    found = money.normalised(given_amounts)
    assert found is None if len(given_amounts) < 2 else found is not None and -EXACT <= found <= 1 + EXACT


@given(amounts, st.integers(2, 1000))
def test_concentration_does_not_hang_on_the_currency(given_amounts, rate):
    first, last = money.concentration(given_amounts), money.concentration([one * rate for one in given_amounts])
    assert first is not None
    assert last is not None
    assert abs(first - last) < EXACT


@given(amounts)
def test_two_givers_who_become_one_concentrate_more(given_amounts):
    if len(given_amounts) < 2:
        return
    joined = [given_amounts[0] + given_amounts[1], *given_amounts[2:]]
    apart, together = money.concentration(given_amounts), money.concentration(joined)
    assert apart is not None
    assert together is not None
    assert together >= apart


@given(years, years)
def test_more_secured_money_never_lasts_shorter(costs, secured):
    first = money.runway(costs, secured, 2026)
    more = money.runway(costs, {year: secured.get(year, Decimal(0)) + 5 for year in range(2026, 2030)}, 2026)
    if first and more:
        assert (more.paid_until or (0, 0)) >= (first.paid_until or (0, 0))
        assert more.known_until == first.known_until


@given(years)
def test_whoever_secures_every_year_whole_is_paid_to_the_end(costs):
    found = money.runway(costs, costs, 2026)
    assert found is None or found.lasts_to_the_end


@given(years, years)
def test_what_is_paid_was_there(costs, secured):
    found = money.runway(costs, secured, 2026)
    if found and found.paid_until:
        year, month = found.paid_until
        spent = sum((costs[one] for one in range(2026, year)), Decimal(0)) + costs[year] * month / 12
        assert spent <= sum((amount for one, amount in secured.items() if one <= year), Decimal(0)) + EXACT
