"""A question to the register with its filters; what is counted for it is kept as all answers of the frame are."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from osnowa.kit.warehouse import Rows
from osnowa.places.access import Anyone
from osnowa.places.models import Region
from osnowa.register import access
from osnowa.register.queries import directory
from osnowa.register.queries.directory import Wish
from osnowa.register.queries.frame import Frame, frame_of, where
from osnowa.register.queries.keeping import Columns, Kept

#: Words that fit more organisations than this put only so many on the map.
_MOST_FOUND = 50_000
T = TypeVar("T")


@dataclass(frozen=True)
class Question:
    """The register as a reader may see it, narrowed by the words of an address."""

    asked: Kept
    person: Anyone | None
    condition: str

    @property
    def frame(self) -> Frame:
        return self.asked.frame

    def about(self, wish: Wish) -> "Question":
        """The same register, narrowed otherwise."""
        return replace(self, condition=_condition(self.frame.region, self.person, wish))

    def of_all(self) -> "Question":
        """The whole register without filters, for sums that are guarded otherwise."""
        return Question(Kept(replace(self.frame, seen="")), None, _condition(self.frame.region, None, Wish()))

    @property
    def frozen(self) -> "Question":
        """The same asked of the register as it was frozen."""
        return replace(self, asked=Kept(replace(self.frame, gone=(), fresh={})))

    @property
    def changed(self) -> tuple["Question", "Question"]:
        """The same asked of the frozen rows that are outdated, and of their rows now."""
        _frozen, outdated, fresh = self.frame.apart
        return replace(self, asked=Kept(outdated)), replace(self, asked=Kept(fresh))

    def rows(self, sql: str) -> Rows:
        """The answer to what is asked of the whole frame."""
        return self.asked.rows(sql)

    def counts(self, sql: str, keys: int) -> Rows:
        """Counts of `register` by the first columns; a deed since the snapshot makes nobody wait."""
        return self.asked.counts(sql, keys)

    def columns(self, name: str, made: Callable[[], Columns]) -> Columns:
        """Columns made of this question under a name."""
        return self.asked.columns(f"{name} {self.condition}", made)

    def made(self, name: str, made: Callable[[], T]) -> T:
        """Anything made of this question under a name."""
        return self.asked.made(f"{name} {self.condition}", made)


def question_of(region: Region, person: Anyone | None, wish: Wish) -> Question:
    """What a reader asks of a region; without a reader everything counts, for sums only."""
    return Question(Kept(frame_of(region, person)), person, _condition(region, person, wish))


def _condition(region: Region, person: Anyone | None, wish: Wish) -> str:
    return where(wish, found=_found(region, person, wish) if wish.q and person is not None else None)


def _found(region: Region, person: Anyone, wish: Wish) -> tuple[int, ...]:
    """The organisations the words find."""
    words = Wish(q=wish.q, closed=True)
    return tuple(directory.wanted(access.visible(person, region), words).order_by().values_list("pk", flat=True)[:_MOST_FOUND])
