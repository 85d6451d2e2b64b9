"""What the page of the sector table does with days that make no table, and with regions that are not there."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.world import World


@pytest.mark.parametrize(("words", "says"), [
    ({"on": "2027-01-01"}, "has not come yet"),
    ({"on": "2024-13-45"}, "Enter a valid date"),
    ({"on": "2024-06-30", "against": "2025-06-30"}, "before the day of the table"),
    ({"on": "0001-01-01"}, "does not go back so far"),
])  # fmt: skip
def test_a_wrong_day_is_told_beside_its_field(client: Client, world: World, words: dict[str, str], says: str) -> None:
    page = client.get(reverse("indicators:sector_table", args=["pomorskie"]), words)
    assert page.status_code == 400
    assert says in page.content.decode()
    assert "table" not in page.context


def test_a_file_of_a_wrong_day_is_refused(client: Client, world: World) -> None:
    answer = client.get(reverse("indicators:sector_table_file", args=["pomorskie", "csv"]), {"on": "2027-01-01"})
    assert answer.status_code == 400
    assert "has not come yet" in answer.content.decode()


def test_a_region_with_few_organisations_has_a_table_too(client: Client, world: World) -> None:
    page = client.get(reverse("indicators:sector_table", args=["podravje"]))
    assert page.status_code == 200
    assert str(page.context["table"].on) == "2026-11-20"


def test_a_region_that_is_not_there_is_not_found(client: Client, world: World) -> None:
    assert client.get(reverse("indicators:sector_table", args=["atlantyda"])).status_code == 404
