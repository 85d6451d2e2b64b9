"""What stands on the board now: which block is on, how many voices are there, and since when something is new."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from osnowa.meetings.models import Block, Meeting, Voice
from osnowa.register.codes import SECTORS

#: The pulse grows by 1 with all that voices say and to the next multiple of this with all that who leads changes: walls look at the
#: whole number, phones only at how often this fits into it.
STAGE = 2**20
#: A voice is there as long as its phone was heard within this time; phones say "here" every 30 seconds.
_HEARD = timedelta(seconds=75)
#: How long after the closing of a block what was written before may still arrive.
GRACE = timedelta(minutes=3)


def stage_of(pulse: int) -> int:
    """What a phone compares: unchanged until who leads changes something."""
    return pulse // STAGE


@dataclass(frozen=True)
class Presence:
    """How many voices have joined, and how many of their phones were heard of just now."""

    joined: int
    here: int


def presence(meeting: Meeting) -> Presence:
    """Phones, remote voices and sheets of paper alike have joined; a sheet is never heard again."""
    seen = list(Voice.objects.filter(meeting=meeting).values_list("seen_at", "via"))
    since = timezone.now() - _HEARD
    return Presence(len(seen), sum(at >= since and via != Voice.Via.PAPER for at, via in seen))


def open_block_of(meeting: Meeting) -> Block | None:
    """The block that is open, if any."""
    return Block.objects.filter(meeting=meeting, state=Block.State.OPEN).select_related("about").first()


def block_on_wall(meeting: Meeting) -> Block | None:
    """The open block, else the one closed last."""
    lately = Block.objects.filter(meeting=meeting, state=Block.State.CLOSED).select_related("about")
    found = open_block_of(meeting) or lately.order_by("-closed_at", "-id").first()
    if found:
        found.meeting = meeting
    return found


def ends_at(block: Block) -> datetime | None:
    """When the minutes of an open block are over."""
    if block.state != Block.State.OPEN or block.opened_at is None:
        return None
    return block.opened_at + timedelta(minutes=block.minutes)


def takes(block: Block, voice: Voice) -> str:
    """Why a block does not take what a voice says: empty where it does.

    Clocks of phones prove nothing, so what was on its way when a block was closed is taken for three minutes more, from voices that had
    joined before. Sheets of paper are entered when the room has gone home.
    """
    if voice.via == Voice.Via.PAPER and block.state != Block.State.PLANNED:
        return ""
    if block.state == Block.State.PLANNED:
        return _("This part has not begun yet.")
    if block.state == Block.State.OPEN:
        return ""
    closed_at = block.closed_at or timezone.now()
    if timezone.now() - closed_at <= GRACE and voice.joined_at <= closed_at:
        return ""
    return _("This part of the meeting was closed before your words arrived. Copy them and give them to who leads the meeting.")


def who_says(voice: Voice | None) -> str:
    """A voice as it is named where names are shown: its organisation, else its sector, else its number."""
    if voice is None:
        return _("who leads")
    organisation = str(voice.organisation) if voice.organisation_id else voice.organisation_name
    return organisation or (SECTORS.label(voice.sector) if voice.sector else _("voice %(number)s") % {"number": voice.number})
