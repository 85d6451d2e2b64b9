"""Pages of the account: accept an invitation, own profile, export, erasure, sessions."""

from typing import Any

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from osnowa.kit.doors import public, signed_in
from osnowa.people import access, actions, queries
from osnowa.people.forms.accounts import EraseForm, InvitationForm, ProfileForm
from osnowa.people.models import Invitation, Person, Seat
from osnowa.ui.forms import refusals, status_of


@sensitive_post_parameters("password", "again")
@never_cache
@require_http_methods(["GET", "POST"])
@public(find=access.find_invitation)
def invitation(request: HttpRequest, invited: Invitation) -> HttpResponse:
    """Who invites, to which seats; takes name and password and signs in. A used or old link says so."""
    seats = [seat for seat in queries.seats_of(invited.person) if seat.state != seat.State.ENDED]
    if not invited.is_open:
        return render(request, "people/invitation_over.html", {"invitation": invited}, status=410)
    form = InvitationForm(request.POST or None, person=invited.person)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data
        person = actions.accept_invitation(
            by=invited.person, invitation=invited, name=words["name"], password=words["password"]
        )
        response = perform_login(request, person, redirect_url=_where_to_begin(seats))
        if request.user.is_authenticated:
            reauthenticate_by_password(request)
        return response  # type: ignore[no-any-return]
    return render(request, "people/invitation.html", {"invitation": invited, "seats": seats, "form": form})


def _where_to_begin(seats: list[Seat]) -> str | None:
    """The page of the one place whose seats hold; the first page where there are several or none."""
    pages = {seat.place_url for seat in seats} - {""}
    return pages.pop() if len(pages) == 1 else None


def _profile(request: HttpRequest, form: ProfileForm, status: int = 200) -> HttpResponse:
    person: Any = request.user
    words = {
        "form": form,
        "seats": queries.seats_of(person),
        "panels": queries.panels_about(person),
        "has_second_factor": access.has_second_factor(person),
        "needs_second_factor": access.needs_second_factor(person),
    }
    return render(request, "people/profile.html", words, status=status)


@require_http_methods(["GET", "POST"])
@signed_in()
def profile(request: HttpRequest) -> HttpResponse:
    """The person's own page: name and language, ways of signing in, seats, proposals, export, erasure."""
    person: Any = request.user
    form = ProfileForm(request.POST or None, initial={"name": person.name, "language": person.language})
    if request.method == "POST":
        if not form.is_valid():
            return _profile(request, form, status=422)
        actions.change_profile(by=person, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect(translate_url(request.path, person.language))
    return _profile(request, form)


@require_GET
@never_cache
@signed_in()
def export(request: HttpRequest) -> HttpResponse:
    """Everything the instance keeps about the person, as one JSON file."""
    person: Any = request.user
    name = f"osnowa-{person.pk}-{timezone.localdate():%Y-%m-%d}.json"
    return JsonResponse(
        queries.everything_about(person),
        json_dumps_params={"indent": 2, "ensure_ascii": False},
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
@signed_in()
def erase(request: HttpRequest) -> HttpResponse:
    """Says what erasure does; does it after the password was given."""
    person: Any = request.user
    form = EraseForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.erase(by=person, person=person)
            logout(request)
            return redirect("people:erased")
    return render(request, "people/erase.html", {"form": form}, status=status_of(form))


@require_GET
@public()
def erased(request: HttpRequest) -> HttpResponse:
    """Says that the account is gone."""
    return render(request, "people/erased.html")


@require_POST
@signed_in(find=access.find_session)
def end_session(request: HttpRequest, session: Any) -> HttpResponse:
    """Signs one of the person's devices out; her present one as well, if she says so."""
    person = request.user
    assert isinstance(person, Person)
    is_this_one = session.session_key == request.session.session_key
    actions.end_session(by=person, session=session)
    if is_this_one:
        logout(request)
        return redirect("account_login")
    messages.success(request, _("That device is signed out."))
    return redirect("usersessions_list")
