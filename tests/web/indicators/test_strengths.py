"""The page of strengths: comparisons, areas, where organisations gather, empty states."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.world import World


def _page(client: Client, region: str = "pomorskie", **words: Any) -> Any:
    return client.get(reverse("indicators:strengths", args=[region]), words)


@pytest.mark.parametrize("kind", ["service", "nace2", "section", "form", "sector"])
def test_a_region_is_compared_with_others(client: Client, world: World, kind: str) -> None:
    page = _page(client, by=kind)
    found = page.context["found"]
    assert page.status_code == 200
    assert [str(other) for other in found.others] == ["Podravje"]
    assert found.own or kind in ("service", "nace2", "section")
    assert all(one.low <= one.cautious <= one.high for one in found.own)
    assert all(one.name in page.content.decode() for one in found.own)


def test_the_quotient_is_of_both_regions_together(client: Client, world: World) -> None:
    ours, theirs = (_page(client, region.slug, by="sector").context["found"] for region in (world.pomorskie, world.podravje))
    totals = [sum(one.organisations for one in found.own) for found in (ours, theirs)]
    for one in ours.own:
        other = next((x for x in theirs.own if x.code == one.code), None)
        everywhere = one.organisations + (other.organisations if other else 0)
        assert one.plain == pytest.approx(one.organisations / totals[0] / (everywhere / sum(totals)))


def test_an_empty_region_and_strange_words_are_no_error(client: Client, world: World) -> None:
    world.pomorskie.organisations.update(activity_status="closed", ended_on="2020-01-01", end_reason="inactive")
    page = _page(client, by="nonsense", **{"with": ["nowhere", "pomorskie"]})
    assert page.status_code == 200
    assert page.context["kind"] == "service"
