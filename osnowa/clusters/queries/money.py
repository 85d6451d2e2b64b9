"""Reads of money: the budget of a cluster by year, what it rests on, until when it lasts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from hashlib import sha256
from typing import Any

from django.utils import timezone

from osnowa.clusters.models import BudgetLine, Cluster
from osnowa.clusters.queries import fees
from osnowa.compute import money as sums
from osnowa.kit.words import fold

NOUGHT = Decimal(0)
Side, Origin = BudgetLine.Side, BudgetLine.Origin
Runway = sums.Runway
_CENT = Decimal("0.01")
_WRITTEN = ("title", "fte", "rate", "amount", "giver", "origin", "is_secured")
#: So many years a budget looks ahead.
YEARS = 3


def giver_of(line: BudgetLine) -> str:
    """Who stands behind a source: the giver named, else the line itself."""
    return line.giver.strip() or line.title


def _same(line: BudgetLine) -> str:
    """What two lines of one giver share, however it is spelt."""
    name = giver_of(line)
    return fold(name) or name.casefold()


def rate_of(line: BudgetLine) -> Decimal | None:
    """What one post costs a year; None where the line is no post."""
    return (line.amount / line.fte).quantize(_CENT, ROUND_HALF_UP) if line.fte else None


def as_written(line: BudgetLine) -> dict[str, Any]:
    """A line as its form shows it: a source with who gives it, a post by its rate, all else by its amount."""
    if line.side == Side.SOURCE:
        return {name: getattr(line, name) for name in ("title", "giver", "origin", "amount", "is_secured")}
    rate = rate_of(line)
    return {"title": line.title, "fte": line.fte, "rate": rate, "amount": None if rate else line.amount}


def mark_of(told: Mapping[str, Any]) -> str:
    """A short mark of what a line says: who sends it back has seen the line so. Lines that say the same bear the same mark."""
    words = [format(value.normalize(), "f") if isinstance(value := told.get(name), Decimal) else str(value or "") for name in _WRITTEN]
    return sha256("\n".join(words).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Mix:
    """What sources of a year rest on: shares by kind, own share, the largest giver, concentration (C13)."""

    amount: Decimal
    by_origin: tuple[tuple[str, str, Decimal], ...]
    givers: int
    own_share: Decimal | None
    top_giver: str
    top_share: Decimal | None
    is_alarming: bool
    concentration: Decimal | None
    normalised: Decimal | None


@dataclass(frozen=True)
class Year:
    """One year of the budget; what nobody entered is None."""

    year: int
    costs: tuple[BudgetLine, ...]
    sources: tuple[BudgetLine, ...]
    cost: Decimal | None
    secured: Decimal | None
    asked: Decimal | None
    reserve: Decimal | None
    coverage: Decimal | None
    coverage_if_all_comes: Decimal | None
    months_of_reserve: Decimal | None
    #: Of the secured income, and of all income with what is only asked for.
    mix: Mix
    mix_if_all_comes: Mix

    @property
    def lines(self) -> tuple[BudgetLine, ...]:
        return self.costs + self.sources

    @property
    def planned(self) -> Decimal | None:
        """Secured and asked for together."""
        return None if self.secured is None else self.secured + (self.asked or NOUGHT)

    @property
    def gap(self) -> Decimal | None:
        """What of the costs is not secured; below nought it is more than secured."""
        return None if self.cost is None else self.cost - (self.secured or NOUGHT)

    @property
    def posts(self) -> Decimal | None:
        """The posts (FTE) among the costs."""
        known = [line.fte for line in self.costs if line.fte is not None]
        return sum(known, NOUGHT) if known else None


@dataclass(frozen=True)
class Budget:
    """The years that have lines, those before today's among them, and how long secured money lasts from this year on."""

    years: tuple[Year, ...]
    runway: Runway | None
    this_year: int

    @property
    def is_empty(self) -> bool:
        return not self.years

    def year(self, year: int) -> Year | None:
        """One year where it has lines."""
        return next((one for one in self.years if one.year == year), None)

    @property
    def current(self) -> Year | None:
        """This year, else the first year to come that has lines, else the last one there was."""
        coming = [one for one in self.years if one.year >= self.this_year]
        return coming[0] if coming else self.years[-1] if self.years else None

    @property
    def plan(self) -> tuple[Year, ...]:
        """This year and those to come."""
        return tuple(one for one in self.years if one.year >= self.this_year)


def budget(cluster: Cluster, day: date | None = None) -> Budget:
    """The whole budget; one query."""
    this_year = (day or timezone.localdate()).year
    lines = list(cluster.budget.all())
    years = tuple(_year(year, [one for one in lines if one.year == year]) for year in sorted({one.year for one in lines}))
    costs = {one.year: one.cost for one in years if one.cost}
    begins = min((year for year in costs if year >= this_year), default=this_year)
    return Budget(years, sums.runway(costs, {one.year: one.secured or NOUGHT for one in years}, begins), this_year)


def _year(year: int, lines: Sequence[BudgetLine]) -> Year:
    costs = tuple(one for one in lines if one.side == Side.COST)
    sources = tuple(one for one in lines if one.side == Side.SOURCE)
    secured = [one for one in sources if one.is_secured]
    kept = [one for one in secured if one.origin == Origin.RESERVE]
    cost = _sum(costs)
    whole, safe, reserve = _sum(sources), _sum(secured) or NOUGHT, _sum(kept)
    return Year(
        year, costs, sources, cost, None if whole is None else safe, None if whole is None else whole - safe, reserve,
        _coverage(safe if sources else None, cost), _coverage(whole, cost), sums.months_of_reserve(reserve, cost or NOUGHT), mix(secured), mix(sources),
    )  # fmt: skip


def _sum(lines: Sequence[BudgetLine]) -> Decimal | None:
    return sum((one.amount for one in lines), NOUGHT) if lines else None


def _coverage(money: Decimal | None, cost: Decimal | None) -> Decimal | None:
    return None if money is None or cost is None else sums.coverage(money, cost)


def mix(lines: Iterable[BudgetLine]) -> Mix:
    """What sources rest on; the reserve is saved money and stands in no share."""
    rows = list(lines)
    names = {_same(one): giver_of(one) for one in reversed(rows)}
    sources = [sums.Source(_same(one), one.origin, one.amount, one.is_secured) for one in rows]
    givers, income = sums.by_giver(sources), sums.income(sources)
    top = sums.largest(givers)
    by_origin = [(origin.value, str(origin.label), sums.total(one for one in income if one.origin == origin)) for origin in Origin]
    return Mix(
        sums.total(income), tuple(row for row in by_origin if row[2] > 0), len(givers), sums.own_share(sources), names[str(top[0])] if top else "", top[1] if top else None,
        sums.is_alarming(top[1] if top else None), sums.concentration(givers.values()), sums.normalised(givers.values()),
    )  # fmt: skip


@dataclass(frozen=True)
class BreakEven:
    """How many members of the present mix would carry by fees what nobody else secured (C12)."""

    year: int
    left: Decimal
    members: int
    needed: int | None
    missing: int | None
    unknown: int


def break_even(cluster: Cluster, it: Year, day: date | None = None) -> BreakEven | None:
    """The break-even of a year by the fee tiers; None where no costs or no tiers are entered. Four queries."""
    tiers = fees.tiers_of(cluster)
    if it.cost is None or not tiers:
        return None
    others = sum((one.amount for one in it.sources if one.is_secured and one.origin != Origin.FEES), NOUGHT)
    left = max(it.cost - others, NOUGHT)
    found = fees.simulate(cluster, [("", [fees.tier_of(one) for one in tiers])], left, day or timezone.localdate())
    outlook = found.outlooks[0]
    return BreakEven(it.year, left, found.members, outlook.needed, outlook.missing, len(outlook.scheme.unknown))
