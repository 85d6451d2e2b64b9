"""Health: the pilot plan and rule books beside the facts; stating facts; setting the plan."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from osnowa.clusters import access
from osnowa.clusters.actions import health as actions
from osnowa.clusters.forms.health import FactsForm, PilotForm
from osnowa.clusters.models import Cluster
from osnowa.clusters.queries.health import health_of
from osnowa.clusters.views.clusters import to_cluster
from osnowa.kit.doors import door
from osnowa.ui.forms import refusals, status_of


@door(access.may_look_inside, find=access.find_cluster)
def health(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Each condition: met, not met, unknown, or due; with the fact it was read from."""
    pilot, books = health_of(it)
    context = {"region": it.region, "cluster": it, "pilot": pilot, "books": books, "may_lead": access.may_lead(request.user, it)}
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
