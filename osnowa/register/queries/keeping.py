"""Answers of a frame, kept: what a frozen register answers holds for ever, all else for as long as the register stands still.

The process keeps both in memory. Beneath it lies on disk, beside the frozen register, what readers usually ask: the
worker asks it beforehand (`actions.answers`). Readers write nothing, so no address somebody makes up fills the disk.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from osnowa.kit.warehouse import Rows
from osnowa.register import answers
from osnowa.register.answers import COLUMNS, ROWS, Columns, Shape
from osnowa.register.queries.frame import Frame, folder

#: Columns and rows are what rooms above keep by, too.
__all__ = ["ROWS", "Asked", "Columns", "Kept", "Stamp", "forget", "heard_by", "kept", "stamp"]
_MOST_KEPT, _MOST_BYTES = 600, 256 * 2**20
#: What one value of an answer in rows takes in memory, roughly.
_A_VALUE = 64
T = TypeVar("T")
#: Hears of every answer that holds for ever: where it belongs on disk, the answer where it is not there yet, its shape.
Hearer = Callable[[Path, Any, Shape[Any]], None]
_hearer: ContextVar[Hearer | None] = ContextVar("hearer", default=None)
_kept: OrderedDict[bytes, tuple[int, Any]] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True)
class Stamp:
    """What an answer holds for: frozen registers, readers, areas, and the newest deed where something changed since."""

    place: Path
    holds: tuple[Any, ...]
    newest: int | None = None

    def with_other(self, other: "Stamp", *words: Any) -> "Stamp":
        """What an answer holds for that was asked of two registers, on some days."""
        newest = [one for one in (self.newest, other.newest) if one is not None]
        return Stamp(self.place, (self.holds, other.holds, *words), max(newest, default=None))


class Kept:
    """A frame that answers the same question but once."""

    def __init__(self, frame: Frame) -> None:
        self.frame, self.region, self.snapshot = frame, frame.region, frame.snapshot

    def rows(self, sql: str, **words: Any) -> Rows:
        """The answer to a question in SQL."""
        return kept(stamp(self.frame, sql), _question(sql, words), lambda: self.frame.rows(sql, **words), ROWS)

    def columns(self, name: str, made: Callable[[], Columns]) -> Columns:
        """Columns made of the frame, under a name that says all they depend on."""
        return kept(stamp(self.frame, name), name, made, COLUMNS)

    def made(self, name: str, made: Callable[[], T]) -> T:
        """Anything made of the frame, kept in memory only, under a name that says all it depends on."""
        return kept(stamp(self.frame, name), f"made {name}", made)

    def counts(self, sql: str, keys: int, **words: Any) -> Rows:
        """Counts of `register` by the first columns: those of the snapshot, and of what changed since.

        A deed makes no reader wait for the whole register to be counted again.
        """
        if self.snapshot is None or not self.frame.gone:
            return self.rows(sql, **words)
        return kept(stamp(self.frame, sql), f"{keys} {_question(sql, words)}", lambda: self._summed(sql, keys, words))

    def _summed(self, sql: str, keys: int, words: dict[str, Any]) -> Rows:
        frozen, outdated, fresh = self.frame.apart
        found: dict[tuple[Any, ...], list[int]] = {}
        for sign, rows in ((1, Kept(frozen).rows(sql, **words)), (-1, outdated.rows(sql, **words)), (1, fresh.rows(sql, **words))):
            for row in rows:
                numbers = found.setdefault(row[:keys], [0] * (len(row) - keys))
                found[row[:keys]] = [before + sign * int(n or 0) for before, n in zip(numbers, row[keys:], strict=True)]
        return [(*key, *numbers) for key, numbers in found.items() if any(numbers) or not keys]


#: What statistics are counted of.
Asked = Frame | Kept


def _question(sql: str, words: dict[str, Any]) -> str:
    """A question with those of the words it speaks of."""
    spoken_of = [(name, words[name]) for name in sorted(words) if re.search(rf"\${name}\b", sql)]
    return f"{sql} {spoken_of!r}"


def stamp(frame: Frame, question: str) -> Stamp | None:
    """What the answer to a question holds for; None where there is no snapshot to lean on."""
    if frame.snapshot is None or (frame.gone and frame.newest is None):
        return None
    areas = sha256(repr(frame.area_rows).encode()).hexdigest() if "areas" in question else ""
    holds = (frame.region.pk, frame.snapshot.sha256, frame.seen, areas)
    return Stamp(folder(frame.snapshot.sha256), holds, frame.newest if frame.gone else None)


@contextmanager
def heard_by(hearer: Hearer) -> Iterator[None]:
    """While it lasts, questions whose answers hold for ever are asked past memory, and a hearer is told of each."""
    token = _hearer.set(hearer)
    try:
        yield
    finally:
        _hearer.reset(token)


def kept(of: Stamp | None, question: str, ask: Callable[[], T], shape: Shape[T] | None = None) -> T:
    """The answer to a question: from memory, from disk where it has a shape and holds for ever, or asked."""
    if of is None:
        return ask()
    whole = f"{of.holds!r} {question}"
    path = answers.path_of(of.place, whole) if shape and of.newest is None else None
    hearer = _hearer.get()
    key = sha256(f"{of.newest} {whole}".encode()).digest()
    with _lock:
        if key in _kept and hearer is None:
            _kept.move_to_end(key)
            return _kept[key][1]  # type: ignore[no-any-return]
    found = answers.read(path, shape) if path and shape else None
    answer = ask() if found is None else found
    if hearer and path and shape:
        hearer(path, None if found is not None else answer, shape)
    _keep(key, answer)
    return answer


def _keep(key: bytes, answer: Any) -> None:
    """Keeps an answer in memory; what was asked longest ago goes where there is no room."""
    with _lock:
        _kept[key] = (_bytes(answer), answer)
        while len(_kept) > _MOST_KEPT or (len(_kept) > 1 and sum(size for size, _answer in _kept.values()) > _MOST_BYTES):
            _kept.popitem(last=False)


def _bytes(answer: Any) -> int:
    """What an answer takes in memory, roughly."""
    if isinstance(answer, list):
        return _A_VALUE * len(answer) * (1 + len(answer[0]) if answer and isinstance(answer[0], tuple) else 1)
    if isinstance(answer, dict):
        return sum(int(getattr(one, "nbytes", 2 * _A_VALUE)) for one in answer.values())
    return _A_VALUE


def forget() -> None:
    """Drops what the process keeps: a test begins, or asks as another process would."""
    with _lock:
        _kept.clear()
