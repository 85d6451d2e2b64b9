"""The same questions as one would write them by hand: in DuckDB over the frozen files, in the database itself, through the usual ORM."""

from collections.abc import Iterator
from typing import Any

from benchmarks.europe.measuring import Measured, timed


def beside() -> Iterator[Measured]:
    """The limit (DuckDB, SQL), and what a user would take instead (LIKE, a count by group, a page by OFFSET)."""
    yield from _in_duckdb()
    yield from _in_the_database()
    yield from _usual_ways()


def _in_duckdb() -> Iterator[Measured]:
    import duckdb

    from osnowa.places.models import Region
    from osnowa.register.queries.frame import folder, newest_snapshot

    snapshot = newest_snapshot(Region.objects.get(slug="europe"))
    if snapshot is None:
        return
    database = duckdb.connect(":memory:")
    database.execute(f"CREATE VIEW register AS SELECT * FROM read_parquet('{folder(snapshot.sha256) / 'register.parquet'}')")
    for name, sql in {
        "DuckDB: organisations by form": "SELECT legal_form, count(*) FROM register WHERE status <> 'closed' GROUP BY 1",
        "DuckDB: form and sector by NUTS 2": "SELECT nuts2, legal_form, sector, count(*) FROM register GROUP BY ALL",
        "DuckDB: cells of a map at zoom 5": "SELECT qk >> 32, count(*) FROM register WHERE qk IS NOT NULL GROUP BY 1",
        "DuckDB: how many fit a filter": "SELECT count(*) FROM register WHERE legal_form = 'DE-EV' AND list_contains(services, 'childcare')",
    }.items():
        yield timed(name, [sql] * 5, lambda sql: database.execute(sql).fetchall())


def _in_the_database() -> Iterator[Measured]:
    from django.db import connection

    def ask(sql: str) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()

    for name, sql in {
        "SQL: first 25 by name": "SELECT id, legal_name FROM register_organisation WHERE visibility = 'public' ORDER BY region_id, name_fold LIMIT 25",
        "SQL: one organisation by address": "SELECT * FROM register_organisation WHERE slug = 'x' AND region_id = 1",
        "SQL: organisations by form": "SELECT legal_form, count(*) FROM register_organisation WHERE activity_status <> 'closed' GROUP BY 1",
    }.items():
        yield timed(name, [sql] * 3, ask)


def _usual_ways() -> Iterator[Measured]:
    from django.db.models import Count

    from osnowa.register.models import Organisation

    standing = Organisation.objects.exclude(activity_status="closed").order_by()
    yield timed("usual: name LIKE '%word%'", ("fondation", "hoffnung", "spoldzielnia"),
                lambda word: list(standing.filter(name_fold__contains=word).order_by("name_fold")[:25]))  # fmt: skip
    yield timed("usual: ORM count by group", ("legal_form", "sector"), lambda field: list(standing.values_list(field).annotate(Count("pk"))))
    yield timed("usual: ORM page 400 by place", (10_000,), lambda at: list(standing.order_by("locality", "name_fold")[at : at + 25]))
