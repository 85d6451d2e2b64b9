"""A directory too long to be sorted is walked: it shows the same organisations, in the wished order, as far as one can turn."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from osnowa.register.actions import NewOrganisation, add_organisations, take_snapshot
from osnowa.register.models import Organisation
from osnowa.register.queries import facets, pages
from tests.world import World

DIRECTORY = reverse("register:directory", args=["pomorskie"])
FILTERS = ("", "form=PL-STO", "form=PL-STO&form=PL-FUN", "status=active", "sector=civil_society", "service=catering", "recognition=PL-PS",
           "municipality=2261011", "area=gdanski", "closed=1", "on=2015-06-01", "on=2015-06-01&recognition=PL-PS")  # fmt: skip


@pytest.fixture
def many(world: World) -> World:
    """Sixty organisations more, of all kinds."""
    rows = []
    for number in range(60):
        values = {
            "legal_name": f"Organizacja {number % 7} {number}", "legal_form": ("PL-STO", "PL-FUN", "PL-SPSOC")[number % 3],
            "sector": ("civil_society", "social_economy")[number % 2], "activity_status": ("active", "not_confirmed")[number % 2],
            "founded_on": date(2000 + number % 25, 3, 1), "locality": ("Gdańsk", "Słupsk", "Sopot")[number % 3],
            "municipality": (world.gdansk, world.slupsk)[number % 2], "service_areas": ["catering"] if number % 4 == 0 else [],
        }  # fmt: skip
        if number % 5:
            values |= {"last_confirmed_on": date(2024, 1, 1) + timedelta(days=number)}
        given = [{"code": "PL-PS", "granted_on": date(2014, 1, 1), "review_on": date(2030, 1, 1)}] if number % 6 == 0 else []
        rows.append(NewOrganisation(values=values, recognitions=given))
    add_organisations(by=None, region=world.pomorskie, rows=rows)
    take_snapshot(by=None, region=world.pomorskie)
    return world


def shown(client: Client, words: str) -> list[int]:
    """The keys on all pages that can be turned to."""
    keys: list[int] = []
    page = client.get(f"{DIRECTORY}?{words}").context["page"]
    for number in range(1, page.paginator.num_pages + 1):
        keys += [one.pk for one in client.get(f"{DIRECTORY}?{words}&page={number}").context["page"].object_list]
    return keys


@pytest.mark.parametrize("words", FILTERS)
def test_a_walk_finds_what_sorting_finds(client, many, monkeypatch, words):
    sorted_out = shown(client, words)
    monkeypatch.setattr(facets, "FEW", 0)
    monkeypatch.setattr(pages, "FEW", 0)
    monkeypatch.setattr(pages, "PASSED", 10**9)
    assert sorted(shown(client, words)) == sorted(sorted_out)


@pytest.mark.parametrize(("sort", "key"), [("name", "name_fold"), ("form", "legal_form"), ("place", "locality"), ("confirmed", "last_confirmed_on")])
def test_a_walk_keeps_the_wished_order(client, many, monkeypatch, sort, key):
    monkeypatch.setattr(facets, "FEW", 0)
    monkeypatch.setattr(pages, "FEW", 0)
    keys = shown(client, f"sort={sort}")
    of = dict(Organisation.objects.values_list("pk", key))
    values = [of[pk] or "" if key != "last_confirmed_on" else str(of[pk] or "") for pk in keys]
    assert len(keys) > 30
    assert values == sorted(values)


def test_pages_one_cannot_turn_to_are_said(client, many, monkeypatch):
    monkeypatch.setattr(facets, "FEW", 0)
    monkeypatch.setattr(pages, "FEW", 0)
    monkeypatch.setattr(pages, "PASSED", 26)
    page = client.get(DIRECTORY)
    assert page.context["page"].paginator.num_pages == 1
    assert b"Only the first 25 can be turned to" in page.content
    assert client.get(f"{DIRECTORY}?page=9").context["page"].number == 1


def test_a_short_list_says_nothing_of_the_kind(client, many):
    assert b"can be turned to" not in client.get(DIRECTORY).content


def test_the_index_of_the_order_is_walked(client, many, monkeypatch):
    monkeypatch.setattr(facets, "FEW", 0)
    monkeypatch.setattr(pages, "FEW", 0)
    with CaptureQueriesContext(connection) as asked:
        client.get(f"{DIRECTORY}?form=PL-STO&sort=name")
    walk = next(query["sql"] for query in asked if 'ORDER BY "register_organisation"."name_fold"' in query["sql"])
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN QUERY PLAN " + walk)
            plan = " ".join(str(row) for row in cursor.fetchall())
        assert "organisation_by_name" in plan
        assert "TEMP B-TREE" not in plan


