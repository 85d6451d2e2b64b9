"""The first page: what Osnowa is, and the regions with how much stands in each."""

from typing import Any

from django.test import Client

from tests.world import World


def test_regions_show_how_many_public_organisations_stand_in_them(world: World, client: Client) -> None:
    answer = client.get("/en/")
    counted = {region.slug: region.organisations_count for region, _dye in answer.context["cards"]}
    assert counted == {"pomorskie": 1, "podravje": 1}
    assert "/en/pomorskie/" in answer.content.decode()


def test_closed_organisations_are_not_counted(world: World, client: Client) -> None:
    type(world.chleb).objects.filter(pk=world.chleb.pk).update(
        activity_status="closed", ended_on="2025-01-01", end_reason="liquidated"
    )
    answer = client.get("/en/")
    assert {region.slug: region.organisations_count for region, _dye in answer.context["cards"]}["pomorskie"] == 0


def test_the_cloth_is_as_wide_as_the_regions_are_large(world: World, client: Client) -> None:
    dyes = [thread.dye for thread in client.get("/en/").context["cloth"].warp]
    assert dyes.count("madder") == dyes.count("woad") == 24


def test_an_empty_house_says_what_comes_next(db: None, client: Client) -> None:
    assert "No region yet" in client.get("/en/").content.decode()


def test_only_the_operator_is_offered_a_new_region(world: World, signed_in: Any) -> None:
    assert "New region" in signed_in(world.darek).get("/en/").content.decode()
    assert "New region" not in signed_in(world.bolek).get("/en/").content.decode()


def test_a_guest_is_asked_to_sign_in_and_a_member_is_not(world: World, client: Client, signed_in: Any) -> None:
    assert "/en/account/login/" in client.get("/en/").content.decode()
    assert "/en/account/login/" not in signed_in(world.ala).get("/en/").content.decode()


def test_the_front_needs_few_queries(world: World, signed_in: Any, django_assert_max_num_queries: Any) -> None:
    client = signed_in(world.bolek)
    with django_assert_max_num_queries(5):
        client.get("/en/")
