"""What the minutes of a meeting say: who was there in numbers, block by block what came out, who does what until when."""

import re
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from osnowa.kit.letterpress import Document, Heading, Part, Picture, Table, as_json, from_json
from osnowa.meetings.models import Block, Meeting, Minutes
from osnowa.meetings.queries.agenda import Slot, agenda
from osnowa.meetings.queries.attendance import Share, attendance
from osnowa.meetings.queries.kinds import kind_of
from osnowa.meetings.queries.meetings import when

#: What stands in a frozen edition in place of somebody's name: an edition is kept for ever, a name is not.
_PROMISE = re.compile(r"\{promise (\d+)\}(?: · )?")


def texts_of(meeting: Meeting) -> dict[str, dict[str, Any]]:
    """The minutes in every language of the house, fit for keeping."""
    texts = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            texts[language] = as_json(minutes(meeting, language))
    return texts


def edition(kept: Minutes, language: str) -> Document:
    """The document of an edition in a language, with the names that are kept still."""
    return named(kept.meeting, from_json(kept.texts.get(language) or next(iter(kept.texts.values()))))


def named(meeting: Meeting, document: Document) -> Document:
    """The document with the names of who promised what, as far as they are kept; what is frozen holds none."""
    names = {str(it.pk): it.owner_name or str(it.owner or "") for it in meeting.follow_ups.select_related("owner")}
    return replace(document, parts=tuple(replace(part, rows=tuple(tuple(_named(cell, names) for cell in row) for row in part.rows)) if isinstance(part, Table) else part for part in document.parts))


def _named(cell: Any, names: dict[str, str]) -> Any:
    found = _PROMISE.match(cell) if isinstance(cell, str) else None
    if found is None:
        return cell
    return " · ".join(filter(None, [names.get(found[1], ""), cell[found.end() :]])) or "–"


def minutes(meeting: Meeting, language: str) -> Document:
    """The minutes as they would be frozen now, without names, in the language that is switched on."""
    slots = agenda(meeting)
    parts = (*_present(meeting), *_agenda(slots), *(part for slot in slots for part in _block(slot.block)), *_follow_ups(meeting))
    subtitle = " · ".join(filter(None, [meeting.get_kind_display(), when(meeting), meeting.venue]))
    foot = f"{meeting.region} · {meeting}"
    return Document(_("Minutes: %(meeting)s") % {"meeting": meeting}, language, parts, subtitle, foot)


def _present(meeting: Meeting) -> list[Part]:
    found = attendance(meeting)
    facilitator = [_("Facilitator: %(name)s") % {"name": meeting.facilitator}] if meeting.facilitator else []
    if not found.participations:
        return [Heading(_("Who was there")), _("Nobody was counted in at the door."), *facilitator]
    people = ngettext("%(count)s participation", "%(count)s participations", found.participations) % {"count": found.participations}
    organisations = ngettext("%(count)s organisation", "%(count)s organisations", found.organisations) % {"count": found.organisations}
    shares = (*found.sectors, Share("", _("together"), found.participations, found.organisations))
    rows = tuple((share.name, share.participations, share.organisations) for share in shares)
    table = Table((_("Sector"), _("Participations"), _("Organisations")), rows, "", (3, 1, 1))
    return [Heading(_("Who was there")), f"{people}, {organisations}.", table, *facilitator]


def _agenda(slots: list[Slot]) -> list[Part]:
    if not slots:
        return []
    rows = tuple((slot.clock, slot.block.minutes, slot.block.title) for slot in slots)
    return [Heading(_("Agenda")), Table((_("Time"), pgettext("of an agenda", "Minutes"), _("Block")), rows, "", (1, 1, 5))]


def _block(block: Block) -> list[Part]:
    """What came out of a block; nothing of one that said nothing."""
    told = kind_of(block).tell(block)
    parts: list[Part] = list(dict.fromkeys(text for text in (block.question, *told.paragraphs, block.notes) if text))  # kinds tell some of it themselves
    for caption, headings, rows in told.tables:
        parts.append(Table(headings, rows, caption))
    parts += [Picture(svg, title, title, 0.8) for title, svg in told.pictures]
    return [Heading(block.title), *parts] if parts else []


def _follow_ups(meeting: Meeting) -> list[Part]:
    found = list(meeting.follow_ups.select_related("organisation"))
    if not found:
        return []
    rows = tuple((it.text, _who(it), it.due_on, it.done_on) for it in found)
    return [Heading(_("What follows")), Table((_("What is to be done"), _("Who"), _("Until"), _("Done on")), rows, "", (4, 2, 1, 1))]


def _who(it: Any) -> str:
    return " · ".join(filter(None, [f"{{promise {it.pk}}}" if it.owner_name or it.owner_id else "", str(it.organisation or "")])) or "–"
