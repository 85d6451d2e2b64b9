"""Is all well? For load balancers, monitors and the operator: facts of this installation, and the addresses of machines."""

import contextlib
import shutil
import sys
from dataclasses import asdict, dataclass

import django
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.templatetags.static import static

from osnowa import __version__
from osnowa.home.preparation import pending_migrations
from osnowa.home.working import GONE_AFTER_SECONDS, seconds_since_beat
from osnowa.kit.doors import public


@dataclass(frozen=True)
class Health:
    """What the health page says; never a secret, an address of a database or a path."""

    version: str
    database: str
    is_database_reached: bool
    pending_migrations: int | None
    worker_seconds_ago: float | None

    @property
    def is_worker_alive(self) -> bool:
        return self.worker_seconds_ago is not None and self.worker_seconds_ago < GONE_AFTER_SECONDS

    @property
    def is_well(self) -> bool:
        return self.is_database_reached and self.pending_migrations == 0 and self.is_worker_alive

    def facts(self) -> dict[str, object]:
        return asdict(self) | {"is_worker_alive": self.is_worker_alive, "is_well": self.is_well}


def health_now() -> Health:
    """The state of this installation at this moment."""
    pending: int | None = None
    with contextlib.suppress(DatabaseError):
        pending = len(pending_migrations())
    ago = seconds_since_beat()
    return Health(
        version=__version__,
        database=connection.vendor,
        is_database_reached=pending is not None,
        pending_migrations=pending,
        worker_seconds_ago=None if ago is None else round(ago, 1),
    )


def installation() -> dict[str, object]:
    """Health and what only the operator needs to know: versions, space left, where mail goes."""
    disk = shutil.disk_usage(settings.VAR)
    return health_now().facts() | {
        "python": sys.version.split()[0],
        "django": django.get_version(),
        "database_version": _database_version(),
        "address": settings.ADDRESS,
        "is_demo": settings.IS_DEMO,
        "is_debug": settings.DEBUG,
        "var": str(settings.VAR),
        "disk_free_gb": round(disk.free / 1e9, 1),
        "email_backend": settings.EMAIL_BACKEND.rsplit(".", 2)[-2],
    }


def _database_version() -> str:
    question = "select sqlite_version()" if connection.vendor == "sqlite" else "show server_version"
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return str(cursor.fetchone()[0])
    except DatabaseError:
        return ""


@public()
def health(request: HttpRequest) -> HttpResponse:
    now = health_now()
    answer = JsonResponse(now.facts(), status=200 if now.is_well else 503)
    answer["Cache-Control"] = "no-store"
    return answer


@public()
def robots(request: HttpRequest) -> HttpResponse:
    """Search engines may read public pages; links by e-mail and searches are none of theirs."""
    closed: tuple[str, ...] = ("*/account/", "*/confirm/", "*/search/", "*/register/export/", "*/jobs/", "*/look/")
    if settings.IS_DEMO:
        closed = ("/",)
    lines = ["User-agent: *", *(f"Disallow: {path if path.startswith('/') else '/' + path}" for path in closed)]
    lines += ["", f"Sitemap: {settings.ADDRESS}/sitemap.xml"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@public()
def favicon(request: HttpRequest) -> HttpResponse:
    """Browsers ask for the sign of a site here before they have read a page."""
    return HttpResponsePermanentRedirect(static("ui/favicon.svg"))
