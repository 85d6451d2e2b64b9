"""The ecosystem: a picture of roles with its table; who plays a role is added, changed and taken out."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osnowa.clusters import access
from osnowa.clusters.actions import ecosystem as actions
from osnowa.clusters.forms.ecosystem import ActorForm
from osnowa.clusters.models import Actor, Cluster
from osnowa.clusters.queries import ecosystem as queries
from osnowa.clusters.views.clusters import to_cluster
from osnowa.kit.doors import door, public
from osnowa.ui.forms import refusals, status_of


@public(find=access.find_cluster)
def ecosystem(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Who plays which role around the cluster, and what is missing."""
    found = queries.ecosystem(it, request.user)
    context = {"region": it.region, "cluster": it, "ecosystem": found, "picture": queries.picture(found), "may_lead": access.may_lead(request.user, it)}
    return render(request, "clusters/ecosystem.html", context)


@door(access.may_lead, find=access.find_cluster)
def add_actor(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Add who plays a role; `?role=` offers organisations of the register that may fit."""
    role = queries.ROLES.get(request.GET.get("role", ""))
    form = ActorForm(request.POST or None, cluster=it, person=request.user, role=role.code if role else "")
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.add_actor(by=request.user, cluster=it, values=form.values)
            messages.success(request, _("Added."))
            return to_cluster(it, "ecosystem")
    fitting = queries.fitting(it, role, request.user) if role else []
    context = {"region": it.region, "cluster": it, "form": form, "role": role, "fitting": fitting}
    return render(request, "clusters/actor.html", context, status=status_of(form))


@door(access.may_lead, find=access.find_actor)
def actor(request: HttpRequest, it: Actor) -> HttpResponse:
    """Change what is said of an actor."""
    form = ActorForm(request.POST or None, cluster=it.cluster, person=request.user, actor=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_actor(by=request.user, actor=it, values=form.values)
            messages.success(request, _("Saved."))
            return to_cluster(it.cluster, "ecosystem")
    context = {"region": it.cluster.region, "cluster": it.cluster, "form": form, "actor": it}
    return render(request, "clusters/actor.html", context, status=status_of(form))


@require_POST
@door(access.may_lead, find=access.find_actor)
def remove_actor(request: HttpRequest, it: Actor) -> HttpResponse:
    """Take an actor out."""
    cluster = it.cluster
    actions.remove_actor(by=request.user, actor=it)
    messages.success(request, _("Taken out."))
    return to_cluster(cluster, "ecosystem")
