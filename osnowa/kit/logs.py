"""One JSON object a log line; every answered request gets one with its duration and a number to look it up by."""

import contextvars
import json
import logging
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

request_id: contextvars.ContextVar[str] = contextvars.ContextVar("request_id", default="")
log = logging.getLogger("osnowa.request")


class Lines(logging.Formatter):
    """Formats a record as one line of JSON: at, level, logger, message, request, and the record's `facts`."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id.get():
            line["request"] = request_id.get()
        line |= getattr(record, "facts", {})
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class RequestLog:
    """Middleware: numbers each request, logs method, path, status and milliseconds; never a query string or a name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        number = uuid.uuid4().hex[:12]
        mark = request_id.set(number)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            facts = {
                "method": request.method,
                "path": request.path,
                "status": response.status_code,
                "ms": round((time.perf_counter() - began) * 1000, 1),
            }
            level = logging.WARNING if response.status_code >= 500 else logging.INFO
            log.log(level, "answered", extra={"facts": facts})
            response["X-Request-Id"] = number
            return response
        finally:
            request_id.reset(mark)
