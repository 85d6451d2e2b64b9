"""Statistics of a region: the cube as a table, its changes explained, and yearly figures; the numbers of the pages, as everybody sees them."""

from contextlib import closing
from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router, Schema
from pydantic import Field

from osnowa.compute.explaining import Cause, Explained
from osnowa.indicators.queries import charting, yearly
from osnowa.indicators.queries.asked import KEPT, YEARS, ChangesAsk, TableAsk, read_day
from osnowa.indicators.queries.cube import REST, Column, Table
from osnowa.indicators.queries.dimensions import Dimension, dimensions
from osnowa.indicators.queries.explained import Changes, Comparison, Side
from osnowa.opendata.api import shapes
from osnowa.opendata.api.answers import told
from osnowa.opendata.api.filters import Facets, check_codes
from osnowa.opendata.api.finding import region_of
from osnowa.opendata.api.problems import wrong_parameter
from osnowa.opendata.api.words import Code
from osnowa.opendata.formats.licence import licence
from osnowa.places.models import Region
from osnowa.register.models import REVENUE_PARTS
from osnowa.register.queries.frame import frame_of
from osnowa.register.queries.keeping import Kept

router = Router(tags=["statistics"])


def _one_of(parameter: str, word: str, known: Any) -> None:
    """A word that is none of the known ones is a problem that names them."""
    if word and word not in known:
        raise wrong_parameter(parameter, _("This is one of: %(expected)s.") % {"expected": ", ".join(known)})


def _check_day(parameter: str, day: date | None) -> None:
    if day and (problem := read_day(day.isoformat(), timezone.localdate())[1]):
        raise wrong_parameter(parameter, problem)


def _about(region: Region) -> dict[str, Any]:
    """Where the numbers come from and under which licence they are given away."""
    return {"region": region.slug, "source": charting.source(region), "licence": licence().name, "is_invented": region.is_invented}


def _dimension(it: Dimension) -> dict[str, Any]:
    return {"key": it.key, "name": str(it.words), "overlaps": it.overlaps}


class TableWords(Facets):
    rows: Code = Field("", description=gettext_noop("What the rows are: form (where nothing is said), sector, recognition, section, nace2, nace, service, "
                                                    "area, municipality, powiat, nuts3, nuts2."))  # fmt: skip
    columns: Code = Field("", description=gettext_noop("What the columns are: one of the same, or the days: years, snapshots."))
    on: date | None = Field(None, description=gettext_noop("The day; today where nothing is said."))


@router.get(
    "/regions/{slug:region}/statistics", url_name="api_statistics", response=shapes.Statistics, operation_id="statistics",
    summary=gettext_noop("Statistics of a region"),
    description=gettext_noop("How many organisations there are, by any dimension and another or over time, with the filters of the directory. "
                             "Totals are counted apart from the cells; where one organisation stands in several rows they do not add up."),
)  # fmt: skip
def statistics(request: HttpRequest, region: str, asked: Query[TableWords]) -> HttpResponse:
    place = region_of(region)
    known = dimensions(place)
    _one_of("rows", asked.rows, known)
    _one_of("columns", asked.columns, [*(one for one in known if one != (asked.rows or "form")), YEARS, KEPT])
    _check_day("on", asked.on)
    check_codes(request, place, asked)
    ask = TableAsk.of(place, request.GET, timezone.localdate())
    return told(request, _about(place) | _table(ask, ask.table(Kept(frame_of(place, AnonymousUser())))))


def _table(ask: TableAsk, it: Table) -> dict[str, Any]:
    totals = it.row_totals if it.has_row_totals else [None] * len(it.codes)
    return {
        "on": ask.on.isoformat(), "rows": _dimension(it.rows), "columns": _dimension(it.columns) if it.columns else None,
        "dimensions": [_dimension(one) for one in ask.known.values()],
        "heads": [_head(one) for one in it.heads],
        "lines": [
            {"code": code, "name": _("all others") if code == REST else name, "counts": counts, "total": total}
            for code, name, counts, total in zip(it.codes, it.names, it.counts, totals, strict=True)
        ],
        "totals": it.column_totals, "total": it.total if it.has_row_totals else None, "adds_up": it.is_right,
    }  # fmt: skip


def _head(it: Column) -> dict[str, Any]:
    return {"code": it.code, "name": it.words, "on": it.on.isoformat(), "is_snapshot": it.snapshot is not None}


class ChangesWords(Facets):
    by: Code = Field("", description=gettext_noop("What the rows are: form (where nothing is said), sector, area, municipality …"))
    start: date | None = Field(None, alias="from", description=gettext_noop("The earlier day; the newest kept snapshot before the other day where nothing is said."))
    end: date | None = Field(None, alias="to", description=gettext_noop("The later day; today where nothing is said."))
    known: Code = Field("", description=gettext_noop("“today” reads both days from the register as it is known today, also where a snapshot was kept."))


@router.get(
    "/regions/{slug:region}/statistics/changes", url_name="api_explained_changes", response=shapes.ExplainedChanges, operation_id="explained_changes",
    summary=gettext_noop("Explained changes of a region"),
    description=gettext_noop("Why there are more or fewer organisations than on an earlier day: new, closed, changed type, moved, corrected. "
                             "What was before and all causes together make what is after, in every row and in the whole."),
)  # fmt: skip
def explained_changes(request: HttpRequest, region: str, asked: Query[ChangesWords]) -> HttpResponse:
    place = region_of(region)
    _one_of("by", asked.by, dimensions(place))
    _one_of("known", asked.known, ["today"])
    _check_day("from", asked.start)
    _check_day("to", asked.end)
    if asked.start and asked.start >= (asked.end or timezone.localdate()):
        raise wrong_parameter("from", _("This day is not earlier than the other one."))
    check_codes(request, place, asked)
    ask = ChangesAsk.of(place, request.GET, timezone.localdate())
    with closing(Comparison(*ask.sides(frame_of(place, AnonymousUser())), ask.dimension, ask.wish)) as comparison:
        return told(request, _about(place) | _changes(comparison.changes()))


def _changes(it: Changes) -> dict[str, Any]:
    return {
        "by": _dimension(it.dimension), "start": _side(it.start), "end": _side(it.end),
        "lines": [{"code": one.code, "name": one.name, **_explained(one.change)} for one in it.lines],
        "total": _explained(it.total), "adds_up": it.adds_up,
    }  # fmt: skip


def _side(it: Side) -> dict[str, Any]:
    return {"on": it.on.isoformat(), "is_snapshot": it.snapshot is not None}


def _explained(it: Explained) -> dict[str, Any]:
    causes = [{"cause": cause.value, "came": it.came.get(cause, 0), "went": it.went.get(cause, 0), "net": it.net(cause)} for cause in Cause]
    return {"before": it.before, "after": it.after, "change": it.change, "causes": causes}


class FiguresWords(Schema):
    figure: Code = Field("", description=gettext_noop("The number: employees (where nothing is said), employees_fte, participants, revenue_total …"))
    by: Code = Field("", description=gettext_noop("What the rows are: form (where nothing is said), sector, area, powiat, nuts3, as far as the number is published by it."))


@router.get(
    "/regions/{slug:region}/statistics/figures", url_name="api_yearly_figures", response=shapes.YearlyFigures, operation_id="yearly_figures",
    summary=gettext_noop("Yearly figures of a region"),
    description=gettext_noop("Jobs, people and money by year. A sum that would tell of too few, or give another away, is null and “is_hidden”."),
)  # fmt: skip
def yearly_figures(request: HttpRequest, region: str, asked: Query[FiguresWords]) -> HttpResponse:
    place = region_of(region)
    frame, measure = Kept(frame_of(place)), asked.figure or yearly.PEOPLE[0]
    _one_of("figure", asked.figure, (*yearly.PEOPLE, yearly.MONEY))
    known = yearly.published(frame, measure)
    _one_of("by", asked.by, known)
    return told(request, _about(place) | _figures(place, yearly.yearly(frame, known[asked.by or "form"], measure)))


def _figures(region: Region, it: yearly.Yearly) -> dict[str, Any]:
    is_money = it.measure == yearly.MONEY or it.measure in REVENUE_PARTS
    return {
        "figure": it.measure, "name": yearly.label(it.measure), "unit": region.currency if is_money else "", "by": _dimension(it.dimension),
        "years": it.years, "breaks": it.breaks,
        "lines": [
            {"code": code, "name": name, "cells": [_cell(cell) for cell in cells]}
            for code, name, cells in zip(it.codes, it.names, it.cells, strict=True)
        ],
        "totals": [_cell(cell) for cell in it.totals],
    }  # fmt: skip


def _cell(it: yearly.Cell) -> dict[str, Any]:
    return {"value": it.value, "is_hidden": it.is_hidden, "told": it.told, "of": it.of}
