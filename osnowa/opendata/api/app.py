"""The interface: its parts put together, its addresses, and the document that describes it (OpenAPI 3.1)."""

import json
import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation, PathView

from osnowa.kit.errors import Refused
from osnowa.opendata.api import lists, organisations, regions, shapes, statistics, writing
from osnowa.opendata.api.answers import told
from osnowa.opendata.api.problems import TITLES, Problem, wrong_values
from osnowa.opendata.api.wire import Takes, View, machine

VERSION = "1"
ROOT = f"api/v{VERSION}/"
_DESCRIPTION = (
    "Everything public in the register, for programs. Reading needs no key; writing needs one, made at /data/keys/, and does what its "
    "person may do in the pages. The address carries the version: within version 1 facts are added, never renamed or removed. "
    "Codes are explained by the code lists; days are ISO 8601, moments RFC 3339, money whole units of the region's currency."
)
_ANY = ("GET", "POST", "PUT", "PATCH", "DELETE")
_ALWAYS = (400, 404, 422, 429)
_WRITING = (401, 403, 409, 412, 415, 428)


class _Interface(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The name of the function, for the names of those that are generated elsewhere."""
        return operation.view_func.__name__


api = _Interface(title="Osnowa", version=f"{VERSION}.0", description=_DESCRIPTION, docs_url=None, openapi_url=None, urls_namespace="data")
for part in (regions, statistics, organisations, lists, writing):
    api.add_router("", part.router)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem.answer()


@api.exception_handler(ValidationError)
def _wrong(request: HttpRequest, error: ValidationError) -> HttpResponse:
    return wrong_values(error.errors).answer()


@api.exception_handler(Http404)
def _nothing(request: HttpRequest, error: Http404) -> HttpResponse:
    return Problem(404).answer()


@api.exception_handler(Refused)
def _refused(request: HttpRequest, no: Refused) -> HttpResponse:
    return Problem(no.status, no.message).answer()


@api.exception_handler(AuthenticationError)
def _no_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return writing.no_key().answer()


@api.exception_handler(HttpError)
def _unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return Problem(error.status_code).answer()


@cache
def document() -> dict[str, Any]:
    """The description of the interface, as JSON: made of the interface itself, so it is never out of date."""
    made: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix=f"/{ROOT}")))
    made["servers"] = [{"url": settings.ADDRESS}]
    made["info"]["license"] = {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"}
    made["components"]["schemas"]["Problem"] = shapes.Problem.model_json_schema()
    problem = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for methods in made["paths"].values():
        for method, operation in methods.items():
            for status in (*_ALWAYS, *(_WRITING if method != "get" else ())):
                operation["responses"][str(status)] = {"description": str(TITLES[status]), **problem}
            for answer in operation["responses"].values():
                answer.setdefault("headers", {})["RateLimit-Remaining"] = {"schema": {"type": "integer"}, "description": "Requests left in this hour."}
    return made


def _described(request: HttpRequest) -> HttpResponse:
    return told(request, document())


def _nowhere(request: HttpRequest, rest: str) -> HttpResponse:
    raise Problem(404)


@cache
def _described_ways() -> dict[tuple[str, str], Takes]:
    """{(address, method): what it takes}, as the description says."""
    return {
        (address, method.upper()): Takes(
            frozenset(one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"), "requestBody" in operation
        )
        for address, methods in document()["paths"].items()
        for method, operation in methods.items()
    }


def _taken(address: str) -> Callable[[str], Takes]:
    """What an address takes, looked up when first asked: the description needs the addresses first."""
    return lambda method: _described_ways().get((address, method), Takes())


def _ways() -> dict[str, list[PathView]]:
    """{template: what stands behind it}: reading and writing of one address are of two parts."""
    found: dict[str, list[PathView]] = {}
    for router in api._get_bound_routers():
        for template, view in router.path_operations.items():
            found.setdefault(template.lstrip("/"), []).append(view)
    return found


def _by_method(views: list[PathView]) -> View:
    """The view that answers each method."""
    views_of = {method: view.get_view() for view in views for one in view.operations for method in one.methods}

    def answer(request: HttpRequest, **named: Any) -> HttpResponse:
        return views_of[str(request.method)](request, **named)  # type: ignore[no-any-return]

    return answer


def addresses() -> list[URLPattern]:
    """Every address of the interface, each behind one door; what is none of them is told as a problem too."""
    made = [path(f"{ROOT}openapi.json", machine(_described, ("GET",)), name="api_description")]
    for template, views in _ways().items():
        methods = tuple(method for view in views for one in view.operations for method in one.methods)
        address = "/" + ROOT + re.sub(r"{[^}:]+:", "{", template)
        route = ROOT + template.replace("{", "<").replace("}", ">")
        made.append(path(route, machine(_by_method(views), methods, _taken(address)), name=views[0].url_name))
    made.append(re_path(r"^api/(?P<rest>[\s\S]*)\Z", machine(_nowhere, _ANY, lambda method: Takes(None)), name="api_nowhere"))
    return made
