"""A register loaded at once is the register that would have been written one by one."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.places.models import Region
from osnowa.register.actions import NewOrganisation, add_organisations, load_many
from osnowa.register.actions.writing import written_at_once
from osnowa.register.models import Activity, Contact, Organisation
from osnowa.register.queries import facts_of
from osnowa.register.queries.frame import frame_of
from osnowa.register.queries.search import search
from tests.world import World


def rows(world: World, tail: str) -> Iterator[NewOrganisation]:
    """A legal person with everything, its unit, and one that says nearly nothing; numbers end in what `tail` says."""
    parent = NewOrganisation(
        values={
            "legal_name": "Spółdzielnia Łąka", "short_name": "Łąka", "legal_form": "PL-SPSOC", "sector": "social_economy",
            "other_names": ["Dawna Łąka"], "founded_on": date(2010, 5, 1), "registered_on": date(2010, 6, 1), "activity_status": "active",
            "last_confirmed_on": date(2026, 1, 2), "confirmed_by": "coordinator", "municipality": world.gdansk, "postal_code": "80-001",
            "locality": "Gdańsk", "street": "Polna 3", "links": [{"kind": "website", "url": "https://example.org"}],
            "identifiers": {"PL-KRS": f"000000{tail}"}, "activities": ["56.21", "10.71", "56.21"], "service_areas": ["catering"],
            "target_groups": ["youth"], "visibility": "members",
        },
        figures=[{"year": 2025, "as_of_on": date(2025, 12, 31), "employees": 7, "revenue_total": 100, "revenue_market": 100}],
        recognitions=[{"code": "PL-PS", "granted_on": date(2020, 1, 1), "review_on": date(2030, 1, 1)}],
        listings=[{"kind": "offer", "type_code": "catering", "name": "Obiady"}],
        contacts=[{"function": "Biuro", "email": "biuro@example.org", "keep_until": date(2029, 1, 1)}],
    )  # fmt: skip
    yield parent
    unit = {"kind": "unit", "legal_name": "Warsztat", "legal_form": "PL-WTZ", "sector": "social_economy", "municipality": world.slupsk}
    yield NewOrganisation(values=unit, parent=parent)
    closed = {"activity_status": "closed", "ended_on": date(2020, 2, 2), "end_reason": "liquidation", "lat": 54.35, "lon": 18.6}
    yield NewOrganisation(values={"legal_name": "Łąka", "legal_form": "PL-STO", "sector": "civil_society", "municipality": world.gdansk} | closed)


def told(region: Region, before: set[int]) -> list[dict[str, Any]]:
    """The facts of the new organisations without the keys they happened to get."""
    found = Organisation.objects.filter(region=region).exclude(pk__in=before).order_by("legal_form")
    keys = [it.pk for it in found]
    facts = []
    for it, known in zip(found, facts_of(list(found)).values(), strict=True):
        known["parent"] = keys.index(known["parent"]) if known["parent"] else None
        known["identifiers"] = sorted(known["identifiers"])
        parts = {f"{name.partition(':')[0]} {number}": row for number, (name, row) in enumerate(sorted(known.items())) if ":" in name}
        rows_of = {name: {k: v for k, v in row.items() if k != "id"} for name, row in parts.items()}
        facts.append({name: value for name, value in known.items() if ":" not in name} | rows_of | {"slug": it.slug.rstrip("-0123456789"), "name": it.name_fold})
    return facts


def test_a_load_writes_what_adding_one_by_one_would(world):
    before = set(Organisation.objects.values_list("pk", flat=True))
    add_organisations(by=None, region=world.pomorskie, rows=list(rows(world, "1111")))
    one_by_one = told(world.pomorskie, before)
    between = set(Organisation.objects.values_list("pk", flat=True))
    assert load_many(by=None, region=world.pomorskie, rows=rows(world, "2222"), total=3) == 3
    assert told(world.pomorskie, between) == one_by_one
    assert Contact.objects.filter(email="biuro@example.org").count() == 2


def test_a_load_is_one_entry_and_one_source(world):
    before = Entry.objects.count()
    load_many(by=world.bolek, region=world.pomorskie, rows=rows(world, "1111"), source="import_list")
    entry = Entry.objects.order_by("-id")[0]
    assert Entry.objects.count() == before + 1
    assert (entry.deed, entry.by, entry.changes) == ("register.organisations_loaded", world.bolek, {"organisations": [3, 6]})
    loaded = Organisation.objects.get(short_name="Łąka")
    assert loaded.source_of("street") == {"source": "import_list", "on": timezone.localdate().isoformat(), "by": world.bolek.pk}


def test_what_was_loaded_is_found_and_counted(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        load_many(by=None, region=world.pomorskie, rows=rows(world, "1111"))
    seen = Organisation.objects.filter(region=world.pomorskie)
    assert len(search(world.pomorskie, seen=seen, words="dawna laka").ids) == 1
    frame = frame_of(world.pomorskie)
    assert frame.snapshot is not None
    assert frame.rows("SELECT count(*) FROM register") == [(seen.count(),)]


@pytest.mark.parametrize(
    "values",
    [
        {"identifiers": {"PL-NIP": "1234563219"}},
        {"identifiers": {"PL-NIP": "1234563218"}},
        {"founded_on": date(2027, 1, 1)},
        {"kind": "unit"},
        {"lat": 10.0, "lon": 10.0},
        {"activity_status": "closed"},
    ],
    ids=["a wrong check digit", "a number of another record", "a day to come", "a unit of nobody", "a point far away", "closed without a day"],
)
def test_a_load_refuses_what_other_verbs_refuse_and_writes_nothing(world, values):
    before = Organisation.objects.count()
    given = {"legal_name": "X", "legal_form": "PL-STO", "sector": "civil_society", "municipality": world.gdansk} | values
    with pytest.raises(Refused):
        load_many(by=None, region=world.pomorskie, rows=[*rows(world, "1111"), NewOrganisation(values=given)])
    assert Organisation.objects.count() == before


def test_rows_that_ask_the_database_are_refused_and_nothing_is_written(world):
    before = Organisation.objects.count()
    asking = (NewOrganisation(values={"legal_name": Region.objects.get(slug=slug).name}) for slug in ("pomorskie",))
    with pytest.raises(RuntimeError, match="asks no database"):
        load_many(by=None, region=world.pomorskie, rows=asking)
    assert Organisation.objects.count() == before


def _indexes() -> set[str]:
    with connection.cursor() as cursor:
        return {name for model in (Organisation, Activity) for name in connection.introspection.get_constraints(cursor, model._meta.db_table)}


def test_indexes_and_constraints_stand_after_a_first_load_as_before(db):
    before = _indexes()
    with written_at_once([Organisation._meta.db_table], afresh=True):
        assert "organisation_by_name" not in _indexes()
    assert _indexes() == before


def test_what_is_walked_along_has_indexes_and_what_nobody_asks_has_none(db):
    named = {f"organisation_by_{name}" for name in ("name", "form", "confirmed", "changed", "parent", "successor", "merged_into")}
    assert named | {"one_main_activity"} <= _indexes()
    assert not {"organisation_by_status", "organisation_by_locality"} & _indexes()
