"""Our answers to allauth's questions: who may come in, in which language, and what happens after too many tries."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.internal.ratelimit import respond_429
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse, translate_url
from django.utils import translation

from osnowa.people.models import Person


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by invitation only; pages after sign-in and letters speak the person's language."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Persons have no user names."""

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:profile")

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """After too many failed tries the answer is 429, not one more form to try."""
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError as error:
            raise ImmediateHttpResponse(respond_429(request)) from error

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        """Leads on in the language of the person, and remembers it for addresses without a language."""
        response: HttpResponse = super().post_login(request, user, **more)
        if response.has_header("Location"):
            response["Location"] = translate_url(response["Location"], user.language)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            user.language,
            max_age=settings.SESSION_COOKIE_AGE,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Writes in the language of the reader, with links that lead to pages in that language."""
        reader = context.get("user") or Person.objects.filter(email=email.lower()).first()
        language = reader.language if reader else translation.get_language() or "en"
        words = {
            name: translate_url(value, language) if name.endswith("_url") and isinstance(value, str) else value
            for name, value in context.items()
        }
        with translation.override(language):
            super().send_mail(template_prefix, email, words)
