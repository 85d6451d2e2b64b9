"""About, accessibility and privacy: open to all, in every language, without a query."""

from typing import Any

import pytest
from django.test import Client


@pytest.mark.parametrize("language", ["pl", "sl", "en"])
@pytest.mark.parametrize("page", ["about", "accessibility", "privacy"])
def test_the_page_is_open_and_asks_the_database_nothing(
    client: Client, db: None, django_assert_num_queries: Any, page: str, language: str
) -> None:
    with django_assert_num_queries(0):
        assert client.get(f"/{language}/{page}/").status_code == 200


def test_the_sources_ask_for_name_their_owners(client: Client, db: None) -> None:
    page = client.get("/en/about/").content.decode()
    for owner in ("GeoNames", "CC BY 4.0", "Eurostat", "TERYT", "EuroGeographics", "Instituto Geográfico Nacional"):
        assert owner in page
    assert "Affero" in page


def test_an_instance_with_invented_organisations_says_so(client: Client, db: None, settings: Any) -> None:
    settings.IS_DEMO = True
    page = client.get("/en/about/").content.decode()
    assert "Demonstration: the organisations shown here are invented." in page
