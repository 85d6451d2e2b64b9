"""The analyst's front, tables of the cube, yearly figures; each with its files."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from osnowa.indicators.queries import charting, yearly
from osnowa.indicators.queries.asked import FRONT, KEPT, YEARS, TableAsk, directory_words, kept_snapshots
from osnowa.indicators.queries.cube import REST, Table
from osnowa.indicators.views.files import as_file, find_file
from osnowa.kit.doors import public
from osnowa.places.models import Region
from osnowa.register import access, codes
from osnowa.register.models import REVENUE_PARTS
from osnowa.register.queries.frame import frame_of
from osnowa.register.queries.keeping import Kept


@public(find=access.find_region)
def statistics(request: HttpRequest, region: Region) -> HttpResponse:
    """What can be asked, and two tables that answer most: sectors over the years, sectors by area."""
    frame, today = Kept(frame_of(region, request.user)), timezone.localdate()
    asks = [TableAsk.of(region, QueryDict(words), today) for words in FRONT]
    tables = [(ask, _shown(ask, ask.table(frame))) for ask in asks]
    context: dict[str, Any] = {"region": region, "tables": tables, "today": today, "source": charting.source(region), "kept": kept_snapshots(region)}
    return render(request, "indicators/statistics.html", context)


@public(find=access.find_region)
def tables(request: HttpRequest, region: Region) -> HttpResponse:
    """Any dimension by another, or over time, with the filters of the directory."""
    ask = TableAsk.of(region, request.GET, timezone.localdate())
    found = ask.table(Kept(frame_of(region, request.user)))
    context: dict[str, Any] = {
        "region": region, "ask": ask, "table": _shown(ask, found), "chart": charting.table_chart(ask, found, _directory(region)),
        "times": ((YEARS, _("the last years")), (KEPT, _("kept snapshots"))), "chosen": _filters(ask), "source": charting.source(region),
    }  # fmt: skip
    return render(request, "indicators/tables.html", context)


@public(find=find_file)
def tables_file(request: HttpRequest, wanted: tuple[Region, str]) -> HttpResponse:
    """The same table as a spreadsheet, with where it comes from."""
    region, form = wanted
    today = timezone.localdate()
    ask = TableAsk.of(region, request.GET, today)
    found = charting.table_sheet(ask.table(Kept(frame_of(region, request.user))))
    address = request.build_absolute_uri(reverse("indicators:tables", args=[region.slug]) + "?" + ask.words())
    about = charting.about(region, address, today, (_("State on"), ask.on), *((_("Only"), words) for words in _filters(ask)))
    return as_file(f"osnowa-{region.slug}-{ask.rows.key}-{ask.on}", form, {str(_("Table")): found, str(_("About this table")): about})


def _directory(region: Region) -> str:
    return reverse("register:directory", args=[region.slug])


def _shown(ask: TableAsk, it: Table) -> dict[str, Any]:
    """The table with the directory behind each number that it can list."""
    address = _directory(ask.region)

    def cell(number: int, on: Any, *where: tuple[Any, str], is_now: bool = True) -> tuple[int, str]:
        words = directory_words(ask.wish, on, *where) if number and is_now else None
        return number, f"{address}?{words}" if words else ""

    rows = []
    for code, name, counts, total in zip(it.codes, it.names, it.counts, it.row_totals, strict=True):
        row = (it.rows, "" if code == REST else code)
        cells = [cell(n, head.on, row, (it.columns, head.code), is_now=head.snapshot is None) for n, head in zip(counts, it.heads, strict=True)]
        rows.append((_("all others") if code == REST else name, cells, cell(total, ask.on, row)))
    totals = [cell(n, head.on, (it.columns, head.code), is_now=head.snapshot is None) for n, head in zip(it.column_totals, it.heads, strict=True)]
    return {"it": it, "rows": rows, "totals": totals, "total": cell(it.total, ask.on)}


def _filters(ask: TableAsk) -> list[str]:
    """The filters in words."""
    lists = {"form": codes.LEGAL_FORMS, "status": codes.ACTIVITY_STATUS, "sector": codes.SECTORS, "service": codes.SERVICE_AREAS,
             "recognition": codes.RECOGNITIONS}  # fmt: skip
    found = [lists[name].label(code) if name in lists else code for name, chosen in ask.wish.facets.items() for code in chosen]
    return [*found, *([ask.wish.municipality] if ask.wish.municipality else [])]


@public(find=access.find_region)
def figures(request: HttpRequest, region: Region) -> HttpResponse:
    """Jobs, people and money by year; what would tell of too few stays hidden."""
    frame = Kept(frame_of(region))
    measure, dimension = _measure(request, frame)
    found = yearly.yearly(frame, dimension, measure)
    mix = yearly.mix(frame, dimension) if measure == yearly.MONEY else None
    context: dict[str, Any] = {
        "region": region, "found": found, "mix": mix, "measure": measure, "words": yearly.label(measure),
        "measures": [(one, yearly.label(one)) for one in (*yearly.PEOPLE, yearly.MONEY)], "divisions": yearly.published(frame, measure).values(),
        "chart": charting.figures_chart(region, found, _unit(region, measure)), "mix_chart": charting.mix_chart(region, mix) if mix else None,
        "rows": list(zip(found.names, found.cells, strict=True)), "source": charting.source(region), "unit": _unit(region, measure), "rounding": charting.rounding(),
    }  # fmt: skip
    return render(request, "indicators/figures.html", context)


@public(find=find_file)
def figures_file(request: HttpRequest, wanted: tuple[Region, str]) -> HttpResponse:
    """The yearly figures as a spreadsheet."""
    region, form = wanted
    frame, today = Kept(frame_of(region)), timezone.localdate()
    measure, dimension = _measure(request, frame)
    counted = yearly.yearly(frame, dimension, measure)
    found = charting.figures_sheet(counted)
    hidden = (_("Hidden"), _("Sums over fewer than three organisations and one to four people are not shown, nor what would give them away."))
    about = charting.about(region, request.build_absolute_uri(), today, (_("Figure"), yearly.label(measure)), hidden,
                           *([(_("Rounded"), charting.rounding())] if counted.decimals else []))  # fmt: skip
    return as_file(f"osnowa-{region.slug}-{measure}-{dimension.key}", form, {str(_("Yearly figures")): found, str(_("About this table")): about})


def _measure(request: HttpRequest, frame: Any) -> tuple[str, Any]:
    measure = request.GET.get("figure", "")
    measure = measure if measure in (*yearly.PEOPLE, yearly.MONEY) else yearly.PEOPLE[0]
    known = yearly.published(frame, measure)
    return measure, known.get(request.GET.get("by", ""), known["form"])


def _unit(region: Region, measure: str) -> str:
    return region.currency if measure == yearly.MONEY or measure in REVENUE_PARTS else ""
