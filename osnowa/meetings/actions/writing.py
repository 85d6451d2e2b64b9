"""Letters about a meeting, in the language of who receives them, with the meeting for their calendar enclosed."""

import logging
from collections.abc import Iterable
from functools import partial
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from osnowa.journal import jobs
from osnowa.kit import calendars, letters
from osnowa.meetings.models import Meeting, Participation
from osnowa.meetings.queries.calendar import file_of, page_of, place_of

log = logging.getLogger(__name__)
#: The kind of background work that writes to many.
LETTERS = "meetings.letters"
#: What the calendar of who gets a letter is told; letters that are not named here enclose nothing.
_METHODS: dict[str, calendars.Method] = {
    "invitation": "REQUEST", "registered": "REQUEST", "moved_up": "REQUEST", "reminder": "REQUEST", "changed": "REQUEST",
    "cancelled": "CANCEL", "withdrawn": "CANCEL",
}  # fmt: skip

#: Letters about a change of the meeting: who has read the newest state of it needs none.
_NEWS = frozenset({"changed", "cancelled"})


def _enclosed(letter: str, guest: Participation) -> list[letters.Enclosure]:
    method = _METHODS.get(letter)
    if method is None:
        return []
    content = file_of([guest.meeting], str(guest.meeting), method, guest)
    return [letters.Enclosure("meeting.ics", content, f"{calendars.CONTENT_TYPE}; method={method}; charset=utf-8")]


def write(letter: str, guest: Participation, **words: Any) -> bool:
    """Sends `meetings/mail/<letter>.txt` to a guest who has an address; False where the mail server would not take it."""
    if not guest.email:
        return False
    language, meeting = letters.spoken(guest.language), guest.meeting
    with translation.override(language):
        enclosed = _enclosed(letter, guest)
    try:
        letters.send(
            f"meetings/mail/{letter}.txt", to=guest.email, language=language, enclosed=enclosed, guest=guest, meeting=meeting, region=meeting.region,
            where=place_of(meeting), own_page=letters.link("meetings:mine", language, token=guest.token), page=page_of(meeting, language),
            address=settings.ADDRESS.rstrip("/"), **words,
        )  # fmt: skip
    except (SMTPException, OSError) as error:
        log.warning("a letter about meeting %s was not sent", meeting.pk, exc_info=error)
        return False
    return True


def write_soon(letter: str, guest: Participation) -> None:
    """Sends the letter once the deed is done."""
    transaction.on_commit(partial(write, letter, guest))


def write_to_all(letter: str, meeting: Meeting, guests: Iterable[Participation], *, by: Any, **words: Any) -> None:
    """Sends the letter to many as background work, which holds numbers and no addresses."""
    numbers = [guest.pk for guest in guests if guest.email]
    if numbers:
        jobs.start(LETTERS, by=by, place=meeting.region.slug, letter=letter, guests=numbers, told=words)


def send_to(letter: str, guest: Participation, told: dict[str, Any]) -> bool:
    """One of many letters; what has gone out is not sent again when the work begins anew."""
    if letter in _NEWS:
        return _tell_once(letter, guest, told)
    if guest.invited_at is not None:
        return False
    sent = write(letter, guest, **told)
    if sent:
        Participation.objects.filter(pk=guest.pk).update(invited_at=timezone.now())
    return sent


def _tell_once(letter: str, guest: Participation, told: dict[str, Any]) -> bool:
    """Tells of the meeting as it stands now; true also where the guest has been told already."""
    newest = guest.meeting.changed_number
    if guest.told_number is not None and guest.told_number >= newest:
        return True
    sent = write(letter, guest, **told)
    if sent:  # noted at once: should the work die here, at most this one letter goes out twice
        Participation.objects.filter(pk=guest.pk).update(told_number=newest)
    return sent
