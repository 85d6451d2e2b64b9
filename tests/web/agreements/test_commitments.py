"""Pages of a pact: promises and word of them through the link and by who keeps it; year by year; a spreadsheet."""

import io

import pytest
import python_calamine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from osnowa.agreements.actions.commitments import commit
from osnowa.agreements.actions.signatories import declare
from osnowa.agreements.models import Commitment
from osnowa.journal.models import Entry
from tests.unit.agreements.signings import a_letter, asked, signed

PROMISE = {"code": "promotion", "text": "Jarmark", "year": "2026", "target": "2", "unit": ""}


@pytest.fixture
def pact(world):
    return a_letter(world.pomorskie, title="Pakt", kind="pact")


@pytest.fixture
def row(pact):
    return signed(pact, "Gmina Pruszcz")


@pytest.fixture
def bolek(world, signed_in):
    return signed_in(world.bolek)


def at(name, *more):
    return reverse(f"agreements:{name}", args=more)


def test_a_signatory_promises_and_tells_through_its_link(client, row):
    client.post(at("own_commitments", row.token), PROMISE)
    it = Commitment.objects.get()
    assert (it.code, it.unit, it.target) == ("promotion", "number", 2)
    client.post(at("own_commitment", row.token, it.pk), {"deed": "tell", "state": "partly", "reached": "1", "links": "Jarmark https://example.org/j", "sheet": SimpleUploadedFile("j.pdf", b"%PDF-1.7 %%EOF")})
    it.refresh_from_db()
    assert (it.state, it.reached, it.evidence, it.papers.count()) == ("partly", 1, [{"title": "Jarmark", "link": "https://example.org/j"}], 1)
    assert set(Entry.objects.filter(deed__startswith="agreements.commit").values_list("via", flat=True)) == {"link"}


def test_who_keeps_the_pact_notes_changes_and_takes_back(bolek, pact, row):
    bolek.post(at("signatory_commitments", "pomorskie", pact.slug, row.pk), PROMISE)
    it = Commitment.objects.get()
    bolek.post(at("commitment", "pomorskie", pact.slug, it.pk), PROMISE | {"deed": "change", "target": "5"})
    it.refresh_from_db()
    assert it.target == 5
    bolek.post(at("commitment", "pomorskie", pact.slug, it.pk), {"deed": "take_back"})
    assert not Commitment.objects.exists()


@pytest.mark.parametrize("links", ["brak adresu", "javascript:alert(1)", "Plik https://"])
def test_what_is_no_address_is_no_evidence(client, row, links):
    it = commit(by=None, signatory=row, values={"code": "promotion", "text": "", "year": 2026})
    answer = client.post(at("own_commitment", row.token, it.pk), {"deed": "tell", "state": "done", "links": links})
    assert answer.status_code == 422
    it.refresh_from_db()
    assert it.told_on is None


def test_the_overview_marks_years_without_word(bolek, pact, row, django_assert_max_num_queries):
    commit(by=None, signatory=row, values={"code": "promotion", "text": "", "year": 2025})
    with django_assert_max_num_queries(7):
        shown = bolek.get(at("commitments", "pomorskie", pact.slug)).content.decode()
    assert "0 of 1 (0)" in shown
    assert "1 not told" in shown


def test_everybody_sees_how_much_was_promised_and_nobodys_words(client, pact, row):
    commit(by=None, signatory=row, values={"code": "", "text": "Pani Nowak otworzy sklep", "year": 2025})
    only_declared = asked(pact, "Gmina Zwlekająca")
    declare(by=None, signatory=only_declared)
    commit(by=None, signatory=only_declared, values={"code": "promotion", "text": "", "year": 2025})
    assert at("commitments", "pomorskie", pact.slug) in client.get(at("agreement", "pomorskie", pact.slug)).content.decode()
    shown = client.get(at("commitments", "pomorskie", pact.slug)).content.decode()
    assert "Gmina Pruszcz" in shown
    assert "0 of 1 (0)" in shown
    for hidden in ("Nowak", "Zwlekająca", "signatories/", "commitments.xlsx"):
        assert hidden not in shown


def test_the_spreadsheet_holds_years_and_every_commitment(bolek, pact, row):
    commit(by=None, signatory=row, values={"code": "promotion", "text": "Jarmark", "year": 2026})
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(bolek.get(at("commitments_file", "pomorskie", pact.slug)).content))
    assert book.sheet_names == ["Overview", "Commitments"]
    assert "Jarmark" in str(book.get_sheet_by_name("Commitments").to_python())


def test_a_link_sees_only_its_own_commitments(client, pact, row):
    other = asked(pact, "Gmina Inna")
    it = commit(by=None, signatory=row, values={"code": "promotion", "text": "", "year": 2026})
    assert client.get(at("own_commitment", other.token, it.pk)).status_code == 404


def test_a_letter_of_intent_has_no_page_of_commitments(bolek, world):
    assert bolek.get(at("commitments", "pomorskie", a_letter(world.pomorskie).slug)).status_code == 404


def test_nothing_promised_yet_says_what_to_do(bolek, pact):
    assert "Nobody promised anything yet" in bolek.get(at("commitments", "pomorskie", pact.slug)).content.decode()
