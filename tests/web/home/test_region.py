"""The front page of a region: what a minister understands in one minute."""

from typing import Any

from django.test import Client
from django.urls import reverse

from tests.world import World


def test_the_front_page_of_a_region_counts_what_the_reader_sees(world: World, client: Client, signed_in: Any, django_assert_max_num_queries: Any) -> None:
    front = reverse("home:region", kwargs={"region": "pomorskie"})
    assert client.get(front).context["portrait"].total == 1
    bolek = signed_in(world.bolek)
    with django_assert_max_num_queries(12):
        assert bolek.get(front).context["portrait"].total == 3


def test_a_word_that_names_no_region_is_not_found(world: World, client: Client) -> None:
    assert client.get("/en/nowhere/").status_code == 404


def test_the_words_of_the_house_are_not_taken_for_regions(world: World, client: Client) -> None:
    for word in ("about", "search", "accessibility", "privacy", "ui"):
        assert client.get(f"/en/{word}/").status_code == 200
