"""What every address of the interface does alike, whatever stands behind it: methods, limits, origins, 304, errors."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.core.exceptions import BadRequest, DisallowedHost, RequestDataTooBig
from django.core.signals import got_request_exception
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from osnowa.kit.doors import public
from osnowa.opendata import access
from osnowa.opendata.api import limits
from osnowa.opendata.api.answers import is_known
from osnowa.opendata.api.problems import Problem

View = Callable[..., HttpResponseBase]
_log = logging.getLogger("django.request")
_READS = ("GET", "HEAD", "OPTIONS")
_JSON = ("application/json", "application/merge-patch+json")
_SHOWN = "ETag, Last-Modified, Link, Location, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset"


@dataclass(frozen=True)
class Takes:
    """What an address takes by one method: words behind the "?" (None: whatever), and whether a body."""

    words: frozenset[str] | None = frozenset()
    has_body: bool = False


def machine(view: View, methods: tuple[str, ...], takes: Callable[[str], Takes] = lambda method: Takes()) -> View:
    """A view of the interface behind its door."""

    @csrf_exempt  # a cookie is never believed here: who writes brings a key in a header
    @public()
    @wraps(view)
    def answer(request: HttpRequest, **named: Any) -> HttpResponseBase:
        allowance = _allowance(request)
        try:
            if allowance.is_used_up:
                raise Problem(429, _("That was a lot for one hour. Please go on in %(n)s seconds.") % {"n": allowance.seconds_left})
            made = _asked(request, view, methods, takes, named)
        except Problem as problem:
            made = problem.answer()
        except (BadRequest, DisallowedHost, RequestDataTooBig):
            made = Problem(400).answer()
        except Exception as error:
            got_request_exception.send(sender=answer, request=request)
            _log.exception("The interface broke: %s", error, extra={"request": request, "status_code": 500})
            made = Problem(500).answer()
        return _finished(request, made, allowance)

    answer.__module__ = __name__
    return answer


def _allowance(request: HttpRequest) -> limits.Allowance:
    if request.method in _READS:
        return limits.reading(request)
    request.auth = access.key_that_holds(secret_of(request))  # type: ignore[attr-defined]
    return limits.writing(request, request.auth.hashed if request.auth else "")  # type: ignore[attr-defined]


def secret_of(request: HttpRequest) -> str:
    """What stands behind "Bearer" in the head of the request."""
    kind, _space, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if kind.lower() == "bearer" else ""


def _asked(request: HttpRequest, view: View, methods: tuple[str, ...], takes: Callable[[str], Takes],
           named: dict[str, Any]) -> HttpResponseBase:  # fmt: skip
    allowed = (*methods, *(("HEAD",) if "GET" in methods else ()), "OPTIONS")
    if request.method == "OPTIONS":
        return HttpResponse(status=204, headers={"Allow": ", ".join(allowed), "Cache-Control": "no-store"})
    if request.method not in allowed:
        raise Problem(405, _("Here one can: %(methods)s.") % {"methods": ", ".join(allowed)}, headers={"Allow": ", ".join(allowed)})
    method = "GET" if request.method == "HEAD" else str(request.method)
    taken = takes(method)
    if taken.words is not None:
        _check_words(request, taken.words)
    if taken.has_body and (request.content_type or "") not in _JSON:
        raise Problem(415, _("The body of a request is JSON: say Content-Type: application/json."))
    asked, request.method = request.method, method
    try:
        return view(request, **named)
    finally:
        request.method = asked


def _check_words(request: HttpRequest, known: frozenset[str]) -> None:
    """A misspelt filter would silently find everything: it is refused instead."""
    unknown = [word for word in request.GET if word not in known]
    if unknown:
        said = _("There is no such word here. Known are: %(words)s.") % {"words": ", ".join(sorted(known)) or "–"}
        raise Problem(422, errors=[{"parameter": word, "detail": said} for word in unknown])


def _finished(request: HttpRequest, made: HttpResponseBase, allowance: limits.Allowance) -> HttpResponseBase:
    if request.method in ("GET", "HEAD") and made.status_code == 200 and is_known(request, made):  # type: ignore[arg-type]
        kept = ("ETag", "Cache-Control", "Last-Modified", "Link")
        made = HttpResponse(status=304, headers={name: made[name] for name in kept if name in made})
        del made["Content-Type"]
    for name, value in allowance.headers.items():
        made[name] = value
    if request.method in _READS:
        made["Access-Control-Allow-Origin"] = "*"
        made["Access-Control-Expose-Headers"] = _SHOWN
    if request.method == "OPTIONS":
        made["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        made["Access-Control-Allow-Headers"] = "Accept-Language, If-None-Match"
        made["Access-Control-Max-Age"] = "86400"
    made["Vary"] = "Accept-Language"
    if made.status_code == 404:
        # No page in a language stands behind an address for machines: nobody is led to one from here.
        request.urlconf = "osnowa.opendata.machine_urls"
    return made
