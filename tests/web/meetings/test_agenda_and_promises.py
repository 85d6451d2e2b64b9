"""The agenda on the clock, and what follows from a meeting."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from osnowa.meetings.actions import remind_of_follow_ups, remind_of_meetings
from osnowa.meetings.models import Block, FollowUp
from osnowa.meetings.queries.agenda import agenda
from tests.web.meetings.gatherings import a_gathering, a_guest


@pytest.fixture
def meeting(world):
    return a_gathering(world.pomorskie)


@pytest.fixture
def bolek(world, signed_in):
    return signed_in(world.bolek)


def at(meeting, name, *words):
    return reverse(f"meetings:{name}", args=[meeting.region.slug, meeting.slug, *words])


def add(bolek, meeting, title, minutes, behind):
    return bolek.post(at(meeting, "agenda"), {"kind": "talk", "title": title, "minutes": str(minutes), "behind": str(behind)})


def clocks(meeting):
    return [(slot.block.title, slot.clock) for slot in agenda(meeting)]


def test_times_follow_from_the_beginning_and_the_minutes(bolek, meeting):
    add(bolek, meeting, "Wstęp", 15, 0)
    add(bolek, meeting, "Rozmowa", 50, 1)
    assert clocks(meeting) == [("Wstęp", "10:00–10:15"), ("Rozmowa", "10:15–11:05")]


def test_a_block_sent_twice_is_one(bolek, meeting):
    add(bolek, meeting, "Wstęp", 15, 0)
    add(bolek, meeting, "Wstęp", 15, 0)
    add(bolek, meeting, "Wstęp", 15, 1)
    assert Block.objects.count() == 2


def test_moved_twice_it_stands_where_it_was_put(bolek, meeting):
    for number, title in enumerate("ABC"):
        add(bolek, meeting, title, 10, number)
    last = Block.objects.get(title="C")
    for _twice in range(2):
        bolek.post(at(meeting, "move_block", last.pk), {"to": "0"})
    assert [title for title, _clock in clocks(meeting)] == ["C", "A", "B"]


def test_hours_pass_while_clocks_change(world):
    from datetime import UTC, datetime

    meeting = a_gathering(world.pomorskie, starts_at=datetime(2026, 10, 24, 23, 30, tzinfo=UTC), ends_at=datetime(2026, 10, 25, 3, tzinfo=UTC))
    for title in "AB":
        Block.objects.create(meeting=meeting, title=title, minutes=60)
    assert [clock for _title, clock in clocks(meeting)] == ["01:30–02:30", "02:30–02:30"]


def test_too_many_minutes_are_told(bolek, meeting):
    add(bolek, meeting, "Długo", 250, 0)
    assert "10 minutes too many" in bolek.get(at(meeting, "agenda")).content.decode()


def test_what_was_said_in_a_block_is_not_thrown_away(bolek, meeting):
    block = Block.objects.create(meeting=meeting, kind="cards", title="Karty")
    block.cards.create(text="Targ co tydzień")
    bolek.post(at(meeting, "block", block.pk), {"deed": "remove"})
    assert Block.objects.filter(pk=block.pk).exists()


def test_an_empty_block_goes(bolek, meeting):
    block = Block.objects.create(meeting=meeting, title="Karty")
    bolek.post(at(meeting, "block", block.pk), {"deed": "remove"})
    assert not Block.objects.exists()


@pytest.mark.parametrize("number", [1, 20])
def test_the_agenda_needs_few_queries(bolek, meeting, django_assert_max_num_queries, number):
    for order in range(number):
        Block.objects.create(meeting=meeting, title="Blok", order=order)
    with django_assert_max_num_queries(12):
        assert bolek.get(at(meeting, "agenda")).status_code == 200


PROMISE = {"text": "Napisać do gmin", "owner_name": "Ewa Lis", "organisation": "dobry chleb", "due_on": "2026-12-01"}


def test_a_promise_sent_twice_is_one(bolek, world, meeting):
    for _twice in range(2):
        bolek.post(at(meeting, "follow_ups"), PROMISE)
    it = FollowUp.objects.get()
    assert (it.owner_name, it.organisation, it.due_on) == ("Ewa Lis", world.chleb, date(2026, 12, 1))


def test_a_promise_is_kept_and_opened_again(bolek, meeting):
    it = FollowUp.objects.create(meeting=meeting, text="Napisać")
    for deed, done in (("done", timezone.localdate()), ("done", timezone.localdate()), ("open", None)):
        bolek.post(at(meeting, "follow_up", it.pk), {"deed": deed})
        it.refresh_from_db()
        assert it.done_on == done


def test_an_unknown_organisation_is_named(bolek, meeting):
    response = bolek.post(at(meeting, "follow_ups"), PROMISE | {"organisation": "Nikt"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["organisation"])


def test_v19_promises_are_reminded_of_before_their_day_and_once_after_it(world, meeting):
    today = timezone.localdate()
    FollowUp.objects.create(meeting=meeting, text="Napisać", due_on=today + timedelta(days=3), owner=world.edyta)
    days = [today + timedelta(days=n) for n in range(-1, 8)]
    assert [remind_of_follow_ups(today=day) for day in days] == [0, 1, 0, 0, 0, 1, 0, 0, 0]
    assert {letter.to[0] for letter in mail.outbox} == {"edyta@example.org"}


def test_without_an_account_the_coordinators_are_reminded(world, meeting):
    FollowUp.objects.create(meeting=meeting, text="Napisać", due_on=timezone.localdate(), owner_name="Ewa")
    assert remind_of_follow_ups() == 1
    assert mail.outbox[0].to == ["bolek@example.org"]
    assert f"/pl/pomorskie/meetings/{meeting.slug}/follow-ups/" in mail.outbox[0].body


def test_guests_with_a_place_are_reminded_once_two_days_before(world):
    meeting = a_gathering(world.pomorskie, starts_at=timezone.now() + timedelta(hours=40), ends_at=timezone.now() + timedelta(hours=44))
    a_guest(meeting, "Jan")
    a_guest(meeting, "Ola", state="waiting")
    far = a_gathering(world.pomorskie, slug="far")
    a_guest(far, "Ewa")
    assert [remind_of_meetings(), remind_of_meetings()] == [1, 0]
    assert [letter.to for letter in mail.outbox] == [["jan@example.org"]]
