"""Answers of a frame, kept by the process for as long as the register stands still."""

from collections import OrderedDict
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

    The hash of the snapshot and the newest entry of the region's journal tell whether anything changed: one query.
    """

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._stamp = _stamp(frame)

    def rows(self, sql: str, **words: Any) -> Rows:
        """The answer; only short ones are kept."""
        if self._stamp is None:
            return self.frame.rows(sql, **words)
        key = (*self._stamp, sql, tuple(sorted(words.items())))
        with _lock:
            if key in _kept:
                _kept.move_to_end(key)
                return _kept[key]
        answer = self.frame.rows(sql, **words)
        if len(answer) <= _MOST_ROWS:
            with _lock:
                _kept[key] = answer
                while len(_kept) > _MOST_KEPT:
                    _kept.popitem(last=False)
        return answer


def _stamp(frame: Frame) -> tuple[Any, ...] | None:
    """What the answers hold for; None where there is no snapshot to lean on."""
    if frame.snapshot is None:
        return None
    newest = Entry.objects.filter(place=frame.region.slug).order_by("-id").values_list("id", flat=True).first()
    return (frame.region.pk, frame.snapshot.pk, frame.snapshot.sha256, frame.seen, newest)
