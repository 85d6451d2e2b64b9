"""Fees: known results (C12)."""

from decimal import Decimal

from osnowa.compute.fees import Payer, Tier, break_even, missing, scheme

SMALL = Tier("small", Decimal(100), revenue_below=Decimal(100_000))
LARGE = Tier("large", Decimal(500), revenue_from=Decimal(100_000))
PUBLIC = Tier("public", Decimal(300), frozenset({"public"}))


def test_the_first_tier_that_holds_is_paid():
    found = scheme([Payer("a", "public", Decimal(1)), Payer("b", "business", Decimal(99_999)), Payer("c", "business", Decimal(100_000))], [PUBLIC, SMALL, LARGE])
    assert [(due.payer.key, due.tier and due.tier.title, due.amount) for due in found.dues] == [("a", "public", 300), ("b", "small", 100), ("c", "large", 500)]
    assert (found.total, found.least, found.most) == (900, 900, 900)


def test_an_unknown_revenue_is_told_apart_and_never_guessed():
    found = scheme([Payer("a", "business", Decimal(5)), Payer("b", "business")], [SMALL, LARGE])
    assert [due.payer.key for due in found.unknown] == ["b"]
    assert (found.total, found.least, found.most) == (100, 200, 600)


def test_an_unknown_revenue_does_not_matter_where_all_pay_the_same():
    found = scheme([Payer("a", "public")], [PUBLIC, SMALL])
    assert found.total == 300
    assert not found.unknown


def test_whom_no_tier_names_pays_nothing():
    found = scheme([Payer("a", "academia")], [PUBLIC])
    assert (found.dues[0].amount, found.dues[0].tier) == (0, None)


def test_between_a_tier_and_none_lies_a_span():
    found = scheme([Payer("a", "business")], [LARGE])
    assert (found.dues[0].least, found.dues[0].most, found.dues[0].amount) == (0, 500, None)


def test_c12_so_many_members_carry_a_cost():
    found = scheme([Payer(number, "business", Decimal(1 if number else 200_000)) for number in range(4)], [SMALL, LARGE])
    assert found.mean == 200
    assert (break_even(Decimal(2000), found), missing(Decimal(2000), found)) == (10, 6)
    assert break_even(Decimal(2001), found) == 11
    assert (break_even(Decimal(0), found), missing(Decimal(100), found)) == (0, 0)


def test_fees_that_bring_nothing_carry_no_cost():
    assert break_even(Decimal(10), scheme([Payer("a", "public")], [])) is None
