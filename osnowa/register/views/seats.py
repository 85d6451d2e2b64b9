"""The people of an organisation: who holds which seat, until when; invite, prolong, end."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from osnowa.kit.doors import door
from osnowa.kit.limits import not_more_than
from osnowa.people.actions import resend_invitation
from osnowa.people.forms.seats import EndForm, GiveSeatForm, ProlongForm
from osnowa.people.queries import open_invitation
from osnowa.register import access, actions, queries
from osnowa.register.models import Organisation, OrganisationSeat
from osnowa.ui.forms import refusals, status_of


@door(access.may_give_seats, find=access.find_organisation)
def seats(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """The seats of the organisation, and the form that gives one."""
    usual = {"role": OrganisationSeat.Role.EDITOR, "basis": OrganisationSeat.Basis.REGISTER}
    languages = organisation.region.languages
    form = GiveSeatForm(request.POST or None, roles=OrganisationSeat.Role.choices, usual=usual, languages=languages)
    if request.method == "POST" and form.is_valid():
        not_more_than(30, an_hour_of="seats", by=request)
        with refusals(form):
            actions.give_organisation_seat(by=request.user, organisation=organisation, **form.cleaned_data)
            messages.success(request, _("The seat is given. A letter is on its way."))
            return redirect("register:seats", region=organisation.region.slug, slug=organisation.slug)
    words = {
        "region": organisation.region, "organisation": organisation, "form": form,
        "seats": queries.seats_in(organisation),
    }  # fmt: skip
    return render(request, "register/seats.html", words, status=status_of(form))


@door(access.may_change_seat, find=access.find_seat)
def seat(request: HttpRequest, it: OrganisationSeat) -> HttpResponse:
    """One seat: prolong it, end it with a reason, or send its invitation again."""
    organisation = it.organisation
    deed = request.POST.get("deed")
    prolong = ProlongForm(request.POST if deed == "prolong" else None, seat=it, prefix="prolong")
    end = EndForm(request.POST if deed == "end" else None, prefix="end")
    if request.method == "POST" and _done(request, it, prolong, end):
        return redirect("register:seats", region=organisation.region.slug, slug=organisation.slug)
    words = {
        "region": organisation.region, "organisation": organisation, "seat": it, "prolong": prolong, "end": end,
        "invitation": open_invitation(it.person),
    }  # fmt: skip
    return render(request, "register/seat.html", words, status=status_of(prolong, end))


def _done(request: HttpRequest, it: OrganisationSeat, prolong: ProlongForm, end: EndForm) -> bool:
    """Does what was asked; False where a form must be mended."""
    person: Any = request.user
    deed = request.POST.get("deed")
    form = prolong if deed == "prolong" else end
    with refusals(form):
        if deed == "send_again" and (invitation := open_invitation(it.person)):
            resend_invitation(by=person, invitation=invitation, place=it.organisation.region.slug)
            messages.success(request, _("The invitation is sent again."))
        elif deed == "prolong" and prolong.is_valid():
            actions.prolong_organisation_seat(by=person, seat=it, valid_to=prolong.cleaned_data["valid_to"])
            messages.success(request, _("Saved."))
        elif deed == "end" and end.is_valid():
            actions.end_organisation_seat(by=person, seat=it, reason=end.cleaned_data["reason"])
            messages.success(request, _("The seat has ended."))
        else:
            return False
        return True
    return False
