"""In which language an address without one opens: that of the cookie, else the browser's, else the first of the place."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header


def preferred(request: HttpRequest, spoken: Iterable[str]) -> str:
    """The language a phone asks for, else the first that is spoken at the place."""
    offered = [code for code, _name in settings.LANGUAGES]
    asked = [code[:2] for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", ""))]
    wanted = [request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, ""), *asked, *spoken]
    return next((code for code in wanted if code in offered), offered[0])
