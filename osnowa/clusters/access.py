"""Who may see a cluster, who leads it, and who sees what only members see."""

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from osnowa.clusters.models import Body, Cluster, Membership, Service
from osnowa.places import access as places_access
from osnowa.places.access import Anyone
from osnowa.places.models import Region
from osnowa.register.models import OrganisationSeat

find_region = places_access.find_region


def region_of(thing: Region | Cluster | Membership | Body | Service) -> Region:
    """The region of a cluster or of a part of it."""
    if isinstance(thing, Region):
        return thing
    return thing.region if isinstance(thing, Cluster) else thing.cluster.region


def may_lead(person: Anyone, thing: Region | Cluster | Membership | Body | Service) -> bool:
    """Designs the cluster, decides on members, keeps the ledger and the budget: coordinators and editors of the region."""
    return places_access.may_edit_register(person, region_of(thing))


def is_of_member(person: Anyone, cluster: Cluster) -> bool:
    """Whether the person holds a seat in an organisation that is a member today."""
    if not person.is_authenticated:
        return False
    members = cluster.memberships.filter(state=Membership.State.MEMBER).values("organisation")
    today = timezone.localdate()
    return OrganisationSeat.objects.filter(person=person, organisation__in=members, valid_from__lte=today, valid_to__gte=today).exists()


def may_look_inside(person: Anyone, cluster: Cluster) -> bool:
    """Sees names, fees and the budget: who leads, who has a seat in the region, and who acts for a member."""
    return may_lead(person, cluster) or places_access.may_look_inside(person, cluster.region) or is_of_member(person, cluster)


def visible(person: Anyone, region: Region) -> QuerySet[Cluster]:
    """The clusters a person may see: public ones; all for who has a seat in the region."""
    here = Cluster.objects.filter(region=region)
    return here if places_access.may_look_inside(person, region) or may_lead(person, region) else here.filter(is_public=True)


def find_cluster(person: Anyone, region: str, cluster: str) -> Cluster:
    """The cluster at an address."""
    place = find_region(person, region)
    found = visible(person, place).select_related("letter", "series", "coordinator").filter(slug=cluster).first()
    if found is None:
        raise Http404
    found.region = place
    return found
