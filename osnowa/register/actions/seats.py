"""Verbs about the seats of an organisation: give, prolong, end, remind. The journal never names a person."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.people.actions import at_erasure, ended, invite, opened, prolonged, reminded, write_to
from osnowa.people.models import Person, Seat
from osnowa.people.queries import seats_to_remind_of
from osnowa.places.queries import coordinators_of
from osnowa.register.models import Organisation, OrganisationSeat, SavedView


@action("register.seat_given", says=gettext_lazy("gave a seat"))
def give_organisation_seat(*, by: Person | None, organisation: Organisation, email: str, role: str, valid_from: date,
                           valid_to: date, name: str = "", language: str = "en",
                           basis: str = Seat.Basis.REGISTER) -> Deed:  # fmt: skip
    """A seat for the person with this address; who has no account yet is invited, who has one is told."""
    place = organisation.region.slug
    person = invite(by=by, email=email, name=name, language=language, place=place)
    seat, changes = opened(
        OrganisationSeat, person=person, organisation=organisation, role=role, basis=basis,
        valid_from=valid_from, valid_to=valid_to,
    )  # fmt: skip
    if person.has_accepted:
        write_to(person, "people/letters/seat_given", seat=seat)
    return Deed(seat, changes, place=place)


@action("register.seat_prolonged", says=gettext_lazy("prolonged a seat"))
def prolong_organisation_seat(*, by: Person | None, seat: OrganisationSeat, valid_to: date) -> Deed:
    """A new end for a seat that stands."""
    return Deed(seat, prolonged(seat, valid_to=valid_to), place=seat.organisation.region.slug)


@action("register.seat_ended", says=gettext_lazy("ended a seat"))
def end_organisation_seat(*, by: Person | None, seat: OrganisationSeat, reason: str) -> Deed:
    """Ends a seat today."""
    return Deed(seat, ended(seat, reason=reason), place=seat.organisation.region.slug)


@action("register.seat_reminded", says=gettext_lazy("was reminded that a seat ends"))
def _remind(*, by: Any, seat: OrganisationSeat, today: date) -> Deed:
    region = seat.organisation.region
    return Deed(seat, reminded(seat, readers=coordinators_of(region), today=today), place=region.slug)


def remind_of_organisation_seats(*, by: Person | None = None, today: date | None = None) -> int:
    """V19: writes once to the holders and coordinators of seats that end within thirty days. Returns how many seats."""
    day = today or timezone.localdate()
    seats = list(seats_to_remind_of(OrganisationSeat, day).filter(organisation__merged_into=None))
    for seat in seats:
        _remind(by=by, seat=seat, today=day)
    return len(seats)


@at_erasure
def _forget_saved_views(person: Person) -> None:
    SavedView.objects.filter(person=person).delete()
