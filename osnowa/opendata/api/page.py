"""What programs can do, in words for people: made of the interface's own description, so it is never out of date."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.kit.doors import public
from osnowa.opendata.api.app import document
from osnowa.register.models import Organisation, Visibility

_PARTS = {
    "regions": gettext_lazy("Regions"), "organisations": gettext_lazy("Organisations"),
    "statistics": gettext_lazy("Statistics"), "lists": gettext_lazy("Places, code lists, indicators"), "writing": gettext_lazy("Writing, with a key"),
}  # fmt: skip
_TYPES = {
    "string": gettext_lazy("text"), "integer": gettext_lazy("whole number"), "number": gettext_lazy("number"),
    "boolean": gettext_lazy("true or false"), "array": gettext_lazy("several"), "object": gettext_lazy("object"),
    "date": gettext_lazy("day"), "date-time": gettext_lazy("moment"), "uuid": gettext_lazy("number of a record"),
}  # fmt: skip
#: A small body for each way of writing, checked by a test against the interface itself.
BODIES = {
    "api_organisations": '{"legal_name": "Spółdzielnia Socjalna Nowa", "legal_form": "PL-SPSOC"}',
    "api_organisation": '{"about": "…", "place": {"street": "Długa 2"}}',
    "api_close": '{"ended_on": "2026-06-30", "end_reason": "liquidation"}',
}


@dataclass(frozen=True)
class Told:
    """One word an address takes, or one field of a body."""

    name: str
    kind: str
    about: str
    is_needed: bool


@dataclass(frozen=True)
class Operation:
    """One thing programs can do."""

    id: str
    method: str
    way: str
    title: str
    about: str
    words: tuple[Told, ...]
    body: tuple[Told, ...]
    example: str
    address: str


@public()
def api(request: HttpRequest) -> HttpResponse:
    made, names = document(), _names()
    parts = [(label, list(_operations(made, part, names))) for part, label in _PARTS.items()]
    context = {"parts": parts, "root": settings.ADDRESS, "reads": settings.API_READS_AN_HOUR, "writes": settings.API_WRITES_AN_HOUR}
    return render(request, "opendata/api.html", context)


@public()
def to_api(request: HttpRequest) -> HttpResponse:
    """Where other interfaces keep their pages for people."""
    return redirect("opendata:api")


def _operations(made: dict[str, Any], part: str, names: dict[str, str]) -> Iterator[Operation]:
    for way, methods in made["paths"].items():
        for method, it in methods.items():
            if part not in it.get("tags", ()):
                continue
            words = tuple(_word(one, one["schema"], one["required"]) for one in it["parameters"])
            address = way.format_map(names)
            body = tuple(_body(made, it))
            yield Operation(it["operationId"], method.upper(), way, _(it["summary"]), _(it["description"]), words, body,
                            _example(method.upper(), address, body), address if method == "get" else "")  # fmt: skip


def _names() -> dict[str, str]:
    """Words for the examples, of things that are there."""
    found = Organisation.objects.filter(visibility=Visibility.PUBLIC).order_by("pk").values_list("region__slug", "slug", "uid").first()
    region, slug, uid = found or ("pomorskie", "dobry-chleb", "6a669586-3811-4aa1-ae42-a2807197f95b")
    return {"region": region, "slug": slug, "uid": str(uid), "scheme": "NUTS", "code": "PL63", "name": "legal_forms"}


def _word(one: dict[str, Any], schema: dict[str, Any], is_needed: bool) -> Told:
    about = one.get("description") or schema.get("description") or ""
    return Told(one["name"], _kind(schema), _(about) if about else "", is_needed)


def _kind(schema: dict[str, Any]) -> str:
    """A type in words; of choices each."""
    if "anyOf" in schema:
        return _kind(next(one for one in schema["anyOf"] if one.get("type") != "null"))
    if "enum" in schema:
        return _("one of: %(choices)s") % {"choices": ", ".join(schema["enum"])}
    return str(_TYPES.get(schema.get("format", ""), _TYPES.get(schema.get("type", "object"), "")))


def _body(made: dict[str, Any], it: dict[str, Any]) -> Iterator[Told]:
    """The fields of what is sent."""
    if "requestBody" not in it:
        return
    name = it["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    shape = made["components"]["schemas"][name]
    for field, schema in shape["properties"].items():
        yield Told(field, _kind(schema), "", field in shape.get("required", ()))


def _example(method: str, address: str, body: tuple[Told, ...]) -> str:
    """The same by curl."""
    whole = f"{settings.ADDRESS}{address}"
    if method == "GET":
        return f"curl '{whole}'"
    name = "api_close" if address.endswith("/close") else "api_organisation" if method == "PATCH" else "api_organisations"
    lines = [f"curl -X {method} '{whole}'", "-H 'Authorization: Bearer osn_…'"]
    lines += ["-H 'If-Match: \"123\"'"] if method == "PATCH" else []
    lines += ["-H 'Content-Type: application/json'", f"-d '{BODIES[name]}'"] if body else []
    return " \\\n  ".join(lines)
