"""Spark, through Ibis, gives the answers DuckDB gives. Runs with `python -m tools.check --only spark`."""

import importlib.util
import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from osnowa.register.actions import take_snapshot
from osnowa.register.queries.directory import Wish
from osnowa.register.queries.frame import frame_of, where
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
