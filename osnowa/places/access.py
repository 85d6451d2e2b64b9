"""Who may do what in a region. What a person may do follows from her seats that hold today, or from being operator."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils import timezone

from osnowa.journal.access import Places, places_are
from osnowa.people.models import Person
from osnowa.people.queries import seats_that_hold
from osnowa.places.models import Region, RegionSeat, Subregion

Role = RegionSeat.Role
Anyone = Person | AnonymousUser


def roles(person: Anyone, region: Region) -> frozenset[str]:
    """The roles a person holds in a region today; one query a request."""
    if not isinstance(person, Person):
        return frozenset()
    held: dict[int, set[str]] | None = getattr(person, "_held_roles", None)
    if held is None:
        held = {}
        seats = seats_that_hold(RegionSeat, timezone.localdate()).filter(person=person)
        for region_id, role in seats.values_list("region_id", "role"):
            held.setdefault(region_id, set()).add(role)
        person._held_roles = held  # type: ignore[attr-defined]
    return frozenset(held.get(region.pk, ()))


def _has(person: Anyone, region: Region, *wanted: str) -> bool:
    if isinstance(person, Person) and person.is_operator:
        return True
    return bool(roles(person, region) & set(wanted))


def may_operate(person: Anyone, *_: Any) -> bool:
    """The operator of the instance: makes regions, imports outlines."""
    return isinstance(person, Person) and person.is_operator


def may_coordinate(person: Anyone, region: Region) -> bool:
    """The region's settings, seats and subregions."""
    return _has(person, region, Role.COORDINATOR)


def may_edit_register(person: Anyone, region: Region) -> bool:
    """Every organisation of the region, whatever its visibility."""
    return _has(person, region, Role.COORDINATOR, Role.EDITOR)


def may_review(person: Anyone, region: Region) -> bool:
    """The queue of proposed changes and claims."""
    return _has(person, region, Role.COORDINATOR, Role.REVIEWER)


def may_look_inside(person: Anyone, region: Region) -> bool:
    """What is shown to members of the region: anyone with a seat in it."""
    return _has(person, region, *Role.values)


def find_region(person: Anyone, region: str) -> Region:
    """The region at an address; regions are public."""
    try:
        return Region.objects.select_related("territory").get(slug=region)
    except Region.DoesNotExist:
        raise Http404 from None


def find_seat(person: Anyone, region: str, seat: int) -> RegionSeat:
    """One seat of the region at an address."""
    found = RegionSeat.objects.filter(pk=seat, region__slug=region).select_related("person", "region__territory").first()
    if found is None:
        raise Http404
    return found


def may_change_seat(person: Anyone, seat: RegionSeat) -> bool:
    return may_coordinate(person, seat.region)


#: The journal learns here what a place is; see journal/access.py.
places_are(Places(find=find_region, may_read=may_look_inside, may_lead=may_coordinate))


def find_subregion(person: Anyone, region: str, code: str) -> Subregion:
    """One of a region's own divisions; divisions are public."""
    found = Subregion.objects.filter(region__slug=region, code=code).select_related("region__territory").first()
    if found is None:
        raise Http404
    return found


def may_redraw(person: Anyone, subregion: Subregion) -> bool:
    """A division of the region: its name and its municipalities."""
    return may_coordinate(person, subregion.region)
