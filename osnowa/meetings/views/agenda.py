"""The agenda with its clock, and what follows from a meeting."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osnowa.kit.doors import door
from osnowa.meetings import access
from osnowa.meetings.actions import agenda as actions
from osnowa.meetings.actions import follow_ups as promises
from osnowa.meetings.forms.agenda import BlockForm, FollowUpForm
from osnowa.meetings.models import Block, FollowUp, Meeting
from osnowa.meetings.queries import agenda as queries
from osnowa.meetings.queries.kinds import KINDS
from osnowa.meetings.views.planning import to_meeting
from osnowa.ui.forms import refusals, status_of


@door(access.may_lead, find=access.find_meeting)
def agenda(request: HttpRequest, it: Meeting) -> HttpResponse:
    """All blocks on the clock, and a form for one more."""
    form = BlockForm(request.POST or None, meeting=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            seen = request.POST.get("behind", "")
            actions.add_block(by=request.user, meeting=it, values=form.values, behind=int(seen) if seen.isdecimal() else None)
            return to_meeting(it, "agenda")
    slots = queries.agenda(it)
    kinds = {code: (kind.name, kind.is_live) for code, kind in KINDS.items()}
    rows = [(slot, *kinds.get(slot.block.kind, (slot.block.kind, False))) for slot in slots]
    context = {"region": it.region, "meeting": it, "rows": rows, "fit": queries.fit(it, slots), "form": form, "behind": len(slots)}
    return render(request, "meetings/agenda.html", context, status=status_of(form))


@door(access.may_lead, find=access.find_block)
def block(request: HttpRequest, it: Block) -> HttpResponse:
    """One block: its words and minutes, or its end."""
    if request.method == "POST" and request.POST.get("deed") == "remove":
        actions.remove_block(by=request.user, block=it)
        messages.success(request, _("The block is gone."))
        return to_meeting(it.meeting, "agenda")
    form = BlockForm(request.POST or None, meeting=it.meeting, block=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_block(by=request.user, block=it, values=form.values)
            messages.success(request, _("Saved."))
            return to_meeting(it.meeting, "agenda")
    context = {"region": it.meeting.region, "meeting": it.meeting, "part": it, "is_live": KINDS[it.kind].is_live if it.kind in KINDS else False, "form": form, "is_used": actions.is_spoken_in(it)}
    return render(request, "meetings/block.html", context, status=status_of(form))


@require_POST
@door(access.may_lead, find=access.find_block)
def move_block(request: HttpRequest, it: Block) -> HttpResponse:
    """Puts a block at another place of the agenda."""
    to = request.POST.get("to", "")
    if to.isdecimal():
        actions.move_block(by=request.user, block=it, to=int(to))
    return to_meeting(it.meeting, "agenda")


@door(access.may_lead, find=access.find_meeting)
def follow_ups(request: HttpRequest, it: Meeting) -> HttpResponse:
    """What was promised, open before done, and a form for one more."""
    form = FollowUpForm(request.POST or None, meeting=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            promises.add_follow_up(by=request.user, meeting=it, values=form.values)
            return to_meeting(it, "follow_ups")
    rows = sorted(it.follow_ups.select_related("owner", "organisation", "block"), key=lambda row: (row.done_on is not None, row.due_on is None, row.due_on, row.pk))
    context = {"region": it.region, "meeting": it, "rows": rows, "form": form, "today": timezone.localdate()}
    return render(request, "meetings/follow_ups.html", context, status=status_of(form))


@door(access.may_lead, find=access.find_follow_up)
def follow_up(request: HttpRequest, it: FollowUp) -> HttpResponse:
    """One promise: change it, or say that it is done."""
    deed = request.POST.get("deed", "")
    if request.method == "POST" and deed in ("done", "open"):
        promises.finish_follow_up(by=request.user, follow_up=it, is_done=deed == "done")
        return to_meeting(it.meeting, "follow_ups")
    form = FollowUpForm(request.POST or None, meeting=it.meeting, follow_up=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            promises.change_follow_up(by=request.user, follow_up=it, values=form.values)
            messages.success(request, _("Saved."))
            return to_meeting(it.meeting, "follow_ups")
    context = {"region": it.meeting.region, "meeting": it.meeting, "follow_up": it, "form": form}
    return render(request, "meetings/follow_up.html", context, status=status_of(form))
