"""More comings and goings than anybody reads are not listed."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from osnowa.indicators.queries import movements
from tests.world import World


def test_a_long_list_leads_to_the_page_of_changes(client: Client, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    words = {"on": "2026-11-20", "against": "1990-01-01"}
    address = reverse("indicators:sector_table", args=["pomorskie"])
    short: Any = client.get(address, words)
    assert short.context["moved"]
    monkeypatch.setattr(movements, "MOST_NAMED", 0)
    long = client.get(address, words)
    assert not long.context["moved"]
    assert reverse("indicators:changes", args=["pomorskie"]) in long.content.decode()
