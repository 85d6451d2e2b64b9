"""The minutes of a meeting: as they would be now, frozen in one click, taken along as PDF or DOCX; and sheets for paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from osnowa.kit.attachments import attached
from osnowa.kit.doors import door
from osnowa.kit.letterpress import CONTENT_TYPES, as_docx, as_pdf
from osnowa.meetings import access
from osnowa.meetings.actions.minutes import freeze_minutes
from osnowa.meetings.models import Block, Meeting, Minutes
from osnowa.meetings.queries import papers
from osnowa.meetings.queries.minutes import edition, named
from osnowa.meetings.queries.minutes import minutes as written


def _language() -> str:
    return (get_language() or "en")[:2]


@require_GET
@door(access.may_read_minutes, find=access.find_meeting)
def minutes(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What stands in the newest edition; for who leads, what would be frozen now."""
    editions = list(meeting.editions.select_related("frozen_by"))
    may_lead = access.may_lead(request.user, meeting)
    newest = edition(editions[0], _language()) if editions else None
    document = named(meeting, written(meeting, _language())) if may_lead else newest
    context = {"meeting": meeting, "region": meeting.region, "editions": editions, "document": document, "may_lead": may_lead}
    return render(request, "meetings/minutes.html", context)


@require_POST
@door(access.may_lead, find=access.find_meeting)
def freeze(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Freezes what happened as the next edition."""
    made = freeze_minutes(by=request.user, meeting=meeting)
    messages.success(request, _("Edition %(number)s of the minutes is frozen.") % {"number": made.number})
    return redirect("meetings:minutes", region=meeting.region.slug, slug=meeting.slug)


@require_GET
@door(access.may_read_minutes, find=access.find_edition)
def minutes_file(request: HttpRequest, kept: Minutes) -> HttpResponse:
    """An edition in the language of the page, as PDF or DOCX."""
    form = "docx" if request.GET.get("as") == "docx" else "pdf"
    document = edition(kept, _language())
    whole = as_docx(document) if form == "docx" else as_pdf(document, kept.frozen_at)
    return attached(whole, f"{kept.meeting.slug}-{kept.number}-{_language()}.{form}", CONTENT_TYPES[form])


@require_GET
@door(access.may_lead, find=access.find_meeting)
def paper(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What there is on paper; `?sheet=` is one to print: the poster, the list at the door, blank cards of a block."""
    wanted = request.GET.get("sheet", "")
    if wanted not in ("poster", "names", "cards"):
        return render(request, "meetings/paper.html", {"meeting": meeting, "region": meeting.region, "blocks": papers.of_blocks(meeting)})
    if wanted == "cards":
        block = meeting.blocks.filter(pk=_number(request.GET.get("block"))).first() or Block(meeting=meeting, title=meeting.title)
        block.meeting = meeting
        whole = papers.cards(block)
    else:
        whole = papers.names(meeting) if wanted == "names" else papers.poster(meeting)
    return attached(whole, f"{meeting.slug}-{wanted}.pdf", CONTENT_TYPES["pdf"])


def _number(said: str | None) -> int:
    return int(said) if said and said.isdecimal() and len(said) < 12 else 0
