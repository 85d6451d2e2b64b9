"""Leads coordinators and operators to set up a second factor where the instance demands one."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from osnowa.people.access import has_second_factor, needs_second_factor
from osnowa.people.models import Person

#: Pages open before the second factor is set up: setting it up, proving who one is, leaving, language and look.
_OPEN = ("mfa_", "account_logout", "account_reauthenticate", "account_email", "account_confirm_email")
_OPEN_ROOMS = ("ui",)


class SecondFactor:
    """Middleware: nothing else opens before the second factor stands. Static files and health need no person."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, words: Any) -> HttpResponse | None:
        if not settings.REQUIRE_SECOND_FACTOR or not isinstance(request.user, Person) or _is_open(request):
            return None
        if has_second_factor(request.user) or not needs_second_factor(request.user):
            return None
        messages.warning(request, _("Your role needs a second step at sign-in. Set it up, then everything opens."))
        return redirect("mfa_index")


def _is_open(request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None or match.app_name in _OPEN_ROOMS:
        return True
    return (match.url_name or "").startswith(_OPEN) or match.url_name in ("health", "set_language")
