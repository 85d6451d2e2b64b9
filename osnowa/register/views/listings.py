"""Offers, needs and resources to share of an organisation."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from osnowa.kit.doors import door
from osnowa.register import access, actions
from osnowa.register.forms.listings import ListingForm
from osnowa.register.models import Listing, Organisation
from osnowa.register.queries.listings import by_kind, shown_listings
from osnowa.register.views.organisations import source_of
from osnowa.ui.forms import status_of


def _saved(request: HttpRequest, form: ListingForm) -> bool:
    if request.method != "POST" or not form.is_valid():
        return False
    source = source_of(request.user, form.organisation)
    actions.save_part(by=request.user, organisation=form.organisation, row=form.instance, source=source)
    messages.success(request, _("Saved."))
    return True


def _back(organisation: Organisation) -> HttpResponse:
    return redirect("register:listings", region=organisation.region.slug, slug=organisation.slug)


@door(access.may_edit, find=access.find_organisation)
def listings(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = ListingForm(request.POST or None, organisation=organisation)
    if _saved(request, form):
        return _back(organisation)
    shown = shown_listings(organisation.listings.all(), organisation.region.currency, timezone.localdate())
    context = {"region": organisation.region, "organisation": organisation, "form": form, "groups": by_kind(shown)}
    return render(request, "register/listings.html", context, status=status_of(form))


@door(access.may_edit_row, find=access.find_listing)
def listing(request: HttpRequest, row: Listing) -> HttpResponse:
    organisation = row.organisation
    if request.method == "POST" and request.POST.get("deed") == "remove":
        actions.remove_part(by=request.user, organisation=organisation, row=row)
        messages.success(request, _("Removed. The history keeps it, and can bring it back."))
        return _back(organisation)
    form = ListingForm(request.POST or None, instance=row, organisation=organisation)
    if _saved(request, form):
        return _back(organisation)
    context = {"region": organisation.region, "organisation": organisation, "form": form}
    return render(request, "register/listing.html", context, status=status_of(form))
