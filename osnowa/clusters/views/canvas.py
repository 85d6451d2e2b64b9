"""The canvas: its page, one dimension, writing a text, its versions, questions, decisions and evidence, files to take along."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from osnowa.agreements.queries.texts import language_name
from osnowa.clusters import access
from osnowa.clusters.access import OnCanvas
from osnowa.clusters.actions import canvas as actions
from osnowa.clusters.forms.canvas import PointForm, TextForm, meetings_of
from osnowa.clusters.models import Cluster, Point, Wording
from osnowa.clusters.queries import canvas as queries
from osnowa.clusters.queries import canvas_cards, canvas_papers
from osnowa.kit.attachments import attached
from osnowa.kit.differing import differing
from osnowa.kit.doors import door, public
from osnowa.meetings import access as meetings_access
from osnowa.ui.forms import refusals, status_of


def _page(request: HttpRequest, it: Cluster) -> dict[str, Any]:
    """What every page of the canvas needs."""
    return {"region": it.region, "cluster": it, "may_lead": access.may_lead(request.user, it), "may_look": canvas_cards.may_read(request.user, it)}


def _named(place: OnCanvas) -> dict[str, Any]:
    """The dimension of a place; a canvas without it has no such page."""
    dimension = queries.dimension(place.cluster.region, place.code)
    if dimension is None:
        raise Http404
    return {"dimension": dimension, "language": place.language, "language_name": language_name(place.language)}


def _to_dimension(place: OnCanvas) -> HttpResponse:
    return redirect("clusters:dimension", region=place.cluster.region.slug, cluster=place.cluster.slug, dimension=place.code)


@require_safe
@public(find=access.find_cluster)
def canvas(request: HttpRequest, it: Cluster) -> HttpResponse:
    """All eight fields around the web."""
    found = queries.canvas(request.user, it)
    return render(request, "clusters/canvas.html", _page(request, it) | {"canvas": found, "chart": queries.web(found)})


@require_safe
@public(find=access.find_canvas_file)
def canvas_file(request: HttpRequest, asked: tuple[Cluster, str]) -> HttpResponse:
    """The canvas to take along: a sheet of A3, slides, a workbook."""
    it, form = asked
    content, content_type = canvas_papers.made(queries.canvas(request.user, it), form)
    return attached(content, f"{it.slug}-canvas.{form}", content_type)


@require_safe
@public(find=access.find_on_canvas)
def dimension(request: HttpRequest, place: OnCanvas) -> HttpResponse:
    """One dimension with all that stands there."""
    it = place.cluster
    found = queries.canvas(request.user, it)
    field = found.field(place.code)
    if field is None:
        raise Http404
    context = {
        "canvas": found, "field": field, "cards": canvas_cards.cards_of(request.user, it, field.wording),
        "words": {"question": _("Open questions"), "decision": _("Decisions"), "evidence": _("Evidence")},
        "languages": [(code, language_name(code)) for code in queries.languages_of(it.region, field.texts)],
    }  # fmt: skip
    return render(request, "clusters/dimension.html", _page(request, it) | context)


@door(access.may_write_canvas, find=access.find_on_canvas)
def dimension_text(request: HttpRequest, place: OnCanvas) -> HttpResponse:
    """Write the text of a dimension, with the cards it comes from. A search for cards saves nothing."""
    context, newest = _named(place), queries.newest(place.cluster, place.code, place.language)
    form = _text_form(request, place, newest)
    if request.method == "POST" and "find" not in request.POST and form.is_valid():
        asked = form.cleaned_data
        with refusals(form):
            actions.write_text(by=request.user, cluster=place.cluster, dimension=place.code, language=place.language, text=asked["text"], note=asked["note"], cards=form.picked, seen=asked["seen"])
            messages.success(request, _("Saved."))
            return _to_dimension(place)
        if asked["seen"] != (newest.number if newest else 0):
            context |= _meanwhile(request, form, place, newest)
    offer = canvas_cards.offer(form.cards.values(), form.picked_numbers, str(form["words"].value() or ""))
    context |= {"form": form, "offer": offer, "newest": newest, "is_searching": "find" in request.POST}
    status = 200 if context["is_searching"] else status_of(form)
    return render(request, "clusters/dimension_text.html", _page(request, place.cluster) | context, status=status)


def _text_form(request: HttpRequest, place: OnCanvas, newest: Wording | None) -> TextForm:
    kept = list(newest.cards.filter(is_hidden=False, is_withdrawn=False).select_related("block__meeting")) if newest else []
    cards = {card.pk: card for card in [*kept, *canvas_cards.choosable(request.user, place.cluster)]}
    initial = {"text": newest.text, "seen": newest.number} if newest else {"seen": 0}
    return TextForm(request.POST or None, cards=list(cards.values()), kept=[card.pk for card in kept], initial=initial)


def _meanwhile(request: HttpRequest, form: TextForm, place: OnCanvas, newest: Wording | None) -> dict[str, Any]:
    """Somebody saved meanwhile: what differs, and a form that has now seen it and keeps what was typed."""
    seen = Wording.objects.filter(cluster=place.cluster, dimension=place.code, language=place.language, number=form.cleaned_data["seen"]).first()
    typed = request.POST.copy()
    typed["seen"] = str(newest.number if newest else 0)
    form.data = typed
    return {"meanwhile": differing(seen.text if seen else "", newest.text if newest else "")}


@require_safe
@public(find=access.find_on_canvas)
def dimension_versions(request: HttpRequest, place: OnCanvas) -> HttpResponse:
    """All versions of a text, and any two of them word by word."""
    context, found = _named(place), queries.versions(place.cluster, place.code, place.language)
    by_number = {str(one.number): one for one in found}
    after = by_number.get(request.GET.get("to", "")) or (found[0] if found else None)
    before = by_number.get(request.GET.get("from", "")) or (by_number.get(str(after.number - 1)) if after else None)
    if before and after and before.number > after.number:
        before, after = after, before
    pieces = differing(before.text if before else "", after.text) if after else []
    context |= {"versions": found, "before": before, "after": after, "pieces": pieces}
    return render(request, "clusters/dimension_versions.html", _page(request, place.cluster) | context)


def _point_form(request: HttpRequest, place: OnCanvas) -> PointForm:
    meetings = meetings_of(place.cluster, meetings_access.visible(request.user, place.cluster.region))
    return PointForm(request.POST or None, cluster=place.cluster, meetings=meetings, kind=place.kind, point=place.point)


@door(access.may_write_canvas, find=access.find_on_canvas)
def add_point(request: HttpRequest, place: OnCanvas) -> HttpResponse:
    """Add a question, a decision or a piece of evidence."""
    context, form = _named(place), _point_form(request, place)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.add_point(by=request.user, cluster=place.cluster, dimension=place.code, kind=place.kind, values=form.cleaned_data)
            messages.success(request, _("Noted."))
            return _to_dimension(place)
    return render(request, "clusters/point.html", _page(request, place.cluster) | context | {"form": form, "kind": Point.Kind(place.kind)}, status=status_of(form))


@door(access.may_write_canvas, find=access.find_point)
def point(request: HttpRequest, place: OnCanvas) -> HttpResponse:
    """Change a point; settle a question by a decision."""
    context, form = _named(place), _point_form(request, place)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_point(by=request.user, point=place.point, values=form.cleaned_data)
            messages.success(request, _("Saved."))
            return _to_dimension(place)
    context |= {"form": form, "point": place.point, "kind": Point.Kind(place.kind)}
    return render(request, "clusters/point.html", _page(request, place.cluster) | context, status=status_of(form))


@require_POST
@door(access.may_write_canvas, find=access.find_point)
def remove_point(request: HttpRequest, place: OnCanvas) -> HttpResponse:
    """Take a point off the canvas."""
    actions.remove_point(by=request.user, point=place.point)
    messages.success(request, _("Taken off the canvas."))
    return _to_dimension(place)
