"""Reads of the seats of a region."""

from django.db.models import QuerySet
from django.utils import timezone

from osnowa.people.models import Person
from osnowa.people.queries import seats_that_hold
from osnowa.places.models import Region, RegionSeat


def seats_in(region: Region) -> QuerySet[RegionSeat]:
    """All seats of a region with their holders: those that stand before those that ended, by role and name."""
    seats = RegionSeat.objects.filter(region=region).select_related("person", "region")
    return seats.order_by("ended_reason", "role", "person__name", "-valid_to")


def coordinators_of(region: Region) -> list[Person]:
    """Those who coordinate a region today and can sign in: an invitation nobody accepted leads nobody."""
    seats = seats_that_hold(RegionSeat, timezone.localdate()).filter(region=region, role=RegionSeat.Role.COORDINATOR)
    people = (seat.person for seat in seats.select_related("person").order_by("pk"))
    return [person for person in people if person.is_active and person.has_accepted]
