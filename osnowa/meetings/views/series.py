"""Series: how far they are, and planning all meetings of one at once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osnowa.kit.doors import door, public
from osnowa.meetings import access
from osnowa.meetings.actions import meetings as actions
from osnowa.meetings.forms.series import RhythmForm, SeriesForm
from osnowa.meetings.models import Series
from osnowa.meetings.queries.attendance import attendance_of
from osnowa.meetings.queries.meetings import counted
from osnowa.meetings.queries.series import progress
from osnowa.places.models import Region
from osnowa.ui.forms import refusals, status_of


def _to(it: Series) -> HttpResponse:
    return redirect("meetings:series", region=it.region.slug, slug=it.slug)


@public(find=access.find_series)
def series(request: HttpRequest, it: Series) -> HttpResponse:
    """How far it is, its meetings, and for who leads who was there."""
    leads = access.may_lead(request.user, it)
    meetings = list(counted(access.visible(request.user, it.region).filter(series=it)).order_by("starts_at", "pk"))
    rows = progress(it, it.meetings.all())
    context = {"region": it.region, "series": it, "meetings": meetings, "rows": rows, "may_lead": leads, "found": attendance_of(meetings) if leads else None}
    return render(request, "meetings/series.html", context)


@door(access.may_lead, find=access.find_region)
def new_series(request: HttpRequest, region: Region) -> HttpResponse:
    """Plan a series."""
    form = SeriesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            made: Series = actions.plan_series(by=request.user, region=region, values=form.values)
            messages.success(request, _("The series is planned."))
            return _to(made)
    return render(request, "meetings/series_edit.html", {"region": region, "form": form}, status=status_of(form))


@door(access.may_lead, find=access.find_series)
def edit_series(request: HttpRequest, it: Series) -> HttpResponse:
    """Change what is planned."""
    form = SeriesForm(request.POST or None, series=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_series(by=request.user, series=it, values=form.values)
            messages.success(request, _("Saved."))
            return _to(it)
    return render(request, "meetings/series_edit.html", {"region": it.region, "series": it, "form": form}, status=status_of(form))


@door(access.may_lead, find=access.find_series)
def fill_series(request: HttpRequest, it: Series) -> HttpResponse:
    """Plan all meetings of a kind at once."""
    form = RhythmForm(request.POST or None, region=it.region, progress=progress(it, it.meetings.all()))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            made = actions.fill_series(by=request.user, series=it, **form.values)
            messages.success(request, ngettext("%(n)s meeting is planned.", "%(n)s meetings are planned.", len(made)) % {"n": len(made)})
            return _to(it)
    return render(request, "meetings/series_fill.html", {"region": it.region, "series": it, "form": form}, status=status_of(form))
