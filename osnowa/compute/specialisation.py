"""What is a region strong in, and how sure can one be of it with few organisations?

Location quotient: LQ = (x_ir / x_r) / (x_i / x), the share of activity i in region r over its share everywhere; 1 means
"as common as everywhere". With few organisations the quotient jumps, so beside it stands a cautious one: the share in the
region is drawn from a Beta distribution around the share everywhere, whose strength is estimated from all regions by
moments (empirical Bayes, beta-binomial), and its interval is taken from the Beta distribution that follows.
Sources: P. S. Florence, Investment, Location and Size of Plant, Cambridge 1948 (quotient); C. Kleinman, JASA 68 (1973)
46–54 (moments of the beta-binomial). Shapes: counts is (regions, activities), whole organisations.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

Floats = NDArray[np.float64]
#: Standard deviation below which quotients of regions are never taken to lie.
_LEAST_SPREAD = 0.1


@dataclass(frozen=True)
class Quotients:
    """All of shape (regions, activities); nan where a region or an activity has no organisations at all."""

    plain: Floats
    cautious: Floats
    low: Floats
    high: Floats

    @property
    def is_strong(self) -> NDArray[np.bool_]:
        """Where even the low end of the interval lies above 1."""
        return self.low > 1.0

    @property
    def is_weak(self) -> NDArray[np.bool_]:
        """Where even the high end lies below 1."""
        return self.high < 1.0


def _strength(counts: Floats, sizes: Floats, share: float) -> float:
    """How many organisations the share everywhere weighs as: a + b of the Beta distribution, at least 1.

    Moments: the weighted variance of the regions' shares less what chance alone would give. Few regions cannot prove that
    they do not differ: their quotients are taken to spread by a tenth at least.
    """
    whole = sizes.sum()
    if share <= 0 or share >= 1:
        return 1e6
    most = max(1.0, (1 - share) / share / _LEAST_SPREAD**2 - 1)
    if len(sizes) < 2 or whole <= 0:
        return most
    seen = (sizes * (counts / sizes - share) ** 2).sum()
    chance = share * (1 - share)
    spread = (seen - chance * (len(sizes) - 1)) / (whole - (sizes**2).sum() / whole)
    within = spread / chance
    return float(np.clip(1 / within - 1, 1.0, most)) if within > 0 else most


def location_quotients(counts: ArrayLike, confidence: float = 0.95) -> Quotients:
    """The quotients of every region and activity against all regions together."""
    x = np.asarray(counts, float)
    if x.ndim != 2 or (x < 0).any():
        raise ValueError("counts must be a table (regions, activities) of numbers not below zero")
    sizes, total = x.sum(axis=1), x.sum()
    shares = x.sum(axis=0) / total if total else np.zeros(x.shape[1])
    plain, cautious, low, high = (np.full(x.shape, np.nan) for _ in range(4))
    there = sizes > 0
    tail = (1 - confidence) / 2
    for activity, share in enumerate(shares):
        if share <= 0:
            continue
        counted, size = x[there, activity], sizes[there]
        plain[there, activity] = counted / size / share
        strength = _strength(counted, size, share)
        a, b = strength * share + counted, strength * (1 - share) + size - counted
        cautious[there, activity] = a / (a + b) / share
        # The mean of a very lopsided distribution may lie beyond its end; the interval is then as long as the mean.
        low[there, activity] = np.minimum(stats.beta.ppf(tail, a, b) / share if share < 1 else 1.0, cautious[there, activity])
        high[there, activity] = np.maximum(stats.beta.ppf(1 - tail, a, b) / share if share < 1 else 1.0, cautious[there, activity])
    return Quotients(plain, cautious, low, high)


@dataclass(frozen=True)
class Concentration:
    """`index` is the sum of squared shares (1/n … 1), `normal` runs from 0 (even) to 1 (all in one), `effective` is how
    many equal parts would be as concentrated."""

    index: float
    normal: float
    effective: float
    parts: int


def herfindahl(counts: Sequence[float]) -> Concentration | None:
    """The Herfindahl–Hirschman concentration of parts; None where there is nothing. Parts of zero do not count."""
    x = np.asarray([count for count in counts if count > 0], float)
    if not len(x):
        return None
    index = float(((x / x.sum()) ** 2).sum())
    n = len(x)
    return Concentration(index, (index - 1 / n) / (1 - 1 / n) if n > 1 else 1.0, 1 / index, n)
