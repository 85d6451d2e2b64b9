"""Pairs of rows compared, field by field, many pairs at once."""

from collections.abc import Callable
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
MISSPELT_SHARE = 0.02  # a misspelling is at most so frequent as the word itself
OTHER_NAME_BITS = 1.0  # what it costs that the name is only the other name of one of them

SAME, ALIKE, KIND, USUAL_MORE, MORE, PART, USUAL_DIFFER, DIFFER, NUMBERS, NOTHING = range(len(NAME))


# ── names ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class NameFindings:
    """Of each pair: the level, the bits against strangers, and whether only other names met."""

    level: Levels
    u: Floats
    is_other: Bools


def _alike(pool: Pool, a: Long, b: Long) -> Bools:
    """Whether two words are one word spelt differently, bent, or cut short. Numbers never are."""
    short, long = np.where(pool.length[a] <= pool.length[b], a, b), np.where(pool.length[a] <= pool.length[b], b, a)
    key, back = np.unique(short.astype(np.int64) * len(pool.words) + long, return_inverse=True)
    first, second = key // len(pool.words), key % len(pool.words)
    text = pool.words.text
    one, two = [text[i] for i in first.tolist()], [text[i] for i in second.tolist()]
    short_length, long_length = pool.length[first], pool.length[second]
    distance = np.asarray(process.cpdist(one, two, scorer=OSA.distance, score_cutoff=3, dtype=np.int32))
    allowed = np.where(long_length >= 8, 2, np.where((short_length >= 4) | ((short_length == 3) & (long_length == 4)), 1, 0))
    prefix = np.fromiter(map(str.startswith, two, one), bool, len(one))
    stem = pool.stem[first] == pool.stem[second]
    bent = stem & (short_length >= 5) & (long_length - short_length <= 3) & (distance <= 2)
    typo = (distance <= allowed) & (((short_length >= 5) & (distance <= 1)) | (pool.initial[first] == pool.initial[second]))
    once, often = np.minimum(pool.seen[first], pool.seen[second]), np.maximum(pool.seen[first], pool.seen[second])
    typo &= once <= np.maximum(2.0, MISSPELT_SHARE * often)  # two words that are both usual are two words
    cut = prefix & ((short_length >= 3) | ((short_length == 1) & (long_length >= 3)))
    return np.asarray((typo | bent | cut)[back])


class _Words:
    """The words of one side of many pairs, slot by slot: `word[s]`, `bits[s]`, whether it is there, whether it is still unmet."""

    def __init__(self, pool: Pool, names: Long) -> None:
        slots = int(pool.names.count[names].max(initial=1))
        self.word = [pool.names.slots[s][names] for s in range(slots)]
        self.bits = [pool.names.bits[s][names] for s in range(slots)]
        self.there = [word >= 0 for word in self.word]
        self.left = [there.copy() for there in self.there]

    def total(self) -> Floats:
        return self._sum(self.bits, self.there)

    def left_bits(self) -> Floats:
        return self._sum(self.bits, self.left)

    def met_bits(self) -> Floats:
        return self._sum(self.bits, [there & ~left for there, left in zip(self.there, self.left, strict=True)])

    @staticmethod
    def _sum(bits: list[npt.NDArray[np.float32]], where: list[Bools]) -> Floats:
        out = np.zeros(len(bits[0]), np.float32)
        for value, use in zip(bits, where, strict=True):
            out += value * use
        return out.astype(float)

    def any_left(self, marked: Bools | None = None) -> Bools:
        """Where a word is left: any, or one that is marked."""
        out = np.zeros(len(self.left[0]), bool)
        for word, left in zip(self.word, self.left, strict=True):
            out |= left if marked is None else left & marked[word]
        return out

    def lost(self) -> tuple[Floats, Bools]:
        """(bits that unmet words cost against strangers, whether one of them is telling)."""
        cost, telling = np.zeros(len(self.left[0])), np.zeros(len(self.left[0]), bool)
        for bits, left in zip(self.bits, self.left, strict=True):
            much = bits >= USUAL_BITS
            cost += left * np.where(much, 3.0, 1.5)
            telling |= left & much
        return np.minimum(cost, 6.0), telling


def shared_bits(pool: Pool, a: Long, b: Long) -> npt.NDArray[np.float32]:
    """Bits of the words that two names have in common to the letter."""
    out = np.zeros(len(a), np.float32)
    most = int(pool.names.count[b].max(initial=0))
    others = [pool.names.slots[y][b] for y in range(most)]
    for x in range(int(pool.names.count[a].max(initial=0))):
        word = pool.names.slots[x][a]
        met = np.zeros(len(a), bool)
        for other in others:
            met |= word == other
        out += np.where(met & (word >= 0), pool.names.bits[x][a], 0.0)
    return out


def compare_names(pool: Pool, a: Long, b: Long, i: Long, j: Long, towns: Levels, floor: Floats) -> NameFindings:
    """Names `a` and `b` (rows of the table of names) of records `i` and `j`.

    `towns`: 1 same town, 0 not known, -1 another one. `floor`: bits below which nothing is worth a closer look.
    """
    one, two = _Words(pool, a), _Words(pool, b)
    for x, word in enumerate(one.word):
        for y, other in enumerate(two.word):
            met = (word == other) & one.there[x]
            one.left[x] &= ~met
            two.left[y] &= ~met
    shared = np.minimum(one.met_bits(), two.met_bits())
    spelt = np.zeros(len(a), bool)
    any_one, any_two = one.any_left(), two.any_left()
    hope = shared + np.minimum(one.left_bits(), two.left_bits()) > floor
    rows = np.flatnonzero(hope & any_one & any_two)
    if len(rows):
        _meet_alike(pool, one, two, i, j, rows, shared, spelt)
    if pool.town_stems.size:
        _meet_places(pool, one, j, np.flatnonzero(any_one & hope & (towns >= 0)))
        _meet_places(pool, two, i, np.flatnonzero(any_two & hope & (towns >= 0)))
    any_one, any_two = one.any_left(), two.any_left()
    rows = np.flatnonzero(hope & (any_one | any_two))
    if len(rows):
        _meet_whole(pool, one, two, a, b, rows, shared, spelt)
    any_one, any_two = one.any_left(), two.any_left()
    number_one, number_two = one.any_left(pool.is_number), two.any_left(pool.is_number)
    sibling = one.any_left(pool.is_sibling) | two.any_left(pool.is_sibling)
    more_one, more_two = one.any_left(~pool.is_kind), two.any_left(~pool.is_kind)
    cost_one, telling_one = one.lost()
    cost_two, telling_two = two.lost()
    some = any_one | any_two
    level = np.select(
        [
            number_one & number_two,
            some & (shared < 0.2 * np.minimum(one.total(), two.total())),
            any_one & any_two & (telling_one | telling_two),
            any_one & any_two,
            some & (sibling | number_one | number_two),
            (telling_one & more_one) | (telling_two & more_two),
            some & ~(more_one | more_two),
            some,
            spelt,
        ],
        [NUMBERS, NOTHING, DIFFER, USUAL_DIFFER, PART, MORE, KIND, USUAL_MORE, ALIKE],
        SAME,
    ).astype(np.int8)
    u = shared - cost_one - cost_two
    u = np.where(level == NOTHING, np.minimum(u, 0.0) - 2.0, u)
    empty = ~one.there[0] | ~two.there[0]
    level[empty] = -1
    return NameFindings(level, np.where(empty, 0.0, u), np.zeros(len(a), bool))


def _meet_alike(pool: Pool, one: _Words, two: _Words, i: Long, j: Long, rows: Long, shared: Floats, spelt: Bools) -> None:
    """Words of some pairs that are alike meet, each with one other, the most telling couples first."""
    found: list[tuple[Long, Long, Long]] = []
    letters, length, is_number = pool.letters, pool.length, pool.is_number
    for x, word in enumerate(one.word):
        mine = rows[one.left[x][rows]]
        mine = mine[~is_number[word[mine]]]
        for y, other in enumerate(two.word):
            at = mine[two.left[y][mine]]
            p, q = word[at], other[at]
            only_p, only_q = np.bitwise_count(letters[p] & ~letters[q]), np.bitwise_count(letters[q] & ~letters[p])
            near = (np.minimum(only_p, only_q) <= 1) & ((only_p + only_q <= 3) | (np.minimum(only_p, only_q) == 0)) & ~is_number[q]
            near &= (np.abs(length[p] - length[q]) <= 3) | (pool.initial[p] == pool.initial[q])
            at = at[near]
            if len(at):
                found.append((at, np.full(len(at), x), np.full(len(at), y)))
    if not found:
        return
    row, first, second = (np.concatenate(part) for part in zip(*found, strict=True))
    words_one, words_two, bits_one, bits_two = (np.array([part[s] for s in range(len(part))]) for part in (one.word, two.word, one.bits, two.bits))
    p, q = words_one[first, row], words_two[second, row]
    alike = _alike(pool, p, q)
    if pool.town_words.size:  # Lhota and Lhotka, where each is in its own town, are two places
        here, over = pool.town_words[i[row]], pool.town_words[j[row]]
        p, q = p[:, None], q[:, None]
        alike &= ~((p == here).any(1) & (q == over).any(1) & ~(p == over).any(1) & ~(q == here).any(1))
    row, first, second = row[alike], first[alike], second[alike]
    if not len(row):
        return
    tell = np.minimum(bits_one[first, row], bits_two[second, row])
    order = np.lexsort((second, first, -tell, row))
    row, first, second, tell = row[order], first[order], second[order], tell[order]
    turn_of = np.arange(len(row)) - np.searchsorted(row, row)
    for turn in range(int(turn_of.max()) + 1):
        now = np.flatnonzero(turn_of == turn)
        for sx in range(len(one.left)):
            for sy in range(len(two.left)):
                some = now[(first[now] == sx) & (second[now] == sy)]
                r = row[some]
                free = one.left[sx][r] & two.left[sy][r]
                r = r[free]
                one.left[sx][r] = False
                two.left[sy][r] = False
                shared[r] += np.maximum(tell[some][free] - TYPO_BITS, 0.0)
                spelt[r] = True


def _meet_places(pool: Pool, words: _Words, other: Long, rows: Long) -> None:
    """Words that only name the town of the other record are met."""
    stems = pool.town_stems[other[rows]]
    for word, left in zip(words.word, words.left, strict=True):
        at = np.flatnonzero(left[rows])
        named = (pool.stem[word[rows[at]]][:, None] == stems[at]).any(1)
        left[rows[at[named]]] = False


def _meet_whole(pool: Pool, one: _Words, two: _Words, a: Long, b: Long, rows: Long, shared: Floats, spelt: Bools) -> None:
    """Names of the same letters with other gaps, or with gaps and a slip, are met whole."""
    length = pool.names.length
    small, large = np.minimum(length[a[rows]], length[b[rows]]), np.maximum(length[a[rows]], length[b[rows]])
    rows = rows[(small >= 0.9 * large) & (large > 0)]
    compact = pool.names.compact
    x, y = [compact[k] for k in a[rows].tolist()], [compact[k] for k in b[rows].tolist()]
    like = np.asarray(process.cpdist(x, y, scorer=Levenshtein.normalized_similarity, score_cutoff=0.9, dtype=np.float32))
    near = like > 0
    rows, like, small = rows[near], like[near], np.minimum(length[a[rows[near]]], length[b[rows[near]]])
    if not len(rows):
        return
    gaps = like == 1.0
    numbers = (one.any_left(pool.is_number) | two.any_left(pool.is_number))[rows]
    left_one, left_two = sum(left[rows].astype(np.int8) for left in one.left), sum(left[rows].astype(np.int8) for left in two.left)
    alike = gaps | ((small >= 8) & (like >= 0.92) & ~numbers & (left_one != left_two) & (left_one > 0) & (left_two > 0))
    r = rows[alike]
    shared[r] = np.maximum(shared[r], np.minimum(one.total()[r], two.total()[r]) - np.where(gaps[alike], GAP_BITS, 2 * TYPO_BITS))
    spelt[r] = True
    for side in (one, two):
        for left in side.left:
            left[r] = False


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
        _, first = street_key(pool)
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
    return np.asarray(((code[i] >= 0) & (code[i] == town.code[j])) | ((code[j] >= 0) & (code[j] == town.code[i])))


def _distances(pool: Pool, i: Long, j: Long) -> Floats:
    """Kilometres."""
    a, b = np.radians(pool.geo[i]), np.radians(pool.geo[j])
    x = (b[:, 1] - a[:, 1]) * np.cos((a[:, 0] + b[:, 0]) / 2)
    return np.asarray(6371.0 * np.hypot(x, b[:, 0] - a[:, 0]))


def compare_columns(pool: Pool, i: Long, j: Long) -> list[Found]:
    """Every other column that has something to say."""
    form, other = pool.names.form[i], pool.names.form[j]
    level = np.where((form >= 0) & (other >= 0), (form != other).astype(np.int8), -1).astype(np.int8)
    out = [Found("form", FIELDS["form"], level, np.full(len(i), np.nan))]
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


def coarse(column: Coded, cut: Callable[[str], str]) -> npt.NDArray[np.int32]:
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


PUBLIC_MAIL = frozenset(
    ["gmail", "googlemail", "outlook", "hotmail", "live", "yahoo", "icloud", "wp", "o2", "onet", "op", "poczta", "interia", "gazeta", "tlen", "siol", "email", "amis", "libero", "tiscali", "virgilio", "alice", "orange", "wanadoo", "free", "laposte", "sfr", "gmx", "web", "t-online", "telefonica", "freemail", "citromail", "seznam", "centrum", "volny", "atlas", "azet", "zoznam", "btinternet"]
)
PUBLIC_HOSTS = frozenset(("facebook", "instagram", "linkedin", "twitter", "x", "google", "youtube", "wordpress", "blogspot", "wixsite"))


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
