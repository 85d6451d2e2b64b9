"""What was said on the board of a sample workshop: cards under headings, dots, orders, consent, scores."""

from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_OID, uuid5

from osnowa.journal.actions import through
from osnowa.meetings.actions.board import close_block, open_block
from osnowa.meetings.models import Block, Card, Group, Mark, Meeting, Voice
from osnowa.meetings.queries.agenda import agenda
from osnowa.meetings.queries.board.heaps import choices
from osnowa.meetings.queries.kinds import kind_of
from osnowa.sample.workshops.rounds import score

if TYPE_CHECKING:
    from osnowa.sample.workshops.gathering import Stage

_DOTS = 3


def run_board(stage: "Stage", meeting: Meeting, words: dict[str, Any], voices: list[Voice], dice: Random) -> None:
    """Opens and closes the blocks one after another by the agenda's clock, and lets the voices speak in between."""
    for slot, said in zip(agenda(meeting), words["blocks"], strict=True):
        block = slot.block
        if kind_of(block).is_live:
            with through("sample", slot.starts_at):
                open_block(by=stage.by, block=block)
            _speak(stage, block, said | {"workshop": words["workshop"]}, voices, slot.starts_at, dice)
            with through("sample", slot.ends_at):
                close_block(by=stage.by, block=block)
            Card.objects.filter(block=block, voice=None).update(said_at=slot.starts_at)
        Block.objects.filter(pk=block.pk).update(state=Block.State.CLOSED, opened_at=slot.starts_at, closed_at=slot.ends_at)


def _speak(stage: "Stage", block: Block, said: dict[str, Any], voices: list[Voice], began: datetime, dice: Random) -> None:
    match block.kind:
        case "cards":
            _write(stage, block, said, voices, began, dice)
        case "vote":
            _mark(block, [(voice, one, dots, "") for voice in _some(voices, dice) for one, dots in _dots(block, dice).items()], began, dice)
        case "rank":
            _mark(block, [(voice, one, place, "") for voice in _some(voices, dice) for place, one in enumerate(_order(block, dice), start=1)], began, dice)
        case "consent":
            _mark(block, list(_consents(block, said, _some(voices, dice))), began, dice)
        case "score":
            score(stage, block, said["round"], voices, began)


def _some(voices: list[Voice], dice: Random) -> list[Voice]:
    """Most of the voices: a few always look out of the window."""
    return [voice for voice in voices if dice.random() < 0.92]


def _write(stage: "Stage", block: Block, said: dict[str, Any], voices: list[Voice], began: datetime, dice: Random) -> None:
    """The cards of the table by voices of their sectors, grouped by who leads."""
    rows = stage.plan.cards[said["workshop"], said["cards"]]
    groups = {title: Group.objects.create(block=block, title=title, order=order) for order, title in enumerate(dict.fromkeys(row.group for row in rows))}
    own: dict[str, list[Voice]] = {}
    for voice in voices:
        own.setdefault(voice.sector, []).append(voice)
    Card.objects.bulk_create(
        Card(
            block=block, key=uuid5(NAMESPACE_OID, f"osnowa sample {block.meeting.slug} {said['cards']} {order}"), voice=dice.choice(own.get(row.sector) or voices),
            text=row.text, turn=1, group=groups[row.group], order=order, said_at=began + timedelta(seconds=dice.randrange(60, 900)),
        )
        for order, row in enumerate(rows)
    )  # fmt: skip


def _mark(block: Block, said: list[tuple[Voice, Card, int, str]], began: datetime, dice: Random) -> None:
    Mark.objects.bulk_create(
        Mark(block=block, voice=voice, card=card, value=value, reason=reason, turn=1, said_at=began + timedelta(seconds=dice.randrange(30, 600)))
        for voice, card, value, reason in said
    )


def _dots(block: Block, dice: Random) -> dict[Card, int]:
    """The dots of one voice; what stands first is a little dearer to all."""
    cards = [heap.card for heap in choices(block)]
    given = dice.choices(cards, [1 + 2 / (place + 1) for place in range(len(cards))], k=_DOTS)
    return {card: given.count(card) for card in cards if card in given}


def _order(block: Block, dice: Random) -> list[Card]:
    """The order of one voice, not far from that of the others."""
    cards = [heap.card for heap in choices(block)]
    drawn = sorted(range(len(cards)), key=lambda place: place + dice.gauss(0, 1.6))
    return [cards[place] for place in drawn[: block.settings.get("places", 5)]]


def _consents(block: Block, said: dict[str, Any], voices: list[Voice]) -> Any:
    """Consent of all but those who stand aside or object to the last proposal."""
    cards = [heap.card for heap in choices(block)]
    against = dict(zip(voices, said["objections"], strict=False))
    aside = set(voices[len(against) : len(against) + said["aside"]])
    for voice in voices:
        for card in cards:
            is_last = card == cards[-1]
            value = -1 if is_last and voice in against else 0 if is_last and voice in aside else 1
            yield voice, card, value, against[voice] if value == -1 else ""
