"""Reads of services: the catalogue with its seed, and what the ledger of uses says of a period."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db.models import Max, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osnowa.clusters import access
from osnowa.clusters.models import Cluster, Membership, Service, Use
from osnowa.compute import usage as sums
from osnowa.kit.codes import CodeList
from osnowa.places.access import Anyone
from osnowa.register import access as register_access

_TABLES = Path(__file__).parents[1] / "tables"
KINDS = CodeList(_TABLES / "services.csv")
SERVICE_KINDS, STRATEGY_KINDS = CodeList(_TABLES / "services.csv", group="service"), CodeList(_TABLES / "services.csv", group="strategy")
INNOVATION = CodeList(_TABLES / "innovation.csv")
NOUGHT = Decimal(0)
#: A portfolio of the third level has so many services each used by such a part of the members (D3).
LEVEL_SERVICES, LEVEL_PART = 3, 3
_TONES = {"running": "good", "pilot": "warn", "wished": "plain", "closed": "bad"}
#: In this order the catalogue shows states.
STATES = (Service.State.RUNNING, Service.State.PILOT, Service.State.WISHED, Service.State.CLOSED)


@dataclass(frozen=True)
class Catalogue:
    """What a cluster offers and which strategies its members share."""

    services: tuple[Service, ...]
    strategies: tuple[Service, ...]

    @property
    def running(self) -> tuple[Service, ...]:
        """Services that run or are tried out."""
        return tuple(it for it in self.services if it.state in (Service.State.RUNNING, Service.State.PILOT))

    @property
    def described(self) -> tuple[Service, ...]:
        """Services on offer of which owner, price and capacity are known, as the third level of D3 asks."""
        return tuple(it for it in self.running if it.owner_id and it.price is not None and it.capacity is not None)


def catalogue(cluster: Cluster) -> Catalogue:
    """The catalogue in its order; one query."""
    found = list(cluster.services.select_related("owner"))
    return Catalogue(tuple(it for it in found if not it.is_strategy), tuple(it for it in found if it.is_strategy))


@dataclass(frozen=True)
class Period:
    """The days a reading of the ledger is about, and what to call them."""

    begins: date
    ends: date
    words: str
    year: int | None = None

    @property
    def months(self) -> list[tuple[int, int]]:
        return sums.months(self.begins, self.ends)


def last_year(day: date) -> Period:
    """The twelve calendar months that end with the month of a day."""
    begins = date(day.year - 1, day.month + 1, 1) if day.month < 12 else date(day.year, 1, 1)
    return Period(begins, day, _("the last twelve months"))


def year_period(year: int, day: date) -> Period:
    """A calendar year, as far as a day."""
    return Period(date(year, 1, 1), min(date(year, 12, 31), day), str(year), year)


@dataclass(frozen=True)
class ServiceUse:
    """What became of one service in a period."""

    service: Service
    uses: int
    quantity: Decimal
    members: int
    is_widely_used: bool
    paid: Decimal | None
    saved: Decimal | None
    satisfaction: Decimal | None
    voices: int
    capacity_used: Decimal | None

    @property
    def capacity_percent(self) -> int | None:
        return None if self.capacity_used is None else round(self.capacity_used * 100)


@dataclass(frozen=True)
class MemberUse:
    """What one member used in a period."""

    membership: Membership
    uses: int
    services: tuple[str, ...]
    paid: Decimal | None
    saved: Decimal | None
    last_on: date | None


@dataclass(frozen=True)
class Usage:
    """What the ledger says of a period. Satisfaction is None under four voices, sums are None where nothing was noted."""

    period: Period
    members: int
    services: tuple[ServiceUse, ...] = ()
    by_member: tuple[MemberUse, ...] = ()
    by_month: tuple[tuple[tuple[int, int], int], ...] = ()
    uses: int = 0
    users: int = 0
    users_then: int = 0
    paid: Decimal | None = None
    saved: Decimal | None = None
    satisfaction: Decimal | None = None
    lines: tuple[Use, ...] = field(default=(), repr=False)

    @property
    def share_percent(self) -> int | None:
        """The part of today's members that used anything at least once."""
        return round(100 * self.users / self.members) if self.members else None

    @property
    def widely_used(self) -> int:
        """How many services at least a third of the members used."""
        return sum(one.is_widely_used for one in self.services)

    @property
    def needed(self) -> int:
        return LEVEL_SERVICES

    @property
    def may_be_told(self) -> bool:
        """Whether so many members used anything that totals can be told to everybody."""
        return self.users_then >= sums.FEWEST

    @property
    def used_nothing(self) -> int:
        return self.members - self.users


@dataclass(frozen=True)
class Offer:
    """A service or a shared strategy as its card shows it: who provides it where the reader may know, what became of it."""

    it: Service
    owner: str
    use: ServiceUse | None = None

    @property
    def kind(self) -> str:
        """What kind it is; nothing where its name says the same."""
        label = KINDS.label(self.it.kind)
        return "" if label == self.it.title else label

    @property
    def innovation(self) -> str:
        return INNOVATION.label(self.it.innovation) if self.it.innovation else ""

    @property
    def tone(self) -> str:
        return _TONES[self.it.state]

    @property
    def capacity_percent(self) -> int | None:
        return self.use.capacity_percent if self.use else None


def offers(things: Sequence[Service], owners: Mapping[int, str], used: Usage | None = None) -> list[tuple[str, list[Offer]]]:
    """Cards by state, those that run first; what became of each where `used` is given."""
    uses = {one.service.pk: one for one in used.services} if used else {}
    found = [(str(state.label), [Offer(it, owners.get(it.owner_id or 0, ""), uses.get(it.pk)) for it in things if it.state == state]) for state in STATES]
    return [(words, cards) for words, cards in found if cards]


def lines_of(cluster: Cluster) -> QuerySet[Use]:
    """All lines of the ledger, reversed and reversing ones among them."""
    return Use.objects.filter(service__cluster=cluster).select_related("service", "membership__organisation", "reversed_by", "reverses")


def standing(lines: QuerySet[Use]) -> QuerySet[Use]:
    """The lines that stand: neither reversed nor reversing."""
    return lines.filter(reverses=None, reversed_by=None)


def newest_line(cluster: Cluster) -> int:
    """The number of the newest line of the ledger, 0 where there is none; one query."""
    return Use.objects.filter(service__cluster=cluster).aggregate(newest=Max("pk"))["newest"] or 0


def lines_seen(person: Anyone, cluster: Cluster) -> QuerySet[Use]:
    """The lines a person sees: all of them who leads, those of her own organisations everybody else."""
    lines = lines_of(cluster)
    return lines if access.may_lead(person, cluster) else lines.filter(membership__organisation__in=access.represented(person, cluster.region))


def years_used(cluster: Cluster) -> list[int]:
    """The years of the ledger, the newest first; one query."""
    return [one.year for one in Use.objects.filter(service__cluster=cluster).order_by().dates("on", "year", order="DESC")]


def usage(cluster: Cluster, period: Period | None = None, day: date | None = None, services: Sequence[Service] | None = None) -> Usage:
    """What the ledger says of a period, the last twelve months where none is named; three queries, two where its services are given."""
    today = day or timezone.localdate()
    asked = period or last_year(today)
    services = catalogue(cluster).services if services is None else services
    members = [it for it in cluster.memberships.select_related("organisation").order_by("organisation__name_fold", "pk") if it.was_member_on(today)]
    lines = list(standing(lines_of(cluster)).filter(on__gte=asked.begins, on__lte=asked.ends))
    by_service, by_member = _grouped(lines, "service_id"), _grouped(lines, "membership_id")
    keys = {it.pk for it in members}
    told = tuple(_of_service(it, by_service.get(it.pk, []), keys, asked) for it in services)
    months = sums.counted_by_month((line.on for line in lines), asked.begins, asked.ends)
    return Usage(
        asked, len(members), told, tuple(_of_member(it, by_member.get(it.pk, [])) for it in members), tuple(months.items()), len(lines), len(keys & set(by_member)), len(by_member),
        _sum(line.paid for line in lines), _sum(line.saved for line in lines), sums.satisfaction_of_all([_voices(by_service.get(it.pk, [])) for it in services]), tuple(lines),
    )  # fmt: skip


def _grouped(lines: Iterable[Use], by: str) -> dict[int, list[Use]]:
    found: dict[int, list[Use]] = defaultdict(list)
    for line in lines:
        found[getattr(line, by)].append(line)
    return dict(found)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [one for one in amounts if one is not None]
    return sum(known, NOUGHT) if known else None


def _voices(lines: Iterable[Use]) -> list[tuple[int, int]]:
    return [(line.membership_id, line.satisfaction) for line in lines if line.satisfaction is not None]


def _of_service(it: Service, lines: list[Use], members: set[int], period: Period) -> ServiceUse:
    voices, quantity = _voices(lines), sum((line.quantity for line in lines), NOUGHT)
    users = {line.membership_id for line in lines}
    widely = sums.is_widely_used(len(users & members), len(members), LEVEL_PART)
    begins, ends = max(period.begins, it.starts_on or period.begins), min(period.ends, it.closed_on or period.ends)
    return ServiceUse(
        it, len(lines), quantity, len(users), widely, _sum(line.paid for line in lines), _sum(line.saved for line in lines),
        sums.satisfaction(voices), len({member for member, _said in voices}), sums.capacity_used(quantity, it.capacity, begins, ends),
    )  # fmt: skip


def _of_member(it: Membership, lines: list[Use]) -> MemberUse:
    names = tuple(dict.fromkeys(line.service.title for line in sorted(lines, key=lambda line: line.service.order)))
    return MemberUse(it, len(lines), names, _sum(line.paid for line in lines), _sum(line.saved for line in lines), max((line.on for line in lines), default=None))


def owners_of(it: Catalogue) -> list[int]:
    """The organisations that provide something."""
    return [one.owner_id for one in (*it.services, *it.strategies) if one.owner_id]


def names_seen(person: Anyone, cluster: Cluster, organisations: Iterable[int]) -> dict[int, str]:
    """{organisation: its name} of those the person may see in the register; one query."""
    seen = register_access.visible(person, cluster.region).filter(pk__in=set(organisations))
    return {it.pk: str(it) for it in seen}


def not_yet(cluster: Cluster) -> list[tuple[str, list[Any]]]:
    """The kinds of the seed the catalogue has nothing of, services and strategies apart; one query."""
    there = set(cluster.services.values_list("kind", flat=True))
    left = [[code for code in kinds if code.code not in there and not code.code.startswith("own_")] for kinds in (SERVICE_KINDS, STRATEGY_KINDS)]
    return [(words, codes) for words, codes in zip((_("Services"), _("Shared strategies")), left, strict=True) if codes]


def month_words(month: tuple[int, int]) -> str:
    """A month as charts and tables call it."""
    return date_format(date(*month, 1), "YEAR_MONTH_FORMAT")


