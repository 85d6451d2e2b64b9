"""Meetings as events of a calendar file, and one as schema.org knows events."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language

from osnowa.kit import calendars, letters
from osnowa.meetings.models import Meeting, Participation
from osnowa.meetings.queries.meetings import local
from osnowa.places.models import Region
from osnowa.register.models import Visibility

State = Meeting.State


def page_of(meeting: Meeting, language: str = "") -> str:
    """The whole address of a meeting's page."""
    return letters.link("meetings:meeting", language or get_language() or "en", region=meeting.region.slug, slug=meeting.slug)


def place_of(meeting: Meeting) -> str:
    """Where it is, in one line."""
    where = ", ".join(part for part in (meeting.venue, meeting.address) if part)
    return where or meeting.link


def event_of(meeting: Meeting, guest: Participation | None = None) -> calendars.Event:
    """A meeting as an event. The link to join stands in it for guests only: what everybody reads would let everybody in."""
    link = meeting.link if guest else ""
    page = letters.link("meetings:mine", guest.language, token=guest.token) if guest else page_of(meeting)
    about = "\n\n".join(part for part in (meeting.about, link, page) if part)
    email = meeting.region.coordinator_email or settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].rstrip(">")
    return calendars.Event(
        uid=str(meeting.uid), title=meeting.title, starts_at=meeting.starts_at, ends_at=meeting.ends_at, zone=meeting.time_zone,
        sequence=meeting.changed_number, is_cancelled=meeting.state == State.CANCELLED, about=about,
        place=", ".join(part for part in (meeting.venue, meeting.address) if part) or link,
        url=page_of(meeting, guest.language if guest else ""),
        organiser=meeting.region.coordinator_name or str(meeting.region), organiser_email=email,
        attendee_email=guest.email if guest else "",
    )  # fmt: skip


def file_of(meetings: Iterable[Meeting], name: str, method: calendars.Method = "PUBLISH", guest: Participation | None = None) -> bytes:
    """Meetings as a file of calendars."""
    return calendars.calendar([event_of(it, guest) for it in meetings], name=name, stamped_at=timezone.now(), method=method)


def public_of(region: Region) -> list[Meeting]:
    """The meetings of a region that everybody may know of, cancelled ones too, so that calendars take them out."""
    found = Meeting.objects.filter(region=region, visibility=Visibility.PUBLIC).exclude(state=State.DRAFT)
    return list(found.select_related("region").order_by("starts_at", "pk"))


_STATES = {State.CANCELLED.value: "https://schema.org/EventCancelled"}


def as_schema_org(meeting: Meeting) -> dict[str, Any]:
    """A public meeting as schema.org Event."""
    place: list[dict[str, Any]] = []
    if meeting.venue or meeting.address:
        place.append({"@type": "Place", "name": meeting.venue or meeting.address, "address": meeting.address or meeting.venue})
    if meeting.link:
        place.append({"@type": "VirtualLocation", "url": page_of(meeting)})
    mode = "Mixed" if len(place) == 2 else "Online" if meeting.link else "Offline"
    return {
        "@context": "https://schema.org", "@type": "Event", "@id": page_of(meeting), "url": page_of(meeting), "identifier": str(meeting.uid), "name": meeting.title,
        "description": meeting.about, "startDate": local(meeting, meeting.starts_at).isoformat(), "endDate": local(meeting, meeting.ends_at).isoformat(),
        "eventStatus": _STATES.get(meeting.state, "https://schema.org/EventScheduled"),
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode", "inLanguage": meeting.languages, "isAccessibleForFree": True,
        "location": place, "organizer": {"@type": "Organization", "name": meeting.region.coordinator_name or str(meeting.region)},
        **({"maximumAttendeeCapacity": meeting.capacity} if meeting.capacity else {}),
    }  # fmt: skip
