"""Documents on paper: one description set as PDF (tagged, PDF/UA-1, by Typst) and as DOCX (by python-docx).

    as_pdf(Document("Protokół", "pl", (Heading("Obecni"), "Było nas 24.", Table(("Sektor", "Osoby"), rows))))

Sheets of another shape (cards, forms, posters) have a Typst page of their own and are set by `press`.
"""

import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
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
#: Stands for a number that is not shown, as statistical offices write it.
HIDDEN = "x"
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
    #: Stands beneath: where the numbers come from, the sum of the parts beside the total.
    foot: str = ""
    #: Whether the last row sums the others.
    has_total: bool = False
    #: Names the table for ever, so that two editions of a document can be laid side by side.
    key: str = ""


@dataclass(frozen=True)
class Picture:
    """A drawing with what it shows in words; `share` of the line it is wide."""

    svg: str
    words: str
    caption: str = ""
    share: float = 1.0


@dataclass(frozen=True)
class Foreign:
    """A paragraph in another language than the document's, so that it is read aloud in its own."""

    text: str
    language: str


@dataclass(frozen=True)
class Break:
    """What follows begins on a new page."""


#: A paragraph is plain text.
Part = str | Heading | Points | Table | Picture | Foreign | Break


@dataclass(frozen=True)
class Document:
    """A document: its title, the language it is written in, its parts, and what stands at the foot of every page."""

    title: str
    language: str
    parts: tuple[Part, ...]
    subtitle: str = ""
    foot: str = ""
    is_lying: bool = False
    #: Lines of a cover: title, subtitle and these stand on a page of their own.
    cover: tuple[str, ...] = ()
    #: The heading over a table of contents; none without it.
    contents: str = ""


_KINDS: dict[str, type[Any]] = {kind.__name__.lower(): kind for kind in (Heading, Points, Table, Picture, Foreign, Break)}
#: What is not kept where nothing is said, so that what was kept before it could be said keeps its hash.
_LATER_OF_DOCUMENTS, _LATER_OF_TABLES = ("cover", "contents"), ("foot", "has_total", "key")


def as_json(document: Document) -> dict[str, Any]:
    """The document as it is kept: cells as they are written in the language at hand."""
    return _without(asdict(document) | {"parts": [_set(part) for part in document.parts]}, _LATER_OF_DOCUMENTS)


def _without(facts: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """The facts without the named ones that say nothing."""
    return {name: value for name, value in facts.items() if value or name not in names}


def numbers_of(table: Table) -> list[list[Any]]:
    """The cells of a table as a spreadsheet takes them: numbers as numbers, days as days are written everywhere, else text."""
    return [[_plain(cell) for cell in row] for row in table.rows]


def _plain(cell: Any) -> Any:
    if cell is None or isinstance(cell, bool):
        return written(cell) if cell is not None else ""
    if isinstance(cell, Decimal):
        return float(cell)
    return cell if isinstance(cell, int | float) else cell.isoformat() if isinstance(cell, date) else str(cell)


def from_json(kept: Mapping[str, Any]) -> Document:
    """A document that was kept."""
    return Document(**dict(kept) | {"parts": tuple(map(_kept, kept["parts"])), "cover": tuple(kept.get("cover", ()))})


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
    return press(_PAGE, as_json(replace(document, parts=tuple(_closed_up(document.parts)))), at)


def _closed_up(parts: Iterable[Part]) -> Iterable[Part]:
    """The parts with headings that leave no level out, as the standard asks: a section may begin without the one above it."""
    level = 0
    for part in parts:
        if isinstance(part, Heading):
            level = min(part.level, level + 1)
            yield replace(part, level=level)
        else:
            yield part


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
        return _without(facts, _LATER_OF_TABLES)
    return facts


def written(cell: Any) -> str:
    """A cell as people of the language at hand write it."""
    match cell:
        case None:
            return "–"
        case bool():
            return "✓" if cell else "–"
        case float() if cell.is_integer():
            return _signed(str(number_format(int(cell), use_l10n=True, force_grouping=True)))
        case int() | float() | Decimal():
            return _signed(str(number_format(cell, use_l10n=True, force_grouping=True)))
        case datetime():
            return str(date_format(timezone.localtime(cell), "SHORT_DATETIME_FORMAT"))
        case date():
            return str(date_format(cell, "SHORT_DATE_FORMAT"))
    return str(cell)


def _signed(number: str) -> str:
    """A number below nought with a minus, which is no hyphen."""
    return number.replace("-", "\N{MINUS SIGN}", 1) if number.startswith("-") else number


def numbers(table: Table) -> list[bool]:
    """Which columns hold numbers."""
    if table.numbers:
        return list(table.numbers)
    columns: Iterable[Sequence[Any]] = zip(*table.rows, strict=True) if table.rows else [()] * len(table.headings)
    return [bool(column) and all(map(_is_number, column)) and set(column) != {HIDDEN} for column in columns]


def _is_number(cell: Any) -> bool:
    return cell == HIDDEN or (isinstance(cell, int | float | Decimal | None) and not isinstance(cell, bool))


# --- DOCX -------------------------------------------------------------------------------------------------------


def as_docx(document: Document) -> bytes:
    """The document for a word processor, with its own styles of headings and tables; the same bytes for the same document."""
    document = from_json(drawable(as_json(document)))
    made = docx.Document()
    _page_of(made, document)
    made.add_heading(document.title, 0)
    if document.subtitle:
        made.add_paragraph(document.subtitle, "Subtitle")
    for line in document.cover:
        made.add_paragraph(line)
    if document.contents:
        _add_contents(made, document)
    if document.cover or document.contents:
        made.add_page_break()
    for part in document.parts:
        _add(made, part, document)
    out = io.BytesIO()
    made.save(out)
    return _undated(out)


def _undated(written: io.BytesIO) -> bytes:
    """A package whose parts bear no time of day."""
    out = io.BytesIO()
    with zipfile.ZipFile(written) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(zipfile.ZipInfo(name), before.read(name), zipfile.ZIP_DEFLATED)
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
        case Break():
            made.add_page_break()
        case Foreign():
            _in_language(made.add_paragraph().add_run(part.text), part.language)
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


def _in_language(run: Any, language: str) -> None:
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), language)
    run._r.get_or_add_rPr().append(mark)


def _add_contents(made: Any, document: Document) -> None:
    """The table of contents: a field that a word processor fills with page numbers, with the headings until it does."""
    made.add_paragraph(document.contents, "TOC Heading" if "TOC Heading" in made.styles else "Subtitle")
    run = made.add_paragraph().add_run()
    for kind, text in (("begin", ""), ("", 'TOC \\o "1-2" \\h \\z \\u'), ("separate", "")):
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = text
        run._r.append(mark)
    lines = [part.text for part in document.parts if isinstance(part, Heading) and part.level <= 2]
    for place, line in enumerate(lines):
        run = made.add_paragraph().add_run(line) if place else run
        if not place:
            run.add_text(line)
    end = OxmlElement("w:fldChar")
    end.set(qn("w:fldCharType"), "end")
    run._r.append(end)


def _caption(made: Any, text: str) -> None:
    if text:
        made.add_paragraph(text, "Caption")


def _add_table(made: Any, part: Table) -> None:
    wide = len(part.headings)
    table = made.add_table(rows=1 + len(part.rows), cols=wide, style="Light Grid Accent 1")
    cells = table._cells  # asked once: python-docx counts them anew each time
    lines = [part.headings, *([written(value) for value in row] for row in part.rows)]
    for place, text in enumerate(text for line in lines for text in line):
        cells[place].text = text
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    if part.has_total:
        for cell in cells[-wide:]:
            for run in cell.paragraphs[0].runs:
                run.bold = True
    if part.foot:
        made.add_paragraph().add_run(part.foot).italic = True
