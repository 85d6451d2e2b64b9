"""Instruments: the list, one of them, its editor, files out and in."""

import tempfile
from itertools import groupby
from pathlib import Path
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from osnowa.assessments import access, actions
from osnowa.assessments.access import Here
from osnowa.assessments.forms.instruments import DimensionForm, HeadForm, ImportForm, NewDimensionForm
from osnowa.assessments.models import Instrument
from osnowa.assessments.queries import exchange
from osnowa.assessments.queries.instruments import Definition, Unfit, definition_in, moved, without
from osnowa.kit.attachments import attached
from osnowa.kit.doors import door, public
from osnowa.kit.errors import Refused
from osnowa.kit.sheets import CONTENT_TYPES
from osnowa.places.models import Region
from osnowa.ui.forms import refusals, status_of


@require_safe
@public(find=access.find_region)
def instruments(request: HttpRequest, region: Region) -> HttpResponse:
    """The instruments that can be used here, the newest version of each first."""
    rows = access.instruments(region).order_by("code", "-made_at", "-pk")
    many = [[(one, definition_in(one)) for one in versions] for _code, versions in groupby(rows, key=lambda one: one.code)]
    context = {"region": region, "many": many, "may_lead": access.may_lead(request.user, region)}
    return render(request, "assessments/instruments.html", context)


@require_safe
@public(find=access.find_instrument)
def instrument(request: HttpRequest, here: Here) -> HttpResponse:
    """What one instrument asks: questions, levels, where it comes from."""
    context = {
        "region": here.region, "instrument": here.instrument, "it": definition_in(here.instrument), "may_lead": access.may_lead(request.user, here.region),
        "is_used": here.instrument.rounds.exists(),
    }  # fmt: skip
    return render(request, "assessments/instrument.html", context)


@require_safe
@public(find=access.find_file)
def instrument_file(request: HttpRequest, found: tuple[Instrument, str]) -> HttpResponse:
    """An instrument to take along."""
    it, form = found
    definition = definition_in(it)
    content = exchange.as_json(definition) if form == "json" else exchange.as_workbook(definition)
    return attached(content, f"{it.code}-{it.version}.{form}", CONTENT_TYPES.get(form, "application/json"))


@door(access.may_edit, find=access.find_instrument)
def edit(request: HttpRequest, here: Here) -> HttpResponse:
    """The head of an instrument, and the way to its dimensions."""
    definition = definition_in(here.instrument)
    form = HeadForm(request.POST or None, definition=definition)
    if request.method == "POST" and form.is_valid() and (kept := _saved(request, here, form, form.changed(definition))):
        return redirect("assessments:edit", region=here.region.slug, instrument=kept.pk)
    context = {"region": here.region, "instrument": here.instrument, "it": definition, "form": form, "makes_next": _makes_next(here)}
    return render(request, "assessments/edit.html", context, status=status_of(form))


@door(access.may_edit, find=access.find_instrument)
def edit_dimension(request: HttpRequest, here: Here) -> HttpResponse:
    """One dimension of an instrument."""
    definition = definition_in(here.instrument)
    dimension = definition.dimension(here.code)
    assert dimension
    form = DimensionForm(request.POST or None, definition=definition, dimension=dimension)
    if request.method == "POST" and form.is_valid() and (kept := _saved(request, here, form, form.changed(definition))):
        return redirect("assessments:edit", region=here.region.slug, instrument=kept.pk)
    context = {"region": here.region, "instrument": here.instrument, "it": definition, "dimension": dimension, "form": form, "makes_next": _makes_next(here)}
    return render(request, "assessments/edit_dimension.html", context, status=status_of(form))


@door(access.may_edit, find=access.find_instrument)
def add_dimension(request: HttpRequest, here: Here) -> HttpResponse:
    """One more dimension, at the end."""
    definition = definition_in(here.instrument)
    form = NewDimensionForm(request.POST or None, definition=definition)
    if request.method == "POST" and form.is_valid() and (kept := _saved(request, here, form, form.changed(definition))):
        return redirect("assessments:edit", region=here.region.slug, instrument=kept.pk)
    context = {"region": here.region, "instrument": here.instrument, "it": definition, "form": form, "makes_next": _makes_next(here)}
    return render(request, "assessments/edit_dimension.html", context, status=status_of(form))


@require_POST
@door(access.may_edit, find=access.find_instrument)
def arrange(request: HttpRequest, here: Here) -> HttpResponse:
    """Moves a dimension to another place, or takes it away; a version that was used stays as it is and gets a next one."""
    definition, code, to = definition_in(here.instrument), request.POST.get("code", ""), request.POST.get("to", "")
    if definition.dimension(code) is None:
        raise Refused(_("This dimension is not there any more. Please look again."))
    if "remove" not in request.POST and not to.isdecimal():
        return redirect("assessments:edit", region=here.region.slug, instrument=here.instrument.pk)
    if "remove" in request.POST and len(definition.dimensions) == 1:
        raise Refused(_("The last dimension stays: an instrument asks something. Add another one first."))
    changed = without(definition, code) if "remove" in request.POST else moved(definition, code, int(to[:4]))
    kept: Instrument = actions.save_definition(by=request.user, region=here.region, instrument=here.instrument, definition=changed)
    messages.success(request, _("Saved as version %(version)s.") % {"version": kept.version})
    return redirect("assessments:edit", region=here.region.slug, instrument=kept.pk)


def _makes_next(here: Here) -> bool:
    return here.instrument.region_id != here.region.pk or here.instrument.rounds.exists()


def _saved(request: HttpRequest, here: Here, form: Any, changed: Definition) -> Instrument | None:
    """The version that was kept; None where the form says why not."""
    try:
        kept: Instrument = actions.save_definition(by=request.user, region=here.region, instrument=here.instrument, definition=changed)
    except Unfit as unfit:
        for problem in unfit.problems:
            form.add_error(None, problem)
        return None
    messages.success(request, _("Saved as version %(version)s.") % {"version": kept.version})
    return kept


@door(access.may_lead, find=access.find_region)
def importing(request: HttpRequest, region: Region) -> HttpResponse:
    """Takes in a file; what is wrong with it is said with its place, and nothing is kept then."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form, "file"):
            try:
                made = actions.import_instrument(by=request.user, region=region, definition=_read(form.cleaned_data["file"]))
            except Unfit as unfit:
                raise Refused("\n".join(unfit.problems[:30])) from unfit
            messages.success(request, _("%(instrument)s is there.") % {"instrument": made})
            return redirect("assessments:instrument", region=region.slug, instrument=made.pk)
    return render(request, "assessments/import.html", {"region": region, "form": form}, status=status_of(form))


def _read(file: UploadedFile[bytes]) -> Definition:
    name = str(file.name)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"instrument{Path(name).suffix.lower()[:6]}"
        with path.open("wb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
        return exchange.read(path, name)
