"""Files of an agreement to take along: its text, its signature register, an empty sheet."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from osnowa.agreements import access
from osnowa.agreements.models import Agreement
from osnowa.agreements.queries import papers, texts
from osnowa.kit import sheets
from osnowa.kit.attachments import attached
from osnowa.kit.doors import public
from osnowa.kit.letterpress import CONTENT_TYPES, as_docx, as_pdf
from osnowa.places.access import Anyone


def _with_form(person: Anyone, region: str, slug: str, form: str) -> tuple[Agreement, str]:
    return access.find_agreement(person, region, slug), form


def _frozen(person: Anyone, region: str, slug: str, **more: Any) -> Agreement:
    it = access.find_agreement(person, region, slug)
    if it.state == Agreement.State.DRAFT:
        raise Http404
    return it


@require_GET
@public(find=_with_form)
def text_file(request: HttpRequest, wanted: tuple[Agreement, str]) -> HttpResponse:
    """The text in a language: PDF, DOCX, or the JSON whose sha256 is the hash."""
    it, form = wanted
    text = texts.newest(it)
    language = texts.language_for(it, text, request.GET.get("text", ""))
    name = f"{it.slug}-{language}.{form}"
    if text is None or form not in ("pdf", "docx", "json"):
        raise Http404
    if form == "json":
        return attached(texts.canonical(it, text), f"{it.slug}.json", "application/json")
    whole = papers.text_pdf(it, text, language) if form == "pdf" else as_docx(papers.text_document(it, text, language))
    return attached(whole, name, CONTENT_TYPES[form])


@require_GET
@public(find=lambda person, region, slug, form: (_frozen(person, region, slug), form))
def register_file(request: HttpRequest, wanted: tuple[Agreement, str]) -> HttpResponse:
    """The signature register: PDF, XLSX, CSV; `?names=1` names who signed, for who keeps the agreement."""
    it, form = wanted
    with_names = request.GET.get("names") == "1" and access.may_keep(request.user, it)
    language = (get_language() or "en")[:2]
    name = f"{it.slug}-register.{form}"
    match form:
        case "pdf":
            return attached(as_pdf(papers.register_document(it, language, with_names)), name, CONTENT_TYPES["pdf"])
        case "xlsx":
            return attached(sheets.as_xlsx(papers.register_sheets(it, with_names)), name, sheets.CONTENT_TYPES["xlsx"])
        case "csv":
            return attached(sheets.as_csv(*papers.register_rows(it, with_names)), name, sheets.CONTENT_TYPES["csv"])
    raise Http404


@require_GET
@public(find=_frozen)
def sheet(request: HttpRequest, it: Agreement) -> HttpResponse:
    """An empty signature sheet in the language of the page."""
    return attached(papers.sheet(it), f"{it.slug}-sheet.pdf", CONTENT_TYPES["pdf"])
