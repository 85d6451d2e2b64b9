"""Deeds of who leads the board: blocks are opened and closed, names are shown or hidden."""

from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.kit.errors import Refused
from osnowa.meetings.models import Block, Card, Mark, Meeting
from osnowa.meetings.queries.board.state import STAGE
from osnowa.meetings.queries.kinds import HasStages, kind_of

State = Block.State


def raise_pulse(meeting: int) -> None:
    """Tells walls that a voice said something; to be called in the transaction of what it said."""
    Meeting.objects.filter(pk=meeting).update(pulse=F("pulse") + 1)


def raise_stage(meeting: int) -> None:
    """Tells walls and phones that who leads changed something; to be called in the transaction of the change."""
    Meeting.objects.filter(pk=meeting).update(pulse=F("pulse") - F("pulse") % STAGE + STAGE)


def here(block: Block) -> Block:
    """The block as it stands, held with its meeting's row until the transaction ends; refused where it was removed meanwhile."""
    raise_stage(block.meeting_id)
    found = Block.objects.select_for_update(of=("self",)).select_related("meeting__region", "about").filter(pk=block.pk).first()
    if found is None:
        raise Refused(_("This part of the meeting is not there any more: somebody removed it meanwhile."), status=404)
    return found


def said_in(block: Block) -> dict[str, int]:
    """How much was said in a block: cards of voices, and voices that marked cards."""
    cards = Card.objects.filter(block=block, voice__isnull=False, is_withdrawn=False).count()
    return {"cards": cards, "voices": Mark.objects.filter(block=block).values("voice").distinct().count()}


def _deed(block: Block, changes: dict[str, list[Any]]) -> Deed:
    return Deed(block, changes, place=block.meeting.region.slug)


@action("meetings.block_opened", says=gettext_lazy("opened a part of a meeting"))
def open_block(*, by: Any, block: Block) -> Deed:
    """The voices may speak in it; a block that was open is closed. A closed block can be opened once more."""
    block = here(block)
    if block.state == State.OPEN:
        return Deed(block, {})
    if block.meeting.state == Meeting.State.CANCELLED:
        raise Refused(_("This meeting was cancelled."))
    for other in Block.objects.filter(meeting=block.meeting_id, state=State.OPEN):
        close_block(by=by, block=other)
    before = block.state
    block.state, block.opened_at, block.closed_at = State.OPEN, timezone.now(), None
    block.save(update_fields=["state", "opened_at", "closed_at"])
    kind = kind_of(block)
    if isinstance(kind, HasStages):
        kind.opened(block)
    return _deed(block, {"state": [before, State.OPEN.value]})


@action("meetings.block_closed", says=gettext_lazy("closed a part of a meeting"))
def close_block(*, by: Any, block: Block) -> Deed:
    """The voices are heard no more, but for what was on its way. The entry counts what was said."""
    block = here(block)
    if block.state != State.OPEN:
        return Deed(block, {})
    block.state, block.closed_at = State.CLOSED, timezone.now()
    block.save(update_fields=["state", "closed_at"])
    kind = kind_of(block)
    if isinstance(kind, HasStages):
        kind.closed(block)
    counts = {name: [None, number] for name, number in said_in(block).items() if number}
    return _deed(block, {"state": [State.OPEN.value, State.CLOSED.value], **counts})


@action("meetings.names_shown", says=gettext_lazy("chose whether a part of a meeting shows who says what"))
def show_names(*, by: Any, block: Block, are_hidden: bool) -> Deed:
    """Names may be hidden at any time; they are shown only where nobody spoke in the belief that they are hidden."""
    block = here(block)
    if block.are_names_hidden == are_hidden:
        return Deed(block, {})
    if not are_hidden and any(said_in(block).values()):
        raise Refused(_("Voices have already spoken here and were told that nobody sees who says what. This cannot be taken back."))
    block.are_names_hidden = are_hidden
    block.save(update_fields=["are_names_hidden"])
    return _deed(block, {"are_names_hidden": [not are_hidden, are_hidden]})
