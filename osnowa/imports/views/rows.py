"""Deciding about possible duplicates, one by one or all at once."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osnowa.imports import access, actions
from osnowa.imports.models import Import, Row
from osnowa.imports.queries import pages as queries
from osnowa.kit.doors import door
from osnowa.kit.errors import Refused


def find_row(person: Any, region: str, number: int, row: int) -> Row:
    """One row of an import; 404 where there is none."""
    it = access.find_import(person, region, number)
    found = Row.objects.filter(of=it, number=row).first()
    if found is None:
        raise Http404
    found.of = it
    return found


def _may_decide(person: Any, row: Row) -> bool:
    return access.may_work_on(person, row.of)


@require_POST
@door(_may_decide, find=find_row)
def row(request: HttpRequest, it: Row) -> HttpResponse:
    """Keeps what was decided about one row; htmx gets the row and what stands above the list anew."""
    try:
        actions.decide_rows(by=request.user, it=it.of, decision=_decision(request), rows=[it.number])
    except Refused as refused:
        if not request.headers.get("HX-Request"):
            raise
        messages.error(request, refused.message)
        return HttpResponse(headers={"HX-Redirect": it.of.url})
    if not request.headers.get("HX-Request"):
        return redirect(f"{_back(request, it.of)}#row-{it.number}")
    decided = Row.objects.get(pk=it.pk)
    decided.of = it.of
    words = {
        "region": it.of.region, "it": it.of, "line": queries.lines(it.of, [decided])[0], "tally": queries.tally(it.of), "tabs": queries.tabs(it.of),
        "tab": {"word": "duplicates"}, "query": request.POST.get("back", ""),
    }  # fmt: skip
    return render(request, "imports/decided.html", words)


@require_POST
@door(access.may_work_on, find=access.find_import)
def decide(request: HttpRequest, it: Import) -> HttpResponse:
    """Decides about every possible duplicate that is still open."""
    actions.decide_rows(by=request.user, it=it, decision=_decision(request))
    messages.success(request, _("Decided. You can still change single rows below."))
    return redirect(_back(request, it))


def _decision(request: HttpRequest) -> str:
    decision = request.POST.get("decision", "")
    if decision not in Row.Decision.values:
        raise Refused(_("There is no such decision."))
    return decision


def _back(request: HttpRequest, it: Import) -> str:
    """The page of the import with the tab and page the reader had open."""
    query = QueryDict(request.POST.get("back", "")).urlencode()
    return f"{it.url}?{query}" if query else it.url
