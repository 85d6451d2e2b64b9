"""A person's own page, her sessions, her export."""

import json

from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from osnowa.journal.models import Entry
from osnowa.register.actions import propose
from osnowa.register.models import OrganisationSeat, SavedView

PASSWORD = "dobre-haslo-123"


def sign_in(email):
    client = Client(headers={"user-agent": "Firefox"})
    client.post("/en/account/login/", {"login": email, "password": PASSWORD})
    return client


def test_only_who_is_signed_in_has_a_page_of_her_own(client, world, signed_in, django_assert_max_num_queries):
    for address in ("/en/account/me/", "/en/account/me/export/", "/en/account/me/erase/", "/en/account/sessions/"):
        assert client.get(address).status_code == 302
    ala = signed_in(world.ala)
    with django_assert_max_num_queries(14):
        text = ala.get("/en/account/me/").content.decode()
    assert '<a href="/en/pomorskie/register/dobry-chleb/">representative, Dobry Chleb</a>' in text


def test_a_seat_that_has_ended_leads_nowhere(world, signed_in):
    OrganisationSeat.objects.update(ended_reason="enough")
    text = signed_in(world.ala).get("/en/account/me/").content.decode()
    assert "representative, Dobry Chleb" in text
    assert "/en/pomorskie/register/dobry-chleb/" not in text


def test_all_pages_of_the_account_open(world, signed_in):
    celina = signed_in(world.celina)
    celina.post("/en/account/reauthenticate/", {"password": PASSWORD})
    for address in ("email", "password/change", "2fa", "2fa/totp/activate", "2fa/webauthn/add", "sessions", "logout"):
        assert celina.get(f"/en/account/{address}/").status_code == 200, address


def test_name_and_language_change_and_the_journal_keeps_no_name(world, signed_in):
    celina = signed_in(world.celina)
    answer = celina.post("/en/account/me/", {"name": "Cecylia", "language": "sl"})
    assert answer["Location"] == "/sl/account/me/"
    world.celina.refresh_from_db()
    assert (world.celina.name, world.celina.language) == ("Cecylia", "sl")
    entry = Entry.objects.first()
    assert entry.deed == "people.profile_changed"
    assert entry.thing_label == ""
    assert "Cecylia" not in json.dumps(entry.changes)
    assert celina.post("/en/account/me/", {"name": "", "language": "sl"}).status_code == 422


def test_own_proposals_are_listed_with_what_became_of_them(world, signed_in):
    propose(by=world.celina, region=world.pomorskie, kind="change", organisation=world.chleb, message="Nowy adres")
    assert "Dobry Chleb" in signed_in(world.celina).get("/en/account/me/").content.decode()


def test_a_session_is_listed_and_ended_from_another(world):
    here, there = sign_in("ala@example.org"), sign_in("ala@example.org")
    assert UserSession.objects.filter(user=world.ala).count() == 2
    page = here.get("/en/account/sessions/").content.decode()
    assert page.count("Firefox") == 2
    other = UserSession.objects.exclude(session_key=here.session.session_key).get()
    assert here.post(f"/en/account/sessions/{other.pk}/end/").status_code == 302
    assert there.get("/en/account/me/").status_code == 302
    assert here.get("/en/account/me/").status_code == 200


def test_all_other_sessions_end_at_once(world):
    here, there = sign_in("ala@example.org"), sign_in("ala@example.org")
    here.post("/en/account/sessions/")
    assert there.get("/en/account/me/").status_code == 302
    assert here.get("/en/account/me/").status_code == 200


def test_nobody_ends_the_session_of_another(world):
    sign_in("ala@example.org")
    hers = UserSession.objects.get()
    assert sign_in("bolek@example.org").post(f"/en/account/sessions/{hers.pk}/end/").status_code == 404
    assert UserSession.objects.filter(pk=hers.pk).exists()


def test_the_export_holds_everything_about_the_person_and_nothing_of_others(world):
    SavedView.objects.create(person=world.ala, region=world.pomorskie, name="Piekarnie", query="q=chleb")
    propose(by=world.ala, region=world.pomorskie, kind="change", organisation=world.chleb, message="Nowy adres")
    client = sign_in("ala@example.org")
    answer = client.get("/en/account/me/export/")
    assert answer["Content-Disposition"].startswith('attachment; filename="osnowa-')
    told = answer.json()
    assert told["account"]["e_mail"] == "ala@example.org"
    assert told["e_mail_addresses"] == [{"email": "ala@example.org", "primary": True, "verified": True}]
    assert [seat["seat"] for seat in told["seats"]] == ["representative, Dobry Chleb"]
    assert told["seats"][0]["valid_from"] < timezone.localdate().isoformat()
    assert [deed["deed"] for deed in told["deeds_by_or_about_the_person"]] == ["register.proposal_made"]
    assert told["saved_views"][0]["name"] == "Piekarnie"
    assert told["proposals"][0]["message"] == "Nowy adres"
    assert told["sessions"][0]["user_agent"] == "Firefox"
    assert "bolek" not in answer.content.decode()
