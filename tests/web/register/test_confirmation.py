"""`register:ask`, `register:campaign` and `register:answer`: is this still true?"""

from datetime import date, timedelta
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from osnowa.journal import jobs
from osnowa.journal.models import Entry, Job
from osnowa.kit.errors import Refused
from osnowa.register.actions import add_organisation, ask_confirmation, close_organisation
from osnowa.register.models import ConfirmationRequest, Contact, Organisation, Proposal
from osnowa.register.tasks import campaign
from tests.world import World

ASK = "/en/pomorskie/register/dobry-chleb/ask/"
CAMPAIGN = "/en/pomorskie/quality/ask/"


def contact(it: Organisation, email: str, **more: Any) -> Contact:
    more = {"language": "pl", "keep_until": timezone.localdate() + timedelta(days=99)} | more
    return Contact.objects.create(organisation=it, email=email, **more)


@pytest.fixture
def asked(world: World) -> ConfirmationRequest:
    return ask_confirmation(by=world.edyta, organisation=world.chleb, email="biuro@chleb.example.org", language="pl")


def link(asked: ConfirmationRequest, language: str = "en") -> str:
    return f"/{language}/confirm/{asked.token}/"


def typed(client: Client, url: str) -> dict[str, Any]:
    """What a browser would send back if nobody touched the form."""
    form = client.get(url).context["form"]
    return {name: form[name].value() for name in form.fields if form[name].value()}


def later(days: int) -> Any:
    return time_machine.travel(timezone.now() + timedelta(days=days), tick=False)


# ask


@pytest.mark.parametrize(("who", "status"), [("edyta", 302), ("bolek", 302), ("darek", 302), ("rafal", 403), ("olga", 403), ("ala", 403)])
def test_who_may_ask(signed_in, world: World, who: str, status: int) -> None:
    contact(world.chleb, "biuro@chleb.example.org")
    assert signed_in(getattr(world, who)).post(ASK).status_code == status


def test_asking_is_a_post(signed_in, world: World) -> None:
    assert signed_in(world.edyta).get(ASK).status_code == 405


def test_the_question_goes_to_the_mailbox_in_its_language(signed_in, world: World, django_capture_on_commit_callbacks) -> None:
    contact(world.chleb, "jan@example.org", person_name="Jan", language="sl")
    contact(world.chleb, "biuro@chleb.example.org", language="pl")
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(world.edyta).post(ASK)
    made = ConfirmationRequest.objects.get()
    (letter,) = mail.outbox
    assert letter.to == [made.sent_to] == ["biuro@chleb.example.org"]
    assert f"http://localhost:8000/pl/confirm/{made.token}/" in letter.body
    assert "Dzień dobry" in letter.body
    assert "20 grudnia 2026" in letter.body


def test_another_address_may_be_given(signed_in, world: World, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(world.edyta).post(ASK, {"email": "nowa@example.org", "language": "sl"})
    (letter,) = mail.outbox
    assert letter.to == ["nowa@example.org"]
    assert "/sl/confirm/" in letter.body
    assert "Pozdravljeni" in letter.body
    assert "20. 12. 2026" in letter.body


def test_a_contact_past_its_keeping_is_not_used(signed_in, world: World) -> None:
    contact(world.chleb, "dawna@example.org", keep_until=date(2026, 1, 1))
    answer = signed_in(world.edyta).post(ASK)
    assert answer.status_code == 409
    assert "no e-mail address" in answer.content.decode()


def test_a_second_letter_within_a_week_is_sent_on_purpose_only(signed_in, world: World, asked: ConfirmationRequest) -> None:
    her = signed_in(world.edyta)
    with later(6):
        answer = her.post(ASK, {"email": "nowa@example.org", "language": "sl"})
        assert answer.status_code == 409
        assert "asked on 20 November 2026 already" in answer.content.decode()
        assert 'name="email" value="nowa@example.org"' in answer.content.decode()
        assert ConfirmationRequest.objects.count() == 1
        assert her.post(ASK, {"email": "nowa@example.org", "language": "sl", "again": "1"}).status_code == 302
        assert ConfirmationRequest.objects.count() == 2


def test_the_rule_of_a_week_stands_behind_the_page_too(world: World, asked: ConfirmationRequest) -> None:
    words: dict[str, Any] = {"by": world.edyta, "organisation": world.chleb, "email": "x@example.org", "language": "pl"}
    with pytest.raises(Refused, match="already"):
        ask_confirmation(**words)
    with later(8):
        ask_confirmation(**words)


def test_the_journal_knows_that_it_was_asked_but_not_whom(world: World, asked: ConfirmationRequest) -> None:
    entry = Entry.objects.filter(deed="register.confirmation_asked").get()
    assert (entry.by, entry.thing_id) == (world.edyta, str(world.chleb.pk))
    assert "biuro@" not in f"{entry.changes}{entry.thing_label}{entry.reason}"


def test_a_dead_mail_server_takes_the_question_back(signed_in, world: World, monkeypatch, django_capture_on_commit_callbacks) -> None:
    def dead(*args: Any, **words: Any) -> None:
        raise SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", dead)
    her = signed_in(world.edyta)
    with django_capture_on_commit_callbacks() as then:
        her.post(ASK, {"email": "x@example.org"})
    with pytest.raises(Refused, match="could not be sent"):
        then[0]()
    assert not ConfirmationRequest.objects.exists()


# answer


def test_the_link_shows_the_facts_without_an_account(client: Client, world: World, asked: ConfirmationRequest) -> None:
    html = client.get(link(asked)).content.decode()
    for fact in ("Spółdzielnia Socjalna Dobry Chleb", "Długa 1, 80-001 Gdańsk", "1234563218", "Catering", "Yes, all of this is true"):
        assert fact in html


def test_opening_the_link_confirms_nothing(client: Client, world: World, asked: ConfirmationRequest) -> None:
    """Mail scanners open links: only the button counts."""
    client.get(link(asked))
    world.chleb.refresh_from_db()
    assert world.chleb.last_confirmed_on == date(2024, 1, 15)


def test_the_second_click_confirms(client: Client, world: World, asked: ConfirmationRequest) -> None:
    answer = client.post(link(asked))
    assert answer.status_code == 302
    world.chleb.refresh_from_db()
    assert (world.chleb.last_confirmed_on, world.chleb.confirmed_by) == (date(2026, 11, 20), "confirmation_link")
    assert "You confirmed on" in client.get(answer["Location"]).content.decode()
    entry = Entry.objects.filter(deed="register.organisation_confirmed").get()
    assert (entry.by, entry.via) == (None, "link")


def test_a_link_is_good_for_one_answer(client: Client, world: World, asked: ConfirmationRequest) -> None:
    client.post(link(asked))
    client.post(link(asked) + "?step=gone", {"message": "x"})
    assert not Proposal.objects.exists()


def test_a_correction_becomes_a_proposal(client: Client, world: World, asked: ConfirmationRequest) -> None:
    url = link(asked, "sl") + "?step=changed"
    assert client.post(url, typed(client, url) | {"street": "Długa 9"}).status_code == 302
    made = Proposal.objects.get()
    assert made.values == {"street": "Długa 9"}
    assert (made.kind, made.email, made.language, made.state) == ("change", "biuro@chleb.example.org", "sl", "waiting")
    world.chleb.refresh_from_db()
    assert (world.chleb.street, world.chleb.last_confirmed_on) == ("Długa 1", date(2024, 1, 15))
    assert Entry.objects.filter(deed="register.proposal_made").get().via == "link"
    assert "Your correction arrived" in client.get(link(asked)).content.decode()


def test_an_empty_correction_is_told_so(client: Client, world: World, asked: ConfirmationRequest) -> None:
    url = link(asked) + "?step=changed"
    answer = client.post(url, typed(client, url))
    assert answer.status_code == 422
    assert "Nothing differs" in answer.content.decode()
    asked.refresh_from_db()
    assert asked.answer == ""


def test_it_no_longer_exists(client: Client, world: World, asked: ConfirmationRequest) -> None:
    assert client.get(link(asked) + "?step=gone").status_code == 200
    assert client.post(link(asked) + "?step=gone", {"message": "Liquidated in June."}).status_code == 302
    made = Proposal.objects.get()
    assert (made.values, made.message) == ({"activity_status": "closed"}, "Liquidated in June.")
    world.chleb.refresh_from_db()
    assert world.chleb.activity_status == "active"


def test_an_old_link_is_polite_and_shows_a_way_on(client: Client, world: World, asked: ConfirmationRequest) -> None:
    with later(31):
        answer = client.get(link(asked))
        assert answer.status_code == 410
        html = answer.content.decode()
        assert "This link is too old" in html
        assert "/en/pomorskie/register/dobry-chleb/propose/" in html
        client.post(link(asked))
    world.chleb.refresh_from_db()
    assert world.chleb.last_confirmed_on == date(2024, 1, 15)


def test_an_unknown_link_is_not_there(client: Client, world: World) -> None:
    assert client.get("/en/confirm/nothing/").status_code == 404


def test_a_record_closed_meanwhile_asks_nothing(client: Client, world: World, asked: ConfirmationRequest) -> None:
    close_organisation(by=world.bolek, organisation=world.chleb, ended_on=date(2026, 11, 1), end_reason="liquidation")
    assert "was closed in the meantime" in client.get(link(asked)).content.decode()


def test_a_hidden_place_stays_hidden_behind_the_link(client: Client, world: World) -> None:
    Organisation.objects.filter(pk=world.ukryty.pk).update(street="Tajna 7")
    asked = ask_confirmation(by=world.edyta, organisation=world.ukryty, email="x@example.org", language="pl")
    for url in (link(asked), link(asked) + "?step=changed"):
        html = client.get(url).content.decode()
        assert "Tajna 7" not in html
        assert "76-200" not in html


def test_the_answer_asks_few_queries(client: Client, world: World, asked: ConfirmationRequest, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(12):
        client.get(link(asked))


# campaign


def test_only_editors_start_a_campaign(signed_in, client: Client, world: World) -> None:
    assert client.post(CAMPAIGN).status_code == 302
    assert signed_in(world.rafal).post(CAMPAIGN).status_code == 403
    assert not Job.objects.exists()
    assert signed_in(world.edyta).post(CAMPAIGN).status_code == 302
    assert Job.objects.get().kind == "register.campaign"


def test_a_campaign_counts_what_it_did(world: World, django_capture_on_commit_callbacks) -> None:
    def made(name: str, **values: Any) -> Organisation:
        return add_organisation(
            by=world.bolek, region=world.pomorskie,
            values={"legal_name": name, "legal_form": "PL-FUN", "sector": "civil_society", "activity_status": "active"} | values,
        )  # fmt: skip

    contact(world.chleb, "biuro@chleb.example.org", language="sl")
    fresh, lately, closed = made("Fresh", last_confirmed_on=date(2026, 6, 1)), made("Lately"), made("Closed")
    for it in (fresh, lately, closed):
        contact(it, f"{it.slug}@example.org")
    ask_confirmation(by=None, organisation=lately, email="lately@example.org", language="pl")
    close_organisation(by=world.bolek, organisation=closed, ended_on=date(2026, 1, 1), end_reason="liquidation")
    job = jobs.start("register.campaign", by=world.edyta, place="pomorskie")
    with django_capture_on_commit_callbacks(execute=True):
        jobs.run.call(str(job.pk))
    job.refresh_from_db()
    assert job.result == {"found": 4, "asked": 1, "asked_lately": 1, "without_email": 2, "not_sent": 0}
    assert (job.done, job.total, job.state) == (4, 4, "done")
    (letter,) = mail.outbox
    assert letter.to == ["biuro@chleb.example.org"]
    assert "/sl/confirm/" in letter.body


def test_a_second_campaign_leaves_the_asked_in_peace(world: World) -> None:
    contact(world.chleb, "biuro@chleb.example.org")
    words: dict[str, Any] = {"by": world.edyta, "place": "pomorskie"}
    assert campaign(lambda done, total: None, **words)["asked"] == 1
    assert campaign(lambda done, total: None, **words)["asked"] == 0
    with later(31):
        assert campaign(lambda done, total: None, **words)["asked"] == 1
