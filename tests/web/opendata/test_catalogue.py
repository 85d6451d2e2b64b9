"""The catalogue and the code lists answer in both forms."""

import pytest
from rdflib import DCAT

from tests.unit.opendata.linked import parsed

FORMS = {"jsonld": ("application/ld+json", "json-ld"), "ttl": ("text/turtle; charset=utf-8", "turtle")}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", ["/data/catalog", "/data/vocabulary/legal-forms", "/data/vocabulary/recognitions"])
def test_it_can_be_read_as_linked_data(client, world, path, form):
    answer = client.get(f"{path}.{form}")
    assert answer["Content-Type"] == FORMS[form][0]
    assert len(parsed(answer.content, FORMS[form][1])) > 50
    assert client.get(f"{path}.{form}", headers={"if-none-match": answer["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", ["/data/catalog.csv", "/data/vocabulary/people.ttl", "/data/vocabulary/people", "/data/vocabulary/legal-forms.csv"])
def test_what_there_is_not_is_not_found(client, world, path):
    assert client.get(path).status_code == 404


def test_the_address_of_a_list_leads_to_what_it_says(client):
    assert client.get("/data/vocabulary/sectors")["Location"] == "/data/vocabulary/sectors.ttl"
    assert client.get("/data/vocabulary/sectors", headers={"accept": "application/ld+json"})["Location"] == "/data/vocabulary/sectors.jsonld"


def test_everything_the_catalogue_names_is_there(client, world):
    found = parsed(client.get("/data/catalog.ttl").content, "turtle")
    named = {str(one) for name in (DCAT.downloadURL, DCAT.landingPage, DCAT.endpointDescription) for one in found.objects(None, name)}
    assert len(named) > 40
    for address in named:
        assert client.get(address.removeprefix("http://localhost:8000")).status_code == 200, address


def test_the_catalogue_costs_a_constant_number_of_queries(client, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        client.get("/data/catalog.ttl")
