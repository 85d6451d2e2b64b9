"""Talks and breaks: parts of an agenda in which voices say nothing on the board."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.kit.errors import Refused
from osnowa.meetings.models import Block, Voice
from osnowa.meetings.queries.kinds import Message, Told


class Talk:
    """Somebody speaks; the board shows the title and the question."""

    name: Any = gettext_lazy("talk")
    is_live = False

    def on_phone(self, block: Block, voice: Voice) -> tuple[str, dict[str, Any]]:
        return "meetings/board/phone_quiet.html", {"block": block}

    def on_wall(self, block: Block) -> tuple[str, dict[str, Any]]:
        return "meetings/board/wall_quiet.html", {"block": block}

    def for_lead(self, block: Block) -> tuple[str, dict[str, Any]]:
        return "meetings/board/wall_quiet.html", {"block": block}

    def say(self, block: Block, voice: Voice, message: Message) -> None:
        raise Refused(_("Nothing is written in this part of the meeting."))

    def tell(self, block: Block) -> Told:
        return Told(tuple(text for text in (block.question, block.notes) if text))


class Break(Talk):
    """The room rests."""

    name: Any = gettext_lazy("break")

    def tell(self, block: Block) -> Told:
        return Told()
