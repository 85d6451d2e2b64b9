"""Answers of the interface: JSON with a fingerprint, how long it is good for, and where the next page is."""

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

_MINUTE = 60


def told(request: HttpRequest, facts: Mapping[str, Any], *, version: str = "", modified: datetime | None = None,
         good_for: int = _MINUTE, links: Mapping[str, str] | None = None) -> HttpResponse:  # fmt: skip
    """The facts as JSON. `version` stands before the fingerprint in the ETag, so that a writer can say what she has read."""
    body = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
    answer = HttpResponse(body, content_type="application/json")
    fingerprint = sha256(body).hexdigest()[:24]
    answer["ETag"] = f'"{version}-{fingerprint}"' if version else f'"{fingerprint}"'
    answer["Cache-Control"] = f"public, max-age={good_for}" if good_for else "public, no-cache"
    if modified:
        answer["Last-Modified"] = http_date(modified.timestamp())
    onward = {"next": facts.get("next"), **(links or {})}
    if named := [f'<{address}>; rel="{rel}"' for rel, address in onward.items() if address]:
        answer["Link"] = ", ".join(named)
    return answer


def led_to(address: str) -> HttpResponse:
    """The record stands at another address for now."""
    return HttpResponse(status=307, headers={"Location": address, "Cache-Control": "no-store"})


def is_known(request: HttpRequest, answer: HttpResponse) -> bool:
    """Whether the asker already has this very answer (If-None-Match)."""
    known = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    return "*" in known or answer.get("ETag", "-") in known
