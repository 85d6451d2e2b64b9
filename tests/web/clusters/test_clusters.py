"""The clusters of a region: the list, making and changing one, its page, who may."""

import pytest
from django.urls import reverse

from osnowa.clusters.models import Cluster
from osnowa.journal.models import Entry
from tests.unit.clusters.making import a_cluster, a_member


def address(name: str, *words: str) -> str:
    return reverse(f"clusters:{name}", args=["pomorskie", *words])


WORDS = {"name": "Sieć Chleb", "kind": "network", "state": "idea", "is_public": "on", "organisation": "Dobry Chleb"}


def test_a_region_without_clusters_says_so(client, world):
    assert "Nothing is designed here yet" in client.get(address("clusters")).text


def test_the_list_tells_state_and_members(client, world):
    a_member(a_cluster(world), world.chleb)
    page = client.get(address("clusters")).text
    assert "Pomorska Ekonomia Społeczna" in page
    assert "being designed" in page
    assert "1 member" in page


def test_a_region_calls_them_by_its_own_word(client, world):
    world.pomorskie.vocabulary = {"clusters": {"en": "hubs"}}
    world.pomorskie.save()
    page = client.get(address("clusters")).text
    assert "<h1>Hubs</h1>" in page
    assert ">Hubs</a>" in page


def test_an_editor_makes_one_and_the_register_knows_who_coordinates(signed_in, world):
    client = signed_in(world.edyta)
    answer = client.post(address("new"), WORDS)
    made = Cluster.objects.get()
    assert answer.url == address("cluster", made.slug)
    assert (made.slug, made.kind, made.coordinator, made.coordinator_name) == ("siec-chleb", "network", world.chleb, "")
    assert Entry.objects.get(deed="clusters.made").changes["name"] == [None, "Sieć Chleb"]


def test_a_coordinating_body_outside_the_register_keeps_its_name(signed_in, world):
    signed_in(world.edyta).post(address("new"), WORDS | {"organisation": "Urząd Marszałkowski"})
    made = Cluster.objects.get()
    assert (made.coordinator, made.coordinator_name) == (None, "Urząd Marszałkowski")


def test_two_of_one_name_have_two_addresses(signed_in, world):
    for _time in range(2):
        signed_in(world.edyta).post(address("new"), WORDS)
    assert sorted(Cluster.objects.values_list("slug", flat=True)) == ["siec-chleb", "siec-chleb-2"]


def test_what_ends_says_when(signed_in, world):
    answer = signed_in(world.edyta).post(address("new"), WORDS | {"state": "ended"})
    assert answer.status_code == 422
    assert "Say on which day" in answer.text
    assert not Cluster.objects.exists()


def test_changing_tells_the_journal_what_differs(signed_in, world):
    it = a_cluster(world)
    signed_in(world.bolek).post(address("edit", it.slug), {"name": it.name, "kind": it.kind, "state": "running", "is_public": "on", "organisation": "", "founding_until": "2026-12-31"})
    assert Entry.objects.get(deed="clusters.changed").changes == {"state": ["design", "running"]}


def test_a_hidden_cluster_is_not_there_for_the_public(client, signed_in, world):
    it = a_cluster(world, is_public=False)
    assert client.get(address("cluster", it.slug)).status_code == 404
    assert it.name not in client.get(address("clusters")).text
    assert it.name in signed_in(world.olga).get(address("clusters")).text


def test_the_page_of_the_region_leads_to_its_clusters(client, world):
    it = a_cluster(world)
    assert address("cluster", it.slug) in client.get(reverse("home:region", args=["pomorskie"])).text


def test_a_tab_is_shown_when_its_address_exists_and_marks_where_one_is(client, world):
    it = a_cluster(world)
    assert f'href="{address("cluster", it.slug)}" aria-current="page"' in client.get(address("cluster", it.slug)).text


@pytest.mark.parametrize("count", [1, 6])
def test_the_list_asks_the_database_no_more_for_more_clusters(client, world, count, django_assert_max_num_queries):
    for number in range(count):
        a_cluster(world, name=f"Klaster {number}")
    with django_assert_max_num_queries(6):
        client.get(address("clusters"))
