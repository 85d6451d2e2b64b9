"""Every letter about a meeting, in every language; and when the mail server does not answer."""

import re
from smtplib import SMTPException

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from osnowa.meetings.actions import participations
from osnowa.meetings.actions.writing import write
from osnowa.meetings.models import Participation
from tests.web.meetings.gatherings import a_gathering, a_guest

LETTERS = ("invitation", "registered", "waiting", "moved_up", "reminder", "changed", "cancelled", "withdrawn")


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_has_a_subject_when_where_and_no_markup(world, letter, language):
    guest = a_guest(a_gathering(world.pomorskie, title="Rola & cel"), "Jan", language=language)
    assert write(letter, guest, reason="")
    sent = mail.outbox[0]
    assert "Rola & cel" in sent.subject
    assert not re.search(r"&amp;|\{%|\{\{|\n{4}", sent.body)
    if letter != "withdrawn":
        assert "10:00–14:00, Europe/Warsaw (UTC+1)" in sent.body
        assert "ECS, sala 3, pl. Solidarności 1, Gdańsk" in sent.body


def test_the_link_to_join_is_kept_from_those_who_wait(world):
    write("waiting", a_guest(a_gathering(world.pomorskie), "Jan", state="waiting"))
    assert "join.example.org" not in mail.outbox[0].body


def test_who_registers_keeps_her_place_though_no_letter_goes_out(world, monkeypatch, django_capture_on_commit_callbacks):
    def refuse(*_args, **_words):
        raise SMTPException("no")

    monkeypatch.setattr("osnowa.kit.letters.send", refuse)
    with django_capture_on_commit_callbacks(execute=True):
        participations.register(by=None, meeting=a_gathering(world.pomorskie), email="jan@example.org")
    assert Participation.objects.get().state == "registered"


def test_an_invitation_that_did_not_go_out_is_known_and_can_be_sent_again(world, monkeypatch, django_capture_on_commit_callbacks):
    meeting = a_gathering(world.pomorskie)

    def refuse(*_args, **_words):
        raise SMTPException("no")

    with monkeypatch.context() as patched, django_capture_on_commit_callbacks(execute=True):
        patched.setattr("osnowa.kit.letters.send", refuse)
        participations.invite(by=world.bolek, meeting=meeting, asked=[participations.Asked("jan@example.org")])
    assert Participation.objects.get().invited_at is None
    with django_capture_on_commit_callbacks(execute=True):
        assert participations.invite_again(by=world.bolek, meeting=meeting) == 1
    assert Participation.objects.get().invited_at == timezone.now()


@pytest.mark.parametrize("deed", ["changed", "cancelled"])
def test_work_that_died_half_way_writes_to_nobody_twice(world, monkeypatch, django_capture_on_commit_callbacks, deed):
    """The worker dies after three letters; taken up again it writes to the others only, and a third run writes to nobody."""
    from osnowa.journal.models import Job
    from osnowa.kit import letters
    from osnowa.meetings.actions import meetings
    from osnowa.meetings.tasks import write_letters

    meeting = a_gathering(world.pomorskie)
    for number in range(7):
        a_guest(meeting, f"Jan{number}")
    if deed == "changed":
        meetings.change_meeting(by=world.bolek, meeting=meeting, values={"venue": "Elsewhere"})
    else:
        meetings.cancel(by=world.bolek, meeting=meeting, reason="Ice")
    words = Job.objects.get().words
    send = letters.send

    def dies(*said, **more):
        if len(mail.outbox) == 3:
            raise MemoryError
        send(*said, **more)

    with monkeypatch.context() as patched:
        patched.setattr("osnowa.kit.letters.send", dies)
        with pytest.raises(MemoryError):
            write_letters(lambda _done, _total: None, by=world.bolek, place="pomorskie", **words)
    for _time in range(2):
        write_letters(lambda _done, _total: None, by=world.bolek, place="pomorskie", **words)
    assert sorted(one.to[0] for one in mail.outbox) == [f"jan{number}@example.org" for number in range(7)]


def test_a_second_change_is_told_anew(world):
    from osnowa.journal.models import Job
    from osnowa.meetings.actions import meetings
    from osnowa.meetings.tasks import write_letters

    meeting = a_gathering(world.pomorskie)
    a_guest(meeting, "Jan")
    for place in ("Elsewhere", "Somewhere"):
        meetings.change_meeting(by=world.bolek, meeting=meeting, values={"venue": place})
        write_letters(lambda _done, _total: None, by=world.bolek, place="pomorskie", **Job.objects.latest("started_at", "pk").words)
    assert [place in one.body for one, place in zip(mail.outbox, ("Elsewhere", "Somewhere"), strict=True)] == [True, True]


def test_reminders_that_died_half_way_go_to_nobody_twice(world, monkeypatch):
    from osnowa.kit import letters
    from osnowa.meetings.actions.keeping import remind_of_follow_ups

    meeting = a_gathering(world.pomorskie)
    for owner in (world.bolek, world.edyta):
        meeting.follow_ups.create(text="List", owner=owner, due_on=timezone.localdate())
    send = letters.send

    def dies(*said, **more):
        if mail.outbox:
            raise MemoryError
        send(*said, **more)

    with monkeypatch.context() as patched:
        patched.setattr("osnowa.kit.letters.send", dies)
        with pytest.raises(MemoryError):
            remind_of_follow_ups()
    remind_of_follow_ups()
    assert len({one.to[0] for one in mail.outbox}) == len(mail.outbox) == 2


def test_work_under_way_holds_no_address(world, django_capture_on_commit_callbacks):
    from osnowa.journal.models import Job

    participations.invite(by=world.bolek, meeting=a_gathering(world.pomorskie), asked=[participations.Asked("jan@example.org", "Jan Nowak")])
    assert "jan" not in str(Job.objects.get().words).lower()
