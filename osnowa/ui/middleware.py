"""Remembers the language a reader turned to; gives the bare answer to a wrong method a page."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_from_path, get_language_from_request

_YEAR = 60 * 60 * 24 * 365


class RememberLanguage:
    """Middleware: sets the language cookie only where the page's language is not what the browser would get anyway."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        chosen = get_language_from_path(request.path_info)
        is_page = request.method == "GET" and response.status_code == 200
        if is_page and chosen and chosen != get_language_from_request(request):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                chosen,
                max_age=_YEAR,
                samesite="Lax",
                secure=request.is_secure(),
                httponly=True,
            )
        return response


class WrongMethod:
    """Middleware: a 405 without content becomes a page that leads on; which methods are allowed stays in its head."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 405 or response.streaming or response.content:
            return response
        page = render(request, "ui/error.html", {"status": 405}, status=405)
        page["Allow"] = response.get("Allow", "")
        return page
