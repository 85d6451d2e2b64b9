"""What reading gives: a book of sheets of cells. Knows no Django, so that the reading child starts at once."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from osnowa.kit.sentences import Sentence

#: A datetime is a date too. Times of day and durations come as text: "13:20".
Cell = str | int | float | bool | date | None


@dataclass(frozen=True)
class Sheet:
    """A rectangle of cells: every row is as long as the longest. Rows that are blank within the table are kept."""

    name: str
    rows: list[list[Cell]]
    first_line: int = 1  # the number a spreadsheet shows beside rows[0]

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def likeness(self) -> float:
        """How much this looks like a table: filled cells in rows that have a neighbour, by how full its columns are."""
        filled = [count for row in self.rows if (count := len(row) - row.count(None)) > 1]
        if len(filled) < 2:
            return sum(filled) / 100 + len(self.rows) / 1000
        return sum(filled) * math.sqrt(sum(filled) / (len(filled) * self.width))


@dataclass(frozen=True)
class Book:
    """A file that was read.

    kind: xlsx, xls, xlsb, ods, csv, html, geojson, json, paste. encoding, delimiter ("" for a single column) and quotes are
    known for text only; decimal is "," or "." where the texts show which, else "". notices: what was repaired or left out.
    """

    kind: str
    sheets: list[Sheet]
    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    notices: list[Sentence] = field(default_factory=list)

    @property
    def likeliest(self) -> int:
        """The index of the sheet that looks most like a table."""
        if len(self.sheets) < 2:
            return 0
        return max(range(len(self.sheets)), key=lambda index: self.sheets[index].likeness())


class Unreadable(Exception):
    """The file cannot be read, said as a sentence's English source and its parts; becomes Refused outside the child."""

    def __init__(self, source: str, **parts: Any) -> None:
        super().__init__(source)
        self.kept = kept(source, **parts)


def kept(source: str, **parts: Any) -> dict[str, Any]:
    """A sentence as `kit.sentences.keep` keeps it."""
    return {"says": source, "parts": parts}


def gettext_noop(source: str) -> str:
    """Marks a sentence for the catalogue, as Django's own does, without Django."""
    return source


def column_letters(column: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(line: int, column: int) -> str:
    """(17, 3) -> D17. Lines count from 1, columns from 0."""
    return f"{column_letters(column)}{line}"
