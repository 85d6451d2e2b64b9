"""Sample regions for tests: their own territories and postal codes from the shipped tables, loaded once a module."""

import csv
import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction

import osnowa.places
from osnowa.kit.words import fold
from osnowa.places.models import PostalCode, Region, Territory
from osnowa.sample.actions import load
from osnowa.sample.regions import WORKSPACES
from tests.conftest import NOW

TABLES = Path(osnowa.places.__file__).parent / "tables"


def _rows(table: str) -> list[dict[str, str]]:
    text = gzip.decompress((TABLES / table).read_bytes()).decode()
    return list(csv.DictReader(io.StringIO(text)))


def load_places(*nuts: str) -> None:
    """The territories of some NUTS regions with what lies above them, and their postal codes."""
    rows = _rows("territories.csv.gz")
    by_key = {(row["scheme"], row["code"]): row for row in rows}
    made: dict[tuple[str, str], Territory] = {}

    def make(row: dict[str, str]) -> Territory:
        key = (row["scheme"], row["code"])
        if key not in made:
            above = by_key.get((row["parent_scheme"], row["parent_code"]))
            made[key] = Territory.objects.create(
                scheme=key[0], code=key[1], name=row["name"], name_fold=fold(row["name"]), level=int(row["level"]),
                kind=row["kind"], parent=make(above) if above else None, nuts3=row["nuts3"],
                lat=float(row["lat"]) if row["lat"] else None, lon=float(row["lon"]) if row["lon"] else None,
            )  # fmt: skip
        return made[key]

    for row in rows:
        if (row["nuts3"] or row["code"]).startswith(nuts) and (row["scheme"] != "NUTS" or row["code"] in nuts):
            make(row)
    PostalCode.objects.bulk_create(
        PostalCode(
            country=row["country"], code=row["postal_code"], place=row["place"], municipality=made[key], nuts3=row["nuts3"],
            lat=float(row["lat"]) if row["lat"] else None, lon=float(row["lon"]) if row["lon"] else None,
        )
        for row in _rows("postal.csv.gz")
        if (key := tuple(row["municipality"].split(":"))) in made
    )  # fmt: skip


@contextmanager
def loaded(blocker: Any, *slugs: str) -> Iterator[None]:
    """The sample regions of these addresses in the test database, taken back at the end."""
    with blocker.unblock(), time_machine.travel(NOW, tick=False):
        frame = transaction.atomic()
        frame.__enter__()
        load_places(*(w.territory for w in WORKSPACES if w.slug in slugs))
        load(regions=slugs)
    try:
        yield
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            frame.__exit__(None, None, None)


@pytest.fixture(scope="module")
def _sample_pomorskie(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with loaded(django_db_blocker, "pomorskie"):
        yield


@pytest.fixture
def pomorskie(_sample_pomorskie: None, db: None) -> Region:
    """Pomorskie of the sample, without its people."""
    return Region.objects.select_related("territory").get(slug="pomorskie")


