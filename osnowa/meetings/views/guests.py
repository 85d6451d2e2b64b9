"""For who leads: the list of guests and the door, invitations, scanned tickets, evidence of attendance."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from osnowa.kit import sheets
from osnowa.kit.attachments import attached
from osnowa.kit.doors import door
from osnowa.kit.squares import square
from osnowa.kit.words import fold, typed
from osnowa.meetings import access
from osnowa.meetings.actions import arrivals
from osnowa.meetings.actions import participations as actions
from osnowa.meetings.forms.participations import DoorForm, InvitationsForm
from osnowa.meetings.models import Meeting, Participation, Series
from osnowa.meetings.queries.attendance import attendance, list_of, present, sheets_of
from osnowa.meetings.queries.meetings import door_word, places_of
from osnowa.meetings.views.planning import to_meeting
from osnowa.ui.forms import refusals, status_of

_PAGE = 200
Via = Participation.Via


@door(access.may_lead, find=access.find_meeting)
def guests(request: HttpRequest, it: Meeting) -> HttpResponse:
    """The list at the door, with one tap a person; `q` narrows it by name or organisation."""
    words, state = typed(request.GET.get("q", "")), request.GET.get("state", "")
    rows = it.participations.select_related("organisation").order_by("person_name", "organisation_name", "pk")
    if state in Participation.State.values:
        rows = rows.filter(state=state)
    found: Any = [row for row in rows if fold(words) in fold(f"{row.person_name} {row.of_organisation} {row.email}")] if words else rows
    door_address = settings.ADDRESS.rstrip("/") + reverse("short:here", args=[it.code])
    word = door_word(it)
    context = {
        "region": it.region, "meeting": it, "page": Paginator(found, _PAGE).get_page(request.GET.get("page")), "words": words, "state": state,
        "states": Participation.State.choices, "places": places_of(it), "found": attendance(it), "door_address": door_address, "door_word": word,
        "door_square": square(f"{door_address}?word={word}", _("QR code with which people say that they are here")),
    }  # fmt: skip
    return render(request, "meetings/guests.html", context)


def _back_to_list(request: HttpRequest, it: Meeting, row: Participation | None = None) -> HttpResponse:
    query = request.POST.get("back", "")
    anchor = f"#guest-{row.pk}" if row else ""
    return redirect(reverse("meetings:guests", args=[it.region.slug, it.slug]) + (query if query.startswith("?") else "") + anchor)


@require_POST
@door(access.may_lead, find=access.find_guest)
def at_the_door(request: HttpRequest, guest: Participation) -> HttpResponse:
    """One tap: she is there, or was ticked by mistake; or gives her place back."""
    deed = request.POST.get("deed", "")
    if deed == "here":
        arrivals.check_in(by=request.user, guest=guest, via=Via.ONLINE if guest.is_remote else Via.LIST)
    elif deed == "not_here":
        arrivals.undo_check_in(by=request.user, guest=guest)
    elif deed == "withdraw":
        actions.withdraw(by=request.user, guest=guest)
    if request.headers.get("HX-Request"):
        guest.refresh_from_db()
        return render(request, "meetings/guest_row.html", {"guest": guest, "meeting": guest.meeting, "region": guest.meeting.region})
    return _back_to_list(request, guest.meeting, guest)


@door(access.may_lead, find=access.find_meeting)
def add_guest(request: HttpRequest, it: Meeting) -> HttpResponse:
    """Somebody came unannounced, or stands on the paper list."""
    form = DoorForm(request.POST or None, meeting=it, person=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            via = Via.PAPER if request.POST.get("via") == Via.PAPER else Via.LIST
            arrivals.add_present(by=request.user, meeting=it, via=via, **form.words)
            messages.success(request, _("Noted as present: %(name)s.") % {"name": form.cleaned_data["person_name"]})
            return redirect("meetings:add_guest", region=it.region.slug, slug=it.slug)
    return render(request, "meetings/guest_add.html", {"region": it.region, "meeting": it, "form": form}, status=status_of(form))


@door(access.may_lead, find=access.find_meeting)
def invite(request: HttpRequest, it: Meeting) -> HttpResponse:
    """Invite by pasted addresses, by organisation, by sector; or write again to those who are silent."""
    if request.method == "POST" and request.POST.get("deed") == "again":
        count = actions.invite_again(by=request.user, meeting=it)
        messages.success(request, ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", count) % {"n": count})
        return to_meeting(it, "invite")
    form = InvitationsForm(request.POST or None, meeting=it)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            count = actions.invite(by=request.user, meeting=it, asked=form.asked)
            messages.success(request, ngettext("%(n)s person was invited.", "%(n)s people were invited.", count) % {"n": count})
            return to_meeting(it, "invite")
    silent = it.participations.filter(state=Participation.State.INVITED).exclude(email="").count()
    unsent = it.participations.filter(Q(invited_at=None), state=Participation.State.INVITED).exclude(email="").count()
    context = {"region": it.region, "meeting": it, "form": form, "silent": silent, "unsent": unsent}
    return render(request, "meetings/invite.html", context, status=status_of(form))


@door(access.may_lead, find=access.find_participation)
def check_in(request: HttpRequest, guest: Participation) -> HttpResponse:
    """What the camera of who leads opens from a ticket: who it is, and one button."""
    if request.method == "POST":
        arrivals.check_in(by=request.user, guest=guest, via=Via.QR)
        return redirect("meetings:check_in", token=guest.token)
    meeting = guest.meeting
    return render(request, "meetings/check_in.html", {"region": meeting.region, "meeting": meeting, "guest": guest, "found": attendance(meeting)})


def _file(name: str, form: str, rows: dict[str, Any], lists: Any) -> HttpResponse:
    if form not in sheets.CONTENT_TYPES:
        raise Http404
    content = sheets.as_xlsx(rows) if form == "xlsx" else sheets.as_csv(*lists)
    return attached(content, f"{name}.{form}", sheets.CONTENT_TYPES[form])


@door(access.may_lead, find=access.find_meeting)
def attendance_page(request: HttpRequest, it: Meeting) -> HttpResponse:
    """Who was there, counted, with its sums, fit for print."""
    return render(request, "meetings/attendance.html", {"region": it.region, "meeting": it, "found": attendance(it)})


def _of_meeting(person: Any, region: str, slug: str, form: str) -> tuple[Meeting, str]:
    return access.find_meeting(person, region, slug), form


def _of_series(person: Any, region: str, slug: str, form: str) -> tuple[Series, str]:
    return access.find_series(person, region, slug), form


def _may_lead_first(person: Any, wanted: tuple[Any, str]) -> bool:
    return access.may_lead(person, wanted[0])


@door(_may_lead_first, find=_of_meeting)
def attendance_file(request: HttpRequest, wanted: tuple[Meeting, str]) -> HttpResponse:
    """The evidence of one meeting as a spreadsheet."""
    it, form = wanted
    return _file(f"attendance-{it.slug}", form, sheets_of([it]), list_of(present([it])))


@door(_may_lead_first, find=_of_series)
def series_attendance_file(request: HttpRequest, wanted: tuple[Series, str]) -> HttpResponse:
    """The evidence of a whole series as a spreadsheet: who came twice is one organisation and two participations."""
    it, form = wanted
    meetings = list(it.meetings.all())
    return _file(f"attendance-{it.slug}", form, sheets_of(meetings), list_of(present(meetings)))
