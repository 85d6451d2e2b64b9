"""What is printed for a meeting: the poster with its square, blank cards, the list at the door. Facts for pages of Typst."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from osnowa.kit import squares
from osnowa.kit.letterpress import press
from osnowa.meetings.models import Block, Meeting, Participation
from osnowa.meetings.queries.kinds import KINDS, HasPapers, Sheet
from osnowa.meetings.queries.meetings import when
from osnowa.register import codes

_PAGES = Path(__file__).resolve().parent.parent / "papers"
#: Blank rows behind those who registered.
_BLANK_ROWS = 15


def way_in(meeting: Meeting) -> str:
    """The short address a phone opens, without a language."""
    return str(settings.ADDRESS).rstrip("/") + str(reverse("short:join", args=[meeting.code]))


def poster(meeting: Meeting) -> bytes:
    """The poster with the square and the code, in every language of the meeting."""
    address = way_in(meeting)
    return _pressed("poster", meeting, {
        "square": squares.picture(address, 105).decode(), "square_words": _("QR code of the meeting: %(address)s") % {"address": address},
        "code": meeting.code, "address": address.partition("://")[2], "sayings": [[language, _saying(language)] for language in _languages(meeting)],
    })  # fmt: skip


def _languages(meeting: Meeting) -> list[str]:
    return meeting.languages or meeting.region.languages or [get_language() or "en"]


def _saying(language: str) -> str:
    with translation.override(language):
        return _("Point your phone's camera here. No account, no name: you choose your sector and take part.")


def of_blocks(meeting: Meeting) -> list[tuple[Block, list[Sheet]]]:
    """The blocks that have something on paper, each with it."""
    found = []
    for block in meeting.blocks.all():
        block.meeting = meeting
        kind: object = KINDS.get(block.kind)
        sheets: list[Sheet] = kind.papers(block) if isinstance(kind, HasPapers) else []
        if sheets or block.kind == "cards":
            found.append((block, sheets))
    return found


def cards(block: Block, sheets: int = 2) -> bytes:
    """Blank cards with the question of a block."""
    sectors = [row.label for row in codes.SECTORS]
    return _pressed("cards", block.meeting, {"question": block.question or block.title, "sectors": sectors, "sheets": sheets})


def names(meeting: Meeting) -> bytes:
    """The list at the door with everybody who registered, and blank rows."""
    coming = meeting.participations.filter(state=Participation.State.REGISTERED).select_related("organisation").order_by("person_name", "pk")
    rows = [[it.person_name, it.of_organisation, codes.SECTORS.label(it.sector) if it.sector else "", it.country] for it in coming]
    headings = ["", _("Name and surname"), _("Organisation"), _("Sector"), _("Country"), _("Signature")]
    notice = _("Names on this list are kept until %(day)s.") % {"day": date_format(meeting.keep_until)}
    return _pressed("names", meeting, {"headings": headings, "rows": rows + [[""] * 4] * _BLANK_ROWS, "notice": notice})


def _pressed(page: str, meeting: Meeting, facts: dict[str, Any]) -> bytes:
    said = " · ".join(filter(None, [when(meeting), meeting.venue]))
    return press(_PAGES / f"{page}.typ", {"title": str(meeting), "language": (get_language() or "en")[:2], "when": said} | facts)
