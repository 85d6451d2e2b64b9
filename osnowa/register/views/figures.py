"""Yearly figures of an organisation: their history, adding a day, mending or removing one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osnowa.kit.doors import door
from osnowa.register import access, actions
from osnowa.register.forms.figures import FiguresForm
from osnowa.register.models import Organisation, YearlyFigures
from osnowa.register.queries.figures import shown_figures
from osnowa.register.views.organisations import source_of
from osnowa.ui.forms import status_of


def _saved(request: HttpRequest, form: FiguresForm) -> bool:
    """Saves what was typed if it holds; the source is who typed it."""
    if request.method != "POST" or not form.is_valid():
        return False
    row: YearlyFigures = form.instance
    row.source = source_of(request.user, form.organisation)
    actions.save_part(by=request.user, organisation=form.organisation, row=row, source=row.source)
    messages.success(request, _("The figures of %(day)s are saved.") % {"day": date_format(row.as_of_on, "DATE_FORMAT")})
    return True


def _back(organisation: Organisation) -> HttpResponse:
    return redirect("register:figures", region=organisation.region.slug, slug=organisation.slug)


def _context(organisation: Organisation, form: FiguresForm) -> dict[str, Any]:
    return {"region": organisation.region, "organisation": organisation, "form": form}


@door(access.may_edit, find=access.find_organisation)
def figures(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    rows = list(organisation.figures.all())
    form = FiguresForm(request.POST or None, organisation=organisation, previous=rows[0] if rows else None)
    if _saved(request, form):
        return _back(organisation)
    shown = shown_figures(rows, may_edit=True, currency=organisation.region.currency)
    return render(request, "register/figures.html", _context(organisation, form) | {"rows": shown}, status=status_of(form))


@door(access.may_edit_row, find=access.find_figures)
def figures_row(request: HttpRequest, row: YearlyFigures) -> HttpResponse:
    organisation = row.organisation
    if request.method == "POST" and request.POST.get("deed") == "remove":
        actions.remove_part(by=request.user, organisation=organisation, row=row)
        messages.success(request, _("Removed. The history keeps it, and can bring it back."))
        return _back(organisation)
    previous = organisation.figures.filter(as_of_on__lt=row.as_of_on).first()
    form = FiguresForm(request.POST or None, instance=row, organisation=organisation, previous=previous)
    if _saved(request, form):
        return _back(organisation)
    return render(request, "register/figures_row.html", _context(organisation, form), status=status_of(form))
