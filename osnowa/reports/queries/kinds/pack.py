"""The pack of a meeting: what it was for, who was there in numbers, what came out of every block, who does what."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.kit.letterpress import Heading, Part
from osnowa.meetings.queries.attendance import attendance
from osnowa.meetings.queries.meetings import when
from osnowa.register.models import Visibility
from osnowa.reports.models import Report
from osnowa.reports.queries.facts.others import sectors_of
from osnowa.reports.queries.facts.setting import nothing
from osnowa.reports.queries.kinds.shape import Kind, Place
from osnowa.reports.queries.subject import Subject


def _chapters(subject: Subject) -> list[tuple[str, list[Part]]]:
    """(heading, what stands under it) of the minutes as they would be frozen now."""
    if subject.meeting is None:
        return []
    found: list[tuple[str, list[Part]]] = []
    for part in subject.minutes.parts:
        if isinstance(part, Heading) and part.level == 1:
            found.append((part.text, []))
        elif found:
            found[-1][1].append(part)
    return found


def _about(subject: Subject) -> list[Part]:
    if subject.meeting is None:
        return []
    it = subject.meeting
    lines = [when(it), it.venue, _("Facilitator: %(name)s") % {"name": it.facilitator} if it.facilitator else "", it.about]
    return [line for line in lines if line]


def _present(subject: Subject) -> list[Part]:
    found = attendance(subject.meeting) if subject.meeting else None
    if not found or not found.participations:
        return [_("Nobody was counted in at the door.")]
    return sectors_of(found, "participants")


def _agenda(subject: Subject) -> list[Part]:
    return next((parts for title, parts in _chapters(subject) if title == _("Agenda")), [_("Agenda: %(nothing)s") % {"nothing": nothing()}])


def _results(subject: Subject) -> list[Part]:
    """Block by block: cards, votes, rounds."""
    apart = {_("Who was there"), _("Agenda"), _("What follows")}
    parts: list[Part] = [part for title, told in _chapters(subject) if title not in apart for part in (Heading(title), *told)]
    return parts or [_("No block of the agenda says anything yet.")]


def _follow_ups(subject: Subject) -> list[Part]:
    return next((parts for title, parts in _chapters(subject) if title == _("What follows")), [_("Nothing was promised.")])


def _sources(subject: Subject) -> list[dict[str, str]]:
    it = subject.meeting
    return [{"title": f"{it.title}, {when(it)}", "on": it.starts_at.date().isoformat(), "link": ""}] if it else []


def _why_not_public(report: Report) -> str:
    if report.meeting and report.meeting.visibility != Visibility.PUBLIC:
        return _("The meeting is not public, and so its pack cannot be. Change who sees the meeting first.")
    return ""


PACK = Kind(
    "pack", gettext_lazy("Pack of a meeting"), gettext_lazy("Agenda, who was there in numbers, cards, votes, rounds and what follows of one meeting."),
    (
        Place("about", gettext_lazy("What it was about"), gettext_lazy("Two or three sentences: why people met, and what they should have at hand."), _about),
        Place("agenda", gettext_lazy("Agenda"), gettext_lazy("What differed from the plan, and why."), _agenda),
        Place("present", gettext_lazy("Who was there"), gettext_lazy("Who was missing, and how they will be asked."), _present),
        Place("results", gettext_lazy("What came out"), gettext_lazy("What the cards, votes and scores mean; what was decided."), _results),
        Place("next", gettext_lazy("What follows"), gettext_lazy("What happens until the next meeting."), _follow_ups),
    ),
    needs="meeting", sources=_sources, why_not_public=_why_not_public, is_book=False,
)  # fmt: skip
