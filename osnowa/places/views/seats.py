"""The people of a region: who holds which seat, until when; invite, prolong, end."""

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
from osnowa.places import access, actions, queries
from osnowa.places.models import Region, RegionSeat
from osnowa.ui.forms import refusals, status_of


@door(access.may_coordinate, find=access.find_region)
def seats(request: HttpRequest, region: Region) -> HttpResponse:
    """The seats of the region, and the form that gives one."""
    usual = {"role": RegionSeat.Role.EDITOR, "basis": RegionSeat.Basis.APPOINTMENT}
    form = GiveSeatForm(request.POST or None, roles=RegionSeat.Role.choices, usual=usual, languages=region.languages)
    if request.method == "POST" and form.is_valid():
        not_more_than(30, an_hour_of="seats", by=request)
        with refusals(form):
            actions.give_region_seat(by=request.user, region=region, **form.cleaned_data)
            messages.success(request, _("The seat is given. A letter is on its way."))
            return redirect("places:seats", region=region.slug)
    words = {"region": region, "form": form, "seats": queries.seats_in(region)}
    return render(request, "places/seats.html", words, status=status_of(form))


@door(access.may_change_seat, find=access.find_seat)
def seat(request: HttpRequest, it: RegionSeat) -> HttpResponse:
    """One seat: prolong it, end it with a reason, or send its invitation again."""
    deed = request.POST.get("deed")
    prolong = ProlongForm(request.POST if deed == "prolong" else None, seat=it, prefix="prolong")
    end = EndForm(request.POST if deed == "end" else None, prefix="end")
    if request.method == "POST" and _done(request, it, prolong, end):
        return redirect("places:seats", region=it.region.slug)
    words = {"region": it.region, "seat": it, "prolong": prolong, "end": end, "invitation": open_invitation(it.person)}
    return render(request, "places/seat.html", words, status=status_of(prolong, end))


def _done(request: HttpRequest, it: RegionSeat, prolong: ProlongForm, end: EndForm) -> bool:
    """Does what was asked; False where a form must be mended."""
    person: Any = request.user
    deed = request.POST.get("deed")
    form = prolong if deed == "prolong" else end
    with refusals(form):
        if deed == "send_again" and (invitation := open_invitation(it.person)):
            resend_invitation(by=person, invitation=invitation, place=it.region.slug)
            messages.success(request, _("The invitation is sent again."))
        elif deed == "prolong" and prolong.is_valid():
            actions.prolong_region_seat(by=person, seat=it, valid_to=prolong.cleaned_data["valid_to"])
            messages.success(request, _("Saved."))
        elif deed == "end" and end.is_valid():
            actions.end_region_seat(by=person, seat=it, reason=end.cleaned_data["reason"])
            messages.success(request, _("The seat has ended."))
        else:
            return False
        return True
    return False
