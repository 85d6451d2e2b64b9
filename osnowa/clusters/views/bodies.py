"""Bodies with their terms, and the rules of procedure."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osnowa.clusters import access
from osnowa.clusters.actions import bodies as actions
from osnowa.clusters.forms.bodies import BodyForm, RulesForm, TermForm
from osnowa.clusters.models import Body, Cluster, Term
from osnowa.clusters.queries.bodies import sittings
from osnowa.clusters.queries.members import entitled_on, quorum_on
from osnowa.clusters.queries.rules import sentences, told
from osnowa.clusters.views.members import around, to
from osnowa.kit.doors import door, public
from osnowa.ui.forms import refusals, status_of


def _address(it: Cluster, page: str, *words: Any) -> str:
    return reverse(f"clusters:{page}", args=[it.region.slug, it.slug, *words])


def _form_page(request: HttpRequest, it: Cluster, form: Any, heading: str, **more: Any) -> HttpResponse:
    context = around(request, it, form=form, heading=heading, button=_("Save"), back=_address(it, "bodies"), back_words=_("Bodies and rules"), **more)
    return render(request, "clusters/members_form.html", context, status=status_of(form))


@public(find=access.find_cluster)
def bodies(request: HttpRequest, it: Cluster) -> HttpResponse:
    """What bodies there are, which places are vacant, and the rules as sentences; names only for who sees inside."""
    day = timezone.localdate()
    context = around(request, it, sittings=sittings(it, day), rules=sentences(it), entitled=len(entitled_on(it, day)), quorum=quorum_on(it, day))
    return render(request, "clusters/bodies.html", context)


@door(access.may_lead, find=access.find_cluster)
def add_body(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Add a body."""
    form = BodyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.add_body(by=request.user, cluster=it, values=form.cleaned_data)
            messages.success(request, _("Saved."))
            return to(it, "bodies")
    return _form_page(request, it, form, _("Add a body"))


@door(access.may_lead, find=access.find_body)
def body(request: HttpRequest, it: Body) -> HttpResponse:
    """Change a body."""
    form = BodyForm(request.POST or None, body=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_body(by=request.user, body=it, values=form.cleaned_data)
            messages.success(request, _("Saved."))
            return to(it.cluster, "bodies")
    return _form_page(request, it.cluster, form, _("Change the body"), lead=str(it), other=_address(it.cluster, "remove_body", it.pk), other_words=_("Remove the body"))


@require_POST
@door(access.may_lead, find=access.find_body)
def remove_body(request: HttpRequest, it: Body) -> HttpResponse:
    """Take a body away in which nobody ever sat."""
    cluster = it.cluster
    actions.remove_body(by=request.user, body=it)
    messages.success(request, _("The body is removed."))
    return to(cluster, "bodies")


@door(access.may_lead, find=access.find_body)
def add_term(request: HttpRequest, it: Body) -> HttpResponse:
    """Note who holds a place in a body."""
    form = TermForm(request.POST or None, body=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.add_term(by=request.user, body=it, values=form.cleaned_data)
            messages.success(request, _("Saved."))
            return to(it.cluster, "bodies")
    return _form_page(request, it.cluster, form, _("Note a term"), lead=str(it))


@door(access.may_lead, find=access.find_term)
def term(request: HttpRequest, it: Term) -> HttpResponse:
    """Change or prolong a term."""
    cluster = it.body.cluster
    form = TermForm(request.POST or None, body=it.body, term=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_term(by=request.user, term=it, values=form.cleaned_data)
            messages.success(request, _("Saved."))
            return to(cluster, "bodies")
    return _form_page(request, cluster, form, _("Change the term"), lead=str(it.body), other=_address(cluster, "end_term", it.pk), other_words=_("It ends today"))


@require_POST
@door(access.may_lead, find=access.find_term)
def end_term(request: HttpRequest, it: Term) -> HttpResponse:
    """The term ends today; one that has not begun is taken away."""
    cluster = it.body.cluster
    actions.end_term(by=request.user, term=it, on=timezone.localdate())
    messages.success(request, _("The term ends today."))
    return to(cluster, "bodies")


@public(find=access.find_cluster)
def rules(request: HttpRequest, it: Cluster) -> HttpResponse:
    """All rules with their values, what is usual and where that comes from."""
    return render(request, "clusters/rules.html", around(request, it, parts=told(it)))


@door(access.may_lead, find=access.find_cluster)
def edit_rules(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Lay down rules of procedure."""
    form = RulesForm(request.POST or None, cluster=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_rules(by=request.user, cluster=it, values=form.values)
            messages.success(request, _("Saved."))
            return to(it, "rules")
    lead = _("What is left empty is not laid down.")
    return _form_page(request, it, form, _("Change the rules of procedure"), lead=lead, parts=form.parts)
