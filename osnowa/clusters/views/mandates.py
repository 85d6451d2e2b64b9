"""Mandates of the persons who act for members: the list, one of them, and who has nobody."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osnowa.clusters import access
from osnowa.clusters.actions import mandates as actions
from osnowa.clusters.forms.mandates import MandateForm
from osnowa.clusters.models import Cluster, Mandate, Membership
from osnowa.clusters.queries import mandates as queries
from osnowa.clusters.views.members import around, to
from osnowa.clusters.views.members_path import page_of
from osnowa.kit.doors import door
from osnowa.ui.forms import refusals, status_of


@door(access.may_look_inside, find=access.find_cluster)
def mandates(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Who acts for whom until when; what ends soon; members for whom nobody may act."""
    day = timezone.localdate()
    rows = list(queries.mandates_of(it).filter(membership__state=Membership.State.MEMBER))
    context = around(
        request, it, held=[row for row in rows if row.valid_to >= day], ended=[row for row in rows if row.valid_to < day], soon=day + queries.ENDS_SOON,
        without=queries.without_mandate(it, day),
    )  # fmt: skip
    return render(request, "clusters/mandates.html", context)


@door(access.may_act_for, find=access.find_membership)
def add_mandate(request: HttpRequest, it: Membership) -> HttpResponse:
    """Note who acts for a member: its representative, or who leads."""
    form = MandateForm(request.POST or None, cluster=it.cluster)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.add_mandate(by=request.user, membership=it, values=form.cleaned_data)
            messages.success(request, _("The mandate is noted."))
            return to(it.cluster, "member", member=it.pk)
    context = around(request, it.cluster, it=it, form=form, heading=_("Note a mandate"), button=_("Save"), back=page_of(it), back_words=str(it))
    return render(request, "clusters/members_form.html", context, status=status_of(form))


@door(access.may_lead, find=access.find_mandate)
def mandate(request: HttpRequest, it: Mandate) -> HttpResponse:
    """Change or prolong a mandate."""
    cluster = it.membership.cluster
    form = MandateForm(request.POST or None, cluster=cluster, mandate=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_mandate(by=request.user, mandate=it, values=form.cleaned_data)
            messages.success(request, _("Saved."))
            return to(cluster, "mandates")
    back, ends = (reverse(f"clusters:{name}", args=[cluster.region.slug, cluster.slug, *words]) for name, words in (("mandates", []), ("end_mandate", [it.pk])))
    context = around(request, cluster, form=form, heading=_("Change the mandate"), lead=str(it.membership), button=_("Save"), back=back, back_words=_("Mandates"), other=ends, other_words=_("It ends today"))
    return render(request, "clusters/members_form.html", context, status=status_of(form))


@require_POST
@door(access.may_lead, find=access.find_mandate)
def end_mandate(request: HttpRequest, it: Mandate) -> HttpResponse:
    """The mandate ends today; one that has not begun is taken away."""
    actions.end_mandate(by=request.user, mandate=it, on=timezone.localdate())
    messages.success(request, _("The mandate ends today."))
    return to(it.membership.cluster, "mandates")
