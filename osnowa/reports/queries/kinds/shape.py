"""What a kind of document is: sections with a title, what belongs there, and the facts the house adds."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from osnowa.kit.letterpress import Part
from osnowa.reports.models import Report
from osnowa.reports.queries.subject import Subject

Facts = Callable[[Subject], list[Part]]


def _no_facts(subject: Subject) -> list[Part]:
    return []


def _no_reason(report: Report) -> str:
    return ""


@dataclass(frozen=True)
class Place:
    """A section of a kind: `title` and `guidance` are translated lazily; `facts` are live until an edition is frozen."""

    key: str
    title: Any
    guidance: Any = ""
    facts: Facts = _no_facts
    level: int = 1
    is_annex: bool = False

    @property
    def has_facts(self) -> bool:
        return self.facts is not _no_facts


@dataclass(frozen=True)
class Kind:
    """A kind of document. `needs` says what it is about besides the region: "", "cluster" or "meeting"."""

    code: str
    name: Any
    about: Any
    places: tuple[Place, ...]
    needs: str = ""
    #: The sources of its facts.
    sources: Callable[[Subject], list[dict[str, str]]] = lambda subject: []
    #: Why an edition may not be published; empty where it may.
    why_not_public: Callable[[Report], str] = _no_reason
    #: Whether it has a cover and a table of contents.
    is_book: bool = True
    #: Whether each section of a book begins on a new page; annexes always do.
    has_chapters: bool = True

    def place(self, key: str) -> Place | None:
        return next((one for one in self.places if one.key == key), None)
