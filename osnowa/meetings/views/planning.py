"""Planning: new meetings, changing, announcing, holding and cancelling them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osnowa.kit.doors import door
from osnowa.meetings import access
from osnowa.meetings.actions import meetings as actions
from osnowa.meetings.forms.meetings import CancelForm, MeetingForm
from osnowa.meetings.models import Meeting, Series
from osnowa.meetings.queries.meetings import places_of
from osnowa.places.models import Region
from osnowa.ui.forms import refusals, status_of


def to_meeting(it: Meeting, page: str = "meeting") -> HttpResponse:
    """On to a page of the meeting."""
    return redirect(f"meetings:{page}", region=it.region.slug, slug=it.slug)


@door(access.may_lead, find=access.find_region)
def new(request: HttpRequest, region: Region) -> HttpResponse:
    """Plan one meeting; `?series=` begins it in a series."""
    series = Series.objects.filter(region=region, slug=request.GET.get("series", "")).first()
    form = MeetingForm(request.POST or None, region=region, series=series)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            made: Meeting = actions.plan_meeting(by=request.user, region=region, values=form.values)
            messages.success(request, _("The meeting is planned. Announce it when it may be seen."))
            return to_meeting(made)
    return render(request, "meetings/edit.html", {"region": region, "form": form}, status=status_of(form))


@door(access.may_lead, find=access.find_meeting)
def edit(request: HttpRequest, it: Meeting) -> HttpResponse:
    """Change a meeting; guests hear of another time or place."""
    form = MeetingForm(request.POST or None, region=it.region, meeting=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_meeting(by=request.user, meeting=it, values=form.values, seen=form.cleaned_data["seen"])
            messages.success(request, _("Saved."))
            return to_meeting(it)
    return render(request, "meetings/edit.html", {"region": it.region, "meeting": it, "form": form}, status=status_of(form))


def _stage(deed: Callable[..., Any], said: Callable[[], str]) -> Callable[..., Any]:
    @require_POST
    @door(access.may_lead, find=access.find_meeting)
    def view(request: HttpRequest, it: Meeting) -> HttpResponse:
        deed(by=request.user, meeting=it)
        messages.success(request, said())
        return to_meeting(it)

    return view


announce = _stage(actions.announce, lambda: _("The meeting is announced. One can register now."))
hold = _stage(actions.hold, lambda: _("Noted: the meeting was held."))


@door(access.may_lead, find=access.find_meeting)
def cancel(request: HttpRequest, it: Meeting) -> HttpResponse:
    """Cancel a meeting, once it is clear who will be told."""
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.cancel(by=request.user, meeting=it, reason=form.cleaned_data["reason"])
            messages.success(request, _("The meeting is cancelled. Everybody who has an address is told."))
            return to_meeting(it)
    guests = it.participations.exclude(state="declined").exclude(email="").count()
    context = {"region": it.region, "meeting": it, "form": form, "guests": guests, "places": places_of(it)}
    return render(request, "meetings/cancel.html", context, status=status_of(form))
