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


def test_work_under_way_holds_no_address(world, django_capture_on_commit_callbacks):
    from osnowa.journal.models import Job

    participations.invite(by=world.bolek, meeting=a_gathering(world.pomorskie), asked=[participations.Asked("jan@example.org", "Jan Nowak")])
    assert "jan" not in str(Job.objects.get().words).lower()
