"""Laws of membership and fees: one class a day, nobody counted twice, silence ends with a word, parts add up."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from osnowa.compute.fees import Payer, Scheme, Tier, break_even, due_of, scheme
from osnowa.compute.membership import (
    Path,
    class_on,
    entitled,
    is_member_on,
    months_before,
    next_renewal,
    quorum,
    renewals,
    silence,
    state_on,
)

FIRST = date(2020, 1, 1)
days = some.integers(0, 3650).map(lambda count: FIRST + timedelta(days=count))
maybe = some.none() | days
SECTORS = ("social_economy", "civil_society", "public", "business", "academia")


@some.composite
def paths(draw):
    steps = sorted(draw(some.lists(days, min_size=4, max_size=4)))
    reached = draw(some.integers(0, 4))
    applied, decided, joined, left = (step if place < reached else None for place, step in enumerate(steps))
    is_refused = reached == 2 and draw(some.booleans())
    ending = draw(some.sampled_from(["own", "not_renewed", "excluded", "closed"])) if left else ""
    return Path(applied, decided, joined, left, ending, is_refused, draw(some.booleans()), draw(maybe), draw(maybe))


@given(paths(), days, maybe)
def test_everybody_has_one_class_and_it_agrees_with_the_state(path, day, cut_off):
    told, state = class_on(path, day, cut_off), state_on(path, day)
    assert (told in ("founding", "ordinary", "supporting")) == is_member_on(path, day) == (state == "member")
    assert (told == "") == (state in ("left", "refused"))


@given(paths(), days, days, days)
def test_v10_a_later_cut_off_takes_nobody_out_of_the_founders(path, day, one, other):
    earlier, later = sorted((one, other))
    assert class_on(path, day, earlier) != "founding" or class_on(path, day, later) == "founding"


@given(paths(), days, days, maybe)
def test_v10_the_class_of_a_member_never_changes_with_the_days(path, one, other, cut_off):
    assert not (is_member_on(path, one) and is_member_on(path, other)) or class_on(path, one, cut_off) == class_on(path, other, cut_off)


@given(some.lists(paths()), days, some.randoms())
def test_who_may_vote_is_a_member_and_their_order_plays_no_part(all_paths, day, chance):
    found = entitled(all_paths, day)
    assert all(is_member_on(path, day) and not path.is_supporting for path in found)
    assert len(entitled(chance.sample(all_paths, len(all_paths)), day)) == len(found)


@given(some.lists(paths()), some.lists(paths()), days, days)
def test_renewals_of_two_groups_add_up_and_count_nobody_twice(some_paths, more, one, other):
    since, until = sorted((one, other))
    first, second, both = (renewals(group, since, until) for group in (some_paths, more, some_paths + more))
    assert (both.renewed, both.left, both.overdue) == (first.renewed + second.renewed, first.left + second.left, first.overdue + second.overdue)
    assert both.due <= len(some_paths) + len(more)
    assert both.rate is None or 0 <= both.rate <= 1


@given(days, some.lists(maybe), days, some.integers(1, 36))
def test_a_word_of_today_ends_silence(joined, signs, day, months):
    assert silence(joined, [*signs, day], day, months) == "heard"


@given(days, some.lists(maybe), maybe, days, some.integers(1, 36))
def test_another_sign_makes_nobody_silent(joined, signs, sign, day, months):
    assert silence(joined, signs, day, months) == "silent" or silence(joined, [*signs, sign], day, months) != "silent"
    assert silence(joined, signs, day, months) != "heard" or silence(joined, [*signs, sign], day, months) == "heard"


@given(days, some.integers(0, 60))
def test_months_there_and_back_stay_in_the_month(day, months):
    back = months_before(months_before(day, months), -months)
    assert (back.year, back.month) == (day.year, day.month)
    assert back <= day


@given(days, some.none() | some.integers(1, 12), some.integers(1, 36))
def test_the_next_renewal_lies_ahead_and_in_its_month(day, month, months):
    found = next_renewal(day, month, months)
    assert found > day
    assert month is None or (found.month == month and found + timedelta(days=1) == (found + timedelta(days=1)).replace(day=1))


@given(some.integers(0, 500), some.integers(0, 100))
def test_a_quorum_is_the_least_whole_number_that_is_enough(count, percent):
    found = quorum(count, percent)
    assert found * 100 >= count * percent
    assert found == 0 or (found - 1) * 100 < count * percent


money = some.integers(0, 100_000).map(Decimal)
tiers = some.lists(some.builds(Tier, some.just("tier"), money, some.frozensets(some.sampled_from(SECTORS)), some.none() | money, some.none() | money), max_size=5)
payers = some.lists(some.builds(Payer, some.integers(), some.sampled_from(SECTORS), some.none() | money), max_size=12)


@given(payers, tiers)
def test_certain_and_unknown_fees_are_all_fees_and_the_total_lies_between(all_payers, all_tiers):
    found: Scheme[int] = scheme(all_payers, all_tiers)
    assert len(found.certain) + len(found.unknown) == len(all_payers)
    assert found.total <= found.least <= found.most
    assert found.unknown or found.total == found.least == found.most


@given(payers, tiers, money)
def test_whatever_the_revenue_turns_out_to_be_the_fee_lies_in_its_span(all_payers, all_tiers, revenue):
    for payer in all_payers:
        told = due_of(payer, all_tiers)
        known = due_of(Payer(payer.key, payer.sector, revenue if payer.revenue is None else payer.revenue), all_tiers)
        assert known.is_certain
        assert told.least <= known.least <= told.most


@given(payers, tiers, money)
def test_c12_so_many_members_carry_the_cost_and_one_fewer_does_not(all_payers, all_tiers, cost):
    found = scheme(all_payers, all_tiers)
    needed = break_even(cost, found)
    if needed is not None and found.certain and cost:
        assert needed * found.total >= cost * len(found.certain)
        assert (needed - 1) * found.total < cost * len(found.certain)
