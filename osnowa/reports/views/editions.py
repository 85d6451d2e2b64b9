"""Editions of a document: freezing, one as a page and as files, publishing, and two side by side."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from osnowa.kit.attachments import attached
from osnowa.kit.doors import door, public
from osnowa.kit.letterpress import CONTENT_TYPES
from osnowa.kit.sheets import CONTENT_TYPES as SHEET_TYPES
from osnowa.reports import access, actions
from osnowa.reports.models import Edition, Report
from osnowa.reports.queries import editions
from osnowa.reports.queries.composing import empty_places, title_of
from osnowa.reports.views.writing import reader_language


@require_POST
@door(access.may_write, find=access.find_report)
def freeze(request: HttpRequest, report: Report) -> HttpResponse:
    """Starts freezing; the page of the work shows how far it is. Empty sections are named first, and frozen as they are for who says so."""
    empty = [] if request.POST.get("as_it_is") else empty_places(report)
    if empty:
        context = {"region": report.region, "report": report, "title": title_of(report, reader_language()), "empty": empty}
        return render(request, "reports/freeze.html", context, status=422)
    job = actions.start_freezing(by=request.user, report=report)
    return redirect("journal:job", job=job.pk)


@require_safe
@public(find=access.find_edition)
def edition(request: HttpRequest, it: Edition) -> HttpResponse:
    """An edition as it was frozen, with its hash, its snapshot and its sources."""
    document = editions.document_of(it, reader_language())
    context: dict[str, Any] = {
        "region": it.report.region, "report": it.report, "edition": it, "document": document, "title": document.title, "forms": editions.FORMS,
        "is_whole": editions.is_whole(it), "tells_of_money": editions.tells_of_money(it), "may_write": access.may_write(request.user, it.report),
        "others": access.editions_of(request.user, it.report).exclude(pk=it.pk).values_list("number", flat=True),
    }  # fmt: skip
    return render(request, "reports/edition.html", context)


@require_safe
@public(find=access.find_edition_file)
def edition_file(request: HttpRequest, wanted: tuple[Edition, str]) -> HttpResponse:
    """An edition in the language of the page as PDF, DOCX or XLSX."""
    it, form = wanted
    name = f"{it.report.slug}-{it.number}-{reader_language()}.{form}"
    return attached(editions.as_file(it, reader_language(), form), name, (CONTENT_TYPES | SHEET_TYPES)[form])


@require_POST
@door(access.may_publish, find=access.find_edition)
def publish(request: HttpRequest, it: Edition) -> HttpResponse:
    """Makes an edition public, or takes it back for a reason."""
    if request.POST.get("back") == "1":
        actions.withdraw_edition(by=request.user, edition=it, reason=request.POST.get("reason", ""))
        messages.success(request, _("The edition is no longer public."))
    else:
        actions.publish_edition(by=request.user, edition=it)
        messages.success(request, _("Edition %(number)s is public.") % {"number": it.number})
    return redirect("reports:edition", region=it.report.region.slug, slug=it.report.slug, number=it.number)


@require_safe
@public(find=access.find_report)
def compare(request: HttpRequest, report: Report) -> HttpResponse:
    """What changed from an edition to a later one; the last two where nobody chose."""
    known = list(access.editions_of(request.user, report).order_by("number").values_list("number", flat=True))
    if not known:
        raise Http404
    after = _chosen(request, "to", known, known[-1])
    before, after = sorted((_chosen(request, "from", known, max((one for one in known if one < after), default=known[0])), after))
    found = {one.number: one for one in access.editions_of(request.user, report).filter(number__in=(before, after))}
    context = {
        "region": report.region, "report": report, "title": title_of(report, reader_language()), "known": known, "before": found[before], "after": found[after],
        "sides": (found[before], found[after]),
        "found": editions.compare(found[before], found[after], reader_language()) if before != after else None,
    }  # fmt: skip
    return render(request, "reports/compare.html", context)


def _chosen(request: HttpRequest, name: str, known: list[int], otherwise: int) -> int:
    said = request.GET.get(name, "")
    return int(said) if said.isdecimal() and len(said) < 6 and int(said) in known else otherwise
