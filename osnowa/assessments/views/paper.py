"""Sheets of paper: the form to print, and answers by keyboard, a digit an answer, Enter for the next sheet."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from osnowa.assessments import access, actions
from osnowa.assessments.models import Respondent, Round
from osnowa.assessments.queries.asking import questions
from osnowa.assessments.queries.instruments import definition_in
from osnowa.assessments.queries.papers import form_of
from osnowa.kit.attachments import attached
from osnowa.kit.doors import door
from osnowa.kit.errors import Refused
from osnowa.kit.letterpress import CONTENT_TYPES
from osnowa.register.codes import SECTORS


@require_GET
@door(access.may_lead, find=access.find_round)
def form(request: HttpRequest, round_: Round) -> HttpResponse:
    """The sheet to print, in the language of the page."""
    return attached(form_of(round_), f"{round_.slug}-{request.LANGUAGE_CODE}.pdf", CONTENT_TYPES["pdf"])


@door(access.may_lead, find=access.find_round)
def enter(request: HttpRequest, round_: Round) -> HttpResponse:
    """Takes a sheet; the script of the page asks for words instead of a page. What is wrong is told and nothing of the sheet is kept."""
    wants_words = "application/json" in request.headers.get("Accept", "")
    if request.method != "POST":
        return _page(request, round_)
    try:
        said = _("Sheet %(number)s is saved.") % {"number": _kept(request, round_).number}
    except Refused as no:
        return JsonResponse({"wrong": no.message}, status=422) if wants_words else _page(request, round_, no.message)
    if wants_words:
        return JsonResponse({"said": said})
    messages.success(request, said)
    return redirect(reverse("assessments:paper", args=[round_.region.slug, round_.slug]) + ("?all" if "all" in request.GET else ""))


def _page(request: HttpRequest, round_: Round, wrong: str = "") -> HttpResponse:
    """A row an item; `?all` asks for importance and target too."""
    definition = definition_in(round_.instrument)
    rows = [(one, *(request.POST.get(f"{one.item.code}{part}", "") for part in ("", " importance", " target"))) for one in questions(definition, None)]
    context: dict[str, Any] = {
        "region": round_.region, "round": round_, "it": definition, "with_all": "all" in request.GET, "wrong": wrong, "said": request.POST, "rows": rows,
        "sectors": list(enumerate(SECTORS, start=1)), "sheets": Respondent.objects.filter(round=round_, via=Respondent.Via.PAPER).count(),
    }  # fmt: skip
    return render(request, "assessments/paper.html", context, status=422 if wrong else 200)


def _kept(request: HttpRequest, round_: Round) -> Respondent:
    """The sheet as a respondent; 0 and an empty field mean no answer."""
    said: dict[str, dict[str, Any]] = {}
    for item in definition_in(round_.instrument).items.values():
        value: Any = _word(request, item.code)
        if item.choices:
            value = _choices([choice.code for choice in item.choices], value, item.code)
            value = value if item.kind == "several" else "".join(value[:1])
        said[item.code] = {"value": value, "importance": _word(request, f"{item.code} importance"), "target": _word(request, f"{item.code} target")}
    kept: Respondent = actions.enter_sheet(by=request.user, round_=round_, sector=_sector(request), said=said, language=request.LANGUAGE_CODE)
    return kept


def _word(request: HttpRequest, name: str) -> str:
    word = request.POST.get(name, "").strip()
    return "" if word in ("0", "-") else word


def _choices(codes: list[str], typed: str, item: str) -> list[str]:
    """Answers by their numbers, as they stand on the sheet: 1, 3."""
    found = []
    for part in typed.replace(",", " ").split():
        if not part.isdecimal() or not 1 <= int(part) <= len(codes):
            raise Refused(_("%(item)s: “%(text)s” is none of the numbers 1 to %(most)s.") % {"item": item, "text": part, "most": len(codes)})
        found.append(codes[int(part) - 1])
    return found


def _sector(request: HttpRequest) -> str:
    codes, typed = list(SECTORS.rows), request.POST.get("sector", "").strip()
    if typed in ("", "0"):
        return ""
    if not typed.isdecimal() or not 1 <= int(typed) <= len(codes):
        raise Refused(_("Sector: write its number, 1 to %(most)s.") % {"most": len(codes)})
    return codes[int(typed) - 1]
