"""Where do high values lie beside high ones, more than chance would bring about?

Local Moran: I_i = z_i Σ_j w_ij z_j / m2, with z the deviations from the mean, m2 = Σ z² / n, rows of w summing to 1; the sum
over all places is n times Moran's I. Getis-Ord G*_i: the standardised sum of the values of a place and its neighbours.
How sure: the values of all other places are dealt out to the neighbours anew R times (conditional permutation), and
p = (min(#>=, R − #>=) + 1) / (R + 1). Since that deal differs between places of equally many neighbours only in the one value
that stays, one sorted reference of R deals serves all of them, corrected for that value; so 99,999 deals cost as little
as 999 place by place. With few places (n < 1,000) each place is dealt for itself, exactly.
False discoveries among many places are held at a rate by Benjamini and Hochberg.
Sources: L. Anselin, Geographical Analysis 27 (1995) 93–115; J. K. Ord, A. Getis, ibid. 286–306; Y. Benjamini, Y. Hochberg,
JRSS B 57 (1995) 289–300. Checked against esda (PySAL).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import spatial

Floats = NDArray[np.float64]
_FEW = 1000
#: Quadrants as PySAL numbers them: high among high, low among high, low among low, high among low.
HIGH_HIGH, LOW_HIGH, LOW_LOW, HIGH_LOW = 1, 2, 3, 4


@dataclass(frozen=True)
class Neighbours:
    """Who lies beside whom: of place i the places others[start[i] : start[i + 1]], all of equal weight."""

    start: NDArray[np.int64]
    others: NDArray[np.int64]

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> "Neighbours":
        """From a list of neighbours for each place."""
        start = np.concatenate([[0], np.cumsum([len(one) for one in lists])]).astype(np.int64)
        return cls(start, np.array([other for one in lists for other in one], np.int64))

    @property
    def counts(self) -> NDArray[np.int64]:
        return np.diff(self.start)

    def mean_of(self, values: Floats) -> Floats:
        """The mean of each place's neighbours; 0 for a place without any."""
        sums = np.concatenate([[0.0], np.cumsum(values[self.others])])
        means: Floats = (sums[self.start[1:]] - sums[self.start[:-1]]) / np.maximum(self.counts, 1)
        return means


def nearest(points: ArrayLike, k: int) -> Neighbours:
    """The k nearest places of each place; points (n, 2) in metres or any flat measure. Fewer where there are fewer."""
    at = np.asarray(points, float)
    k = min(k, len(at) - 1)
    if k < 1:
        return Neighbours.of([[] for _ in at])
    _far, found = spatial.cKDTree(at).query(at, k + 1)
    lists = [[int(other) for other in row if other != own][:k] for own, row in enumerate(found)]
    return Neighbours.of(lists)


@dataclass(frozen=True)
class Hotspots:
    """One value a place: `statistic`, its `quadrant` (Moran) or sign (G*: 1 high, 3 low), `p` by permutation, and whether
    it stands out (`is_sure`) with the rate of false discoveries held. Places without neighbours have p = 1."""

    statistic: Floats
    quadrant: NDArray[np.int64]
    p: Floats
    is_sure: NDArray[np.bool_]
    overall: float


def sure(p: Floats, rate: float = 0.05) -> NDArray[np.bool_]:
    """Which of many p-values stand out when at most `rate` of those named may be false (Benjamini–Hochberg)."""
    n = len(p)
    order = np.argsort(p, kind="stable")
    passed = p[order] <= rate * np.arange(1, n + 1) / max(n, 1)
    last = np.flatnonzero(passed).max() + 1 if passed.any() else 0
    found = np.zeros(n, bool)
    found[order[:last]] = True
    return found


def local_moran(values: ArrayLike, beside: Neighbours, deals: int = 9999, seed: int = 1) -> Hotspots:
    """Local Moran of each place; `overall` is Moran's I."""
    x = np.asarray(values, float)
    z = x - x.mean() if len(x) else x
    m2 = float((z**2).mean()) if len(z) else 0.0
    if m2 == 0:
        return _nothing(len(x))
    lag = beside.mean_of(z)
    statistic = z * lag / m2
    quadrant = np.select([(z > 0) & (lag > 0), (z <= 0) & (lag > 0), (z <= 0) & (lag <= 0)], [HIGH_HIGH, LOW_HIGH, LOW_LOW], HIGH_LOW)
    p = _p(z, lag, beside, deals, seed, along=z)
    return Hotspots(statistic, quadrant, p, sure(p), float(statistic.sum() / len(x)))


def getis_ord_star(values: ArrayLike, beside: Neighbours, deals: int = 9999, seed: int = 1) -> Hotspots:
    """G* of each place: itself and its neighbours against all; `statistic` is a z-score."""
    x = np.asarray(values, float)
    n, k = len(x), beside.counts + 1
    spread = float(x.std()) if n else 0.0
    if spread == 0:
        return _nothing(n)
    lag = beside.mean_of(x)
    own = (lag * beside.counts + x) / k
    chance = spread * np.sqrt((n / k - 1) / (n - 1))
    statistic = np.divide(own - x.mean(), chance, out=np.zeros(n), where=chance > 0)
    p = _p(x, lag, beside, deals, seed, along=None)
    return Hotspots(statistic, np.where(statistic > 0, HIGH_HIGH, LOW_LOW), p, sure(p), float("nan"))


def _nothing(n: int) -> Hotspots:
    return Hotspots(np.zeros(n), np.full(n, LOW_LOW), np.ones(n), np.zeros(n, bool), 0.0)


def _p(values: Floats, lag: Floats, beside: Neighbours, deals: int, seed: int, along: Floats | None) -> Floats:
    """The p of each place's lag; `along` multiplies both sides (Moran), whose sign turns the order around."""
    dice, n = np.random.default_rng(seed), len(values)
    p, counts = np.ones(n), beside.counts
    lag = lag - 1e-9 * np.abs(values).max()  # a deal as high as the lag reaches it, whatever the rounding
    for k in np.unique(counts[counts > 0]):
        places = np.flatnonzero(counts == k)
        if n <= k + 1:
            continue
        above = _exactly(values, lag, places, int(k), deals, dice) if n < _FEW else _shared(values, lag, places, int(k), deals, dice)
        if along is not None:
            above = np.where(along[places] < 0, deals - above, above)
        p[places] = (np.minimum(above, deals - above) + 1) / (deals + 1)
    return p


def _exactly(values: Floats, lag: Floats, places: NDArray[np.int64], k: int, deals: int, dice: np.random.Generator) -> Floats:
    """How many deals reach the lag, each place dealt from all others; the picks are drawn once and shared."""
    n = len(values)
    picks = _draws(n - 1, k, deals, dice)
    above = np.empty(len(places))
    for number, place in enumerate(places):
        rest = np.delete(values, place)
        above[number] = (rest[picks].mean(axis=1) >= lag[place]).sum()
    return above


def _shared(values: Floats, lag: Floats, places: NDArray[np.int64], k: int, deals: int, dice: np.random.Generator) -> Floats:
    """The same from one sorted reference; a place's own value, which others may be dealt, is taken out on average."""
    n = len(values)
    reference = np.sort(values[_draws(n, k, deals, dice)].mean(axis=1))
    shift = (values.sum() - values[places]) / (n - 1) - values.mean()
    above: Floats = (deals - np.searchsorted(reference, lag[places] - shift, side="left")).astype(float)
    return above


def _draws(n: int, k: int, deals: int, dice: np.random.Generator) -> NDArray[np.int64]:
    """(deals, k) picks below n without repetition in a deal."""
    if k * k * 4 > n:
        return np.argsort(dice.random((deals, n)), axis=1)[:, :k]
    picks = dice.integers(0, n, (deals, k))
    while True:
        ordered = np.sort(picks, axis=1)
        twice = np.flatnonzero((ordered[:, 1:] == ordered[:, :-1]).any(axis=1))
        if not len(twice):
            return picks
        picks[twice] = dice.integers(0, n, (len(twice), k))
