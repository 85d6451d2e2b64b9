"""Reads across all regions: how much stands in each, and what is found by words."""

from collections.abc import Sequence
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from osnowa.kit.words import fold
from osnowa.places.access import Anyone
from osnowa.places.models import Region
from osnowa.register import access
from osnowa.register.models import Organisation, Visibility

#: An organisation that anyone may see and that has not closed.
_STANDING = Q(organisations__visibility=Visibility.PUBLIC) & ~Q(
    organisations__activity_status=Organisation.Status.CLOSED
)


def regions_with_counts() -> QuerySet[Region]:
    """Regions with `organisations_count`, and how many of them were confirmed in the last year; one query."""
    year_ago = timezone.localdate() - timedelta(days=365)
    return Region.objects.select_related("territory").annotate(
        organisations_count=Count("organisations", filter=_STANDING),
        confirmed_count=Count("organisations", filter=_STANDING & Q(organisations__last_confirmed_on__gte=year_ago)),
    )


def seen_anywhere(person: Anyone, regions: Sequence[Region]) -> QuerySet[Organisation]:
    """The organisations of all regions that a person may see."""
    return reduce(or_, (access.visible(person, region) for region in regions), Organisation.objects.none())


def find_organisations(person: Anyone, regions: Sequence[Region], words: str) -> QuerySet[Organisation]:
    """Organisations that bear every word, however it is written; by region, open ones first, then by name."""
    found = seen_anywhere(person, regions).select_related("region", "municipality")
    for word in fold(words).split():
        found = found.filter(search_fold__contains=word)
    return found.order_by("region__name", "region_id", "ended_on", "name_fold", "pk")


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
