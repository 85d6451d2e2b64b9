"""Reads of clusters: the list with numbers of members, and the few a region's page shows."""

from django.db.models import Count, Q, QuerySet

from osnowa.clusters import access
from osnowa.clusters.models import Cluster, Membership
from osnowa.places.access import Anyone
from osnowa.places.models import Region


def with_members(clusters: QuerySet[Cluster]) -> QuerySet[Cluster]:
    """The clusters with `members_count`: how many are members today."""
    return clusters.annotate(members_count=Count("memberships", filter=Q(memberships__state=Membership.State.MEMBER)))


def listed(person: Anyone, region: Region) -> list[Cluster]:
    """The clusters of a region a person may see, those that ended last; one query."""
    found = list(with_members(access.visible(person, region)).select_related("coordinator").order_by("name", "pk"))
    return sorted(found, key=lambda it: it.state == Cluster.State.ENDED)


def acting(person: Anyone, region: Region, most: int = 3) -> list[Cluster]:
    """Those that are designed, run or rest, for the page of the region; one query."""
    return list(with_members(access.visible(person, region)).exclude(state=Cluster.State.ENDED).order_by("name", "pk")[:most])
