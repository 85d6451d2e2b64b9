"""XLSX, XLSB and ODS are archives of XML. They are walked through once before anything reads them: every part unpacked in pieces
and measured, and every formula looked at, which calamine does not tell of."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from osnowa.kit.reading import safety
from osnowa.kit.reading.cells import Out
from osnowa.kit.reading.shapes import Unreadable, cell_name

_ENTITY = tuple("<!ENTITY".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be"))
#: What no formula that reaches outside can do without (in capitals). Letters written as numbers could hide it.
_DANGER = (b"|", b"&#", b"HYPERLINK", b"WEBSERVICE", b"FILTERXML", b"IMPORTXML", b"IMPORTHTML", b"IMPORTDATA", b"IMPORTFEED", b"IMPORTRANGE",
           b"SQL.REQUEST", b"REGISTER.ID", b"DDE", *(name + sign for name in (b"IMAGE", b"RTD", b"CALL", b"EXEC", b"REGISTER") for sign in (b"(", b" ")))  # fmt: skip
_CELL = {"xlsx": b"<c ", "ods": b"<table:table-cell"}
_ERROR = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>]*\st="e"')
_NO_VALUE = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"(?![^>]*\st="str")[^>]*>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
_ODS_NO_VALUE = re.compile(rb"<table:table-cell(?=\s[^>]*\stable:formula=|\stable:formula=)(?![^>]*value-type=)")
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension[^>]{0,100}ref="[A-Z]{0,3}\d*:([A-Z]{1,3})(\d{1,7})"')
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_LARGE_AREA = 8_000_000  # cells of a rectangle that calamine would fill: beyond, the real extent is looked up first
_OVERLAP = 64


def check(path: Path, kind: str, out: Out) -> None:
    """Unreadable where a container is locked, a bomb, broken, or holds a formula that reaches outside."""
    with safety.open_zip(path) as packed:
        members = {member.filename: member for member in packed.infolist()}
        names = _sheet_names(packed, members) if kind == "xlsx" else {"content.xml": ""} if kind == "ods" else {}
        for name, member in members.items():
            if not name.lower().endswith((".xml", ".rels", ".bin", ".vml")):
                continue
            is_worth_a_look = _walk(packed, member, kind, names.get(name), out)
            if kind == "ods" and name == "META-INF/manifest.xml" and b"encryption-data" in safety.unpacked(packed, member):
                raise Unreadable(safety.LOCKED)
            if name.startswith("xl/externalLinks/") and re.search(rb"<(?:\w+:)?(?:dde|ole)Link\b", safety.unpacked(packed, member)):
                raise Unreadable(safety.LINKED)
            if is_worth_a_look:
                look = _OdsLook(out) if kind == "ods" else _XlsxLook(names[name])
                _parse(safety.unpack(packed, member), look.parser)


def _walk(packed: ZipFile, member: ZipInfo, kind: str, sheet: str | None, out: Out) -> bool:
    """Whether a part must be looked at cell by cell, slowly; on the way every byte is unpacked once. `sheet`: its name, if it is one."""
    is_text = not member.filename.endswith(".bin")
    worth, tail, is_first = False, b"", True
    for piece in safety.unpack(packed, member):
        window = tail + piece
        if is_text and _has_any(window, _ENTITY):
            raise Unreadable(safety.ENTITIES)
        cut = len(window) - _OVERLAP
        if sheet is not None:
            cut = max(window.rfind(_CELL[kind]), cut - len(piece))  # a cell is looked at whole
            worth = worth or _has_any(window.upper(), _DANGER) or (is_first and _is_odd(piece))
            worth = _tell(window[:cut], kind, sheet, out) or worth
        tail, is_first = window[max(cut, 0) :], False
    if sheet is not None:
        worth = _tell(tail, kind, sheet, out) or worth
    return worth


def _tell(cells: bytes, kind: str, sheet: str, out: Out) -> bool:
    """Counts errors and formulas without a value among whole cells. True for an ODS that must be looked at to say where they are."""
    if kind == "ods":
        return b"table:formula" in cells and bool(_ODS_NO_VALUE.search(cells))
    for kind_, pattern, signs in (("errors", _ERROR, (b't="e"',)), ("formulas", _NO_VALUE, (b"</f></c>", b"<v></v>", b"<v/>", b"/></c>"))):
        if _has_any(cells, signs):
            for found in pattern.finditer(cells):
                out.repaired(kind_, int(found[2]), column_number(found[1].decode()), sheet=sheet)
    return False


def _has_any(window: bytes, signs: tuple[bytes, ...]) -> bool:
    return any(sign in window for sign in signs)


def _is_odd(beginning: bytes) -> bool:
    """XML that is not UTF-8, or that claims a very large rectangle."""
    if b"\0" in beginning[:200]:
        return True
    if (said := _DIMENSION.search(beginning)) is None:
        return False
    return int(said[2]) * (column_number(said[1].decode()) + 1) > _LARGE_AREA


def column_number(letters: str) -> int:
    """A -> 0, Z -> 25, AA -> 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _sheet_names(packed: ZipFile, members: dict[str, ZipInfo]) -> dict[str, str]:
    """{the part of a sheet: the name of the sheet}. Parts that no sheet names keep their own name."""
    found = {name: posixpath.basename(name) for name in members if re.fullmatch(r"xl/(work|dialog|macro)sheets/[^/]+\.xml", name)}
    try:
        links = {
            link.get("Id"): posixpath.normpath(posixpath.join("/xl", link.get("Target", "")))[1:]
            for link in _tree(packed, members, "xl/_rels/workbook.xml.rels")
        }
        for element in _tree(packed, members, "xl/workbook.xml").iter():
            if element.tag.rpartition("}")[2] == "sheet":
                part = next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "id"), None)
                if links.get(part) in members:
                    found[str(links[part])] = element.get("name", "")
    except KeyError:
        pass  # a workbook without its list of parts: calamine will say what it makes of it
    return found


def _tree(packed: ZipFile, members: dict[str, ZipInfo], name: str) -> ElementTree.Element:
    raw = safety.unpacked(packed, members[name])
    if _has_any(raw, _ENTITY):
        raise Unreadable(safety.ENTITIES)
    try:
        return ElementTree.fromstring(raw)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise Unreadable(safety.BROKEN) from error


def _parse(pieces: Iterator[bytes], parser: expat.XMLParserType) -> None:
    try:
        for piece in pieces:
            parser.Parse(piece)
        parser.Parse(b"", True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unreadable(safety.BROKEN) from error


def _refuse_entity(*_anything: Any) -> None:
    raise Unreadable(safety.ENTITIES)


def _parser(start: Callable[[str, dict[str, str]], None], end: Callable[[str], None]) -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.EntityDeclHandler = start, end, _refuse_entity
    return parser


class _XlsxLook:
    """Looks at every cell of a sheet: what its formula says, and how far away it is."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.parser = _parser(self._start, self._end)
        self.line = self.column = 0
        self.text: list[str] = []
        self.is_filled = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "c":
            place = _REFERENCE.fullmatch(attributes.get("r", ""))
            self.line, self.column = (int(place[2]), column_number(place[1])) if place else (self.line, self.column + 1)
            self.is_filled = False
        elif tag == "row":
            self.line = int(attributes["r"]) if attributes.get("r", "").isdecimal() else self.line + 1
            self.column = -1
        elif tag in ("f", "v", "is"):
            self.text = []
            self.parser.CharacterDataHandler = self.text.append

    def _end(self, name: str) -> None:
        tag = name.rpartition(":")[2]
        if tag in ("f", "v", "is"):
            self.parser.CharacterDataHandler = None
            said = "".join(self.text)
            self.is_filled |= bool(said.strip())
            if tag == "f" and safety.reaches_outside("=" + said):
                raise Unreadable(safety.POISONED, cell=cell_name(self.line, self.column), sheet=self.sheet, formula=f"={said[:80]}")
        elif tag == "c" and self.is_filled:
            self._measure()

    def _measure(self) -> None:
        if self.column >= safety.MOST_COLUMNS:
            far = cell_name(self.line, self.column)
            raise Unreadable(safety.TOO_MANY_COLUMNS, sheet=self.sheet, cell=far, most=safety.MOST_COLUMNS)
        if self.line > safety.LAST_LINE:
            raise Unreadable(safety.TOO_MANY_ROWS, sheet=self.sheet, line=self.line, most=safety.MOST_ROWS)


class _OdsLook:
    """Looks at the formulas of all sheets of an ODS."""

    def __init__(self, out: Out) -> None:
        self.out = out
        self.parser = _parser(self._start, self._end)
        self.sheet = ""
        self.line = self.column = 0
        self.rows = 1

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag in ("table-cell", "covered-table-cell"):
            formula = attributes.get("table:formula", "")
            if formula:
                self._formula(formula, attributes)
            self.column += _count(attributes, "table:number-columns-repeated")
        elif tag == "table-row":
            self.line += self.rows
            self.rows, self.column = _count(attributes, "table:number-rows-repeated"), 0
        elif tag == "table":
            self.sheet, self.line, self.rows = attributes.get("table:name", ""), 0, 1
        elif tag.startswith("dde-"):
            raise Unreadable(safety.LINKED)

    def _end(self, name: str) -> None:
        pass

    def _formula(self, formula: str, attributes: dict[str, str]) -> None:
        plain = re.sub(r"^[a-z]+:(?==)", "", formula)  # of:=…, msoxl:=…
        if safety.reaches_outside(plain):
            raise Unreadable(safety.POISONED, cell=cell_name(self.line, self.column), sheet=self.sheet, formula=plain[:80])
        if "office:value-type" not in attributes and "calcext:value-type" not in attributes:
            self.out.repaired("formulas", self.line, self.column, sheet=self.sheet)


def _count(attributes: dict[str, str], name: str) -> int:
    said = attributes.get(name, "1")
    return int(said) if said.isdecimal() and len(said) < 9 else 1
