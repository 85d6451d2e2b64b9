"""Coming without an account: registration, the link of the letter, the ticket, saying at the place that one is there."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osnowa.kit import letters
from osnowa.kit.attachments import attached
from osnowa.kit.doors import public
from osnowa.kit.limits import not_more_than
from osnowa.kit.squares import square
from osnowa.kit.tongues import preferred
from osnowa.kit.words import fold, typed
from osnowa.meetings import access
from osnowa.meetings.actions import arrivals
from osnowa.meetings.actions import participations as actions
from osnowa.meetings.forms.participations import ChangeForm, HereForm, OwnHereForm, RegistrationForm
from osnowa.meetings.models import Meeting, Participation
from osnowa.meetings.queries.calendar import file_of
from osnowa.meetings.queries.meetings import places_of, why_closed
from osnowa.places.models import Region
from osnowa.register import access as register_access
from osnowa.ui.forms import refusals, status_of

#: Registrations one person, or one network address, may send within an hour: an office registers all its people.
AN_HOUR = 30
#: A whole room stands behind one network address.
AN_HOUR_AT_THE_PLACE = 400
#: A field no person sees and no browser knows; whoever fills it in is a machine.
TRAP = "thread_dye"
_SUGGESTED = 8


@public(find=access.find_meeting)
def register(request: HttpRequest, it: Meeting) -> HttpResponse:
    """The form; whoever sent it reads the same answer, whether she was registered before or not."""
    form = RegistrationForm(request.POST or None, meeting=it, person=request.user)
    if request.method == "POST" and _taken_in(request, it, form):
        return redirect(f"{request.path}?sent=1")
    context = {
        "region": it.region, "meeting": it, "form": form, "trap": TRAP, "sent": "sent" in request.GET, "places": places_of(it), "why_closed": why_closed(it),
    }  # fmt: skip
    return render(request, "meetings/register.html", context, status=status_of(form))


def _taken_in(request: HttpRequest, it: Meeting, form: RegistrationForm) -> bool:
    """Whether somebody is on the list now; machines are told so too."""
    if request.POST.get(TRAP):
        return True
    if not form.is_valid():
        return False
    not_more_than(AN_HOUR, an_hour_of="registrations", by=request)
    with refusals(form):
        actions.register(by=None, meeting=it, **form.words)
        return True
    return False


@public(find=access.find_region)
def organisations(request: HttpRequest, region: Region) -> HttpResponse:
    """Suggestions for the field of organisations: those the person may see whose names bear the words typed."""
    words = fold(typed(request.GET.get("organisation", "")))
    found = register_access.visible(request.user, region).filter(name_fold__contains=words)[:_SUGGESTED] if len(words) > 1 else []
    return render(request, "meetings/suggestions.html", {"found": found})


def ticket_address(guest: Participation) -> str:
    """The address in the square of a ticket: it opens the page on which who leads lets somebody in, in the region's language."""
    return letters.link("meetings:check_in", next(iter(guest.meeting.region.languages), "en"), token=guest.token)


@public(find=access.find_participation)
def mine(request: HttpRequest, guest: Participation) -> HttpResponse:
    """What a letter's link shows: one's place, the ticket, what one said, and how to change it."""
    form = ChangeForm(request.POST or None, meeting=guest.meeting, person=request.user, guest=guest)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_participation(by=None, guest=guest, **form.words)
            messages.success(request, _("Saved."))
            return redirect("meetings:mine", token=guest.token)
        guest.refresh_from_db()
    return _own_page(request, guest, form, OwnHereForm(meeting=guest.meeting))


def _own_page(request: HttpRequest, guest: Participation, form: ChangeForm, here_form: OwnHereForm) -> HttpResponse:
    meeting = guest.meeting
    has_place = guest.state == Participation.State.REGISTERED
    context: dict[str, Any] = {
        "region": meeting.region, "meeting": meeting, "guest": guest, "form": form, "here_form": here_form, "is_time": arrivals.is_time_to_arrive(meeting), "over": actions.why_over(meeting), "has_place": has_place,
        "ticket": square(ticket_address(guest), _("QR code of the ticket")) if has_place else "", "why_closed": why_closed(meeting),
    }  # fmt: skip
    return render(request, "meetings/mine.html", context, status=status_of(form, here_form))


@require_POST
@public(find=access.find_participation)
def answer(request: HttpRequest, guest: Participation) -> HttpResponse:
    """Who was invited, or withdrew, comes; who comes withdraws, or is there by now and knows the word of the wall."""
    if request.POST.get("answer") == "here":
        not_more_than(AN_HOUR_AT_THE_PLACE, an_hour_of="arrivals", by=request)
        here_form = OwnHereForm(request.POST, meeting=guest.meeting)
        if not here_form.is_valid():
            return _own_page(request, guest, ChangeForm(meeting=guest.meeting, person=request.user, guest=guest), here_form)
        arrivals.arrive_by_link(by=None, guest=guest)
    elif request.POST.get("answer") == "comes":
        words = {"person_name": request.POST.get("person_name", "")[:120] or guest.person_name}
        actions.come(by=None, guest=guest, **words)
    else:
        actions.withdraw(by=None, guest=guest)
    return redirect("meetings:mine", token=guest.token)


@public(find=access.find_participation)
def mine_ics(request: HttpRequest, guest: Participation) -> HttpResponse:
    """The meeting for the guest's own calendar, with the link to join."""
    content = file_of([guest.meeting], str(guest.meeting), guest=guest)
    return attached(content, "meeting.ics", "text/calendar; charset=utf-8")


@public(find=access.find_by_code)
def short_here(request: HttpRequest, it: Meeting) -> HttpResponse:
    """The short address at the door: on to the page in the phone's language, with the word that stands there."""
    with translation.override(preferred(request, it.region.languages)):
        response = redirect(f"{reverse('meetings:here', args=[it.code])}?{urlencode({'word': request.GET.get('word', '')})}")
    response["Vary"] = "Accept-Language, Cookie"
    return response


@public(find=access.find_by_code)
def here(request: HttpRequest, it: Meeting) -> HttpResponse:
    """Say with the word of the wall that one is there. Whoever says so reads the same answer, registered or not."""
    form = HereForm(request.POST or None, meeting=it, person=request.user, word=typed(request.GET.get("word", "")))
    if request.method == "POST":
        not_more_than(AN_HOUR_AT_THE_PLACE, an_hour_of="arrivals", by=request)
        if request.POST.get(TRAP) or (form.is_valid() and _arrived(it, form)):
            return redirect(f"{request.path}?here=1")
    context = {"meeting": it, "form": form, "trap": TRAP, "is_here": "here" in request.GET, "is_time": arrivals.is_time_to_arrive(it)}
    return render(request, "meetings/here.html", context, status=status_of(form))


def _arrived(it: Meeting, form: HereForm) -> bool:
    with refusals(form):
        arrivals.arrive(by=None, meeting=it, **form.words)
        return True
    return False
