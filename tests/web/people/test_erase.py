"""Erasing one's own account."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.people.actions import erase
from osnowa.places.models import RegionSeat
from osnowa.register.actions import propose
from osnowa.register.models import OrganisationSeat, Proposal, SavedView
from tests.world import seat

PASSWORD = "dobre-haslo-123"
PAGE = "/en/account/me/erase/"


def test_erasing_asks_for_the_password(world, signed_in):
    ala = signed_in(world.ala)
    assert "cannot be undone" in ala.get(PAGE).content.decode()
    assert ala.post(PAGE, {"password": "wrong"}).status_code == 422
    world.ala.refresh_from_db()
    assert world.ala.is_active


def test_an_erased_person_is_a_number_and_nothing_else(world):
    propose(by=world.ala, region=world.pomorskie, kind="change", organisation=world.chleb, message="Nowy adres")
    SavedView.objects.create(person=world.ala, region=world.pomorskie, name="Piekarnie", query="q=chleb")
    Authenticator.objects.create(user=world.ala, type="totp", data={})
    number, before = world.ala.pk, Entry.objects.filter(by=world.ala).count()
    client = Client()
    Authenticator.objects.filter(user=world.ala).delete()
    client.post("/en/account/login/", {"login": "ala@example.org", "password": PASSWORD})
    Authenticator.objects.create(user=world.ala, type="totp", data={})
    assert client.post(PAGE, {"password": PASSWORD})["Location"] == "/en/account/erased/"
    assert client.get("/en/account/erased/").status_code == 200
    assert client.get("/en/account/me/").status_code == 302

    world.ala.refresh_from_db()
    assert world.ala.email == f"erased-{number}@invalid"
    assert (world.ala.name, world.ala.is_active, str(world.ala)) == ("", False, "erased account")
    assert not world.ala.has_usable_password()
    for kept in (EmailAddress, Authenticator, UserSession):
        assert not kept.objects.filter(user=world.ala).exists()
    assert not SavedView.objects.filter(person=world.ala).exists()
    assert OrganisationSeat.objects.get(person=world.ala).state == "ended"
    assert Proposal.objects.get().email == Proposal.objects.get().name == ""
    assert Entry.objects.filter(by=world.ala).count() == before + 1, "the journal keeps the deeds under the number"
    entry = Entry.objects.get(deed="people.erased")
    assert (entry.thing_label, entry.changes, entry.reason) == ("", {}, "")


def test_the_address_of_an_erased_person_may_be_invited_anew(world):
    from osnowa.people.actions import invite

    erase(by=world.ala, person=world.ala)
    assert invite(by=world.bolek, email="ala@example.org") != world.ala


def test_the_last_coordinator_of_a_region_cannot_erase_herself(world, signed_in):
    bolek = signed_in(world.bolek)
    answer = bolek.post(PAGE, {"password": PASSWORD})
    assert answer.status_code == 422
    assert "no coordinator" in answer.content.decode()
    world.bolek.refresh_from_db()
    assert world.bolek.is_active
    assert RegionSeat.objects.get(person=world.bolek).state == "holding"
    seat(world.edyta, world.pomorskie, "coordinator")
    assert bolek.post(PAGE, {"password": PASSWORD}).status_code == 302


def test_the_only_operator_cannot_erase_herself(world):
    with pytest.raises(Refused):
        erase(by=world.darek, person=world.darek)
