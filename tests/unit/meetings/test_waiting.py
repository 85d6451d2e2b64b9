"""Laws of the waiting list, over many stories of people who register, withdraw and change their minds."""

import random

import pytest

from osnowa.kit.errors import Refused
from osnowa.meetings.actions.meetings import change_meeting
from osnowa.meetings.actions.participations import change_participation, needs_a_place, register, withdraw
from tests.web.meetings.gatherings import a_gathering


@pytest.mark.parametrize("seed", range(12))
def test_no_place_is_given_twice_and_none_stays_free_while_somebody_waits(world, seed):
    chance = random.Random(seed)
    meeting = a_gathering(world.pomorskie, capacity=chance.randint(1, 4))
    for _step in range(30):
        guests = list(meeting.participations.select_related("meeting__region"))
        what, number = chance.random(), chance.randint(0, 11)
        if what < 0.5 or not guests:
            register(by=None, meeting=meeting, email=f"{number}@example.org", is_remote=chance.random() < 0.2)
        elif what < 0.75:
            withdraw(by=None, guest=chance.choice(guests))
        elif what < 0.9:
            try:
                change_participation(by=None, guest=chance.choice(guests), is_remote=chance.random() < 0.5)
            except Refused:
                continue
        else:
            change_meeting(by=None, meeting=meeting, values={"capacity": meeting.capacity + 1})
            meeting.refresh_from_db()
        _holds(meeting)


def _holds(meeting):
    guests = list(meeting.participations.select_related("meeting"))
    seated = [it for it in guests if it.state == "registered" and needs_a_place(it)]
    waiting = [it for it in guests if it.state == "waiting" and needs_a_place(it)]
    assert len(seated) <= meeting.capacity
    assert not waiting or len(seated) == meeting.capacity
