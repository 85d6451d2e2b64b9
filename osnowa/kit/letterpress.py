"""Documents on paper: one description set as PDF (tagged, PDF/UA-1, by Typst) and as DOCX (by python-docx).

    as_pdf(Document("Protokół", "pl", (Heading("Obecni"), "Było nas 24.", Table(("Sektor", "Osoby"), rows))))

Sheets of another shape (cards, forms, posters) have a Typst page of their own and are set by `press`.
"""

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import docx
import font_source_sans_pro
import typst
from django.utils import timezone
from django.utils.formats import date_format, number_format
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from osnowa.kit.rasters import as_png
from osnowa.kit.typefaces import drawable, signs

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_FONTS = Path(font_source_sans_pro.__file__).parent / "files"
_PAGE = Path(__file__).with_suffix(".typ")
#: Width of the text on A4, upright and lying, in millimetres.
_UPRIGHT, _LYING = 170, 257


@dataclass(frozen=True)
class Heading:
    """A heading; the title of the document stands above those of level 1."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Points:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    """A table with its headings; widths are shares of the line, equal where none are given.

    `numbers` says which columns hold numbers and stand to the right; without it those do that hold nothing else.
    """

    headings: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    caption: str = ""
    widths: tuple[float, ...] = ()
    numbers: tuple[bool, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A drawing with what it shows in words; `share` of the line it is wide."""

    svg: str
    words: str
    caption: str = ""
    share: float = 1.0


#: A paragraph is plain text.
Part = str | Heading | Points | Table | Picture


@dataclass(frozen=True)
class Document:
    """A document: its title, the language it is written in, its parts, and what stands at the foot of every page."""

    title: str
    language: str
    parts: tuple[Part, ...]
    subtitle: str = ""
    foot: str = ""
    is_lying: bool = False


_KINDS: dict[str, type[Any]] = {kind.__name__.lower(): kind for kind in (Heading, Points, Table, Picture)}


def as_json(document: Document) -> dict[str, Any]:
    """The document as it is kept: cells as they are written in the language at hand."""
    return asdict(document) | {"parts": [_set(part) for part in document.parts]}


def from_json(kept: Mapping[str, Any]) -> Document:
    """A document that was kept."""
    return Document(**dict(kept) | {"parts": tuple(map(_kept, kept["parts"]))})


def _kept(facts: Mapping[str, Any]) -> Part:
    if facts["kind"] == "paragraph":
        return str(facts["text"])
    made = _KINDS[facts["kind"]]
    values = {name: value for name, value in facts.items() if name in made.__dataclass_fields__}
    return made(**{name: _firm(value) for name, value in values.items()})  # type: ignore[no-any-return]


def _firm(value: Any) -> Any:
    return tuple(map(_firm, value)) if isinstance(value, list) else value


def as_pdf(document: Document, at: datetime | None = None) -> bytes:
    """The document as PDF/UA-1; the same bytes for the same document and moment."""
    return press(_PAGE, as_json(document), at)


def press(page: Path, facts: Mapping[str, Any], at: datetime | None = None) -> bytes:
    """Sets a page of Typst, which finds its facts with `json(bytes(sys.inputs.facts))`, as PDF/UA-1.

    Signs that no typeface here can draw become a stand-in: a card with an emoji costs nobody the minutes.
    """
    try:
        return _pressed(page, facts, at)
    except typst.TypstError as no:
        if "PDF/UA" not in str(no):
            raise
        return _pressed(page, drawable(dict(facts), _known_signs()), at)


def _pressed(page: Path, facts: Mapping[str, Any], at: datetime | None) -> bytes:
    moment = int((at or timezone.now()).timestamp())
    return bytes(typst.compile(  # type: ignore[misc]
        page.read_bytes(), root=str(page.parent), font_paths=[str(_FONTS)], ignore_system_fonts=True, pdf_standards=["ua-1"],
        sys_inputs={"facts": json.dumps(facts, ensure_ascii=False)}, timestamp=moment,
    ))  # fmt: skip


@cache
def _known_signs() -> frozenset[int]:
    return signs(_FONTS / "SourceSansPro-Regular.otf")


def _set(part: Part) -> dict[str, Any]:
    """A part as Typst reads it."""
    if isinstance(part, str):
        return {"kind": "paragraph", "text": part}
    facts = asdict(part) | {"kind": type(part).__name__.lower()}
    if isinstance(part, Table):
        facts |= {"rows": [[written(cell) for cell in row] for row in part.rows], "numbers": numbers(part)}
    return facts


def written(cell: Any) -> str:
    """A cell as people of the language at hand write it."""
    match cell:
        case None:
            return "–"
        case bool():
            return "✓" if cell else "–"
        case int() | float() | Decimal():
            return str(number_format(cell, use_l10n=True, force_grouping=True))
        case datetime():
            return str(date_format(timezone.localtime(cell), "SHORT_DATETIME_FORMAT"))
        case date():
            return str(date_format(cell, "SHORT_DATE_FORMAT"))
    return str(cell)


def numbers(table: Table) -> list[bool]:
    """Which columns hold numbers."""
    if table.numbers:
        return list(table.numbers)
    columns: Iterable[Sequence[Any]] = zip(*table.rows, strict=True) if table.rows else [()] * len(table.headings)
    return [bool(column) and all(isinstance(cell, int | float | Decimal | None) and not isinstance(cell, bool) for cell in column) for column in columns]


# --- DOCX -------------------------------------------------------------------------------------------------------


def as_docx(document: Document) -> bytes:
    """The document for a word processor, with its own styles of headings and tables."""
    document = from_json(drawable(as_json(document)))
    made = docx.Document()
    _page_of(made, document)
    made.add_heading(document.title, 0)
    if document.subtitle:
        made.add_paragraph(document.subtitle, "Subtitle")
    for part in document.parts:
        _add(made, part, document)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _page_of(made: Any, document: Document) -> None:
    made.core_properties.title, made.core_properties.language = document.title, document.language
    made.core_properties.author = ""
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Source Sans Pro", Pt(11)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), document.language)
    style.element.get_or_add_rPr().append(language)
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    if document.is_lying:
        section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    section.footer.paragraphs[0].text = document.foot


def _add(made: Any, part: Part, document: Document) -> None:
    match part:
        case str():
            made.add_paragraph(part)
        case Heading():
            made.add_heading(part.text, part.level)
        case Points():
            for item in part.items:
                made.add_paragraph(item, "List Bullet")
        case Picture():
            wide = (_LYING if document.is_lying else _UPRIGHT) * part.share
            shape = made.add_picture(io.BytesIO(as_png(part.svg)), width=Mm(wide))
            shape._inline.docPr.set("descr", part.words)
            _caption(made, part.caption)
        case Table():
            _caption(made, part.caption)
            _add_table(made, part)


def _caption(made: Any, text: str) -> None:
    if text:
        made.add_paragraph(text, "Caption")


def _add_table(made: Any, part: Table) -> None:
    table = made.add_table(rows=1, cols=len(part.headings), style="Light Grid Accent 1")
    for cell, text in zip(table.rows[0].cells, part.headings, strict=True):
        cell.text = text
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in part.rows:
        for cell, value in zip(table.add_row().cells, row, strict=True):
            cell.text = written(value)
