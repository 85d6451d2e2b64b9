"""Where does a place stand among places like it, how far is it from them, and how did it change?

Rank: 1 + the number of places that are better (competition ranking: ties share the better rank, the next one is left out).
"Better" follows the polarity of the indicator; where neither is better, the highest value is first.
z = (value − mean) / population standard deviation, over all places with a value; none where all values are equal.
Percentile = 100 · (places that are worse + half of the other places with the same value) / (places − 1).
Distance of two places = root of the mean of the squared differences of their z over the indicators both have (Euclidean,
made comparable where something is missing); a place that lacks more than a third of them is not compared.
Values are in the unit of the indicator; z, percentile and distance have none.
Source: OECD/JRC, Handbook on Constructing Composite Indicators, 2008, step 5 (normalisation).
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

HIGHER, LOWER, NEUTRAL = "higher", "lower", "neutral"
#: The share of the chosen indicators two places must both have to be compared.
ENOUGH = 2 / 3


@dataclass(frozen=True)
class Spread:
    """The middle and the width of some values: how many, their mean, their population standard deviation."""

    of: int
    mean: float
    sd: float
    least: float
    most: float

    def z(self, value: float) -> float | None:
        """How many standard deviations a value lies from the mean."""
        return (value - self.mean) / self.sd if self.sd > 0 else None


@dataclass(frozen=True)
class Standing:
    """Where one place stands: its value, its rank of how many, z, percentile, and the gaps to the mean and the best."""

    value: float
    rank: int
    of: int
    z: float | None
    percentile: float | None
    mean: float
    best: float
    least: float
    most: float

    @property
    def gap_to_mean(self) -> float:
        return self.value - self.mean

    @property
    def gap_to_best(self) -> float:
        return self.value - self.best


@dataclass(frozen=True)
class Point:
    """A value of a period; `is_break`: it was measured in another way than the one before."""

    period: str
    value: float | None
    is_break: bool = False


@dataclass(frozen=True)
class Change:
    """From one period to the next with a value, with nothing in between that breaks the series."""

    since: str
    until: str
    before: float
    after: float

    @property
    def by(self) -> float:
        return self.after - self.before

    @property
    def share(self) -> float | None:
        """The change as a share of the earlier value."""
        return self.by / abs(self.before) if self.before else None


@dataclass(frozen=True)
class Likeness:
    """How far a place is from another, over how many indicators both have."""

    place: str
    distance: float
    shared: int


def spread(values: Iterable[float]) -> Spread | None:
    """The middle and the width of values; None of none."""
    all_of_them = list(values)
    if not all_of_them:
        return None
    least, most = min(all_of_them), max(all_of_them)
    if least == most:
        return Spread(len(all_of_them), least, 0.0, least, most)
    mean = math.fsum(all_of_them) / len(all_of_them)
    sd = math.sqrt(math.fsum((value - mean) ** 2 for value in all_of_them) / len(all_of_them))
    return Spread(len(all_of_them), mean, sd, least, most)


def is_better(one: float, other: float, polarity: str) -> bool:
    """Whether one value stands before the other."""
    return one < other if polarity == LOWER else one > other


def ranks(values: Mapping[str, float], polarity: str) -> dict[str, int]:
    """{place: rank}, 1 the best; ties share the rank."""
    order = sorted(values.items(), key=lambda item: item[1] if polarity == LOWER else -item[1])
    found: dict[str, int] = {}
    for number, (place, value) in enumerate(order, start=1):
        tied = number > 1 and value == order[number - 2][1]
        found[place] = found[order[number - 2][0]] if tied else number
    return found


def standing(place: str, values: Mapping[str, float], polarity: str) -> Standing | None:
    """Where a place stands among the values of all; None where it has none."""
    if place not in values:
        return None
    return standings(values, polarity, [place])[place]


def standings(values: Mapping[str, float], polarity: str, places: Collection[str] | None = None) -> dict[str, Standing]:
    """{place: standing} of the places asked for, else of all."""
    wide = spread(values.values())
    if wide is None:
        return {}
    rank = ranks(values, polarity)
    same: dict[float, int] = {}
    for value in values.values():
        same[value] = same.get(value, 0) + 1
    best = wide.least if polarity == LOWER else wide.most
    return {
        place: Standing(
            value=(value := values[place]), rank=rank[place], of=wide.of, z=wide.z(value), percentile=_percentile(rank[place], same[value], wide.of),
            mean=wide.mean, best=best, least=wide.least, most=wide.most,
        )
        for place in (values if places is None else places)
    }  # fmt: skip


def _percentile(rank: int, same: int, of: int) -> float | None:
    if of < 2:
        return None
    worse = of - (rank - 1) - same
    return 100 * (worse + (same - 1) / 2) / (of - 1)


def gap_to_target(value: float, target: float, polarity: str) -> float:
    """How far a value is from a target, above zero where it is reached or passed in the better direction."""
    return target - value if polarity == LOWER else value - target


def stretches(points: Sequence[Point]) -> list[list[Point]]:
    """A series cut at its breaks; within a stretch values can be compared."""
    parts: list[list[Point]] = []
    for point in points:
        if point.is_break or not parts:
            parts.append([])
        parts[-1].append(point)
    return parts


def changes(points: Sequence[Point]) -> list[Change]:
    """From each value to the next one of the same stretch; never across a break."""
    found: list[Change] = []
    for part in stretches(points):
        found += [Change(since, until, before, after) for (since, before), (until, after) in pairwise(_known(part))]
    return found


def change_since(points: Sequence[Point], periods: int) -> Change | None:
    """From `periods` values back to the last one, or as far as the last stretch reaches; None where it has one value."""
    known = _known((stretches(points) or [[]])[-1])
    if len(known) < 2:
        return None
    (since, before), (until, after) = known[max(0, len(known) - 1 - periods)], known[-1]
    return Change(since, until, before, after)


def _known(points: Iterable[Point]) -> list[tuple[str, float]]:
    return [(point.period, point.value) for point in points if point.value is not None]


def z_scores(values: Mapping[str, float]) -> dict[str, float]:
    """{place: z}; empty where all values are equal, which tell nothing apart."""
    wide = spread(values.values())
    if wide is None or wide.sd == 0:
        return {}
    return {place: (value - wide.mean) / wide.sd for place, value in values.items()}


def nearest(place: str, table: Mapping[str, Mapping[str, float]], most: int = 5, among: Collection[str] | None = None) -> list[Likeness]:
    """The places most like this one over some indicators, the nearest first.

    `table` is {indicator: {place: value}}. What a place lacks is not guessed: only indicators both have are compared, and
    at least two thirds of those this place has.
    """
    scores = {indicator: z_scores(values) for indicator, values in table.items()}
    own = {indicator: z[place] for indicator, z in scores.items() if place in z}
    others = {other for z in scores.values() for other in z} - {place}
    if among is not None:
        others &= set(among)
    found = []
    for other in others:
        gaps = [z - scores[indicator][other] for indicator, z in own.items() if other in scores[indicator]]
        if gaps and len(gaps) >= ENOUGH * len(own) - 1e-9:
            found.append(Likeness(other, math.sqrt(math.fsum(gap * gap for gap in gaps) / len(gaps)), len(gaps)))
    return sorted(found, key=lambda one: (one.distance, one.place))[:most]
