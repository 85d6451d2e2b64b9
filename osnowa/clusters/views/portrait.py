"""The portrait of a cluster, and writing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from osnowa.clusters import access
from osnowa.clusters.actions import clusters as actions
from osnowa.clusters.forms.portrait import PortraitForm
from osnowa.clusters.models import Cluster
from osnowa.clusters.queries import portrait as queries
from osnowa.clusters.views.clusters import to_cluster
from osnowa.kit.doors import door, public
from osnowa.ui.forms import refusals, status_of


@public(find=access.find_cluster)
def portrait(request: HttpRequest, it: Cluster) -> HttpResponse:
    """What the cluster is, in the manner of GECES."""
    context = {"region": it.region, "cluster": it, "portrait": queries.portrait(it, request.user), "reached": it.subregions.all(), "may_lead": access.may_lead(request.user, it)}
    return render(request, "clusters/portrait.html", context)


@door(access.may_lead, find=access.find_cluster)
def edit_portrait(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Write the portrait."""
    form = PortraitForm(request.POST or None, cluster=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_cluster(by=request.user, cluster=it, values=form.values)
            messages.success(request, _("Saved."))
            return to_cluster(it, "portrait")
    return render(request, "clusters/edit_portrait.html", {"region": it.region, "cluster": it, "form": form}, status=status_of(form))
