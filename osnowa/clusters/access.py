"""Who may see a cluster, who leads it, and who sees what only members see."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from osnowa.clusters.models import Actor, Body, Cluster, Fee, FeeTier, Mandate, Membership, Point, Service, Term, Use
from osnowa.places import access as places_access
from osnowa.places.access import Anyone
from osnowa.places.models import Region
from osnowa.register import access as register_access
from osnowa.register.models import OrganisationSeat

find_region = places_access.find_region
Part = Actor | Membership | Body | Service | FeeTier | Mandate | Fee | Term | Use


def region_of(thing: Region | Cluster | Part) -> Region:
    """The region of a cluster or of a part of it."""
    if isinstance(thing, Region):
        return thing
    return thing.region if isinstance(thing, Cluster) else cluster_of(thing).region


def cluster_of(part: Part) -> Cluster:
    """The cluster a part belongs to."""
    if isinstance(part, Mandate | Fee):
        return part.membership.cluster
    if isinstance(part, Use):
        return part.service.cluster
    return part.body.cluster if isinstance(part, Term) else part.cluster


def may_lead(person: Anyone, thing: Region | Cluster | Part) -> bool:
    """Designs the cluster, decides on members, keeps the ledger and the budget: coordinators and editors of the region."""
    return places_access.may_edit_register(person, region_of(thing))


def is_of_member(person: Anyone, cluster: Cluster) -> bool:
    """Whether the person holds a seat in an organisation that is a member today; one query a request."""
    own = register_access.own_organisations(person, cluster.region)
    told: dict[int, bool] = getattr(person, "_is_of_member", {})
    if own and cluster.pk not in told:
        told = told | {cluster.pk: cluster.memberships.filter(state=Membership.State.MEMBER, organisation__in=own).exists()}
        person._is_of_member = told  # type: ignore[union-attr]
    return told.get(cluster.pk, False)


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
    found = get_object_or_404(visible(person, place).select_related("letter", "series", "coordinator", "initiative"), slug=cluster)
    found.region = place
    return found


def represented(person: Anyone, region: Region) -> list[int]:
    """The organisations of a region a person represents today."""
    return register_access.own_organisations(person, region, OrganisationSeat.Role.REPRESENTATIVE)


def may_apply(person: Anyone, cluster: Cluster) -> bool:
    """Applies for membership: who represents an organisation of the region, or who leads and notes what came on paper."""
    return may_lead(person, cluster) or bool(represented(person, cluster.region))


def may_act_for(person: Anyone, membership: Membership) -> bool:
    """Renews for a member and sees its fees and mandates: its representative, and who leads."""
    return may_lead(person, membership) or membership.organisation_id in represented(person, membership.cluster.region)


def find_membership(person: Anyone, region: str, cluster: str, member: int) -> Membership:
    """A membership of the cluster at an address; of organisations the person may see, and of her own."""
    place = find_cluster(person, region, cluster)
    seen = Membership.objects.filter(cluster=place, organisation__in=register_access.visible(person, place.region))
    found = get_object_or_404(seen.select_related("organisation__municipality", "tier", "signatory"), pk=member)
    found.cluster = place
    return found


def find_mandate(person: Anyone, region: str, cluster: str, mandate: int) -> Mandate:
    """A mandate in the cluster at an address."""
    place = find_cluster(person, region, cluster)
    found = get_object_or_404(Mandate.objects.select_related("membership__organisation"), membership__cluster=place, pk=mandate)
    found.membership.cluster = place
    return found


def find_fee(person: Anyone, region: str, cluster: str, fee: int) -> Fee:
    """A fee of a member of the cluster at an address."""
    place = find_cluster(person, region, cluster)
    found = get_object_or_404(Fee.objects.select_related("membership__organisation"), membership__cluster=place, pk=fee)
    found.membership.cluster = place
    return found


def find_tier(person: Anyone, region: str, cluster: str, tier: int) -> FeeTier:
    """A fee tier of the cluster at an address."""
    place = find_cluster(person, region, cluster)
    found = get_object_or_404(FeeTier, cluster=place, pk=tier)
    found.cluster = place
    return found


def find_body(person: Anyone, region: str, cluster: str, body: int) -> Body:
    """A body of the cluster at an address."""
    place = find_cluster(person, region, cluster)
    found = get_object_or_404(Body, cluster=place, pk=body)
    found.cluster = place
    return found


def find_term(person: Anyone, region: str, cluster: str, term: int) -> Term:
    """A term in a body of the cluster at an address."""
    place = find_cluster(person, region, cluster)
    found = get_object_or_404(Term.objects.select_related("body", "membership__organisation"), body__cluster=place, pk=term)
    found.body.cluster = place
    return found


@dataclass(frozen=True)
class OnCanvas:
    """A place on the canvas of a cluster: a dimension, in a language or for a kind of point where the address names one."""

    cluster: Cluster
    code: str
    language: str = ""
    kind: str = ""
    point: Point | None = None


def find_on_canvas(person: Anyone, region: str, cluster: str, dimension: str, language: str = "", kind: str = "") -> OnCanvas:
    """The dimension at an address; whether the canvas has such a one is said by its instrument."""
    it = find_cluster(person, region, cluster)
    if (language and language not in dict(settings.LANGUAGES)) or (kind and kind not in Point.Kind.values):
        raise Http404
    return OnCanvas(it, dimension, language, kind)


def find_point(person: Anyone, region: str, cluster: str, dimension: str, point: int) -> OnCanvas:
    """A question, a decision or a piece of evidence at an address."""
    it = find_cluster(person, region, cluster)
    found = get_object_or_404(Point.objects.select_related("settled_by", "meeting"), cluster=it, dimension=dimension, pk=point)
    found.cluster = it
    return OnCanvas(it, dimension, kind=found.kind, point=found)


def find_canvas_file(person: Anyone, region: str, cluster: str, form: str) -> tuple[Cluster, str]:
    """The canvas as a file of a form."""
    if form not in ("pdf", "pptx", "xlsx"):
        raise Http404
    return find_cluster(person, region, cluster), form


def may_write_canvas(person: Anyone, place: OnCanvas) -> bool:
    """Who leads the cluster writes on its canvas."""
    return may_lead(person, place.cluster)


def find_service(person: Anyone, region: str, cluster: str, service: int) -> Service:
    """A service or a shared strategy of the cluster at an address."""
    place = find_cluster(person, region, cluster)
    found = get_object_or_404(Service.objects.select_related("owner"), cluster=place, pk=service)
    found.cluster = place
    return found


def find_use(person: Anyone, region: str, cluster: str, use: int) -> Use:
    """A line of the ledger of the cluster at an address."""
    place = find_cluster(person, region, cluster)
    found = get_object_or_404(Use.objects.select_related("service", "membership__organisation"), service__cluster=place, pk=use)
    found.service.cluster = place
    return found


@dataclass(frozen=True)
class BudgetYear:
    """A year of the budget of a cluster."""

    cluster: Cluster
    year: int


def find_year(person: Anyone, region: str, cluster: str, year: int) -> BudgetYear:
    """A year of the budget at an address, whether it has lines or not."""
    place = find_cluster(person, region, cluster)
    if not 2000 <= year <= 2100:
        raise Http404
    return BudgetYear(place, year)


def may_write_budget(person: Anyone, place: BudgetYear) -> bool:
    """Who leads the cluster writes its budget."""
    return may_lead(person, place.cluster)


@dataclass(frozen=True)
class BookOf:
    """A rule book as it is asked of a cluster."""

    cluster: Cluster
    code: str


def find_book(person: Anyone, region: str, cluster: str, book: str) -> BookOf:
    """The rule book at an address; whether there is such a one is said by the books."""
    return BookOf(find_cluster(person, region, cluster), book)


def may_compare(person: Anyone, place: BookOf) -> bool:
    """Who leads in the region compares rule books with their sources."""
    return may_lead(person, place.cluster)


def find_actor(person: Anyone, region: str, cluster: str, actor: int) -> Actor:
    """An actor of the ecosystem of the cluster at an address."""
    it = find_cluster(person, region, cluster)
    found = get_object_or_404(it.actors.select_related("organisation"), pk=actor)
    found.cluster = it
    return found
