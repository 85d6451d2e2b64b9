"""The first page: what Osnowa is, and the regions with how much stands in each."""

from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

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


def test_invented_regions_stand_apart_from_real_ones(world: World, client: Client) -> None:
    heading = "Samples: regions whose organisations are invented"
    assert heading not in client.get("/en/").text
    type(world.pomorskie).objects.filter(pk=world.pomorskie.pk).update(is_invented=True)
    page = client.get("/en/").text
    assert page.index("/en/podravje/") < page.index(heading) < page.index('<h3><a href="/en/pomorskie/"')


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
    with django_assert_max_num_queries(6):
        client.get("/en/")


def test_a_representative_finds_her_organisation(world: World, signed_in: Any) -> None:
    page = signed_in(world.ala).get("/en/").content.decode()
    assert "Your places" in page
    for address in ("", "edit/", "#truth"):
        assert f'href="/en/pomorskie/register/dobry-chleb/{address}"' in page
    assert "/en/podravje/moderation/" not in page


def test_who_has_seats_in_regions_finds_them_with_their_queue(world: World, signed_in: Any) -> None:
    assert 'href="/en/pomorskie/moderation/"' in signed_in(world.rafal).get("/en/").content.decode()
    olga = signed_in(world.olga).get("/en/")
    assert [own.roles for own in olga.context["own_regions"]] == [["observer"]]
    assert "/en/pomorskie/moderation/" not in olga.content.decode()


def test_without_a_seat_that_holds_there_are_no_places(world: World, client: Client, signed_in: Any) -> None:
    world.ala.organisationseats.update(ended_reason="enough")
    for visitor in (client, signed_in(world.ala), signed_in(world.celina)):
        assert "Your places" not in visitor.get("/en/").content.decode()


def test_more_places_need_no_more_queries(world: World, signed_in: Any, django_assert_num_queries: Any) -> None:
    client = signed_in(world.ala)
    with CaptureQueriesContext(connection) as one:
        client.get("/en/")
    today = timezone.localdate()
    for organisation in (world.wtz, world.ukryty, world.zadruga):
        world.ala.organisationseats.create(organisation=organisation, role="org_editor", valid_from=today, valid_to=today)
    with django_assert_num_queries(len(one)):
        assert len(client.get("/en/").context["own_organisations"]) == 4
