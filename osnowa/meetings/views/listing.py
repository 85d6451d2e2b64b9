"""The meetings of a region, and one of them as everybody it is for may see it."""

import json
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from osnowa.kit import calendars
from osnowa.kit.doors import public
from osnowa.meetings import access
from osnowa.meetings.models import Meeting
from osnowa.meetings.queries import calendar
from osnowa.meetings.queries import meetings as queries
from osnowa.meetings.queries.agenda import agenda
from osnowa.meetings.queries.attendance import attendance
from osnowa.meetings.queries.series import with_progress
from osnowa.places.models import Region
from osnowa.register.models import Visibility

_PAGE = 20
_FILES = {"ics": "text/calendar; charset=utf-8", "jsonld": "application/ld+json"}


@public(find=access.find_region)
def meetings(request: HttpRequest, region: Region) -> HttpResponse:
    """What is to come, what was, and the series."""
    coming = queries.coming(request.user, region)
    context = {
        "region": region, "coming": coming, "page": Paginator(queries.past(request.user, region), _PAGE).get_page(request.GET.get("page")),
        "series": with_progress(region.series.all()), "may_lead": access.may_lead(request.user, region),
    }  # fmt: skip
    return render(request, "meetings/meetings.html", context)


@public(find=access.find_meeting)
def meeting(request: HttpRequest, it: Meeting) -> HttpResponse:
    """What, when, where, the agenda, and the way to register."""
    leads, slots = access.may_lead(request.user, it), agenda(it)
    context: dict[str, Any] = {
        "region": it.region, "meeting": it, "may_lead": leads, "slots": slots, "places": queries.places_of(it), "why_closed": queries.why_closed(it),
        "is_public": it.visibility == Visibility.PUBLIC and it.state != Meeting.State.DRAFT, "languages": [dict(settings.LANGUAGES).get(code, code) for code in it.languages],
    }  # fmt: skip
    if leads:
        context |= {"found": attendance(it), "has_begun": queries.has_begun(it), "card_blocks": [slot.block for slot in slots if slot.block.kind == "cards"]}
    else:
        context["may_read"] = access.may_read_minutes(request.user, it) and it.editions.exists()
    return render(request, "meetings/meeting.html", context)


@public(find=lambda person, region, slug, form: (access.find_meeting(person, region, slug), form))
def meeting_file(request: HttpRequest, wanted: tuple[Meeting, str]) -> HttpResponse:
    """The meeting for a calendar, or for programs."""
    it, form = wanted
    if form not in _FILES or (form == "jsonld" and it.visibility != Visibility.PUBLIC):
        raise Http404
    content: Any = calendar.file_of([it], str(it)) if form == "ics" else json.dumps(calendar.as_schema_org(it), ensure_ascii=False)
    return HttpResponse(content, content_type=_FILES[form], headers={"Content-Disposition": f'attachment; filename="{it.slug}.{form}"'} if form == "ics" else {})


@public(find=access.find_region)
def feed(request: HttpRequest, region: Region) -> HttpResponse:
    """The public meetings of a region as a calendar one can subscribe to."""
    content = calendar.file_of(calendar.public_of(region), str(region))
    return HttpResponse(content, content_type=f"{calendars.CONTENT_TYPE}; charset=utf-8", headers={"Content-Disposition": f'inline; filename="{region.slug}.ics"'})
