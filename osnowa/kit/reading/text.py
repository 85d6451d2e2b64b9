"""Text to sheets: which encoding, and whether it is HTML, JSON or cells between delimiters."""

from __future__ import annotations

import csv
import io
import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path, PurePath

from osnowa.kit.reading import letters, safety
from osnowa.kit.reading.cells import Out
from osnowa.kit.reading.kinds import not_a_table
from osnowa.kit.reading.shapes import Unreadable
from osnowa.kit.reading.shapes import gettext_noop as _

DELIMITERS = "\t;|,"
SAMPLE_CHARS = 200_000
SAMPLE_RECORDS = 400
XML = _("This is an XML file that is neither a web page nor a workbook. Save the table as XLSX, ODS or CSV and choose that file.")
UNDECODED = _("Some letters could not be read as %(encoding)s and were replaced by “�”. Save the file once more as UTF-8.")

_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|table|meta|div|tr)\b", re.IGNORECASE)
_NEEDS_QUOTES = re.compile(r'["\t\r\n]')
_SEPARATOR = re.compile(r"sep=(.)(?:\r\n|\r|\n|$)", re.IGNORECASE)


def read(path: Path, kind: str, name: str, out: Out) -> None:
    """A file that is no workbook. `kind` is "paste" for what was copied from a spreadsheet."""
    raw = path.read_bytes()
    encoding, skip = letters.encoding_of(raw)
    start = raw[skip : skip + 4 * SAMPLE_CHARS].decode(encoding, "replace")[:SAMPLE_CHARS].replace("\0", "")
    check_is_text(start)
    begins = start.lstrip()[:2000]
    if begins.startswith(("{", "[")) and _is_json(raw[skip:], encoding, kind, name, out):
        return
    if begins.startswith("<") and _HTML.search(begins):
        from osnowa.kit.reading import markup

        markup.read(raw, kind or "html", encoding, PurePath(name).stem, out)
        return
    if begins.startswith("<?xml"):
        raise Unreadable(XML)
    out.sheet(PurePath(name).stem)
    read_cells(raw, skip, encoding, start, kind, out)


def check_is_text(start: str) -> None:
    """Not a table at all, when what was decoded is full of what no text has."""
    strange = sum(not letter.isprintable() and letter not in "\t\r\n\xa0\xad\u200b\u200e\u200f\u2028\ufeff\x0c\x1a\u202f" for letter in start)
    if strange > 0.02 * len(start) + 2:
        raise not_a_table()
    if not start.strip():
        raise Unreadable(safety.EMPTY)


def _is_json(raw: bytes, encoding: str, kind: str, name: str, out: Out) -> bool:
    from osnowa.kit.reading import geojson

    return geojson.read(raw, encoding, kind, PurePath(name).stem, out)


def read_cells(raw: bytes, skip: int, encoding: str, start: str, kind: str, out: Out) -> None:
    """Cells between delimiters, the delimiter found by how evenly it divides the lines."""
    said = _SEPARATOR.match(start)
    delimiter = said[1] if said else find_delimiter(start, kind)
    lines = _lines(raw, skip, encoding)
    if said:
        next(lines, None)
    unwraps = kind != "paste" or unwraps_all(start, delimiter)
    found = records(lines, delimiter, is_loose=not unwraps or _is_loose(raw, encoding, delimiter), unwraps=unwraps)
    widths = array("l")
    for number, record in enumerate(found, start=1):
        widths.append(len(record) if any(record) else 0)
        out.row(record, number)
    if delimiter:
        _tell_ragged(widths, out)
    if encoding == "utf-8" and _undecoded(raw, encoding):
        out.notice(UNDECODED, encoding="UTF-8")
    out.finish(kind or "csv", encoding="utf-8-sig" if skip == 3 else encoding, delimiter=delimiter)


def _tell_ragged(widths: Sequence[int], out: Out) -> None:
    """Counts the rows from the first one of the usual width on that have another; titles above the table are not meant."""
    counted = Counter(width for width in widths if width)
    usual = max(counted, key=lambda width: (counted[width], width), default=0)
    begin = widths.index(usual) if usual else 0
    odd = [number for number in range(begin, len(widths)) if widths[number] not in (0, usual)]
    if odd:
        out.repaired("ragged", odd[0] + 1, 0, len(odd))


def _undecoded(raw: bytes, encoding: str) -> bool:
    try:
        raw.decode(encoding)
    except UnicodeDecodeError:
        return True
    return False


def _is_loose(raw: bytes, encoding: str, delimiter: str) -> bool:
    return b'"' in raw and quotes_are_loose(raw.decode(encoding, "replace"), delimiter)


def _lines(raw: bytes, skip: int, encoding: str) -> Iterator[str]:
    """The lines with their ends; NUL characters taken out, and \\r\\r\\n (a line ended twice) made one end."""
    whole = io.TextIOWrapper(io.BytesIO(raw), encoding=encoding, errors="replace", newline="")
    whole.buffer.seek(skip)
    after_return = False
    for line in whole:
        if after_return and line == "\r\n":
            after_return = False
            continue
        after_return = line.endswith("\r")
        yield line.replace("\0", "") if "\0" in line else line


def records(lines: Iterable[str], delimiter: str, *, is_loose: bool, unwraps: bool = True) -> Iterator[list[str]]:
    """The cells of every line. Quoted cells may go over several lines; `is_loose`: some quotation marks are just text."""
    if is_loose:
        return _loose_records("".join(lines), delimiter, unwraps)
    csv.field_size_limit(safety.MOST_BYTES)
    return csv.reader(lines, delimiter=delimiter or "\x1f")


def _loose_records(text: str, delimiter: str, unwraps: bool) -> Iterator[list[str]]:
    """A cell is quoted only where its quotation marks open and close it wholly; all others are text as they stand."""
    part = re.escape(delimiter) if delimiter else r"\x1f"
    quoted = re.compile(rf' *"((?:[^"]++|"")*+)" *(?={part}|[\r\n]|\Z)')
    plain = re.compile(rf"[^{part}\r\n]*+")
    at, end, record = 0, len(text), []
    while at < end:
        found = quoted.match(text, at) if text[at] in '" ' else None
        if found is None or not (unwraps or _NEEDS_QUOTES.search(found[1])):
            found = plain.match(text, at)
            assert found is not None
            record.append(found[0])
        else:
            record.append(found[1].replace('""', '"'))
        at = found.end()
        if at < end and text[at] not in "\r\n":
            at += 1
            if at == end:
                record.append("")
            continue
        at += 2 if text.startswith("\r\n", at) else 1
        yield record
        record = []
    if record:
        yield record


def quotes_are_loose(text: str, delimiter: str) -> bool:
    """Whether some quotation mark stands within an unquoted cell, or one that opens is never closed."""
    return bool(text.count('"') % 2 or re.search(rf'[^{re.escape(delimiter)}\r\n"]"[^{re.escape(delimiter)}\r\n"]', text))


def unwraps_all(start: str, delimiter: str) -> bool:
    """For what was copied: whether quotation marks around plain cells are packing (they stand around most) or part of the text."""
    cells = [cell for record in _loose_records(start, delimiter, unwraps=False) for cell in record if cell.strip()]
    return sum(cell.startswith('"') and cell.endswith('"') for cell in cells) > len(cells) / 2


def find_delimiter(start: str, kind: str = "") -> str:
    """The delimiter that divides the lines most evenly into most cells; "" where none does."""
    cut = start if len(start) < SAMPLE_CHARS else start[: max(start.rfind("\n"), start.rfind("\r")) + 1] or start
    best, found = 0.0, ""
    for delimiter in DELIMITERS:
        if delimiter in cut and (score := _evenness(cut, delimiter) * _liking(cut, delimiter, kind)) > best:
            best, found = score, delimiter
    return found


def _evenness(text: str, delimiter: str) -> float:
    """0..1: how many lines have more than one cell, how many have the same number of cells, and how large that is."""
    widths = []
    for record in _loose_records(text, delimiter, unwraps=True):
        if any(cell.strip() for cell in record):
            widths.append(len(record))
            if len(widths) == SAMPLE_RECORDS:
                break
    several = Counter(width for width in widths if width > 1)
    if not several:
        return 0.0
    usual = max(several, key=lambda width: (several[width], width))
    divided, same = several.total() / len(widths), several[usual] / len(widths)
    if same < 0.25 or divided < 0.5:
        return 0.0 if delimiter != "\t" else 0.05
    return (divided + same) / 2 * (1 - 1 / usual)


def _liking(text: str, delimiter: str, kind: str) -> float:
    """What else speaks for a delimiter: tabs and semicolons seldom stand in texts, commas do, and between digits."""
    if delimiter == "\t":
        return 3.0 if kind == "paste" else 1.0
    if delimiter == ",":
        return 0.5 if len(re.findall(r"\d,\d", text)) > 0.6 * text.count(",") else 0.85
    return 0.97
