"""Editions: frozen under a hash, published, taken along, laid side by side."""

import io
import json
import re
from typing import Any

import docx
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation
from python_calamine import CalamineWorkbook

from osnowa.journal.models import Job
from osnowa.kit.errors import Refused
from osnowa.register.actions import add_organisation
from osnowa.reports.actions import FREEZE, freeze_edition, publish_edition, withdraw_edition
from osnowa.reports.actions.editions import set_papers
from osnowa.reports.models import Edition, Report
from osnowa.reports.queries.editions import FORMS, as_file, file_path, hash_of, is_whole
from tests.web.reports.making import a_diagnosis, frozen, written
from tests.web.reports.test_writing import way
from tests.world import World


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Any) -> None:
    settings.SNAPSHOTS = settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def report(world: World) -> Report:
    made = a_diagnosis(world.bolek, world.pomorskie)
    written(made, world.bolek, "Po co jest ta diagnoza.")
    return made


def test_freezing_is_work_with_progress_and_keeps_every_language(report: Report, world: World, signed_in: Any, django_capture_on_commit_callbacks: Any) -> None:
    client = signed_in(world.bolek)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(way(report, "freeze"), {"as_it_is": "1"})
    job = Job.objects.get(kind=FREEZE)
    assert answer["Location"] == reverse("journal:job", args=[job.pk])
    assert (job.state, job.done, job.total) == ("done", job.total, job.done)
    made = report.editions.get()
    assert set(made.texts) == {"pl", "sl", "en"}
    assert made.sha256 == hash_of(made.texts, made.sources, made.snapshot_sha256)
    assert len(made.snapshot_sha256) == 64
    assert made.snapshot_on is not None
    assert file_path(made, "pl", "pdf").read_bytes().startswith(b"%PDF-")


def test_empty_sections_are_named_before_an_edition_is_frozen(report: Report, world: World, signed_in: Any) -> None:
    answer = signed_in(world.bolek).post(way(report, "freeze"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Territory and society" in page
    assert "Purpose, method, sources" not in page
    assert not Job.objects.filter(kind=FREEZE).exists()


@pytest.mark.parametrize("form", FORMS)
def test_a_file_of_an_edition_is_the_same_bytes_for_ever(report: Report, world: World, form: str) -> None:
    made = frozen(report, world.bolek)
    first = as_file(made, "sl", form)
    with time_machine.travel("2031-05-06 07:08"), translation.override("pl"):
        assert as_file(Edition.objects.get(pk=made.pk), "sl", form) == first
    set_papers(made)
    assert file_path(made, "sl", form).read_bytes() == first


def test_what_did_not_change_is_frozen_once(report: Report, world: World) -> None:
    frozen(report, world.bolek)
    with pytest.raises(Refused, match="Nothing changed since edition 1"):
        frozen(report, world.bolek)
    written(report, world.bolek, "Nowe zdanie.")
    assert frozen(report, world.bolek).number == 2


def test_an_edition_is_written_once(report: Report, world: World) -> None:
    made = frozen(report, world.bolek)
    made.texts = {}
    with pytest.raises(TypeError):
        made.save()
    assert is_whole(Edition.objects.get())
    Edition.objects.filter(pk=made.pk).update(texts=made.texts | {"en": {"title": "x", "parts": [], "language": "en", "cells": []}})
    assert not is_whole(Edition.objects.get())


def test_later_facts_leave_an_edition_alone(report: Report, world: World, signed_in: Any) -> None:
    made = frozen(report, world.bolek)
    client = signed_in(world.bolek)
    before = client.get(way(report, "edition", made.number)).content
    add_organisation(by=world.bolek, region=world.pomorskie, values={"legal_name": "Spółdzielnia Nowa", "legal_form": "PL-SPSOC", "sector": "social_economy", "municipality": world.gdansk})
    assert client.get(way(report, "edition", made.number)).content.count(b"<td") == before.count(b"<td")


def test_an_edition_is_taken_along_in_three_forms(report: Report, world: World, signed_in: Any) -> None:
    made = frozen(report, world.bolek)
    client = signed_in(world.bolek)
    pdf, word, book = (client.get(way(report, "edition_file", made.number, form)) for form in ("pdf", "docx", "xlsx"))
    assert pdf.content.startswith(b"%PDF-")
    assert b"pdfuaid" in pdf.content
    assert 'filename="diagnoza-1-en.pdf"' in pdf["Content-Disposition"]
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(word.content)).paragraphs]
    assert "1. Purpose, method, sources" in lines
    assert "Po co jest ta diagnoza." in lines
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(book.content))
    table = sheets.get_sheet_by_name(next(name for name in sheets.sheet_names if "legal form by sector" in name)).to_python()
    assert table[1][0] == "Total" or isinstance(table[1][1], float), "numbers stay numbers"


def test_totals_stand_beside_the_sum_of_their_parts(report: Report, world: World) -> None:
    made = frozen(report, world.bolek)
    tables = [part for part in made.texts["en"]["parts"] if part["kind"] == "table" and part.get("has_total")]
    summed = [part for part in tables if part["key"].startswith("rows=") and "=" in part.get("foot", "") and "service" not in part["key"]]
    assert summed
    assert not [part["caption"] for part in tables if "≠" in part.get("foot", "")]


def test_a_published_edition_is_for_everybody_and_drafts_are_not(report: Report, world: World, signed_in: Any, client: Client) -> None:
    first = frozen(report, world.bolek)
    written(report, world.bolek, "Drugie zdanie.")
    second = frozen(report, world.bolek)
    assert client.get(way(report, "edition", first.number)).status_code == 404
    signed_in(world.edyta).post(way(report, "publish", first.number))
    assert client.get(way(report, "edition", first.number)).status_code == 200
    assert client.get(way(report, "edition_file", first.number, "pdf")).status_code == 200
    assert client.get(way(report, "edition", second.number)).status_code == 404
    page = client.get(way(report, "report")).content.decode()
    assert "Edition 1" in page
    assert "Edition 2" not in page
    assert "Sections" not in page
    report.refresh_from_db()
    assert report.state == "published"


def test_an_edition_is_taken_back_only_for_a_reason(report: Report, world: World, client: Client) -> None:
    made = frozen(report, world.bolek)
    publish_edition(by=world.bolek, edition=made)
    with pytest.raises(Refused):
        withdraw_edition(by=world.bolek, edition=made, reason=" ")
    withdraw_edition(by=world.bolek, edition=made, reason="Błąd w tabeli 2")
    assert client.get(way(report, "edition", made.number)).status_code == 404
    report.refresh_from_db()
    assert report.state == "writing"


def test_two_editions_say_which_numbers_and_words_changed(report: Report, world: World, signed_in: Any) -> None:
    frozen(report, world.bolek)
    add_organisation(by=world.bolek, region=world.pomorskie, values={"legal_name": "Spółdzielnia Nowa", "legal_form": "PL-SPSOC", "sector": "social_economy", "municipality": world.gdansk})
    written(report, world.bolek, "Po co jest ta nowa diagnoza.")
    frozen(report, world.bolek)
    page = signed_in(world.bolek).get(way(report, "compare")).content.decode()
    assert re.search("<ins>\\s?nowa", page)
    assert "Organisations by type" in page
    assert "tables are the same" in page
    backwards = signed_in(world.bolek).get(way(report, "compare") + "?from=2&to=1").content.decode()
    assert re.search("<ins>\\s?nowa", backwards), "the earlier edition comes first, however they were chosen"


def test_an_edition_compared_with_itself_says_so(report: Report, world: World, signed_in: Any) -> None:
    assert signed_in(world.bolek).get(way(report, "compare")).status_code == 404
    frozen(report, world.bolek)
    assert "There is only one edition" in signed_in(world.bolek).get(way(report, "compare")).content.decode()


def test_facts_are_those_everybody_may_see(report: Report, world: World) -> None:
    """Fundacja Przystań is for the coordinator only: no table counts it among those in the directory."""
    made = frozen(report, world.bolek)
    whole = json.dumps(made.texts, ensure_ascii=False)
    assert "Przystań" not in whole
    (table,) = [part for part in made.texts["en"]["parts"] if part["kind"] == "table" and part.get("key") == "rows=form&columns=sector"]
    assert table["rows"][-1][-1] == "1"


def test_a_frozen_edition_is_what_was_handed_over(report: Report, world: World) -> None:
    one = freeze_edition(by=world.bolek, report=report, texts={"en": {"title": "x"}}, sources=[])
    assert Edition.objects.get(pk=one.pk).sha256 == hash_of({"en": {"title": "x"}}, [], "")
