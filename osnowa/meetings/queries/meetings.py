"""Reads of meetings: which are to come and which were, when in their own time zone, how many places are left."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osnowa.meetings import access
from osnowa.meetings.models import LETTERS, Meeting, Participation
from osnowa.places.access import Anyone
from osnowa.places.models import Region

State = Meeting.State
#: Somebody who takes part from afar needs no chair, unless the meeting has none at all.
TAKES_A_PLACE = Q(participations__state=Participation.State.REGISTERED) & (Q(participations__is_remote=False) | Q(venue=""))


def local(meeting: Meeting, moment: datetime) -> datetime:
    """A moment as the clock shows it where the meeting is."""
    return moment.astimezone(ZoneInfo(meeting.time_zone))


def door_word(meeting: Meeting) -> str:
    """Four letters that stand at the door and on the wall and nowhere else: who knows them is, or was, in the room.

    The code of the board does not prove this: on the day it stands on the meeting's page.
    """
    digest = salted_hmac("osnowa.meetings.door", str(meeting.uid), algorithm="sha256").digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:4])


def clock(moment: datetime) -> str:
    """An hour of the day as agendas write it."""
    return date_format(moment, "H:i")


def when(meeting: Meeting) -> str:
    """Day and hours of a meeting in its own time zone, with the zone's name."""
    begins, ends = local(meeting, meeting.starts_at), local(meeting, meeting.ends_at)
    words = {"day": date_format(begins, "DATE_FORMAT"), "from": clock(begins), "until": clock(ends), "zone": zone_words(meeting)}
    if begins.date() == ends.date():
        return _("%(day)s, %(from)s–%(until)s, %(zone)s") % words
    return _("%(day)s, %(from)s – %(last)s, %(until)s, %(zone)s") % {**words, "last": date_format(ends, "DATE_FORMAT")}


def zone_words(meeting: Meeting) -> str:
    """The time zone of a meeting on its day, such as Europe/Warsaw (UTC+1)."""
    offset = local(meeting, meeting.starts_at).utcoffset()
    minutes = int(offset.total_seconds() // 60) if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes >= 0 else "−"
    return f"{meeting.time_zone} (UTC{sign}{hours}{f':{rest:02}' if rest else ''})"


def counted(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """The meetings with `registered`, `waiting`, `taken` (places of the room) and `present`."""
    of = Participation.State
    return meetings.annotate(
        registered=Count("participations", filter=Q(participations__state=of.REGISTERED)),
        waiting=Count("participations", filter=Q(participations__state=of.WAITING)),
        taken=Count("participations", filter=TAKES_A_PLACE),
        present=Count("participations", filter=Q(participations__checked_in_at__isnull=False)),
    )


def coming(person: Anyone, region: Region, most: int | None = None) -> list[Meeting]:
    """The meetings that are not over and not cancelled, the next first."""
    found = access.visible(person, region).exclude(state__in=(State.CANCELLED, State.HELD)).filter(ends_at__gt=timezone.now())
    return list(found.select_related("series", "region").order_by("starts_at", "pk")[:most])


def past(person: Anyone, region: Region) -> QuerySet[Meeting]:
    """The meetings that are over, held or cancelled, the latest first."""
    over = Q(ends_at__lte=timezone.now()) | Q(state__in=(State.CANCELLED, State.HELD))
    return counted(access.visible(person, region).filter(over).select_related("series")).order_by("-starts_at", "pk")


def taken(meeting: Meeting) -> int:
    """How many places of the room are given away."""
    rows = meeting.participations.filter(state=Participation.State.REGISTERED)
    return (rows.filter(is_remote=False) if meeting.venue else rows).count()


def is_full(meeting: Meeting) -> bool:
    """Whether nobody more fits into the room."""
    return meeting.capacity is not None and taken(meeting) >= meeting.capacity


@dataclass(frozen=True)
class Places:
    """What somebody who thinks of coming wants to know."""

    capacity: int | None
    taken: int
    waiting: int

    @property
    def free(self) -> int | None:
        return None if self.capacity is None else max(self.capacity - self.taken, 0)


def places_of(meeting: Meeting) -> Places:
    """The places of a meeting, given and free."""
    waiting = meeting.participations.filter(state=Participation.State.WAITING).count()
    return Places(meeting.capacity, taken(meeting), waiting)


def why_closed(meeting: Meeting) -> str:
    """Why nobody can register now; empty where one can."""
    if meeting.state == State.CANCELLED:
        return _("This meeting was cancelled.")
    if meeting.state == State.DRAFT:
        return _("This meeting is not announced yet.")
    if meeting.state == State.HELD or meeting.ends_at <= timezone.now():
        return _("This meeting is over.")
    if meeting.registers_until and meeting.registers_until < timezone.now():
        return _("Registration ended on %(day)s.") % {"day": date_format(local(meeting, meeting.registers_until), "SHORT_DATETIME_FORMAT")}
    return ""


def has_begun(meeting: Meeting) -> bool:
    """Whether a meeting has begun, so that one may say that it was held."""
    return meeting.starts_at <= timezone.now()
