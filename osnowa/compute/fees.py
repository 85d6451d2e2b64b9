"""Who pays which fee, what do all fees bring together, and how many members carry a cost?

Tier of a member: the first in order whose sectors hold its sector (no sectors: all) and whose span holds its yearly revenue
(from ≤ revenue < below). Where the revenue is not known, the fee lies between the least and the most over all revenues from
nought on; where these differ it is told apart, never guessed. Whom no tier names pays nothing.

Total = Σ of the certain fees; with the uncertain ones it lies between Σ least and Σ most.
Break-even (C12) = ⌈cost / mean certain fee⌉: so many members of the present mix carry the cost; None where the mean is nought.
Units: money of one currency a year.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
NOUGHT = Decimal(0)


@dataclass(frozen=True)
class Tier:
    """A yearly fee for members of some sectors and of some size."""

    title: str
    amount: Decimal
    sectors: frozenset[str] = frozenset()
    revenue_from: Decimal | None = None
    revenue_below: Decimal | None = None

    def holds(self, sector: str, revenue: Decimal) -> bool:
        """Whether the tier applies."""
        if self.sectors and sector not in self.sectors:
            return False
        return (self.revenue_from is None or revenue >= self.revenue_from) and (self.revenue_below is None or revenue < self.revenue_below)


@dataclass(frozen=True)
class Payer(Generic[Key]):
    """A member that pays, with its sector and its yearly revenue where it is known."""

    key: Key
    sector: str
    revenue: Decimal | None = None


@dataclass(frozen=True)
class Due(Generic[Key]):
    """What a member pays: its tier where one is certain, and the least and the most it may be."""

    payer: Payer[Key]
    tier: Tier | None
    least: Decimal
    most: Decimal
    is_certain: bool

    @property
    def amount(self) -> Decimal | None:
        """The fee where it is certain."""
        return self.least if self.is_certain else None


@dataclass(frozen=True)
class Scheme(Generic[Key]):
    """What tiers bring from members."""

    dues: tuple[Due[Key], ...]

    @property
    def certain(self) -> tuple[Due[Key], ...]:
        return tuple(due for due in self.dues if due.is_certain)

    @property
    def unknown(self) -> tuple[Due[Key], ...]:
        """Those whose fee hangs on a revenue nobody knows."""
        return tuple(due for due in self.dues if not due.is_certain)

    @property
    def total(self) -> Decimal:
        """The sum of the certain fees."""
        return sum((due.least for due in self.certain), NOUGHT)

    @property
    def least(self) -> Decimal:
        return sum((due.least for due in self.dues), NOUGHT)

    @property
    def most(self) -> Decimal:
        return sum((due.most for due in self.dues), NOUGHT)

    @property
    def mean(self) -> Decimal | None:
        """The mean of the certain fees, those who pay nothing among them."""
        return self.total / len(self.certain) if self.certain else None


def due_of(payer: Payer[Key], tiers: Sequence[Tier]) -> Due[Key]:
    """What one member pays; of an unknown revenue every span of the tiers is tried once."""
    revenues = {payer.revenue} if payer.revenue is not None else {NOUGHT, *_bounds(tiers)}
    possible = {next((place for place, tier in enumerate(tiers) if tier.holds(payer.sector, revenue)), None) for revenue in revenues}
    amounts = [NOUGHT if place is None else tiers[place].amount for place in possible]
    only = next(iter(possible)) if len(possible) == 1 else None
    return Due(payer, None if only is None else tiers[only], min(amounts), max(amounts), is_certain=min(amounts) == max(amounts))


def _bounds(tiers: Sequence[Tier]) -> set[Decimal]:
    """Every revenue, none below nought, at which another tier may begin to apply."""
    return {bound for tier in tiers for bound in (tier.revenue_from, tier.revenue_below) if bound is not None and bound > 0}


def scheme(payers: Iterable[Payer[Key]], tiers: Sequence[Tier]) -> Scheme[Key]:
    """What all members pay."""
    return Scheme(tuple(due_of(payer, tiers) for payer in payers))


def break_even(cost: Decimal, it: Scheme[Key]) -> int | None:
    """How many members of the present mix carry a cost; None where fees bring nothing or nothing is certain."""
    if cost <= 0:
        return 0
    if not it.certain or it.total <= 0:
        return None
    return ceil(Fraction(cost) * len(it.certain) / Fraction(it.total))


def missing(cost: Decimal, it: Scheme[Key]) -> int | None:
    """How many members more than there are would carry a cost."""
    needed = break_even(cost, it)
    return None if needed is None else max(0, needed - len(it.dues))
