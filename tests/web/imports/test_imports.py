"""`imports:imports`: the imports of a region, and how a list comes in."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from python_calamine import CalamineWorkbook

from osnowa.imports import actions
from osnowa.imports.models import Import
from tests.web.imports.making import a_row, an_import
from tests.world import World

SignedIn = Callable[..., Client]
URL = "/en/pomorskie/register/import/"
CSV = "Nazwa;NIP\nSpółdzielnia Socjalna Len;5252248481\n".encode()


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bolek(world: World, signed_in: SignedIn) -> Client:
    return signed_in(world.bolek)


def test_a_region_without_imports_is_taught_in_three_lines(bolek: Client) -> None:
    page = bolek.get(URL).content.decode()
    assert "No list has come in yet" in page
    assert page.split('<ol class="three">')[1].split("</ol>")[0].count("<li>") == 3


def test_the_imports_of_this_region_stand_with_state_and_counts(world: World, bolek: Client) -> None:
    it = an_import(world.pomorskie, by=world.edyta)
    a_row(it, "new")
    an_import(world.podravje, name="Tuji seznam")
    page = bolek.get(URL).content.decode()
    for words in ("Lista OWES", "lista.csv", "ready to apply", "1 new", "Edyta", it.url):
        assert words in page, words
    assert "Tuji seznam" not in page


def test_names_of_known_lists_are_offered(world: World, bolek: Client) -> None:
    an_import(world.pomorskie, name="Spis „CIS” <2025>")
    page = bolek.get(URL + "?list=Nowa").content.decode()
    assert '<option value="Spis „CIS” &lt;2025&gt;">' in page
    assert 'value="Nowa"' in page


def test_a_file_comes_in_and_its_page_opens(world: World, bolek: Client) -> None:
    answer = bolek.post(URL, {"source_name": "Lista OWES", "file": SimpleUploadedFile("lista.csv", CSV)})
    it = Import.objects.get()
    assert answer["Location"] == it.url
    assert (it.source.name, it.file_name, it.by, it.size_bytes, it.state) == ("Lista OWES", "lista.csv", world.bolek, len(CSV), "reading")
    assert it.job is not None


def test_pasted_rows_come_in_as_a_file_does(world: World, bolek: Client) -> None:
    answer = bolek.post(URL, {"source_name": "Lista OWES", "text": "Nazwa\tNIP\nLen\t5252248481"})
    assert answer["Location"] == Import.objects.get().url


def test_a_personal_number_in_a_paste_does_not_stop_the_whole_list(bolek: Client) -> None:
    answer = bolek.post(URL, {"source_name": "Lista", "text": "Nazwa\tTelefon\nLen\t44051401359"})
    assert answer.status_code == 302


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"source_name": "Lista"}, "Choose a file, or paste the rows below."),
        ({"source_name": "", "text": "a\tb"}, "This field is required."),
        ({"source_name": "Lista", "text": "a\tb", "file": SimpleUploadedFile("a.csv", CSV)}, "Either a file or pasted rows"),
        ({"source_name": "Lista", "file": SimpleUploadedFile("a.csv", b"")}, "empty"),
    ],
)
def test_what_is_not_a_list_is_told_beside_the_form(sent: dict[str, object], words: str, bolek: Client) -> None:
    answer = bolek.post(URL, sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Import.objects.exists()


def test_only_those_who_edit_the_register_may_import(world: World, signed_in: SignedIn) -> None:
    assert [signed_in(who).get(URL).status_code for who in (world.edyta, world.olga, world.maja, world.darek)] == [200, 403, 403, 200]


def test_the_list_needs_few_queries(world: World, bolek: Client, django_assert_max_num_queries) -> None:
    for _n in range(25):
        an_import(world.pomorskie, by=world.edyta)
    with django_assert_max_num_queries(12):
        bolek.get(URL)


@pytest.mark.parametrize("language", ["pl", "sl", "en"])
def test_the_file_to_fill_in_has_our_headings_and_one_example(language: str, bolek: Client) -> None:
    answer = bolek.get(URL.replace("/en/", f"/{language}/") + "template/")
    headings, row = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert len(headings) == len(row) == len(set(headings))
    assert {"76-200", "Słupsk"} <= set(row)
    assert 'filename="osnowa-pomorskie.xlsx"' in answer["Content-Disposition"]


@pytest.mark.parametrize(("region", "language"), [("pomorskie", "pl"), ("pomorskie", "sl"), ("podravje", "en"), ("podravje", "sl")])
def test_the_file_to_fill_in_goes_in_as_it_is(region: str, language: str, world: World, signed_in: SignedIn) -> None:
    world.chleb.identifiers.all().delete()
    content = signed_in(world.darek).get(f"/{language}/{region}/register/import/template/").content
    place = getattr(world, region)
    it = actions.take_file(by=None, region=place, source_name="x", file_name="x.xlsx", chunks=[content], work=False)
    it = actions.read_import(by=None, it=it, work=False)
    sheet = it.understood["sheets"][0]
    mapping = {one["column"]: one["field"] for one in sheet["suggestions"]}
    assert [sheet["names"][column] for column, field in mapping.items() if not field] == []
    it = actions.choose_columns(by=None, it=it, sheet=0, header=None, mapping=mapping, subject=sheet["subject"], settings={}, work=False)
    it = actions.check_import(by=None, it=it)
    row = it.rows.get()
    assert (row.outcome, row.problems) == ("new", [])
    assert row.values["municipality"] in (world.slupsk.pk, world.maribor.pk)
    assert row.values["figures"][0]["employees"] == 12
