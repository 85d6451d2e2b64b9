"""From a file to rows or to JSON: the kind, the encoding and the delimiter are found from the content."""

import csv
import gzip
import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _

from osnowa.indicators.readers.shapes import refuse
from osnowa.kit.reading import Cell, read_file
from osnowa.kit.reading.letters import encoding_of
from osnowa.kit.reading.text import find_delimiter
from osnowa.kit.sentences import Sentence

MB = 1 << 20
#: Text is read in a stream and may be large; JSON stands in the memory as a whole.
MOST_TEXT = 2_000 * MB
MOST_JSON = 100 * MB
_SAMPLE = 4 * MB

TOO_LARGE = _("The file has %(size)s MB; at most %(most)s MB of this kind can be read. Split it into several files.")
EMPTY = _("The file is empty. Save the table once more and choose the new file.")
BROKEN_GZIP = _("The packed file is broken and cannot be unpacked to its end. Fetch it once more.")
BROKEN_CSV = _("Line %(line)s cannot be read: %(why)s.")

Line = tuple[int, list[Cell]]


@dataclass
class Opened:
    """A file that was opened: sheets of numbered rows (the likeliest first), or a path with JSON."""

    kind: str
    sheets: list[Iterator[Line]] = field(default_factory=list)
    json: Path | None = None
    encoding: str = "utf-8"
    delimiter: str = ""
    notices: list[Sentence] = field(default_factory=list)


@contextmanager
def opened(path: Path, name: str = "") -> Iterator[Opened]:
    """What stands in a file, while it is open."""
    with path.open("rb") as file:
        is_packed = file.read(2) == b"\x1f\x8b"
    if not is_packed:
        with _plain(path, name) as it:
            yield it
        return
    with tempfile.NamedTemporaryFile(prefix="osnowa-values-") as plain:
        _unpack(path, plain)
        with _plain(Path(plain.name), name) as it:
            yield it


def _unpack(path: Path, into: Any) -> None:
    try:
        with gzip.open(path) as packed:
            size = 0
            while piece := packed.read(MB):
                size += len(piece)
                if size > MOST_TEXT:
                    raise refuse(TOO_LARGE, size=size // MB, most=MOST_TEXT // MB)
                into.write(piece)
    except (OSError, EOFError) as error:
        raise refuse(BROKEN_GZIP) from error
    into.flush()


@contextmanager
def _plain(path: Path, name: str) -> Iterator[Opened]:
    with path.open("rb") as file:
        sample = file.read(_SAMPLE)
    if not sample.strip():
        raise refuse(EMPTY)
    cut = sample if len(sample) < _SAMPLE else sample[: sample.rfind(b"\n") + 1] or sample
    encoding, skip = encoding_of(cut)
    start = cut[skip:].decode(encoding, "replace")[:200_000]
    begins = start.lstrip()[:1]
    if _is_binary(cut, start) or begins == "<":
        yield _book(path, name)
    elif begins in "{[":
        _limit(path, MOST_JSON)
        yield Opened("json", json=path, encoding="utf-8-sig" if skip == 3 else encoding)
    else:
        _limit(path, MOST_TEXT)
        first = start.lstrip().splitlines()[0]
        delimiter = "\t" if "\\" in first and "\t" in first else find_delimiter(start) or ","
        with path.open("rb") as raw:
            raw.seek(skip)
            text = io.TextIOWrapper(raw, encoding=encoding, errors="replace", newline="")
            yield Opened("csv", [_records(text, delimiter)], encoding=encoding, delimiter=delimiter)


def _limit(path: Path, most: int) -> None:
    if (size := path.stat().st_size) > most:
        raise refuse(TOO_LARGE, size=size // MB, most=most // MB)


def _is_binary(raw: bytes, start: str) -> bool:
    """Whether this is a workbook or anything else that the reader of spreadsheets knows, or knows to refuse."""
    if raw[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"%PDF"):
        return True
    strange = sum(not letter.isprintable() and letter not in "\t\r\n\xa0\u202f\ufeff\xad" for letter in start[:20_000])
    return strange > 0.02 * min(len(start), 20_000) + 2


def _book(path: Path, name: str) -> Opened:
    book = read_file(path, name)
    order = sorted(range(len(book.sheets)), key=lambda index: (index != book.likeliest, index))
    sheets = [iter([(sheet.first_line + at, row) for at, row in enumerate(sheet.rows)]) for sheet in (book.sheets[i] for i in order)]
    return Opened(book.kind, sheets, notices=list(book.notices))


def _records(text: io.TextIOWrapper, delimiter: str) -> Iterator[Line]:
    csv.field_size_limit(MB)
    reader = csv.reader((line.replace("\0", "") for line in text), delimiter=delimiter)
    before = 0
    try:
        for record in reader:
            cells: list[Cell] = [cell if cell.strip() else None for cell in record]
            yield before + 1, cells
            before = reader.line_num
    except csv.Error as error:
        raise refuse(BROKEN_CSV, line=reader.line_num, why=str(error)) from error
