"""The clusters of a region, the front page of one, making and changing it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from osnowa.clusters import access
from osnowa.clusters.actions import clusters as actions
from osnowa.clusters.forms.clusters import ClusterForm
from osnowa.clusters.models import Cluster
from osnowa.clusters.queries.clusters import listed
from osnowa.clusters.queries.front import front
from osnowa.kit.doors import door, public
from osnowa.places.models import Region
from osnowa.ui.forms import refusals, status_of


def to_cluster(it: Cluster, page: str = "cluster") -> HttpResponse:
    """On to a page of the cluster."""
    return redirect(f"clusters:{page}", region=it.region.slug, cluster=it.slug)


@public(find=access.find_region)
def clusters(request: HttpRequest, region: Region) -> HttpResponse:
    """What acts together in this region."""
    context = {"region": region, "clusters": listed(request.user, region), "may_lead": access.may_lead(request.user, region)}
    return render(request, "clusters/clusters.html", context)


@public(find=access.find_cluster)
def cluster(request: HttpRequest, it: Cluster) -> HttpResponse:
    """What it is in one minute."""
    context = {"region": it.region, "cluster": it, "front": front(it, request.user), "may_lead": access.may_lead(request.user, it)}
    return render(request, "clusters/cluster.html", context)


@door(access.may_lead, find=access.find_region)
def new(request: HttpRequest, region: Region) -> HttpResponse:
    """Make a cluster."""
    form = ClusterForm(request.POST or None, region=region, person=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            made: Cluster = actions.make_cluster(by=request.user, region=region, values=form.values)
            messages.success(request, _("Made. Go on with its canvas and its portrait."))
            return to_cluster(made)
    return render(request, "clusters/edit.html", {"region": region, "form": form}, status=status_of(form))


@door(access.may_lead, find=access.find_cluster)
def edit(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Change what a cluster is and what it stands on."""
    form = ClusterForm(request.POST or None, region=it.region, person=request.user, cluster=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_cluster(by=request.user, cluster=it, values=form.values)
            messages.success(request, _("Saved."))
            return to_cluster(it)
    return render(request, "clusters/edit.html", {"region": it.region, "cluster": it, "form": form}, status=status_of(form))
