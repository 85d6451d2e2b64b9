"""The documents of a region, a new one, and its title."""

from typing import Any

from django.contrib import messages
from django.db.models import Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from osnowa.kit.doors import door, public
from osnowa.places.models import Region
from osnowa.reports import access, actions
from osnowa.reports.forms import BeginForm, ChangeForm
from osnowa.reports.models import Report
from osnowa.reports.queries.composing import title_of
from osnowa.reports.queries.kinds import KINDS, kind_of
from osnowa.ui.forms import refusals, status_of


@require_safe
@public(find=access.find_region)
def reports(request: HttpRequest, region: Region) -> HttpResponse:
    """The documents, those being written first for who writes; the newest edition of each."""
    may_read = access.may_read_drafts(request.user, region)
    newest = Max("editions__number") if may_read else Max("editions__number", filter=Q(editions__is_public=True))
    rows = access.visible(request.user, region).select_related("cluster", "meeting").annotate(newest=newest)
    language = (get_language() or "en")[:2]
    shown = [(it, title_of(it, language), kind_of(it).name) for it in rows.order_by("-made_at", "-pk")]
    context = {"region": region, "rows": shown, "kinds": KINDS.values(), "may_write": access.may_write(request.user, region), "may_read": may_read}
    return render(request, "reports/reports.html", context)


@door(access.may_write, find=access.find_region)
def new(request: HttpRequest, region: Region) -> HttpResponse:
    """Begins a document; without a kind in the address the kinds are shown to choose from."""
    kind = KINDS.get(request.GET.get("kind", ""))
    context: dict[str, Any] = {"region": region, "kind": kind, "kinds": KINDS.values()}
    if kind is None:
        return render(request, "reports/new.html", context)
    initial = {name: request.GET.get(name) for name in ("meeting", "cluster") if request.GET.get(name)}
    form = BeginForm(request.POST or None, region=region, person=request.user, kind=kind, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            made = actions.begin_report(by=request.user, region=region, values=form.values)
            return redirect("reports:report", region=region.slug, slug=made.slug)
    return render(request, "reports/new.html", context | {"form": form}, status=status_of(form))


@door(access.may_write, find=access.find_report)
def settings(request: HttpRequest, report: Report) -> HttpResponse:
    """Titles in every language, and the day the document is due."""
    form = ChangeForm(request.POST or None, report=report)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_report(by=request.user, report=report, values=form.values)
            messages.success(request, _("Saved."))
            return redirect("reports:report", region=report.region.slug, slug=report.slug)
    return render(request, "reports/settings.html", {"region": report.region, "report": report, "form": form}, status=status_of(form))


@require_POST
@door(access.may_write, find=access.find_report)
def shelve(request: HttpRequest, report: Report) -> HttpResponse:
    """Puts a document aside, or takes it up again."""
    actions.shelve_report(by=request.user, report=report, is_shelved=request.POST.get("aside") == "1")
    return redirect("reports:report", region=report.region.slug, slug=report.slug)
