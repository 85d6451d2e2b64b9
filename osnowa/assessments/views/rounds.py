"""Rounds: the list, making one, its settings, opening and closing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from osnowa.assessments import access, actions
from osnowa.assessments.forms.rounds import RoundForm, initial_of
from osnowa.assessments.models import Round
from osnowa.assessments.queries.instruments import definition_in
from osnowa.assessments.queries.results import results
from osnowa.kit.doors import door, public
from osnowa.meetings.models import Block
from osnowa.places.models import Region
from osnowa.ui.forms import refusals, status_of


@require_safe
@public(find=access.find_region)
def rounds(request: HttpRequest, region: Region) -> HttpResponse:
    """The rounds whose results a person may see, and the way to the instruments."""
    rows = list(access.visible(request.user, region).select_related("instrument", "block__meeting")[:200])
    many = [(one, definition_in(one.instrument).title) for one in rows]
    can_compare = len([one for one in rows if one.state == Round.State.CLOSED]) > 1
    context = {"region": region, "many": many, "may_lead": access.may_lead(request.user, region), "can_compare": can_compare}
    return render(request, "assessments/rounds.html", context)


@door(access.may_lead, find=access.find_region)
def new(request: HttpRequest, region: Region) -> HttpResponse:
    """A round that is answered by a link."""
    return _new(request, region, None)


@door(access.may_lead_block, find=access.find_block)
def in_block(request: HttpRequest, block: Block) -> HttpResponse:
    """The round of a part of a meeting: made once, then shown."""
    region = block.meeting.region
    there = Round.objects.filter(block=block).first()
    return redirect("assessments:round", region=region.slug, slug=there.slug) if there else _new(request, region, block)


def _new(request: HttpRequest, region: Region, block: Block | None) -> HttpResponse:
    initial = {"title": block.title, "opens_on": block.meeting.starts_at.date()} if block else {"instrument": request.GET.get("instrument", "")}
    form = RoundForm(request.POST or None, region=region, person=request.user, initial=initial)  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            made = actions.make_round(by=request.user, region=region, instrument=form.instruments[form.cleaned_data["instrument"]], values=form.values(), block=block)
            messages.success(request, _("The round is prepared.") if not block else _("The round is prepared. It is answered while its part of the meeting is open."))
            return redirect("assessments:settings", region=region.slug, slug=made.slug)
    return render(request, "assessments/new.html", {"region": region, "form": form, "block": block}, status=status_of(form))


@door(access.may_lead, find=access.find_round)
def settings(request: HttpRequest, round_: Round) -> HttpResponse:
    """Link, who answered so far, opening and closing, and what is said of the round."""
    form = RoundForm(request.POST or None, region=round_.region, person=request.user, round_=round_, initial=initial_of(round_))  # type: ignore[arg-type]
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_round(by=request.user, round_=round_, values=form.values())
            messages.success(request, _("Saved."))
            return redirect("assessments:settings", region=round_.region.slug, slug=round_.slug)
    link = request.build_absolute_uri(reverse("asked:answer", args=[round_.token]))
    context = {"region": round_.region, "round": round_, "form": form, "link": link, "it": results(round_)}
    return render(request, "assessments/settings.html", context, status=status_of(form))


@require_POST
@door(access.may_lead, find=access.find_round)
def open_round(request: HttpRequest, round_: Round) -> HttpResponse:
    """From now on answers are taken."""
    actions.open_round(by=request.user, round_=round_)
    messages.success(request, _("The round is open."))
    return redirect("assessments:settings", region=round_.region.slug, slug=round_.slug)


@require_POST
@door(access.may_lead, find=access.find_round)
def close_round(request: HttpRequest, round_: Round) -> HttpResponse:
    """No more answers; all of them are counted."""
    actions.close_round(by=request.user, round_=round_)
    messages.success(request, _("The round is closed. All answers are counted."))
    return redirect("assessments:round", region=round_.region.slug, slug=round_.slug)
