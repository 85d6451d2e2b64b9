"""Doors of URLs: every view declares exactly one of `public`, `signed_in`, `door`; a house test walks all URLs.

A door may find the thing its URL names. `find(person, **words_of_the_url)` gives the thing or raises Http404, so that
what a person may not see looks exactly like what does not exist; what she may see but not do is 403. Where the thing
stands at another address by now, `find` raises Moved.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from osnowa.kit.errors import Refused

View = Callable[..., HttpResponseBase]
Find = Callable[..., Any]
May = Callable[..., bool]


class Moved(Exception):
    """Raised by `find`: the thing stands at this same address with other words in it now.

    Who reads is led there, for now and not for ever, since it may move back. Who sends something is told `said`: what
    she wrote was meant for another thing and is not taken over unseen; going back in the browser shows it again.
    """

    def __init__(self, said: str, **words: Any) -> None:
        super().__init__(said)
        self.said, self.words = said, words

    def answer(self, request: HttpRequest, words: dict[str, Any]) -> HttpResponse:
        if request.method not in ("GET", "HEAD") or request.resolver_match is None:
            raise Refused(self.said)
        there = reverse(request.resolver_match.view_name, kwargs=words | self.words)
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"{there}?{query}" if query else there)


def _way_back(request: HttpRequest) -> str:
    """Where sign-in leads on to: this address, or of what only a form may send the page on which the form stands."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    page = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()):
        way = urlsplit(page)._replace(scheme="", netloc="", fragment="").geturl()
        if url_has_allowed_host_and_scheme(way, None):
            return way
    return request.path.rstrip("/").rpartition("/")[0] + "/"


def _guard(kind: str, find: Find | None, may: May | None) -> Callable[[View], View]:
    def fit(view: View) -> View:
        @wraps(view)
        def through(request: HttpRequest, **words: Any) -> HttpResponseBase:
            person = request.user
            if kind != "public" and not person.is_authenticated and find is None:
                return redirect_to_login(_way_back(request))
            try:
                things = (find(person, **words),) if find else ()
            except Moved as moved:
                return moved.answer(request, words)
            if kind != "public" and not person.is_authenticated:
                return redirect_to_login(_way_back(request))
            if may and not may(person, *things):
                raise PermissionDenied
            return view(request, *things, **({} if find else words))

        through.door = kind  # type: ignore[attr-defined]
        through.may = may  # type: ignore[attr-defined]
        return through

    return fit


def public(*, find: Find | None = None) -> Callable[[View], View]:
    """Open to everyone; `find` still hides what the person may not see."""
    return _guard("public", find, None)


def signed_in(*, find: Find | None = None) -> Callable[[View], View]:
    """Open to everyone who has signed in."""
    return _guard("signed_in", find, None)


def door(may: May, *, find: Find | None = None) -> Callable[[View], View]:
    """Open to those whom `may(person, thing)` lets in."""
    return _guard("door", find, may)


#: Tables a GET may write: the session itself and that recovery codes were looked at, never a fact of the register.
_SESSION_TABLES = ("django_session", "usersessions_usersession", "mfa_authenticator")


class GetsDoNotWrite:
    """Middleware: while a GET or HEAD is answered, the database connection refuses to write."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with connection.execute_wrapper(_refuse_writes):
            return self.get_response(request)


def _refuse_writes(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    verb = sql.lstrip(" (").split(None, 1)[0].upper()
    if verb in ("INSERT", "UPDATE", "DELETE") and not any(table in sql for table in _SESSION_TABLES):
        raise RuntimeError(f"A GET may not write: {sql[:120]}")
    return execute(sql, params, many, context)
