"""Do secured sources pay the costs of a year, how much of the money is one's own, on how few givers does it hang, until when does it last?

Coverage of a year (C12) = secured sources / costs; above 1 more is secured than the year costs.
Own share (C12) = fees and sales / all income. Income is every source but the reserve, which is saved and not earned anew.
Months of reserve (C12) = reserve / (costs of the year / 12).
Runway (C12): costs fall evenly on the twelve months of a year, what is secured for a year is at hand from its January, what is
left goes over to the next year; the runway ends with the last month that is paid whole. It is told only as far as costs of
unbroken years are known; money of earlier years than the first counts only where somebody entered it as reserve.
Concentration (C13): HHI = Σ s², s the share of each giver in the income; normalised (HHI - 1/n) / (1 - 1/n), n the number of
givers: 0 where all give alike, 1 where one gives all but nothing; there is none for one giver. Largest share above 60 %: alarm.
Everything that would divide by nought is None: not known.
Sources: domain C12, C13; O. C. Herfindahl, Concentration in the Steel Industry, 1950. Units: money of one currency a year.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

NOUGHT = Decimal(0)
#: Above this share of one giver the alarm is raised (C13).
ALARM = Decimal("0.6")
MONTHS = 12
#: Kinds of sources that members and customers pay themselves, and the one that is no income.
OWN = frozenset({"fees", "sales"})
RESERVE = "reserve"


@dataclass(frozen=True)
class Source:
    """Money from a giver: so much, of a kind, secured or only asked for."""

    giver: Hashable
    origin: str
    amount: Decimal
    is_secured: bool = True


@dataclass(frozen=True)
class Runway:
    """Until when secured money lasts: the last month paid whole, and the last month costs are known of.

    `paid_until` is None where not even the first month is paid.
    """

    begins: tuple[int, int]
    paid_until: tuple[int, int] | None
    known_until: tuple[int, int]

    @property
    def lasts_to_the_end(self) -> bool:
        """Whether all months known of are paid."""
        return self.paid_until == self.known_until


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """A part of a whole; None where the whole is nought."""
    return part / whole if whole > 0 else None


def total(sources: Iterable[Source]) -> Decimal:
    """What sources bring together."""
    return sum((one.amount for one in sources), NOUGHT)


def income(sources: Iterable[Source]) -> list[Source]:
    """The sources that are not saved money."""
    return [one for one in sources if one.origin != RESERVE]


def coverage(secured: Decimal, cost: Decimal) -> Decimal | None:
    """How much of the costs is secured."""
    return share(secured, cost)


def own_share(sources: Iterable[Source]) -> Decimal | None:
    """How much of the income members and customers pay themselves."""
    found = income(sources)
    return share(total(one for one in found if one.origin in OWN), total(found))


def by_giver(sources: Iterable[Source]) -> dict[Hashable, Decimal]:
    """{giver: income from it}, without those who give nothing."""
    found: dict[Hashable, Decimal] = {}
    for one in income(sources):
        if one.amount > 0:
            found[one.giver] = found.get(one.giver, NOUGHT) + one.amount
    return found


def largest(amounts: Mapping[Hashable, Decimal]) -> tuple[Hashable, Decimal] | None:
    """Who gives most, and which share of all; the first of equals."""
    whole = sum(amounts.values(), NOUGHT)
    if whole <= 0:
        return None
    giver = max(amounts, key=lambda one: amounts[one])
    return giver, amounts[giver] / whole


def is_alarming(top: Decimal | None) -> bool:
    """Whether the largest share is above 60 % (C13)."""
    return top is not None and top > ALARM


def concentration(amounts: Iterable[Decimal]) -> Decimal | None:
    """Σ s² of the shares: 1 where one gives all, 1/n where n give alike."""
    given = [Fraction(one) for one in amounts if one > 0]
    whole = sum(given)
    return _decimal(sum((one / whole) ** 2 for one in given)) if whole else None


def normalised(amounts: Iterable[Decimal]) -> Decimal | None:
    """Concentration freed of the number of givers, 0 to 1; None where fewer than two give."""
    given = [Fraction(one) for one in amounts if one > 0]
    if len(given) < 2:
        return None
    whole, least = sum(given), Fraction(1, len(given))
    return _decimal((sum((one / whole) ** 2 for one in given) - least) / (1 - least))


def _decimal(exact: Fraction | int) -> Decimal:
    it = Fraction(exact)
    return Decimal(it.numerator) / Decimal(it.denominator)


def months_of_reserve(reserve: Decimal | None, cost: Decimal) -> Decimal | None:
    """How many months of a year's costs the reserve pays; None where no reserve is entered or no cost."""
    return None if reserve is None or cost <= 0 else reserve * MONTHS / cost


def runway(costs: Mapping[int, Decimal], secured: Mapping[int, Decimal], begins: int) -> Runway | None:
    """Until when secured money pays the costs, from January of a year on; None where costs of that year are not known."""
    years = _unbroken(costs, begins)
    if not years:
        return None
    paid: tuple[int, int] | None = None
    left = Fraction(0)
    for year in years:
        left += Fraction(secured.get(year, NOUGHT))
        monthly = Fraction(costs[year]) / MONTHS
        months = min(MONTHS, int(left / monthly)) if left > 0 else 0
        if months:
            paid = (year, months)
        if months < MONTHS:
            break
        left -= monthly * MONTHS
    return Runway((begins, 1), paid, (years[-1], MONTHS))


def _unbroken(costs: Mapping[int, Decimal], begins: int) -> Sequence[int]:
    """The years from one on whose costs are known, until the first gap."""
    years: list[int] = []
    while costs.get(begins + len(years), NOUGHT) > 0:
        years.append(begins + len(years))
    return years
