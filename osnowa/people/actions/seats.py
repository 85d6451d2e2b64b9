"""What is done to a seat of any room. The rooms' own verbs call these and write the entry of the journal."""

from datetime import date
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osnowa.journal.actions import differences
from osnowa.kit.errors import Refused
from osnowa.people.letters import write_to
from osnowa.people.models import Person, Seat

S = TypeVar("S", bound=Seat)
Changes = dict[str, list[Any]]


def _check_end(valid_from: date, valid_to: date) -> None:
    """V19: a seat has an end, not in the past and not beyond all measure."""
    if valid_to < max(valid_from, timezone.localdate()):
        raise Refused(_("The seat would have ended already. Give a later last day."))
    if valid_to > max(valid_from, timezone.localdate()) + Seat.LONGEST:
        raise Refused(_("A seat is given for five years at most. It can be prolonged later."))


def opened(kind: type[S], *, person: Person, role: str, valid_from: date, valid_to: date, basis: str = Seat.Basis.APPOINTMENT,
           **place: Any) -> tuple[S, Changes]:  # fmt: skip
    """A new seat, and what the journal says of it. Refused while the same seat still stands."""
    _check_end(valid_from, valid_to)
    same = kind._default_manager.filter(person=person, role=role, ended_reason="", **place).first()
    if same and same.valid_to >= timezone.localdate():
        raise Refused(_("%(person)s has this seat already. Prolong it instead.") % {"person": person})
    if same:
        same.ended_reason = _("its time was over")
        same.save()
    seat = kind._default_manager.create(
        person=person, role=role, basis=basis, valid_from=valid_from, valid_to=valid_to, **place
    )
    return seat, differences({}, _facts(seat))


def ended(seat: Seat, *, reason: str) -> Changes:
    """Ends a seat today. The reason stays with the seat: it may speak of a person, so the journal does not get it."""
    if seat.state == Seat.State.ENDED:
        raise Refused(_("This seat has ended already."))
    before = _facts(seat)
    seat.valid_to = max(seat.valid_from, min(seat.valid_to, timezone.localdate()))
    seat.ended_reason = reason
    seat.save()
    return differences(before, _facts(seat))


def prolonged(seat: Seat, *, valid_to: date) -> Changes:
    """Moves the end of a seat to a later day, and lets its holder be reminded anew."""
    if seat.ended_reason:
        raise Refused(_("This seat has ended already."))
    if valid_to < seat.valid_to:
        day = date_format(seat.valid_to, "SHORT_DATE_FORMAT")
        raise Refused(_("The seat lasts until %(day)s already. Give a later day, or end the seat.") % {"day": day})
    _check_end(seat.valid_from, valid_to)
    before = _facts(seat)
    seat.valid_to, seat.reminded_on = valid_to, None
    seat.save()
    return differences(before, _facts(seat))


def reminded(seat: Seat, *, readers: list[Person], today: date) -> Changes:
    """Writes to the holder and the readers that the seat ends, and notes the day, so that it happens once (V19)."""
    for reader in dict.fromkeys([seat.person, *readers]):
        write_to(reader, "people/letters/seat_ends", seat=seat, is_holder=reader == seat.person)
    seat.reminded_on = today
    seat.save(update_fields=["reminded_on"])
    return {"reminded_on": [None, today.isoformat()]}


def _facts(seat: Seat) -> dict[str, Any]:
    return {
        "person": seat.person_id, "role": getattr(seat, "role", ""), "basis": seat.basis,
        "valid_from": seat.valid_from.isoformat(), "valid_to": seat.valid_to.isoformat(),
        "has_ended": bool(seat.ended_reason),
    }  # fmt: skip
