"""Documents: the same description as PDF and as DOCX."""

import io
import json
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import docx
import pytest
from django.utils import translation

from osnowa.kit.letterpress import (
    Break,
    Document,
    Foreign,
    Heading,
    Picture,
    Points,
    Table,
    as_docx,
    as_json,
    as_pdf,
    from_json,
    numbers_of,
)
from osnowa.kit.typefaces import drawable

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40" viewBox="0 0 80 40"><path d="M0 0h80v40z"/><text x="4" y="20" font-family="Source Sans Pro">Łódź</text></svg>'
WHOLE = Document(
    "Protokół: zażółć", "pl",
    (Heading("Obecni"), "Było nas 24 #[nie kod].", Points(("jeden", "dwa")), Table(("Sektor", "Osoby"), (("ES", 1234), ("JST", None)), "Kto był"),
     Heading("Dalej", 2), Picture(SVG, "trójkąt", "Rysunek")), "Gdańsk, 20.11.2026", "Źródło: spotkanie",
)  # fmt: skip


def test_a_pdf_is_tagged_titled_and_in_its_language() -> None:
    made = as_pdf(WHOLE, datetime(2026, 11, 20, tzinfo=UTC))
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made
    assert b"/Lang(pl)" in made
    assert b"pdfuaid" in made


def test_the_same_document_is_the_same_bytes() -> None:
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    assert as_pdf(WHOLE, moment) == as_pdf(WHOLE, moment)


@pytest.mark.parametrize("is_lying", [False, True])
def test_a_docx_says_all_of_it(is_lying: bool) -> None:
    with translation.override("pl"):
        made = docx.Document(io.BytesIO(as_docx(Document(WHOLE.title, "pl", WHOLE.parts, WHOLE.subtitle, WHOLE.foot, is_lying))))
    words = [paragraph.text for paragraph in made.paragraphs]
    assert words[:4] == ["Protokół: zażółć", "Gdańsk, 20.11.2026", "Obecni", "Było nas 24 #[nie kod]."]
    assert [[cell.text for cell in row.cells] for row in made.tables[0].rows] == [["Sektor", "Osoby"], ["ES", "1\xa0234"], ["JST", "–"]]
    assert made.sections[0].footer.paragraphs[0].text == "Źródło: spotkanie"
    assert (made.sections[0].page_width > made.sections[0].page_height) is is_lying


def test_a_picture_in_a_docx_is_said_in_words() -> None:
    with zipfile.ZipFile(io.BytesIO(as_docx(WHOLE))) as parts:
        assert 'descr="trójkąt"' in parts.read("word/document.xml").decode()


def test_cells_are_written_as_people_write_them() -> None:
    table = Table(("a", "b", "c", "d"), ((date(2026, 11, 20), True, 0.5, "x"),))
    with translation.override("sl"):
        made = docx.Document(io.BytesIO(as_docx(Document("t", "sl", (table,)))))
    assert [cell.text for cell in made.tables[0].rows[1].cells] == ["20. 11. 2026", "✓", "0,5", "x"]


def test_a_kept_document_is_set_as_it_was() -> None:
    moment = datetime(2026, 11, 20, tzinfo=UTC)
    with translation.override("pl"):
        kept = json.loads(json.dumps(as_json(WHOLE)))
        assert as_pdf(from_json(kept), moment) == as_pdf(WHOLE, moment)
    assert as_json(from_json(kept)) == as_json(from_json(as_json(from_json(kept))))


REPORT = Document(
    "Diagnoza", "pl",
    (Heading("1 Podmioty"), Foreign("How many there are", "en"), Break(), Heading("1.1 Miejsca pracy", 2),
     Table(("Obszar", "Osoby"), (("A", 130), ("B", 96), ("Razem", 226)), "Tabela 1", foot="130 + 96 = 226", has_total=True, key="jobs")),
    "województwo pomorskie", "Osnowa", cover=("Stan na 20.11.2026",), contents="Spis treści",
)  # fmt: skip


def test_a_report_has_a_cover_and_contents() -> None:
    made = as_pdf(REPORT, datetime(2026, 11, 20, tzinfo=UTC))
    assert made.count(b"/Type/Page\n") + made.count(b"/Type/Page ") + made.count(b"/Type/Page/") >= 4 or b"/Count 4" in made
    words = [paragraph.text for paragraph in docx.Document(io.BytesIO(as_docx(REPORT))).paragraphs]
    assert words[:3] == ["Diagnoza", "województwo pomorskie", "Stan na 20.11.2026"]
    assert words.count("1 Podmioty") == 2, "in the contents, and where it stands"
    assert "130 + 96 = 226" in words


def test_what_documents_could_not_say_before_leaves_the_hash_of_older_ones_alone() -> None:
    kept = as_json(WHOLE)
    assert not {"cover", "contents"} & set(kept)
    assert not any({"foot", "has_total", "key"} & set(part) for part in kept["parts"] if part["kind"] == "table")
    assert from_json(json.loads(json.dumps(as_json(REPORT)))).cover == REPORT.cover


def test_cells_go_to_a_spreadsheet_as_numbers() -> None:
    table = Table(("a", "b", "c", "d", "e"), ((1, Decimal("0.5"), date(2026, 11, 20), None, True),))
    assert numbers_of(table) == [[1, 0.5, "2026-11-20", "", "✓"]]


def test_a_level_of_headings_left_out_is_closed_up() -> None:
    assert as_pdf(Document("t", "pl", (Heading("Dalej", 2), Heading("Głębiej", 4), "x"))).startswith(b"%PDF-")


@pytest.mark.parametrize("text", ["🎉", "👩‍👩‍👧", "中", "a\u0007b", "\ufeffx", "ż🎉ó\u0301ł"])
def test_a_sign_no_typeface_has_costs_nobody_the_document(text: str) -> None:
    document = Document(f"Warsztat {text}", "pl", (text, Heading(text), Table((text,), ((text,),), caption=text)))
    assert as_pdf(document).startswith(b"%PDF-")
    assert as_docx(document)


def test_what_cannot_be_drawn_leaves_a_stand_in_and_all_else_as_it_was() -> None:
    known = frozenset(map(ord, "Zażółć"))
    assert drawable({"a": ["Zażółć 🎉", 7, None], "b": ("o\u0301\u200d",)}, known) == {"a": ["Zażółć□□", 7, None], "b": ["ó"]}
