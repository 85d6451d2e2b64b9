"""How much is a service used, by how many, how full is it, and what do its users say, without any one of them being told?

Satisfaction: each member one voice, the mean of what it said; the mean of voices, told in half steps and only from four voices on
(V4). Of all services together it is told only where the services with one to three voices hold four different members at least,
or none: else what stays hidden of one could be taken from the rest.
Widely used (D3, third level): by at least one in so many members. Capacity used = quantity / (capacity a month × months open);
a month is 365/12 days.
Units: lines of the ledger, uses, months, steps 1 to 5.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

#: The fewest voices that are told.
FEWEST = 4
_MONTH_DAYS = Decimal(365) / 12
Said = tuple[Hashable, int]


def _means(said: Iterable[Said]) -> list[Decimal]:
    by_voice: dict[Hashable, list[int]] = defaultdict(list)
    for voice, step in said:
        by_voice[voice].append(step)
    return [Decimal(sum(steps)) / len(steps) for steps in by_voice.values()]


def satisfaction(said: Iterable[Said]) -> Decimal | None:
    """The mean of the voices to the half step; None under four voices."""
    means = _means(said)
    if len(means) < FEWEST:
        return None
    return (sum(means, Decimal(0)) / len(means) * 2).quantize(Decimal(1), ROUND_HALF_UP) / 2


def satisfaction_of_all(services: Sequence[Iterable[Said]]) -> Decimal | None:
    """The satisfaction with all services together; None where it would tell what few said of one of them."""
    found = [list(said) for said in services]
    few = [said for said in found if 0 < len({voice for voice, _step in said}) < FEWEST]
    hidden = {voice for said in few for voice, _step in said}
    return None if 0 < len(hidden) < FEWEST else satisfaction(one for said in found for one in said)


def is_widely_used(users: int, members: int, part: int) -> bool:
    """Whether at least one in so many members used it; nobody is no wide use."""
    return users > 0 and users * part >= members


def capacity_used(quantity: Decimal, capacity: Decimal | None, begins: date, ends: date) -> Decimal | None:
    """The part of the capacity that was used while it was open; None where no capacity is known or it was not open."""
    days = (ends - begins).days + 1
    if not capacity or days <= 0:
        return None
    return quantity / (capacity * days / _MONTH_DAYS)


def months(begins: date, ends: date) -> list[tuple[int, int]]:
    """The calendar months between two days, both among them."""
    first, last = begins.year * 12 + begins.month - 1, ends.year * 12 + ends.month - 1
    return [(number // 12, number % 12 + 1) for number in range(first, last + 1)]


def counted_by_month(days: Iterable[date], begins: date, ends: date) -> dict[tuple[int, int], int]:
    """{(year, month): how many of the days}, months without any among them."""
    found = dict.fromkeys(months(begins, ends), 0)
    for day in days:
        if begins <= day <= ends:
            found[day.year, day.month] += 1
    return found
