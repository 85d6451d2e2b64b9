"""The page of the interface for people is made of the interface itself."""

import json

import pytest
from django.test import Client

from osnowa.opendata.api.app import document
from osnowa.opendata.api.bodies import ChangedOrganisation, Closing, NewOrganisation
from osnowa.opendata.api.page import BODIES


@pytest.mark.parametrize("language", ["en", "pl", "sl"])
def test_every_operation_is_on_the_page_with_an_address_that_answers(world, language):
    page = Client().get(f"/{language}/data/api/").content.decode()
    for methods in document()["paths"].values():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in page
    examples = [line.split('"')[1] for line in page.split("href=") if line.startswith('"/api/v1/')]
    statuses = {address: Client().get(address).status_code for address in set(examples)}
    assert {address for address, status in statuses.items() if status != 200} == {"/api/v1/indicators/PL63/values"}


def test_the_page_asks_for_nothing_elsewhere(world):
    page = Client().get("/en/data/api/").content.decode()
    assert "http://localhost:8000/api/v1/" in page
    assert 'src="http' not in page
    assert 'href="http' not in page.split("<footer")[0]


def test_the_bodies_shown_are_bodies_the_interface_takes():
    shapes = {"api_organisations": NewOrganisation, "api_organisation": ChangedOrganisation, "api_close": Closing}
    assert {name: shapes[name].model_validate(json.loads(body)) is not None for name, body in BODIES.items()} == dict.fromkeys(BODIES, True)


def test_the_usual_address_of_such_a_page_leads_there(world):
    assert Client().get("/api/v1/docs")["Location"] == "/en/data/api/"


def test_the_page_takes_few_queries(world, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        Client().get("/en/data/api/")
