"""The page of strengths over a whole region."""

from typing import Any

from django.test import Client
from django.urls import reverse

from osnowa.places.models import Region


def _page(client: Client) -> Any:
    return client.get(reverse("indicators:strengths", args=["pomorskie"]))


def test_municipalities_that_gather_lead_to_their_organisations(client: Client, pomorskie: Region) -> None:
    found = _page(client).context["found"]
    assert (found.is_fine, found.places) == (True, 123)
    assert found.moran is not None


def test_the_number_of_queries_is_constant(client: Client, pomorskie: Region, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        _page(client)
