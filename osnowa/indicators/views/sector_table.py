"""The sector table of a region on a day, and its downloads."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from osnowa.indicators.forms import DaysForm, a_year_before
from osnowa.indicators.queries import counted_days, moved, tabulation
from osnowa.indicators.queries import sector_table as table_of
from osnowa.indicators.views.files import find_file
from osnowa.kit import sheets
from osnowa.kit.attachments import attached
from osnowa.kit.doors import public
from osnowa.kit.errors import Refused
from osnowa.places.models import Region
from osnowa.register import access


def _asked(request: HttpRequest, days: list[date]) -> DaysForm:
    """The days somebody asked for; else the newest day on which jobs were counted, or today."""
    words = request.GET.dict()
    if not words.get("on"):
        words["on"] = str(days[0] if days else timezone.localdate())
    return DaysForm(words)


@public(find=access.find_region)
def sector_table(request: HttpRequest, region: Region) -> HttpResponse:
    days = counted_days(region, timezone.localdate())
    form = _asked(request, days)
    context: dict[str, Any] = {"region": region, "form": form, "days": [(day, a_year_before(day)) for day in days]}
    if not form.is_valid():
        return render(request, "indicators/sector_table.html", context, status=400)
    table = table_of(region, form.cleaned_data["on"], form.cleaned_data["against"])
    named = moved(access.visible(request.user, region), table)
    is_long = not named and any(row.change.new or row.change.closed for row in table.rows)
    context |= {"table": table, "moved": named, "is_long": is_long, "source": tabulation.source(table)}
    return render(request, "indicators/sector_table.html", context)


@public(find=find_file)
def sector_table_file(request: HttpRequest, wanted: tuple[Region, str]) -> HttpResponse:
    """The same table as a spreadsheet, with where it comes from."""
    region, kind = wanted
    today = timezone.localdate()
    form = _asked(request, counted_days(region, today))
    if not form.is_valid():
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors), status=400)
    table = table_of(region, form.cleaned_data["on"], form.cleaned_data["against"])
    content = tabulation.as_file(table, kind, request.build_absolute_uri(), today)
    return attached(content, f"osnowa-{region.slug}-sector-table-{table.on}.{kind}", sheets.CONTENT_TYPES[kind])
