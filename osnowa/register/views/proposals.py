"""Propose a change or a new organisation, claim an organisation; the queue in which reviewers decide."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from osnowa.kit.doors import door, public
from osnowa.kit.errors import Refused
from osnowa.kit.limits import not_more_than
from osnowa.places.models import Region
from osnowa.register import access, codes
from osnowa.register.actions import proposals as actions
from osnowa.register.forms.proposals import ChangeForm, ClaimForm, DecisionForm, NewForm
from osnowa.register.models import Organisation, Proposal
from osnowa.register.queries import proposals as queries
from osnowa.ui.forms import refusals, status_of

#: Proposals one person, or one network address, may send within an hour.
AN_HOUR = 5
#: A field no person sees and no browser knows; whoever fills it in is a machine.
TRAP = "thread_dye"


def _trap(request: HttpRequest) -> str:
    """The name of the trap; none is laid for who has signed in."""
    return "" if request.user.is_authenticated else TRAP


def _taken_in(request: HttpRequest, form: Any, kind: str, region: Region, **words: Any) -> bool:
    """Whether the proposal is in the queue now; machines are told so too, and their proposal is thrown away."""
    if request.POST.get(_trap(request)):
        return True
    if not form.is_valid():
        return False
    not_more_than(AN_HOUR, an_hour_of="proposals", by=request)
    with refusals(form):
        actions.propose(region=region, kind=kind, language=get_language() or "en", **form.sender, **words)
        return True
    return False


@public(find=access.find_organisation)
def propose(request: HttpRequest, it: Organisation) -> HttpResponse:
    form = ChangeForm(request.POST or None, organisation=it, person=request.user)
    if request.method == "POST":
        values = form.values if form.is_valid() else {}
        if _taken_in(request, form, Proposal.Kind.CHANGE, it.region, organisation=it, values=values):
            return redirect(f"{request.path}?sent=1")
    context = {
        "region": it.region, "organisation": it, "form": form, "trap": _trap(request), "sent": "sent" in request.GET,
        "may_edit": access.may_edit(request.user, it),
    }  # fmt: skip
    return render(request, "register/propose.html", context, status=status_of(form))


@public(find=access.find_region)
def propose_new(request: HttpRequest, region: Region) -> HttpResponse:
    form = NewForm(request.POST or None, region=region, person=request.user)
    if request.method == "POST":
        values = form.values if form.is_valid() else {}
        if _taken_in(request, form, Proposal.Kind.NEW, region, values=values):
            return redirect(f"{request.path}?sent=1")
    context = {
        "region": region, "form": form, "trap": _trap(request), "sent": "sent" in request.GET,
        "may_edit": access.may_add(request.user, region),
    }  # fmt: skip
    return render(request, "register/propose_new.html", context, status=status_of(form))


@public(find=access.find_organisation)
def claim(request: HttpRequest, it: Organisation) -> HttpResponse:
    form = ClaimForm(request.POST or None, person=request.user)
    if request.method == "POST":
        words = form.cleaned_data if form.is_valid() else {}
        values = {"function": words.get("function", "")}
        if _taken_in(request, form, Proposal.Kind.CLAIM, it.region, organisation=it, values=values, basis=words.get("basis", "")):
            return redirect(f"{request.path}?sent=1")
    context = {"region": it.region, "organisation": it, "form": form, "trap": _trap(request), "sent": "sent" in request.GET}
    return render(request, "register/claim.html", context, status=status_of(form))


#: Ages by which the queue can be narrowed: {word of the address: at least so many days}.
AGES = {"7": 7, "30": 30}


def _queue(region: Region, request: HttpRequest) -> QuerySet[Proposal]:
    found = Proposal.objects.filter(region=region).select_related("organisation", "person", "decided_by")
    state = request.GET.get("state", Proposal.State.WAITING)
    if state in Proposal.State.values:
        found = found.filter(state=state)
    if request.GET.get("kind") in Proposal.Kind.values:
        found = found.filter(kind=request.GET["kind"])
    days = AGES.get(request.GET.get("age", ""))
    if days:
        found = found.filter(made_at__lt=timezone.now() - timedelta(days=days))
    return found.order_by("made_at") if state == Proposal.State.WAITING else found.order_by("-made_at")


@door(access.may_review, find=access.find_region)
def moderation(request: HttpRequest, region: Region) -> HttpResponse:
    counted = Proposal.objects.filter(region=region, state=Proposal.State.WAITING).values("kind").annotate(n=Count("pk"))
    waiting = {row["kind"]: row["n"] for row in counted.order_by()}
    context = {
        "region": region, "page": Paginator(_queue(region, request), 25).get_page(request.GET.get("page")),
        "kinds": [(code, label, waiting.get(code, 0)) for code, label in Proposal.Kind.choices],
        "states": [*Proposal.State.choices, ("all", _("all"))], "ages": list(AGES),
        "chosen": {"state": request.GET.get("state", "waiting"), "kind": request.GET.get("kind", ""), "age": request.GET.get("age", "")},
    }  # fmt: skip
    return render(request, "register/moderation.html", context)


@door(access.may_decide, find=access.find_proposal)
def proposal(request: HttpRequest, it: Proposal) -> HttpResponse:
    rows = queries.rows_of(it)
    places = queries.places_for(it.region, it)
    form = DecisionForm(request.POST or None, proposal=it, rows=rows, places=places)
    if request.method == "POST" and form.is_valid() and _decided(request, it, form):
        return redirect("register:moderation", region=it.region.slug)
    ticked = request.POST.getlist("fields_taken") if form.is_bound else [row.name for row in rows if not row.changed_at]
    context = {
        "region": it.region, "proposal": it, "rows": rows, "form": form, "ticked": ticked, "places": places,
        "is_done": queries.says_all_already(rows),
        "basis": codes.MANDATE_BASIS.label(it.basis),
        "likenesses": queries.likenesses(it) if it.kind == Proposal.Kind.NEW and it.state == Proposal.State.WAITING else [],
    }  # fmt: skip
    return render(request, "register/proposal.html", context, status=status_of(form))


def _decided(request: HttpRequest, it: Proposal, form: DecisionForm) -> bool:
    """Decides; what the reviewer can mend is said in the form, what somebody else decided meanwhile on a page."""
    fresh = Proposal.objects.select_related("organisation", "region", "person").get(pk=it.pk)
    try:
        if request.POST.get("decision") == "accept":
            actions.accept_proposal(by=request.user, proposal=fresh, **form.accepted())
            messages.success(request, _("Accepted. The proposer is told by e-mail."))
        elif request.POST.get("decision") == "done":
            actions.answer_done_proposal(by=request.user, proposal=fresh, reason=form.cleaned_data["reason"])
            messages.success(request, _("The proposer is told by e-mail that it is in the register already."))
        else:
            actions.refuse_proposal(by=request.user, proposal=fresh, reason=form.cleaned_data["reason"])
            messages.success(request, _("Refused. The proposer is told by e-mail."))
    except Refused as no:
        if not Proposal.objects.filter(pk=it.pk, state=Proposal.State.WAITING).exists():
            raise
        form.add_error(None, no.message)
        return False
    return True
