"""An organisation has a lasting address that leads people and programs to what they want."""

from datetime import date

import pytest

from osnowa.register.actions import add_organisation, change_organisation, merge_organisations
from osnowa.register.models import Contact
from tests.unit.opendata.linked import parsed


def ask(client, word, accept="text/html"):
    return client.get(f"/id/{word}", headers={"accept": accept})


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [("application/ld+json", ".jsonld"), ("application/json", ".json"), ("application/ld+json;q=0.9, text/html;q=0.2", ".jsonld")],
)
def test_programs_are_led_to_the_form_they_ask_for(client, world, accept, suffix):
    answer = ask(client, world.chleb.uid, accept)
    assert (answer.status_code, answer["Location"]) == (303, f"/id/{world.chleb.uid}{suffix}")
    assert "Accept" in answer["Vary"]


@pytest.mark.parametrize("accept", ["text/html,application/xhtml+xml;q=0.9,*/*;q=0.8", "*/*", "image/png"])
def test_people_are_led_to_the_page(client, world, accept):
    answer = ask(client, world.chleb.uid, accept)
    assert (answer.status_code, answer["Location"]) == (303, "/en/pomorskie/register/dobry-chleb/")


@pytest.mark.parametrize("number", ["PL-KRS-0000123456", "PL-NIP-1234563218", "pl-regon-123456785"])
def test_a_number_of_an_official_register_leads_there_too(client, world, number):
    answer = ask(client, number)
    assert (answer.status_code, answer["Location"]) == (303, f"/id/{world.chleb.uid}")


def test_a_merged_record_leads_to_the_one_that_stands(client, world):
    old = add_organisation(by=None, region=world.pomorskie, values={
        "legal_name": "Chleb bis", "legal_form": "PL-SPSOC", "sector": "social_economy"})  # fmt: skip
    merge_organisations(by=None, kept=world.chleb, gone=old)
    for suffix in ("", ".jsonld", ".json"):
        answer = ask(client, f"{old.uid}{suffix}")
        assert (answer.status_code, answer["Location"]) == (303, f"/id/{world.chleb.uid}{suffix}")


@pytest.mark.parametrize("word", ["x", "PL-KRS-0000000001", "00000000-0000-0000-0000-000000000000", "PL-KRS-", ".json", "%00"])
def test_what_is_not_there_is_not_found(client, world, word):
    assert ask(client, word).status_code == 404


def test_what_is_not_public_looks_as_if_it_did_not_exist(client, world, signed_in):
    for hidden in (world.ukryty, world.wtz):
        for suffix in ("", ".jsonld", ".json"):
            assert ask(client, f"{hidden.uid}{suffix}").status_code == 404
    assert ask(client, "PL-REGON-010944940").status_code == 404
    bolek = signed_in(world.bolek)
    assert ask(bolek, world.ukryty.uid)["Location"] == "/en/pomorskie/register/fundacja-przystan/"
    assert ask(bolek, f"{world.ukryty.uid}.json").status_code == 404


def test_the_page_names_the_document_for_programs(client, world):
    page = client.get("/pl/pomorskie/register/dobry-chleb/").content.decode()
    assert f'<link rel="alternate" type="application/ld+json" href="/id/{world.chleb.uid}.jsonld">' in page


def test_the_document_names_a_page_that_is_there(client, world):
    page = client.get(f"/id/{world.chleb.uid}.json").json()["page"]
    assert client.get(page.removeprefix("http://localhost:8000")).status_code == 200


def test_the_document_may_be_read_by_every_site_and_is_not_sent_twice(client, world):
    answer = client.get(f"/id/{world.chleb.uid}.jsonld")
    assert (answer["Content-Type"], answer["Access-Control-Allow-Origin"]) == ("application/ld+json", "*")
    assert 'rel="license"' in answer["Link"]
    assert len(parsed(answer.content)) > 20
    again = client.get(f"/id/{world.chleb.uid}.jsonld", headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    change_organisation(by=world.bolek, organisation=world.chleb, values={"about": "Pieczemy."})
    assert client.get(f"/id/{world.chleb.uid}.jsonld", headers={"if-none-match": answer["ETag"]}).status_code == 200


def test_no_document_names_a_person(client, world):
    Contact.objects.create(organisation=world.chleb, person_name="Jan Nowak", email="jan@example.org", may_publish=True, keep_until=date(2028, 1, 1))
    for suffix in (".jsonld", ".json"):
        assert "Nowak" not in client.get(f"/id/{world.chleb.uid}{suffix}").content.decode()


def test_a_thing_costs_a_constant_number_of_queries(client, world, django_assert_max_num_queries):
    for suffix in ("", ".jsonld", ".json"):
        with django_assert_max_num_queries(12):
            ask(client, f"{world.chleb.uid}{suffix}")


def test_nothing_is_sent_by_post(client, world):
    assert client.post(f"/id/{world.chleb.uid}").status_code == 405
