"""Answering by a link: no account, one dimension at a time, kept as one goes, open to come back to."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from osnowa.assessments import access
from osnowa.assessments.actions import answers
from osnowa.assessments.forms.rounds import BeginForm
from osnowa.assessments.models import Respondent, Round
from osnowa.assessments.queries.asking import Question, questions
from osnowa.assessments.queries.instruments import definition_in
from osnowa.kit.doors import public
from osnowa.kit.errors import Refused
from osnowa.kit.limits import not_more_than
from osnowa.kit.tongues import preferred
from osnowa.ui.forms import refusals, status_of

_KEPT_SECONDS = 60 * 60 * 24 * 180
#: A room of people, or an office, comes from one network address.
_MOST_AN_HOUR = 600


def _cookie(round_: Round) -> str:
    return f"respondent-{round_.pk}"


def respondent_of(request: HttpRequest, round_: Round) -> Respondent | None:
    """The respondent whose browser this is."""
    key = request.get_signed_cookie(_cookie(round_), default="", salt="osnowa.respondent")
    return Respondent.objects.filter(round=round_, key=key).first() if key else None


@require_safe
@public(find=access.find_by_token)
def short(request: HttpRequest, round_: Round) -> HttpResponse:
    """The link that is sent round: on to the page in the language of whoever opens it."""
    with translation.override(preferred(request, round_.region.languages)):
        response = redirect("assessments:answer", token=round_.token)
    response["Vary"] = "Accept-Language, Cookie"
    return response


@never_cache
@public(find=access.find_by_token)
def answer(request: HttpRequest, round_: Round) -> HttpResponse:
    """Who is new says a sector first; then one dimension after the other, in any order, until the round is closed."""
    who = respondent_of(request, round_)
    if who is None or round_.state != Round.State.OPEN:
        return _begin(request, round_)
    asked = questions(definition_in(round_.instrument), who)
    if request.method == "POST":
        return _save(request, round_, who, asked)
    at = request.GET.get("at", "")
    if at == "end":
        return render(request, "assessments/answer_end.html", _around(round_) | {"asked": asked, "left": sum(not one.is_answered for one in asked)})
    parts = _parts(asked)
    code = at if at in parts else next((one.dimension.code for one in asked if not one.is_answered), next(iter(parts)))
    return _page(request, round_, asked, code)


def _around(round_: Round) -> dict[str, Any]:
    return {"round": round_, "it": definition_in(round_.instrument), "asked_region": round_.region}


def _parts(asked: list[Question]) -> dict[str, list[Question]]:
    """{dimension: its questions}."""
    found: dict[str, list[Question]] = {}
    for one in asked:
        found.setdefault(one.dimension.code, []).append(one)
    return found


def _page(request: HttpRequest, round_: Round, asked: list[Question], code: str, wrong: str = "") -> HttpResponse:
    parts = _parts(asked)
    order = list(parts)
    place = order.index(code)
    context = _around(round_) | {
        "asked": parts[code], "dimension": parts[code][0].dimension, "place": place + 1, "of": len(order), "wrong": wrong,
        "back": order[place - 1] if place else "", "parts": [(one, all(q.is_answered for q in its)) for one, its in parts.items()],
    }  # fmt: skip
    return render(request, "assessments/answer.html", context, status=422 if wrong else 200)


def _save(request: HttpRequest, round_: Round, who: Respondent, asked: list[Question]) -> HttpResponse:
    parts = _parts(asked)
    code = request.POST.get("at", "")
    if code not in parts:
        raise Refused(_("This is not asked here."))
    for one in parts[code]:
        name = one.item.code
        value = request.POST.getlist(name) if one.item.kind == "several" else request.POST.get(name, "")
        words = {"value": value, "importance": request.POST.get(f"{name} importance"), "target": request.POST.get(f"{name} target")}
        if name not in request.POST and one.item.kind != "several" and not one.is_answered:
            continue
        try:
            answers.hear(round_=round_, respondent=who, code=name, words=words, turn=one.turn + 1)
        except Refused as no:
            return _page(request, round_, asked, code, no.message)
    order = list(parts)
    place = order.index(code) + 1
    return redirect(f"{reverse('assessments:answer', args=[round_.token])}?at={order[place] if place < len(order) else 'end'}")


def _begin(request: HttpRequest, round_: Round) -> HttpResponse:
    """The first page: what this is, who sees it, and for which sector one speaks."""
    form = BeginForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        not_more_than(_MOST_AN_HOUR, an_hour_of="answering", by=request)
        with refusals(form):
            who = answers.begin(round_=round_, sector=form.cleaned_data["sector"], via=Respondent.Via.LINK, language=get_language() or "en")
            response = redirect("assessments:answer", token=round_.token)
            response.set_signed_cookie(
                _cookie(round_), who.key, salt="osnowa.respondent", max_age=_KEPT_SECONDS, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
            return response
    return render(request, "assessments/answer_begin.html", _around(round_) | {"form": form}, status=status_of(form))
