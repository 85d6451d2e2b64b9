"""Dots: every voice has a few and puts them on cards."""

from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from osnowa.compute.choosing import Said, within_allowance
from osnowa.kit.errors import Refused
from osnowa.meetings.models import Block, Mark, Voice
from osnowa.meetings.queries.board import marks
from osnowa.meetings.queries.board.cards import LONGEST
from osnowa.meetings.queries.board.heaps import Heap, choices, make_own_cards, own_texts
from osnowa.meetings.queries.kinds import Message, Told

_DOTS = 3
_MOST_DOTS = 20
_MOST_MERGED = 200


@dataclass(frozen=True)
class Line:
    """A card with its dots and how many voices gave them."""

    heap: Heap
    dots: int
    voices: int


def allowance(block: Block) -> int:
    """How many dots a voice has; `settings["dots"]`, 3 where nothing is said."""
    said = block.settings.get("dots")
    return max(1, min(_MOST_DOTS, said)) if isinstance(said, int) else _DOTS


def counted(said: list[Mark], heaps: list[Heap], most: int) -> dict[int, int]:
    """{heap: the dots of one voice that count}: the newest first, as far as the allowance reaches."""
    shown = {heap.root for heap in heaps}
    return within_allowance([Said(marks.root_of(one), one.value, one.turn, one.card_id) for one in said if marks.root_of(one) in shown], most)


def standing(block: Block) -> tuple[list[Line], int]:
    """The cards by dots, the most first, and how many voices have given any."""
    heaps, most = choices(block), allowance(block)
    dots: dict[int, int] = {}
    voices: dict[int, int] = {}
    spoke = 0
    for said in marks.by_voice(block).values():
        given = counted(said, heaps, most)
        spoke += bool(given)
        for root, many in given.items():
            dots[root] = dots.get(root, 0) + many
            voices[root] = voices.get(root, 0) + 1
    lines = [Line(heap, dots.get(heap.root, 0), voices.get(heap.root, 0)) for heap in heaps]
    return sorted(lines, key=lambda line: -line.dots), spoke


class Vote:
    """`dots` says how many dots a voice gives to a card with all that was merged into it; settings: `dots` a voice, `of` "cards" or "groups", `options`."""

    name: Any = gettext_lazy("vote with dots")
    is_live = True

    def opened(self, block: Block) -> None:
        make_own_cards(block, own_texts(block))

    def closed(self, block: Block) -> None:
        """What was said stays as it is."""

    def on_phone(self, block: Block, voice: Voice) -> tuple[str, dict[str, Any]]:
        heaps, most = choices(block), allowance(block)
        given = counted(list(Mark.objects.filter(block=block, voice=voice).select_related("card")), heaps, most)
        lines = [_on_phone(heap, given.get(heap.root, 0)) for heap in heaps]
        return "meetings/board/phone_vote.html", {"block": block, "number": str(block.pk), "lines": lines, "allowance": str(most), "left": most - sum(given.values())}

    def on_wall(self, block: Block) -> tuple[str, dict[str, Any]]:
        lines, spoke = standing(block)
        return "meetings/board/wall_vote.html", {"block": block, "lines": lines, "spoke": spoke, "most": max((line.dots for line in lines), default=0), "allowance": allowance(block)}

    def for_lead(self, block: Block) -> tuple[str, dict[str, Any]]:
        template, words = self.on_wall(block)
        return "meetings/board/lead_choose.html", words | {"results": template, "longest": LONGEST}

    def say(self, block: Block, voice: Voice, message: Message) -> None:
        if message.what != "dots":
            raise Refused(_("Dots can be given here, nothing else."))
        dots = marks.number_in(message.words, "value", 0, allowance(block))
        for card, value in zip(marks.cards_in(block, message.words), [dots] + [0] * _MOST_MERGED, strict=False):
            marks.take(block, voice, card, value=value, reason="", turn=message.turn)

    def tell(self, block: Block) -> Told:
        lines, spoke = standing(block)
        said = ngettext("%(n)s voice gave dots.", "%(n)s voices gave dots.", spoke) % {"n": spoke}
        rows = tuple((line.heap.text, line.dots, line.voices) for line in lines)
        return Told(tuple(text for text in (block.question, said, block.notes) if text), ((_("Dots"), (_("Card"), _("Dots"), _("Voices")), rows),))


def _on_phone(heap: Heap, dots: int) -> dict[str, Any]:
    """What the panel shows of a card, made of few parts: eighty phones ask for it at once."""
    cards = format_html_join("", '<input type="hidden" name="card" value="{}">', ((str(pk),) for pk in heap.numbers))
    alike = format_html_join("", '<span class="alike">{}</span>', ((card.text,) for card in heap.alike))
    return {"root": str(heap.root), "cards": cards, "text": format_html("{}{}", heap.text, alike), "dots": str(dots)}
