"""Reads across all regions: how much stands in each, and what is found by words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from osnowa.kit.words import fold
from osnowa.people.models import Person
from osnowa.people.queries import seats_that_hold
from osnowa.places.access import Anyone
from osnowa.places.models import Region, RegionSeat
from osnowa.register import access
from osnowa.register.models import Organisation, OrganisationSeat, Visibility
from osnowa.register.queries.frame import frame_of
from osnowa.register.queries.keeping import Kept
from osnowa.register.queries.search import Hits, search

#: In a region that froze as many organisations they are counted in the frame, not in the database.
_MANY = 20_000


def regions_with_counts() -> list[Region]:
    """Regions with `organisations_count`, open ones anyone may see, and how many of them were confirmed in the last year.

    Two queries, and a few more for each very large region.
    """
    year_ago = timezone.localdate() - timedelta(days=365)
    regions: list[Any] = list(Region.objects.select_related("territory").annotate(frozen=Max("snapshots__organisations")))
    large = {it.pk for it in regions if (it.frozen or 0) >= _MANY}
    standing = Organisation.objects.filter(visibility=Visibility.PUBLIC, region__in=[it for it in regions if it.pk not in large])
    confirmed = Count("pk", filter=Q(last_confirmed_on__gte=year_ago))
    rows = standing.exclude(activity_status=Organisation.Status.CLOSED).order_by().values_list("region").annotate(count=Count("pk"), fresh=confirmed)
    counted = {pk: (count, fresh) for pk, count, fresh in rows}
    for it in regions:
        found = counted_in_frame(it, year_ago) if it.pk in large else counted.get(it.pk, (0, 0))
        it.organisations_count, it.confirmed_count = found
    return regions


def counted_in_frame(region: Region, year_ago: date) -> tuple[int, int]:
    """(open organisations anyone may see, those of them confirmed since a day) of a large region."""
    ((count, fresh),) = Kept(frame_of(region)).rows(
        "SELECT count(*), sum(CASE WHEN confirmed_on >= $day THEN 1 ELSE 0 END) FROM register "
        "WHERE visibility = 'public' AND status <> 'closed'", day=year_ago,
    )  # fmt: skip
    return int(count), int(fresh or 0)


@dataclass
class OwnPlace:
    """A region or an organisation in which a person has seats today, and what she is there."""

    place: Any
    roles: list[str] = field(default_factory=list)
    reviews: bool = False


def own_regions(person: Anyone) -> list[OwnPlace]:
    """The regions in which a person has a seat today, by name; one query."""
    if not isinstance(person, Person):
        return []
    found: dict[int, OwnPlace] = {}
    seats = seats_that_hold(RegionSeat, timezone.localdate()).filter(person=person).select_related("region")
    for seat in seats.order_by("region__name", "pk"):
        own = found.setdefault(seat.region_id, OwnPlace(seat.region))
        own.roles.append(seat.get_role_display())
        own.reviews |= seat.role in (RegionSeat.Role.COORDINATOR, RegionSeat.Role.REVIEWER)
    return list(found.values())


def own_organisations(person: Anyone) -> list[OwnPlace]:
    """The organisations in which a person has a seat today, by name; one query."""
    if not isinstance(person, Person):
        return []
    found: dict[int, OwnPlace] = {}
    seats = seats_that_hold(OrganisationSeat, timezone.localdate()).filter(person=person, organisation__merged_into=None)
    for seat in seats.select_related("organisation__region").order_by("organisation__name_fold", "pk"):
        found.setdefault(seat.organisation_id, OwnPlace(seat.organisation)).roles.append(seat.get_role_display())
    return list(found.values())


def seen_anywhere(person: Anyone, regions: Sequence[Region]) -> QuerySet[Organisation]:
    """The organisations of all regions that a person may see."""
    return reduce(or_, (access.visible(person, region) for region in regions), Organisation.objects.none())


def find_organisations(person: Anyone, regions: Sequence[Region], words: str) -> Hits:
    """What the words find in all regions, the best first, as far as the person may see it."""
    return search(regions[0] if len(regions) == 1 else None, seen=seen_anywhere(person, regions), words=words)


def organisations_in_order(keys: Sequence[int]) -> list[Organisation]:
    """The organisations of these keys, in their order, with region and municipality."""
    found = Organisation.objects.select_related("region", "municipality").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def find_places(person: Anyone, regions: Sequence[Region], words: str) -> list[dict[str, Any]]:
    """Municipalities whose name begins with the words and where organisations stand, with how many; at most twelve."""
    rows = (
        seen_anywhere(person, regions)
        .filter(municipality__name_fold__startswith=fold(words), ended_on__isnull=True)
        .values("municipality__code", "municipality__name", "municipality__kind", "region__slug", "region__name")
        .annotate(organisations_count=Count("pk"))
        .order_by("municipality__name", "municipality__code")
    )
    return [
        {
            "code": row["municipality__code"],
            "name": row["municipality__name"],
            "region_slug": row["region__slug"],
            "region_name": row["region__name"],
            "count": row["organisations_count"],
        }
        for row in rows[:12]
    ]
