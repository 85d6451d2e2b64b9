"""Invitations, the door, attendance as evidence."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from osnowa.journal.models import Entry
from osnowa.meetings.models import Participation
from osnowa.register.models import Contact
from tests.web.meetings.gatherings import a_gathering, a_guest


@pytest.fixture
def meeting(world):
    return a_gathering(world.pomorskie)


@pytest.fixture
def bolek(world, signed_in):
    return signed_in(world.bolek)


def at(meeting, name, *words):
    return reverse(f"meetings:{name}", args=[meeting.region.slug, meeting.slug, *words])


@pytest.fixture
def invite(bolek, meeting, django_capture_on_commit_callbacks):
    def post(**words):
        with django_capture_on_commit_callbacks(execute=True):
            return bolek.post(at(meeting, "invite"), {"language": "pl", **words})

    return post


def test_addresses_are_pasted_as_they_come(invite):
    invite(addresses='Jan Nowak <Jan@example.org>, ola@example.org\n"Lis, Ewa" <ewa@example.org>; ola@example.org')
    assert sorted(Participation.objects.values_list("email", "person_name", "state")) == [
        ("ewa@example.org", "Lis, Ewa", "invited"), ("jan@example.org", "Jan Nowak", "invited"), ("ola@example.org", "", "invited"),
    ]  # fmt: skip
    assert sorted(letter.to[0] for letter in mail.outbox) == ["ewa@example.org", "jan@example.org", "ola@example.org"]
    assert Participation.objects.filter(invited_at=None).count() == 0


def test_a_wrong_address_is_named_and_nobody_is_invited(invite):
    response = invite(addresses="jan@example.org\nola(at)example.org")
    assert response.status_code == 422
    assert "ola(at)example.org" in response.content.decode()
    assert not Participation.objects.exists()


def test_invited_twice_one_gets_one_letter(invite):
    invite(addresses="jan@example.org")
    invite(addresses="jan@example.org")
    assert len(mail.outbox) == 1


def test_only_contacts_who_agreed_to_news_are_invited(invite, world):
    keep = timezone.localdate() + timedelta(days=9)
    for email, wants, until in (("yes@example.org", True, keep), ("no@example.org", False, keep), ("gone@example.org", True, keep - timedelta(days=20))):
        Contact.objects.create(organisation=world.chleb, email=email, wants_news=wants, keep_until=until, language="sl")
    invite(organisations="Spółdzielnia Socjalna Dobry Chleb")
    guest = Participation.objects.get()
    assert (guest.email, guest.organisation, guest.sector, guest.language) == ("yes@example.org", world.chleb, "social_economy", "sl")


def test_all_who_agreed_of_a_sector_are_invited(invite, world):
    Contact.objects.create(organisation=world.chleb, email="yes@example.org", wants_news=True, keep_until=timezone.localdate())
    invite(sectors=["social_economy"])
    assert Participation.objects.get().email == "yes@example.org"


def test_who_is_silent_is_written_to_again_once_a_day(invite, meeting):
    a_guest(meeting, "Jan", state="invited", invited_at=timezone.now() - timedelta(days=3))
    a_guest(meeting, "Ola", state="invited", invited_at=timezone.now())
    invite(deed="again")
    invite(deed="again")
    assert [letter.to for letter in mail.outbox] == [["jan@example.org"]]


def test_nobody_is_invited_to_a_draft(bolek, world):
    meeting = a_gathering(world.pomorskie, state="draft")
    assert "Announce the meeting first" in bolek.post(at(meeting, "invite"), {"language": "pl", "addresses": "jan@example.org"}).content.decode()


def test_one_tap_says_that_somebody_is_there_and_another_takes_it_back(bolek, meeting):
    guest = a_guest(meeting, "Jan")
    for deed, via in (("here", "list"), ("here", "list"), ("not_here", "")):
        bolek.post(at(meeting, "at_the_door", guest.pk), {"deed": deed})
        guest.refresh_from_db()
        assert guest.checked_in_via == via
    assert [entry.changes for entry in Entry.objects.filter(deed__startswith="meetings.check").order_by("pk")] == [{"present": [0, 1]}, {"present": [1, 0]}]


def test_the_tap_gives_back_the_row_alone_to_a_script(bolek, meeting):
    guest = a_guest(meeting, "Jan")
    page = bolek.post(at(meeting, "at_the_door", guest.pk), {"deed": "here"}, headers={"HX-Request": "true"}).content.decode()
    assert page.lstrip().startswith("<li")
    assert "present" in page


def test_a_scanned_ticket_lets_in_with_one_press(bolek, client, meeting):
    guest = a_guest(meeting, "Jan", needs="miejsce z przodu")
    address = reverse("meetings:check_in", args=[guest.token])
    assert "/account/login/" in client.get(address).headers["Location"]
    assert "miejsce z przodu" in bolek.get(address).content.decode()
    bolek.post(address)
    guest.refresh_from_db()
    assert guest.checked_in_via == "qr"


def test_who_stands_on_the_paper_list_is_noted_once(bolek, meeting):
    for _twice in range(2):
        bolek.post(at(meeting, "add_guest"), {"person_name": "Ewa Lis", "organisation": "Dobry Chleb", "via": "paper"})
    guest = Participation.objects.get()
    assert (guest.checked_in_via, str(guest.organisation), guest.email) == ("paper", "Dobry Chleb", "")


@pytest.mark.parametrize("number", [1, 60])
def test_the_list_at_the_door_needs_few_queries(bolek, world, meeting, django_assert_max_num_queries, number):
    for n in range(number):
        a_guest(meeting, f"Jan{n}", organisation=world.chleb, checked_in_at=timezone.now(), checked_in_via="list")
    with django_assert_max_num_queries(12):
        assert bolek.get(at(meeting, "guests")).status_code == 200


def test_the_list_is_narrowed_by_words_without_accents(bolek, meeting):
    a_guest(meeting, "Żaneta")
    a_guest(meeting, "Jan")
    page = bolek.get(at(meeting, "guests"), {"q": "zane"}).content.decode()
    assert "Żaneta" in page
    assert "jan@" not in page


def test_attendance_prints_the_sum_of_its_parts(bolek, world, meeting):
    for name, whose in (("Jan", world.chleb), ("Ola", world.chleb), ("Ewa", world.zadruga)):
        a_guest(meeting, name, organisation=whose, checked_in_at=timezone.now(), checked_in_via="list")
    page = bolek.get(at(meeting, "attendance")).content.decode()
    assert "2 + 1 = 3" in page
    assert "1 + 1 = 2" in page


def test_evidence_is_taken_along_as_sheets(bolek, world, meeting):
    a_guest(meeting, "Jan", organisation=world.chleb, checked_in_at=timezone.now(), checked_in_via="qr")
    table = bolek.get(at(meeting, "attendance_file", "csv"))
    assert "Jan;Dobry Chleb;yes;Social economy;Poland;QR code;10:00" in table.content.decode("utf-8-sig")
    assert bolek.get(at(meeting, "attendance_file", "xlsx")).content[:2] == b"PK"
    assert bolek.get(at(meeting, "attendance_file", "pdf")).status_code == 404
