"""Consent: of every proposal a voice says that it agrees, that it stands aside, or that it objects and why."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from osnowa.kit.errors import Refused
from osnowa.meetings.models import Block, Mark, Voice
from osnowa.meetings.queries.board import marks
from osnowa.meetings.queries.board.cards import LONGEST
from osnowa.meetings.queries.board.heaps import Heap, choices, make_own_cards, own_texts
from osnowa.meetings.queries.board.state import who_says
from osnowa.meetings.queries.kinds import Message, Told
from osnowa.ui.forms import personal_numbers

AGREES, ASIDE, OBJECTS = 1, 0, -1
Table = tuple[str, tuple[str, ...], tuple[tuple[Any, ...], ...]]


@dataclass(frozen=True)
class Line:
    """A proposal with how many agree, stand aside and object, and the objections as (reason, who where names are shown)."""

    heap: Heap
    agree: int
    aside: int
    object: int
    objections: tuple[tuple[str, str], ...]

    @property
    def all(self) -> int:
        return self.agree + self.aside + self.object

    @property
    def is_agreed(self) -> bool:
        return bool(self.all) and not self.object


def standing(block: Block) -> tuple[list[Line], int]:
    """The proposals with what was said of each, and how many voices spoke."""
    heaps = choices(block)
    said: dict[int, list[Mark]] = {}
    by_voice = marks.by_voice(block)
    for own in by_voice.values():
        for root, mark in marks.newest_by_root(own, heaps).items():
            said.setdefault(root, []).append(mark)
    return [_line(block, heap, said.get(heap.root, [])) for heap in heaps], len(by_voice)


def _line(block: Block, heap: Heap, said: list[Mark]) -> Line:
    many = {value: sum(mark.value == value for mark in said) for value in (AGREES, ASIDE, OBJECTS)}
    objections = sorted((mark.reason, "" if block.are_names_hidden else who_says(mark.voice)) for mark in said if mark.value == OBJECTS)
    return Line(heap, many[AGREES], many[ASIDE], many[OBJECTS], tuple(objections))


class Consent:
    """`consent` says 1, 0 or −1 of a card, an objection with its `reason`. Without cards the question itself is the proposal."""

    name: Any = gettext_lazy("consent")
    is_live = True

    def opened(self, block: Block) -> None:
        texts = own_texts(block)
        if not texts and not block.about_id:
            texts = {"proposal": block.question or block.title}
        make_own_cards(block, texts)

    def closed(self, block: Block) -> None:
        """What was said stays as it is."""

    def on_phone(self, block: Block, voice: Voice) -> tuple[str, dict[str, Any]]:
        heaps = choices(block)
        given = marks.newest_by_root(Mark.objects.filter(block=block, voice=voice).select_related("card"), heaps)
        lines = [{"heap": heap, "mark": given.get(heap.root), "choices": _choices(given.get(heap.root))} for heap in heaps]
        return "meetings/board/phone_consent.html", {"block": block, "lines": lines, "longest": LONGEST, "asks_itself": _asks_itself(block, heaps)}

    def on_wall(self, block: Block) -> tuple[str, dict[str, Any]]:
        lines, spoke = standing(block)
        return "meetings/board/wall_consent.html", {"block": block, "lines": lines, "spoke": spoke, "asks_itself": _asks_itself(block, [line.heap for line in lines])}

    def for_lead(self, block: Block) -> tuple[str, dict[str, Any]]:
        template, words = self.on_wall(block)
        return "meetings/board/lead_choose.html", words | {"results": template, "longest": LONGEST}

    def say(self, block: Block, voice: Voice, message: Message) -> None:
        if message.what != "consent":
            raise Refused(_("Agree, stand aside or object: nothing else can be said here."))
        value = marks.number_in(message.words, "value", OBJECTS, AGREES)
        reason = " ".join(str(message.words.get("reason") or "").replace("\x00", " ").split()) if value == OBJECTS else ""
        if len(reason) > LONGEST:
            raise Refused(_("A reason holds %(most)s signs; these are %(n)s.") % {"most": LONGEST, "n": len(reason)})
        if personal_numbers(reason):
            raise Refused(_("This looks like the personal number of somebody (PESEL, EMŠO). Please take it out."))
        marks.take(block, voice, marks.cards_in(block, message.words)[0], value=value, reason=reason, turn=message.turn)

    def tell(self, block: Block) -> Told:
        lines, spoke = standing(block)
        said = ngettext("%(n)s voice spoke.", "%(n)s voices spoke.", spoke) % {"n": spoke}
        rows = tuple((line.heap.text, line.agree, line.aside, line.object) for line in lines)
        tables: list[Table] = [(_("Consent"), (_("Proposal"), _("Agreeing"), _("Standing aside"), _("Objecting")), rows)]
        objections = tuple((line.heap.text, reason or _("without a reason"), who) for line in lines for reason, who in line.objections)
        if objections:
            headings = (_("Proposal"), _("Objection"), *([] if block.are_names_hidden else [_("Said by")]))
            tables.append((_("Objections"), headings, tuple(row[: len(headings)] for row in objections)))
        return Told(tuple(text for text in (block.question, said, block.notes) if text), tuple(tables))


def _asks_itself(block: Block, heaps: list[Heap]) -> bool:
    """Whether the question is the proposal, so that it need not stand twice."""
    return any(heap.text == block.question for heap in heaps)


def _choices(mark: Mark | None) -> list[dict[str, Any]]:
    """The three answers with the one that was given."""
    said = [(AGREES, _("I agree")), (ASIDE, _("I stand aside")), (OBJECTS, _("I object"))]
    return [{"value": value, "label": label, "is_chosen": mark is not None and mark.value == value} for value, label in said]
