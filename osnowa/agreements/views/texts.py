"""The text of an agreement: writing it in each language, its versions and what changed between two."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from osnowa.agreements import access
from osnowa.agreements.actions.texts import begin_with_template, write_text
from osnowa.agreements.forms.texts import TextForm
from osnowa.agreements.models import Agreement, Text
from osnowa.agreements.queries import texts as queries
from osnowa.kit.doors import door
from osnowa.ui.forms import refusals, status_of


def _spoken(it: Agreement, wanted: str) -> str:
    return wanted if wanted in dict(settings.LANGUAGES) else it.language


@door(access.may_keep, find=access.find_agreement)
def text(request: HttpRequest, it: Agreement) -> HttpResponse:
    """Write the text in one language; the newest version is the one that freezing freezes."""
    newest, language = queries.newest(it), _spoken(it, request.GET.get("in", ""))
    if request.method == "POST" and "template" in request.POST:
        begin_with_template(by=request.user, agreement=it, languages=[language])
        return _to(it, language)
    blocks, original = queries.blocks_in(newest, language), queries.blocks_in(newest, it.language)
    number = newest.number if newest else 0
    form = TextForm(request.POST or None, blocks=blocks, beside=original, is_original=language == it.language, seen=number)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            said = form.cleaned_data
            made: Text = write_text(by=request.user, agreement=it, language=language, blocks=form.written, note=said["note"], seen=said["seen"])
            messages.success(request, _("Version %(number)s is kept.") % {"number": made.number})
            return _to(it, language)
        if queries.have_same_parts(it, said["seen"], number):
            told = request.POST.copy()
            told["seen"] = str(number)  # saving once more makes the next version, with one's own words
            form.data = told
    known = queries.languages_of(it, newest)
    context: dict[str, Any] = {"meanwhile": _meanwhile(it, form, newest, language)} | {
        "region": it.region, "agreement": it, "form": form, "text_language": language, "newest": newest, "known": known,
        "choices": [it.language, *(code for code, _name in settings.LANGUAGES if code != it.language)] if original else [it.language],
        "may_begin": it.state == Agreement.State.DRAFT and not blocks and bool(queries.template(it.kind, language)), "missing": queries.missing(it, newest),
    }  # fmt: skip
    return render(request, "agreements/text.html", context, status=status_of(form))


def _meanwhile(it: Agreement, form: TextForm, newest: Text | None, language: str) -> list[queries.Compared]:
    """The parts somebody else changed since the version the writer had seen."""
    seen = form.cleaned_data.get("seen") if form.errors and newest else None
    if seen is None or newest is None or seen == newest.number:
        return []
    return [part for part in queries.compare(it.texts.filter(number=seen).first(), newest, language) if not part.is_same]


def _to(it: Agreement, language: str) -> HttpResponse:
    return redirect(reverse("agreements:text", args=[it.region.slug, it.slug]) + f"?in={language}")


@require_GET
@door(access.may_keep, find=access.find_agreement)
def versions(request: HttpRequest, it: Agreement) -> HttpResponse:
    """The versions of the text, and what one changed in another, word by word."""
    rows = list(it.texts.select_related("made_by").order_by("-number"))
    by_number = {row.number: row for row in rows}
    later = by_number.get(_number(request.GET.get("to"))) or (rows[0] if rows else None)
    earlier = by_number.get(_number(request.GET.get("from")) or (later.number - 1 if later else 0))
    language = queries.language_for(it, later, request.GET.get("in", ""))
    context = {
        "region": it.region, "agreement": it, "versions": rows, "later": later, "earlier": earlier, "is_first": earlier is None, "text_language": language,
        "languages": queries.languages_of(it, later), "compared": queries.compare(earlier, later, language) if later else [],
    }  # fmt: skip
    return render(request, "agreements/versions.html", context)


def _number(said: str | None) -> int:
    return int(said) if said and said.isdecimal() and len(said) < 6 else 0
