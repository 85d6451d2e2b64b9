"""How did a stock change between two days, and by what?

count − before = new − closed, where `new` are those there now and not before, and `closed` those there before and not now.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """A stock on a day, on an earlier day, and what came and went in between (things, without unit)."""

    count: int
    before: int
    new: int
    closed: int

    @property
    def change(self) -> int:
        return self.count - self.before

    @property
    def adds_up(self) -> bool:
        """Whether what came and went explains the whole change."""
        return self.change == self.new - self.closed


def movement(before: Iterable[object], now: Iterable[object]) -> Change:
    """The change from one set of things to another."""
    was, there = set(before), set(now)
    return Change(count=len(there), before=len(was), new=len(there - was), closed=len(was - there))
