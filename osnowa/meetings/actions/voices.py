"""What voices do: they join and speak. No deeds of persons: rows of their own, no entry, fit to be repeated in any order."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from osnowa.kit.errors import Refused
from osnowa.meetings.actions.board import raise_pulse
from osnowa.meetings.models import Block, Meeting, Voice
from osnowa.meetings.queries.board.state import takes
from osnowa.meetings.queries.kinds import KINDS, Message
from osnowa.register.models import Organisation, Visibility

#: Messages taken at once; a phone with more sends them in turns.
MOST = 50
#: Voices of one meeting.
_MOST_VOICES = 2000
_KEY = re.compile(r"[A-Za-z0-9_-]{20,32}")
#: Turns count seconds from here, so that a phone that forgot everything still goes on where it was.
_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_MOST_TURNS = 2**31 - 1
#: How exactly it is known when a phone was last heard.
_SEEN_EVERY = timedelta(seconds=10)
#: How long after its end a meeting may be joined.
_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Heard:
    """What became of messages: the keys of those that were taken, the others with why not."""

    taken: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]


def plain_turn() -> int:
    """The turn of what is posted without scripts."""
    return max(0, int((timezone.now() - _BEGIN).total_seconds()))


@transaction.atomic
def join(*, meeting: Meeting, key: str, sector: str = "", organisation_name: str = "", via: str = Voice.Via.PHONE, language: str = "en") -> Voice:
    """A voice for whoever holds the key: a new one, or the one that joined with it before, with its newest words about itself."""
    if not _KEY.fullmatch(key):
        raise Refused(_("Please open the address of the meeting once more."))
    if timezone.now() > meeting.ends_at + _AFTER:
        raise Refused(_("This meeting is over."))
    raise_pulse(meeting.pk)  # holds the meeting's row, so that no two voices get one number
    about = {"sector": sector, "organisation_name": organisation_name, "organisation": _organisation(meeting, organisation_name), "via": via, "language": language}
    kept = Voice.objects.filter(key=key).first()
    if kept is None:
        last = Voice.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0
        if last >= _MOST_VOICES:
            raise Refused(_("Nobody else can join this meeting."))
        return Voice.objects.create(meeting=meeting, key=key, number=last + 1, **about)
    if kept.meeting_id != meeting.pk:
        raise Refused(_("Please open the address of the meeting once more."))
    for name, value in about.items():
        setattr(kept, name, value)
    kept.seen_at = timezone.now()
    kept.save()
    return kept


def _organisation(meeting: Meeting, name: str) -> Organisation | None:
    """The public organisation of the region that is called like this, if there is exactly one."""
    if not name:
        return None
    public = Organisation.objects.filter(region=meeting.region_id, visibility=Visibility.PUBLIC)
    found = list((public.filter(legal_name__iexact=name) | public.filter(short_name__iexact=name))[:2])
    return found[0] if len(found) == 1 else None


def say(*, voice: Voice, messages: Iterable[tuple[int, Message]]) -> Heard:
    """Takes messages, each with the number of its block. Each stands for itself: one that is refused keeps none of the others back."""
    said = list(messages)
    wanted = {number for number, _message in said}
    blocks = {block.pk: block for block in Block.objects.filter(meeting=voice.meeting_id, pk__in=wanted).select_related("about")}
    taken: list[str] = []
    refused: list[tuple[str, str]] = []
    with transaction.atomic():
        voice = Voice.objects.select_for_update(of=("self",)).get(pk=voice.pk)  # the same message twice at one moment waits for itself
        for number, message in said:
            why = _take(blocks.get(number), voice, message)
            if why:
                refused.append((message.key, why))
            else:
                taken.append(message.key)
        if timezone.now() - voice.seen_at > _SEEN_EVERY:
            Voice.objects.filter(pk=voice.pk).update(seen_at=timezone.now())
        if taken:
            raise_pulse(voice.meeting_id)
    return Heard(tuple(taken), tuple(refused))


def _take(block: Block | None, voice: Voice, message: Message) -> str:
    """Why a message was not taken; empty where it was."""
    if block is None:
        return _("This part of the meeting is not there any more.")
    why = takes(block, voice)
    if why:
        return why
    try:
        with transaction.atomic():
            KINDS[block.kind].say(block, voice, message)
    except Refused as no:
        return no.message
    return ""


def read(said: Any) -> list[tuple[int, Message]]:
    """The messages of a phone's JSON, each with its block; refused as a whole where they are none."""
    rows = said.get("messages") if isinstance(said, dict) else None
    if not isinstance(rows, list) or len(rows) > MOST:
        raise Refused(_("A phone says up to %(most)s messages at once.") % {"most": MOST}, status=400)
    return [_message(row) for row in rows]


def _message(row: Any) -> tuple[int, Message]:
    row = row if isinstance(row, dict) else {}
    block, what, key, turn, words = (row.get(name) for name in ("block", "what", "key", "turn", "words"))
    is_whole = isinstance(block, int) and isinstance(what, str) and isinstance(key, str) and isinstance(turn, int) and isinstance(words, dict)
    if not is_whole or not 0 <= row["turn"] <= _MOST_TURNS or not 0 < len(row["key"]) <= 80 or not 0 <= row["block"] <= 2**62:
        raise Refused(_("This message is not one that a phone sends."), status=400)
    return row["block"], Message(what=row["what"][:40], key=row["key"], turn=row["turn"], words=row["words"])
