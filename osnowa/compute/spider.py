"""How far is something along each dimension, how much do many voices agree, and what of it can be told of nobody?

Level of a dimension = median of the valid answers; "no answer" is in no denominator. Mean of the levels = their sum / how
many there are. gap = target - level; priority = gap * importance; IQR = Q3 - Q1, from 2 on "discuss"; divergence = the
largest less the smallest median of sectors with at least 4 answers. Quartiles are those of type 7 (linear between order
statistics, as QUARTILE.INC of spreadsheets; Hyndman & Fan, The American Statistician 50, 1996, 361-365).

Agreement A runs from -1 (two ends) over 0 (even) to 1 (all alike): counts are cut into layers of equal height; a layer with
S of K categories filled has A = U * (1 - (S-1)/(K-1)), U = ((K-2)*TU - (K-1)*TDU) / ((K-2)*(TU+TDU)), TU the triples
(filled, filled, empty) and (empty, filled, filled), TDU the triples (filled, empty, filled); A is the mean of the layers
weighted by their answers. Source: C. van der Eijk, Measuring Agreement in Ordered Rating Scales, Quality & Quantity 35 (2001)
325-341.

What may be shown. A sector with 1 to 3 answers is small: its median must stay open to whoever knows all that is shown, how
many answered in each sector, and these rules.
1. Small sectors are hidden, and the smallest others with them, until two sectors and four answers are hidden: the rest.
2. Sectors are shown beside the whole only where some exchange of answers within the rest gives every small sector another
   median: who knows all that is shown knows of the rest at most how often each level was said, and every exchange within
   it shows the same, so two possibilities stay. And only where median and quartiles of all leave room for the whole rest
   at two levels at least: otherwise hiding the sectors would itself say which level nearly all of the rest said.
3. Otherwise only the whole is shown: median and quartiles where at least 2 answers (1, where no small sector has 3) lie
   beyond each quartile: from 9 (5) answers on; from 5 on the median alone. Agreement A then stays untold, since A = 1 would
   say that everybody said the same.
4. While answers come in only the whole is shown, and it moves by whole batches: at least 4 voices speak anew between two
   views, and at least 4 are always kept back, so that the last view too differs by 4 from the one before.
Units: levels of the scale; counts of answers.
"""

import math
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TypeVar

Voice = TypeVar("Voice", bound=Hashable)
Said = TypeVar("Said")

#: The fewest answers a sector is shown with, and the fewest voices by which two views differ.
FEWEST = 4
#: The distance of the quartiles from which on a dimension is worth talking about.
DISCUSS = 2


@dataclass(frozen=True)
class Line:
    """What is told of the answers of many to one dimension; None is what stays untold."""

    n: int
    median: float
    low: float | None = None
    high: float | None = None
    agreement: float | None = None

    @property
    def spread(self) -> float | None:
        """The distance of the quartiles."""
        return None if self.low is None or self.high is None else self.high - self.low

    @property
    def is_to_discuss(self) -> bool:
        return self.spread is not None and self.spread >= DISCUSS


@dataclass(frozen=True)
class Published:
    """What may be shown of one dimension: the whole, sectors, the rest taken together, and which sectors are hidden."""

    whole: Line | None
    sectors: Mapping[str, Line] = field(default_factory=dict)
    rest: Line | None = None
    hidden: frozenset[str] = frozenset()

    @property
    def divergence(self) -> float | None:
        """How far the medians of the sectors lie apart; None where fewer than two are shown."""
        medians = [line.median for line in self.sectors.values()]
        return max(medians) - min(medians) if len(medians) > 1 else None


@dataclass(frozen=True)
class Rate:
    """How many of those asked have answered, and how far a share among them may lie from that of all (95 %)."""

    asked: int
    answered: int

    @property
    def share(self) -> float | None:
        return self.answered / self.asked if self.asked else None

    @property
    def margin(self) -> float | None:
        return margin(self.answered, self.asked)


def quantile(values: Sequence[float], share: float) -> float:
    """The quantile of type 7 of sorted values."""
    place = share * (len(values) - 1)
    below = math.floor(place)
    above = min(below + 1, len(values) - 1)
    return values[below] + (place - below) * (values[above] - values[below])


def median(values: Iterable[float]) -> float | None:
    """The middle of values; None of none."""
    known = sorted(values)
    return quantile(known, 0.5) if known else None


def mean(levels: Iterable[float | None]) -> float | None:
    """The mean of the levels there are."""
    known = [level for level in levels if level is not None]
    return math.fsum(known) / len(known) if known else None


def gap(target: float | None, level: float | None) -> float | None:
    """How far the level lies below the target."""
    return None if target is None or level is None else target - level


def priority(gap: float | None, importance: float | None) -> float | None:
    """The gap weighed by importance."""
    return None if gap is None or importance is None else gap * importance


def margin(answered: int, of: int, share: float = 0.5, z: float = 1.96) -> float | None:
    """The margin of error of a share in a finite population: z * sqrt(p(1-p)/n * (N-n)/(N-1))."""
    if answered < 1 or of < 1:
        return None
    if answered >= of:
        return 0.0
    return z * math.sqrt(share * (1 - share) / answered * (of - answered) / (of - 1))


def agreement(counts: Sequence[int]) -> float | None:
    """Van der Eijk's A of how often each step of a scale was said; None where nobody answered or the scale has no middle."""
    rest, total, found = list(counts), sum(counts), 0.0
    if total == 0 or len(rest) < 3:
        return None
    while any(rest):
        height = min(count for count in rest if count)
        pattern = [count > 0 for count in rest]
        found += _agreement_of_layer(pattern) * height * sum(pattern) / total
        rest = [count - height if count else 0 for count in rest]
    return found


def _agreement_of_layer(pattern: Sequence[bool]) -> float:
    steps, filled = len(pattern), sum(pattern)
    triples = [(pattern[a], pattern[b], pattern[c]) for a, b, c in combinations(range(steps), 3)]
    fitting = sum(triple in ((True, True, False), (False, True, True)) for triple in triples)
    torn = sum(triple == (True, False, True) for triple in triples)
    if fitting + torn == 0:
        return 1.0 if filled == 1 else 0.0
    unimodal = ((steps - 2) * fitting - (steps - 1) * torn) / ((steps - 2) * (fitting + torn))
    return unimodal * (1 - (filled - 1) / (steps - 1))


def line(values: Iterable[int], scale: tuple[int, int]) -> Line | None:
    """All there is to tell of answers on a scale (least, most); None of none."""
    known = sorted(values)
    if not known:
        return None
    often = Counter(known)
    counts = [often[step] for step in range(scale[0], scale[1] + 1)]
    return Line(len(known), quantile(known, 0.5), quantile(known, 0.25), quantile(known, 0.75), agreement(counts))


def publish(groups: Mapping[str, Sequence[int]], scale: tuple[int, int] = (1, 5)) -> Published:
    """What may be shown of one dimension, {sector: valid answers}; the order of answers plays no part."""
    there = {sector: sorted(values) for sector, values in groups.items() if values}
    everybody = sorted(value for values in there.values() for value in values)
    small = {sector for sector, values in there.items() if len(values) < FEWEST}
    if not small:
        return Published(line(everybody, scale), {sector: _told(values, scale) for sector, values in there.items()})
    rest = _rest(there, small)
    if not _may_show_sectors(there, everybody, small, rest, scale):
        return Published(_whole(everybody, max(len(there[sector]) for sector in small)), hidden=frozenset(there))
    shown = {sector: _told(values, scale) for sector, values in there.items() if sector not in rest}
    together = [value for sector in rest for value in there[sector]]
    return Published(line(everybody, scale), shown, line(together, scale), frozenset(rest))


def _told(values: Sequence[int], scale: tuple[int, int]) -> Line:
    told = line(values, scale)
    assert told is not None
    return told


def _rest(there: Mapping[str, Sequence[int]], small: set[str]) -> set[str]:
    """The small sectors, and the smallest others until two sectors and four answers are hidden."""
    rest = set(small)
    for sector in sorted(there, key=lambda one: (len(there[one]), one)):
        if len(rest) > 1 and sum(len(there[one]) for one in rest) >= FEWEST:
            break
        rest.add(sector)
    return rest


def _may_show_sectors(there: Mapping[str, Sequence[int]], everybody: Sequence[int], small: set[str], rest: set[str], scale: tuple[int, int]) -> bool:
    together = sorted(value for sector in rest for value in there[sector])
    if len(rest) == len(there) or not _fits(len(everybody), max(len(there[one]) for one in small)):
        return False
    levels = sum(_room_for(level, everybody) >= len(together) for level in range(scale[0], scale[1] + 1))
    return levels > 1 and all(_is_open(together, len(there[sector])) for sector in small)


def _room_for(level: int, everybody: Sequence[int]) -> int:
    """How many of all answers may have been this level, for who knows the answers next to median and quartiles."""
    last = len(everybody) - 1
    known = sorted({place for share in (0.25, 0.5, 0.75) for place in (math.floor(share * last), math.ceil(share * last))})
    first = max((place + 1 for place in known if everybody[place] < level), default=0)
    end = min((place for place in known if everybody[place] > level), default=len(everybody))
    return max(0, end - first)


def _is_open(together: Sequence[int], size: int) -> bool:
    """Whether the rest could give a sector of that size different medians: that of its smallest, and of its largest, answers."""
    return median(together[:size]) != median(together[-size:])


def _fits(n: int, largest: int) -> bool:
    """Whether enough answers lie beyond each quartile to give the largest small sector another median."""
    return n - 1 - math.ceil(0.75 * (n - 1)) >= (2 if largest > 2 else 1)


def _whole(everybody: Sequence[int], largest: int) -> Line | None:
    if len(everybody) <= FEWEST:
        return None
    middle = quantile(everybody, 0.5)
    if not _fits(len(everybody), largest):
        return Line(len(everybody), middle)
    return Line(len(everybody), middle, quantile(everybody, 0.25), quantile(everybody, 0.75))


def middle_of_all(groups: Mapping[str, Sequence[int]]) -> float | None:
    """The median over all sectors (of importance, of targets), where it leaves every small sector open."""
    everybody = [value for values in groups.values() for value in values]
    is_open = len(everybody) > FEWEST or (len(everybody) == FEWEST and sum(bool(values) for values in groups.values()) == 1)
    return median(everybody) if is_open else None


def next_view(shown: Mapping[Voice, Said], said: Mapping[Voice, Said], *, is_closed: bool = False) -> dict[Voice, Said]:
    """What the next view is drawn from: the last one, and whole batches of what was said anew since (`said`: longest ago first).

    `Said` names the turn too, so that who changes her mind and changes it back has spoken anew.
    """
    if is_closed:
        return dict(said)
    anew = [voice for voice, words in said.items() if shown.get(voice) != words]
    taken = anew[: max(0, len(anew) // FEWEST - 1) * FEWEST]
    return dict(shown) | {voice: said[voice] for voice in taken}
