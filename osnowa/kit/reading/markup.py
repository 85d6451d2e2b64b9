"""HTML to sheets: every table one sheet, and entries that repeat (a heading, lines of "Label: value") as one sheet more."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import chain

from osnowa.kit.reading import letters, safety
from osnowa.kit.reading.cells import Out
from osnowa.kit.reading.shapes import Unreadable
from osnowa.kit.reading.shapes import gettext_noop as _

NO_TABLE_ON_PAGE = _("On this page there is neither a table nor a list of entries that could be read as one. Look for the list as a file on the same site, or copy it into a spreadsheet.")

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
STRONG = frozenset({"b", "strong", "th", *HEADINGS})
BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
     "figure", "footer", "form", "header", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary",
     "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", *HEADINGS}
)  # fmt: skip
_VOID = frozenset("area br col embed hr img input link meta source track wbr".split())  # noqa: SIM905
_UNSEEN = frozenset("script style template head noscript svg select textarea iframe object".split())  # noqa: SIM905
#: A tag that begins ends these, up to the nearest of those.
_ENDS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "li": (frozenset({"li"}), frozenset({"ul", "ol", "menu"})),
    "dt": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "dd": (frozenset({"dt", "dd"}), frozenset({"dl"})),
    "tr": (frozenset({"tr", "td", "th"}), frozenset({"table", "tbody", "thead", "tfoot"})),
    "td": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    "th": (frozenset({"td", "th"}), frozenset({"tr", "table"})),
    **{name: (frozenset({"tbody", "thead", "tfoot", "tr", "td", "th"}), frozenset({"table"})) for name in ("tbody", "thead", "tfoot")},
}
_DEEPEST = 100  # elements within elements; deeper ones are taken as neighbours
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_SPACES = re.compile(r"[^\S\n]+")


@dataclass(eq=False)
class Element:
    """A tag with what stands in it: texts and elements, in order."""

    tag: str
    attributes: dict[str, str]
    parts: list[Element | str] = field(default_factory=list)

    @property
    def is_hidden(self) -> bool:
        return self.tag in _UNSEEN or bool(_HIDDEN.search(self.attributes.get("style", "")))

    @property
    def is_strong(self) -> bool:
        return self.tag in STRONG or bool(_BOLD.search(self.attributes.get("style", "")))

    def walk(self) -> Iterator[Element]:
        """This element and all within, in the order of the page."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(part for part in reversed(element.parts) if isinstance(part, Element))


class _Tree(HTMLParser):
    """Builds elements as a browser would, forgiving what is not closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]
        self.title = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("html", "body") and any(element.tag == tag for element in self.open[:4]):
            return
        if tag in _ENDS:
            ended, bounds = _ENDS[tag]
            self._end(ended, bounds)
        if tag in BLOCKS:
            self._end_paragraph()
        element = Element(tag, {name: value or "" for name, value in attrs if name in ("style", "rowspan", "colspan", "alt", "id")})
        self.open[-1].parts.append(element)
        if tag not in _VOID and len(self.open) < _DEEPEST:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID and tag not in BLOCKS and self.open[-1].tag == tag:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].tag == tag:
                del self.open[at:]
                return
            if self.open[at].tag == "table" and tag in ("td", "tr", "th", "div", "p", "span", "b", "strong", "font"):
                return  # the end of something outside does not close a table

    def handle_data(self, text: str) -> None:
        if self.open[-1].tag == "title":
            self.title = self.title or text
        self.open[-1].parts.append(text)

    def _end(self, ended: frozenset[str], bounds: frozenset[str]) -> None:
        """Ends the outermost of these that stands within the nearest bound."""
        outermost = 0
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].tag in bounds:
                break
            if self.open[at].tag in ended:
                outermost = at
        if outermost:
            del self.open[outermost:]

    def _end_paragraph(self) -> None:
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].tag == "p":
                del self.open[at:]
                return
            if self.open[at].tag in BLOCKS:
                return


def read(raw: bytes, kind: str, guess: str, name: str, out: Out) -> None:
    """The tables and the repeated entries of a page."""
    encoding = encoding_of_page(raw, guess)
    page = raw.decode(encoding, "replace")
    tree = _Tree()
    try:
        tree.feed(page.replace("\0", ""))
        tree.close()
    except (AssertionError, ValueError) as error:
        raise Unreadable(safety.BROKEN) from error
    title = squeeze(tree.title) or name
    count = 0
    from osnowa.kit.reading import entries

    for heading, rows in chain(tables(tree.root), entries.sheets(tree.root)):
        count += 1
        out.sheet(heading or title)
        for row in rows:
            out.row(row)
    if not count:
        raise Unreadable(NO_TABLE_ON_PAGE)
    out.finish(kind, encoding=encoding)


def encoding_of_page(raw: bytes, guess: str) -> str:
    """What the page says it is written in, unless the bytes contradict it."""
    said = _CHARSET.search(raw[:4096])
    if guess.startswith("utf") or said is None:
        return guess
    try:
        name = codecs.lookup(said[1].decode("ascii")).name
        raw.decode(name)
    except (LookupError, UnicodeDecodeError, ValueError):
        return guess
    return letters.better(raw, {"iso8859-1": "cp1252"}.get(name, name), guess)


def squeeze(text: str) -> str:
    """Runs of blanks to one, line by line, nothing around."""
    lines = (_SPACES.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def text_of(element: Element) -> str:
    """The text a reader sees: a line a block or line break, tables within left out."""
    pieces: list[str] = []

    def gather(part: Element) -> None:
        for child in part.parts:
            if isinstance(child, str):
                pieces.append(child.replace("\n", " ").replace("\r", " "))
            elif child.tag == "br":
                pieces.append("\n")
            elif child.tag == "img":
                pieces.append(child.attributes.get("alt", ""))
            elif not child.is_hidden and child.tag != "table":
                edge = "\n" if child.tag in BLOCKS else ""
                pieces.append(edge)
                gather(child)
                pieces.append(edge)

    gather(element)
    return squeeze("".join(pieces))


def tables(root: Element) -> Iterator[tuple[str, list[list[str | None]]]]:
    """(name, rows) of every table with at least two filled cells. Its name: the caption, else the heading before it."""
    heading = ""
    for element in root.walk():
        if element.tag in HEADINGS:
            heading = text_of(element).replace("\n", " ") or heading
        elif element.tag == "table" and not element.is_hidden:
            rows = rows_of(element)
            if sum(cell is not None for row in rows for cell in row) > 1:
                caption = next((text_of(part) for part in element.parts if isinstance(part, Element) and part.tag == "caption"), "")
                yield caption.replace("\n", " ") or heading, rows


def rows_of(table: Element) -> list[list[str | None]]:
    """The cells of a table's own rows. A cell over several rows is repeated in each (every row is whole), one over several
    columns stands in its first (so that a row that spans the table remains a title)."""
    rows: list[list[str | None]] = []
    hanging: dict[int, tuple[int, str | None]] = {}  # column: (rows left, text)
    for tr in _own_rows(table):
        row: list[str | None] = []
        for cell in tr.parts:
            if not isinstance(cell, Element) or cell.tag not in ("td", "th") or cell.is_hidden:
                continue
            _hang(row, hanging)
            text = text_of(cell) or None
            down, wide = _span(cell, "rowspan", safety.MOST_ROWS), _span(cell, "colspan", safety.MOST_COLUMNS)
            for column in range(len(row), len(row) + wide):
                if down > 1:
                    hanging[column] = (down - 1, text)
                row.append(text)
                text = None
            if len(row) > 2 * safety.MOST_COLUMNS:
                break
        _hang(row, hanging)
        while hanging and max(hanging) >= len(row):
            row.append(None)
            _hang(row, hanging)
        rows.append(row)
    return rows


def _hang(row: list[str | None], hanging: dict[int, tuple[int, str | None]]) -> None:
    """Puts what hangs down from rows above where the row has come to."""
    while (hung := hanging.pop(len(row), None)) is not None:
        left, text = hung
        if left > 1:
            hanging[len(row)] = (left - 1, text)
        row.append(text)


def _span(cell: Element, name: str, most: int) -> int:
    said = cell.attributes.get(name, "").strip()
    if not (said.isascii() and said.isdigit()) or len(said) > 6:
        return 1
    return min(int(said) or (most if name == "rowspan" else 1), most)


def _own_rows(table: Element) -> Iterator[Element]:
    for part in table.parts:
        if isinstance(part, Element):
            if part.tag == "tr":
                yield part
            elif part.tag not in ("table", "caption"):
                yield from _own_rows(part)
