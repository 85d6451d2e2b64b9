"""Verbs of the door: somebody came, came unannounced, or was ticked by mistake."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.kit.errors import Refused
from osnowa.kit.words import fold
from osnowa.meetings.actions.participations import fill, locked
from osnowa.meetings.models import Meeting, Participation

State, Via = Participation.State, Participation.Via
#: People may say themselves that they are there from so long before the beginning until so long after the end.
AROUND = timedelta(hours=3)


def _came(meeting: Meeting, change: int) -> dict[str, list[int]]:
    count = meeting.participations.filter(checked_in_at__isnull=False).count()
    return {"present": [count - change, count]}


@action("meetings.checked_in", says=gettext_lazy("noted who came to a meeting"))
def check_in(*, by: Any, guest: Participation, via: str) -> Deed:
    """Notes that a guest is there; a second time changes nothing. Who came without registering is counted all the same."""
    meeting = guest.meeting
    if meeting.state == Meeting.State.CANCELLED:
        raise Refused(_("This meeting was cancelled."))
    fresh = Participation.objects.filter(pk=guest.pk, checked_in_at__isnull=True)
    if not fresh.update(checked_in_at=timezone.now(), checked_in_via=via):
        return Deed(meeting, {}, value=guest)
    guest.refresh_from_db()
    guest.meeting = meeting
    return Deed(meeting, _came(meeting, 1), place=meeting.region.slug, value=guest)


@action("meetings.check_in_undone", says=gettext_lazy("took a mark at the door back"))
def undo_check_in(*, by: Any, guest: Participation) -> Deed:
    """Takes back that a guest was there."""
    meeting = guest.meeting
    if not Participation.objects.filter(pk=guest.pk, checked_in_at__isnull=False).update(checked_in_at=None, checked_in_via=""):
        return Deed(meeting, {}, value=guest)
    return Deed(meeting, _came(meeting, -1), place=meeting.region.slug, value=guest)


@action("meetings.came_unannounced", says=gettext_lazy("noted who came to a meeting unannounced"))
def add_present(*, by: Any, meeting: Meeting, via: str, email: str = "", **words: Any) -> Deed:
    """Notes somebody who was not on the list as present; the same name of the same organisation twice is one person."""
    held = locked(meeting)
    if held.state == Meeting.State.CANCELLED:
        raise Refused(_("This meeting was cancelled."))
    guest = _same(held, email.lower(), words) or Participation(email=email.lower(), state=State.REGISTERED, registered_at=timezone.now())
    guest.meeting = held
    if guest.checked_in_at is not None:
        return Deed(held, {}, value=guest)
    if not guest.pk:
        fill(guest, words)
    guest.checked_in_at, guest.checked_in_via = timezone.now(), via
    guest.save()
    return Deed(held, _came(held, 1), place=held.region.slug, value=guest)


def _same(meeting: Meeting, email: str, words: dict[str, Any]) -> Participation | None:
    """The row of the same address, else of the same name and organisation."""
    if email and (found := meeting.participations.filter(email=email).select_related("organisation").first()):
        return found
    name, body = fold(words.get("person_name", "")), fold(str(words.get("organisation") or words.get("organisation_name", "")))
    if not name:
        return None
    rows = meeting.participations.exclude(person_name="").select_related("organisation")
    return next((row for row in rows if fold(row.person_name) == name and fold(row.of_organisation) == body), None)


def is_time_to_arrive(meeting: Meeting) -> bool:
    """Whether people may say themselves that they are there."""
    now = timezone.now()
    return meeting.state in (Meeting.State.ANNOUNCED, Meeting.State.HELD) and meeting.starts_at - AROUND <= now <= meeting.ends_at + AROUND


def _refuse_other_days(meeting: Meeting) -> None:
    if not is_time_to_arrive(meeting):
        raise Refused(_("People can say that they are there from three hours before the meeting until three hours after it."))


def arrive_by_link(*, by: Any, guest: Participation) -> Participation:
    """A guest who knows the word of the wall says with the link of her own letter that she is there, in the room or online."""
    _refuse_other_days(guest.meeting)
    there: Participation = check_in(by=by, guest=guest, via=Via.ONLINE if guest.is_remote or not guest.meeting.venue else Via.QR)
    return there


def arrive(*, by: Any, meeting: Meeting, email: str = "", **words: Any) -> Participation:
    """Somebody says with the word of the wall that she is there."""
    _refuse_other_days(meeting)
    guest: Participation = add_present(by=by, meeting=meeting, via=Via.QR if meeting.venue else Via.ONLINE, email=email, **words)
    return guest
