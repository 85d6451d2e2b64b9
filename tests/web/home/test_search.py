"""The search across regions: folded words, and never more than the person may see."""

from typing import Any

import pytest
from django.test import Client

from tests.world import World


def _names(answer: Any) -> set[str]:
    return {organisation.legal_name for organisation in answer.context["organisations"]}


@pytest.mark.parametrize("words", ["spoldzielnia", "SPÓŁDZIELNIA chleb", "dobry  chleb", "1234563218"])
def test_words_find_however_they_are_written(world: World, client: Client, words: str) -> None:
    assert _names(client.get("/en/search/", {"q": words})) == {"Spółdzielnia Socjalna Dobry Chleb"}


@pytest.mark.parametrize(("language", "words"), [("pl", "gastronom"), ("pl", "chleb CATERING"), ("sl", "gostinstvo"), ("en", "catering")])
def test_services_find_in_the_language_of_the_reader(world: World, client: Client, language: str, words: str) -> None:
    world.ukryty.service_areas.create(code="catering")
    assert _names(client.get(f"/{language}/search/", {"q": words})) == {"Spółdzielnia Socjalna Dobry Chleb"}
    assert _names(client.get(f"/{language}/search/", {"q": "ca"})) == set()


def test_one_search_reaches_every_region(world: World, client: Client) -> None:
    assert _names(client.get("/en/search/", {"q": "dob"})) == {"Spółdzielnia Socjalna Dobry Chleb", "Zadruga Dobrina z.o.o."}


def test_a_guest_finds_only_what_is_public(world: World, client: Client) -> None:
    assert _names(client.get("/en/search/", {"q": "warsztat"})) == set()
    assert _names(client.get("/en/search/", {"q": "przystan"})) == set()


def test_a_seat_opens_what_it_may_see_in_its_own_region(world: World, signed_in: Any) -> None:
    assert _names(signed_in(world.olga).get("/en/search/", {"q": "warsztat"})) == {world.wtz.legal_name}
    assert _names(signed_in(world.olga).get("/en/search/", {"q": "przystan"})) == set()
    assert _names(signed_in(world.bolek).get("/en/search/", {"q": "przystan"})) >= {world.ukryty.legal_name}
    assert _names(signed_in(world.maja).get("/en/search/", {"q": "warsztat"})) == set()


def test_places_lead_to_the_directory_filtered_by_them(world: World, client: Client) -> None:
    page = client.get("/en/search/", {"q": "gdan"}).content.decode()
    assert "/en/pomorskie/register/?municipality=2261011" in page


def test_a_place_where_only_hidden_organisations_stand_is_not_shown(world: World, client: Client) -> None:
    assert client.get("/en/search/", {"q": "slupsk"}).context["places"] == []


def test_regions_are_found_by_their_name(world: World, client: Client) -> None:
    answer = client.get("/en/search/", {"q": "podrav"})
    assert [region.slug for region in answer.context["found_regions"]] == ["podravje"]


@pytest.mark.parametrize("words", ["", "   ", "!?", "%", "'; --"])
def test_no_words_find_nothing_and_break_nothing(world: World, client: Client, words: str) -> None:
    answer = client.get("/en/search/", {"q": words})
    assert answer.status_code == 200
    assert "page_obj" not in answer.context


def test_words_that_fit_nothing_say_what_to_try(world: World, client: Client) -> None:
    assert "Nothing found" in client.get("/en/search/", {"q": "xyzzy"}).content.decode()


def test_a_page_beyond_the_last_is_the_last(world: World, client: Client) -> None:
    assert client.get("/en/search/", {"q": "dob", "page": "99"}).status_code == 200


def test_the_search_needs_few_queries(world: World, signed_in: Any, django_assert_max_num_queries: Any) -> None:
    client = signed_in(world.bolek)
    client.get("/en/search/", {"q": "dobry"})  # once a process, the vocabulary is read
    with django_assert_max_num_queries(12):
        client.get("/en/search/", {"q": "dobry"})


def test_signs_no_key_writes_are_not_echoed(world: World, client: Client) -> None:
    answer = client.get("/en/search/", {"q": "dobry\x00 \x1bchleb\n"})
    assert answer.context["q"] == "dobry   chleb"
    assert b"\x00" not in answer.content
    assert _names(answer) == {"Spółdzielnia Socjalna Dobry Chleb"}


def test_signs_alone_find_nothing_and_say_so(world: World, client: Client) -> None:
    page = client.get("/en/search/", {"q": "%"}).content.decode()
    assert "Nothing can be searched for by signs alone" in page
    assert "To the regions" in page


def test_an_area_is_found_in_whatever_region_it_is(world: World, client: Client) -> None:
    assert _names(client.get("/en/search/", {"q": "gdański"})) == {"Spółdzielnia Socjalna Dobry Chleb"}
