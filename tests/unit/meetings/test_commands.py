"""`osnowa meetings`."""

import json

import pytest
from click.testing import CliRunner
from django.utils import timezone

from osnowa.cli import command_line
from osnowa.meetings.models import Series
from tests.web.meetings.gatherings import a_gathering, a_guest


@pytest.fixture
def workshop(world):
    series = Series.objects.create(region=world.pomorskie, slug="klaster", name="Klaster", planned={"workshop": 4})
    meeting = a_gathering(world.pomorskie, series=series)
    for name in ("Jan", "Ola"):
        a_guest(meeting, name, organisation=world.chleb, checked_in_at=timezone.now(), checked_in_via="list")
    return meeting


def run(*words):
    return CliRunner().invoke(command_line(), ["meetings", *words])


def test_meetings_are_listed_with_the_progress_of_their_series(workshop):
    told = json.loads(run("list", "--region", "pomorskie", "--json").output)
    assert [(it["address"], it["registered"], it["present"]) for it in told["meetings"]] == [(workshop.slug, 2, 2)]
    assert told["series"][0]["progress"] == [{"kind": "workshop", "planned": 4, "held": 0, "announced": 1, "prepared": 0, "unsaid": 0, "missing": 3}]
    assert "workshop 0 of 4 held, 3 missing" in run("list", "--region", "pomorskie").output


def test_attendance_is_counted_for_machines_and_people(workshop):
    told = json.loads(run("attendance", "--region", "pomorskie", "--series", "klaster", "--json").output)
    assert (told["participations"], told["organisations"]) == (2, 1)
    assert "2 participations, 1 organisations" in run("attendance", "--region", "pomorskie", "--meeting", workshop.slug).output


def test_what_is_not_there_is_said_in_a_line(workshop):
    reply = run("attendance", "--region", "pomorskie", "--meeting", "nothing")
    assert (reply.exit_code, reply.output.count("\n")) == (1, 1)
