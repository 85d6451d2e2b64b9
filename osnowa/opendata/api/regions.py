"""Regions, what changed in them, and their sector table."""

from datetime import date, datetime
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router, Schema
from pydantic import Field

from osnowa.indicators.queries import SectorTable, sector_table
from osnowa.indicators.queries.sector_table import Row
from osnowa.opendata.api import shapes
from osnowa.opendata.api.answers import told
from osnowa.opendata.api.finding import region_of
from osnowa.opendata.api.organisations import Paging
from osnowa.opendata.api.paging import Step, counted, next_address, page_of
from osnowa.opendata.api.problems import wrong_parameter
from osnowa.opendata.api.words import MOST, USUAL
from osnowa.opendata.queries.changes import changes_of
from osnowa.places.models import Region, Subregion

router = Router(tags=["regions"])


def _facts(request: HttpRequest, it: Region) -> dict[str, Any]:
    return {
        "slug": it.slug, "name": it.name, "names": it.names, "country": it.jurisdiction, "currency": it.currency,
        "territory": {"scheme": it.territory.scheme, "code": it.territory.code, "name": it.territory.name},
        "languages": it.languages, "coordinator": it.coordinator_name, "is_invented": it.is_invented,
        "organisations": request.build_absolute_uri(reverse("data:api_organisations", args=[it.slug])),
    }  # fmt: skip


@router.get(
    "/regions", url_name="api_regions", response=shapes.Regions,
    summary=gettext_noop("Regions"), description=gettext_noop("The regions kept in this installation."),
)  # fmt: skip
def regions(request: HttpRequest, paging: Query[Paging]) -> HttpResponse:
    everyone = Region.objects.all()
    keys, cursor = page_of(everyone, (Step("name"), Step("pk")), "regions", paging.after, paging.limit)
    rows = Region.objects.select_related("territory").in_bulk(keys)
    items = [_facts(request, rows[key]) for key in keys]
    return told(request, {"items": items, "next": next_address(request, cursor), "count": counted(everyone, paging.after)})


@router.get(
    "/regions/{slug:region}", url_name="api_region", response=shapes.RegionWithAreas,
    summary=gettext_noop("One region"), description=gettext_noop("A region with its own divisions."),
)  # fmt: skip
def region(request: HttpRequest, region: str) -> HttpResponse:
    it = region_of(region)
    areas = list(Subregion.objects.filter(region=it).values("code", "name", "kind"))
    return told(request, _facts(request, it) | {"areas": areas})


class Since(Schema):
    since: datetime | None = Field(None, description=gettext_noop("What was written from this moment on (2026-11-20T10:00:00Z)."))
    after: Annotated[int, Field(ge=0, le=2**63 - 1)] | None = Field(None, description=gettext_noop("Where to go on: taken from the address of the next page."))
    limit: Annotated[int, Field(ge=1, le=MOST)] = Field(USUAL, description=gettext_noop("How many on a page, 1,000 at most."))


@router.get(
    "/regions/{slug:region}/changes", url_name="api_changes", response=shapes.Changes,
    summary=gettext_noop("What changed in a region"),
    description=gettext_noop("The organisations that were added, changed, closed, merged into others or are no longer public, in the order in "
                             "which it was written. Keep the address in “next” and ask it again later: nothing is told twice or lost."),
)  # fmt: skip
def changes(request: HttpRequest, region: str, asked: Query[Since]) -> HttpResponse:
    if asked.since and timezone.is_naive(asked.since):
        raise wrong_parameter("since", _("Say the time zone: 2026-11-20T10:00:00Z."))
    found = changes_of(region_of(region), since=asked.since, after=asked.after, most=asked.limit)
    words = request.GET.copy()
    words.pop("since", None)
    words["after"] = str(found.last)
    onward = f"{request.build_absolute_uri(request.path)}?{words.urlencode()}"
    items = [{"uid": c.uid, "what": c.what, "into": c.into, "at": c.at.isoformat()} for c in found.changes]
    return told(request, {"items": items, "next": onward, "has_more": found.has_more}, good_for=0)


class Days(Schema):
    on: date | None = Field(None, description=gettext_noop("The day; today where nothing is said."))
    against: date | None = Field(None, description=gettext_noop("The earlier day; a year before where nothing is said."))


@router.get(
    "/regions/{slug:region}/sector-table", url_name="api_sector_table", response=shapes.SectorTable, operation_id="sector_table",
    summary=gettext_noop("Sector table of a region"),
    description=gettext_noop("How many organisations of each type there were on two days, and what came and went between them."),
)  # fmt: skip
def table(request: HttpRequest, region: str, days: Query[Days]) -> HttpResponse:
    it, today = region_of(region), timezone.localdate()
    on = days.on or today
    against = days.against or _a_year_before(on)
    if on > today:
        raise wrong_parameter("on", _("This day has not come yet."))
    if against >= on:
        raise wrong_parameter("against", _("This day is not earlier than the other one."))
    return told(request, _table(it, sector_table(it, on, against)))


def _a_year_before(day: date) -> date:
    year = max(1, day.year - 1)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _table(it: Region, table: SectorTable) -> dict[str, Any]:
    return {
        "region": it.slug, "on": table.on.isoformat(), "against": table.against.isoformat(),
        "types": [_count(row) for row in table.rows], "status": _count(table.status) if table.status else None,
        "source": it.coordinator_name, "is_invented": it.is_invented,
    }  # fmt: skip


def _count(row: Row) -> dict[str, Any]:
    change = row.change
    return {"code": row.code, "earlier": change.before, "new": change.new, "closed": change.closed, "now": change.count}
