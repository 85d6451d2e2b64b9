"""What voices think of cards. Of two things a voice says of one card the newer counts, in whatever order they arrive."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from osnowa.kit.errors import Refused
from osnowa.meetings.models import Block, Card, Mark, Voice
from osnowa.meetings.queries.board.heaps import Heap


def number_in(words: Mapping[str, Any], name: str, least: int, most: int) -> int:
    """The whole number a message says, within what may be said."""
    said = str(words.get(name, "")).strip()
    value = int(said) if said.lstrip("-").isdecimal() and len(said) < 12 else None
    if value is None or not least <= value <= most:
        raise Refused(_("This says a number between %(least)s and %(most)s.") % {"least": least, "most": most})
    return value


def cards_in(block: Block, words: Mapping[str, Any]) -> list[Card]:
    """The cards a message speaks of, of the block or of the block it is about; several where they were merged into one, the shown one first."""
    said = words.get("card", "")
    numbers = [str(one) for one in (said if isinstance(said, list) else [said])]
    wanted = [int(one) for one in numbers if one.isdecimal() and len(one) < 12]
    found = {card.pk: card for card in Card.objects.filter(pk__in=wanted, block__in=[block.pk, block.about_id or 0])}
    if not wanted or len(wanted) != len(numbers) or len(found) != len(set(wanted)):
        raise Refused(_("This card is not part of what is being decided."))
    return [found[pk] for pk in dict.fromkeys(wanted)]


def take(block: Block, voice: Voice, card: Card, *, value: int, reason: str, turn: int) -> None:
    """Keeps what a voice says of a card, unless it said something newer before."""
    kept = Mark.objects.filter(block=block, voice=voice, card=card).first()
    if kept is None:
        Mark.objects.create(block=block, voice=voice, card=card, value=value, reason=reason, turn=turn)
    elif (turn, value, reason) > (kept.turn, kept.value, kept.reason):
        kept.value, kept.reason, kept.turn, kept.said_at = value, reason, turn, timezone.now()
        kept.save(update_fields=["value", "reason", "turn", "said_at"])


def by_voice(block: Block) -> dict[int, list[Mark]]:
    """{voice: its marks in a block}, with their cards."""
    found: dict[int, list[Mark]] = {}
    for mark in Mark.objects.filter(block=block).select_related("card", "voice__organisation").order_by("id"):
        found.setdefault(mark.voice_id, []).append(mark)
    return found


def root_of(mark: Mark) -> int:
    """The heap a mark counts for."""
    return mark.card.merged_into_id or mark.card_id


def newest_by_root(marks: Iterable[Mark], heaps: Iterable[Heap]) -> dict[int, Mark]:
    """{heap: what a voice said of it last}, of the heaps that are shown."""
    shown = {heap.root for heap in heaps}
    found: dict[int, Mark] = {}
    for mark in sorted(marks, key=lambda mark: (mark.turn, mark.pk)):
        if root_of(mark) in shown:
            found[root_of(mark)] = mark
    return found
