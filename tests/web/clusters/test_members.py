"""Pages of members: the register on any day, the path, mandates, fees, renewal, bodies and rules."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from osnowa.agreements.models import Agreement, Signatory
from osnowa.clusters.actions.bodies import add_body, add_term
from osnowa.clusters.models import Fee, Membership
from osnowa.journal.models import Entry, Job
from osnowa.places.models import Region
from osnowa.register.models import YearlyFigures
from tests.unit.clusters.making import a_cluster, a_member, an_organisation

TODAY = date(2026, 11, 20)


@pytest.fixture
def cluster(world):
    return a_cluster(world, founding_until=date(2026, 3, 31))


@pytest.fixture
def bolek(world, signed_in):
    return signed_in(world.bolek)


def at(cluster, name, *words):
    return reverse(f"clusters:{name}", args=[cluster.region.slug, cluster.slug, *words])


def text(response):
    return response.content.decode()


def test_everybody_reads_organisation_and_class_and_no_more(world, cluster):
    it = a_member(cluster, world.chleb, renew_by=date(2026, 12, 1))
    it.mandates.create(person_name="Jan Nowak", email="jan@example.org", valid_from=TODAY, valid_to=TODAY)
    it.fees.create(year=2026, amount=777)
    for page in (at(cluster, "members"), at(cluster, "member", it.pk), at(cluster, "members_file", "csv")):
        told = text(Client().get(page))
        assert "Dobry Chleb" in told
        assert "founding member" in told.lower()
        assert not any(hidden in told for hidden in ("Nowak", "jan@", "777", "2026-12-01", "1 December 2026"))


def test_a_member_whose_record_is_not_public_is_counted_and_not_named(world, cluster):
    a_member(cluster, world.ukryty)
    told = text(Client().get(at(cluster, "members")))
    assert "1 member is not named here" in told
    assert str(world.ukryty) not in told


def test_who_acts_for_a_member_sees_inside(world, cluster, signed_in):
    it = a_member(cluster, world.chleb)
    other = a_member(cluster, an_organisation(world.pomorskie, "Fundacja Most"))
    other.mandates.create(person_name="Ewa Lis", valid_from=TODAY, valid_to=TODAY + timedelta(days=90))
    ala = signed_in(world.ala)
    assert "Ewa Lis" in text(ala.get(at(cluster, "mandates")))
    assert ala.get(at(cluster, "add_mandate", it.pk)).status_code == 200
    assert ala.get(at(cluster, "add_mandate", other.pk)).status_code == 403


def test_the_register_of_an_earlier_day_shows_who_was_a_member_then(world, cluster):
    a_member(cluster, world.chleb, state="left", left_on=date(2026, 6, 1), ending="own")
    assert "Dobry Chleb" in text(Client().get(at(cluster, "members"), {"on": "2026-05-31"}))
    assert "Dobry Chleb" not in text(Client().get(at(cluster, "members"), {"on": "2026-06-01"}))
    assert Client().get(at(cluster, "members"), {"on": "nonsense"}).status_code == 200


def test_the_register_is_narrowed_by_class_sector_and_what_waits(world, cluster, bolek):
    a_member(cluster, world.chleb, joined_on=date(2025, 1, 1), renew_by=date(2026, 1, 1))
    a_member(cluster, an_organisation(world.pomorskie, "Gmina", "public", "PL-GMINA"), joined_on=date(2026, 10, 1))
    a_member(cluster, an_organisation(world.pomorskie, "Nowa"), state="applied", joined_on=None, decided_on=None)
    asked = {"class=ordinary": {"Gmina"}, "sector=social_economy": {"Dobry Chleb"}, "state=due": {"Dobry Chleb"}, "state=silent": {"Dobry Chleb"}, "state=path": {"Nowa"}, "q=gmi": {"Gmina"}}
    for query, names in asked.items():
        table = text(bolek.get(f"{at(cluster, 'members')}?{query}")).partition("<tbody>")[2].partition("</tbody>")[0]
        assert {name for name in ("Dobry Chleb", "Gmina", "Nowa") if name in table} == names, query


def test_the_file_of_members_has_names_and_fees_for_who_sees_inside(world, cluster, bolek):
    it = a_member(cluster, world.chleb)
    it.mandates.create(person_name="Jan Nowak", valid_from=TODAY, valid_to=TODAY)
    it.fees.create(year=2026, amount=777)
    told = text(bolek.get(at(cluster, "members_file", "csv")))
    assert "Jan Nowak" in told
    assert "777" in told
    assert bolek.get(at(cluster, "members_file", "xlsx")).content[:2] == b"PK"
    assert bolek.get(at(cluster, "members_file", "pdf")).status_code == 404


def a_full_cluster(world, cluster, count):
    """Dobry Chleb and so many others, each with a mandate, a place in a body, a used service, a fee and an attendance noted."""
    body, service = cluster.bodies.create(name="Zarząd", kind="board"), cluster.services.create(kind="training", title="Szkolenia", state="running")
    for it in [a_member(cluster, world.chleb), *(a_member(cluster, an_organisation(world.pomorskie, f"Fundacja {number}")) for number in range(count))]:
        it.mandates.create(person_name="Jan Nowak", email="jan@example.org", valid_from=TODAY, valid_to=TODAY)
        body.terms.create(membership=it, person_name="Jan Nowak", starts_on=TODAY, ends_on=TODAY)
        service.uses.create(membership=it, on=TODAY)
        it.fees.create(year=2026, amount=100)


@pytest.mark.parametrize("who", ["edyta", "bolek", "ala"])
@pytest.mark.parametrize("count", [2, 15])
def test_pages_of_members_ask_twelve_questions_at_most_however_many_there_are(world, cluster, signed_in, who, count, django_assert_max_num_queries):
    a_full_cluster(world, cluster, count)
    it, client = cluster.memberships.get(organisation=world.chleb), signed_in(getattr(world, who))
    pages = [at(cluster, name) for name in ("members", "mandates", "fees", "fee_simulation", "bodies", "rules", "apply")]
    pages += [at(cluster, "members_file", "csv"), at(cluster, "member", it.pk)]
    pages += [at(cluster, "renewals"), at(cluster, "add_candidates"), at(cluster, "edit_member", it.pk)] if who != "ala" else []
    for page in pages:
        with django_assert_max_num_queries(12):
            assert client.get(page).status_code == 200, page
    with django_assert_max_num_queries(12):
        Client().get(at(cluster, "members"))


def test_signs_of_life_are_told_by_their_latest_day(world, cluster, bolek):
    a_full_cluster(world, cluster, 1)
    assert "20 Nov 2026" in text(bolek.get(at(cluster, "members")))


def test_candidates_are_found_in_the_register_and_added_several_at_once(world, cluster, bolek):
    most = an_organisation(world.pomorskie, "Fundacja Most")
    page = text(bolek.get(at(cluster, "add_candidates"), {"q": "most"}))
    assert f'value="{most.pk}"' in page
    response = bolek.post(at(cluster, "add_candidates"), {"organisation": [most.pk, world.chleb.pk, world.zadruga.pk]})
    assert response["Location"].endswith("?state=path")
    assert sorted(str(it) for it in cluster.memberships.all()) == ["Dobry Chleb", "Fundacja Most"]
    assert f'value="{most.pk}"' not in text(bolek.get(at(cluster, "add_candidates"), {"q": "most"}))


def test_v10_one_press_makes_the_signatories_founding_members(world, cluster, bolek):
    cluster.letter = Agreement.objects.create(region=world.pomorskie, slug="list", title="List", language="pl", state="closed", sha256="0" * 64, frozen_at=timezone.now())
    cluster.save()
    Signatory.objects.create(
        agreement=cluster.letter, organisation=world.chleb, name="Dobry Chleb", sector="social_economy", state="signed", way="email", signed_sha256="0" * 64, signed_on=date(2026, 3, 1),
        basis="register", person_name="Jan Nowak", function="Prezes",
    )  # fmt: skip
    assert "Take the signatories" in text(bolek.get(at(cluster, "members")))
    bolek.post(at(cluster, "take_signatories"))
    assert "Founding member" in text(Client().get(at(cluster, "member", cluster.memberships.get().pk)))


def test_a_representative_applies_and_who_leads_decides(world, cluster, signed_in, bolek, django_capture_on_commit_callbacks):
    ala = signed_in(world.ala)
    ala.post(at(cluster, "apply"), {"organisation": world.chleb.pk})
    it = cluster.memberships.get()
    assert (it.state, it.applied_on) == ("applied", TODAY)
    assert "30 days are left" in text(bolek.get(at(cluster, "member", it.pk)))
    assert ala.get(at(cluster, "decide", it.pk)).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        bolek.post(at(cluster, "decide", it.pk), {"is_accepted": "yes", "on": "2026-11-20", "decision": "uchwała 7"})
    it.refresh_from_db()
    assert it.state == "member"
    assert [letter.to for letter in mail.outbox] == [["ala@example.org"]]


def test_who_has_no_account_reads_how_an_organisation_becomes_a_member(world, cluster, signed_in):
    Region.objects.filter(pk=world.pomorskie.pk).update(coordinator_email="biuro@example.org")
    told = text(Client().get(at(cluster, "members")))
    assert 'href="#join"' in told
    assert reverse("register:propose_new", args=["pomorskie"]) in told
    assert at(cluster, "apply") in told
    assert "Within 30 days" in told
    assert "mailto:biuro@example.org" in told
    assert 'id="join"' in text(signed_in(world.celina).get(at(cluster, "members")))
    assert 'id="join"' not in text(signed_in(world.ala).get(at(cluster, "members")))
    a_member(cluster, world.chleb)
    told = text(signed_in(world.ala).get(at(cluster, "members")))
    assert 'id="join"' not in told
    assert at(cluster, "apply") not in told
    cluster.state = "ended"
    cluster.save()
    assert 'id="join"' not in text(Client().get(at(cluster, "members")))


def test_the_classes_of_members_are_explained_in_words(world, cluster):
    a_member(cluster, world.chleb)
    told = text(Client().get(at(cluster, "members")))
    assert "Who joined by 31 March 2026 is a founding member" in told
    assert "<td>founding member</td>" in told


def test_what_is_sent_twice_is_one(world, cluster, signed_in, bolek):
    ala, it = signed_in(world.ala), a_member(cluster, an_organisation(world.pomorskie, "Fundacja Most"))
    body = cluster.bodies.create(name="Rada", kind="council")
    person = {"person_name": "Ewa Lis", "basis": "register", "starts_on": "2026-01-01", "ends_on": "2027-12-31", "valid_from": "2026-01-01", "valid_to": "2026-12-01"}
    for _time in range(2):
        assert ala.post(at(cluster, "apply"), {"organisation": world.chleb.pk}).status_code == 302
        bolek.post(at(cluster, "add_tier"), {"title": "mała", "amount": "1 200,50", "sectors": ["public"], "order": "0"})
        bolek.post(at(cluster, "add_body"), {"name": "Zarząd", "kind": "board", "seats": "2"})
        bolek.post(at(cluster, "add_term", body.pk), person)
        bolek.post(at(cluster, "add_mandate", it.pk), person)
        bolek.post(at(cluster, "own_fee", it.pk), {"year": "2026", "amount": "250"})
    assert (cluster.tiers.get().amount, cluster.bodies.count(), body.terms.count(), it.mandates.count(), it.fees.count()) == (Decimal("1200.50"), 2, 1, 1, 1)
    assert Entry.objects.filter(deed="clusters.applied").count() == 1


def test_a_representative_applies_for_her_own_organisations_only(world, cluster, signed_in):
    response = signed_in(world.ala).post(at(cluster, "apply"), {"organisation": world.wtz.pk})
    assert response.status_code == 422
    assert not cluster.memberships.exists()


def test_time_to_decide_that_has_passed_is_warned_of(world, cluster, bolek):
    it = a_member(cluster, world.chleb, state="applied", applied_on=date(2026, 9, 1), decided_on=None, joined_on=None)
    assert "has passed" in text(bolek.get(at(cluster, "member", it.pk)))


def test_an_unfit_decision_comes_back_with_words_and_changes_nothing(world, cluster, bolek):
    it = a_member(cluster, world.chleb, state="applied", applied_on=TODAY, decided_on=None, joined_on=None)
    response = bolek.post(at(cluster, "decide", it.pk), {"is_accepted": "yes", "on": "2026-11-01", "decision": "x"})
    assert response.status_code == 422
    assert "before the application" in text(response)
    assert Membership.objects.get(pk=it.pk).state == "applied"


def test_a_representative_renews_with_one_press(world, cluster, signed_in):
    it = a_member(cluster, world.chleb, joined_on=date(2025, 12, 1), renew_by=date(2026, 12, 1))
    ala = signed_in(world.ala)
    assert "Renew the membership" in text(ala.get(at(cluster, "member", it.pk)))
    ala.post(at(cluster, "renew", it.pk))
    it.refresh_from_db()
    assert (it.renewed_on, it.renew_by) == (TODAY, date(2027, 12, 1))


def test_a_membership_ends_with_its_reason(world, cluster, bolek):
    it = a_member(cluster, world.chleb)
    bolek.post(at(cluster, "end_membership", it.pk), {"on": "2026-11-20", "ending": "own"})
    it.refresh_from_db()
    assert (it.state, it.ending) == ("left", "own")
    assert "left on" in text(bolek.get(f"{at(cluster, 'members')}?state=gone"))


def test_steps_of_receiving_are_ticked(world, cluster, bolek):
    it = a_member(cluster, world.chleb)
    bolek.post(at(cluster, "onboarding", it.pk), {"step": ["rules_given"]})
    assert "1 of 10 steps are done" in text(bolek.get(at(cluster, "member", it.pk)))


def test_a_mandate_is_noted_prolonged_and_ended(world, cluster, bolek):
    it = a_member(cluster, world.chleb)
    said = {"person_name": "Jan Nowak", "email": "jan@example.org", "basis": "register", "valid_from": "2026-01-01", "valid_to": "2026-12-01"}
    bolek.post(at(cluster, "add_mandate", it.pk), said)
    mandate = it.mandates.get()
    assert "ends soon" in text(bolek.get(at(cluster, "mandates")))
    bolek.post(at(cluster, "mandate", mandate.pk), said | {"valid_to": "2027-12-01"})
    bolek.post(at(cluster, "end_mandate", mandate.pk))
    mandate.refresh_from_db()
    assert mandate.valid_to == TODAY


def test_members_for_whom_nobody_may_act_are_named(world, cluster, bolek):
    a_member(cluster, world.chleb)
    assert "Members for whom nobody may act" in text(bolek.get(at(cluster, "mandates")))


@pytest.fixture
def paying(world, cluster):
    """Dobry Chleb with a known revenue, Most without one, and two tiers by revenue."""
    YearlyFigures.objects.create(organisation=world.chleb, year=2025, as_of_on=date(2025, 12, 31), revenue_total=80_000)
    cluster.tiers.create(title="mała", amount=100, revenue_below=100_000)
    cluster.tiers.create(title="duża", amount=500, revenue_from=100_000, order=1)
    return [a_member(cluster, world.chleb), a_member(cluster, an_organisation(world.pomorskie, "Fundacja Most"))]


def test_fees_of_a_year_are_issued_and_noted_as_paid(cluster, paying, bolek):
    assert "Fundacja Most" in text(bolek.get(at(cluster, "fees")))
    bolek.post(at(cluster, "issue_fees"), {"year": "2026"})
    fee = Fee.objects.get()
    bolek.post(at(cluster, "fee", fee.pk), {"amount": "100", "paid": "100", "paid_on": "2026-11-20"})
    bolek.post(at(cluster, "own_fee", paying[1].pk), {"year": "2026", "amount": "250"})
    told = text(bolek.get(at(cluster, "fees")))
    assert Fee.objects.count() == 2
    assert "350" in told
    assert '<td class="num">100</td>' in told


def test_c12_other_tiers_are_tried_beside_those_there_are_and_laid_down(cluster, paying, bolek):
    tried = {"cost": "3000", "title_1": "wszyscy", "amount_1": "300", "from_1": "", "below_1": "", "title_2": "", "amount_2": ""}
    told = text(bolek.get(at(cluster, "fee_simulation"), tried))
    assert "Tiers tried" in told
    assert "100 to 500, revenue not known" in told
    assert cluster.tiers.count() == 2
    bolek.post(at(cluster, "fee_simulation"), tried)
    assert [(it.title, it.amount) for it in cluster.tiers.all()] == [("wszyscy", 300)]


def test_tiers_to_try_begin_as_those_there_are_whatever_their_number_and_sectors(world, cluster, paying, bolek):
    for number in range(5):
        cluster.tiers.create(title=f"próg {number}", amount=10 + number, sectors=["public", "civil_society"], order=2 + number)
    form = bolek.get(at(cluster, "fee_simulation")).context["form"]
    began = {name: value for name, value in form.initial.items() if value is not None}
    page = text(bolek.get(at(cluster, "fee_simulation"), began | {"cost": "1 200,50"}))
    hidden = re.findall(r'<input type="hidden" name="(?!csrf)([^"]+)" value="([^"]*)">', page)
    told = {name: [value for other, value in hidden if other == name] for name, _value in hidden}
    before = list(cluster.tiers.values_list("title", "amount", "sectors", "revenue_from", "revenue_below"))
    bolek.post(at(cluster, "fee_simulation"), told)
    assert list(cluster.tiers.values_list("title", "amount", "sectors", "revenue_from", "revenue_below")) == before


def test_only_who_leads_lays_tiers_down(world, cluster, paying, signed_in):
    tried = {"cost": "", "title_1": "x", "amount_1": "1", "from_1": "", "below_1": ""}
    assert signed_in(world.olga).post(at(cluster, "fee_simulation"), tried).status_code == 403
    assert cluster.tiers.count() == 2


def test_tiers_are_added_changed_and_removed(cluster, bolek):
    bolek.post(at(cluster, "add_tier"), {"title": "mała", "amount": "100", "sectors": ["public"], "order": "0"})
    tier = cluster.tiers.get()
    bolek.post(at(cluster, "tier", tier.pk), {"title": "mała", "amount": "120", "order": "0"})
    tier.refresh_from_db()
    assert (tier.amount, tier.sectors) == (120, [])
    bolek.post(at(cluster, "remove_tier", tier.pk))
    assert not cluster.tiers.exists()


def test_a_campaign_starts_its_letters_in_the_background(world, cluster, bolek):
    a_member(cluster, world.chleb, joined_on=date(2025, 12, 1), renew_by=date(2026, 12, 1))
    assert "Write to 1 member" in text(bolek.get(at(cluster, "renewals")))
    bolek.post(at(cluster, "renewals"))
    assert Job.objects.get(kind="clusters.renewal_letters").words == {"members": [cluster.memberships.get().pk]}


def test_bodies_show_vacant_places_to_all_and_names_only_inside(world, cluster, bolek):
    it = a_member(cluster, world.chleb)
    body = add_body(by=None, cluster=cluster, values={"name": "Zarząd", "kind": "board", "seats": 3})
    add_term(by=None, body=body, values={"membership": it, "person_name": "Ewa Lis", "role": "prezeska", "starts_on": TODAY, "ends_on": TODAY + timedelta(days=400)})
    told = text(Client().get(at(cluster, "bodies")))
    assert "2 places are vacant" in told
    assert "prezeska" in told
    assert "Ewa Lis" not in told
    assert "Ewa Lis" in text(bolek.get(at(cluster, "bodies")))


def test_a_body_and_its_terms_are_kept_by_forms(world, cluster, bolek):
    a_member(cluster, world.chleb)
    bolek.post(at(cluster, "add_body"), {"name": "Rada", "kind": "council", "seats": "2", "term_months": "24"})
    body = cluster.bodies.get()
    bolek.post(at(cluster, "body", body.pk), {"name": "Rada klastra", "kind": "council", "seats": "3"})
    bolek.post(at(cluster, "add_term", body.pk), {"person_name": "Ewa Lis", "starts_on": "2026-01-01", "ends_on": "2027-12-31", "membership": cluster.memberships.get().pk})
    term = body.terms.get()
    bolek.post(at(cluster, "term", term.pk), {"person_name": "Ewa Lis", "role": "chair", "starts_on": "2026-01-01", "ends_on": "2027-12-31"})
    bolek.post(at(cluster, "end_term", term.pk))
    term.refresh_from_db()
    body.refresh_from_db()
    assert (term.ends_on, term.role, body.name, body.seats) == (TODAY, "chair", "Rada klastra", 3)
    assert bolek.post(at(cluster, "remove_body", body.pk)).status_code == 409


def test_rules_are_changed_by_a_form_and_read_as_sentences(cluster, bolek):
    form = bolek.get(at(cluster, "edit_rules"))
    assert "art. 41" in text(form)
    said = {"one_member_one_vote": "on", "quorum": "60", "majority": "absolute", "majority_rules": "two_thirds", "agenda_only": "on", "proxies": "", "application_days": "21", "renewal_month": "1", "onboarding": ["rules_given"]}
    bolek.post(at(cluster, "edit_rules"), said)
    told = text(Client().get(at(cluster, "bodies")))
    assert "at least 60% of those entitled" in told
    assert "stand for" not in told
    assert "laid down" in text(Client().get(at(cluster, "rules")))
