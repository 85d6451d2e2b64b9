"""Keys for programs: made and ended by their person, shown once, gone with her account."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from osnowa.opendata.actions import make_key
from osnowa.opendata.models import ApiKey
from osnowa.people.actions import erase
from osnowa.people.queries import everything_about

PAGE = "/en/data/keys/"
TODAY = date(2026, 11, 20)


def test_a_key_is_shown_once(world, signed_in):
    client = signed_in(world.celina)
    made = client.post(PAGE, {"name": "skrypt", "expires_on": "2027-01-31"})
    key = ApiKey.objects.get()
    shown = made.content.decode()
    assert made.status_code == 200
    assert "no-store" in made["Cache-Control"]
    assert key.begins in shown
    assert "osn_" in shown.split("<pre")[1].split("</pre>")[0]
    again = client.get(PAGE).content.decode()
    assert "<pre" not in again
    assert "skrypt" in again


@pytest.mark.parametrize("day", ["", "2026-11-19", "2027-11-21", "x"])
def test_a_key_holds_for_a_year_at_most(world, signed_in, day):
    answer = signed_in(world.celina).post(PAGE, {"name": "skrypt", "expires_on": day})
    assert (answer.status_code, ApiKey.objects.count()) == (422, 0)


def test_nobody_has_more_than_twenty_keys_at_once(world, signed_in):
    for _ in range(20):
        make_key(by=world.celina, name="x", expires_on=TODAY)
    assert signed_in(world.celina).post(PAGE, {"name": "x", "expires_on": "2026-12-01"}).status_code == 422


def test_only_its_person_ends_a_key(world, signed_in):
    key, _ = make_key(by=world.celina, name="x", expires_on=TODAY + timedelta(days=9))
    assert signed_in(world.bolek).post(f"{PAGE}{key.pk}/end/").status_code == 404
    assert signed_in(world.celina).get(f"{PAGE}{key.pk}/end/").status_code == 405
    assert signed_in(world.celina).post(f"{PAGE}{key.pk}/end/").status_code == 302
    key.refresh_from_db()
    assert key.ended_at is not None
    assert "End<" not in signed_in(world.celina).get(PAGE).content.decode()


def test_a_person_sees_only_her_own_keys_there_and_in_her_account(world, signed_in):
    make_key(by=world.celina, name="tajny skrypt", expires_on=TODAY)
    assert "tajny skrypt" not in signed_in(world.bolek).get(PAGE).content.decode()
    assert PAGE in signed_in(world.celina).get(reverse("people:profile")).content.decode()


def test_keys_are_in_the_export_of_ones_own_data_without_what_opens_anything(world):
    key, secret = make_key(by=world.celina, name="skrypt", expires_on=TODAY)
    told = everything_about(world.celina)
    assert [row["name"] for row in told["keys_for_programs"]] == ["skrypt"]
    assert secret not in str(told)
    assert key.hashed not in str(told)


def test_keys_go_with_the_account(world):
    make_key(by=world.celina, name="skrypt", expires_on=TODAY)
    erase(by=world.celina, person=world.celina)
    assert ApiKey.objects.count() == 0


def test_the_page_takes_few_queries(world, signed_in, django_assert_max_num_queries):
    for _ in range(10):
        make_key(by=world.celina, name="x", expires_on=TODAY)
    client = signed_in(world.celina)
    client.get(PAGE)
    with django_assert_max_num_queries(8):
        client.get(PAGE)
