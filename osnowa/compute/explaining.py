"""Why did the number of organisations in a cell change between two days? One cause for each organisation that came or went.

    count(B) - count(A) = new - closed + type + place + corrected        (type, place, corrected: came less went)

An organisation that came into the cell: it was there on A in another cell (it changed its type, else its place); else it
began in (A, B] and is new; else it had been there unknown and the register was corrected. One that left: it is there on B in
another cell; else it ended in (A, B] and is closed; else the register was corrected. Units: organisations.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Cause(StrEnum):
    """Why an organisation came into a cell or left it."""

    NEW = "new"
    CLOSED = "closed"
    TYPE = "type"
    PLACE = "place"
    CORRECTED = "corrected"


@dataclass(frozen=True)
class Crossing:
    """An organisation that came into a cell or left it, as far as its cause goes.

    `elsewhere`: it is there on the other day too, outside the cell; `same_type`: as a member of the same type of it.
    `dated`: the day it began (for one that came) or ended (for one that left) lies between the days.
    """

    came: bool
    elsewhere: bool = False
    same_type: bool = False
    dated: bool = False

    @property
    def cause(self) -> Cause:
        if self.elsewhere:
            return Cause.PLACE if self.same_type else Cause.TYPE
        if self.dated:
            return Cause.NEW if self.came else Cause.CLOSED
        return Cause.CORRECTED


@dataclass(frozen=True)
class Explained:
    """The change of one cell: organisations on both days, and how many came and went for each cause."""

    before: int
    after: int
    came: dict[Cause, int] = field(default_factory=dict)
    went: dict[Cause, int] = field(default_factory=dict)

    @property
    def change(self) -> int:
        return self.after - self.before

    def net(self, cause: Cause) -> int:
        """How much a cause added (or took away, below nought)."""
        return self.came.get(cause, 0) - self.went.get(cause, 0)

    def moves(self, cause: Cause) -> int:
        """How many organisations a cause moved, in whatever direction."""
        return self.came.get(cause, 0) + self.went.get(cause, 0)

    @property
    def adds_up(self) -> bool:
        """Whether the causes together are the whole change."""
        return self.change == sum(self.net(cause) for cause in Cause)


def explained(before: int, after: int, crossings: Iterable[tuple[Crossing, int]]) -> Explained:
    """The change of a cell from its counts and how many crossed it in which way."""
    came: dict[Cause, int] = {}
    went: dict[Cause, int] = {}
    for crossing, number in crossings:
        side = came if crossing.came else went
        side[crossing.cause] = side.get(crossing.cause, 0) + number
    return Explained(before, after, came, went)


def is_between(day: date | None, start: date, end: date) -> bool:
    """Whether a day lies in (start, end]."""
    return day is not None and start < day <= end
