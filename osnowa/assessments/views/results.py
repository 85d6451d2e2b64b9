"""What came of a round, what was agreed, and several rounds side by side."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from osnowa.assessments import access, actions
from osnowa.assessments.access import Part
from osnowa.assessments.forms.rounds import AgreedForm
from osnowa.assessments.models import Agreed, Round
from osnowa.assessments.queries import charting
from osnowa.assessments.queries.instruments import definition_in
from osnowa.assessments.queries.results import Results, results, texts_of
from osnowa.kit import sheets
from osnowa.kit.attachments import attached
from osnowa.kit.doors import door, public
from osnowa.places.models import Region
from osnowa.ui.forms import refusals, status_of

_MOST_COMPARED = 4


@require_safe
@public(find=access.find_round)
def round_results(request: HttpRequest, round_: Round) -> HttpResponse:
    """The web, a small one a sector, all figures, what is to be discussed, what was agreed."""
    it, may_lead = results(round_), access.may_lead(request.user, round_)
    context: dict[str, Any] = {"region": round_.region, "round": round_, "it": it, "may_lead": may_lead}
    if it.rows and not it.is_empty:
        context |= {"chart": charting.web(it) if it.is_closed else charting.live_web(it), "small": charting.small_webs(it)}
    if may_lead and it.is_closed:
        items = [item for item in it.definition.items.values() if item.kind == "text"]
        context["texts"] = [(item, said) for item in items if (said := texts_of(round_, item.code))]
    return render(request, "assessments/round.html", context)


@require_safe
@public(find=access.find_round)
def round_file(request: HttpRequest, round_: Round) -> HttpResponse:
    """All figures of a round as a workbook."""
    return attached(sheets.as_xlsx(charting.sheets(results(round_))), f"{round_.slug}.xlsx", sheets.CONTENT_TYPES["xlsx"])  # type: ignore[arg-type]


@door(access.may_note, find=access.find_part)
def agreed(request: HttpRequest, part: Part) -> HttpResponse:
    """What the room agreed on for a dimension."""
    round_ = part.round
    definition = definition_in(round_.instrument)
    kept = Agreed.objects.filter(round=round_, dimension=part.code).first()
    form = AgreedForm(request.POST or None, definition=definition, initial=_initial(kept))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.note_agreed(by=request.user, round_=round_, dimension=part.code, values=form.cleaned_data)
            messages.success(request, _("Noted."))
            return redirect("assessments:round", region=round_.region.slug, slug=round_.slug)
    row = next((row for row in results(round_).rows if row.item.code == part.code), None)
    context = {"region": round_.region, "round": round_, "dimension": definition.dimension(part.code), "form": form, "row": row}
    return render(request, "assessments/agreed.html", context, status=status_of(form))


def _initial(kept: Agreed | None) -> dict[str, Any]:
    if kept is None:
        return {}
    lines = [" | ".join(filter(None, [one["title"], one["link"]])) for one in kept.evidence]
    return {name: getattr(kept, name) for name in ("level", "target", "target_on", "importance", "reason")} | {"evidence": "\n".join(lines)}


@require_safe
@public(find=access.find_region)
def compare(request: HttpRequest, region: Region) -> HttpResponse:
    """Closed rounds of one instrument side by side; unknown words of the address are passed over."""
    possible = list(access.visible(request.user, region).filter(state=Round.State.CLOSED).select_related("instrument", "before__instrument").order_by("closed_at", "pk")[:40])
    wanted = request.GET.getlist("round")
    chosen = [one for one in possible if one.slug in wanted] or _alike(possible)
    many = [results(one) for one in chosen[-_MOST_COMPARED:]]
    many = [it for it in many if it.definition.code == many[-1].definition.code and it.rows]
    chart = charting.comparison(many) if len(many) > 1 else None
    context = {"region": region, "possible": possible, "chosen": [it.round for it in many], "many": many, "chart": chart, "rows": _side_by_side(many), "most": _MOST_COMPARED}
    return render(request, "assessments/compare.html", context)


def _alike(rounds: list[Round]) -> list[Round]:
    """The last two rounds of the instrument that was used last."""
    return [one for one in rounds if one.instrument.code == rounds[-1].instrument.code][-2:] if rounds else []


def _side_by_side(many: list[Results]) -> list[tuple[str, list[float | None], float | None]]:
    """(dimension, its levels, from the first to the last) of the rounds compared."""
    names = {row.item.code: row.name for it in many for row in it.rows}
    found = []
    for code, name in names.items():
        levels = [next((row.level for row in it.rows if row.item.code == code), None) for it in many]
        first, last = levels[0], levels[-1]
        found.append((name, levels, last - first if first is not None and last is not None else None))
    return found
