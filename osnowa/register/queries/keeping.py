"""Answers of a frame, kept by the process for as long as the register stands still."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from osnowa.journal.models import Entry
from osnowa.kit.warehouse import Rows
from osnowa.register.queries.frame import Frame

_MOST_KEPT, _MOST_ROWS = 400, 5_000
_kept: OrderedDict[tuple[Any, ...], Rows] = OrderedDict()
_lock = Lock()


class Kept:
    """A frame that answers the same question from memory until a deed is done in its region.

    The hash of the snapshot and the newest entry of the region's journal tell whether anything changed; a frame of the
    register now knows both.
    """

    def __init__(self, frame: Frame) -> None:
        self.frame, self.region, self.snapshot = frame, frame.region, frame.snapshot
        self._stamp = stamp(frame)

    def rows(self, sql: str, **words: Any) -> Rows:
        """The answer; only short ones are kept."""
        return kept(self._stamp, (sql, *sorted(words.items())), lambda: self.frame.rows(sql, **words))

    def counts(self, sql: str, keys: int) -> Rows:
        """Counts of `register` by the first columns: those of the snapshot, which hold for ever, and of what changed since.

        A deed makes no reader wait for the whole register to be counted again. Areas may change, and have no such answers.
        """
        if self.snapshot is None or self._stamp is None or "areas" in sql:
            return self.rows(sql)
        of_it = (self.region.pk, self.snapshot.sha256, self.frame.seen, "frozen")
        if not self.frame.gone:
            return kept(of_it, (sql,), lambda: self.frame.rows(sql))
        return kept(self._stamp, (sql, keys), lambda: self._summed(sql, keys, of_it))

    def _summed(self, sql: str, keys: int, of_it: tuple[Any, ...]) -> Rows:
        frozen, outdated, fresh = self.frame.apart
        found: dict[tuple[Any, ...], list[int]] = {}
        answers = ((1, kept(of_it, (sql,), lambda: frozen.rows(sql))), (-1, outdated.rows(sql)), (1, fresh.rows(sql)))
        for sign, rows in answers:
            for row in rows:
                numbers = found.setdefault(row[:keys], [0] * (len(row) - keys))
                found[row[:keys]] = [before + sign * n for before, n in zip(numbers, row[keys:], strict=True)]
        return [(*key, *numbers) for key, numbers in found.items() if any(numbers) or not keys]


#: What statistics are counted of.
Asked = Frame | Kept


def kept(of: tuple[Any, ...] | None, question: tuple[Any, ...], ask: Callable[[], Rows]) -> Rows:
    """The answer to a question, from memory where it was asked before of the same; without `of` nothing is kept."""
    if of is None:
        return ask()
    key = (*of, *question)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    answer = ask()
    if len(answer) <= _MOST_ROWS:
        with _lock:
            _kept[key] = answer
            while len(_kept) > _MOST_KEPT:
                _kept.popitem(last=False)
    return answer


def stamp(frame: Frame) -> tuple[Any, ...] | None:
    """What the answers hold for; None where there is no snapshot to lean on."""
    if frame.snapshot is None:
        return None
    newest = frame.newest
    if newest is None:
        newest = Entry.objects.filter(place=frame.region.slug).order_by("-id").values_list("id", flat=True).first()
    return (frame.region.pk, frame.snapshot.pk, frame.snapshot.sha256, frame.seen, newest)
