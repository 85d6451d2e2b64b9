"""The imports of a region, the file to fill in, and how a list or its mended rows come in."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from osnowa.imports import access, actions
from osnowa.imports.forms.arrival import ArrivalForm
from osnowa.imports.models import Import, Source
from osnowa.imports.queries import mend_sheet
from osnowa.imports.queries.example import example
from osnowa.imports.views.pages import show
from osnowa.kit import sheets
from osnowa.kit.attachments import attached
from osnowa.kit.doors import door
from osnowa.kit.errors import Refused
from osnowa.kit.uploads import disk_was_full
from osnowa.people.models import Person
from osnowa.places.access import find_region
from osnowa.places.models import Region
from osnowa.ui.forms import refusals, status_of

_PAGE = 20


@door(access.may_import, find=find_region)
def imports(request: HttpRequest, region: Region) -> HttpResponse:
    """Takes a list in; shows those that came before."""
    dropped = disk_was_full(request)
    form = ArrivalForm(request.POST or None, request.FILES or None, was_dropped=dropped, initial={"source_name": request.GET.get("list", "")})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            return redirect(take(request, form, region=region, source_name=form.cleaned_data["source_name"]).url)
    arrived = Import.objects.filter(region=region).select_related("source", "by", "job")
    page = Paginator(arrived, _PAGE).get_page(request.GET.get("page"))
    for it in page.object_list:
        it.region = region
    known = list(Source.objects.filter(region=region).values_list("name", flat=True))
    context = {"region": region, "form": form, "page": page, "known": known}
    return render(request, "imports/imports.html", context, status=status_of(form))


def take(request: HttpRequest, form: ArrivalForm, **words: Any) -> Import:
    """Hands over what the form brought: a file, or the text of a paste."""
    assert isinstance(request.user, Person)
    file, text = form.cleaned_data["file"], form.cleaned_data["text"]
    taken: Import = (
        actions.take_file(by=request.user, file_name=file.name, chunks=file.chunks(), **words)
        if file
        else actions.take_text(by=request.user, text=text, **words)
    )
    return taken


@door(access.may_work_on, find=access.find_import)
def mend(request: HttpRequest, it: Import) -> HttpResponse:
    """Gives the rows that wait as a spreadsheet to mend; takes it back by POST."""
    if request.method == "POST":
        form = ArrivalForm(request.POST, request.FILES, mends=it, was_dropped=disk_was_full(request))
        if form.is_valid():
            with refusals(form):
                return redirect(take(request, form, region=it.region, source_name=it.source.name, mends=it).url)
        return show(request, it, form=form)
    which = "undecided" if request.GET.get("which") == "undecided" else "errors"
    headings, rows = mend_sheet(it, which)
    if not rows:
        raise Refused(_("No row waits here, or what the rows said is no longer kept."))
    return _workbook(f"osnowa-{it.region.slug}-import-{it.pk}-{which}.xlsx", str(_("Rows to mend")), headings, rows)


@require_GET
@door(access.may_import, find=find_region)
def template(request: HttpRequest, region: Region) -> HttpResponse:
    """A spreadsheet with the main headings in the reader's language and one invented row."""
    headings, row = example(region)
    return _workbook(f"osnowa-{region.slug}.xlsx", str(_("Organisations")), headings, [row])


def _workbook(name: str, sheet: str, headings: list[str], rows: list[list[Any]]) -> HttpResponse:
    return attached(sheets.as_xlsx({sheet: (headings, rows)}), name, sheets.CONTENT_TYPES["xlsx"])
