"""People see what they may take, in which form, under which licence."""

import pytest

from osnowa.opendata.models import Followed


@pytest.mark.parametrize("language", ["en", "pl", "sl"])
def test_the_page_offers_every_file_and_the_licence(client, world, language):
    page = client.get(f"/{language}/pomorskie/data/").content.decode()
    for file in ("organisations.csv", "organisations.geojson", "figures.xlsx", "offers.parquet", "codes.csv", "datapackage.json", "changes.atom"):
        assert f"/data/pomorskie/{file}" in page
    assert "https://creativecommons.org/licenses/by/4.0/" in page


def test_the_page_says_when_it_last_changed_and_how_to_cite(client, world):
    page = client.get("/en/pomorskie/data/").content.decode()
    assert "1 public organisation." in page
    assert "Register of the social economy: Pomorskie, state on" in page


def test_a_file_that_is_made_tells_its_size(client, world):
    assert "368" not in client.get("/en/pomorskie/data/").content.decode()
    b"".join(client.get("/data/pomorskie/organisations.csv"))
    assert "bytes" in client.get("/en/pomorskie/data/").content.decode()


def test_an_empty_region_says_so(client, world):
    world.chleb.delete()
    assert "no public organisations in this region yet" in client.get("/en/pomorskie/data/").content.decode()


def test_an_invented_region_says_so(client, world):
    world.pomorskie.is_invented = True
    world.pomorskie.save()
    assert "invented for the sample" in client.get("/en/pomorskie/data/").content.decode()
    assert "invented" in client.get("/en/data/").content.decode()


def test_only_people_of_the_region_see_what_it_follows(client, world, signed_in):
    Followed.objects.create(region=world.pomorskie, address="https://example.org/data/x/datapackage.json", title="Rejestr X", licence="CC-BY-4.0",
                            report={"new": 3, "changed": 2, "kept": 1, "proposed": 0})  # fmt: skip
    assert "Rejestr X" not in client.get("/en/pomorskie/data/").content.decode()
    page = signed_in(world.bolek).get("/en/pomorskie/data/").content.decode()
    assert "Rejestr X" in page
    assert "New: 3, changed: 2, kept as corrected here: 1" in page
    assert "Rejestr X" not in signed_in(world.maja).get("/en/pomorskie/data/").content.decode()


def test_a_coordinator_reads_why_following_failed(world, signed_in):
    Followed.objects.create(region=world.pomorskie, address="https://example.org/d.json", report={
        "problem": {"says": "The description names no table of organisations.", "parts": {}}})  # fmt: skip
    assert "names no table of organisations" in signed_in(world.bolek).get("/en/pomorskie/data/").content.decode()


def test_a_region_that_follows_nobody_says_how_to_begin(world, signed_in):
    page = signed_in(world.bolek).get("/en/pomorskie/data/").content.decode()
    assert "follows no other register" in page
    assert "--into pomorskie" in page


def test_pages_cost_a_constant_number_of_queries(client, world, signed_in, django_assert_max_num_queries):
    for who in (client, signed_in(world.bolek)):
        for address in ("/en/data/", "/en/pomorskie/data/"):
            with django_assert_max_num_queries(12):
                who.get(address)


def test_the_page_of_all_regions_leads_to_each(client, world):
    page = client.get("/pl/data/").content.decode()
    assert "/pl/pomorskie/data/" in page
    assert "/pl/podravje/data/" in page


def test_an_installation_without_regions_has_a_page(client, db):
    assert "no region here yet" in client.get("/en/data/").content.decode()
