"""Things of the room of clusters for tests: `a_cluster(world)`, `a_member(cluster, organisation)`, `an_organisation(region, name)`."""

from datetime import date
from typing import Any

from osnowa.clusters.actions.clusters import make_cluster
from osnowa.clusters.models import Cluster, Membership
from osnowa.places.models import Region
from osnowa.register.actions import add_organisation
from osnowa.register.models import Organisation
from tests.world import World


def a_cluster(world: World, region: Region | None = None, **values: Any) -> Cluster:
    """A cluster that is designed in Pomorskie, or in the region given; `values` as `make_cluster` takes them."""
    usual = {"name": "Pomorska Ekonomia Społeczna", "kind": "cluster", "state": "design", "founding_until": date(2026, 12, 31)}
    made: Cluster = make_cluster(by=None, region=region or world.pomorskie, values=usual | values)
    return made


def a_member(cluster: Cluster, organisation: Organisation, **values: Any) -> Membership:
    """A membership; a member since 1 March 2026 unless `values` say otherwise."""
    usual = {"state": "member", "applied_on": date(2026, 2, 1), "decided_on": date(2026, 2, 20), "joined_on": date(2026, 3, 1)}
    return Membership.objects.create(cluster=cluster, organisation=organisation, **(usual | values))


def an_organisation(region: Region, name: str, sector: str = "social_economy", legal_form: str = "PL-SPSOC", **values: Any) -> Organisation:
    """One more organisation of a region."""
    told = {"legal_name": name, "legal_form": legal_form, "sector": sector, "activity_status": "active", "locality": "Gdańsk"}
    made: Organisation = add_organisation(by=None, region=region, values=told | values)
    return made
