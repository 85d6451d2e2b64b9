"""Fees: tiers, a scheme tried beside them, the fees of a year issued in one deed, what was paid."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from osnowa.clusters import access
from osnowa.clusters.actions import fees as actions
from osnowa.clusters.forms.fees import OwnFeeForm, PaidForm, SchemeForm, TierForm
from osnowa.clusters.models import Cluster, Fee, FeeTier, Membership
from osnowa.clusters.queries import fees as queries
from osnowa.clusters.views.members import around, to
from osnowa.clusters.views.members_path import page_of
from osnowa.kit.doors import door
from osnowa.kit.errors import Refused
from osnowa.ui.forms import refusals, status_of


def _year(request: HttpRequest) -> int:
    said = request.POST.get("year") or request.GET.get("year") or ""
    return int(said) if said.isdecimal() and len(said) == 4 else timezone.localdate().year


def _address(it: Cluster, page: str, *words: Any) -> str:
    return reverse(f"clusters:{page}", args=[it.region.slug, it.slug, *words])


@door(access.may_look_inside, find=access.find_cluster)
def fees(request: HttpRequest, it: Cluster) -> HttpResponse:
    """The tiers, and the fees of a year: issued, paid, open."""
    year, today, tiers = queries.year_of(it, _year(request)), timezone.localdate(), queries.tiers_of(it)
    context = around(request, it, year=year, years=sorted({*queries.years_of(it), today.year, today.year + 1}, reverse=True), tiers=tiers)
    if context["may_lead"]:
        context["plan"] = queries.planned(it, year, tiers, today)
    return render(request, "clusters/fees.html", context)


def _tier_page(request: HttpRequest, it: Cluster, form: TierForm, tier: FeeTier | None = None) -> HttpResponse:
    context = around(
        request, it, form=form, heading=_("Change the fee tier") if tier else _("Add a fee tier"), button=_("Save"), back=_address(it, "fees"), back_words=_("Fees"),
        other=_address(it, "remove_tier", tier.pk) if tier else "", other_words=_("Remove the tier"),
    )  # fmt: skip
    return render(request, "clusters/members_form.html", context, status=status_of(form))


@door(access.may_lead, find=access.find_cluster)
def add_tier(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Add a fee tier."""
    form = TierForm(request.POST or None, next_place=it.tiers.count())
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.add_tier(by=request.user, cluster=it, values=form.cleaned_data)
            messages.success(request, _("Saved."))
            return to(it, "fees")
    return _tier_page(request, it, form)


@door(access.may_lead, find=access.find_tier)
def tier(request: HttpRequest, it: FeeTier) -> HttpResponse:
    """Change a fee tier; fees issued already stay."""
    form = TierForm(request.POST or None, tier=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_tier(by=request.user, tier=it, values=form.cleaned_data)
            messages.success(request, _("Saved."))
            return to(it.cluster, "fees")
    return _tier_page(request, it.cluster, form, it)


@require_POST
@door(access.may_lead, find=access.find_tier)
def remove_tier(request: HttpRequest, it: FeeTier) -> HttpResponse:
    """Take a fee tier away."""
    cluster = it.cluster
    actions.remove_tier(by=request.user, tier=it)
    messages.success(request, _("The tier is removed. Fees issued already stay."))
    return to(cluster, "fees")


@door(access.may_look_inside, find=access.find_cluster)
def fee_simulation(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Try other tiers beside those there are; nothing is saved until who leads takes them over."""
    tiers = queries.tiers_of(it)
    said = request.POST if request.method == "POST" else request.GET if "cost" in request.GET else None
    form = SchemeForm(said, tiers=tiers)
    is_fit = form.is_valid()
    if request.method == "POST":
        return _take_over(request, it, form, is_fit=is_fit)
    schemes = [(_("Tiers as they are"), [queries.tier_of(one) for one in tiers])]
    if is_fit and form.tried:
        schemes.append((_("Tiers tried"), form.tiers))
    cost = form.to_carry if is_fit else queries.NOUGHT
    found = queries.simulate(it, schemes, cost, timezone.localdate())
    context = around(request, it, form=form, found=found, cost=cost, is_tried=len(schemes) > 1, rows=[(line, [queries.span(due) for due in line.dues]) for line in found.lines])
    return render(request, "clusters/fee_simulation.html", context, status=status_of(form))


def _take_over(request: HttpRequest, it: Cluster, form: SchemeForm, *, is_fit: bool) -> HttpResponse:
    if not access.may_lead(request.user, it):
        raise Refused(_("Only those who lead the cluster lay down tiers."), status=403)
    if not is_fit:
        raise Refused(_("Something in these tiers needs mending first. Go back and try them."))
    actions.replace_tiers(by=request.user, cluster=it, tiers=form.tried)
    messages.success(request, _("These are the tiers now. Fees issued already stay."))
    return to(it, "fees")


@require_POST
@door(access.may_lead, find=access.find_cluster)
def issue_fees(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Issue the fees of a year to everybody whose fee is certain."""
    year = _year(request)
    count = actions.issue_fees(by=request.user, cluster=it, year=year)
    messages.success(request, ngettext("%(n)s fee was issued.", "%(n)s fees were issued.", count) % {"n": count})
    return redirect(f"{_address(it, 'fees')}?year={year}")


@door(access.may_lead, find=access.find_fee)
def fee(request: HttpRequest, it: Fee) -> HttpResponse:
    """Note what was paid of a fee, or set it anew."""
    cluster = it.membership.cluster
    form = PaidForm(request.POST or None, fee=it)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refusals(form):
            actions.set_fee(by=request.user, membership=it.membership, year=it.year, amount=said["amount"])
            it.refresh_from_db(fields=["amount"])
            actions.note_paid(by=request.user, fee=it, paid=said["paid"], on=said["paid_on"])
            messages.success(request, _("Saved."))
            return redirect(f"{_address(cluster, 'fees')}?year={it.year}")
    lead = f"{it.membership}, {it.year}"
    context = around(request, cluster, form=form, heading=_("Fee and payment"), lead=lead, button=_("Save"), back=f"{_address(cluster, 'fees')}?year={it.year}", back_words=_("Fees"))
    return render(request, "clusters/members_form.html", context, status=status_of(form))


@door(access.may_lead, find=access.find_membership)
def own_fee(request: HttpRequest, it: Membership) -> HttpResponse:
    """Say what one member owes for a year."""
    form = OwnFeeForm(request.POST or None, initial={"year": _year(request)})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.set_fee(by=request.user, membership=it, year=form.cleaned_data["year"], amount=form.cleaned_data["amount"])
            messages.success(request, _("Saved."))
            return redirect(f"{_address(it.cluster, 'fees')}?year={form.cleaned_data['year']}")
    context = around(request, it.cluster, it=it, form=form, heading=_("Set the fee of a year"), button=_("Save"), back=page_of(it), back_words=str(it))
    return render(request, "clusters/members_form.html", context, status=status_of(form))
