"""Bringing a list in: from an own file to the preview, applied, mended, and undone; in real Chromium."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from python_calamine import CalamineWorkbook

from osnowa.imports.models import Import
from osnowa.journal import jobs
from osnowa.journal.models import Job
from osnowa.kit.sheets import as_xlsx
from osnowa.register.models import Organisation
from tests.world import World

Open = Callable[..., BrowserContext]
#: As an office has it: letters of Central Europe, a title, a blank line, a total, a wrong check digit, an organisation known already.
LIST = """Spis podmiotów ekonomii społecznej 2026;;;;
;;;;
Nazwa;NIP;Ulica;Kod pocztowy;Miejscowość
Spółdzielnia Socjalna Lniana Nić;5252248481;Krótka 3;76-200;Słupsk
Spółdzielnia Socjalna Dobry Chleb;123-456-32-18;Szeroka 7;80-001;Gdańsk
Fundacja Krosno;5260250275;Rynek 1;80-001;Gdańsk
Razem: 3;;;;
"""


@pytest.fixture(autouse=True)
def _own_files_and_a_worker_that_waits(settings, tmp_path: Path) -> None:
    """Jobs wait until `work()`, as they do until the worker comes to them."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def page(world: World, open_context: Open) -> Page:
    """A page of the coordinator."""
    return open_context(world.bolek).new_page()


def work() -> None:
    """Does what waits for the worker."""
    while waiting := Job.objects.filter(state=Job.State.QUEUED).first():
        jobs.run.func(str(waiting.pk))


def bring(page: Page, tmp_path: Path) -> None:
    """From the register to the preview of the own file."""
    file = tmp_path / "spis.csv"
    file.write_bytes(LIST.encode("cp1250"))
    page.goto("/en/pomorskie/register/")
    page.get_by_role("link", name="Import a list").click()
    expect(page.get_by_text("No list has come in yet")).to_be_visible()
    page.get_by_label("Name of the list").fill("Spis OWES")
    page.get_by_label("File").set_input_files(file)
    page.get_by_role("button", name="Read the list").click()
    expect(page.get_by_role("heading", name="The file is being read")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name="What do the columns mean?")).to_be_visible()
    expect(page.get_by_label("Nazwa")).to_have_value("legal_name")
    expect(page.get_by_label("NIP")).to_have_value("number:PL-NIP")
    expect(page.get_by_role("row", name="Miejscowość")).to_contain_text("Słupsk")
    page.get_by_role("button", name="Check the rows").click()
    expect(page.get_by_role("heading", name="The rows are being checked")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name="What applying would do")).to_be_visible()


def apply(page: Page, words: str) -> None:
    page.get_by_role("button", name=words).click()
    expect(page.get_by_role("heading", name="The changes are being written")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name="What this import did")).to_be_visible()


def test_a_newcomer_imports_an_own_file_and_undoes_it(world: World, page: Page, tmp_path: Path) -> None:
    bring(page, tmp_path)
    tabs = page.get_by_role("navigation", name="Rows by what they are")
    expect(tabs).to_contain_text("New (1)")
    expect(page.get_by_role("main")).to_contain_text("Spółdzielnia Socjalna Lniana Nić")
    tabs.get_by_role("link", name="With changes").click()
    expect(page.get_by_role("row", name="Street and number")).to_have_text("Street and numberDługa 1Szeroka 7")
    apply(page, "Apply: add 1, change 1")
    address = page.url
    page.goto("/en/pomorskie/register/dobry-chleb/")
    expect(page.get_by_role("main")).to_contain_text("Szeroka 7")
    page.goto(address)
    page.get_by_text("Undo this import").first.click()
    page.get_by_role("button", name="Undo this import").click()
    expect(page.get_by_role("heading", name="The import is being undone")).to_be_visible()
    work()
    expect(page.get_by_role("heading", name="This import was undone")).to_be_visible()
    page.goto("/en/pomorskie/register/dobry-chleb/")
    expect(page.get_by_role("main")).to_contain_text("Długa 1")
    expect(page.get_by_role("main")).not_to_contain_text("Szeroka 7")
    assert not Organisation.objects.filter(legal_name__contains="Lniana").exists()


def test_a_mended_file_of_errors_goes_up_again(world: World, page: Page, tmp_path: Path) -> None:
    bring(page, tmp_path)
    page.get_by_role("navigation", name="Rows by what they are").get_by_role("link", name="To be mended").click()
    row = page.locator("li.row", has_text="Fundacja Krosno")
    expect(row).to_contain_text("B6")
    expect(row).to_contain_text("5260250275")
    apply(page, "Apply: add 1, change 1")
    with page.expect_download() as download:
        page.get_by_role("link", name="1 row to be mended (XLSX)").click()
    headings, *rows = CalamineWorkbook.from_filelike(BytesIO(Path(download.value.path()).read_bytes())).get_sheet_by_index(0).to_python()
    assert len(rows) == 1
    rows[0][headings.index("NIP")] = "5260250274"
    mended = tmp_path / download.value.suggested_filename
    mended.write_bytes(as_xlsx({"1": (headings, rows)}))
    page.get_by_text("Bring mended rows back").click()
    page.get_by_label("File", exact=True).set_input_files(mended)
    page.get_by_role("button", name="Read the mended rows").click()
    expect(page.get_by_role("heading", name="The file is being read")).to_be_visible()
    work()
    if Import.objects.get(mends__isnull=False).state == Import.State.COLUMNS:
        page.get_by_role("button", name="Check the rows").click()
        expect(page.get_by_role("heading", name="The rows are being checked")).to_be_visible()
        work()
    expect(page.get_by_role("heading", name="What applying would do")).to_be_visible()
    expect(page.get_by_role("link", name="an earlier import")).to_be_visible()
    apply(page, "Apply: add 1, change 0")
    assert Organisation.objects.filter(legal_name="Fundacja Krosno", identifiers__value="5260250274").exists()
    assert Import.objects.filter(mends__isnull=False, source__name="Spis OWES").count() == 1


def test_a_possible_duplicate_is_decided_without_leaving_the_page(world: World, page: Page) -> None:
    text = "Nazwa\tUlica\tKod pocztowy\tMiejscowość\nSp. Socjalna „Dobry Chleb”\tDługa 1\t80-001\tGdańsk\n"
    page.goto("/en/pomorskie/register/import/")
    page.get_by_label("Name of the list").fill("Notatki")
    page.get_by_label("Or paste from a spreadsheet").fill(text)
    page.get_by_role("button", name="Read the list").click()
    expect(page.get_by_role("heading", name="The file is being read")).to_be_visible()
    work()
    page.get_by_role("button", name="Check the rows").click()
    expect(page.get_by_role("heading", name="The rows are being checked")).to_be_visible()
    work()
    expect(page.get_by_text("1 possible duplicate is not decided.")).to_be_visible()
    page.get_by_role("listitem").get_by_role("button", name="Another organisation").click()
    expect(page.get_by_role("button", name="Apply: add 1, change 0")).to_be_visible()
    expect(page.get_by_text("is not decided.")).to_have_count(0)
    page.get_by_role("button", name="Open it again").click()
    expect(page.get_by_text("1 possible duplicate is not decided.")).to_be_visible()
