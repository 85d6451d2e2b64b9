"""Ranking: every voice puts the cards that matter most to it in order; Borda's count adds the orders up."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from osnowa.compute.choosing import Standing, borda
from osnowa.kit.errors import Refused
from osnowa.meetings.models import Block, Card, Mark, Voice
from osnowa.meetings.queries.board import marks
from osnowa.meetings.queries.board.cards import LONGEST
from osnowa.meetings.queries.board.heaps import Heap, choices, make_own_cards, own_texts
from osnowa.meetings.queries.kinds import Message, Told

_PLACES = 5


def places(block: Block, heaps: list[Heap]) -> int:
    """How many cards a voice may put in order; `settings["places"]`, 5 where nothing is said."""
    said = block.settings.get("places")
    return min(len(heaps), max(1, said) if isinstance(said, int) else _PLACES)


def ballot(said: list[Mark], heaps: list[Heap]) -> dict[int, int]:
    """{heap: the place one voice gives it}; of cards merged into one the best place counts."""
    shown, found = {heap.root for heap in heaps}, dict[int, int]()
    for mark in said:
        root = marks.root_of(mark)
        if mark.value > 0 and root in shown:
            found[root] = min(mark.value, found.get(root, mark.value))
    return found


def standing(block: Block) -> tuple[list[tuple[Heap, Standing[int]]], int]:
    """The cards by points with their places, and how many voices put cards in order."""
    heaps = choices(block)
    ballots = [one for one in (ballot(said, heaps) for said in marks.by_voice(block).values()) if one]
    by_root = {heap.root: heap for heap in heaps}
    return [(by_root[one.card], one) for one in borda(list(by_root), ballots)], len(ballots)


class Rank:
    """`order` says all places at once, as `place-<card>`; settings: `places` a voice may give, `of`, `options`."""

    name: Any = gettext_lazy("ranking")
    is_live = True

    def opened(self, block: Block) -> None:
        make_own_cards(block, own_texts(block))

    def closed(self, block: Block) -> None:
        """What was said stays as it is."""

    def on_phone(self, block: Block, voice: Voice) -> tuple[str, dict[str, Any]]:
        heaps = choices(block)
        given = ballot(list(Mark.objects.filter(block=block, voice=voice).select_related("card")), heaps)
        most = places(block, heaps)
        options = {place: _options(most, place) for place in range(most + 1)}
        lines = [{"root": str(heap.root), "text": heap.text, "options": options.get(given.get(heap.root, 0), options[0])} for heap in heaps]
        return "meetings/board/phone_rank.html", {"block": block, "lines": lines, "most": most}

    def on_wall(self, block: Block) -> tuple[str, dict[str, Any]]:
        lines, spoke = standing(block)
        shown = [{"heap": heap, "points": _told(it), "share": float(it.points), "place": it.place, "is_tied": it.is_tied} for heap, it in lines]
        return "meetings/board/wall_rank.html", {"block": block, "lines": shown, "spoke": spoke, "most": max((float(it.points) for _heap, it in lines), default=0.0)}

    def for_lead(self, block: Block) -> tuple[str, dict[str, Any]]:
        template, words = self.on_wall(block)
        return "meetings/board/lead_choose.html", words | {"results": template, "longest": LONGEST}

    def say(self, block: Block, voice: Voice, message: Message) -> None:
        if message.what != "order":
            raise Refused(_("Cards can be put in order here, nothing else."))
        said = _places_in(block, message.words)
        kept = {mark.card_id: mark for mark in Mark.objects.filter(block=block, voice=voice)}
        before = (max((mark.turn for mark in kept.values()), default=-1), sorted((pk, mark.value) for pk, mark in kept.items() if mark.value))
        if (message.turn, sorted((pk, place) for pk, place in said.items() if place)) > before:
            _keep(block, voice, said, kept, message.turn)

    def tell(self, block: Block) -> Told:
        lines, spoke = standing(block)
        said = ngettext("%(n)s voice put cards in order.", "%(n)s voices put cards in order.", spoke) % {"n": spoke}
        rows = tuple((it.place, heap.text, _told(it), _("tie") if it.is_tied else "") for heap, it in lines)
        table = (_("Order"), (_("Place in order"), _("Card"), _("Points"), _("Tie")), rows)
        return Told(tuple(text for text in (block.question, said, block.notes) if text), (table,) if spoke else ())


def _options(most: int, chosen: int) -> SafeString:
    """The places of a select, made once for all cards of a place."""
    rows = ((str(place or ""), mark_safe(" selected") if place == chosen else "", str(place or "–")) for place in range(most + 1))
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


def _told(it: Standing[int]) -> float | int:
    """Points for people: whole, or with one digit after the point."""
    return int(it.points) if it.points.denominator == 1 else round(float(it.points), 1)


def _places_in(block: Block, words: Mapping[str, Any]) -> dict[int, int]:
    """{card: place, 0 where none is given} of a message; refused where it names what is not to be ranked."""
    named = {name: value for name, value in words.items() if name.startswith("place-") and name[6:].isdecimal() and len(name) < 18}
    known = set(Card.objects.filter(block__in=[block.pk, block.about_id or 0]).values_list("pk", flat=True))
    said = {int(name[6:]): marks.number_in(words, name, 0, len(known)) if str(value).strip() else 0 for name, value in named.items()}
    if not said or set(said) - known:
        raise Refused(_("This card is not part of what is being decided."))
    return said


def _keep(block: Block, voice: Voice, said: dict[int, int], kept: dict[int, Mark], turn: int) -> None:
    """Replaces all places of a voice at once."""
    now = timezone.now()
    for mark in kept.values():
        mark.value, mark.turn, mark.said_at = said.get(mark.card_id, 0), turn, now
    Mark.objects.bulk_update(kept.values(), ["value", "turn", "said_at"])
    new = [Mark(block=block, voice=voice, card_id=pk, value=place, turn=turn) for pk, place in said.items() if pk not in kept]
    Mark.objects.bulk_create(new)
