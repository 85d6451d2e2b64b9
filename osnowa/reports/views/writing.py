"""One document: its sections, the facts beside the text, its versions, the whole as a page."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings as house
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from osnowa.journal.models import Job
from osnowa.kit.doors import door, public
from osnowa.reports import access, actions
from osnowa.reports.forms import SectionForm
from osnowa.reports.models import Report
from osnowa.reports.queries.composing import document, title_of
from osnowa.reports.queries.kinds import Place, kind_of
from osnowa.reports.queries.subject import Subject
from osnowa.reports.queries.writing import newest_text, newest_texts, versions
from osnowa.ui.forms import refusals, status_of


@dataclass(frozen=True)
class Part:
    """A section of a document."""

    report: Report
    place: Place


def find_part(person: Any, region: str, slug: str, key: str) -> Part:
    """The section at an address; 404 where the kind has none of the name."""
    report = access.find_report(person, region, slug)
    place = kind_of(report).place(key)
    if place is None:
        raise Http404
    return Part(report, place)


def may_read_part(person: Any, part: Part) -> bool:
    """Who reads drafts reads sections."""
    return access.may_read_drafts(person, part.report)


def reader_language() -> str:
    """The language of the page."""
    return (get_language() or "en")[:2]


def chosen_language(request: HttpRequest) -> str:
    """The language of the text that is written: the one asked for, else that of the page."""
    known = dict(house.LANGUAGES)
    asked = request.GET.get("language", "")
    return asked if asked in known else reader_language()


@require_safe
@public(find=access.find_report)
def report(request: HttpRequest, it: Report) -> HttpResponse:
    """What a document is, its editions, and for who may read drafts its sections."""
    may_read = access.may_read_drafts(request.user, it)
    editions = it.editions.select_related("frozen_by").defer("texts")
    context: dict[str, Any] = {
        "region": it.region, "report": it, "kind": kind_of(it), "title": title_of(it, reader_language()), "may_read": may_read,
        "may_write": access.may_write(request.user, it), "editions": editions if may_read else editions.filter(is_public=True),
    }  # fmt: skip
    if may_read:
        context |= {"rows": _rows(it), "languages": [name for _code, name in house.LANGUAGES], "job": _job(it)}
    return render(request, "reports/report.html", context)


def _rows(it: Report) -> list[dict[str, Any]]:
    """Every section with who wrote it last in each language."""
    texts = newest_texts(it)
    rows = []
    for place in kind_of(it).places:
        written = [(code, found if (found := texts.get((place.key, code))) and found.text else None) for code, _name in house.LANGUAGES]
        rows.append({"place": place, "written": written, "is_empty": not any(found for _code, found in written)})
    return rows


def _job(it: Report) -> Job | None:
    """Freezing that is under way."""
    return Job.objects.filter(kind=actions.FREEZE, words__report=it.pk, state__in=(Job.State.QUEUED, Job.State.RUNNING)).first()


@door(may_read_part, find=find_part)
def section(request: HttpRequest, part: Part) -> HttpResponse:
    """A section: what people wrote and write, beside the facts the house knows."""
    it, place, language = part.report, part.place, chosen_language(request)
    found, may_write = newest_text(it, place.key, language), access.may_write(request.user, it)
    form = SectionForm(request.POST or None, initial={"text": found.text if found else ""}, guidance=str(place.guidance)) if may_write else None
    if request.method == "POST" and form is None:
        raise PermissionDenied
    if form and request.method == "POST" and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("text", "note")}
        with refusals(form):
            actions.write_section(by=request.user, report=it, key=place.key, language=language, seen=_seen(request), **words)
            messages.success(request, _("Saved."))
            return redirect(f"{request.path}?language={language}")
    is_conflict = bool(form and form.errors and found and found.number != _seen(request))
    context = {"form": form, "found": found, "facts": place.facts(Subject(it)), "is_conflict": is_conflict}
    return render(request, "reports/section.html", _frame(it, place, language) | context, status=status_of(form) if form else 200)


def _seen(request: HttpRequest) -> int:
    """The version whose text the writer had before her; nothing counts as version 0."""
    said = request.POST.get("seen", "")
    return int(said) if said.isdecimal() and len(said) < 6 else 0


def _frame(it: Report, place: Place, language: str) -> dict[str, Any]:
    """What the pages of a section share."""
    places = kind_of(it).places
    at = places.index(place)
    return {
        "region": it.region, "report": it, "title": title_of(it, reader_language()), "place": place, "language": language,
        "languages": house.LANGUAGES, "before": places[at - 1] if at else None,
        "after": places[at + 1] if at + 1 < len(places) else None,
    }  # fmt: skip


@require_safe
@door(may_read_part, find=find_part)
def history(request: HttpRequest, part: Part) -> HttpResponse:
    """The versions of a section in a language, each with the words it changed."""
    language = chosen_language(request)
    context = {"versions": versions(part.report, part.place.key, language)}
    return render(request, "reports/history.html", _frame(part.report, part.place, language) | context)


@require_safe
@door(access.may_read_drafts, find=access.find_report)
def preview(request: HttpRequest, it: Report) -> HttpResponse:
    """The whole as it would be frozen now, in the language of the page."""
    made = document(it, reader_language())
    return render(request, "reports/preview.html", {"region": it.region, "report": it, "title": made.title, "document": made})
