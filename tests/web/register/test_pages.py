"""Pages of the directory from a snapshot and what changed since: the same organisations in the same order as the database sorts them."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from osnowa.register import access
from osnowa.register.actions import (
    NewOrganisation,
    add_organisation,
    add_organisations,
    change_organisation,
    close_organisation,
    merge_organisations,
    take_snapshot,
)
from osnowa.register.models import Organisation
from osnowa.register.queries.directory import SORTS, Wish, in_order, wanted
from osnowa.register.queries.facets import count
from osnowa.register.queries.frame import frame_of, lists_file
from osnowa.register.queries.pages import pages_of
from tests.world import World

DIRECTORY = reverse("register:directory", args=["pomorskie"])
FILTERS = ("", "form=PL-STO", "form=PL-STO&form=PL-FUN", "status=active", "sector=civil_society", "service=catering", "recognition=PL-PS",
           "municipality=2261011", "area=gdanski", "closed=1", "on=2015-06-01", "on=2015-06-01&recognition=PL-PS", "q=organizacja",
           "q=organizacja&form=PL-STO", "q=dobry chleb", "q=nothing-of-this-kind")  # fmt: skip
#: Texts that a language sorts otherwise than their characters stand.
NAMES = ("Żółw", "Zorza", "zorza", "A-B", "AB", "A B", "Ósemka", "Osiem", "Łąka", "Lak", "„Cudzysłów”", "123", "Z")


def values_of(world: World, number: int, dice: random.Random) -> dict:
    values = {
        "legal_name": f"Organizacja {dice.choice(NAMES)} {number % 7}", "legal_form": dice.choice(("PL-STO", "PL-FUN", "PL-SPSOC")),
        "sector": dice.choice(("civil_society", "social_economy")), "activity_status": dice.choice(("active", "not_confirmed")),
        "founded_on": date(2000 + number % 25, 3, 1), "locality": dice.choice(("", *NAMES)), "municipality": dice.choice((world.gdansk, world.slupsk, None)),
        "service_areas": dice.choice(([], ["catering"])), "visibility": dice.choice(("public", "public", "members", "coordinator")),
    }  # fmt: skip
    return values | ({"last_confirmed_on": date(2024, 1, 1) + timedelta(days=dice.randrange(9))} if number % 5 else {})


@pytest.fixture
def many(world: World) -> World:
    """A hundred and twenty organisations more, of all kinds, some of them equal in all they are sorted by."""
    dice, rows = random.Random(3), []
    for number in range(120):
        given = [{"code": "PL-PS", "granted_on": date(2014, 1, 1), "review_on": date(2030, 1, 1)}] if number % 6 == 0 else []
        rows.append(NewOrganisation(values=values_of(world, number, dice), recognitions=given))
    add_organisations(by=None, region=world.pomorskie, rows=rows)
    take_snapshot(by=None, region=world.pomorskie)
    return world


def edit(world: World, dice: random.Random, times: int) -> None:
    """Deeds after the snapshot: organisations added, changed, closed, merged."""
    for number in range(times):
        standing = list(Organisation.objects.filter(region=world.pomorskie, kind="legal_person", units=None).exclude(activity_status="closed").order_by("pk"))
        one, other = dice.sample(standing, 2)
        match dice.randrange(4):
            case 0:
                add_organisation(by=world.bolek, region=world.pomorskie, values=values_of(world, number, dice))
            case 1:
                change_organisation(by=world.bolek, organisation=one, values=values_of(world, number, dice))
            case 2:
                close_organisation(by=world.bolek, organisation=one, ended_on=date(2026, 11, 1), end_reason="liquidation")
            case 3 if not {world.chleb.pk, world.wtz.pk} & {one.pk, other.pk}:
                merge_organisations(by=world.bolek, kept=one, gone=other)


def keys_of_pages(world: World, person, words: str, per_page: int) -> list[list[int]]:
    wish, seen = Wish.of(QueryDict(words)), access.visible(person, world.pomorskie)
    counted = count(world.pomorskie, person, seen, wish)
    pages = pages_of(counted, seen, wish, ("public",), per_page)
    return [[one.pk for one in pages.page(number).object_list] for number in pages.page_range]


def sorted_out(world: World, person, words: str, per_page: int) -> list[list[int]]:
    """The pages of the same list where the database sorts it."""
    wish, seen = Wish.of(QueryDict(words)), access.visible(person, world.pomorskie)
    keys = [one.pk for one in in_order(wanted(seen, wish), wish, ("public",))]
    return [keys[place : place + per_page] for place in range(0, len(keys), per_page)] or [[]]


@pytest.mark.parametrize("words", FILTERS)
def test_a_snapshot_gives_the_pages_the_database_sorts(many, words):
    for sort in SORTS:
        asked = f"{words}&sort={sort}"
        assert keys_of_pages(many, many.bolek, asked, 25) == sorted_out(many, many.bolek, asked, 25), sort


@pytest.mark.parametrize("seed", range(6))
def test_whatever_changed_since_stands_where_it_belongs(many, seed):
    dice = random.Random(seed)
    edit(many, dice, 4 + 6 * seed)
    assert frame_of(many.pomorskie).gone
    for sort in SORTS:
        for person in (many.bolek, many.olga, many.celina, many.ala):
            words = f"{dice.choice(FILTERS)}&sort={sort}"
            per_page = dice.choice((1, 7, 25, 500))
            assert keys_of_pages(many, person, words, per_page) == sorted_out(many, person, words, per_page), (words, person, per_page)


def test_a_name_changed_without_anything_else_moves_in_the_next_snapshot_too(many):
    one = Organisation.objects.get(pk=many.chleb.pk)
    for name in ("Aaa", "Zzz"):
        change_organisation(by=many.bolek, organisation=one, values={"legal_name": name})
        take_snapshot(by=None, region=many.pomorskie)
        assert keys_of_pages(many, many.bolek, "", 25) == sorted_out(many, many.bolek, "", 25), name


def test_a_snapshot_without_orders_is_sorted_by_the_database(many):
    snapshot = frame_of(many.pomorskie).snapshot
    lists_file(snapshot.sha256, snapshot.entry).unlink()
    for sort in SORTS:
        assert keys_of_pages(many, many.ala, f"sort={sort}", 25) == sorted_out(many, many.ala, f"sort={sort}", 25)


def test_any_page_can_be_turned_to_in_as_many_queries(client, many):
    edit(many, random.Random(1), 5)
    client.get(DIRECTORY)
    asked = []
    for number in (1, 2, 3):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"{DIRECTORY}?page={number}&sort=place").context["page"].number == number
        asked.append(len(queries))
    assert asked[1] == asked[2] <= 16
