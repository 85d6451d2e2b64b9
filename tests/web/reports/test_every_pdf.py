"""Every PDF the house makes is read by a checker of PDF/UA-1 (ISO 14289-1): tags, words of pictures, tables, order, fonts."""

import io
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from osnowa.kit.letterpress import Break, Document, Foreign, Heading, Points, Table, as_pdf
from osnowa.reports.queries.facts.setting import picture
from osnowa.ui.chart_samples import chart_samples
from tests.everything import Everything, furnish
from tests.world import World

#: (address, words that differ from those of `everything`, query) of everything that comes as PDF.
PAPERS = (
    ("meetings:minutes_file", {}, ""),
    ("meetings:paper", {}, "?sheet=poster"),
    ("meetings:paper", {}, "?sheet=names"),
    ("meetings:paper", {}, "?sheet=cards"),
    ("assessments:form", {}, ""),
    ("agreements:text_file", {"form": "pdf"}, ""),
    ("agreements:register_file", {"form": "pdf"}, ""),
    ("agreements:sheet", {}, ""),
    ("clusters:canvas_file", {"form": "pdf"}, ""),
    ("reports:edition_file", {"form": "pdf"}, ""),
)


def faults(pdf: bytes, folder: Path) -> list[str]:
    """What the checker finds against the standard: rule, page and words."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from outloud import check

        path = folder / "paper.pdf"
        path.write_bytes(pdf)
        result = check(str(path), layers=["conformance"])
    assert result.error is None
    return [f"{one.rule} p. {one.page}: {one.message}" for one in result.findings if one.severity == "error"]


@pytest.fixture
def everything(world: World) -> Everything:
    return furnish(world)


@pytest.mark.parametrize(("name", "words", "query"), PAPERS, ids=[f"{name}{query}" for name, _words, query in PAPERS])
def test_every_paper_can_be_read_aloud(everything: Everything, signed_in: Any, tmp_path: Path, name: str, words: dict[str, str], query: str) -> None:
    from django.urls import reverse

    address = reverse(name, kwargs=everything.words(name, "pomorskie") | words) + query
    answer = signed_in(everything.world.darek).get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert faults(answer.content, tmp_path) == []


def a_report() -> bytes:
    """A document with all that documents can hold: cover, contents, foreign paragraphs, every kind of chart, a long table."""
    drawn = [part for _kind, charts in chart_samples() for chart in charts for part in picture(chart)]
    table = Table(("Obszar", "Osoby"), tuple((f"Gmina {n}", n) for n in range(90)), "Tabela 1", foot="x", has_total=True)
    parts = (Heading("1. Wstęp"), "Akapit.", Foreign("A paragraph.", "en"), Points(("raz", "dwa")), Break(), Heading("2. Liczby"), Heading("2.1. Tabela", 2), table, *drawn)
    return as_pdf(Document("Diagnoza", "pl", parts, "Pomorskie", "stopka", cover=("Stan na dziś",), contents="Spis treści"))


def test_a_document_with_all_that_documents_can_hold_can_be_read_aloud(tmp_path: Path) -> None:
    assert faults(a_report(), tmp_path) == []


def _no_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def _no_marks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.MarkInfo


def _no_tags(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def _no_words_of_pictures(pdf: pikepdf.Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/S") == pikepdf.Name.Figure and "/Alt" in one:
            del one.Alt


def _heading_left_out(pdf: pikepdf.Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/S") == pikepdf.Name.H2:
            one.S = pikepdf.Name.H4


def _no_rows(pdf: pikepdf.Pdf) -> None:
    for one in pdf.objects:
        if isinstance(one, pikepdf.Dictionary) and one.get("/S") == pikepdf.Name.TR:
            one.S = pikepdf.Name.P


@pytest.mark.parametrize(
    ("plant", "rule"),
    [(_no_language, "DOC-013"), (_no_marks, "DOC-001"), (_no_tags, "DOC-002"), (_no_words_of_pictures, "FIG-001"), (_heading_left_out, "HDG-001"), (_no_rows, "TBL-003")],
)
def test_the_checker_finds_a_fault_that_was_planted(tmp_path: Path, plant: Callable[[pikepdf.Pdf], None], rule: str) -> None:
    with pikepdf.open(io.BytesIO(a_report())) as pdf:
        plant(pdf)
        out = io.BytesIO()
        pdf.save(out)
    assert rule in " ".join(faults(out.getvalue(), tmp_path))
