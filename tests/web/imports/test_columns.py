"""`imports:columns`: what was understood of a file, and what its columns mean."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from osnowa.imports.models import Import
from osnowa.kit.sentences import Sentence, keep
from tests.web.imports.making import NAMES, an_import, understood
from tests.world import World

SignedIn = Callable[..., Client]
ANSWER = {"sheet": "0", "header": "1", "subject": "organisations", "country": "PL", "legal_form": "PL-FUN",
          "column_0": "legal_name", "column_1": "number:PL-NIP", "column_2": "locality", "column_3": ""}  # fmt: skip


@pytest.fixture
def bolek(world: World, signed_in: SignedIn) -> Client:
    return signed_in(world.bolek)


@pytest.fixture
def it(world: World) -> Import:
    return an_import(world.pomorskie, "columns", mapping={})


def url(it: Import) -> str:
    return it.url + "columns/"


def test_each_column_stands_with_its_values_and_what_it_seems_to_mean(it: Import, bolek: Client) -> None:
    answer = bolek.get(url(it))
    page = answer.content.decode()
    for words in (*NAMES, "5252248481", "The heading says so.", "CSV", "characters: UTF-8", "between cells: semicolon", "decimal comma", "2 rows"):
        assert words in page, words
    assert [column["field"].value() for column in answer.context["columns"]] == ["legal_name", "number:PL-NIP", "locality", ""]
    assert "&lt;b&gt;x" in page
    assert "<b>x" not in page


def a_sheet(**more: Any) -> dict[str, Any]:
    return understood(sheets=[understood()["sheets"][0] | more])


def test_numbers_and_birth_dates_of_people_are_not_shown(world: World, bolek: Client) -> None:
    names, rows = ["Nazwa", "Kod", "Data urodzenia", "Uwagi"], [["Len", "44051401359", "14.05.1944", "zna 0101006500006 od lat"]]
    it = an_import(world.pomorskie, "columns", mapping={}, understood=a_sheet(names=names, sample=rows, suggestions=[]))
    answer = bolek.get(url(it))
    assert [column["values"] for column in answer.context["columns"]] == [["Len"], ["•••"], ["•••"], ["zna ••• od lat"]]
    assert "44051401359" not in answer.content.decode()


def test_a_column_that_is_left_out_says_why_until_it_is_taken(world: World, bolek: Client) -> None:
    said = [{"column": 3, "heading": "Uwagi", "field": "", "confidence": 0.5, "why": keep(Sentence("Nothing known is in it."))}]
    it = an_import(world.pomorskie, "columns", mapping={}, understood=a_sheet(suggestions=said))
    page = bolek.get(url(it)).content.decode()
    assert "Nothing known is in it." in page
    assert "perhaps:" not in page
    it.mapping = {"0": "legal_name", "3": "about"}
    it.save()
    assert "Nothing known is in it." not in bolek.get(url(it)).content.decode()


def test_numbers_of_other_countries_are_offered_last(it: Import, bolek: Client) -> None:
    groups = bolek.get(url(it)).context["columns"][0]["field"].field.widget.grouped
    assert groups[-1][0] == "Numbers of other countries"
    assert "number:SI-MAT" in dict(groups[-1][1])
    assert "number:PL-NIP" in dict(dict(groups)["Numbers"])


def test_notices_of_the_reader_are_told(world: World, bolek: Client) -> None:
    it = an_import(world.pomorskie, "columns", understood=understood(notices=[keep(Sentence("Two empty sheets were left out."))]))
    assert "Two empty sheets were left out." in bolek.get(url(it)).content.decode()


def test_another_sheet_can_be_looked_at(world: World, bolek: Client) -> None:
    known = understood()
    other = known["sheets"][0] | {"name": "Rok 2025", "names": ["Podmiot"], "suggestions": [], "sample": [["Len"]]}
    it = an_import(world.pomorskie, "columns", mapping={}, understood=known | {"sheets": [*known["sheets"], other]})
    page = bolek.get(url(it)).content.decode()
    assert "Rok 2025" in page
    assert "Podmiot" not in page
    assert [column["heading"] for column in bolek.get(url(it) + "?sheet=1").context["columns"]] == ["Podmiot"]
    assert bolek.get(url(it) + "?sheet=7").status_code == 409


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"column_2": "legal_name"}, "“Legal name” is taken by another column."),
        ({"column_0": "", "column_1": ""}, "Say which column holds the legal name."),
        ({"subject": "figures"}, "Say which column holds the year or the day of the figures."),
        ({"subject": "units"}, "Say which column holds the number or the name of the legal person"),
        ({"header": "9"}, "The sheet has no such line."),
        ({"column_0": "nonsense"}, "Select a valid choice."),
        ({"country": "XX"}, "Select a valid choice."),
    ],
)
def test_a_mapping_that_cannot_work_is_told_at_its_column(changed: dict[str, str], words: str, it: Import, bolek: Client) -> None:
    answer = bolek.post(url(it), ANSWER | changed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    it.refresh_from_db()
    assert it.state == "columns"


def test_what_is_chosen_is_kept_for_the_list_and_the_rows_are_checked(it: Import, bolek: Client) -> None:
    answer = bolek.post(url(it), ANSWER | {"is_whole": "on"})
    assert answer["Location"] == it.url
    it.refresh_from_db()
    assert it.state == "checking"
    assert it.mapping == {"0": "legal_name", "1": "number:PL-NIP", "2": "locality"}
    assert {key: it.settings[key] for key in ("is_whole", "lenient", "only_here", "legal_form", "country")} == {
        "is_whole": True, "lenient": False, "only_here": False, "legal_form": "PL-FUN", "country": "PL",
    }  # fmt: skip
    assert it.source.mapping["nip"] == "number:PL-NIP"


def test_columns_chosen_before_are_shown_again(world: World, bolek: Client) -> None:
    it = an_import(world.pomorskie, "ready", mapping={"0": "short_name"}, settings={"is_whole": True})
    context = bolek.get(url(it)).context
    assert [column["field"].value() for column in context["columns"]] == ["short_name", "", "", ""]
    assert context["form"]["is_whole"].value() is True


@pytest.mark.parametrize("state", ["reading", "checking", "applying", "applied", "undoing", "undone", "refused"])
def test_columns_cannot_be_chosen_in_the_wrong_state(state: str, world: World, bolek: Client) -> None:
    it = an_import(world.pomorskie, state)
    for answer in (bolek.get(url(it)), bolek.post(url(it), ANSWER)):
        assert answer.status_code == 409
        assert "columns of this import cannot be chosen now" in answer.content.decode()


def test_sixty_columns_take_no_more_queries_than_four(world: World, bolek: Client, django_assert_max_num_queries) -> None:
    sheet: dict[str, Any] = {**understood()["sheets"][0], "names": [f"K{n}" for n in range(60)], "columns": 60}
    it = an_import(world.pomorskie, "columns", understood=understood(sheets=[sheet]))
    with django_assert_max_num_queries(12):
        bolek.get(url(it))
