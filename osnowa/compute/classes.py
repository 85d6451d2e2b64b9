"""Into which few classes do the values of a map fall, so that each holds about as many places?

Quantiles: the ordered values are cut into parts of equal number; equal values never part. A class is told by the
smallest and the largest value in it, so no class promises values that nobody has.
Source: Slocum et al., Thematic Cartography and Geovisualization, 3rd ed., Pearson 2009, chapter 4.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Class:
    """The values from `low` to `high`, both included, and how many there are."""

    low: float
    high: float
    count: int


def quantiles(values: Iterable[float], most: int = 5) -> tuple[Class, ...]:
    """At most so many classes, from the smallest values to the largest; none without values."""
    ordered = sorted(values)
    if not ordered:
        return ()
    ends = {value: number for number, value in enumerate(ordered, start=1)}
    if len(ends) <= most:
        cuts = list(ends.values())
    else:
        cuts = sorted({ends[ordered[min(len(ordered), round(len(ordered) * part / most)) - 1]] for part in range(1, most + 1)})
    starts = [0, *cuts[:-1]]
    return tuple(Class(ordered[start], ordered[end - 1], end - start) for start, end in zip(starts, cuts, strict=True))


def class_of(value: float, classes: Sequence[Class]) -> int:
    """The position of the class of one of the values."""
    return min(bisect_left([one.high for one in classes], value), len(classes) - 1)
