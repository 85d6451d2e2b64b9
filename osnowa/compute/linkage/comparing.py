"""Pairs of rows compared, field by field, many pairs at once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler, Levenshtein

from .blocking import street_key
from .names import Bools, Floats, Long
from .records import Coded, Pool
from .weights import FIELDS, NAME, PLACES, Level

Levels = npt.NDArray[np.int8]
CHUNK = 200_000
USUAL_BITS = 7.0  # a word that tells less than this is a usual one
TYPO_BITS = 5.0  # what a word spelt differently tells less than the word itself
GAP_BITS = 2.0  # … and a name of the same letters with other gaps
OTHER_NAME_BITS = 1.0  # what it costs that the name is only the other name of one of them

SAME, ALIKE, USUAL_MORE, MORE, PART, USUAL_DIFFER, DIFFER, NUMBERS, NOTHING = range(len(NAME))


# ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class NameFindings:
    """Of each pair: the level, and the bits against strangers and against relatives."""

    level: Levels
    u: Floats
    s: Floats


def _popcount(x: Long) -> Long:
    return np.bitwise_count(x.astype(np.uint64)).astype(np.int64)


def _alike(pool: Pool, a: Long, b: Long) -> Bools:
    """Whether two words are one word spelt differently, bent, or cut short. Numbers never are."""
    short, long = np.where(pool.length[a] <= pool.length[b], a, b), np.where(pool.length[a] <= pool.length[b], b, a)
    small, large = pool.length[short], pool.length[long]
    fits = ~(pool.is_number[a] | pool.is_number[b]) & (small >= 1)
    extra = _popcount(pool.letters[short] & ~pool.letters[long])
    fits &= (extra <= 2) & (_popcount(pool.letters[a] ^ pool.letters[b]) <= np.where((small < 4) | (extra == 0), 99, 5))
    out = np.zeros(len(a), bool)
    at = np.flatnonzero(fits)
    if not len(at):
        return out
    key, back = np.unique(short[at].astype(np.int64) * len(pool.words) + long[at], return_inverse=True)
    first, second = key // len(pool.words), key % len(pool.words)
    text = pool.words.text
    one, two = [text[i] for i in first.tolist()], [text[i] for i in second.tolist()]
    short_length, long_length = pool.length[first], pool.length[second]
    distance = np.asarray(process.cpdist(one, two, scorer=OSA.distance, score_cutoff=3, dtype=np.int32))
    allowed = np.where(long_length >= 8, 2, np.where((short_length >= 4) | ((short_length == 3) & (long_length == 4)), 1, 0))
    prefix = np.fromiter((y.startswith(x) for x, y in zip(one, two, strict=True)), bool, len(one))
    stem = np.fromiter((x[:5] == y[:5] for x, y in zip(one, two, strict=True)), bool, len(one))
    bent = stem & (short_length >= 5) & (long_length - short_length <= 3) & (distance <= 3)
    first_letter = np.fromiter((x[:1] == y[:1] for x, y in zip(one, two, strict=True)), bool, len(one))
    typo = (distance <= allowed) & ((short_length >= 5) | first_letter)
    cut = prefix & ((short_length >= 3) | ((short_length == 1) & (long_length >= 3)))
    out[at] = (typo | bent | cut)[back]
    return out


def compare_names(pool: Pool, a: Long, b: Long, i: Long, j: Long, towns: Levels, floor: Floats) -> NameFindings:
    """Names `a` and `b` (rows of the table of names) of records `i` and `j`.

    `towns`: 1 same town, 0 not known, -1 another one. `floor`: bits below which nothing is worth a closer look.
    """
    table, told = pool.names.word, pool.names.told
    wa, wb, ba, bb = table[a], table[b], told[a], told[b]
    there_a, there_b = wa >= 0, wb >= 0
    slots_a, slots_b = max(int(there_a.sum(1).max(initial=1)), 1), max(int(there_b.sum(1).max(initial=1)), 1)
    wa, ba, there_a = wa[:, :slots_a], ba[:, :slots_a], there_a[:, :slots_a]
    wb, bb, there_b = wb[:, :slots_b], bb[:, :slots_b], there_b[:, :slots_b]
    equal = (wa[:, :, None] == wb[:, None, :]) & there_a[:, :, None]
    met_a, met_b = equal.any(2), equal.any(1)
    shared = np.minimum((ba * met_a).sum(1), (bb * met_b).sum(1)).astype(float)
    left_a, left_b = there_a & ~met_a, there_b & ~met_b
    spelt = np.zeros(len(a), bool)

    # words that are alike
    hope = shared + np.minimum((ba * left_a).sum(1), (bb * left_b).sum(1)) > floor
    rows = np.flatnonzero(hope & left_a.any(1) & left_b.any(1))
    if len(rows):
        pair, x, y = np.nonzero(left_a[rows][:, :, None] & left_b[rows][:, None, :])
        row = rows[pair]
        alike = _alike(pool, wa[row, x].astype(np.int64), wb[row, y].astype(np.int64))
        row, x, y = row[alike], x[alike], y[alike]
        if len(row):
            # each word answers one other: the most telling couples first
            tell = np.minimum(ba[row, x], bb[row, y])
            order = np.lexsort((y, x, -tell, row))
            row, x, y, tell = row[order], x[order], y[order], tell[order]
            done_x, done_y = np.zeros_like(left_a), np.zeros_like(left_b)
            for turn in range(int(np.bincount(row).max())):
                nth = np.arange(len(row)) - np.searchsorted(row, row) == turn
                r, p, q, t = row[nth], x[nth], y[nth], tell[nth]
                free = ~done_x[r, p] & ~done_y[r, q]
                r, p, q, t = r[free], p[free], q[free], t[free]
                done_x[r, p] = True
                done_y[r, q] = True
                shared[r] += np.maximum(t - TYPO_BITS, 0.0)
                spelt[r] = True
            left_a, left_b = left_a & ~done_x, left_b & ~done_y

    # words that only name the place both are in
    for words, left, who in ((wa, left_a, j), (wb, left_b, i)):
        rows = np.flatnonzero(left.any(1) & (towns >= 0)) if pool.town_stems.size else np.zeros(0, np.int64)
        if len(rows):
            stems = np.where(left[rows], pool.stem[words[rows]], -2)
            named = (stems[:, :, None] == pool.town_stems[who[rows]][:, None, :]).any(2)
            left[rows] &= ~named

    # the same letters with other gaps; one slip in the whole
    rows = np.flatnonzero(hope & (left_a.any(1) | left_b.any(1)))
    if len(rows):
        compact = pool.names.compact
        one, two = [compact[k] for k in a[rows].tolist()], [compact[k] for k in b[rows].tolist()]
        like = np.asarray(process.cpdist(one, two, scorer=Levenshtein.normalized_similarity, score_cutoff=0.9, dtype=np.float32))
        long = np.fromiter((min(len(x), len(y)) >= 8 for x, y in zip(one, two, strict=True)), bool, len(one))
        numbers = _numbers_left(pool, wa[rows], left_a[rows]) | _numbers_left(pool, wb[rows], left_b[rows])
        gaps = like == 1.0
        alike = gaps | (long & (like >= 0.92) & ~numbers & left_a[rows].any(1) & left_b[rows].any(1))
        r = rows[alike]
        told_all = np.minimum(ba[r].sum(1), bb[r].sum(1))
        shared[r] = np.maximum(shared[r], told_all - np.where(gaps[alike], GAP_BITS, 2 * TYPO_BITS))
        spelt[r] = True
        left_a[r] = False
        left_b[r] = False

    any_a, any_b = left_a.any(1), left_b.any(1)
    number_a, number_b = _numbers_left(pool, wa, left_a), _numbers_left(pool, wb, left_b)
    sibling = (left_a & pool.is_sibling[np.where(there_a, wa, 0)]).any(1) | (left_b & pool.is_sibling[np.where(there_b, wb, 0)]).any(1)
    telling_a, telling_b = (left_a & (ba >= USUAL_BITS)).any(1), (left_b & (bb >= USUAL_BITS)).any(1)
    all_a, all_b = (ba * there_a).sum(1), (bb * there_b).sum(1)
    level = np.select(
        [
            number_a & number_b,
            (any_a | any_b) & (shared < 0.2 * np.minimum(all_a, all_b)),
            any_a & any_b & (telling_a | telling_b),
            any_a & any_b,
            (any_a | any_b) & (sibling | number_a | number_b),
            (telling_a | telling_b),
            any_a | any_b,
            spelt,
        ],
        [NUMBERS, NOTHING, DIFFER, USUAL_DIFFER, PART, MORE, USUAL_MORE, ALIKE],
        SAME,
    ).astype(np.int8)
    u = shared
    for left, bits in ((left_a, ba), (left_b, bb)):
        lost = (left * np.where(bits >= USUAL_BITS, 3.0, 1.5)).sum(1)
        u = u - np.minimum(lost, 6.0)
    u = np.where(level == NOTHING, np.minimum(u, 0.0) - 2.0, u)
    empty = ~there_a.any(1) | ~there_b.any(1)
    s = _ratio_s(NAME)[level]
    level[empty] = -1
    return NameFindings(level, np.where(empty, 0.0, u), np.where(empty, 0.0, s))


def _numbers_left(pool: Pool, words: npt.NDArray[np.int32], left: Bools) -> Bools:
    return np.asarray((left & pool.is_number[np.where(left, words, 0)]).any(1))


def _ratio_s(levels: tuple[Level, ...]) -> Floats:
    return np.log2(np.array([level.m for level in levels]) / np.array([level.s for level in levels]))


# ── everything else ────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Found:
    """One field of many pairs: levels (-1 where it says nothing), and the share of strangers that agree by chance as these do."""

    role: str  # as it is told to people
    levels: tuple[Level, ...]
    level: Levels
    chance: Floats  # nan where the level's own share among strangers holds


def _share(column: Coded, code: npt.NDArray[np.int32]) -> Floats:
    return np.where(code >= 0, column.share[np.where(code >= 0, code, 0)], 1.0)


def _close_texts(column: Coded, x: npt.NDArray[np.int32], y: npt.NDArray[np.int32], least: float = 0.9) -> Bools:
    """Whether two different values are spelt alike, or one holds all words of the other."""
    out = np.zeros(len(x), bool)
    rows = np.flatnonzero((x >= 0) & (y >= 0) & (x != y))
    if len(rows):
        size = len(column.text)
        key, back = np.unique(np.minimum(x[rows], y[rows]).astype(np.int64) * size + np.maximum(x[rows], y[rows]), return_inverse=True)
        one, two = [column.text[i] for i in (key // size).tolist()], [column.text[i] for i in (key % size).tolist()]
        close = np.asarray(process.cpdist(one, two, scorer=JaroWinkler.normalized_similarity, score_cutoff=least)) > 0
        close |= np.fromiter((f" {p} " in f" {q} " or f" {q} " in f" {p} " for p, q in zip(one, two, strict=True)), bool, len(one))
        out[rows] = close[back]
    return out


def towns(pool: Pool, i: Long, j: Long) -> Levels:
    """1 where two records are in the same town or postal district, -1 where not, 0 where nobody can tell."""
    out = np.zeros(len(i), np.int8)
    for role in ("postcode_area", "locality"):
        if pool.has(role):
            x, y = pool.columns[role].code[i], pool.columns[role].code[j]
            known = (x >= 0) & (y >= 0)
            same = known & (x == y)
            if role == "locality":
                same |= known & _close_texts(pool.columns[role], x, y)
            out = np.where(same, 1, np.where(known & (out == 0), -1, out)).astype(np.int8)
    return out


def compare_places(pool: Pool, i: Long, j: Long) -> list[Found]:
    """One field, in the shape of the finest thing both records tell: street, postal code, town, area, or point."""
    size = len(i)
    no = np.zeros(size, bool)

    def both(role: str) -> tuple[Bools, Bools, Floats]:
        if not pool.has(role):
            return no, no, np.ones(size)
        x, y = pool.columns[role].code[i], pool.columns[role].code[j]
        return (x >= 0) & (y >= 0), (x >= 0) & (x == y), _share(pool.columns[role], x)

    has_code, same_code, share_code = both("postcode")
    _, same_district, share_district = both("postcode_area")
    has_town, same_town, share_town = both("locality")
    has_area, same_area, share_area = both("area")
    has_street, same_text, share_street = both("street")
    near_town = no
    if pool.has("locality"):
        town = pool.columns["locality"]
        near_town = _close_texts(town, town.code[i], town.code[j])
        if pool.has("area"):
            near_town = near_town | _crossed(pool, i, j)
    same_street, near_street = same_text, same_text
    if pool.has("street"):
        number, first = street_key(pool)
        words = pool.street_words
        meet = ((words[i][:, :, None] == words[j][:, None, :]) & (words[i] >= 0)[:, :, None]).any(2)
        digits = pool.is_number[np.where(words[i] >= 0, words[i], 0)]
        word_met, number_met = (meet & ~digits & (pool.length[np.where(words[i] >= 0, words[i], 0)] >= 4)).any(1), (meet & digits).any(1)
        same_street = same_text | (word_met & number_met)
        near_street = same_street | ((first[i] >= 0) & (first[i] == first[j]) & has_street)
    around = same_code | same_town | same_district | near_town
    unplaced = ~(has_code | has_town)
    address = has_street & same_street & (around | unplaced)
    shapes = [
        ("street", has_street & (has_code | has_town | ~has_area)),
        ("postcode", has_code),
        ("locality", has_town),
        ("area", has_area),
    ]
    order = [
        ("same address", address, np.minimum(share_street, share_code) * 0.7),
        ("same postcode", same_code, share_code),
        ("same street", near_street & around, share_town * 0.1),
        ("same town", same_town, share_town),
        ("near", same_district | near_town, np.where(same_district, share_district, np.maximum(share_town, 0.02) * 2)),
        ("same area", same_area, share_area),
        ("elsewhere", ~no, np.full(size, np.nan)),
    ]
    found, left = [], ~no
    for shape, fits in shapes:
        use = left & fits
        left = left & ~fits
        if not use.any():
            continue
        levels = PLACES[shape]
        codes = [level.code for level in levels]
        level, chance, open_ = np.full(size, -1, np.int8), np.full(size, np.nan), use.copy()
        for code, holds, share in order:
            if code in codes:
                hit = open_ & holds
                level[hit] = codes.index(code)
                chance[hit] = np.clip(share[hit], 1e-9, 0.9)
                open_ &= ~hit
        found.append(Found("place", levels, level, chance))
    if len(pool.geo):
        point = _distances(pool, i, j)
        use = left & ~np.isnan(point)
        level = np.where(use, np.select([point < 0.05, point < 1, point < 10], [0, 1, 2], 3), -1).astype(np.int8)
        found.append(Found("place", PLACES["point"], level, np.full(size, np.nan)))
    return found


def _crossed(pool: Pool, i: Long, j: Long) -> Bools:
    """Whether what one list calls the town, the other calls the area (London, Bromley)."""
    town, area = pool.columns["locality"], pool.columns["area"]
    number = {text: code for code, text in enumerate(town.text)}
    as_town = np.array([number.get(text, -1) for text in area.text] + [-1], np.int32)
    code = np.where(area.code >= 0, as_town[area.code], -1)
    return ((code[i] >= 0) & (code[i] == town.code[j])) | ((code[j] >= 0) & (code[j] == town.code[i]))


def _distances(pool: Pool, i: Long, j: Long) -> Floats:
    """Kilometres."""
    a, b = np.radians(pool.geo[i]), np.radians(pool.geo[j])
    x = (b[:, 1] - a[:, 1]) * np.cos((a[:, 0] + b[:, 0]) / 2)
    return np.asarray(6371.0 * np.hypot(x, b[:, 0] - a[:, 0]))


def compare_columns(pool: Pool, i: Long, j: Long) -> list[Found]:
    """Every other column that has something to say."""
    out = []
    for role in sorted(pool.columns):
        if role in ("locality", "area", "street", "postcode", "postcode_area"):
            continue
        column, kind = pool.columns[role], role.split(":")[0]
        x, y = column.code[i], column.code[j]
        known, same = (x >= 0) & (y >= 0), (x >= 0) & (x == y)
        levels = FIELDS.get(kind, FIELDS["text"])
        second = [level.code for level in levels][1]
        level = np.where(known, len(levels) - 1, -1)
        if second != "differs":
            level[known & ~same & _second(column, kind, x, y)] = 1
        level[same] = 0
        chance = np.where(same, np.clip(_share(column, x), 1e-9, 0.9), np.nan)
        out.append(Found(role, levels, level.astype(np.int8), chance))
    return out


def _second(column: Coded, kind: str, x: npt.NDArray[np.int32], y: npt.NDArray[np.int32]) -> Bools:
    """Whether two values are of the second level of their field: nearly the same, each kind in its own way."""
    if kind in ("founded", "email", "website", "activity"):
        cut = {"founded": _year, "email": _mail_domain, "website": _host, "activity": _division}[kind]
        part = coarse(column, cut)
        return np.asarray((x >= 0) & (y >= 0) & (part[x] == part[y]) & (part[x] >= 0))
    if kind in ("birth_date", "person_number") or _is_digits(column):
        return _one_slip(column, x, y)
    return _close_texts(column, x, y, 0.88)


def coarse(column: Coded, cut: "object") -> npt.NDArray[np.int32]:
    assert callable(cut)
    numbers: dict[str, int] = {}
    parts = [cut(text) for text in column.text]
    return np.array([numbers.setdefault(part, len(numbers)) if part else -1 for part in parts] + [-1], np.int32)


def _year(text: str) -> str:
    return text[:4]


def _mail_domain(text: str) -> str:
    domain = text.rpartition("@")[2]
    return "" if domain.split(".")[0] in PUBLIC_MAIL else domain


def _host(text: str) -> str:
    host = text.split("/")[0]
    return "" if host.split(".")[-2:][0] in PUBLIC_HOSTS else host


def _division(text: str) -> str:
    digits = "".join(c for c in text.split()[-1] if c.isdigit())
    return digits[:2] if len(digits) >= 2 else ""


PUBLIC_MAIL = frozenset("gmail googlemail outlook hotmail live yahoo icloud wp o2 onet op poczta interia gazeta tlen siol email amis libero tiscali virgilio alice orange wanadoo free laposte sfr gmx web t-online telefonica freemail citromail seznam centrum volny atlas azet zoznam btinternet".split())  # fmt: skip
PUBLIC_HOSTS = frozenset("facebook instagram linkedin twitter x google youtube wordpress blogspot wixsite ngo".split())


def _is_digits(column: Coded) -> bool:
    sample = column.text[:200]
    return bool(sample) and sum(text.isdigit() for text in sample) > 0.9 * len(sample)


def _one_slip(column: Coded, x: npt.NDArray[np.int32], y: npt.NDArray[np.int32]) -> Bools:
    out = np.zeros(len(x), bool)
    rows = np.flatnonzero((x >= 0) & (y >= 0) & (x != y))
    if len(rows):
        one, two = [column.text[i] for i in x[rows].tolist()], [column.text[i] for i in y[rows].tolist()]
        out[rows] = np.asarray(process.cpdist(one, two, scorer=OSA.distance, score_cutoff=1, dtype=np.int32)) <= 1
    return out
