"""Editions: the document of one as it was frozen, its files, its tables for a spreadsheet, and what differs between two."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from osnowa.kit import sheets
from osnowa.kit.differing import Piece, differing
from osnowa.kit.letterpress import Document, Foreign, Heading, Points, as_docx, as_pdf, from_json
from osnowa.reports.models import Edition

FORMS = ("pdf", "docx", "xlsx")
_FOLDER = "documents"
Cells = list[list[Any]]


def hash_of(texts: dict[str, Any], sources: list[dict[str, str]], snapshot: str) -> str:
    """The sha256 over the canonical JSON of all an edition says."""
    whole = json.dumps({"texts": texts, "sources": sources, "snapshot": snapshot}, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()


def is_whole(edition: Edition) -> bool:
    """Whether an edition still says what its hash says it said."""
    return hash_of(edition.texts, edition.sources, edition.snapshot_sha256) == edition.sha256


def text_of(edition: Edition, language: str) -> dict[str, Any]:
    """The document of an edition as it is kept, in a language, else in any."""
    found: dict[str, Any] = edition.texts.get(language) or next(iter(edition.texts.values()))
    return found


def document_of(edition: Edition, language: str) -> Document:
    """The document of an edition in a language."""
    return from_json({name: value for name, value in text_of(edition, language).items() if name != "cells"})


def file_path(edition: Edition, language: str, form: str) -> Path:
    """Where a file of an edition lies once it was set: the name says all it depends on."""
    return Path(settings.MEDIA_ROOT) / _FOLDER / f"{edition.sha256}-{edition.number}-{language}.{form}"


def as_file(edition: Edition, language: str, form: str) -> bytes:
    """An edition as PDF/UA-1, as DOCX, or all its tables as a workbook: as it lies there, else set anew to the same bytes."""
    path = file_path(edition, language, form)
    return path.read_bytes() if path.is_file() else set_file(edition, language, form)


def set_file(edition: Edition, language: str, form: str) -> bytes:
    """A file of an edition, made of what was frozen alone."""
    if form == "xlsx":
        with translation.override(language):
            return sheets.as_xlsx(_sheets(edition, language), edition.frozen_at)
    document = document_of(edition, language)
    return as_docx(document) if form == "docx" else as_pdf(document, edition.frozen_at)


#: Tables of the money of a cluster, by their keys.
MONEY = frozenset({"costs", "sources_of_money", "figures_of_money"})


def tells_of_money(edition: Edition) -> bool:
    """Whether an edition holds the budget of a cluster."""
    return any(part.get("key") in MONEY for kept in edition.texts.values() for part in kept["parts"])


def _sheets(edition: Edition, language: str) -> dict[str, tuple[sheets.Row, Iterable[sheets.Row]]]:
    """A sheet a table, under its caption, and one that says what the workbook is of."""
    kept = text_of(edition, language)
    book: dict[str, tuple[sheets.Row, Iterable[sheets.Row]]] = {}
    for number, (table, cells) in enumerate(_tables(kept), start=1):
        rows = [*cells, [], [table["caption"]], *([[table["foot"]]] if table.get("foot") else [])]
        book[_sheet_name(number, table["caption"])] = (list(table["headings"]), rows)
    facts: list[list[Any]] = [
        [_("Document"), kept["title"]], [_("Edition"), edition.number], [_("Frozen at"), edition.frozen_at.isoformat(timespec="minutes")],
        [_("Hash (SHA-256)"), edition.sha256], [_("Snapshot of the register"), edition.snapshot_sha256],
    ]  # fmt: skip
    facts += [[_("Source"), " · ".join(filter(None, (one["title"], one["on"], one["link"])))] for one in edition.sources]
    book[_("About")] = ([_("What"), _("Value")], facts)
    return book


def _sheet_name(number: int, caption: str) -> str:
    """A name spreadsheets take: short, without the signs they use themselves."""
    own = (caption.partition(". ")[2] or caption).rpartition(": ")[2]
    plain = "".join(" " if sign in "[]:*?/\\'" else sign for sign in own)
    return f"{number} {plain}"[:31].strip()


def _tables(kept: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Cells]]:
    """(table, its cells as numbers) of a kept document."""
    found = [part for part in kept["parts"] if part["kind"] == "table"]
    yield from zip(found, kept["cells"], strict=True)


# --- Two editions -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Changed:
    """A cell that differs."""

    row: str
    column: str
    before: Any
    after: Any


@dataclass(frozen=True)
class TableChange:
    """What differs in a table: cells, rows that came and went; or the whole of it."""

    caption: str
    cells: tuple[Changed, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    is_new: bool = False
    is_gone: bool = False


@dataclass(frozen=True)
class TextChange:
    """The words of a section, as they went and came."""

    heading: str
    pieces: list[Piece]


@dataclass(frozen=True)
class Comparison:
    """What differs between two editions in one language."""

    tables: tuple[TableChange, ...]
    texts: tuple[TextChange, ...]
    same: int

    @property
    def is_empty(self) -> bool:
        return not self.tables and not self.texts


def compare(before: Edition, after: Edition, language: str) -> Comparison:
    """Which tables and words changed from one edition to a later one; tables are known by their keys, rows by their first cell."""
    old, new = text_of(before, language), text_of(after, language)
    was, now = _by_key(old), _by_key(new)
    changes = [_table_change(was.get(key), now.get(key)) for key in dict.fromkeys([*now, *was])]
    told = tuple(one for one in changes if one is not None)
    return Comparison(told, tuple(_text_changes(old, new)), len(now.keys() & was.keys()) - sum(not (one.is_new or one.is_gone) for one in told))


def _by_key(kept: dict[str, Any]) -> dict[str, tuple[dict[str, Any], Cells]]:
    return {table.get("key") or table["caption"] or f"{number}": (table, cells) for number, (table, cells) in enumerate(_tables(kept))}


def _table_change(was: tuple[dict[str, Any], Cells] | None, now: tuple[dict[str, Any], Cells] | None) -> TableChange | None:
    if was is None or now is None:
        table = (now or was or ({"caption": ""}, []))[0]
        return TableChange(table["caption"], is_new=was is None, is_gone=now is None)
    old, new = _rows(*was), _rows(*now)
    cells = tuple(
        Changed(row, column, old[row].get(column), value)
        for row, values in new.items() if row in old
        for column, value in values.items() if old[row].get(column) != value
    )  # fmt: skip
    came, went = tuple(row for row in new if row not in old), tuple(row for row in old if row not in new)
    return TableChange(now[0]["caption"], cells, came, went) if cells or came or went else None


def _rows(table: dict[str, Any], cells: Cells) -> dict[str, dict[str, Any]]:
    """{first cell: {heading: cell}}; rows of one name are told apart by their place among them."""
    found: dict[str, dict[str, Any]] = {}
    for row in cells:
        name, number = str(row[0]), 2
        while name in found:
            name, number = f"{row[0]} ({number})", number + 1
        found[name] = dict(zip(table["headings"][1:], row[1:], strict=False))
    return found


def _text_changes(old: dict[str, Any], new: dict[str, Any]) -> Iterator[TextChange]:
    was, now = _texts(old), _texts(new)
    for heading in dict.fromkeys([*now, *was]):
        before, after = was.get(heading, ""), now.get(heading, "")
        if before != after:
            yield TextChange(heading, differing(before, after))


def _texts(kept: dict[str, Any]) -> dict[str, str]:
    """{heading: the words under it}, without tables and pictures."""
    found: dict[str, list[str]] = {}
    heading = kept["title"]
    for part in document_parts(kept):
        if isinstance(part, Heading):
            heading = part.text
        elif isinstance(part, Points):
            found.setdefault(heading, []).extend(f"- {item}" for item in part.items)
        elif isinstance(part, str | Foreign):
            found.setdefault(heading, []).append(part if isinstance(part, str) else part.text)
    return {heading: "\n".join(lines) for heading, lines in found.items()}


def document_parts(kept: dict[str, Any]) -> tuple[Any, ...]:
    """The parts of a kept document."""
    return from_json({name: value for name, value in kept.items() if name != "cells"}).parts
