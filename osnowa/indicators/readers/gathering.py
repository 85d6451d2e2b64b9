"""The observations of a file in columns: small in the memory, sorted, each place and period of an indicator once."""

from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.translation import gettext_noop as _

from osnowa.indicators.readers.shapes import Reading, refuse
from osnowa.kit.sentences import Sentence

CONFLICT = _("Lines %(first)s and %(second)s say different values of %(code)s, %(geo)s, %(period)s: %(one)s and %(other)s.")
NOTHING = _("The file holds no observation.")
FAULTS_ONE = _("Nothing was imported. %(faults)s")
FAULTS = _("Nothing was imported: the file has %(count)s faults. %(faults)s")
_JOINED = "%(one)s %(rest)s"
_BIT = 21


@dataclass
class Gathered:
    """One file in columns; `blocks()` gives an indicator at a time."""

    reading: Reading
    codes: list[str]
    geos: list[str]
    periods: list[str]
    flags: list[str]
    key: Any
    value: Any
    flag: Any
    line: Any
    same_twice: int = 0
    empty: int = 0

    def __len__(self) -> int:
        return len(self.key)

    def blocks(self) -> Iterator[tuple[str, list[tuple[str, str, float | None, str]]]]:
        """(code, [(geo, period, value, flag)]) of every indicator."""
        owner = self.key >> (2 * _BIT)
        edges = np.flatnonzero(np.diff(owner)) + 1
        low = (1 << _BIT) - 1
        for part in np.split(np.arange(len(self.key)), edges):
            rows = []
            for at in part:
                key, value = int(self.key[at]), float(self.value[at])
                rows.append((self.geos[key >> _BIT & low], self.periods[key & low], None if value != value else value, self.flags[self.flag[at]]))
            yield self.codes[int(owner[part[0]])], rows


class _Numbered:
    """Texts with a number each, in the order in which they came."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.numbers: dict[str, int] = {}

    def __call__(self, text: str) -> int:
        number = self.numbers.get(text)
        if number is None:
            number = self.numbers[text] = len(self.texts)
            self.texts.append(text)
        return number


def gather(reading: Reading, step: Callable[[int, int], None] = lambda done, total: None) -> Gathered:
    """All observations of a reading. Raises Refused with every fault where the file has any."""
    code, geo, period, flag = _Numbered(), _Numbered(), _Numbered(), _Numbered()
    keys, values, flags, lines = array("q"), array("d"), array("H"), array("l")
    empty = 0
    for it in reading.observations:
        if it.value is None and not it.flag:
            empty += 1
            continue
        keys.append((code(it.indicator) << 2 * _BIT) | (geo(it.geo) << _BIT) | period(it.period))
        values.append(float("nan") if it.value is None else it.value)
        flags.append(flag(it.flag))
        lines.append(it.line)
        if not len(keys) % 20_000:
            step(len(keys), 0)
    order = np.argsort(np.frombuffer(keys, dtype=np.int64) if keys else np.empty(0, np.int64), kind="stable")
    key, value, mark, line = (np.array(column)[order] if len(order) else np.empty(0, np.int64) for column in (keys, values, flags, lines))
    made = Gathered(reading, code.texts, geo.texts, period.texts, flag.texts, key, value, mark, line, empty=empty)
    _once(made)
    _tell(reading)
    if not len(made):
        raise refuse(NOTHING)
    return made


def _once(it: Gathered) -> None:
    """Takes out what is said twice alike; what is said differently is a fault."""
    again = np.flatnonzero(np.diff(it.key) == 0) + 1 if len(it.key) else np.empty(0, np.int64)
    for at in again:
        one, other = float(it.value[at - 1]), float(it.value[at])
        if not (one == other or (one != one and other != other)):
            key, low = int(it.key[at]), (1 << _BIT) - 1
            it.reading.fault(
                CONFLICT, first=int(it.line[at - 1]), second=int(it.line[at]), code=it.codes[key >> 2 * _BIT], geo=it.geos[key >> _BIT & low],
                period=it.periods[key & low], one="–" if one != one else f"{one:g}", other="–" if other != other else f"{other:g}",
            )  # fmt: skip
    it.same_twice = len(again)
    keep = np.ones(len(it.key), dtype=bool)
    keep[again] = False
    it.key, it.value, it.flag, it.line = it.key[keep], it.value[keep], it.flag[keep], it.line[keep]


def _tell(reading: Reading) -> None:
    """Raises all faults as one refusal."""
    if not reading.fault_count:
        return
    said: Sentence | str = ""
    for one in reversed(reading.faults):
        said = Sentence(_JOINED, one=one, rest=said) if said else one
    raise refuse(FAULTS_ONE if reading.fault_count == 1 else FAULTS, count=reading.fault_count, faults=said)
