"""Verbs about the seats of a region: give, prolong, end, remind. The journal names role and region, never a person."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.kit.errors import Refused
from osnowa.people.actions import at_erasure, ended, invite, opened, prolonged, reminded, write_to
from osnowa.people.models import Person, Seat
from osnowa.people.queries import seats_that_hold, seats_to_remind_of
from osnowa.places.models import Region, RegionSeat
from osnowa.places.queries.seats import coordinators_of


@action("places.seat_given", says=gettext_lazy("gave a seat"))
def give_region_seat(*, by: Person | None, region: Region, email: str, role: str, valid_from: date, valid_to: date,
                     name: str = "", language: str = "en", basis: str = Seat.Basis.APPOINTMENT) -> Deed:  # fmt: skip
    """A seat for the person with this address; who has no account yet is invited, who has one is told."""
    person = invite(by=by, email=email, name=name, language=language, place=region.slug)
    seat, changes = opened(
        RegionSeat, person=person, region=region, role=role, basis=basis, valid_from=valid_from, valid_to=valid_to
    )
    if person.has_accepted:
        write_to(person, "people/letters/seat_given", seat=seat)
    return Deed(seat, changes, place=region.slug)


@action("places.seat_prolonged", says=gettext_lazy("prolonged a seat"))
def prolong_region_seat(*, by: Person | None, seat: RegionSeat, valid_to: date) -> Deed:
    """A new end for a seat that stands."""
    return Deed(seat, prolonged(seat, valid_to=valid_to), place=seat.region.slug)


@action("places.seat_ended", says=gettext_lazy("ended a seat"))
def end_region_seat(*, by: Person | None, seat: RegionSeat, reason: str) -> Deed:
    """Ends a seat today; a region keeps a coordinator unless the operator decides otherwise."""
    if by is None or not by.is_operator:
        _keep_a_coordinator(seat)
    return Deed(seat, ended(seat, reason=reason), place=seat.region.slug)


def _keep_a_coordinator(seat: RegionSeat) -> None:
    """Refused where the seat is that of the region's only coordinator."""
    if seat.role != RegionSeat.Role.COORDINATOR or not seat.holds_on(timezone.localdate()):
        return
    if not [person for person in coordinators_of(seat.region) if person != seat.person]:
        raise Refused(
            _("%(region)s would have no coordinator. Give the seat of coordinator to somebody else first.")
            % {"region": seat.region}
        )


@action("places.seat_reminded", says=gettext_lazy("was reminded that a seat ends"))
def _remind(*, by: Any, seat: RegionSeat, today: date) -> Deed:
    changes = reminded(seat, readers=coordinators_of(seat.region), today=today)
    return Deed(seat, changes, place=seat.region.slug)


def remind_of_region_seats(*, by: Person | None = None, today: date | None = None) -> int:
    """V19: writes once to the holders and coordinators of seats that end within thirty days. Returns how many seats."""
    day = today or timezone.localdate()
    seats = list(seats_to_remind_of(RegionSeat, day))
    for seat in seats:
        _remind(by=by, seat=seat, today=day)
    return len(seats)


@at_erasure
def _is_not_the_last_coordinator(person: Person) -> None:
    for seat in seats_that_hold(RegionSeat, timezone.localdate()).filter(person=person).select_related("region"):
        _keep_a_coordinator(seat)
