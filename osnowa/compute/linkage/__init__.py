"""Which rows of one or two lists are the same body? (`docs/why/linkage.md`)

    a = Records({"name": ["Zeleni park, zavod so. p."], "locality": ["Celje"]})
    links = link(a, b)        one best row of b for each row of a
    links = dedupe(a)         pairs of rows of one list
    clusters(len(a), links, a)

Every score is a probability; `sure` says that two rows would be made one without asking. The order of rows and columns changes
nothing: the lists are put into an order of their own first, by content.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

import numpy as np

from .clusters import joined
from .names import Bools, Floats, Long
from .records import Records, digest, pool
from .scoring import Progress, Scorer, Weighed, scored
from .weights import DOUBTFUL, LEVELS, NUMBER_BITS, SURE, probability

__all__ = ["LEVELS", "SURE", "Links", "Reason", "Records", "clusters", "dedupe", "link"]

WRONG_SHARE = 0.004  # of all sure links of two lists, so many may be expected to be wrong …
LEAST_SURE = 0.9  # … and none of them is less probable than this
RIVALS = 6  # rows looked at that could be meant instead
DECIMALS = 9  # scores are rounded to


@dataclass(frozen=True)
class Reason:
    """What one field says: its role, the level found (a word of `LEVELS`), and its bits for (+) or against (-) one body."""

    role: str
    level: str
    bits: float


@dataclass
class Links:
    """Pairs of rows from 0, the most probable first."""

    a: Long
    b: Long
    score: Floats
    sure: Bools
    _scorer: Scorer | None = field(default=None, repr=False)
    _i: Long | None = field(default=None, repr=False)
    _j: Long | None = field(default=None, repr=False)
    _reasons: list[list[Reason]] | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.a)

    def why(self, i: int) -> list[Reason]:
        """The fields of link `i` that say something, the weightiest first."""
        if self._reasons is None:
            self._reasons = _reasons(self._scorer, self._i, self._j)
        return self._reasons[i]


def link(
    a: Records,
    b: Records,
    *,
    best: bool = True,
    apart: Collection[tuple[int, int]] = (),
    progress: Progress | None = None,
) -> Links:
    """Rows of `a` and `b` that are the same body, from probability 0.5 on.

    With `best`, one row of `b` for each row of `a`, and one row of `a` for each row of `b` except where `a` itself holds the
    body twice; the score then counts the other rows that could be meant. `apart`: pairs that are known to be different.
    """
    order_a, order_b = _canonical(a), _canonical(b)
    swapped = (len(b), digest(b)) < (len(a), digest(a))
    lists = [_ordered(a, order_a), _ordered(b, order_b)]
    scorer, pairs = scored(pool(lists[::-1] if swapped else lists), progress)
    first, second = (pairs.j, pairs.i) if swapped else (pairs.i, pairs.j)  # rows of a and of b in the pool
    start_a, start_b = (len(b), 0) if swapped else (0, len(a))
    row_a, row_b = order_a[first - start_a], order_b[second - start_b]
    weight = pairs.weight
    keep = ~_listed(row_a, row_b, apart)
    if best:
        first, second, weight, row_a, row_b = first[keep], second[keep], weight[keep], row_a[keep], row_b[keep]
        weight = _against_rivals(scorer, first, second, weight)
        keep = _one_each(scorer, first, second, weight)
    links = _links(scorer, first[keep], second[keep], row_a[keep], row_b[keep], weight[keep], progress)
    if best:
        links.sure |= _sure_together(links.score)
    return links


def _sure_together(score: Floats) -> Bools:
    """Which of the best links, the most probable first, can be added while nearly none of all is expected to be wrong."""
    expected = np.cumsum(1.0 - score) / np.arange(1, len(score) + 1)
    expected = expected[np.searchsorted(-score, -score, "right") - 1]  # links of one score stand or fall together
    return np.asarray((expected <= WRONG_SHARE) & (score >= LEAST_SURE))


def dedupe(a: Records, *, apart: Collection[tuple[int, int]] = (), progress: Progress | None = None) -> Links:
    """Pairs of rows of one list that are the same body, from probability 0.5 on; each pair once, the lower row as `a`."""
    order = _canonical(a)
    scorer, pairs = scored(pool([_ordered(a, order)]), progress)
    x, y = order[pairs.i], order[pairs.j]
    row_a, row_b = np.minimum(x, y), np.maximum(x, y)
    keep = ~_listed(row_a, row_b, {(min(p), max(p)) for p in apart})
    return _links(scorer, pairs.i[keep], pairs.j[keep], row_a[keep], row_b[keep], pairs.weight[keep], progress)


def clusters(count: int, links: Links, records: Records, *, sure: bool = True) -> Long:
    """The cluster of each of `count` rows, as the number of its first row: only `sure` links, strongest first.

    Never joins two different official numbers of one scheme, not through third rows either.
    """
    use = links.sure if sure else np.ones(len(links), bool)
    numbers = pool([records]).numbers if any(role.startswith("number:") for role in records.columns) else {}
    return joined(count, links.a[use], links.b[use], links.score[use], {scheme: column.code for scheme, column in numbers.items()})


# ── order ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def _canonical(records: Records) -> Long:
    contents = records.contents()
    return np.array(sorted(range(len(records)), key=contents.__getitem__), np.int64)


def _ordered(records: Records, order: Long) -> Records:
    rows = order.tolist()
    return Records({role: [column[i] for i in rows] for role, column in records.columns.items() if any(column)} or {"name": [""] * len(rows)})


def _listed(a: Long, b: Long, pairs: Collection[tuple[int, int]]) -> Bools:
    if not pairs:
        return np.zeros(len(a), bool)
    wide = int(max(b.max(initial=0), max(y for _, y in pairs))) + 1
    return np.isin(a * wide + b, [x * wide + y for x, y in pairs])


# ── one best row ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _top(group: Long, weight: Floats, other: Long) -> Long:
    """Places of the `RIVALS` weightiest pairs of each group."""
    order = np.lexsort((other, -weight, group))
    ordered = group[order]
    rank = np.arange(len(ordered)) - np.searchsorted(ordered, ordered)
    return order[rank < RIVALS]


def _twins(scorer: Scorer, x: Long, y: Long) -> Bools:
    """Whether two rows of one list are the same body, weighed as all other pairs."""
    if not len(x):
        return np.zeros(0, bool)
    low, high = np.minimum(x, y), np.maximum(x, y)
    key, back = np.unique(low * scorer.pool.size + high, return_inverse=True)
    low, high = key // scorer.pool.size, key % scorer.pool.size
    weighed = scorer.weigh(low, high, hopeless=0.0)
    found = np.isin(key, weighed.i * scorer.pool.size + weighed.j)
    return np.asarray(found[back])


def _against_rivals(scorer: Scorer, a: Long, b: Long, weight: Floats) -> Floats:
    """The weight of each pair less what speaks for other rows in its place.

    A rival counts less when it has a better partner itself, and not at all when it is a copy of the row it rivals.
    """
    against = np.zeros(len(a))
    odds = np.exp2(np.minimum(weight, 100.0))
    for group, other in ((a, b), (b, a)):
        plausible = np.flatnonzero(weight > -3.0)
        free = odds[plausible] / (1.0 + np.exp2(np.minimum(_best_besides(other[plausible], weight[plausible]), 100.0)))
        top = _top(group[plausible], weight[plausible], other[plausible])
        order = top[np.lexsort((other[plausible[top]], group[plausible[top]]))]
        rows = plausible[order]
        size = np.bincount(group[rows], minlength=scorer.pool.size)
        count = size[group[rows]]
        mine = np.repeat(np.arange(len(rows)), count)
        begin = np.searchsorted(group[rows], group[rows], "left")
        theirs = np.repeat(begin, count) + np.arange(len(mine)) - np.repeat(np.cumsum(count) - count, count)
        mine, theirs = mine[mine != theirs], theirs[mine != theirs]
        rival = ~_twins(scorer, other[rows[mine]], other[rows[theirs]])
        np.add.at(against, rows[mine[rival]], free[order[theirs[rival]]])
        beyond = np.setdiff1d(plausible, rows)  # a seventh row and more: never better than even
        against[beyond] = np.maximum(against[beyond], odds[beyond])
    return np.asarray(weight - np.log2(1.0 + against))


def _best_besides(row: Long, weight: Floats) -> Floats:
    """For each pair, the weight of the best other pair of its row; −∞ where there is none."""
    order = np.lexsort((-weight, row))
    ordered = row[order]
    is_first = np.ones(len(row), bool)
    is_first[1:] = ordered[1:] != ordered[:-1]
    first = np.flatnonzero(is_first)
    best = weight[order[first]]
    second = np.full(len(first), -np.inf)
    has_second = np.append(first[1:], len(row)) - first > 1
    second[has_second] = weight[order[first[has_second] + 1]]
    run = np.cumsum(is_first) - 1
    out = np.empty(len(row))
    out[order] = np.where(is_first, second[run], best[run])
    return out


def _one_each(scorer: Scorer, a: Long, b: Long, weight: Floats) -> Bools:
    """The strongest pairs first; a row of the second list again only for a copy of the row that has it."""
    order = np.lexsort((b, a, -weight.round(DECIMALS)))
    order = order[probability(weight[order]) >= DOUBTFUL / 4]
    chosen = np.zeros(len(a), bool)
    taken: dict[int, list[int]] = {}
    done: set[int] = set()
    first, second = a.tolist(), b.tolist()
    clashes = [(k, taken_by) for k, taken_by in _clashes(order.tolist(), first, second)]
    twins = dict(zip(clashes, _twins(scorer, np.array([first[k] for k, _ in clashes], np.int64), np.array([t for _, t in clashes], np.int64)).tolist(), strict=True))  # fmt: skip
    for k in order.tolist():
        x, y = first[k], second[k]
        if x in done:
            continue
        if y in taken and not all(twins.get((k, other), False) for other in taken[y]):
            continue
        done.add(x)
        taken.setdefault(y, []).append(x)
        chosen[k] = True
    return chosen


def _clashes(order: list[int], first: list[int], second: list[int]) -> list[tuple[int, int]]:
    """(pair, row of the first list that may have taken its second row before) of all pairs in this order."""
    seen: dict[int, list[int]] = {}
    out = []
    for k in order:
        earlier = seen.setdefault(second[k], [])
        out += [(k, other) for other in earlier[:RIVALS]]
        earlier.append(first[k])
    return out


# ── the answer ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _links(scorer: Scorer, i: Long, j: Long, a: Long, b: Long, weight: Floats, progress: Progress | None) -> Links:
    score = probability(weight).round(DECIMALS)
    keep = np.flatnonzero(score >= DOUBTFUL)
    order = keep[np.lexsort((b[keep], a[keep], -score[keep]))]
    if progress:
        progress(4, 4)
    return Links(a[order], b[order], score[order], score[order] >= SURE, scorer, i[order], j[order])


def _reasons(scorer: Scorer | None, i: Long | None, j: Long | None) -> list[list[Reason]]:
    if scorer is None or i is None or j is None:
        return []
    pairs = scorer.weigh(np.minimum(i, j), np.maximum(i, j), hopeless=-np.inf)
    return _told(scorer, pairs)


def _told(scorer: Scorer, pairs: Weighed) -> list[list[Reason]]:
    """The reasons of each pair; bits against the three rivals, each counted as much as that rival is to be feared."""
    rivals = (pairs.w_u, pairs.w_b, pairs.w_n)
    feared = [np.exp2(np.clip(pairs.weight - weight, -60, 0)) for weight in rivals]
    out: list[list[Reason]] = [[] for _ in range(len(pairs))]
    rows = [("name", LEVELS["name"], pairs.name.level, scorer.name_bits(pairs.name))]
    rows += [(column.role, tuple(level.code for level in column.levels), column.level, scorer.bits(column)) for column in pairs.columns]
    for role, codes, level, found in rows:
        bits = np.add.reduce([share * bit for share, bit in zip(feared, found, strict=True)])
        for row in np.flatnonzero(level >= 0).tolist():
            out[row].append(Reason(role, codes[level[row]], round(float(bits[row]), 1)))
    for row in np.flatnonzero(pairs.numbers).tolist():
        out[row].append(Reason("number", "same", NUMBER_BITS))
    for reasons in out:
        reasons.sort(key=lambda reason: (-abs(reason.bits), reason.role))
    return out

