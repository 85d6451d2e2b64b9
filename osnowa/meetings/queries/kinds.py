"""The kinds of blocks an agenda is made of. Rooms above add theirs; the meeting asks each only what is said here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from osnowa.meetings.models import Block, Voice


@dataclass(frozen=True)
class Message:
    """What a phone says: `what` is to be done, `key` names it for ever, `turn` grows with every change the phone makes."""

    what: str
    key: str
    turn: int
    words: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Told:
    """What minutes tell of a block: paragraphs, and tables as (heading, column headings, rows)."""

    paragraphs: tuple[str, ...] = ()
    tables: tuple[tuple[str, tuple[str, ...], tuple[tuple[Any, ...], ...]], ...] = ()
    #: Pictures as (title, stand-alone SVG).
    pictures: tuple[tuple[str, str], ...] = ()


class BlockKind(Protocol):
    """What a kind of block knows to do. A panel is (template, context); a template includes nothing of the page around it."""

    #: What the kind is called, translated lazily.
    name: Any
    #: Whether voices take part; talks and breaks are without.
    is_live: bool

    def on_phone(self, block: Block, voice: Voice) -> tuple[str, dict[str, Any]]:
        """The panel on the phone of a voice while the block is open."""

    def on_wall(self, block: Block) -> tuple[str, dict[str, Any]]:
        """The panel on the wall, while the block is open and after it; shows nobody's single voice where names are hidden."""

    def for_lead(self, block: Block) -> tuple[str, dict[str, Any]]:
        """The panel of who leads: what was said, with the means to move, merge and hide."""

    def say(self, block: Block, voice: Voice, message: Message) -> None:
        """Takes what a phone says; the same message twice, or an older one later, changes nothing. Refused where it cannot be."""

    def tell(self, block: Block) -> Told:
        """What the minutes tell of it, in the language that is switched on."""


#: {kind of block: what it knows to do}, in the order in which they are offered.
KINDS: dict[str, BlockKind] = {}


def offer(code: str, kind: BlockKind) -> None:
    """Adds a kind of block."""
    KINDS[code] = kind


def kind_of(block: Block) -> BlockKind:
    """What the block's kind knows to do."""
    return KINDS[block.kind]
