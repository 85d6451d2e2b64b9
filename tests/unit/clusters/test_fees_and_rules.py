"""Fees of a year, schemes side by side, the renewal campaign, and rules of procedure as settings."""

from datetime import date
from decimal import Decimal

import pytest
from django.core import mail

from osnowa.clusters.actions import fees
from osnowa.clusters.actions.bodies import change_rules
from osnowa.clusters.actions.renewals import ask_one, ask_to_renew
from osnowa.clusters.models import Fee, Membership
from osnowa.clusters.queries.fees import planned, simulate, tier_of, tiers_of, year_of
from osnowa.clusters.queries.renewals import due_on
from osnowa.clusters.queries.rules import RULES, onboarding_steps, rule, sentences
from osnowa.clusters.tasks import write_renewals
from osnowa.compute.fees import Tier
from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.register.models import YearlyFigures
from tests.unit.clusters.making import a_cluster, a_member, an_organisation

TODAY = date(2026, 11, 20)


@pytest.fixture
def cluster(world):
    return a_cluster(world)


@pytest.fixture
def members(world, cluster):
    """Dobry Chleb with a revenue of 80,000, a foundation of 300,000, and a municipality nobody knows the revenue of."""
    rows = [world.chleb, an_organisation(world.pomorskie, "Fundacja Most", "civil_society", "PL-FUN"), an_organisation(world.pomorskie, "Gmina", "public", "PL-GMINA")]
    for organisation, revenue in zip(rows, (80_000, 300_000), strict=False):
        YearlyFigures.objects.create(organisation=organisation, year=2025, as_of_on=date(2025, 12, 31), revenue_total=revenue)
    YearlyFigures.objects.create(organisation=world.chleb, year=2023, as_of_on=date(2023, 12, 31), revenue_total=900_000)
    return [a_member(cluster, organisation) for organisation in rows]


@pytest.fixture
def tiers(world, cluster):
    small = fees.add_tier(by=world.bolek, cluster=cluster, values={"title": "mała", "amount": Decimal(100), "revenue_below": Decimal(100_000)})
    large = fees.add_tier(by=world.bolek, cluster=cluster, values={"title": "duża", "amount": Decimal(500), "revenue_from": Decimal(100_000)})
    return [small, large]


def test_fees_follow_the_latest_revenue_the_register_knows(cluster, members, tiers):
    plan = planned(cluster, year_of(cluster, 2026), tiers_of(cluster), TODAY)
    assert [(str(it), amount) for it, amount, _tier in plan.fees] == [("Dobry Chleb", 100), ("Fundacja Most", 500)]
    assert [str(it) for it in plan.unknown] == ["Gmina"]


def test_the_fees_of_a_year_are_issued_in_one_deed_and_to_nobody_twice(world, cluster, members, tiers):
    assert fees.issue_fees(by=world.bolek, cluster=cluster, year=2026) == 2
    with pytest.raises(Refused, match="nobody"):
        fees.issue_fees(by=world.bolek, cluster=cluster, year=2026)
    fees.set_fee(by=world.bolek, membership=members[2], year=2026, amount=Decimal(250))
    found = year_of(cluster, 2026)
    assert (found.issued, found.paid, found.open, found.unpaid) == (850, 0, 850, 3)
    assert Entry.objects.filter(deed="clusters.fees_issued").count() == 1


def test_an_agreed_tier_goes_before_sector_and_revenue(cluster, members, tiers):
    members[2].tier = tiers[1]
    members[2].save()
    assert not planned(cluster, year_of(cluster, 2026), tiers_of(cluster), TODAY).unknown


def test_what_is_paid_is_noted_with_its_day(world, cluster, members, tiers):
    fees.issue_fees(by=world.bolek, cluster=cluster, year=2026)
    fee = Fee.objects.get(membership=members[0])
    for words in ({"paid": Decimal(50), "on": None}, {"paid": Decimal(-1), "on": TODAY}, {"paid": Decimal(50), "on": date(2027, 1, 1)}):
        with pytest.raises(Refused):
            fees.note_paid(by=world.bolek, fee=fee, **words)
    fees.note_paid(by=world.bolek, fee=fee, paid=Decimal(60), on=TODAY)
    assert (year_of(cluster, 2026).paid, year_of(cluster, 2026).open) == (60, 540)


def test_c12_two_schemes_stand_side_by_side_and_save_nothing(cluster, members, tiers):
    found = simulate(cluster, [("now", [tier_of(it) for it in tiers]), ("one", [Tier("all", Decimal(300))])], Decimal(1500), TODAY)
    now, one = found.outlooks
    assert (now.scheme.total, len(now.scheme.unknown), one.scheme.total) == (600, 1, 900)
    assert (now.needed, now.missing, one.needed, one.missing) == (5, 2, 5, 2)
    assert [line.difference for line in found.lines] == [200, -200, None]
    assert not Fee.objects.exists()


def test_a_simulation_costs_the_same_however_many_members(world, cluster, django_assert_num_queries):
    for number in range(12):
        a_member(cluster, an_organisation(world.pomorskie, f"Fundacja {number}"))
    with django_assert_num_queries(2):
        simulate(cluster, [("one", [Tier("all", Decimal(300))])], Decimal(0), TODAY)


def test_a_tried_scheme_takes_the_place_of_the_tiers(world, cluster, members, tiers):
    fees.replace_tiers(by=world.bolek, cluster=cluster, tiers=[{"title": "wszyscy", "amount": Decimal(300), "sectors": []}])
    assert list(cluster.tiers.values_list("title", "amount")) == [("wszyscy", 300)]


def test_a_span_of_revenue_in_the_wrong_order_is_refused(world, cluster):
    with pytest.raises(Refused, match="span of revenue"):
        fees.add_tier(by=world.bolek, cluster=cluster, values={"title": "x", "amount": Decimal(1), "revenue_from": Decimal(5), "revenue_below": Decimal(5)})


@pytest.fixture
def due(world, cluster):
    rows = [a_member(cluster, world.chleb, joined_on=date(2025, 12, 1), renew_by=date(2026, 12, 1))]
    rows.append(a_member(cluster, an_organisation(world.pomorskie, "Bez adresu"), joined_on=date(2025, 1, 1), renew_by=date(2026, 1, 1)))
    a_member(cluster, an_organisation(world.pomorskie, "Później"), renew_by=date(2027, 6, 1))
    return rows


def test_those_due_within_sixty_days_are_listed_and_those_overdue(cluster, due):
    assert [str(it) for it in due_on(cluster, TODAY)] == ["Bez adresu", "Dobry Chleb"]


def test_a_campaign_writes_to_whoever_has_an_address_and_never_twice(world, cluster, due):
    assert ask_to_renew(by=world.bolek, cluster=cluster) == 1
    numbers = [it.pk for it in due]
    assert write_renewals(lambda done, total: None, by=None, place="", members=numbers) == {"sent": 1, "not_sent": 1}
    assert write_renewals(lambda done, total: None, by=None, place="", members=numbers) == {"sent": 0, "not_sent": 2}
    assert [letter.to for letter in mail.outbox] == [["ala@example.org"]]
    with pytest.raises(Refused, match="nobody to write to"):
        ask_to_renew(by=world.bolek, cluster=cluster)


def test_a_letter_that_did_not_go_out_is_written_again(due, monkeypatch):
    def broken(*words, **more):
        raise OSError

    monkeypatch.setattr("osnowa.kit.letters.send", broken)
    assert not ask_one(due[0].pk)
    assert Membership.objects.get(pk=due[0].pk).asked_to_renew_on is None


def test_v8_rules_begin_with_the_co_operative_default(cluster):
    assert (rule(cluster, "one_member_one_vote"), rule(cluster, "quorum"), rule(cluster, "majority"), rule(cluster, "agenda_only")) == (True, 50, "simple", True)


def test_rules_laid_down_are_told_as_sentences(world, cluster):
    change_rules(by=world.bolek, cluster=cluster, values={"quorum": 40, "application_days": 21, "onboarding": ["contact_met"], "renewal_month": 1})
    told = [sentence for _heading, lines in sentences(cluster) for sentence in lines]
    assert "A meeting can decide when at least 40% of those entitled are present, rounded up." in told
    assert "An application is decided within 21 days." in told
    assert "Everybody renews by the end of the month: January." in told
    assert [code for code, _words in onboarding_steps(cluster)] == ["contact_met"]


def test_every_rule_names_where_its_usual_value_comes_from_and_can_be_said(cluster):
    for one in RULES:
        assert str(one.source)
        assert one.usual is None or one.says(one.usual)
        assert one.written(one.usual)


def test_there_are_no_rules_but_those_known(world, cluster):
    with pytest.raises(Refused, match="no such rule"):
        change_rules(by=world.bolek, cluster=cluster, values={"nonsense": 1})
