"""The kinds of blocks an agenda is made of. Rooms above add theirs; the meeting asks each only what is said here.

How a panel speaks. The panel of a kind on the phone needs no script of its own. Whatever a voice can say stands in a form:

    <form method="post" action="{{ say_url }}" data-say data-on="change">
      {% include "meetings/board/saying.html" with what="score" key=own_key %}
      <input type="radio" name="value" value="3"> … <input type="hidden" name="item" value="purpose">
      <button type="submit">…</button>
    </form>

The include writes the hidden inputs `block`, `what`, `key` (and the token against forgery); every other input becomes a word of the
message, one that occurs several times a list, and so does the button that sent it. `key` names for ever what is said something
about: of two messages of a voice with the same block, `what` and `key` only the newer counts, so it must differ from thing to thing
(`12-purpose`). Without a key each sending says something new (a card). With `data-on="change"` the message goes off as soon as an input
changes, and the button is only for phones without scripts (give it the class `plain-send`). `phone.js` keeps what is not yet taken on the
phone, shows it in place of what the server says, sends it when it can, and repeats it until the server has answered; without scripts
the form posts, and the page comes back. More words of a form:

    data-clear              empties the form when it was sent
    data-allowance="3"      on any element around number inputs named `value`: together they never exceed it;
                            <output data-left></output> inside shows what is left
    data-step="1"           on a button beside a number input: raises it (-1 lowers it) and sends
    data-opens="id"         on a button (`type="button"`) inside a <details>: closes it and opens the one of that id; without
                            an id it only closes its own

A kind with a look of its own names its sheet of style in `styles` (paths of static files): it stands in the head of phone, wall and
lead page, never in a panel, which is drawn anew.

`say` of the kind gets the message: `words` as above (texts, since they come from inputs). It answers by returning, or by `Refused`
with a sentence that the phone shows beside the text, which is kept for copying. The board raises the meeting's pulse; a kind does not.
A panel is drawn anew only when who leads changes something (a phone does not see what other voices say).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

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


@runtime_checkable
class HasStages(Protocol):
    """A kind that has something to do when its block is opened and closed; both happen inside the deed of who leads."""

    def opened(self, block: Block) -> None:
        """Called in the transaction that opens a block, also when it is opened once more."""

    def closed(self, block: Block) -> None:
        """Called in the transaction that closes a block."""


@runtime_checkable
class KeepsAnswers(Protocol):
    """A kind that keeps what voices say in rows of its own, where meetings cannot see them."""

    def has_answers(self, block: Block) -> bool:
        """Whether anybody answered: then the block stays, and stays of its kind."""


@dataclass(frozen=True)
class Sheet:
    """Something of a block on paper: what it is called, what it is for, where it is, whether that is a file."""

    name: str
    purpose: str
    address: str
    is_file: bool = False


@runtime_checkable
class HasPapers(Protocol):
    """A kind that can be taken part in on paper."""

    def papers(self, block: Block) -> list[Sheet]:
        """What there is to print and to type in, in the language that is switched on."""


#: {kind of block: what it knows to do}, in the order in which they are offered.
KINDS: dict[str, BlockKind] = {}


def offer(code: str, kind: BlockKind) -> None:
    """Adds a kind of block."""
    KINDS[code] = kind


def styles() -> list[str]:
    """The static paths of all sheets of style the kinds bring along."""
    return list(dict.fromkeys(sheet for kind in KINDS.values() for sheet in getattr(kind, "styles", ())))


def kind_of(block: Block) -> BlockKind:
    """What the block's kind knows to do."""
    return KINDS[block.kind]
