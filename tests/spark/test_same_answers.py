"""Spark, through Ibis, gives the answers DuckDB gives. Runs with `python -m tools.check --only spark`."""

import importlib.util
import os
import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import QueryDict

from osnowa.indicators.queries import yearly
from osnowa.indicators.queries.asked import ChangesAsk, TableAsk
from osnowa.indicators.queries.explained import Comparison
from osnowa.register import access
from osnowa.register.actions import add_organisation, change_organisation, close_organisation, take_snapshot
from osnowa.register.models import YearlyFigures
from osnowa.register.queries import facets, keeping
from osnowa.register.queries.directory import Wish
from osnowa.register.queries.frame import frame_of, where
from osnowa.register.queries.keeping import Kept
from osnowa.register.queries.pages import Listed
from tests.world import World

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(importlib.util.find_spec("pyspark") is None, reason="the packages of spark.lock are not installed"),
    pytest.mark.skipif("OSNOWA_TESTS_ON_SPARK" not in os.environ, reason="only in its own step"),
    pytest.mark.filterwarnings("ignore"),
]

QUESTIONS = [
    "SELECT legal_form, count(*) AS n FROM register GROUP BY legal_form ORDER BY legal_form",
    "SELECT sector, municipality_code, count(*) AS n FROM register WHERE began_on IS NULL OR began_on <= $day GROUP BY ALL ORDER BY 1, 2",
    "SELECT service, count(*) AS n FROM (SELECT unnest(services) AS service FROM register) AS s GROUP BY service ORDER BY service",
    "SELECT count(*) FROM register WHERE list_contains(services, $one)",
    "SELECT qk >> 30 AS cell, count(*) AS n FROM register WHERE qk IS NOT NULL GROUP BY 1 ORDER BY 1",
    "SELECT year, sum(employees) AS jobs, count(employees) AS told FROM figures GROUP BY year ORDER BY year",
    "SELECT area, count(*) AS n FROM register JOIN areas ON areas.municipality = register.municipality GROUP BY area ORDER BY area",
]


def _ask(world: World) -> list[Any]:
    frame = frame_of(world.pomorskie)
    words = {"day": date(2020, 1, 1), "one": "catering"}
    wish = where(Wish(facets={"form": ("PL-WTZ",), "service": ("catering", "childcare")}))
    return [*(frame.rows(sql, **words) for sql in QUESTIONS), frame.rows(f"SELECT count(*) FROM register WHERE {wish}")]


def test_spark_answers_as_duckdb_does(world: World, settings: Any, tmp_path: Path) -> None:
    settings.SNAPSHOTS = tmp_path
    live = _ask(world)
    take_snapshot(by=None, region=world.pomorskie)
    frozen = _ask(world)
    assert frozen == live
    settings.ENGINE = "spark"
    assert _ask(world) == frozen


def _pages(world: World) -> list[Any]:
    """What the pages count: the filters of the directory, tables of the cube, explained changes, yearly figures."""
    keeping.forget()
    for home in Path(settings.SNAPSHOTS).glob("*/answers"):
        shutil.rmtree(home)
    today = date(2026, 11, 20)
    found: list[Any] = []
    frame = frame_of(world.pomorskie, world.ala)
    for words in ("", "form=PL-FUN", "service=catering&sector=social_economy", "area=gdanski", "on=2020-06-30"):
        wish = Wish.of(QueryDict(words))
        told, listed = facets.counted(Kept(frame), wish), Listed(Kept(frame), access.visible(world.ala, world.pomorskie), wish, None)
        found.append((told.total, told.facets, listed.total, listed[0:2], listed[2:20], listed.behind(None, 3)))
    tables = ("rows=form&columns=sector", "rows=service&columns=section", "rows=form&columns=years", "rows=area&columns=recognition")
    found += [TableAsk.of(world.pomorskie, QueryDict(words), today).table(frame_of(world.pomorskie)) for words in tables]
    for words in ("by=form", "by=service", "by=section", "by=form&known=today", "by=municipality&service=catering"):
        ask = ChangesAsk.of(world.pomorskie, QueryDict(f"from=2026-06-01&{words}"), today)
        comparison = Comparison(*ask.sides(frame_of(world.pomorskie)), ask.dimension, ask.wish)
        changes = comparison.changes()
        found.append((changes.lines, changes.total, comparison.crossed(None)))
        comparison.close()
    whole = frame_of(world.pomorskie)
    for measure in ("employees", yearly.MONEY):
        of = yearly.yearly(whole, yearly.published(whole, measure)["form"], measure)
        found.append((of.codes, of.years, of.cells, of.totals))
    return found


def test_spark_counts_every_page_as_duckdb_does(world: World, settings: Any, tmp_path: Path) -> None:
    settings.SNAPSHOTS = tmp_path
    values = {"legal_form": "PL-FUN", "sector": "civil_society", "municipality": world.slupsk, "registered_on": date(2020, 1, 1), "service_areas": ["catering"]}
    made = [add_organisation(by=world.bolek, region=world.pomorskie, values=values | {"legal_name": f"Nowa {n}"}) for n in range(4)]
    YearlyFigures.objects.create(organisation=made[0], year=2025, as_of_on=date(2025, 12, 31), employees=7, revenue_total=900)
    take_snapshot(by=world.bolek, region=world.pomorskie, keep=True, at=datetime(2026, 6, 1, 9, tzinfo=UTC))
    change_organisation(by=world.bolek, organisation=made[0], values={"municipality": world.gdansk})
    change_organisation(by=world.bolek, organisation=made[1], values={"legal_form": "PL-STO", "service_areas": ["childcare"]})
    close_organisation(by=world.bolek, organisation=made[2], ended_on=date(2026, 9, 1), end_reason="liquidation")
    take_snapshot(by=None, region=world.pomorskie)
    change_organisation(by=world.bolek, organisation=made[3], values={"visibility": "members"})
    on_duckdb = _pages(world)
    settings.ENGINE = "spark"
    for spark, duckdb in zip(_pages(world), on_duckdb, strict=True):
        assert spark == duckdb
