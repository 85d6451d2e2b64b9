"""`imports:row`, `imports:decide`: possible duplicates are decided one by one or all at once."""

from collections.abc import Callable

import pytest
from django.test import Client

from osnowa.imports.models import Import, Row
from tests.web.imports.making import a_row, an_import
from tests.world import World

SignedIn = Callable[..., Client]


@pytest.fixture
def bolek(world: World, signed_in: SignedIn) -> Client:
    return signed_in(world.bolek)


@pytest.fixture
def it(world: World) -> Import:
    made = an_import(world.pomorskie)
    for label in ("Dobry Chlebek", "Dobra Zadruga"):
        a_row(made, "duplicate", label=label, likely=[{"organisation": world.chleb.pk, "score": 0.9, "why": []}], organisation=world.chleb)
    return made


def decisions(it: Import) -> list[str]:
    return list(it.rows.values_list("decision", flat=True))


def test_one_row_is_decided_and_the_reader_is_back_where_she_was(it: Import, bolek: Client) -> None:
    answer = bolek.post(it.url + "rows/1/", {"decision": "different", "back": "show=duplicates&page=1"})
    assert answer["Location"] == it.url + "?show=duplicates&page=1#row-1"
    assert decisions(it) == ["different", ""]


def test_htmx_gets_the_row_and_the_sums_anew(it: Import, bolek: Client) -> None:
    answer = bolek.post(it.url + "rows/2/", {"decision": "different"}, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert 'id="row-2"' in page
    assert "Decided:" in page
    assert "1 possible duplicate is not decided." in page
    assert "Apply: add 1, change 0" in page
    assert "<html" not in page


def test_a_decision_can_be_opened_again(it: Import, bolek: Client) -> None:
    bolek.post(it.url + "rows/1/", {"decision": "same"})
    bolek.post(it.url + "rows/1/", {"decision": ""})
    assert decisions(it) == ["", ""]


def test_all_open_ones_are_decided_at_once(it: Import, bolek: Client) -> None:
    bolek.post(it.url + "rows/1/", {"decision": "same"})
    answer = bolek.post(it.url + "decide/", {"decision": "skip", "back": "show=duplicates"}, follow=True)
    assert "Decided." in answer.content.decode()
    assert decisions(it) == ["same", "skip"]


def test_there_is_no_decision_beyond_the_three(it: Import, bolek: Client) -> None:
    for address in ("rows/1/", "decide/"):
        assert bolek.post(it.url + address, {"decision": "nonsense"}).status_code == 409
    assert decisions(it) == ["", ""]


def test_a_row_that_is_not_there_is_not_found(it: Import, bolek: Client, world: World) -> None:
    assert bolek.post(it.url + "rows/99/", {"decision": "same"}).status_code == 404
    assert bolek.post(it.url.replace("pomorskie", "podravje") + "rows/1/", {"decision": "same"}).status_code == 404


def test_after_applying_nothing_can_be_decided(it: Import, bolek: Client) -> None:
    Import.objects.update(state="applied")
    assert bolek.post(it.url + "rows/1/", {"decision": "same"}).status_code == 409
    answer = bolek.post(it.url + "rows/1/", {"decision": "same"}, headers={"HX-Request": "true"})
    assert answer["HX-Redirect"] == it.url
    assert Row.objects.filter(decision="same").count() == 0


def test_the_way_back_leads_nowhere_else(it: Import, bolek: Client) -> None:
    answer = bolek.post(it.url + "rows/1/", {"decision": "same", "back": "x\r\nSet-Cookie: a=b"})
    assert answer["Location"].startswith(it.url + "?")
    assert "\n" not in answer["Location"]
