"""Health: the pilot plan and rule books beside the facts; stating facts; setting the plan; comparing a book with its source."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from osnowa.clusters import access
from osnowa.clusters.access import BookOf
from osnowa.clusters.actions import health as actions
from osnowa.clusters.forms.health import ComparisonForm, FactsForm, PilotForm
from osnowa.clusters.models import Cluster
from osnowa.clusters.queries import canvas_cards
from osnowa.clusters.queries.health import health_of
from osnowa.clusters.queries.rulebooks import book_of, comparisons_in
from osnowa.clusters.views.clusters import to_cluster
from osnowa.kit.doors import door
from osnowa.ui.forms import refusals, status_of


@door(access.may_look_inside, find=access.find_cluster)
def health(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Each condition: met, not met, unknown, or due; with the fact it was read from."""
    pilot, books = health_of(it)
    may_look = canvas_cards.may_read(request.user, it)
    context = {"region": it.region, "cluster": it, "pilot": pilot, "books": books, "may_lead": access.may_lead(request.user, it), "may_look": may_look}
    return render(request, "clusters/health.html", context)


@door(access.may_lead, find=access.find_cluster)
def facts(request: HttpRequest, it: Cluster) -> HttpResponse:
    """State what no other page can know."""
    form = FactsForm(request.POST or None, cluster=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.state_facts(by=request.user, cluster=it, facts=form.values, on=timezone.localdate())
            messages.success(request, _("Saved."))
            return to_cluster(it, "health")
    return render(request, "clusters/facts.html", {"region": it.region, "cluster": it, "form": form}, status=status_of(form))


@door(access.may_lead, find=access.find_cluster)
def pilot(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Set the pilot plan."""
    form = PilotForm(request.POST or None, cluster=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.plan_pilot(by=request.user, cluster=it, plan=form.cleaned_data)
            messages.success(request, _("Saved."))
            return to_cluster(it, "health")
    return render(request, "clusters/pilot.html", {"region": it.region, "cluster": it, "form": form}, status=status_of(form))


@door(access.may_compare, find=access.find_book)
def compare_book(request: HttpRequest, place: BookOf) -> HttpResponse:
    """Note how a rule book was compared with its source."""
    it, book = place.cluster, book_of(place.code)
    if book is None:
        raise Http404
    form = ComparisonForm(request.POST or None, kept=comparisons_in(it.region).get(book.code))
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.note_comparison(by=request.user, region=it.region, book=book.code, on=form.cleaned_data["on"], seen=form.cleaned_data["seen"])
            messages.success(request, _("Saved."))
            return to_cluster(it, "health")
    return render(request, "clusters/compare_book.html", {"region": it.region, "cluster": it, "form": form, "book": book}, status=status_of(form))
