"""What reading a file of values gives: observations one by one, and what was found out on the way."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from osnowa.kit.errors import Refused
from osnowa.kit.sentences import Sentence

#: So many faults are told; the rest is counted.
MOST_TOLD = 10


class Observation(NamedTuple):
    """One number with its indicator, place and period; `value` None means "not available"."""

    indicator: str
    geo: str
    period: str
    value: float | None
    flag: str
    line: int


@dataclass
class Definition:
    """What a file says of an indicator; empty where it says nothing."""

    code: str
    name: str = ""
    names: dict[str, str] = field(default_factory=dict)
    definition: str = ""
    unit: str = ""
    polarity: str = ""
    theme: str = ""
    kind: str = ""
    breaks: list[str] = field(default_factory=list)


@dataclass
class Reading:
    """A file while it is read: the observations come as they are asked for, the rest fills meanwhile."""

    kind: str
    observations: Iterator[Observation] = field(default_factory=lambda: iter(()))
    definitions: dict[str, Definition] = field(default_factory=dict)
    place_names: dict[str, str] = field(default_factory=dict)
    source: str = ""
    published_on: str = ""
    asides: list[tuple[int, Sentence]] = field(default_factory=list)
    faults: list[Sentence] = field(default_factory=list)
    fault_count: int = 0
    notices: list[Sentence] = field(default_factory=list)

    def fault(self, source: str, **parts: Any) -> None:
        """Something that must be mended in the file; all of them are told together."""
        self.fault_count += 1
        if len(self.faults) < MOST_TOLD:
            self.faults.append(Sentence(source, **parts))

    def aside(self, line: int, source: str, **parts: Any) -> None:
        """A row that is no observation and is left out, with the reason."""
        self.asides.append((line, Sentence(source, **parts)))

    def define(self, code: str, **known: Any) -> Definition:
        """The definition of a code, with what is newly known and was not."""
        it = self.definitions.setdefault(code, Definition(code))
        for name, value in known.items():
            if value and not getattr(it, name):
                setattr(it, name, value)
        return it


@dataclass(frozen=True)
class Hints:
    """What the person who imports says of the file: the name of the file, and the code where the file has none."""

    name: str = ""
    code: str = ""


def refuse(source: str, **parts: Any) -> Refused:
    """A refusal to be raised, kept as a sentence so that every reader is told in her language."""
    return Refused(Sentence(source, **parts), status=422)
