"""The portrait in the manner of GECES."""

from datetime import date

import pytest
from django.urls import reverse

from osnowa.clusters.models import BudgetLine, Cluster, Service
from osnowa.clusters.queries.portrait import portrait
from osnowa.journal.models import Entry
from osnowa.places.models import Subregion
from tests.unit.clusters.making import a_cluster, a_member, an_organisation

SECTORS = ("social_economy", "civil_society", "public", "business", "academia")


def address(it: Cluster, name: str = "portrait") -> str:
    return reverse(f"clusters:{name}", args=[it.region.slug, it.slug])


def with_types(world, count: int) -> Cluster:
    it = a_cluster(world)
    for sector in SECTORS[:count]:
        a_member(it, an_organisation(world.pomorskie, f"Podmiot {sector}", sector))
    return it


@pytest.mark.parametrize(("count", "usual"), [(2, False), (3, True), (5, True)])
def test_three_to_five_types_of_members_are_usual(client, world, count, usual):
    it = with_types(world, count)
    found = portrait(it, world.bolek)
    assert (found.types_there, found.is_usual) == (count, usual)
    assert ("unusual" in client.get(address(it)).text) is not usual


def test_types_add_up_to_all_members(world):
    found = portrait(with_types(world, 4), world.bolek)
    assert sum(one.count for one in found.types) == found.members == 4


def test_an_empty_portrait_shows_and_tells_who_leads_what_is_missing(client, signed_in, world):
    it = a_cluster(world)
    assert "There are no members yet" in client.get(address(it)).text
    assert "Not told yet" not in client.get(address(it)).text
    assert "Not told yet: origin, mission" in signed_in(world.bolek).get(address(it)).text


def test_writing_keeps_each_language(signed_in, world):
    it = a_cluster(world)
    part = Subregion.objects.get(code="gdanski")
    words = {"origin": "mixed", "mission_pl": "Razem.", "mission_en": "Together.", "innovation": ["social", "ecological"], "subregions": [str(part.pk)], "coordinator_fte": "1.5"}
    answer = signed_in(world.edyta).post(address(it, "edit_portrait"), words)
    assert answer.url == address(it)
    it.refresh_from_db()
    assert it.mission == {"pl": "Razem.", "en": "Together."}
    assert (it.origin, it.innovation, list(it.subregions.all())) == ("mixed", ["social", "ecological"], [part])
    assert "subregions" in Entry.objects.get(deed="clusters.changed").changes
    page = signed_in(world.edyta).get(address(it)).text
    assert "Together." in page
    assert "posts: 1.5" in page


def test_a_text_in_another_language_of_the_pages_is_not_lost(signed_in, world):
    it = a_cluster(world, mission={"pl": "Razem.", "sl": "Skupaj."})
    signed_in(world.edyta).post(address(it, "edit_portrait"), {"mission_pl": "Wspólnie.", "mission_sl": "Skupaj."})
    it.refresh_from_db()
    assert it.mission == {"pl": "Wspólnie.", "sl": "Skupaj."}


def test_what_is_planned_to_live_on_is_for_those_inside(client, signed_in, world):
    it = a_cluster(world)
    for origin, amount in (("grant", 75), ("fees", 25)):
        BudgetLine.objects.create(cluster=it, year=2026, side="source", title=origin, origin=origin, amount=amount, is_secured=True)
    assert portrait(it, world.bolek).funding == (("members' fees", 25.0), ("grant", 75.0))
    assert "What it lives on" not in client.get(address(it)).text
    Cluster.objects.filter(pk=it.pk).update(state="running")
    assert "What it lives on" in client.get(address(it)).text


def test_services_on_offer_are_told_and_wishes_are_not(client, world):
    it = a_cluster(world)
    Service.objects.create(cluster=it, kind="joint_purchasing", title="Wspólne zakupy", state="running")
    Service.objects.create(cluster=it, kind="fund", title="Fundusz marzeń", state="wished")
    page = client.get(address(it)).text
    assert "Wspólne zakupy" in page
    assert "Fundusz marzeń" not in page


def test_a_coordinator_that_is_not_public_has_no_name_for_the_public(client, signed_in, world):
    it = a_cluster(world, coordinator=world.ukryty)
    assert "Przystań" not in client.get(address(it)).text
    assert "Przystań" in signed_in(world.bolek).get(address(it)).text


def test_a_member_whose_place_is_hidden_stands_on_no_map(signed_in, world):
    it = a_cluster(world)
    a_member(it, world.ukryty)
    assert "Słupsk: 1" not in signed_in(world.bolek).get(address(it)).text
    a_member(it, world.chleb)
    assert "Gdańsk: 1" in signed_in(world.bolek).get(address(it)).text


def test_who_left_is_counted_no_more(world):
    it = a_cluster(world)
    a_member(it, world.chleb, state="left", left_on=date(2026, 10, 1), ending="own")
    assert portrait(it, world.bolek).members == 0


def test_more_members_ask_the_database_no_more(client, signed_in, world, django_assert_max_num_queries):
    it = with_types(world, 5)
    with django_assert_max_num_queries(9):
        client.get(address(it))
    editor = signed_in(world.edyta)
    with django_assert_max_num_queries(12):
        editor.get(address(it))
