"""Rows of any list, by role, and what is worth comparing in them: each value as a number, equal values equal numbers.

Roles: name, other_name (also other_name:2 …), number:<scheme>, country, postcode, locality, area, street, phone, email, website,
founded, legal_form, activity, lat, lon, and any other word (given_name, birth_date …), compared as plain text.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import numpy as np

from . import names
from .names import Bools, Floats, Ints, Long, Names, Words

NAME_ROLES = ("name", "other_name")
PLACE_ROLES = ("street", "postcode", "locality", "area", "lat", "lon", "country")
SPECIAL_ROLES = ("phone", "email", "website", "founded", "activity", "legal_form")
IGNORED_ROLES = ("source_key", "row", "about")
STREET_SLOTS = 6
TOWN_SLOTS = 4


class Records:
    """Columns of equal length by role; a missing value is ""."""

    def __init__(self, columns: Mapping[str, Sequence[str]]) -> None:
        lengths = {len(column) for column in columns.values()}
        if len(lengths) > 1:
            raise ValueError(f"columns of different lengths: {sorted(lengths)}")
        self.columns = {role: list(columns[role]) for role in sorted(columns)}
        self.length = lengths.pop() if lengths else 0

    def __len__(self) -> int:
        return self.length

    def contents(self) -> list[str]:
        """Each row as one text, whatever the order of its columns; empty columns do not show."""
        if not self.length:
            return []
        filled = [(role, column) for role, column in self.columns.items() if any(column)]
        if not filled:
            return [""] * self.length
        return ["\x1f".join(row) for row in zip(*(column for _, column in filled), strict=True)]


def digest(records: Records) -> bytes:
    """The same for the same rows and columns in any order."""
    seal = blake2b(digest_size=16)
    seal.update("\x1e".join(role for role, column in records.columns.items() if any(column)).encode())
    for row in sorted(records.contents()):
        seal.update(row.encode("utf-8", "surrogatepass") + b"\x1e")
    return seal.digest()


@dataclass
class Coded:
    """A column as numbers: `code[i]` is -1 where the value is missing; `share` of each value among the values given."""

    code: Ints
    text: list[str]
    share: Floats

    @property
    def there(self) -> Bools:
        return self.code >= 0


def coded(values: Sequence[str]) -> Coded:
    numbers = {value: code for code, value in enumerate(filter(None, dict.fromkeys(values)))}
    code = np.fromiter(map({**numbers, "": -1}.__getitem__, values), np.int32, len(values))
    count = np.bincount(code[code >= 0], minlength=len(numbers)).astype(float)
    return Coded(code, list(numbers), (count + 1.0) / max(count.sum() + 20.0, 1.0))


def _by_value(values: Sequence[str], convert: "dict[str, str]") -> list[str]:
    return [convert[value] for value in values]


def _converted(values: Sequence[str], parse: Callable[[str], str]) -> list[str]:
    table = {value: parse(value) if value.strip() else "" for value in set(values)}
    return _by_value(values, table)


# ── one value ──────────────────────────────────────────────────────────────────────────────────────────────────────────

_NUMBERS = re.compile(r"\d+")


def number(value: str) -> str:
    """An official number without spaces and marks; "" for what cannot be one (too short, no digit, one digit repeated)."""
    compact = re.sub(r"[^0-9A-Z]", "", value.upper())
    digits = [c for c in compact if c.isdigit()]
    return compact if len(compact) >= 4 and digits and (len(set(digits)) > 1 or len(digits) < 4) else ""


def postcode(value: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", value.upper())


def postcode_area(compact: str) -> str:
    """The part that stands for a neighbourhood: the outward code of a British one, the first two digits elsewhere."""
    if re.fullmatch(r"[A-Z]{1,2}\d[A-Z0-9]?\d[A-Z]{2}", compact):
        return compact[:-3]
    if re.fullmatch(r"[A-Z]\d{2}[A-Z0-9]{4}", compact):  # Ireland
        return compact[:3]
    digits = compact.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return digits[:2] if len(digits) >= 4 else compact


def phone(value: str) -> str:
    """The last nine digits of the first number given."""
    digits = value if value.isdigit() else "".join(_NUMBERS.findall(re.split(r"[,;/]| or | lub | ali | tel", value.lower().strip())[0]))
    return digits[-9:] if len(digits) >= 6 and len(set(digits)) > 2 else ""


def website(value: str) -> str:
    bare = re.sub(r"^[a-z]+://", "", value.strip().lower())
    return re.sub(r"^www\d?\.", "", bare).rstrip("/").split("?")[0]


def founded(value: str) -> str:
    """Year, month and day as far as given, `YYYYMMDD`, `YYYYMM` or `YYYY`; "" where no year can be read."""
    parts = _NUMBERS.findall(value.strip().split("T")[0][:10])
    if len(parts) == 1:
        whole = str(parts[0])
        if len(whole) == 8 and 1000 <= int(whole[:4]) <= 2100:
            return whole
        return whole if len(whole) == 4 and 1000 <= int(whole) <= 2100 else ""
    if len(parts) == 3:
        if len(parts[0]) == 4:
            year, month, day = parts
        elif len(parts[2]) == 4:
            day, month, year = parts
        else:
            return ""
        if int(month) > 12:
            month, day = day, month
        return f"{year}{int(month):02d}{int(day):02d}"
    return "".join(parts) if len(parts) == 2 and len(parts[0]) == 4 else ""


# ── a pool of one or two lists ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Pool:
    """The rows of one list, or of two one after the other, in an order that depends on their content alone."""

    size: int
    first: int  # rows of the first list; `size` where there is only one list
    words: Words
    names: Names  # rows 0..size-1: the name of each record; behind them their other names
    owner: Long  # record of each name
    others: Long  # records: how many other names
    other_start: Long  # … and where they begin among the names
    seen: Floats = field(default_factory=lambda: np.zeros(0))  # in how many names each word is
    numbers: dict[str, Coded] = field(default_factory=dict)
    columns: dict[str, Coded] = field(default_factory=dict)
    street_words: Ints = field(default_factory=lambda: np.zeros((0, STREET_SLOTS), np.int32))
    town_words: Ints = field(default_factory=lambda: np.zeros((0, TOWN_SLOTS), np.int32))
    town_stems: Ints = field(default_factory=lambda: np.zeros((0, TOWN_SLOTS), np.int32))
    stem: Ints = field(default_factory=lambda: np.zeros(0, np.int32))  # of each word: number of its first letters
    is_number: Bools = field(default_factory=lambda: np.zeros(0, bool))
    is_sibling: Bools = field(default_factory=lambda: np.zeros(0, bool))
    is_kind: Bools = field(default_factory=lambda: np.zeros(0, bool))
    letters: Long = field(default_factory=lambda: np.zeros(0, np.int64))  # of each word: which letters it has, as bits
    initial: Ints = field(default_factory=lambda: np.zeros(0, np.int32))  # of each word, its first letter
    length: Ints = field(default_factory=lambda: np.zeros(0, np.int32))  # of each word, letters
    geo: Floats = field(default_factory=lambda: np.zeros((0, 2)))

    @property
    def is_pair(self) -> bool:
        return self.first < self.size

    def has(self, role: str) -> bool:
        return role in self.columns


def _join(parts: list[Records], role: str) -> list[str]:
    out: list[str] = []
    for part in parts:
        out += part.columns.get(role) or [""] * len(part)
    return out


def pool(parts: list[Records]) -> Pool:
    """The lists read for comparing. The rows must already stand in their canonical order."""
    size = sum(map(len, parts))
    roles = sorted({role for part in parts for role, column in part.columns.items() if any(column)})
    words = Words()
    words.add("·")  # a word no name holds, so that there is always one to look up
    every = _join(parts, "name")
    owner = list(range(size))
    for role in roles:
        if role.split(":")[0] == "other_name":
            column = _join(parts, role)
            rows = [i for i, value in enumerate(column) if value]
            every += [column[i] for i in rows]
            owner += rows
    read = names.read(every, words)
    owners = np.array(owner, np.int64)
    read, owners = _without_repeats(read, owners, size)
    others = np.bincount(owners[size:], minlength=size) if size else np.zeros(0, np.int64)
    result = Pool(size, len(parts[0]), words, read, owners, others, size + np.concatenate(([0], np.cumsum(others)[:-1])).astype(np.int64))
    for role in roles:
        _add_column(result, parts, role)
    _add_places(result, parts)
    _describe_words(result)
    return result


def _without_repeats(read: Names, owner: Long, size: int) -> tuple[Names, Long]:
    """Other names that say something new, standing in the order of their records."""
    if len(owner) == size:
        return read, owner
    main = read.compact
    seen: set[tuple[int, str]] = set()
    keep = []
    for row in range(size, len(owner)):
        key = (int(owner[row]), main[row])
        if main[row] and main[row] != main[key[0]] and key not in seen:
            seen.add(key)
            keep.append(row)
    keep.sort(key=lambda row: (int(owner[row]), main[row]))
    # a record without a name is known by its other name
    rows = list(range(size))
    rest = []
    for row in keep:
        at = int(owner[row])
        if not main[at] and rows[at] == at:
            rows[at] = row
        else:
            rest.append(row)
    order = np.array(rows + rest, np.int64)
    owners = np.concatenate((np.arange(size), owner[np.array(rest, np.int64)])) if rest else np.arange(size)
    return Names(read.word[order], read.form[order], [main[i] for i in order.tolist()]), owners.astype(np.int64)


def _add_column(pool: Pool, parts: list[Records], role: str) -> None:
    kind, _, scheme = role.partition(":")
    if kind in NAME_ROLES or kind in IGNORED_ROLES or kind in ("street", "locality", "area", "lat", "lon"):
        return
    if kind == "number":
        if all(any(part.columns.get(role, ())) for part in parts):  # a number that only one list has tells nothing
            pool.numbers[scheme] = coded(_converted(_join(parts, role), number))
        return
    column = _join(parts, role)
    parse = {"postcode": postcode, "phone": phone, "website": website, "founded": founded}.get(kind)
    if parse:
        column = _converted(column, parse)
    elif kind == "email":
        column = [value.strip().lower() for value in column]
    else:
        table = sorted(set(column))
        column = _by_value(column, dict(zip(table, names.clean(table), strict=True)))
    pool.columns[role] = coded(column)


def _add_places(pool: Pool, parts: list[Records]) -> None:
    for role in ("locality", "area", "street"):
        values = _join(parts, role)
        plain = dict(zip(distinct := sorted(set(values)), names.clean(distinct), strict=True))
        if any(plain.values()):
            pool.columns[role] = coded(_by_value(values, plain))
    if "postcode" in pool.columns:
        whole = pool.columns["postcode"]
        area = coded([postcode_area(value) for value in whole.text])
        code = np.where(whole.code >= 0, area.code[whole.code], -1).astype(np.int32)
        pool.columns["postcode_area"] = _recoded(code, area.text)
    pool.street_words = _words_of(pool, "street", STREET_SLOTS)
    pool.town_words = _words_of(pool, "locality", TOWN_SLOTS)
    latitude, longitude = _join(parts, "lat"), _join(parts, "lon")
    if any(latitude) and any(longitude):
        pool.geo = np.column_stack([_degrees(latitude), _degrees(longitude)])
        pool.geo[(pool.geo == 0).all(1)] = np.nan


def _words_of(pool: Pool, role: str, slots: int) -> Ints:
    """The first words of a column, one row a record; -1 = no more."""
    if not pool.has(role):
        return np.full((pool.size, slots), -1, np.int32)
    column = pool.columns[role]
    word, line = pool.words.split(column.text)
    slot = np.arange(len(line)) - np.searchsorted(line, line)
    table = np.full((len(column.text) + 1, slots), -1, np.int32)  # the last row is that of the records without a value
    inside = slot < slots
    table[line[inside], slot[inside]] = word[inside]
    return table[column.code]


def _recoded(code: Ints, text: list[str]) -> Coded:
    count = np.bincount(code[code >= 0], minlength=len(text)).astype(float)
    return Coded(code, text, (count + 1.0) / (count.sum() + 20.0))


def _degrees(values: list[str]) -> Floats:
    out = np.full(len(values), np.nan)
    for i, value in enumerate(values):
        try:
            out[i] = float(value.replace(",", ".")) if value else np.nan
        except ValueError:
            continue
    out[np.abs(out) > 180] = np.nan
    return out


def _describe_words(pool: Pool) -> None:
    text = pool.words.text
    pool.is_number = np.fromiter((any(map(str.isdigit, word)) for word in text), bool, len(text))
    siblings, kinds = names.lexicon().sibling, names.lexicon().kind
    pool.is_sibling = np.fromiter((word in siblings for word in text), bool, len(text))
    pool.is_kind = np.fromiter((word in kinds for word in text), bool, len(text))
    pool.length = np.fromiter(map(len, text), np.int32, len(text))
    pool.initial = np.fromiter((ord(word[0]) for word in text), np.int32, len(text))
    stems: dict[str, int] = {}
    pool.stem = np.fromiter((stems.setdefault(word[:4], len(stems)) for word in text), np.int32, len(text))
    bit = {letter: 1 << i for i, letter in enumerate("abcdefghijklmnopqrstuvwxyz0123456789")}
    pool.letters = np.fromiter((_letters(word, bit) for word in text), np.int64, len(text))
    if len(pool.town_words) and len(text):
        pool.town_stems = np.where(pool.town_words >= 0, pool.stem[pool.town_words], -1).astype(np.int32)


def _letters(word: str, bit: dict[str, int]) -> int:
    out = 0
    for letter in set(word):
        out |= bit.get(letter, 0)
    return out
