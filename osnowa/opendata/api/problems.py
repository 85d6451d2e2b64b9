"""What the interface says when it cannot do what was asked: one shape for every error (RFC 9457), in the asker's language."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

TITLES: dict[int, Promise | str] = {
    400: gettext_lazy("This request cannot be read"),
    401: gettext_lazy("A key is needed"),
    403: gettext_lazy("This key may not do that"),
    404: gettext_lazy("There is nothing at this address"),
    405: gettext_lazy("This cannot be done at this address"),
    409: gettext_lazy("The rules of the register say no"),
    412: gettext_lazy("The record has changed meanwhile"),
    415: gettext_lazy("Send JSON"),
    422: gettext_lazy("Some values cannot be used"),
    428: gettext_lazy("Say which version you have read"),
    429: gettext_lazy("Too many requests"),
    500: gettext_lazy("Something broke here"),
}
#: What pydantic finds wrong, in words; what is not here is told in general.
_SAID = {
    "missing": gettext_lazy("This is missing."),
    "extra_forbidden": gettext_lazy("There is no such field."),
    "string_too_long": gettext_lazy("This is longer than %(max_length)s characters."),
    "string_too_short": gettext_lazy("This may not be empty."),
    "string_pattern_mismatch": gettext_lazy("This holds characters that cannot be used here."),
    "string_unicode": gettext_lazy("This holds characters that cannot be used here."),
    "too_long": gettext_lazy("These are more than %(max_length)s."),
    "less_than_equal": gettext_lazy("This is more than %(le)s."),
    "greater_than_equal": gettext_lazy("This is less than %(ge)s."),
    "literal_error": gettext_lazy("This is one of: %(expected)s."),
    "json_invalid": gettext_lazy("This is not JSON."),
}
_DAYS = ("date_", "datetime_", "timezone_")
_NUMBERS = ("int_", "float_", "finite_", "decimal_")


class Problem(Exception):
    """Raised anywhere in the interface; becomes the answer."""

    def __init__(self, status: int, detail: Any = "", errors: Iterable[Mapping[str, str]] = (),
                 headers: Mapping[str, str] | None = None) -> None:  # fmt: skip
        super().__init__(status, str(detail))
        self.status, self.detail = status, detail
        self.errors, self.headers = list(errors), headers or {}

    def answer(self) -> HttpResponse:
        """The problem as the client reads it."""
        told: dict[str, Any] = {"type": "about:blank", "title": str(TITLES.get(self.status, _("Something is wrong"))), "status": self.status}
        if self.detail:
            told["detail"] = str(self.detail)
        if self.errors:
            told["errors"] = self.errors
        body = json.dumps(told, ensure_ascii=False)
        headers = {"Cache-Control": "no-store", **self.headers}
        return HttpResponse(body, status=self.status, content_type="application/problem+json", headers=headers)


def wrong_parameter(name: str, detail: Any) -> Problem:
    """A word of the address that cannot be used."""
    return Problem(422, errors=[{"parameter": name, "detail": str(detail)}])


def wrong_values(found: Iterable[Mapping[str, Any]]) -> Problem:
    """What pydantic found wrong, each at its parameter or at its JSON pointer in the body."""
    return Problem(422, errors=[{**_where(one["loc"]), "detail": _words(one)} for one in found])


def _where(place: tuple[Any, ...]) -> dict[str, str]:
    source, *way = place
    if source == "body":
        return {"pointer": "#/" + "/".join(str(step).replace("~", "~0").replace("/", "~1") for step in way[1:])}
    return {"header" if source == "header" else "parameter": str(way[0]) if way else ""}


def _words(one: Mapping[str, Any]) -> str:
    kind = str(one["type"])
    if kind in _SAID:
        return str(_SAID[kind]) % dict(one.get("ctx") or {})
    if kind.startswith(_DAYS):
        return _("Write a day as 2026-11-20 and a moment as 2026-11-20T10:00:00Z.")
    if kind.startswith(_NUMBERS):
        return _("This is not a number.")
    return _("This value cannot be used here.")
