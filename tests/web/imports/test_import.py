"""`imports:import`: the page of an import in every state."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from osnowa.imports.models import Import, Row
from osnowa.journal.models import Job
from osnowa.kit.sentences import Sentence, keep
from osnowa.register.models import Organisation
from tests.web.imports.making import a_problem, a_row, an_import
from tests.world import World

SignedIn = Callable[..., Client]
State = Import.State


@pytest.fixture
def bolek(world: World, signed_in: SignedIn) -> Client:
    return signed_in(world.bolek)


@pytest.fixture
def ready(world: World) -> Import:
    """An import of one row of each kind, ready to apply."""
    it = an_import(world.pomorskie, by=world.bolek)
    a_row(it, "new", label="Spółdzielnia Socjalna Len", changes={"legal_name": [None, "Spółdzielnia Socjalna Len"], "legal_form": [None, "PL-SPSOC"]})
    a_row(it, "changed", label="Dobry Chleb", organisation=world.chleb,
          changes={"street": ["Długa 1", "Szeroka 7"], "municipality": [world.gdansk.pk, world.slupsk.pk], "legal_form": ["PL-SPSOC", "PL-FUN"]})  # fmt: skip
    a_row(it, "unchanged", label="Fundacja Przystań", organisation=world.ukryty)
    a_row(it, "duplicate", label="Dobry Chlebek", values={"legal_name": "Dobry Chlebek", "street": "Długa 1"}, likely=[
        {"organisation": world.chleb.pk, "score": 0.9, "why": [
            {"role": "name", "level": "spelt alike", "bits": 9.1}, {"role": "number", "level": "differs", "bits": -40.0}, {"role": "country", "level": "same", "bits": 0.2},
        ]},
        {"row": 1, "score": 0.4, "why": []},
    ])  # fmt: skip
    a_row(it, "error", label="Krosno <script>", raw=["Krosno", "=1+1", "Gdańsk", ""], problems=[a_problem()])
    a_row(it, "set_aside", label="", raw=["Razem", "", "", ""], set_aside="total")
    it.counts["missing"], it.missing = 1, [world.wtz.pk]
    it.save()
    return it


def text_of(client: Client, it: Import, query: str = "") -> str:
    return client.get(it.url + query).content.decode()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("reading", "The file is being read"),
        ("checking", "The rows are being checked"),
        ("applying", "The changes are being written"),
        ("undoing", "The import is being undone"),
    ],
)
def test_a_busy_import_says_what_goes_on_and_how_far_it_is(state: str, words: str, world: World, bolek: Client) -> None:
    job = Job.objects.create(kind="imports.x", by=world.bolek, state=Job.State.RUNNING, done=250, total=1000)
    page = text_of(bolek, an_import(world.pomorskie, state, job=job))
    assert words in page
    assert "250 of 1000" in page
    assert 'hx-trigger="every 2s"' in page
    assert "You can leave this page" in page


def test_what_htmx_asks_for_is_the_progress_alone_and_then_the_way_on(world: World, bolek: Client) -> None:
    it = an_import(world.pomorskie, State.CHECKING, job=Job.objects.create(kind="imports.check", state=Job.State.QUEUED))
    answer = bolek.get(it.url, headers={"HX-Request": "true"})
    assert "waits for its turn" in answer.content.decode()
    assert "<html" not in answer.content.decode()
    Import.objects.update(state=State.READY)
    assert bolek.get(it.url, headers={"HX-Request": "true"})["HX-Redirect"] == it.url


def test_work_that_broke_off_is_told_and_can_be_begun_again(world: World, bolek: Client) -> None:
    job = Job.objects.create(kind="imports.apply", state=Job.State.FAILED)
    page = text_of(bolek, an_import(world.pomorskie, State.APPLYING, job=job))
    assert "The work broke off" in page
    assert "Apply again" in page
    assert "every 2s" not in page


def test_a_refused_file_says_why_and_what_to_do(world: World, bolek: Client) -> None:
    it = an_import(world.pomorskie, State.REFUSED, problem=keep(Sentence("The file asks for a password.")), understood={})
    page = text_of(bolek, it)
    assert "The file asks for a password." in page
    assert "Try with another file" in page
    assert "?list=Lista%20OWES" in page


def test_an_import_whose_columns_wait_leads_to_them(world: World, bolek: Client) -> None:
    it = an_import(world.pomorskie, State.COLUMNS)
    assert bolek.get(it.url)["Location"] == it.url + "columns/"


def test_each_kind_of_row_has_a_tab_with_its_count(ready: Import, bolek: Client) -> None:
    page = text_of(bolek, ready)
    for word in ("new", "changed", "duplicates", "errors", "missing", "unchanged", "set_aside"):
        assert f"?show={word}#rows" in page
    assert "Spółdzielnia Socjalna Len" in page


def test_a_changed_row_is_told_field_by_field_in_words(ready: Import, bolek: Client) -> None:
    page = text_of(bolek, ready, "?show=changed")
    for words in ("Street and number", "Długa 1", "Szeroka 7", "Gdańsk", "Słupsk", "Social co-operative", "Foundation"):
        assert words in page, words
    assert "PL-SPSOC" not in page


def test_an_error_names_its_cell_the_reason_and_what_stands_there(ready: Import, bolek: Client) -> None:
    page = text_of(bolek, ready, "?show=errors")
    assert "B2" in page
    assert "The check digit of 525 is wrong." in page
    assert "=1+1" in page
    assert "Krosno &lt;script&gt;" in page
    assert "Krosno <script>" not in page


def test_a_possible_duplicate_stands_beside_the_record_it_resembles(ready: Import, bolek: Client) -> None:
    page = text_of(bolek, ready, "?show=duplicates")
    assert 'href="/en/pomorskie/register/dobry-chleb/"' in page
    assert "Name: spelt nearly alike." in page
    assert "Against it: Number: differs." in page
    assert "Country: the same" not in page, "it says too little"
    assert "Spółdzielnia Socjalna Len (line 2)" in page
    assert "1 possible duplicate is not decided." in page
    table = page.split("side-by-side")[1].split("</table>")[0]
    for words in ("line 5", "The register", "Dobry Chlebek", "PL-NIP 1234563218", '<tr class="same"><th scope="row">Street and number'):
        assert words in table, words


def test_what_is_missing_and_what_is_set_aside_say_why(ready: Import, bolek: Client) -> None:
    assert "Warsztat Terapii Zajęciowej w Słupsku" in text_of(bolek, ready, "?show=missing")
    assert "The line is a total." in text_of(bolek, ready, "?show=set_aside")


def test_an_unknown_tab_shows_the_first(ready: Import, bolek: Client) -> None:
    assert bolek.get(ready.url + "?show=nonsense&page=99").context["tab"].word == "new"


def test_the_button_says_what_would_be_done(ready: Import, bolek: Client) -> None:
    assert "Apply: add 1, change 1" in text_of(bolek, ready)
    ready.rows.filter(outcome="duplicate").update(decision="skip")
    assert "not decided" not in text_of(bolek, ready)


def test_a_decided_row_can_be_opened_again_where_it_went(ready: Import, bolek: Client) -> None:
    ready.rows.filter(outcome="new").update(decision="different")
    page = text_of(bolek, ready)
    assert "Decided:" in page
    assert "Open it again" in page


def test_fifty_rows_stand_on_a_page(world: World, bolek: Client) -> None:
    it = an_import(world.pomorskie)
    Row.objects.bulk_create(Row(of=it, number=n, line=n + 1, outcome="new", label=f"Organizacja {n}") for n in range(1, 121))
    it.counts = {"new": 120}
    it.save()
    assert len(bolek.get(it.url).context["lines"]) == 50
    assert [line.row.number for line in bolek.get(it.url + "?page=3").context["lines"]] == list(range(101, 121))


@pytest.mark.parametrize("tab", ["new", "changed", "duplicates", "errors", "missing", "unchanged", "set_aside"])
def test_the_queries_do_not_grow_with_the_rows(tab: str, world: World, ready: Import, bolek: Client, django_assert_max_num_queries) -> None:
    others = [
        Organisation.objects.create(region=world.pomorskie, slug=f"o-{n}", legal_name=f"O {n}", legal_form="PL-FUN", sector="civil_society",
                                    country="PL", municipality=world.gdansk)
        for n in range(40)
    ]  # fmt: skip
    for n, one in enumerate(others):
        for outcome in ("new", "changed", "duplicate", "error", "unchanged"):
            a_row(ready, outcome, organisation=one if outcome in ("changed", "unchanged") else None, problems=[a_problem()],
                  changes={"municipality": [world.gdansk.pk, world.slupsk.pk], "parent": [None, others[n - 1].pk]},
                  likely=[{"organisation": one.pk, "score": 0.8, "why": []}, {"row": n + 1, "score": 0.7, "why": []}])  # fmt: skip
    ready.missing = [one.pk for one in others]
    ready.counts["missing"] = len(others)
    ready.save()
    with django_assert_max_num_queries(12):
        bolek.get(f"{ready.url}?show={tab}")


def test_an_applied_import_says_what_it_did_and_how_to_undo_it(ready: Import, world: World, bolek: Client) -> None:
    Import.objects.update(state=State.APPLIED, applied_at=timezone.now(), applied_by=world.bolek,
                          outcome={"added": 7, "changed": 3, "proposed_closings": 1, "left_out": 2})  # fmt: skip
    page = text_of(bolek, ready)
    for words in ("What this import did", "organisations added", "Undo this import", "by hand since then stays", "1 row to be mended (XLSX)",
                  "/en/pomorskie/moderation/", f'href="{reverse("journal:lately", args=["pomorskie"])}"'):  # fmt: skip
        assert words in page, words
    assert "Apply:" not in page


def test_an_undone_import_says_what_came_back_and_what_was_kept(ready: Import, world: World, bolek: Client) -> None:
    Import.objects.update(state=State.UNDONE, applied_at=timezone.now(), undone_at=timezone.now(), undone_by=world.edyta,
                          outcome={"restored": 5, "removed": 4, "kept": 2})  # fmt: skip
    page = text_of(bolek, ready)
    for words in ("This import was undone", "Undone by Edyta", "organisations kept", "changed by hand after the import"):
        assert words in page, words


@pytest.mark.parametrize("language", ["pl", "sl", "en"])
def test_every_state_can_be_read_in_every_language(language: str, ready: Import, bolek: Client) -> None:
    for state in State.values:
        Import.objects.update(state=state, applied_at=timezone.now() if state in ("applied", "undone") else None)
        answer = bolek.get(ready.url.replace("/en/", f"/{language}/"), follow=True)
        assert answer.status_code == 200, state


def test_another_regions_coordinator_sees_nothing(ready: Import, world: World, signed_in: SignedIn) -> None:
    assert signed_in(world.maja).get(ready.url).status_code == 403
    assert signed_in(world.bolek).get(ready.url.replace("pomorskie", "podravje")).status_code == 404


def cells_of(content: bytes) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()


def test_the_rows_to_mend_come_as_a_spreadsheet_with_what_to_mend_in_front(ready: Import, bolek: Client) -> None:
    answer = bolek.get(ready.url + "mend/")
    headings, row = cells_of(answer.content)
    assert headings == ["Osnowa: row", "Osnowa: what to mend", "Nazwa", "NIP", "Miejscowość", "Uwagi"]
    assert row[:4] == [5, "B2: The check digit of 525 is wrong.", "Krosno", "'=1+1"]
    assert 'filename="osnowa-pomorskie-import-' in answer["Content-Disposition"]


def test_a_number_below_nought_comes_back_as_it_was(ready: Import, bolek: Client) -> None:
    row = ready.rows.get(outcome="error")
    row.raw = [*row.raw[:3], "-0.153208"]
    row.save()
    assert cells_of(bolek.get(ready.url + "mend/").content)[1][-1] == "-0.153208"


def test_mere_notes_are_not_among_what_to_mend(ready: Import, bolek: Client) -> None:
    ready.rows.filter(outcome="error").update(problems=[a_problem(), a_problem("Broken letters were mended.", cell="A2", grave=False)])
    assert cells_of(bolek.get(ready.url + "mend/").content)[1][1] == "B2: The check digit of 525 is wrong."


def test_numbers_and_birth_dates_of_people_are_neither_shown_nor_given_out(world: World, bolek: Client) -> None:
    it = an_import(world.pomorskie)
    it.understood["sheets"][0]["names"] = ["Nazwa", "NIP", "Data urodzenia", "Uwagi"]
    it.mapping = {"0": "legal_name", "1": "number:PL-NIP"}
    it.save()
    a_row(it, "error", label="44051401359", raw=["Len", "44051401359", "14.05.1944", "zna 0101006500006"],
          problems=[a_problem("“44051401359” is no NIP.", column=1), a_problem("Look at it.", column=3, cell="D2")])  # fmt: skip
    page = text_of(bolek, it, "?show=errors")
    for number in ("44051401359", "14.05.1944", "0101006500006"):
        assert number not in page
    assert "“•••” is no NIP." in page
    assert "zna •••" in page
    row = cells_of(bolek.get(it.url + "mend/").content)[1]
    assert row[1] == "B2: “•••” is no NIP.\nD2: Look at it."
    assert row[2:] == ["Len", "", "", ""]


def test_a_new_unit_says_whose_it_is(world: World, bolek: Client) -> None:
    it = an_import(world.pomorskie)
    a_row(it, "new", label="Warsztat", values={"kind": "unit", "parent": {"key": "7"}, "parent_of": world.chleb.pk})
    a_row(it, "new", label="Bar", values={"kind": "unit", "parent": {"name": "Fundacja Wątek"}})
    page = text_of(bolek, it, "?show=new")
    assert f"Unit of {world.chleb.legal_name}</p>" in page
    assert "Unit of Fundacja Wątek, which is added with it" in page
    it.rows.update(is_written=True)
    assert "which is added with it" not in text_of(bolek, it, "?show=new")


def test_the_undecided_rows_come_with_what_they_resemble(ready: Import, bolek: Client) -> None:
    rows = cells_of(bolek.get(ready.url + "mend/?which=undecided").content)
    assert len(rows) == 2
    assert "Possible duplicate: Spółdzielnia Socjalna Dobry Chleb; Name: spelt nearly alike" in str(rows[1][1])


def test_no_rows_to_mend_are_refused_in_words(world: World, bolek: Client) -> None:
    answer = bolek.get(an_import(world.pomorskie).url + "mend/")
    assert answer.status_code == 409
    assert "No row waits here" in answer.content.decode()


def test_applying_starts_once(ready: Import, bolek: Client) -> None:
    assert bolek.post(ready.url + "apply/")["Location"] == ready.url
    ready.refresh_from_db()
    assert (ready.state, ready.settings["close_missing"]) == ("applying", False)
    again = bolek.post(ready.url + "apply/", {"close_missing": "1"})
    assert again.status_code == 409
    assert "This cannot be done now: the import is being applied." in again.content.decode()


def test_only_what_was_applied_can_be_undone(ready: Import, bolek: Client) -> None:
    assert bolek.post(ready.url + "undo/").status_code == 409
    Import.objects.update(state=State.APPLIED, applied_at=timezone.now())
    assert bolek.post(ready.url + "undo/")["Location"] == ready.url
    ready.refresh_from_db()
    assert ready.state == "undoing"


def test_an_import_is_thrown_away_only_before_it_is_applied(ready: Import, world: World, bolek: Client) -> None:
    other = an_import(world.pomorskie, State.APPLIED, applied_at=timezone.now())
    refused = bolek.post(other.url + "discard/")
    assert refused.status_code == 409
    assert "Undo it instead." in refused.content.decode()
    gone = bolek.post(ready.url + "discard/", follow=True)
    assert "The import is gone." in gone.content.decode()
    assert list(Import.objects.all()) == [other]


@pytest.mark.parametrize("deed", ["apply", "undo", "discard", "decide"])
def test_a_look_at_a_deed_does_nothing(deed: str, ready: Import, bolek: Client) -> None:
    assert bolek.get(f"{ready.url}{deed}/").status_code == 405
