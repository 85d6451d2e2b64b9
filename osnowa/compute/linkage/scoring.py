"""The candidates of a pool, weighed: what was found in each pair, what that is worth, and what the lists teach about it."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from . import weights
from .blocking import candidates
from .clusters import joined
from .comparing import (
    CHUNK,
    OTHER_NAME_BITS,
    Found,
    NameFindings,
    compare_columns,
    compare_names,
    compare_places,
    shared_bits,
    towns,
)
from .names import Bools, Floats, Long
from .names import told as told_by
from .records import Pool
from .weights import HELD_BACK, NAME, NUMBER_BITS, ROUNDS, Learnt, Level, against_all, probability

Progress = Callable[[int, int], None]
THREADS = min(os.cpu_count() or 1, 4)
SLACK = 6.0  # bits that a closer look can add to what two records share to the letter
PLACE_COLUMNS = ("street", "postcode", "postcode_area", "locality", "area")
HOPELESS = -5.0  # weight below which a pair is forgotten
RANDOM_PAIRS = 30_000
BEGUN = {True: (3.0, 0.5), False: (1.5, 0.0)}  # where two lists are linked, each body mostly stands once in each: few branches are left over
MOST_RELATIVES = 5.0  # bits: pairs of one body are at most so much more, or less, frequent than pairs of relatives
MANY_COPIES = 0.7  # share of bodies among rows under which frequencies are counted again by bodies
Bits = npt.NDArray[np.float32]


@dataclass
class Column:
    """One field over all pairs: its levels, and −log2 of the share of strangers that agree by chance (nan: the level's own share)."""

    role: str
    levels: tuple[Level, ...]
    level: npt.NDArray[np.int8]
    rarity: Bits

    @property
    def key(self) -> tuple[str, int]:
        return self.role, len(self.levels) if self.role == "place" else 0


@dataclass
class Weighed:
    """Pairs with everything found in them. `w_u`, `w_b`, `w_n`: weight against strangers, branches and neighbours."""

    i: Long
    j: Long
    columns: list[Column]
    name: NameFindings
    numbers: Bools  # an official number in common
    w_u: Floats = field(default_factory=lambda: np.zeros(0))
    w_b: Floats = field(default_factory=lambda: np.zeros(0))
    w_n: Floats = field(default_factory=lambda: np.zeros(0))

    def __len__(self) -> int:
        return len(self.i)

    @property
    def weight(self) -> Floats:
        return against_all(self.w_u, self.w_b, self.w_n)


def _columns(found: list[Found]) -> list[Column]:
    return [Column(f.role, f.levels, f.level, (-np.log2(f.chance)).astype(np.float32)) for f in found]


class Scorer:
    """Weighs pairs of one pool."""

    def __init__(self, pool: Pool) -> None:
        self.pool = pool
        self.learnt: dict[tuple[str, int], Learnt] = {}
        first, second = (pool.first, pool.size - pool.first) if pool.is_pair else (pool.size, pool.size)
        self.total = float(first * second if pool.is_pair else pool.size * (pool.size - 1) / 2)
        self.fewer = float(min(first, second))
        self.expected = max(self.fewer * (0.5 if pool.is_pair else 0.05), 0.5)
        self.begun = BEGUN[pool.is_pair]  # what the next two begin with
        self.branches, self.neighbours = self.begun  # log2 of how many pairs of one body there are to one of branches, of neighbours
        self.tells_place = any(pool.has(role) for role in ("postcode", "locality", "area", "street")) or bool(len(pool.geo))
        self.names = Learnt.begin(NAME, np.ones(len(NAME)))
        self.bodies = self.pool.size
        self.not_compared = 0.0  # pairs of one body that follow from others and were not compared themselves
        self.set_weight_of_names(self._weight_by_copies())
        self._learn_strangers()

    # ── what the lists say about strangers ────────────────────────────────────────────────────────────────────────────

    def _weight_by_copies(self) -> Floats:
        """One of n equal names at one place counts 1/n."""
        pool = self.pool
        numbers: dict[str, int] = {}
        key = np.fromiter((numbers.setdefault(name, len(numbers)) for name in pool.names.compact), np.int64, len(pool.names.compact))
        for role in ("postcode", "locality"):
            if pool.has(role):
                code = pool.columns[role].code[pool.owner].astype(np.int64)
                key = key * (len(pool.columns[role].text) + 2) + code + 1
                break
        _, back, count = np.unique(key, return_inverse=True, return_counts=True)
        return np.asarray(1.0 / count[back])

    def weight_by_bodies(self, pairs: Weighed) -> Floats | None:
        """One of n rows of what looks like one body counts 1/n; None where that would change little."""
        size, weight = self.pool.size, pairs.weight
        believed = weight > 0.0
        inside = np.bincount(np.bincount(joined(size, pairs.i[believed], pairs.j[believed], weight[believed], {})))
        sizes = np.arange(len(inside))
        self.not_compared = max(float((inside * sizes * (sizes - 1.0) / 2.0).sum()) - float(believed.sum()), 0.0)
        likely = against_all(pairs.w_b, pairs.w_n) > 0.0  # alike in all but the frequency of what is alike
        body = joined(size, pairs.i[likely], pairs.j[likely], weight[likely], {})
        count = len(np.unique(body))
        if count > MANY_COPIES * self.bodies:
            return None
        self.bodies = count
        return np.asarray(1.0 / np.bincount(body, minlength=size)[body][self.pool.owner])

    def set_weight_of_names(self, weight: Floats) -> None:
        told, self.pool.seen = told_by(self.pool.names, self.pool.words, weight)
        self.pool.names.weigh(told)
        self.most_told = self._most_told()

    def _learn_strangers(self) -> None:
        """How often each level is found in pairs taken at random."""
        pool = self.pool
        steps = np.arange(RANDOM_PAIRS, dtype=np.uint64)
        with np.errstate(over="ignore"):
            x = (steps * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(33)
            y = (steps * np.uint64(0xD1B54A32D192ED03) + np.uint64(0x632BE59BD9B4E019)) >> np.uint64(33)
        if pool.is_pair:
            i = (x % np.uint64(max(pool.first, 1))).astype(np.int64)
            j = pool.first + (y % np.uint64(max(pool.size - pool.first, 1))).astype(np.int64)
        else:
            i, j = (x % np.uint64(max(pool.size, 1))).astype(np.int64), (y % np.uint64(max(pool.size, 1))).astype(np.int64)
            i, j = i[i != j], j[i != j]
        if not len(i) or not pool.size:
            return
        for column in _columns(compare_places(pool, i, j) + compare_columns(pool, i, j)):
            m = np.array([level.m for level in column.levels])
            doubt = np.full(len(m), 0.2)
            doubt[-1] = 1.0
            count = np.bincount(column.level[column.level >= 0], minlength=len(m)) + 5.0 * doubt
            self.learnt[column.key] = Learnt.begin(column.levels, count / count.sum())

    def _table(self, column: Column) -> Learnt:
        if column.key not in self.learnt:
            m = np.array([level.m for level in column.levels])
            u = np.full(len(m), 0.1 / max(len(m) - 1, 1))
            u[-1] = 0.9
            self.learnt[column.key] = Learnt.begin(column.levels, u)
        return self.learnt[column.key]

    # ── pairs ─────────────────────────────────────────────────────────────────────────────────────────────────────────

    @property
    def prior(self) -> float:
        """log2 odds that a pair taken at random is one body."""
        chance = min(self.expected / max(self.total, 1.0), 0.5)
        return float(np.log2(chance / (1.0 - chance)))

    def bits(self, column: Column) -> tuple[Floats, Floats, Floats]:
        """(against strangers, branches, neighbours) of one field of all pairs."""
        table = self._table(column)
        level = np.where(column.level >= 0, column.level, 0)
        there = column.level >= 0
        against_u = np.where(np.isnan(column.rarity), np.log2(table.m / table.u)[level], np.log2(table.m)[level] + column.rarity)
        return tuple(np.where(there, bits, 0.0) for bits in (against_u, np.log2(table.m / table.b)[level], np.log2(table.m / table.n)[level]))  # type: ignore[return-value]

    def name_bits(self, name: NameFindings) -> tuple[Floats, Floats, Floats]:
        """(against strangers, branches, neighbours) of the names of all pairs."""
        there, level = name.level >= 0, np.where(name.level >= 0, name.level, 0)
        b, n = (np.where(there, np.log2(self.names.m / kind)[level] - OTHER_NAME_BITS * name.is_other, 0.0) for kind in (self.names.b, self.names.n))
        return name.u, b, n

    def weigh(self, i: Long, j: Long, hopeless: float = HOPELESS) -> Weighed:
        """The pairs (i, j) compared; those without any hope are left out."""
        if hopeless > -np.inf:
            promising = self._promising(i, j)
            i, j = i[promising], j[promising]
        starts = range(0, max(len(i), 1), CHUNK)
        with ThreadPoolExecutor(THREADS) as workers:
            parts = list(workers.map(lambda at: self._weigh_some(i[at : at + CHUNK], j[at : at + CHUNK], hopeless), starts))
        columns = [
            Column(first.role, first.levels, np.concatenate([part.columns[k].level for part in parts]), np.concatenate([part.columns[k].rarity for part in parts]))
            for k, first in enumerate(parts[0].columns)
        ]  # fmt: skip
        level, u, is_other = (np.concatenate([getattr(part.name, key) for part in parts]) for key in ("level", "u", "is_other"))
        i, j, numbers = (np.concatenate([getattr(part, key) for part in parts]) for key in ("i", "j", "numbers"))
        out = Weighed(i, j, columns, NameFindings(level, u, is_other), numbers)
        self.sum_up(out)
        return out

    def _promising(self, i: Long, j: Long) -> Bools:
        """Whether pairs share so much, word for word and value for value, that a closer look can make one body of them."""
        pool, out = self.pool, np.zeros(len(i), bool)
        rarity = {role: np.append(-np.log2(column.share), 0.0).astype(np.float32) for role, column in pool.columns.items()}
        needed = -self.prior - SLACK

        def look(at: int) -> None:
            a, b = i[at : at + CHUNK], j[at : at + CHUNK]
            bits, place = shared_bits(pool, a, b), np.zeros(len(a), np.float32)
            for column in pool.numbers.values():
                bits += NUMBER_BITS * ((column.code[a] == column.code[b]) & (column.code[a] >= 0))
            for role, column in pool.columns.items():
                code = column.code[a]
                same = np.where(code == column.code[b], rarity[role][code], 0.0)
                if role in PLACE_COLUMNS:
                    np.maximum(place, same, out=place)
                else:
                    bits += same
            out[at : at + CHUNK] = bits + place > needed

        with ThreadPoolExecutor(THREADS) as workers:
            list(workers.map(look, range(0, len(i), CHUNK)))
        if len(pool.names.compact) > pool.size:
            out |= (pool.others[i] > 0) | (pool.others[j] > 0)
        if len(pool.geo):
            out |= ~np.isnan(pool.geo[i]).any(1)
        return out

    def sum_up(self, pairs: Weighed) -> None:
        """The weights of pairs, from everything found in them and what is known now."""
        nothing = np.zeros(len(pairs))
        w_u, w_b, w_n = nothing + self.prior, nothing + self.branches, nothing + self.neighbours
        for against_u, against_b, against_n in (self.name_bits(pairs.name), *(self.bits(column) for column in pairs.columns)):
            w_u, w_b, w_n = w_u + against_u, w_b + against_b, w_n + against_n
        sure = NUMBER_BITS * pairs.numbers
        pairs.w_u, pairs.w_b, pairs.w_n = w_u + sure, w_b + sure, w_n + sure
        if not self.tells_place:  # names that come without places must tell branches apart by themselves
            pairs.w_b = np.full(len(pairs), np.inf)

    def _weigh_some(self, i: Long, j: Long, hopeless: float) -> Weighed:
        pool = self.pool
        equal, different = np.zeros(len(i), bool), np.zeros(len(i), bool)
        for official in pool.numbers.values():
            x, y = official.code[i], official.code[j]
            equal |= (x >= 0) & (x == y)
            different |= (x >= 0) & (y >= 0) & (x != y)
        i, j, equal = i[~different], j[~different], equal[~different]
        columns = self._fixed(compare_places(pool, i, j), len(i)) + _columns(compare_columns(pool, i, j))
        rest = np.full(len(i), self.prior) + NUMBER_BITS * equal
        for column in columns:
            rest = rest + self.bits(column)[0]
        has_hope = rest + np.minimum(self.most_told[i], self.most_told[j]) > hopeless
        keep = np.flatnonzero(has_hope)
        i, j, equal, rest = i[keep], j[keep], equal[keep], rest[keep]
        columns = [Column(c.role, c.levels, c.level[keep], c.rarity[keep]) for c in columns]
        name = self._names(i, j, rest, hopeless)
        out = Weighed(i, j, columns, name, equal)
        self.sum_up(out)
        keep = np.flatnonzero(out.weight > hopeless)
        return Weighed(i[keep], j[keep], [Column(c.role, c.levels, c.level[keep], c.rarity[keep]) for c in columns],
                       NameFindings(name.level[keep], name.u[keep], name.is_other[keep]), equal[keep])  # fmt: skip

    def _fixed(self, found: list[Found], size: int) -> list[Column]:
        """Columns of every shape a place can have in this pool, in one order, so that parts fit together."""
        by_shape = {id(f.levels): f for f in found}
        out = []
        for levels in weights.PLACES.values():
            some = by_shape.get(id(levels))
            if some is not None:
                out.append(Column("place", levels, some.level, (-np.log2(some.chance)).astype(np.float32)))
            else:
                out.append(Column("place", levels, np.full(size, -1, np.int8), np.full(size, np.nan, np.float32)))
        return out

    def _most_told(self) -> Floats:
        """Of each record, the bits of its most telling name."""
        pool, told = self.pool, self.pool.names.told.sum(1)
        out = told[: pool.size].astype(float)
        if len(told) > pool.size:
            np.maximum.at(out, pool.owner[pool.size :], told[pool.size :])
        return np.asarray(out)

    def _names(self, i: Long, j: Long, rest: Floats, hopeless: float) -> NameFindings:
        """The best of all couples of names of the two records."""
        pool = self.pool
        place = towns(pool, i, j)
        floor = hopeless - rest
        best = compare_names(pool, i, j, i, j, place, floor)
        open_ = np.flatnonzero(((pool.others[i] > 0) | (pool.others[j] > 0)) & (best.level != 0))
        if not len(open_):
            return best
        counts = (1 + pool.others[i[open_]]) * (1 + pool.others[j[open_]]) - 1
        row = np.repeat(open_, counts)
        nth = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts) + 1
        wide = 1 + pool.others[j[row]]
        x, y = nth // wide, nth % wide
        a = np.where(x == 0, i[row], pool.other_start[i[row]] + x - 1)
        b = np.where(y == 0, j[row], pool.other_start[j[row]] + y - 1)
        for at in range(0, len(row), CHUNK):
            part = slice(at, at + CHUNK)
            r = row[part]
            other = compare_names(pool, a[part], b[part], i[r], j[r], place[r], floor[r])
            other.u -= OTHER_NAME_BITS
            other.is_other[:] = True
            worth, now = self._worth(other, rest[r]), self._worth(best, rest)
            order = np.lexsort((nth[part], worth, r))
            last = np.concatenate((r[order][1:] != r[order][:-1], [True]))
            chosen = order[last]
            target = r[chosen]
            better = (other.level[chosen] >= 0) & ((worth[chosen] > now[target]) | (best.level[target] < 0))
            chosen, target = chosen[better], target[better]
            best.level[target], best.u[target], best.is_other[target] = other.level[chosen], other.u[chosen], True
        return best

    def _worth(self, name: NameFindings, rest: Floats) -> Floats:
        u, b, n = self.name_bits(name)
        return against_all(rest + u, b, n)

    # ── learning ──────────────────────────────────────────────────────────────────────────────────────────────────────

    def learn(self, pairs: Weighed) -> None:
        """m of every field, and how many pairs there are of one body, from the pairs themselves."""
        most = self.fewer if self.pool.is_pair else 0.1 * self.total
        for _ in range(ROUNDS):
            belief = probability(pairs.weight)
            if self.pool.is_pair:
                belief = _shared_out(pairs.i, pairs.j, belief, self.pool.size)
            for column in pairs.columns:
                self._table(column).learn(column.level, belief)
            self.branches, self.neighbours = (self._ratio(belief, weight, begun) for weight, begun in zip((pairs.w_b, pairs.w_n), self.begun, strict=True))
            self.expected = float(np.clip(belief.sum() + self.not_compared, 0.01 * self.fewer + 0.5, max(most, 1.0)))
            self.sum_up(pairs)


    @staticmethod
    def _ratio(belief: Floats, weight: Floats, begun: float) -> float:
        """log2 of the pairs of one body to one pair of the rival against whom they have this weight."""
        rival = belief * np.exp2(np.minimum(-weight, 60.0))
        return float(np.clip(np.log2((belief.sum() + HELD_BACK * 2.0**begun) / (rival.sum() + HELD_BACK)), -MOST_RELATIVES, MOST_RELATIVES))


def _shared_out(i: Long, j: Long, belief: Floats, size: int) -> Floats:
    """Beliefs of pairs that share a record, together not more than one."""
    total = np.maximum(np.bincount(i, belief, minlength=size)[i], np.bincount(j, belief, minlength=size)[j])
    return np.asarray(belief / np.maximum(total, 1.0))


def scored(pool: Pool, progress: Progress | None = None) -> tuple[Scorer, Weighed]:
    """All pairs of the pool that have any hope, weighed with what the lists taught."""
    scorer = Scorer(pool)
    i, j = candidates(pool)
    if progress:
        progress(1, 4)
    pairs = scorer.weigh(i, j)
    if progress:
        progress(2, 4)
    scorer.learn(pairs)
    if progress:
        progress(3, 4)
    for _ in range(0 if pool.is_pair else ROUNDS):
        weight = scorer.weight_by_bodies(pairs)
        if weight is None:
            break
        scorer.set_weight_of_names(weight)
        pairs = scorer.weigh(i, j)
        scorer.learn(pairs)
    return scorer, pairs

