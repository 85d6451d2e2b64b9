"""Verbs of who comes: register, wait, move up, change, withdraw, be invited. The journal counts and names nobody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.kit.errors import Refused
from osnowa.meetings.actions.writing import write_soon, write_to_all
from osnowa.meetings.models import Meeting, Participation
from osnowa.meetings.queries.meetings import is_full, taken, why_closed
from osnowa.register.models import Organisation

State = Participation.State
#: What a guest says of herself.
FIELDS = ("person_name", "organisation", "organisation_name", "sector", "country", "language", "needs", "is_remote")
#: An invitation is not repeated within so long.
AGAIN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Asked:
    """Somebody to be invited."""

    email: str
    person_name: str = ""
    language: str = ""
    organisation: Organisation | None = None


def locked(meeting: Meeting) -> Meeting:
    """The meeting as it stands, held until the transaction ends, so that two cannot take the last place."""
    found = Meeting.objects.select_for_update().get(pk=meeting.pk)
    found.region = meeting.region
    return found


def needs_a_place(guest: Participation) -> bool:
    """Whether somebody sits in the room; where there is no room, places are counted all the same."""
    return not (guest.is_remote and guest.meeting.venue)


def _changed(meeting: Meeting, what: str, before: int, after: int, **more: Any) -> Deed:
    return Deed(meeting, {what: [before, after]}, place=meeting.region.slug, **more)


def fill(guest: Participation, words: dict[str, Any]) -> None:
    """Writes into the row what somebody said; sector and country of an organisation of the register come with it."""
    for name in FIELDS:
        if name in words:
            setattr(guest, name, words[name])
    known = guest.organisation
    if known is not None:
        guest.organisation_name = ""
        guest.sector, guest.country = guest.sector or known.sector, guest.country or known.country


@action("meetings.registered", says=gettext_lazy("registered for a meeting"))
def register(*, by: Any, meeting: Meeting, email: str, **words: Any) -> Deed:
    """Gives a place, or one on the waiting list. Who is registered already, or there, stays as she is and gets her letter again."""
    held = locked(meeting)
    if reason := why_closed(held):
        raise Refused(reason)
    if not email:
        raise Refused(_("Give an e-mail address: the letter with your place goes there."))
    guest = held.participations.filter(email=email.lower()).first() or Participation(email=email.lower())
    guest.meeting = held
    if guest.pk and (guest.checked_in_at is not None or guest.state in (State.REGISTERED, State.WAITING)):
        write_soon("waiting" if guest.state == State.WAITING else "registered", guest)
        return Deed(held, {}, value=guest)
    fill(guest, words)
    guest.state, guest.registered_at = _state_for(guest), timezone.now()
    guest.save()
    write_soon("waiting" if guest.state == State.WAITING else "registered", guest)
    count = held.participations.filter(state=guest.state).count()
    return _changed(held, guest.state, count - 1, count, value=guest)


def come(*, by: Any, guest: Participation, **words: Any) -> Participation:
    """Who was invited, or gave her place back, says with the link of her own letter that she comes."""
    _refuse_who_is_there(guest)
    there: Participation = register(by=by, meeting=guest.meeting, email=guest.email, **words)
    return there


def _refuse_who_is_there(guest: Participation) -> None:
    if guest.checked_in_at is not None:
        raise Refused(_("Whoever is noted as present can no longer answer or cancel. Who leads the meeting can take a wrong mark back."))


def _state_for(guest: Participation) -> str:
    """Registered where there is a place and nobody waits for it already."""
    held = guest.meeting
    queue = held.participations.filter(state=State.WAITING).exclude(pk=guest.pk)
    queues = (queue.filter(is_remote=False) if held.venue else queue).exists()
    return State.WAITING if needs_a_place(guest) and (is_full(held) or queues) else State.REGISTERED


def move_up(meeting: Meeting) -> list[Participation]:
    """Gives free places to those who wait, in the order in which they registered, and writes to them."""
    if why_over(meeting):
        return []
    free = None if meeting.capacity is None else meeting.capacity - taken(meeting)
    moved = []
    for guest in meeting.participations.filter(state=State.WAITING).select_related("organisation").order_by("registered_at", "pk"):
        guest.meeting = meeting
        if needs_a_place(guest):
            if free is not None and free <= 0:
                continue
            free = None if free is None else free - 1
        guest.state = State.REGISTERED
        guest.save(update_fields=["state"])
        write_soon("moved_up", guest)
        moved.append(guest)
    return moved


def why_over(meeting: Meeting) -> str:
    """Why nothing about who comes can change any more; empty where it can."""
    if meeting.state == Meeting.State.CANCELLED:
        return _("This meeting was cancelled.")
    return _("This meeting is over.") if meeting.ends_at <= timezone.now() else ""


@action("meetings.withdrawn", says=gettext_lazy("gave a place at a meeting back"))
def withdraw(*, by: Any, guest: Participation) -> Deed:
    """Says that somebody cannot come; whoever waits longest gets the place."""
    held = guest.meeting = locked(guest.meeting)
    guest.refresh_from_db(fields=["state", "checked_in_at"])
    _refuse_who_is_there(guest)
    if guest.state == State.DECLINED:
        return Deed(held, {}, value=guest)
    if reason := why_over(held):
        raise Refused(reason)
    before, guest.state = guest.state, State.DECLINED
    guest.save(update_fields=["state"])
    if before != State.INVITED:
        write_soon("withdrawn", guest)
    moved = move_up(held)
    changes = {"declined": [None, 1], **({"moved_up": [None, len(moved)]} if moved else {})}
    return Deed(held, changes, place=held.region.slug, value=guest)


@action("meetings.participation_changed", says=gettext_lazy("changed what was said for a meeting"))
def change_participation(*, by: Any, guest: Participation, **words: Any) -> Deed:
    """Changes what a guest says of herself. Who took part from afar gets a chair only where one is free."""
    held = guest.meeting = locked(guest.meeting)
    if reason := why_over(held):
        raise Refused(reason)
    before = {name: getattr(guest, f"{name}_id" if name == "organisation" else name) for name in FIELDS}
    had_place = needs_a_place(guest)
    fill(guest, words)
    if guest.state == State.REGISTERED and needs_a_place(guest) and not had_place and is_full(held):
        raise Refused(_("No place in the room is free. You can take part online, as before."))
    guest.save()
    after = {name: getattr(guest, f"{name}_id" if name == "organisation" else name) for name in FIELDS}
    moved = move_up(held)
    changed = sorted(name for name in FIELDS if before[name] != after[name])
    changes = {"participation": [None, changed]} if changed else {}
    return Deed(held, changes | ({"moved_up": [None, len(moved)]} if moved else {}), place=held.region.slug, value=guest)


@action("meetings.invited", says=gettext_lazy("invited to a meeting"))
def invite(*, by: Any, meeting: Meeting, asked: Iterable[Asked]) -> Deed:
    """Invites those who are not on the list yet and writes to them; returns how many."""
    held = locked(meeting)
    if held.state != Meeting.State.ANNOUNCED or (reason := why_over(held)):
        raise Refused(reason if held.state == Meeting.State.ANNOUNCED else _("Announce the meeting first: invitations lead to its page."))
    there = set(held.participations.exclude(email="").values_list("email", flat=True))
    fresh = {one.email.lower(): one for one in asked if one.email.lower() not in there}
    languages = held.languages or held.region.languages or ["en"]
    made = Participation.objects.bulk_create(_invited(held, one, languages[0]) for one in fresh.values())
    write_to_all("invitation", held, held.participations.filter(email__in=fresh), by=by)
    return Deed(held, {"invited": [None, len(made)]} if made else {}, place=held.region.slug, value=len(made))


def _invited(meeting: Meeting, one: Asked, language: str) -> Participation:
    known = one.organisation
    return Participation(
        meeting=meeting, email=one.email.lower(), person_name=one.person_name[:120], language=(one.language or language)[:2], state=State.INVITED,
        organisation=known, sector=known.sector if known else "", country=known.country if known else "",
    )  # fmt: skip


@action("meetings.invited_again", says=gettext_lazy("wrote again to those who had not answered"))
def invite_again(*, by: Any, meeting: Meeting) -> Deed:
    """Writes again to those who were invited and have not answered, at most once a day; returns to how many."""
    held = locked(meeting)
    if reason := why_closed(held):
        raise Refused(reason)
    silent = held.participations.filter(Q(invited_at__isnull=True) | Q(invited_at__lt=timezone.now() - AGAIN_AFTER), state=State.INVITED).exclude(email="")
    numbers = list(silent.values_list("pk", flat=True))
    held.participations.filter(pk__in=numbers).update(invited_at=None)
    write_to_all("invitation", held, held.participations.filter(pk__in=numbers), by=by)
    return Deed(held, {"invited_again": [None, len(numbers)]} if numbers else {}, place=held.region.slug, value=len(numbers))
