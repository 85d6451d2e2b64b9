"""The portrait of a cluster in the manner of GECES: what it is, who its members are by type, what it offers and lives on."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from osnowa.clusters import access
from osnowa.clusters.models import BudgetLine, Cluster, Membership, Service
from osnowa.clusters.queries import money
from osnowa.clusters.queries.services import INNOVATION
from osnowa.places.access import Anyone
from osnowa.places.drawing import Picture
from osnowa.places.queries import region_map
from osnowa.register import access as register_access
from osnowa.register import codes
from osnowa.ui.charts import Chart, Series

#: GECES: most clusters of social and ecological innovation join from three to five types of organisations.
LEAST_TYPES, MOST_TYPES = 3, 5
#: Long texts of the portrait.
TEXTS = ("mission", "history", "borders", "priorities", "governance", "spaces")


@dataclass(frozen=True)
class Type:
    """A type of organisation (a sector), how many members are of it, and their share in per cent."""

    code: str
    label: str
    count: int
    share: float


@dataclass(frozen=True)
class Portrait:
    """What the page tells beside the fields of the cluster."""

    members: int
    types: tuple[Type, ...]
    legal_forms: int
    services: tuple[Service, ...]
    strategies: tuple[Service, ...]
    funding: tuple[tuple[str, float], ...]
    innovation: tuple[str, ...]
    activities: tuple[str, ...]
    coordinator: str
    missing: tuple[str, ...]
    #: The region with its parts and how many members are in each municipality.
    picture: Picture
    on: date

    @property
    def types_there(self) -> int:
        return sum(one.count > 0 for one in self.types)

    @property
    def is_usual(self) -> bool:
        """Whether it joins as many types as most do."""
        return LEAST_TYPES <= self.types_there <= MOST_TYPES

    @property
    def types_chart(self) -> Chart:
        return Chart(
            "bars", _("Members by type of organisation"), "", tuple(one.label for one in self.types), (Series(_("Members"), tuple(float(one.count) for one in self.types)),),
            _("register of members"), self.on,
        )  # fmt: skip

    @property
    def funding_chart(self) -> Chart | None:
        if not self.funding:
            return None
        return Chart(
            "bars", _("What it lives on, %(year)s") % {"year": self.on.year}, "%", tuple(name for name, _share in self.funding),
            (Series(_("Share"), tuple(share for _name, share in self.funding)),), _("budget of the cluster, what is secured"), self.on,
        )  # fmt: skip


def coordinator_of(cluster: Cluster, person: Anyone) -> str:
    """Who coordinates, as far as the person may know it; empty where nobody is named."""
    it = cluster.coordinator
    if it is None:
        return cluster.coordinator_name
    return str(it) if it.visibility in register_access.levels(person, cluster.region) else _("an organisation that is not public")


def types_of(members: list[Membership]) -> tuple[Type, ...]:
    """All types with their numbers, those nobody is of too."""
    counted = Counter(it.organisation.sector for it in members)
    return tuple(Type(row.code, row.label, counted[row.code], 100 * counted[row.code] / len(members) if members else 0.0) for row in codes.SECTORS)


def portrait(cluster: Cluster, person: Anyone) -> Portrait:
    """The portrait today; eight queries. Shares of money are for those inside until the cluster runs: what is planned is no fact yet."""
    today = timezone.localdate()
    members = [it for it in cluster.memberships.select_related("organisation") if it.was_member_on(today)]
    offered = list(cluster.services.filter(state__in=(Service.State.PILOT, Service.State.RUNNING)))
    may_see_money = cluster.state == Cluster.State.RUNNING or access.may_look_inside(person, cluster)
    return Portrait(
        len(members), types_of(members), len({it.organisation.legal_form for it in members}),
        tuple(it for it in offered if not it.is_strategy), tuple(it for it in offered if it.is_strategy),
        _funding(cluster, today.year) if may_see_money else (),
        tuple(INNOVATION.label(code) for code in cluster.innovation), tuple(codes.SERVICE_AREAS.label(code) for code in cluster.activities),
        coordinator_of(cluster, person), tuple(missing_of(cluster)), _where_they_are(cluster, members, person), today,
    )  # fmt: skip


def _funding(cluster: Cluster, year: int) -> tuple[tuple[str, float], ...]:
    lines = cluster.budget.filter(year=year, side=BudgetLine.Side.SOURCE, is_secured=True)
    found = money.mix(lines)
    return tuple((label, round(float(100 * amount / found.amount), 1)) for _code, label, amount in found.by_origin) if found.amount else ()


def missing_of(cluster: Cluster) -> list[str]:
    """What the portrait does not tell yet, by the names of the fields."""
    empty = [name for name in ("origin", *TEXTS, "legal_entity", "innovation", "activities", "founded_on") if not _is_told(getattr(cluster, name))]
    if not (cluster.coordinator_id or cluster.coordinator_name):
        empty.append("coordinator")
    return [str(Cluster._meta.get_field(name).verbose_name) for name in empty]  # type: ignore[union-attr]


def _is_told(value: object) -> bool:
    return any(value.values()) if isinstance(value, dict) else bool(value)


def _where_they_are(cluster: Cluster, members: list[Membership], person: Anyone) -> Picture:
    """Who is not seen, and whose place is hidden, stands on no map."""
    open_to = register_access.levels(person, cluster.region)
    own = register_access.own_beside(person, cluster.region)
    seen = [it.organisation for it in members if it.organisation.visibility in open_to or it.organisation_id in own]
    places: Counter[int | None] = Counter(one.municipality_id for one in seen if one.municipality_id and not one.is_location_hidden)
    return region_map(cluster.region, places)
