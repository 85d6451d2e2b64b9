"""Cards: every voice writes what comes to its mind; who leads groups and merges them."""

import uuid
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from osnowa.kit.errors import Refused
from osnowa.meetings.models import Block, Card, Voice
from osnowa.meetings.queries.board.heaps import Heap, named, piles
from osnowa.meetings.queries.kinds import Message, Told
from osnowa.ui.forms import personal_numbers

LONGEST = 280
#: More cards of one voice in a block are a mistake, or a joke.
MOST = 100


class Cards:
    """`card` writes a card or writes it anew, `withdraw` takes it back; `key` is the card's own for ever."""

    name: Any = gettext_lazy("cards")
    is_live = True

    def on_phone(self, block: Block, voice: Voice) -> tuple[str, dict[str, Any]]:
        mine = list(Card.objects.filter(block=block, voice=voice).order_by("id"))
        own_key = uuid.uuid5(uuid.NAMESPACE_OID, f"card-{block.pk}-{voice.pk}-{len(mine)}")
        return "meetings/board/phone_cards.html", {"block": block, "mine": [card for card in reversed(mine) if not card.is_withdrawn], "own_key": own_key, "longest": LONGEST}

    def on_wall(self, block: Block) -> tuple[str, dict[str, Any]]:
        shown = piles(block)
        return "meetings/board/wall_cards.html", {"block": block, "piles": _with_names(block, shown), "count": sum(len(pile.heaps) for pile in shown)}

    def for_lead(self, block: Block) -> tuple[str, dict[str, Any]]:
        shown = piles(block, with_hidden=True)
        groups = [pile.group for pile in shown if pile.group]
        return "meetings/board/lead_cards.html", {"block": block, "piles": _with_names(block, shown), "groups": groups, "count": sum(len(pile.heaps) for pile in shown), "longest": LONGEST}

    def say(self, block: Block, voice: Voice, message: Message) -> None:
        is_withdrawn = message.what == "withdraw"
        if message.what not in ("card", "withdraw"):
            raise Refused(_("Cards can be written and taken back, nothing else."))
        text = "" if is_withdrawn else _fit(message.words.get("text"))
        kept = Card.objects.filter(key=_key(message.key)).first()
        if kept is None:
            if Card.objects.filter(block=block, voice=voice).count() >= MOST:
                raise Refused(_("That were %(most)s cards. Please leave some room for others.") % {"most": MOST})
            Card.objects.create(block=block, voice=voice, key=_key(message.key), text=text, turn=message.turn, is_withdrawn=is_withdrawn)
        elif kept.voice_id != voice.pk or kept.block_id != block.pk:
            raise Refused(_("This card is not yours."))
        elif (message.turn, is_withdrawn, text) > (kept.turn, kept.is_withdrawn, kept.text):
            kept.text, kept.is_withdrawn, kept.turn, kept.said_at = text, is_withdrawn, message.turn, timezone.now()
            kept.save(update_fields=["text", "is_withdrawn", "turn", "said_at"])

    def tell(self, block: Block) -> Told:
        shown = piles(block)
        count = sum(len(heap.cards) for pile in shown for heap in pile.heaps)
        said = ngettext("%(n)s card was written.", "%(n)s cards were written.", count) % {"n": count}
        headings = (_("Card"), _("Also said")) if block.are_names_hidden else (_("Card"), _("Also said"), _("Said by"))
        tables = tuple(
            (pile.title or (_("Cards without a group") if len(shown) > 1 else _("Cards")), headings, tuple(_row(block, heap) for heap in pile.heaps))
            for pile in shown
            if pile.heaps
        )
        return Told(tuple(text for text in (block.question, said, block.notes) if text), tables)


def _row(block: Block, heap: Heap) -> tuple[Any, ...]:
    row = (heap.text, "; ".join(card.text for card in heap.alike))
    return row if block.are_names_hidden else (*row, ", ".join(dict.fromkeys(named(card, block) for card in heap.cards)))


def _with_names(block: Block, shown: list[Any]) -> list[dict[str, Any]]:
    """Piles as templates want them, each heap with who says it where that is shown."""
    return [{"group": pile.group, "heaps": [{"heap": heap, "said_by": named(heap.card, block)} for heap in pile.heaps]} for pile in shown]


def _key(said: str) -> uuid.UUID:
    try:
        return uuid.UUID(said)
    except ValueError:
        raise Refused(_("This card came without its number. Please write it once more.")) from None


def _fit(said: object) -> str:
    """The text of a card, in one line; refused where it is empty, too long, or holds the number of a person."""
    text = " ".join(str(said or "").replace("\x00", " ").split())
    if not text:
        raise Refused(_("Please write something on the card."))
    if len(text) > LONGEST:
        raise Refused(_("A card holds %(most)s signs; these are %(n)s. Please make two cards of it.") % {"most": LONGEST, "n": len(text)})
    if personal_numbers(text):
        raise Refused(_("This looks like the personal number of somebody (PESEL, EMŠO). Please take it out."))
    return text
