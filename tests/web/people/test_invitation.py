"""The page behind the link of an invitation."""

from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.people.actions import invite, resend_invitation
from osnowa.people.models import Invitation, Person
from osnowa.places.actions import give_region_seat
from osnowa.register.models import OrganisationSeat

WORDS = {"name": "Nina Nowak", "password": "calkiem-nowe-9", "again": "calkiem-nowe-9"}


@pytest.fixture
def invited(world, django_capture_on_commit_callbacks):
    today = timezone.localdate()
    with django_capture_on_commit_callbacks(execute=True):
        give_region_seat(
            by=world.bolek, region=world.pomorskie, email="Nina@Example.org", name="Nina", language="pl", role="editor",
            valid_from=today, valid_to=today + timedelta(days=365),
        )  # fmt: skip
    return Invitation.objects.get()


def page(invitation):
    return reverse("people:invitation", kwargs={"token": invitation.token})


def test_the_letter_is_in_the_language_of_the_invited_and_holds_the_link(invited):
    [letter] = mail.outbox
    assert letter.to == ["nina@example.org"]
    assert f"/pl/account/invitation/{invited.token}/" in letter.body
    assert "Bolek" in letter.body


def test_the_page_says_who_invites_and_which_seat_waits(client, invited, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        text = client.get(page(invited)).content.decode()
    assert "Bolek" in text
    assert "editor, Pomorskie" in text
    assert 'value="Nina"' in text


def test_accepting_sets_name_and_password_and_signs_in(client, invited):
    assert not invited.person.has_usable_password()
    assert client.post(page(invited), WORDS)["Location"] == "/pl/pomorskie/", "to the place the seat is in"
    person = Person.objects.get(email="nina@example.org")
    assert person.name == "Nina Nowak"
    assert person.check_password("calkiem-nowe-9")
    assert EmailAddress.objects.filter(user=person, verified=True, primary=True).exists()
    assert client.get("/en/account/me/").status_code == 200
    assert client.get("/en/account/2fa/totp/activate/").status_code == 200, "no password asked twice in a row"


def test_with_seats_in_two_places_the_first_page_comes_first(client, world, invited):
    today = timezone.localdate()
    OrganisationSeat.objects.create(
        person=invited.person, organisation=world.chleb, role="org_editor", valid_from=today, valid_to=today
    )
    assert client.post(page(invited), WORDS)["Location"] == "/pl/"
    text = client.get("/en/").content.decode()
    assert "/en/pomorskie/register/dobry-chleb/edit/" in text


def test_the_rules_of_passwords_are_a_list(client, invited):
    assert client.get(page(invited)).content.decode().count("<li>Your password") == 4


def test_a_weak_password_is_refused(client, invited):
    answer = client.post(page(invited), WORDS | {"password": "12345", "again": "12345"})
    assert answer.status_code == 200
    assert "too short" in answer.content.decode()
    assert "not the same" in client.post(page(invited), WORDS | {"again": "else"}).content.decode()


def test_a_used_link_says_so_and_changes_nothing(client, invited):
    client.post(page(invited), WORDS)
    client.logout()
    again = client.post(page(invited), WORDS | {"password": "zupelnie-inne-7", "again": "zupelnie-inne-7"})
    assert again.status_code == 410
    assert "accepted already" in again.content.decode()
    assert Person.objects.get(email="nina@example.org").check_password("calkiem-nowe-9")


def test_an_expired_link_says_so_and_a_new_letter_opens_it(client, world, invited):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(minutes=1))
    answer = client.get(page(invited))
    assert answer.status_code == 410
    assert "too old" in answer.content.decode()
    invited.refresh_from_db()
    resend_invitation(by=world.bolek, invitation=invited)
    assert client.get(page(invited)).status_code == 200


def test_an_accepted_invitation_is_not_sent_again(client, world, invited):
    client.post(page(invited), WORDS)
    invited.refresh_from_db()
    with pytest.raises(Refused):
        resend_invitation(by=world.bolek, invitation=invited)


def test_a_word_that_is_no_token_is_404(client, db):
    assert client.get("/en/account/invitation/nothing/").status_code == 404


def test_inviting_twice_makes_one_person_and_one_link(world):
    first = invite(by=world.bolek, email="x@example.org")
    assert invite(by=world.maja, email="X@example.org ") == first
    assert Invitation.objects.filter(person=first).count() == 1


def test_who_can_sign_in_already_gets_no_invitation(world):
    assert invite(by=world.bolek, email="ala@example.org") == world.ala
    assert not Invitation.objects.exists()


def test_the_journal_holds_neither_name_nor_address(client, invited):
    client.post(page(invited), WORDS)
    for entry in Entry.objects.filter(at__date__gte=date(2000, 1, 1)):
        told = f"{entry.thing_label} {entry.changes} {entry.reason}"
        assert "nina" not in told.lower()
        assert "@" not in told
