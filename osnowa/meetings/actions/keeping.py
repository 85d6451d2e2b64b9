"""What is done every day: guests are reminded, promises are reminded of, names are erased when their keeping ends."""

import logging
from datetime import date, timedelta
from smtplib import SMTPException
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.kit import letters
from osnowa.meetings.actions.writing import write
from osnowa.meetings.models import FollowUp, Meeting, Participation
from osnowa.people.actions import at_erasure
from osnowa.people.models import Person
from osnowa.register.actions.reminders import coordinators

log = logging.getLogger(__name__)
#: Guests are reminded so long before a meeting, of what they promised so long before its day.
BEFORE_MEETINGS = timedelta(days=2)
BEFORE_DUE = timedelta(days=3)


def remind_of_meetings(*, by: Any = None) -> int:
    """Reminds everybody who has a place of a meeting that begins within two days, once; returns how many letters went out."""
    now = timezone.now()
    soon = Participation.objects.filter(
        meeting__state=Meeting.State.ANNOUNCED, meeting__starts_at__gt=now, meeting__starts_at__lte=now + BEFORE_MEETINGS,
        state=Participation.State.REGISTERED, reminded_at=None,
    ).exclude(email="")  # fmt: skip
    sent = 0
    for guest in soon.select_related("meeting__region", "organisation"):
        if write("reminder", guest):
            sent += Participation.objects.filter(pk=guest.pk).update(reminded_at=now)
    return sent


def remind_of_follow_ups(*, by: Any = None, today: date | None = None) -> int:
    """Reminds of promises three days before their day and once when it has passed; returns of how many.

    The letter goes to the person who promised, where she has an account, else to the coordinators of the region.
    """
    day = today or timezone.localdate()
    open_ones = FollowUp.objects.filter(done_on=None, due_on__lte=day + BEFORE_DUE).exclude(meeting__state=Meeting.State.CANCELLED)
    due = [it for it in open_ones.select_related("meeting__region", "owner", "organisation") if _is_to_remind(it, day)]
    readers: dict[Person, list[FollowUp]] = {}
    for it in due:
        for person in _readers(it, day):
            readers.setdefault(person, []).append(it)
    reached: set[int] = set()
    for person, items in readers.items():
        if _tell(person, items, day):
            numbers = {it.pk for it in items}
            FollowUp.objects.filter(pk__in=numbers).update(reminded_on=day)  # at once: whoever was reminded is not again, should this end here
            reached |= numbers
    return len(reached)


def _is_to_remind(it: FollowUp, day: date) -> bool:
    assert it.due_on is not None, "only what has a day"
    begins = it.due_on - BEFORE_DUE if day <= it.due_on else it.due_on + timedelta(days=1)
    return it.reminded_on is None or it.reminded_on < begins


def _readers(it: FollowUp, day: date) -> list[Person]:
    return [it.owner] if it.owner and it.owner.is_active else coordinators(it.meeting.region, day)


def _tell(person: Person, items: list[FollowUp], day: date) -> bool:
    lines = [
        {"it": it, "is_late": it.due_on < day, "page": letters.link("meetings:follow_ups", person.language, region=it.meeting.region.slug, slug=it.meeting.slug)}
        for it in items if it.due_on
    ]  # fmt: skip
    try:
        letters.send("meetings/mail/follow_ups.txt", to=person.email, language=person.language, person=person, lines=lines, count=len(lines))
    except (SMTPException, OSError) as error:
        log.warning("a reminder of follow-ups was not sent", exc_info=error)
        return False
    return True


#: What a row says of a person, and what it says once that is gone.
_PERSONAL: dict[str, Any] = {"person_name": "", "email": "", "needs": ""}


@action("meetings.names_erased", says=gettext_lazy("erased the names of those who came to a meeting"))
def erase_names(*, by: Any, meeting: Meeting, today: date) -> Deed:
    """Erases names, addresses and needs of a meeting's guests, and who did what is done; counts stay as evidence."""
    rows = meeting.participations.filter(erased_on=None).filter(~Q(person_name="") | ~Q(email="") | ~Q(needs=""))
    count = rows.update(**_PERSONAL, erased_on=today)
    meeting.participations.filter(erased_on=None).update(erased_on=today)
    owners = meeting.follow_ups.exclude(owner_name="").exclude(done_on=None).update(owner_name="")
    return Deed(meeting, {"names": [count + owners, 0]} if count + owners else {}, place=meeting.region.slug, value=count)


def erase_participants(*, by: Any = None, today: date | None = None) -> int:
    """Erases the names at meetings whose keeping has ended; returns of how many people. Safe to run every day."""
    day = today or timezone.localdate()
    guests = Q(participations__erased_on=None, participations__isnull=False)
    kept_promises = Q(follow_ups__done_on__isnull=False) & ~Q(follow_ups__owner_name="")
    ended = Meeting.objects.filter(guests | kept_promises, keep_until__lt=day).distinct()
    return sum(erase_names(by=by, meeting=meeting, today=day) for meeting in ended.select_related("region"))


@at_erasure
def forget_participations(person: Person) -> None:
    """Takes the name and address of an erased person off the lists of meetings."""
    Participation.objects.filter(email__iexact=person.email).update(**_PERSONAL, erased_on=timezone.localdate())
