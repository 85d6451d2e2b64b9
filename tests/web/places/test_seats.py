"""The people of a region: seats given, prolonged, ended, reminded of."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.people.models import Invitation, Person
from osnowa.places.actions import end_region_seat, give_region_seat, prolong_region_seat, remind_of_region_seats
from osnowa.places.models import RegionSeat
from tests.world import seat

PAGE = "/en/pomorskie/people/"


def words(**more):
    today = timezone.localdate()
    return {
        "email": "nina@example.org", "name": "Nina", "language": "pl", "role": "editor", "basis": "resolution",
        "valid_from": today.isoformat(), "valid_to": (today + timedelta(days=365)).isoformat(), **more,
    }  # fmt: skip


def of(person):
    return RegionSeat.objects.get(person=person)


def at(it):
    return f"{PAGE}{it.pk}/"


@pytest.mark.parametrize(
    ("who", "status"),
    [("bolek", 200), ("darek", 200), ("edyta", 403), ("rafal", 403), ("olga", 403), ("ala", 403), ("celina", 403), ("maja", 403)],
)
def test_only_coordinators_and_the_operator_come_in(world, signed_in, who, status):
    client = signed_in(getattr(world, who))
    assert client.get(PAGE).status_code == status
    assert client.get(at(of(world.edyta))).status_code == status


def test_who_is_not_signed_in_is_asked_to(client, world):
    assert client.get(PAGE)["Location"].startswith("/en/account/login/")


def test_a_seat_of_another_region_is_not_found_here(world, signed_in):
    assert signed_in(world.bolek).get(at(of(world.maja))).status_code == 404


def test_the_page_lists_all_seats_with_their_state(world, signed_in, django_assert_max_num_queries):
    RegionSeat.objects.filter(person=world.olga).update(valid_to=timezone.localdate() + timedelta(days=20))
    bolek = signed_in(world.bolek)
    with django_assert_max_num_queries(12):
        text = bolek.get(PAGE).content.decode()
    for person in (world.bolek, world.edyta, world.rafal, world.olga):
        assert person.email in text
    assert world.maja.email not in text
    assert "ends soon" in text


def test_a_seat_for_a_stranger_invites_her(world, signed_in, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert signed_in(world.bolek).post(PAGE, words()).status_code == 302
    nina = Person.objects.get(email="nina@example.org")
    assert (of(nina).role, of(nina).basis) == ("editor", "resolution")
    assert [letter.to for letter in mail.outbox] == [["nina@example.org"]]
    assert Invitation.objects.get().token in mail.outbox[0].body
    assert "invited" in signed_in(world.bolek).get(PAGE).content.decode()


def test_a_seat_for_somebody_with_an_account_tells_her(world, signed_in, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(world.bolek).post(PAGE, words(email="celina@example.org"))
    [letter] = mail.outbox
    assert letter.to == ["celina@example.org"]
    assert "Pomorskie" in letter.subject
    assert not Invitation.objects.exists()


def test_the_same_seat_twice_is_refused_in_the_form(world, signed_in):
    answer = signed_in(world.bolek).post(PAGE, words(email="edyta@example.org"))
    assert answer.status_code == 422
    assert "has this seat already" in answer.content.decode()


def test_a_seat_whose_time_was_over_can_be_given_anew(world):
    today = timezone.localdate()
    RegionSeat.objects.filter(person=world.edyta).update(valid_to=today - timedelta(days=1))
    give_region_seat(
        by=world.bolek, region=world.pomorskie, email="edyta@example.org", role="editor", valid_from=today,
        valid_to=today + timedelta(days=90),
    )  # fmt: skip
    assert sorted(it.state for it in RegionSeat.objects.filter(person=world.edyta)) == ["ended", "holding"]


def test_v19_a_seat_must_end(world, signed_in):
    answer = signed_in(world.bolek).post(PAGE, words(valid_to=""))
    assert answer.status_code == 422
    assert not Person.objects.filter(email="nina@example.org").exists()
    today = timezone.localdate()
    facts = {"person": world.celina, "region": world.pomorskie, "role": "editor", "valid_from": today}
    with pytest.raises(IntegrityError), transaction.atomic():
        RegionSeat.objects.create(**facts, valid_to=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        RegionSeat.objects.create(**facts, valid_to=today - timedelta(days=1))
    with pytest.raises(Refused):
        prolong_region_seat(by=world.bolek, seat=of(world.edyta), valid_to=today + timedelta(days=9999))


def test_v18_a_personal_number_is_refused_in_the_reason(world, signed_in):
    answer = signed_in(world.bolek).post(at(of(world.olga)), {"deed": "end", "end-reason": "PESEL 44051401359"})
    assert answer.status_code == 422
    assert of(world.olga).state == "holding"


def test_v19_a_reminder_goes_once_to_holder_and_coordinators(world, django_capture_on_commit_callbacks):
    today = timezone.localdate()
    RegionSeat.objects.filter(person=world.olga).update(valid_to=today + timedelta(days=30))
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_of_region_seats() == 1
    assert sorted(letter.to[0] for letter in mail.outbox) == ["bolek@example.org", "olga@example.org"]
    assert of(world.olga).reminded_on == today
    with django_capture_on_commit_callbacks(execute=True):
        assert remind_of_region_seats() == 0
    assert len(mail.outbox) == 2
    assert Entry.objects.get(deed="places.seat_reminded").via == "web"


def test_v19_a_prolonged_seat_is_reminded_of_anew(world):
    soon = timezone.localdate() + timedelta(days=10)
    RegionSeat.objects.filter(person=world.olga).update(valid_to=soon)
    assert remind_of_region_seats() == 1
    prolong_region_seat(by=world.bolek, seat=of(world.olga), valid_to=soon + timedelta(days=5))
    assert remind_of_region_seats() == 1


def test_a_seat_that_ends_later_or_has_ended_is_not_reminded_of(world):
    today = timezone.localdate()
    RegionSeat.objects.filter(person=world.olga).update(valid_to=today + timedelta(days=31))
    RegionSeat.objects.filter(person=world.rafal).update(valid_to=today + timedelta(days=3), ended_reason="left")
    assert remind_of_region_seats() == 0


def test_a_seat_is_prolonged(world, signed_in):
    later = timezone.localdate() + timedelta(days=700)
    signed_in(world.bolek).post(at(of(world.edyta)), {"deed": "prolong", "prolong-valid_to": later.isoformat()})
    assert of(world.edyta).valid_to == later


def test_to_prolong_is_to_give_a_later_day(world, signed_in):
    """The form proposes a year after the present end; an earlier day is what the other form is for."""
    bolek, it = signed_in(world.bolek), of(world.edyta)
    form = bolek.get(at(it)).context["prolong"]
    assert form["valid_to"].value() == it.valid_to + timedelta(days=365)
    earlier = (it.valid_to - timedelta(days=1)).isoformat()
    answer = bolek.post(at(it), {"deed": "prolong", "prolong-valid_to": earlier})
    assert answer.status_code == 422
    assert "The seat lasts until" in answer.content.decode()
    assert of(world.edyta).valid_to == it.valid_to


def test_the_proposed_end_is_one_the_rules_take(world):
    today, it = timezone.localdate(), of(world.edyta)
    it.valid_to = today + timedelta(days=4 * 366 + 300)
    assert it.longer == today + it.LONGEST
    it.valid_to = today - timedelta(days=9)
    assert it.longer == today + timedelta(days=365)


def test_a_seat_ends_with_a_reason_and_its_rights_end_with_it(world, signed_in):
    bolek, edyta = signed_in(world.bolek), signed_in(world.edyta)
    assert edyta.get("/en/pomorskie/journal/").status_code == 200
    assert bolek.post(at(of(world.edyta)), {"deed": "end", "end-reason": ""}).status_code == 422
    assert bolek.post(at(of(world.edyta)), {"deed": "end", "end-reason": "New post"}).status_code == 302
    assert (of(world.edyta).state, of(world.edyta).ended_reason) == ("ended", "New post")
    assert edyta.get("/en/pomorskie/journal/").status_code == 403
    entry = Entry.objects.get(deed="places.seat_ended")
    assert entry.thing_label == "editor, Pomorskie"
    assert "New post" not in f"{entry.changes}{entry.reason}", "a reason may speak of a person"


def test_a_coordinator_cannot_end_her_own_last_coordinator_seat(world, signed_in):
    bolek = signed_in(world.bolek)
    answer = bolek.post(at(of(world.bolek)), {"deed": "end", "end-reason": "Tired"})
    assert answer.status_code == 422
    assert "no coordinator" in answer.content.decode()
    seat(world.edyta, world.pomorskie, "coordinator")
    assert bolek.post(at(of(world.bolek)), {"deed": "end", "end-reason": "Tired"}).status_code == 302


def test_somebody_invited_who_never_came_does_not_count_as_coordinator(world):
    today = timezone.localdate()
    give_region_seat(
        by=world.bolek, region=world.pomorskie, email="nina@example.org", role="coordinator", valid_from=today,
        valid_to=today + timedelta(days=90),
    )  # fmt: skip
    with pytest.raises(Refused):
        end_region_seat(by=world.bolek, seat=of(world.bolek), reason="Tired")
    end_region_seat(by=world.darek, seat=of(world.bolek), reason="The operator may")


def test_an_invitation_is_sent_again(world, signed_in, django_capture_on_commit_callbacks):
    bolek = signed_in(world.bolek)
    bolek.post(PAGE, words())
    nina = Person.objects.get(email="nina@example.org")
    assert "Send the invitation again" in bolek.get(at(of(nina))).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        bolek.post(at(of(nina)), {"deed": "send_again"})
    assert mail.outbox[-1].to == ["nina@example.org"]


def test_the_journal_names_role_and_region_never_a_person(world, signed_in):
    signed_in(world.bolek).post(PAGE, words())
    entry = Entry.objects.get(deed="places.seat_given")
    assert (entry.thing_label, entry.place, entry.by) == ("editor, Pomorskie", "pomorskie", world.bolek)
    assert "nina" not in str(entry.changes).lower()
