"""Finds the row of headings: below titles and notes, in two lines under group headings, or none at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from osnowa.imports.columns.lexicon import meanings
from osnowa.imports.values.activities import is_code
from osnowa.imports.values.cells import text_of
from osnowa.imports.values.dates import looks_like_a_day
from osnowa.kit.reading import Cell

#: Headings stand within this many rows from the top.
DEEPEST = 30
_LONGEST = 120
#: More of a cell is not looked at, and no heading is longer.
_WHOLE = 400


@dataclass(frozen=True)
class Header:
    """Where the headings stand: `line` is the index of the (lower) row in the sheet, −1 where there are none."""

    line: int
    names: list[str]


def find_header(rows: Sequence[Sequence[Cell]]) -> Header:
    """The headings of a table; two lines are joined as `group › heading`."""
    width = max((len(row) for row in rows[:200]), default=0)
    best, best_worth = Header(-1, [""] * width), 0.0
    for line in range(min(DEEPEST, len(rows))):
        row = _texts(rows[line], width)
        for names in (row, _joined(_texts(rows[line - 1], width), row) if line and not _is_title(rows[line - 1]) else None):
            if names is None:
                continue
            worth = _worth(names, rows[line], line, rows)
            if worth > best_worth + 1e-9:
                best, best_worth = Header(line, names), worth
    return best


def _texts(row: Sequence[Cell], width: int) -> list[str]:
    texts = [" ".join(text_of(cell)[:_WHOLE].split()) for cell in row]
    return texts + [""] * (width - len(texts))


def _is_title(row: Sequence[Cell]) -> bool:
    """Nothing but one text at the left: the title of the table or a note."""
    filled = [column for column, cell in enumerate(row) if text_of(cell).strip()]
    return len(filled) == 0 or (filled == [0] and len(row) > 1)


def _joined(upper: list[str], lower: list[str]) -> list[str] | None:
    """Two lines as one; None where the upper one is no line of groups."""
    if not any(upper) or any(_is_value(text) for text in upper + lower):
        return None
    names, group, groups = [], "", 0
    for above, below in zip_longest(upper, lower, fillvalue=""):
        group = above or (group if below else "")
        groups += bool(not above and group and below)
        names.append(f"{group} › {below}" if group and below and group != below else below or above)
    merged = any(above and not below for above, below in zip(upper, lower, strict=True))
    return names if groups or merged else None


def _is_value(text: str) -> bool:
    """Whether a text is what stands in a cell, not above it: a number, a day, a code, an address of the web."""
    return bool(text) and (
        text.replace(" ", "").replace(",", "").replace(".", "").isdecimal()
        or "@" in text
        or "://" in text
        or looks_like_a_day(text)
        or (is_code(text) and text[:1].isdecimal())
    )


def _known(name: str) -> float:
    found = meanings(name)
    return found[0].score if found and found[0].score >= 0.75 else 0.0


def _worth(names: list[str], row: Sequence[Cell], line: int, rows: Sequence[Sequence[Cell]]) -> float:
    """How much a row looks like headings: known ones, short distinct texts, above rows of another look. 0 for not at all."""
    filled = [name for name in names if name]
    if not filled or any(isinstance(cell, date | float | bool) for cell in row):
        return 0.0
    values = sum(_is_value(name.rpartition(" › ")[2]) for name in filled)
    known = sum(_known(name) for name in filled)
    if known >= 1 and known > values and (known >= 2 or known >= 0.3 * len(filled)):
        texts = sum(len(name) <= _LONGEST for name in filled) / len(filled)
        joined = sum(" › " in name for name in filled)
        return 10 + 3 * known - 2 * values + texts + 0.01 * joined - 0.02 * line
    if (
        values
        or len(filled) < 2
        or len(set(filled)) < len(filled)
        or max(map(len, filled)) > _LONGEST
        or any(" › " in name for name in filled)
    ):
        return 0.0
    return _contrast(filled, names, line, rows)


def _contrast(filled: list[str], names: list[str], line: int, rows: Sequence[Sequence[Cell]]) -> float:
    """Headings nobody knows: a full row of texts above a table in which at least one column holds values of another look."""
    below = [_texts(row, len(names)) for row in rows[line + 1 : line + 21]]
    below = [row for row in below if sum(map(bool, row)) >= 2]
    if len(below) < 2 or len(filled) < max(sum(map(bool, row)) for row in below):
        return 0.0
    valued = sum(
        1
        for column, name in enumerate(names)
        if name and sum(_is_value(row[column]) for row in below) > 0.6 * sum(bool(row[column]) for row in below) > 0
    )
    return 1 + valued - 0.02 * line if valued else 0.0
