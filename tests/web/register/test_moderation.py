"""`register:moderation` and `register:proposal`: the queue, and deciding once."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from osnowa.journal.models import Entry
from osnowa.people.models import Person
from osnowa.register.actions import change_organisation, propose
from osnowa.register.models import Organisation, OrganisationSeat, Proposal
from tests.world import World

QUEUE = "/en/pomorskie/moderation/"


@pytest.fixture
def change(world: World) -> Proposal:
    return propose(
        by=None, region=world.pomorskie, kind="change", organisation=world.chleb, email="zofia@example.org", name="Zofia",
        language="sl", values={"street": "Długa 2", "short_name": "Chlebek"}, message="moved",
    )  # fmt: skip


@pytest.fixture
def new(world: World) -> Proposal:
    values = {"legal_name": "Fundacja Nić", "legal_form": "PL-FUN", "postal_code": "80-001", "locality": "Gdańsk",
              "identifiers": {"PL-REGON": "123456785"}}  # fmt: skip
    return propose(by=world.celina, region=world.pomorskie, kind="new", values=values)


@pytest.fixture
def claim(world: World) -> Proposal:
    return propose(
        by=None, region=world.pomorskie, kind="claim", organisation=world.chleb, email="Jan@example.org", name="Jan",
        language="sl", basis="register", values={"function": "chair"},
    )  # fmt: skip


def page(it: Proposal) -> str:
    return f"{QUEUE}{it.pk}/"


@pytest.mark.parametrize(("who", "status"), [("rafal", 200), ("bolek", 200), ("darek", 200), ("edyta", 403), ("olga", 403), ("celina", 403), ("maja", 403)])
def test_who_may_review(signed_in, world: World, change: Proposal, who: str, status: int) -> None:
    her = signed_in(getattr(world, who))
    assert her.get(QUEUE).status_code == status
    assert her.get(page(change)).status_code == status


def test_strangers_are_asked_to_sign_in(client: Client, world: World, change: Proposal) -> None:
    assert client.get(QUEUE).status_code == 302
    assert client.get(page(change)).status_code == 302


def test_a_proposal_of_another_region_is_not_there(signed_in, world: World, change: Proposal) -> None:
    assert signed_in(world.maja).get(f"/en/podravje/moderation/{change.pk}/").status_code == 404


def test_waiting_comes_first_and_oldest_on_top(signed_in, world: World, change: Proposal, new: Proposal) -> None:
    Proposal.objects.filter(pk=new.pk).update(made_at=timezone.now() - timedelta(days=9))
    html = signed_in(world.rafal).get(QUEUE).content.decode()
    assert html.index("Fundacja Nić") < html.index(page(change))


def test_the_queue_narrows_by_kind_age_and_state(signed_in, world: World, change: Proposal, new: Proposal) -> None:
    Proposal.objects.filter(pk=new.pk).update(made_at=timezone.now() - timedelta(days=9))
    her = signed_in(world.rafal)
    assert page(change) not in her.get(QUEUE + "?kind=new").content.decode()
    old = her.get(QUEUE + "?age=7").content.decode()
    assert page(new) in old
    assert page(change) not in old
    assert "Nothing waits here" in her.get(QUEUE + "?state=accepted").content.decode()
    assert page(change) in her.get(QUEUE + "?state=all").content.decode()


def test_the_queue_and_the_page_ask_few_queries(signed_in, world: World, change: Proposal, new: Proposal, django_assert_max_num_queries) -> None:
    her = signed_in(world.rafal)
    for url in (QUEUE, page(change), page(new)):
        with django_assert_max_num_queries(12):
            her.get(url)


def test_old_stands_beside_new(signed_in, world: World, change: Proposal) -> None:
    html = signed_in(world.rafal).get(page(change)).content.decode()
    assert "Długa 1" in html
    assert "Długa 2" in html
    assert "changed since the proposal" not in html


def test_a_field_changed_meanwhile_is_marked_and_not_ticked(signed_in, world: World, change: Proposal) -> None:
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        change_organisation(by=world.edyta, organisation=world.chleb, values={"street": "Krótka 5"})
    html = signed_in(world.rafal).get(page(change)).content.decode()
    assert "changed since the proposal" in html
    assert 'value="short_name" aria-label="Take over: Short name" checked' in html
    assert 'value="street" aria-label="Take over: Street and number">' in html


def test_a_part_can_be_accepted(signed_in, world: World, change: Proposal) -> None:
    answer = signed_in(world.rafal).post(page(change), {"decision": "accept", "fields_taken": ["street"]})
    assert answer.status_code == 302
    world.chleb.refresh_from_db()
    assert (world.chleb.street, world.chleb.short_name) == ("Długa 2", "Dobry Chleb")
    assert world.chleb.provenance["street"]["source"] == "moderation"
    change.refresh_from_db()
    assert (change.state, change.decided_by) == ("accepted", world.rafal)
    entry = Entry.objects.filter(deed="register.proposal_accepted").get()
    assert entry.changes["fields"] == [["short_name", "street"], ["street"]]
    assert "ofia" not in f"{entry.changes}{entry.thing_label}{entry.reason}"


def test_the_proposer_reads_the_decision_in_her_language(signed_in, world: World, change: Proposal, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(world.rafal).post(page(change), {"decision": "accept", "fields_taken": ["street"]})
    (letter,) = mail.outbox
    assert letter.to == ["zofia@example.org"]
    assert "Pozdravljeni" in letter.body
    assert "/sl/pomorskie/register/dobry-chleb/" in letter.body


def test_a_person_with_account_is_told_in_polish(signed_in, world: World, new: Proposal, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(world.rafal).post(page(new), {"decision": "refuse", "reason": "Jest już w rejestrze."})
    (letter,) = mail.outbox
    assert letter.to == ["celina@example.org"]
    assert "Dzień dobry" in letter.body
    assert "Jest już w rejestrze." in letter.body
    assert "Fundacja Nić" in letter.subject


def test_accepting_nothing_is_refused(signed_in, world: World, change: Proposal) -> None:
    answer = signed_in(world.rafal).post(page(change), {"decision": "accept"})
    assert answer.status_code == 422
    change.refresh_from_db()
    assert change.state == "waiting"


def test_what_the_register_says_already_is_answered_without_a_change(
    signed_in, world: World, change: Proposal, django_capture_on_commit_callbacks
) -> None:
    her = signed_in(world.rafal)
    change_organisation(by=world.edyta, organisation=world.chleb, values={"street": "Długa 2"})
    assert 'value="done"' not in her.get(page(change)).content.decode()
    assert her.post(page(change), {"decision": "done"}).status_code == 422
    change_organisation(by=world.edyta, organisation=world.chleb, values={"short_name": "Chlebek"})
    assert 'value="done"' in her.get(page(change)).content.decode()
    deeds = Entry.objects.filter(thing_type="register.organisation").count()
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert her.post(page(change), {"decision": "done"}).status_code == 302
    change.refresh_from_db()
    assert (change.state, change.decided_by) == ("accepted", world.rafal)
    assert Entry.objects.filter(thing_type="register.organisation").count() == deeds
    assert Entry.objects.first().changes["fields"] == [["short_name", "street"], []]
    (letter,) = mail.outbox
    assert letter.to == ["zofia@example.org"]


def test_a_proposal_of_words_alone_is_not_done_already(signed_in, world: World) -> None:
    it = propose(by=world.celina, region=world.pomorskie, kind="change", organisation=world.chleb, message="Look again.")
    assert signed_in(world.rafal).post(page(it), {"decision": "done"}).status_code == 422


def test_a_refusal_needs_a_reason(signed_in, world: World, change: Proposal) -> None:
    her = signed_in(world.rafal)
    assert her.post(page(change), {"decision": "refuse", "reason": " "}).status_code == 422
    assert her.post(page(change), {"decision": "refuse", "reason": "No."}).status_code == 302
    world.chleb.refresh_from_db()
    assert world.chleb.street == "Długa 1"


def test_the_second_reviewer_is_told_who_was_first(signed_in, world: World, change: Proposal) -> None:
    first, second = signed_in(world.rafal), signed_in(world.bolek)
    first.post(page(change), {"decision": "refuse", "reason": "No."})
    answer = second.post(page(change), {"decision": "accept", "fields_taken": ["street"]})
    assert answer.status_code == 409
    assert "Rafal has decided this already" in answer.content.decode()
    world.chleb.refresh_from_db()
    assert world.chleb.street == "Długa 1"
    assert Entry.objects.filter(deed__startswith="register.proposal_").exclude(deed="register.proposal_made").count() == 1


def test_a_new_postal_code_moves_the_municipality(signed_in, world: World) -> None:
    it = propose(by=world.celina, region=world.pomorskie, kind="change", organisation=world.chleb, values={"postal_code": "76-200"})
    signed_in(world.rafal).post(page(it), {"decision": "accept", "fields_taken": ["postal_code"]})
    world.chleb.refresh_from_db()
    assert world.chleb.municipality == world.slupsk


def test_an_ambiguous_postal_code_asks(signed_in, world: World) -> None:
    it = propose(by=world.celina, region=world.pomorskie, kind="change", organisation=world.chleb, values={"postal_code": "83-000"})
    her = signed_in(world.rafal)
    words = {"decision": "accept", "fields_taken": ["postal_code"]}
    assert her.post(page(it), words).status_code == 422
    assert her.post(page(it), words | {"municipality": world.slupsk.pk}).status_code == 302
    world.chleb.refresh_from_db()
    assert world.chleb.municipality == world.slupsk


def test_what_no_longer_exists_is_closed_with_day_and_reason(signed_in, world: World) -> None:
    it = propose(by=world.celina, region=world.pomorskie, kind="change", organisation=world.chleb, values={"activity_status": "closed"})
    her = signed_in(world.rafal)
    words = {"decision": "accept", "fields_taken": ["activity_status"]}
    assert her.post(page(it), words).status_code == 422
    assert her.post(page(it), words | {"ended_on": "2024-06-30", "end_reason": "liquidation"}).status_code == 302
    world.chleb.refresh_from_db()
    assert world.chleb.is_closed


def test_a_likeness_is_pointed_out(signed_in, world: World, new: Proposal) -> None:
    html = signed_in(world.rafal).get(page(new)).content.decode()
    assert "The register may have it already" in html
    assert "same number" in html
    named = propose(by=world.celina, region=world.pomorskie, kind="new", values={"legal_name": "FUNDACJA PRZYSTAŃ", "legal_form": "PL-FUN"})
    assert "same name" in signed_in(world.rafal).get(page(named)).content.decode()


def test_a_number_somebody_has_stops_the_new_record(signed_in, world: World, new: Proposal) -> None:
    answer = signed_in(world.rafal).post(page(new), {"decision": "accept", "fields_taken": ["identifiers"]})
    assert answer.status_code == 422
    assert not Organisation.objects.filter(legal_name="Fundacja Nić").exists()


def test_an_accepted_new_organisation_is_in_the_register(signed_in, world: World, new: Proposal) -> None:
    signed_in(world.rafal).post(page(new), {"decision": "accept", "fields_taken": ["postal_code", "locality"]})
    made = Organisation.objects.get(legal_name="Fundacja Nić")
    assert (made.municipality, made.provenance["legal_name"]["source"]) == (world.gdansk, "moderation")
    assert not made.identifiers.exists()
    new.refresh_from_db()
    assert new.organisation == made


def test_an_accepted_claim_is_a_mandate_for_a_year_and_an_invitation(signed_in, world: World, claim: Proposal, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(world.rafal).post(page(claim), {"decision": "accept"})
    seat = OrganisationSeat.objects.get(person__email="jan@example.org")
    today = timezone.localdate()
    assert (seat.organisation, seat.role, seat.basis) == (world.chleb, "representative", "register")
    assert (seat.valid_from, seat.valid_to) == (today, today + timedelta(days=365))
    assert {tuple(letter.to) for letter in mail.outbox} == {("jan@example.org",), ("Jan@example.org",)}
    assert any("invitation" in letter.body for letter in mail.outbox)
    entry = Entry.objects.filter(deed="register.proposal_accepted").get()
    assert "Jan" not in str(entry.changes)


def test_a_claim_of_somebody_with_account_needs_no_invitation(signed_in, world: World) -> None:
    it = propose(by=world.celina, region=world.pomorskie, kind="claim", organisation=world.chleb, basis="resolution")
    people = Person.objects.count()
    signed_in(world.rafal).post(page(it), {"decision": "accept"})
    assert Person.objects.count() == people
    assert world.celina.organisationseats.get().basis == "resolution"


def test_a_decided_proposal_shows_its_decision(signed_in, world: World, change: Proposal) -> None:
    her = signed_in(world.rafal)
    her.post(page(change), {"decision": "refuse", "reason": "Not so."})
    html = her.get(page(change)).content.decode()
    assert "Not so." in html
    assert 'name="decision"' not in html
