"""One member: its path, decision, renewal, leaving; vote and tier; the steps of receiving it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osnowa.clusters import access
from osnowa.clusters.actions import members as actions
from osnowa.clusters.forms.members import DecideForm, EndForm, MembershipForm, RenewForm
from osnowa.clusters.models import Membership
from osnowa.clusters.queries import members as queries
from osnowa.clusters.queries.rules import ONBOARDING, onboarding_steps
from osnowa.clusters.views.members import around, to
from osnowa.kit.doors import door, public
from osnowa.ui.forms import refusals, status_of


def _to(it: Membership) -> HttpResponse:
    return to(it.cluster, "member", member=it.pk)


def page_of(it: Membership) -> str:
    """The address of the page of a membership."""
    return reverse("clusters:member", args=[it.cluster.region.slug, it.cluster.slug, it.pk])


def _form_page(request: HttpRequest, it: Membership, form: Any, heading: str, button: str, lead: str = "") -> HttpResponse:
    context = around(request, it.cluster, form=form, heading=heading, lead=lead, button=button, back=page_of(it), back_words=str(it), it=it)
    return render(request, "clusters/members_form.html", context, status=status_of(form))


@public(find=access.find_membership)
def member(request: HttpRequest, it: Membership) -> HttpResponse:
    """Everybody sees organisation and class of a member; who sees inside or acts for it, its path, mandates, fees and steps."""
    day, cluster = timezone.localdate(), it.cluster
    context = around(request, cluster, it=it)
    acts = access.may_act_for(request.user, it)
    inside = context["is_inside"] or acts
    row = queries.row_of(cluster, it, day, with_signs=inside)
    context |= {"row": row, "may_act": acts, "is_inside": inside}
    if inside:
        known, done = dict(onboarding_steps(cluster)), {code: date.fromisoformat(on) for code, on in it.onboarding.items()}
        steps = [(code, words, done.get(code)) for code, words in known.items()] + [(code, ONBOARDING.label(code), on) for code, on in done.items() if code not in known]
        context |= {
            "mandates": list(it.mandates.order_by("-valid_to", "pk")), "terms": list(it.terms.select_related("body").order_by("-ends_on", "pk")), "fees": list(it.fees.all()), "steps": steps,
            "done": len(done), "days_to_decide": queries.days_to_decide(cluster, it, day),
        }  # fmt: skip
    return render(request, "clusters/member.html", context)


@door(access.may_lead, find=access.find_membership)
def decide(request: HttpRequest, it: Membership) -> HttpResponse:
    """Accept or refuse an application."""
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.decide(by=request.user, membership=it, **{**form.cleaned_data, "joined_on": form.cleaned_data["joined_on"] or None})
            messages.success(request, _("The decision is noted. Who acts for an accepted member is written to."))
            return _to(it)
    return _form_page(request, it, form, _("Decide on the application"), _("Note the decision"))


@door(access.may_act_for, find=access.find_membership)
def renew(request: HttpRequest, it: Membership) -> HttpResponse:
    """Renew a membership: its representative today, who leads on the day it was said."""
    leads = access.may_lead(request.user, it)
    form = RenewForm(request.POST if request.method == "POST" and leads else None)
    if request.method == "POST" and (not leads or form.is_valid()):
        with refusals(form):
            actions.renew(by=request.user, membership=it, on=form.cleaned_data["on"] if leads else timezone.localdate())
            messages.success(request, _("The membership is renewed."))
            return _to(it)
    if not leads:
        form.fields.pop("on")
    return _form_page(request, it, form, _("Renew the membership"), _("Renew"), _("The organisation stays a member until the rules ask again."))


@door(access.may_lead, find=access.find_membership)
def end(request: HttpRequest, it: Membership) -> HttpResponse:
    """End a membership or the way towards it."""
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.end_membership(by=request.user, membership=it, **form.cleaned_data)
            messages.success(request, _("Noted. The path stays in the register."))
            return _to(it)
    return _form_page(request, it, form, _("End the membership"), _("End"), _("Mandates and places in bodies end on the same day. The history stays."))


@door(access.may_lead, find=access.find_membership)
def edit_member(request: HttpRequest, it: Membership) -> HttpResponse:
    """Say whether a member has a vote, and its fee tier."""
    form = MembershipForm(request.POST or None, membership=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_membership(by=request.user, membership=it, **form.cleaned_data)
            messages.success(request, _("Saved."))
            return _to(it)
    return _form_page(request, it, form, _("Vote and fee tier"), _("Save"))


@require_POST
@door(access.may_lead, find=access.find_membership)
def onboarding(request: HttpRequest, it: Membership) -> HttpResponse:
    """Tick which steps of receiving a member are done."""
    actions.tick_steps(by=request.user, membership=it, steps=request.POST.getlist("step"))
    messages.success(request, _("Saved."))
    return _to(it)
