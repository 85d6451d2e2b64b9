"""How machines are answered: open to every site, with the licence, and with nothing where nothing changed."""

import hashlib
import json
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag

from osnowa.opendata.formats.licence import licence

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
    "jsonld": "application/ld+json",
    "json": "application/json",
    "ttl": "text/turtle; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
}
Content = bytes | str | dict[str, Any] | list[Any] | Iterable[bytes]


def give(request: HttpRequest, form: str, mark: str, content: Callable[[], Content], *, name: str = "") -> HttpResponseBase:
    """The answer to a program; `mark` changes whenever the content does, and the content is made only when it is needed.

    With a `name` browsers save it under that name.
    """
    etag = quote_etag(hashlib.sha256(f"{form}|{mark}".encode()).hexdigest()[:32])
    answer: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if answer is None:
        answer = HttpResponse() if request.method == "HEAD" else _whole(content())
    answer["ETag"] = etag
    answer["Content-Type"] = TYPES[form]
    answer["Cache-Control"] = "public, max-age=60"
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Link"] = f'<{licence().address}>; rel="license"'
    if name:
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _whole(content: Content) -> HttpResponseBase:
    if isinstance(content, dict | list):
        return HttpResponse(json.dumps(content, ensure_ascii=False, indent=1) + "\n")
    if isinstance(content, bytes | str):
        return HttpResponse(content)
    return StreamingHttpResponse(content)


def see_other(address: str) -> HttpResponse:
    """303: what is asked for is a thing; this address tells about it."""
    answer = HttpResponse(status=303, headers={"Location": address, "Access-Control-Allow-Origin": "*"})
    patch_vary_headers(answer, ("Accept", "Accept-Language"))
    return answer
