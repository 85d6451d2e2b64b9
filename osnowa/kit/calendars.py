"""Calendars as files (RFC 5545): events with their time zones, told, asked for or cancelled. The door of icalendar."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from icalendar import Calendar, vCalAddress, vText
from icalendar import Event as _Component

#: What a file wants of who gets it: know of it, say whether she comes, take it out again.
Method = Literal["PUBLISH", "REQUEST", "CANCEL"]
CONTENT_TYPE = "text/calendar"
_MAKER = "-//Osnowa//Meetings//EN"
#: Rules of a time zone are written for so long around the events.
_AROUND = timedelta(days=400)


@dataclass(frozen=True)
class Event:
    """Something with a beginning and an end in a time zone; `sequence` grows with every change of it."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    sequence: int
    is_cancelled: bool = False
    about: str = ""
    place: str = ""
    url: str = ""
    organiser: str = ""
    organiser_email: str = ""
    attendee_email: str = ""


def calendar(events: Sequence[Event], *, name: str, stamped_at: datetime, method: Method = "PUBLISH") -> bytes:
    """The events as one file; every time stands in its own zone, whose rules are written beside it."""
    made = Calendar()
    made.add("prodid", _MAKER)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", method)
    if method == "PUBLISH":
        made.add("x-wr-calname", name)
        made.add("refresh-interval;value=duration", "PT6H")
    for event in events:
        made.add_component(_component(event, method, stamped_at))
    if events:
        made.add_missing_timezones((min(it.starts_at for it in events) - _AROUND).date(), (max(it.ends_at for it in events) + _AROUND).date())
    content: bytes = made.to_ical()
    return content


def _component(it: Event, method: Method, stamped_at: datetime) -> _Component:
    zone, made = ZoneInfo(it.zone), _Component()
    made.add("uid", it.uid)
    made.add("dtstamp", stamped_at.astimezone(ZoneInfo("UTC")))
    made.add("sequence", it.sequence)
    made.add("summary", it.title)
    made.add("dtstart", it.starts_at.astimezone(zone))
    made.add("dtend", it.ends_at.astimezone(zone))
    made.add("status", "CANCELLED" if it.is_cancelled or method == "CANCEL" else "CONFIRMED")
    for word, value in (("description", it.about), ("location", it.place), ("url", it.url)):
        if value:
            made.add(word, value)
    if it.organiser_email:
        made.add("organizer", _address(it.organiser_email, it.organiser))
    if it.attendee_email and method != "PUBLISH":
        made.add("attendee", _address(it.attendee_email, ""))
    return made


def _address(email: str, name: str) -> vCalAddress:
    made = vCalAddress(f"mailto:{email}")
    if name:
        made.params["CN"] = vText(name)
    return made
