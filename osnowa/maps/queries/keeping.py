"""A question to the register with its filters, and answers kept for as long as the register stands still."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from threading import Lock
from typing import Any, TypeVar

from osnowa.journal.models import Entry
from osnowa.places.access import Anyone
from osnowa.places.models import Region
from osnowa.register import access
from osnowa.register.queries import directory
from osnowa.register.queries.directory import Wish
from osnowa.register.queries.frame import Frame, frame_of, where

_MOST_KEPT, _MOST_BYTES = 300, 256 * 2**20
T = TypeVar("T")
#: Words that fit more organisations than this put only so many on the map.
_MOST_FOUND = 50_000
_kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
_lock = Lock()


def _bytes(answer: Any) -> int:
    """What an answer holds in memory, as far as it matters: columns."""
    return sum(int(getattr(column, "nbytes", 0)) for column in answer.values()) if isinstance(answer, dict) else 0


@dataclass(frozen=True)
class Question:
    """The register as a reader may see it, narrowed by the words of an address.

    Answers are kept where the register is a snapshot: its hash, and what changed since, tell when they are outdated.
    """

    frame: Frame
    person: Anyone | None
    condition: str
    stamp: tuple[Any, ...] | None

    def about(self, wish: Wish) -> "Question":
        """The same register, narrowed otherwise."""
        condition = _condition(self.frame.region, self.person, wish)
        return Question(self.frame, self.person, condition, self.stamp if "areas" not in condition else None)

    def of_all(self) -> "Question":
        """The whole register without filters, for sums that are guarded otherwise."""
        frame, condition = replace(self.frame, seen=""), _condition(self.frame.region, None, Wish())
        return Question(frame, None, condition, _stamp(frame, condition))

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """The answer, from memory where the same was asked of the same register."""
        return self.kept(sql, lambda: self.frame.rows(sql))

    def kept(self, name: str, made: Callable[[], T]) -> T:
        """What was made of this question under a name, made once for as long as the register stands still."""
        if self.stamp is None:
            return made()
        key = (self.stamp, sha256(f"{self.condition} {name}".encode()).digest())
        with _lock:
            if key in _kept:
                _kept.move_to_end(key)
                return _kept[key]  # type: ignore[no-any-return]
        answer = made()
        with _lock:
            _kept[key] = answer
            while len(_kept) > _MOST_KEPT or (len(_kept) > 1 and sum(map(_bytes, _kept.values())) > _MOST_BYTES):
                _kept.popitem(last=False)
        return answer


def question_of(region: Region, person: Anyone | None, wish: Wish) -> Question:
    """What a reader asks of a region; without a reader everything counts, for sums only."""
    frame = frame_of(region, person)
    condition = _condition(region, person, wish)
    return Question(frame, person, condition, _stamp(frame, condition))


def _condition(region: Region, person: Anyone | None, wish: Wish) -> str:
    return where(wish, found=_found(region, person, wish) if wish.q and person is not None else None)


def _stamp(frame: Frame, condition: str) -> tuple[Any, ...] | None:
    if frame.snapshot is None or "areas" in condition:
        return None
    if not frame.gone:
        return (frame.region.pk, frame.snapshot.sha256, frame.seen)
    newest = Entry.objects.filter(place=frame.region.slug).order_by("-id").values_list("id", flat=True).first()
    return (frame.region.pk, frame.snapshot.sha256, frame.seen, newest)


def _found(region: Region, person: Anyone, wish: Wish) -> tuple[int, ...]:
    """The organisations the words find."""
    words = Wish(q=wish.q, closed=True)
    return tuple(directory.wanted(access.visible(person, region), words).order_by().values_list("pk", flat=True)[:_MOST_FOUND])
