"""Which pairs are worth comparing: those that share something rare.

A record is known by what it has: each word of its names, words spelt almost like them, its postal code, street, telephone,
founding day … All records that share one such thing are a block. Small blocks are compared whole. A thing that too many share
("association", Warszawa) is taken together with the other common things of the same record, two by two, then three by three,
until the blocks are small. In the rarest of the large blocks of each record its neighbours by name are compared too. How many pairs a list may cost grows with its length, never with its square.
"""

import numpy as np

from .names import Bools, Floats, Long
from .records import Pool

LARGEST_BLOCK = 300
PAIRS_PER_RECORD = (6, 2, 1)  # of things taken alone, two by two, three by three
PAIRS_AT_LEAST = (1_500_000, 500_000, 300_000)
WINDOW = 5  # records that stand next to each other in a block too large are compared
COMMON_THINGS = 7  # of a record, that are taken two by two
COMMON_COUPLES = 5  # … and couples of them that are taken two by two again

_MIX = np.uint64(0x9E3779B97F4A7C15)


def _mix(a: np.ndarray, b: np.ndarray | int) -> Long:
    """One number from two, spread over all 64 bits."""
    with np.errstate(over="ignore"):
        x = a.astype(np.uint64) * _MIX ^ (np.asarray(b).astype(np.uint64) + np.uint64(0x7F4A7C15)) * np.uint64(0xC2B2AE3D27D4EB4F)
        x ^= x >> np.uint64(29)
        x *= np.uint64(0xBF58476D1CE4E5B9)
        x ^= x >> np.uint64(32)
    return x.astype(np.int64)


def near_words(pool: Pool, rare: Bools) -> tuple[Long, Long]:
    """(word, key): words of which one letter can be left out so that they become the same have a key in common."""
    at = np.flatnonzero(rare & (pool.length >= 5) & (pool.length <= 24) & ~pool.is_number)
    if not len(at):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    text = np.array([pool.words.text[i] for i in at.tolist()], dtype="S24").view(np.uint8).reshape(len(at), 24).astype(np.uint64)
    powers = np.array([pow(1_000_003, i, 1 << 64) for i in range(24)], np.uint64)
    with np.errstate(over="ignore"):
        prefix = np.concatenate((np.zeros((len(at), 1), np.uint64), np.cumsum(text * powers, axis=1, dtype=np.uint64)), axis=1)
        inverse = np.uint64(pow(1_000_003, -1, 1 << 64))
        suffix = (prefix[:, -1:] - prefix) * inverse  # what stands behind, moved one place to the left
        keys = np.concatenate((prefix[:, :24] + suffix[:, 1:], prefix[:, -1:]), axis=1)
    inside = np.concatenate((np.arange(24)[None, :] < pool.length[at][:, None], np.ones((len(at), 1), bool)), axis=1)
    word = np.broadcast_to(at[:, None], keys.shape)[inside]
    key = _mix(keys[inside], 17)
    unique = _unique_rows(key, word)
    key, word = unique[:, 0], unique[:, 1]
    start = np.concatenate(([True], key[1:] != key[:-1]))
    group = np.cumsum(start) - 1
    shared = np.bincount(group)[group] > 1
    return word[shared], key[shared]


def _unique_rows(a: Long, b: Long) -> Long:
    order = np.lexsort((b, a))
    a, b = a[order], b[order]
    keep = _first_of_each(a, b)
    return np.column_stack([a[keep], b[keep]])


def _distinct(keys: Long) -> Long:
    keys = np.sort(keys)
    return keys[_first_of_each(keys, keys)]


def _first_of_each(a: Long, b: Long) -> Bools:
    """Where a couple stands for the first time in two sorted columns."""
    keep = np.ones(len(a), bool)
    keep[1:] = (a[1:] != a[:-1]) | (b[1:] != b[:-1])
    return keep


def things(pool: Pool) -> tuple[Long, Long, Bools]:
    """(record, thing, whether the thing alone is reason enough to compare)."""
    records, keys, enough = [], [], []

    def add(record: np.ndarray, key: np.ndarray, salt: int, alone: bool = True) -> None:
        records.append(record.astype(np.int64))
        keys.append(_mix(key.astype(np.int64), salt))
        enough.append(np.full(len(record), alone))

    word, owner = pool.names.word, pool.owner
    there = word >= 0
    flat, record = word[there], np.broadcast_to(owner[:, None], word.shape)[there]
    add(record, flat, 1)
    count = np.bincount(flat, minlength=len(pool.words))
    near, near_key = near_words(pool, (count > 0) & (count <= LARGEST_BLOCK))
    if len(near):
        order = np.argsort(flat, kind="stable")
        begin, end = np.searchsorted(flat[order], near, "left"), np.searchsorted(flat[order], near, "right")
        lengths = end - begin
        place = np.repeat(begin, lengths) + np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        add(record[order][place], np.repeat(near_key, lengths), 2)
    compact: dict[str, int] = {}
    whole = np.fromiter((compact.setdefault(name, len(compact)) for name in pool.names.compact), np.int64, len(pool.names.compact))
    filled = np.fromiter(map(bool, pool.names.compact), bool, len(whole))
    add(owner[filled], whole[filled], 3)
    for place, scheme in enumerate(sorted(pool.numbers)):
        code = pool.numbers[scheme].code
        add(np.flatnonzero(code >= 0), code[code >= 0], 100 + place)
    for place, role in enumerate(sorted(pool.columns)):
        code = pool.columns[role].code
        alone = role.split(":")[0] not in ("locality", "area", "postcode_area", "activity", "legal_form", "country")
        if role == "street":
            continue
        add(np.flatnonzero(code >= 0), code[code >= 0], 200 + place, alone)
    if pool.has("street"):
        number, first = street_key(pool)
        both = (number >= 0) & (first >= 0)
        add(np.flatnonzero(both), _mix(number[both], first[both]), 4)
        one = (number < 0) & (first >= 0)
        add(np.flatnonzero(one), pool.columns["street"].code[one], 5)
    if len(pool.geo):
        known = ~np.isnan(pool.geo).any(1)
        cell = np.floor(pool.geo[known] * 500).astype(np.int64)
        add(np.flatnonzero(known), _mix(cell[:, 0], cell[:, 1]), 6)
    return np.concatenate(records), np.concatenate(keys), np.concatenate(enough)


def street_key(pool: Pool) -> tuple[Long, Long]:
    """(first word with a digit, longest other word) of each street; -1 = none."""
    word = pool.street_words
    safe = np.where(word >= 0, word, 0)
    digits = (word >= 0) & pool.is_number[safe]
    number = np.where(digits.any(1), word[np.arange(len(word)), digits.argmax(1)], -1)
    length = np.where((word >= 0) & ~digits, pool.length[safe], 0)
    first = np.where(length.max(1) >= 3, word[np.arange(len(word)), length.argmax(1)], -1)
    return number.astype(np.int64), first.astype(np.int64)


def candidates(pool: Pool) -> tuple[Long, Long]:
    """Pairs (i, j) of rows worth comparing, each once, i < j; where there are two lists, i in the first and j in the second."""
    shift = max(pool.size.bit_length(), 1)
    record, key, alone = things(pool)
    budgets = [max(each * pool.size, least) for each, least in zip(PAIRS_PER_RECORD, PAIRS_AT_LEAST, strict=True)]
    blocks = _Blocks(record[alone], key[alone], shift, pool)
    small = _affordable(blocks.cost, blocks.size, budgets[0])
    found = [blocks.pairs(small)]
    left = [blocks.things(~small)]
    found.append(_neighbours(*left[0], pool))
    left.append(_Blocks(record[~alone], key[~alone], shift, pool).things())
    for depth, most in ((1, COMMON_THINGS), (2, COMMON_COUPLES)):
        record, key, size = (np.concatenate(part) for part in zip(*left, strict=True))
        if not len(record):
            break
        blocks = _Blocks(*_combined(record, key, size, most), shift, pool)
        small = _affordable(blocks.cost, blocks.size, budgets[depth])
        found.append(blocks.pairs(small))
        left = [blocks.things(~small)]
    both = _distinct(np.concatenate(found))
    return both // pool.size, both % pool.size


class _Blocks:
    """Records by what they share, one block after the other; in a block the records stand in rising order, each once."""

    def __init__(self, record: Long, key: Long, shift: int, pool: Pool) -> None:
        self.pool, self.shift = pool, shift
        packed = np.sort((key.astype(np.uint64) << np.uint64(shift)) | record.astype(np.uint64))
        packed = packed[_first_of_each(packed, packed)]
        self.record = (packed & np.uint64((1 << shift) - 1)).astype(np.int64)
        self.key = (packed >> np.uint64(shift)).astype(np.int64)
        self.start = np.flatnonzero(_first_of_each(self.key, self.key))
        self.size = np.diff(np.append(self.start, len(self.key)))
        if pool.is_pair:
            self.first = np.add.reduceat((self.record < pool.first).astype(np.int64), self.start) if len(self.start) else self.size
            self.cost = self.first.astype(float) * (self.size - self.first)
        else:
            self.first = self.size
            self.cost = self.size * (self.size - 1) / 2.0

    def things(self, blocks: Bools | None = None) -> tuple[Long, Long, Long]:
        """(record, key, size of its block) in some blocks, those left out that hold no pair."""
        use = np.repeat((self.cost > 0) & (True if blocks is None else blocks), self.size)
        return self.record[use], self.key[use], np.repeat(self.size, self.size)[use]

    def pairs(self, blocks: Bools) -> Long:
        """i·n + j of every pair inside some blocks."""
        start, size, first = self.start[blocks], self.size[blocks], self.first[blocks]
        total = int(size.sum())
        if not total:
            return np.zeros(0, np.int64)
        rank = np.arange(total) - np.repeat(np.cumsum(size) - size, size)
        place = np.repeat(start, size) + rank
        end = np.repeat(start + size, size)
        if self.pool.is_pair:
            behind = np.repeat(start + first, size)
            count = np.where(place < behind, end - behind, 0)
        else:
            behind = place + 1
            count = end - behind
        row = np.repeat(self.record[place], count)
        partner = np.repeat(behind, count) + np.arange(int(count.sum())) - np.repeat(np.cumsum(count) - count, count)
        return np.asarray(row * self.pool.size + self.record[partner])


def _affordable(cost: Floats, size: Long, budget: float) -> Bools:
    """The smallest blocks, as many as the budget allows; blocks of one size together."""
    by_size = np.bincount(size, cost, minlength=LARGEST_BLOCK + 1)
    allowed = np.cumsum(by_size) <= budget
    largest = min(int(np.flatnonzero(allowed)[-1]) if allowed.any() else 0, LARGEST_BLOCK)
    return size <= max(largest, 2)


def _combined(record: Long, key: Long, size: Long, most: int) -> tuple[Long, Long]:
    """The things of each record two by two: its `most` rarest."""
    order = np.argsort((record << 22) + np.minimum(size, (1 << 22) - 1), kind="stable")
    record, key = record[order], key[order]
    rank = _rank(record)
    inside = rank < most
    record, key = record[inside], key[inside]
    records, keys = [], []
    for step in range(1, most):
        at = np.flatnonzero(record[step:] == record[:-step])
        records.append(record[at])
        keys.append(_mix(np.minimum(key[at], key[at + step]), np.maximum(key[at], key[at + step])))
    return np.concatenate(records), np.concatenate(keys)


def _rank(sorted_values: Long) -> Long:
    """0, 1, 2 … within each run of equal values."""
    start = np.flatnonzero(_first_of_each(sorted_values, sorted_values))
    return np.asarray(np.arange(len(sorted_values)) - np.repeat(start, np.diff(np.append(start, len(sorted_values)))))


def _neighbours(record: Long, key: Long, size: Long, pool: Pool) -> Long:
    """Pairs of records that stand next to each other by name in the smallest of their blocks that is too large."""
    order = np.argsort((record << 22) + np.minimum(size, (1 << 22) - 1), kind="stable")
    record, key = record[order], key[order]
    smallest = _first_of_each(record, record)
    record, key = record[smallest], key[smallest]
    names = pool.names.compact
    by_name = np.empty(pool.size, np.int64)
    by_name[sorted(record.tolist(), key=lambda row: (names[row], row))] = np.arange(len(record))
    order = np.lexsort((by_name[record], key))
    record, key = record[order], key[order]
    found = []
    for step in range(1, WINDOW + 1):
        one, two = record[:-step], record[step:]
        low, high = np.minimum(one, two), np.maximum(one, two)
        near = key[step:] == key[:-step]
        if pool.is_pair:
            near &= (low < pool.first) & (high >= pool.first)
        found.append(low[near] * pool.size + high[near])
    return np.concatenate(found)
