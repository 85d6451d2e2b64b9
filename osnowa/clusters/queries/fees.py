"""Reads of fees: tiers, who would pay what by them, a year as it was issued and paid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from osnowa.clusters.models import Cluster, Fee, FeeTier, Membership
from osnowa.clusters.queries.members import members_on
from osnowa.compute import fees as sums
from osnowa.register.models import YearlyFigures
from osnowa.register.queries.figures import number

NOUGHT = Decimal(0)
Tier = sums.Tier


def tier_of(it: FeeTier) -> Tier:
    """A tier, as the sums take it."""
    return Tier(it.title, it.amount, frozenset(it.sectors), it.revenue_from, it.revenue_below)


def tiers_of(cluster: Cluster) -> list[FeeTier]:
    """The tiers of a cluster in their order."""
    return list(cluster.tiers.all())


def payers(members: Iterable[Membership]) -> list[sums.Payer[int]]:
    """The members with sector and the latest revenue the register knows; one query."""
    rows = list(members)
    revenue = revenues(it.organisation_id for it in rows)
    return [sums.Payer(it.pk, it.organisation.sector, revenue.get(it.organisation_id)) for it in rows]


def revenues(organisations: Iterable[int]) -> dict[int, Decimal]:
    """{organisation: its latest known yearly revenue}; one query."""
    rows = YearlyFigures.objects.filter(organisation__in=list(organisations), revenue_total__isnull=False).order_by("as_of_on", "pk")
    return {organisation: Decimal(revenue) for organisation, revenue in rows.values_list("organisation", "revenue_total") if revenue is not None}


@dataclass(frozen=True)
class Line:
    """What one member would pay by two schemes."""

    it: Membership
    revenue: Decimal | None
    dues: tuple[sums.Due[int], ...]

    @property
    def difference(self) -> Decimal | None:
        """How much more the second scheme asks, where both are certain."""
        first, last = self.dues[0].amount, self.dues[-1].amount
        return None if len(self.dues) < 2 or first is None or last is None else last - first


@dataclass(frozen=True)
class Outlook:
    """One scheme as the page tells it."""

    name: str
    scheme: sums.Scheme[int]
    needed: int | None
    missing: int | None
    cost: Decimal

    @property
    def covered_percent(self) -> int | None:
        """How much of the cost the certain fees carry."""
        return int(100 * self.scheme.total / self.cost) if self.cost else None

    @property
    def paying(self) -> int:
        return sum(due.most > 0 for due in self.scheme.dues)


@dataclass(frozen=True)
class Simulation:
    """Schemes side by side: what each member would pay, what each brings, how many members carry the cost."""

    members: int
    lines: tuple[Line, ...]
    outlooks: tuple[Outlook, ...]


def simulate(cluster: Cluster, schemes: Sequence[tuple[str, Sequence[Tier]]], cost: Decimal, day: date) -> Simulation:
    """What schemes of tiers would bring from the members of a day; two queries."""
    members = members_on(cluster, day)
    who = payers(members)
    found = [(name, sums.scheme(who, tiers)) for name, tiers in schemes]
    lines = tuple(Line(it, payer.revenue, tuple(scheme.dues[place] for _name, scheme in found)) for place, (it, payer) in enumerate(zip(members, who, strict=True)))
    outlooks = tuple(Outlook(name, scheme, sums.break_even(cost, scheme), sums.missing(cost, scheme), cost) for name, scheme in found)
    return Simulation(len(members), lines, outlooks)


@dataclass(frozen=True)
class Year:
    """The fees of a year: issued, paid, open."""

    year: int
    fees: tuple[Fee, ...]

    @property
    def issued(self) -> Decimal:
        return sum((fee.amount for fee in self.fees), NOUGHT)

    @property
    def paid(self) -> Decimal:
        return sum((fee.paid for fee in self.fees), NOUGHT)

    @property
    def open(self) -> Decimal:
        return sum((max(fee.amount - fee.paid, NOUGHT) for fee in self.fees), NOUGHT)

    @property
    def unpaid(self) -> int:
        return sum(fee.paid < fee.amount for fee in self.fees)


def year_of(cluster: Cluster, year: int) -> Year:
    """The fees of one year by name of the member; one query."""
    rows = Fee.objects.filter(membership__cluster=cluster, year=year).select_related("membership__organisation")
    return Year(year, tuple(rows.order_by("membership__organisation__name_fold", "pk")))


def years_of(cluster: Cluster) -> list[int]:
    """The years for which fees were issued, the newest first; one query."""
    return list(Fee.objects.filter(membership__cluster=cluster).order_by("-year").values_list("year", flat=True).distinct())


@dataclass(frozen=True)
class Planned:
    """What issuing a year would do: fees by membership, and those whose fee is not certain."""

    fees: tuple[tuple[Membership, Decimal, FeeTier | None], ...]
    unknown: tuple[Membership, ...]
    there: int

    @property
    def total(self) -> Decimal:
        return sum((amount for _it, amount, _tier in self.fees), NOUGHT)


def planned(cluster: Cluster, issued: Year, tiers: list[FeeTier], day: date) -> Planned:
    """The fees a year would be issued with: the tier said for a member, else the one its sector and revenue give; two queries."""
    there = {fee.membership_id for fee in issued.fees}
    members = [it for it in members_on(cluster, day) if it.pk not in there]
    fees: list[tuple[Membership, Decimal, FeeTier | None]] = []
    unknown: list[Membership] = []
    for it, payer in zip(members, payers(members), strict=True):
        amount, tier = _fee(it, payer, tiers)
        if amount is None:
            unknown.append(it)
        else:
            fees.append((it, amount, tier))
    return Planned(tuple(fees), tuple(unknown), len(there))


def _fee(it: Membership, payer: sums.Payer[int], tiers: list[FeeTier]) -> tuple[Decimal | None, FeeTier | None]:
    if it.tier is not None:
        return it.tier.amount, it.tier
    due = sums.due_of(payer, [tier_of(tier) for tier in tiers])
    named = next((tier for tier in tiers if due.tier is not None and tier_of(tier) == due.tier), None)
    return due.amount, named


def span(due: sums.Due[int]) -> str:
    """A fee in words: its amount, or from what to what it may be."""
    return number(due.least) if due.is_certain else _("%(least)s to %(most)s, revenue not known") % {"least": number(due.least), "most": number(due.most)}


def sheet_of(it: Simulation) -> tuple[list[str], list[list[Any]]]:
    """The simulation as a table, with the sums."""
    headings = [_("Member"), _("Sector"), _("Yearly revenue"), *(outlook.name for outlook in it.outlooks)]
    rows: list[list[Any]] = [[str(line.it), line.it.organisation.sector, line.revenue, *(due.amount if due.is_certain else span(due) for due in line.dues)] for line in it.lines]
    return headings, [*rows, [_("Sum of what is certain"), "", "", *(outlook.scheme.total for outlook in it.outlooks)]]
