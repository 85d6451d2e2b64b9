"""The agenda on the clock: when each block begins and ends, and whether all of it fits into the meeting."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from osnowa.meetings.models import Block, Meeting
from osnowa.meetings.queries.meetings import clock, local


@dataclass(frozen=True)
class Slot:
    """A block on the clock of the meeting."""

    block: Block
    starts_at: datetime
    ends_at: datetime

    @property
    def clock(self) -> str:
        return f"{clock(self.starts_at)}–{clock(self.ends_at)}"


def agenda(meeting: Meeting) -> list[Slot]:
    """The blocks with their times; hours pass even while clocks change, so they are added in universal time."""
    zone, moment, slots = ZoneInfo(meeting.time_zone), meeting.starts_at, []
    for block in meeting.blocks.select_related("about"):
        block.meeting = meeting
        ends = moment + timedelta(minutes=block.minutes)
        slots.append(Slot(block, moment.astimezone(zone), ends.astimezone(zone)))
        moment = ends
    return slots


@dataclass(frozen=True)
class Fit:
    """How the agenda fits: minutes planned, minutes there are, when it would end."""

    planned: int
    there_are: int
    ends: str

    @property
    def over(self) -> int:
        """Minutes too many; negative where some are left."""
        return self.planned - self.there_are

    @property
    def left(self) -> int:
        return -self.over


def fit(meeting: Meeting, slots: list[Slot]) -> Fit:
    """Whether the blocks fit between beginning and end."""
    planned = sum(slot.block.minutes for slot in slots)
    ends = local(meeting, meeting.starts_at + timedelta(minutes=planned))
    return Fit(planned, int(meeting.length.total_seconds() // 60), clock(ends))
