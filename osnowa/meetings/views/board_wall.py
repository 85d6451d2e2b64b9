"""The wall: what the room sees in large letters, with the code by which phones join."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from osnowa.kit.doors import door
from osnowa.kit.squares import square
from osnowa.meetings import access
from osnowa.meetings.models import Block, Meeting
from osnowa.meetings.queries.board.state import block_on_wall, ends_at, presence
from osnowa.meetings.queries.kinds import kind_of
from osnowa.meetings.queries.meetings import door_word


def joining(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """The short address, as text and as a square. Where the installation has no address of its own it is the one this page was opened at."""
    way = reverse("short:join", kwargs={"code": meeting.code})
    is_local = settings.ADDRESS.startswith(("http://localhost", "http://127."))
    address = request.build_absolute_uri(way) if is_local else settings.ADDRESS + way
    host = address.removesuffix(way).split("://", 1)[1]
    return {"join_host": host, "join_way": way, "join_square": square(address, _("QR code that opens %(address)s") % {"address": address})}


def _panel(request: HttpRequest, meeting: Meeting) -> str:
    block = block_on_wall(meeting)
    around: dict[str, Any] = {"meeting": meeting, "region": meeting.region, "block": block, "presence": presence(meeting), "on_wall": True}
    if block:
        template, words = kind_of(block).on_wall(block)
        around |= words | {"panel": template, "ends_at": ends_at(block), "is_open": block.state == Block.State.OPEN}
    return render_to_string("meetings/board/wall_board.html", around, request)


def as_new(request: HttpRequest, meeting: Meeting, markup: Any) -> HttpResponse:
    """204 when nothing has changed since `seen`, else what `markup()` gives; always with the server's clock for countdowns."""
    clock = {"Osnowa-Clock": str(int(timezone.now().timestamp() * 1000))}
    if request.GET.get("seen") == str(meeting.pulse):
        return HttpResponse(status=204, headers=clock)
    return HttpResponse(markup(), headers={"Osnowa-Pulse": str(meeting.pulse), **clock})


@never_cache
@require_GET
@door(access.may_lead, find=access.find_meeting)
def wall(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The page for the projector."""
    context = {"meeting": meeting, "board": _panel(request, meeting), "door_word": door_word(meeting), **joining(request, meeting)}
    return render(request, "meetings/board/wall.html", context)


@never_cache
@require_GET
@door(access.may_lead, find=access.find_meeting)
def wall_now(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What the wall shows, if it changed."""
    return as_new(request, meeting, lambda: _panel(request, meeting))
