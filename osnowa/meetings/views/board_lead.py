"""The page of who leads: blocks are opened and closed, cards arranged. Every button is a form and works by keyboard alone."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from osnowa.kit.doors import door
from osnowa.kit.errors import Refused
from osnowa.meetings import access
from osnowa.meetings.actions import arranging, board
from osnowa.meetings.models import Block, Meeting
from osnowa.meetings.queries.board.state import ends_at, presence
from osnowa.meetings.queries.kinds import kind_of
from osnowa.meetings.views.board_wall import as_new, joining


def _board(request: HttpRequest, meeting: Meeting, wanted: int | None = None) -> str:
    """Agenda and panel; the panel is of the block that is asked for, else of the open one, else of the first to come."""
    blocks = list(Block.objects.filter(meeting=meeting).select_related("about"))
    for one in blocks:
        one.meeting = meeting
    opened = next((one for one in blocks if one.state == Block.State.OPEN), None)
    coming = next((one for one in blocks if one.state == Block.State.PLANNED), None)
    block = next((one for one in blocks if one.pk == wanted), opened or coming or (blocks[-1] if blocks else None))
    around: dict[str, Any] = {
        "meeting": meeting, "region": meeting.region, "blocks": [(one, kind_of(one)) for one in blocks], "block": block, "opened": opened,
        "coming": coming, "presence": presence(meeting), "ends_at": ends_at(opened) if opened else None,
    }  # fmt: skip
    if block:
        kind = kind_of(block)
        template, words = kind.for_lead(block)
        around |= words | {"panel": template, "kind": kind}
    return render_to_string("meetings/board/lead_board.html", around, request)


def _wanted(request: HttpRequest) -> int | None:
    said = request.GET.get("block", "")
    return int(said) if said.isdecimal() and len(said) < 12 else None


@never_cache
@require_GET
@door(access.may_lead, find=access.find_meeting)
def lead(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The page for the tablet of who leads."""
    wanted = _wanted(request)
    context = {"meeting": meeting, "region": meeting.region, "board": _board(request, meeting, wanted), "wanted": wanted, **joining(request, meeting)}
    return render(request, "meetings/board/lead.html", context)


@never_cache
@require_GET
@door(access.may_lead, find=access.find_meeting)
def lead_now(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """What the page of who leads shows, if it changed."""
    return as_new(request, meeting, lambda: _board(request, meeting, _wanted(request)))


def _after(request: HttpRequest, block: Block, deed: Callable[[], Any]) -> HttpResponse:
    """Does a deed; a refusal is told on the page that comes back."""
    try:
        deed()
    except Refused as no:
        messages.error(request, no.message)
    if request.headers.get("HX-Request"):
        return HttpResponse(_board(request, block.meeting, block.pk))
    way = reverse("meetings:lead", kwargs={"region": block.meeting.region.slug, "slug": block.meeting.slug})
    return redirect(f"{way}?block={block.pk}#panel")


@require_POST
@door(access.may_lead, find=access.find_block)
def open_block(request: HttpRequest, block: Block) -> HttpResponse:
    """The block begins; what was open is closed."""
    return _after(request, block, lambda: board.open_block(by=request.user, block=block))


@require_POST
@door(access.may_lead, find=access.find_block)
def close_block(request: HttpRequest, block: Block) -> HttpResponse:
    """The block ends."""
    return _after(request, block, lambda: board.close_block(by=request.user, block=block))


@require_POST
@door(access.may_lead, find=access.find_block)
def names(request: HttpRequest, block: Block) -> HttpResponse:
    """Who says what is hidden, or shown."""
    return _after(request, block, lambda: board.show_names(by=request.user, block=block, are_hidden=request.POST.get("are") != "shown"))


@require_POST
@door(access.may_lead, find=access.find_block)
def arrange(request: HttpRequest, block: Block) -> HttpResponse:
    """Something is done with the ticked cards, or with a group."""
    said, by = request.POST, request.user
    cards = [int(one) for one in said.getlist("card") if one.isdecimal() and len(one) < 12]
    group = int(said["group"]) if said.get("group", "").isdecimal() and len(said["group"]) < 12 else None
    deeds: dict[str, Callable[[], Any]] = {
        "write": lambda: arranging.write_card(by=by, block=block, text=said.get("text", "")),
        "add": lambda: arranging.add_group(by=by, block=block, title=said.get("title", ""), cards=cards),
        "rename": lambda: arranging.rename_group(by=by, block=block, group=group or 0, title=said.get("title", "")),
        "remove": lambda: arranging.remove_group(by=by, block=block, group=group or 0),
        "group": lambda: arranging.group_cards(by=by, block=block, cards=cards, group=group),
        "merge": lambda: arranging.merge_cards(by=by, block=block, cards=cards),
        "apart": lambda: arranging.take_apart(by=by, block=block, cards=cards),
        "hide": lambda: arranging.hide_cards(by=by, block=block, cards=cards, are_hidden=True),
        "show": lambda: arranging.hide_cards(by=by, block=block, cards=cards, are_hidden=False),
    }
    return _after(request, block, deeds.get(said.get("deed", ""), lambda: None))
