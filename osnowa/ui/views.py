"""The gallery of components, the reader's own look, and the pages for when something is wrong."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from osnowa.kit.doors import public
from osnowa.ui.context import TEXT_SIZES, THEMES
from osnowa.ui.samples import gallery_context

_YEAR = 60 * 60 * 24 * 365


@public()
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state; the accessibility tests visit it."""
    return render(request, "ui/gallery.html", gallery_context(page=3))


@public()
def look(request: HttpRequest) -> HttpResponse:
    """Keeps the chosen text size and colours in cookies and goes back to the same place."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("home:front"))
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = reverse("home:front")
    response = HttpResponseRedirect(back)
    for name, allowed in (("text", TEXT_SIZES), ("theme", THEMES)):
        if (value := request.POST.get(name)) in allowed:
            response.set_cookie(name, value, max_age=_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return response


def _wrong(request: HttpRequest, status: int) -> HttpResponse:
    return render(request, "ui/error.html", {"status": status}, status=status)


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _wrong(request, 400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _wrong(request, 403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _wrong(request, 404)


def broken(request: HttpRequest) -> HttpResponse:
    """The last page that must still come: no database, no session, no context processor."""
    try:
        page: str = render_to_string("ui/broken.html")
    except Exception:  # whatever broke may have broken the template too; the cause is already in the log
        page = "<!doctype html><title>Osnowa</title><h1>500</h1>"
    return HttpResponse(page, status=500)
