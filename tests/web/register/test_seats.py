"""The people of an organisation: who speaks for it, until when."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from osnowa.journal.models import Entry
from osnowa.people.models import Person
from osnowa.register.actions import remind_of_organisation_seats
from osnowa.register.models import OrganisationSeat

PAGE = "/en/pomorskie/register/dobry-chleb/people/"


def words(**more):
    today = timezone.localdate()
    return {
        "email": "nina@example.org", "name": "Nina", "language": "pl", "role": "org_editor", "basis": "delegated",
        "valid_from": today.isoformat(), "valid_to": (today + timedelta(days=365)).isoformat(), **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("who", "status"),
    [("ala", 200), ("bolek", 200), ("darek", 200), ("edyta", 403), ("rafal", 403), ("olga", 403), ("celina", 403), ("maja", 403)],
)
def test_the_representative_and_coordinators_come_in(world, signed_in, who, status):
    client = signed_in(getattr(world, who))
    assert client.get(PAGE).status_code == status
    assert client.get(f"{PAGE}{OrganisationSeat.objects.get().pk}/").status_code == status


def test_who_is_not_signed_in_is_asked_to(client, world):
    assert client.get(PAGE)["Location"].startswith("/en/account/login/")


def test_an_editor_of_the_organisation_gives_no_seats(world, signed_in):
    OrganisationSeat.objects.update(role="org_editor")
    assert signed_in(world.ala).get(PAGE).status_code == 403


def test_the_page_takes_few_queries(world, signed_in, django_assert_max_num_queries):
    ala = signed_in(world.ala)
    with django_assert_max_num_queries(12):
        text = ala.get(PAGE).content.decode()
    assert "ala@example.org" in text


def test_the_representative_invites_an_editor(world, signed_in, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert signed_in(world.ala).post(PAGE, words()).status_code == 302
    nina = Person.objects.get(email="nina@example.org")
    assert OrganisationSeat.objects.get(person=nina).role == "org_editor"
    assert mail.outbox[0].to == ["nina@example.org"]
    entry = Entry.objects.get(deed="register.seat_given")
    assert (entry.thing_label, entry.place) == ("editor of the organisation, Dobry Chleb", "pomorskie")
    assert "nina" not in str(entry.changes).lower()


def test_a_seat_of_another_organisation_is_not_found_here(world, signed_in):
    number = OrganisationSeat.objects.get().pk
    assert signed_in(world.darek).get(f"/en/podravje/register/dobrina/people/{number}/").status_code == 404


def test_a_seat_is_prolonged_and_ended(world, signed_in):
    it = OrganisationSeat.objects.get()
    later = timezone.localdate() + timedelta(days=700)
    bolek = signed_in(world.bolek)
    bolek.post(f"{PAGE}{it.pk}/", {"deed": "prolong", "prolong-valid_to": later.isoformat()})
    it.refresh_from_db()
    assert it.valid_to == later
    bolek.post(f"{PAGE}{it.pk}/", {"deed": "end", "end-reason": "New board"})
    it.refresh_from_db()
    assert (it.state, it.valid_to) == ("ended", timezone.localdate())
    assert signed_in(world.ala).get(PAGE).status_code == 403


def test_to_prolong_is_to_give_a_later_day(world, signed_in):
    it = OrganisationSeat.objects.get()
    bolek = signed_in(world.bolek)
    assert bolek.get(f"{PAGE}{it.pk}/").context["prolong"]["valid_to"].value() == it.valid_to + timedelta(days=365)
    earlier = (it.valid_to - timedelta(days=1)).isoformat()
    assert bolek.post(f"{PAGE}{it.pk}/", {"deed": "prolong", "prolong-valid_to": earlier}).status_code == 422


def test_v19_a_seat_must_end(world, signed_in):
    assert signed_in(world.ala).post(PAGE, words(valid_to="")).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationSeat.objects.create(
            person=world.celina, organisation=world.chleb, role="representative", valid_from=timezone.localdate(),
            valid_to=None,
        )  # fmt: skip


def test_v19_a_reminder_goes_once_to_holder_and_coordinators(world, django_capture_on_commit_callbacks):
    OrganisationSeat.objects.update(valid_to=timezone.localdate() + timedelta(days=5))
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_of_organisation_seats() == 1
    letters = {letter.to[0]: letter for letter in mail.outbox}
    assert set(letters) == {"ala@example.org", "bolek@example.org"}
    assert "/pl/pomorskie/register/dobry-chleb/people/" in letters["bolek@example.org"].body
    assert remind_of_organisation_seats() == 0
