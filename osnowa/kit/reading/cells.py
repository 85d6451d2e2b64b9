"""Every cell of every kind of file passes here once: cleaned, checked against the limits, written out as a line of JSON."""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from osnowa.kit.reading import safety
from osnowa.kit.reading.shapes import Unreadable, cell_name, kept
from osnowa.kit.reading.shapes import gettext_noop as _

#: What spreadsheets in several languages show where a formula failed.
ERRORS = frozenset(
    ["#N/A", "#N/A!", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#ERROR!", "#N/D!", "#N/D", "#ADR!", "#ARG!", "#DZIEL/0!", "#NAZWA?", "#ZERO!", "#LICZBA!", "#VREDN!", "#VREDNOST!", "#SKLIC!", "#DEL/0!", "#IME?", "#NIČ!", "#ŠTEV!", "#N/V", "#NV", "#WERT!", "#BEZUG!", "#ZAHL!", "#VALEUR!", "#NOM?", "#NUL!", "#NOMBRE!", "#NOMBRE?", "#¡VALOR!", "#¡REF!", "#¡DIV/0!", "#¿NOMBRE?", "#¡NULO!", "#¡NUM!", "#VALORE!", "#RIF!", "#NOME?", "#NULLO!", "#HODNOTA!", "#ODKAZ!", "#NÁZEV?", "#ČÍSLO!", "#ÉRTÉK!", "#HIV!", "#ZÉRÓOSZTÓ!", "#NÉV?", "#NULLA!", "#SZÁM!", "#HIÁNYZIK"]
)
_CALC_ERROR = re.compile(r"Err:5\d\d")
_TEXT_FORMULA = re.compile(r'="((?:[^"]|"")*)"')  # ="00123", as some programs export a number that must keep its zeros
_DECIMAL = re.compile(r"[-+]?\d+(?:[.\s\xa0\u202f]\d{3})*,\d+|[-+]?\d+(?:[,\s\xa0\u202f]\d{3})*\.\d+")
_SUSPECT = frozenset("=+-@#E \t\r\n\xa0")  # a text beginning so is looked at twice
_SAMPLE_ROWS = 2_000
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_NEVER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

REPAIRS = {
    "errors": _("Cells that hold an error such as #N/A or #REF! were read as empty: %(count)s (the first is %(cell)s of “%(sheet)s”)."),
    "cut": _("Cells longer than %(most)s characters were cut: %(count)s (the first is %(cell)s of “%(sheet)s”)."),
    "formulas": _("Cells that hold a formula without its value were read as they are: %(count)s (the first is %(cell)s of “%(sheet)s”). Open the file in a spreadsheet and save it there, so that the values are kept."),
    "ragged": _("Rows with fewer or more cells than the others: %(count)s (the first is row %(line)s of “%(sheet)s”). Look whether their cells stand in the right columns."),
}  # fmt: skip


class Out:
    """Where the readers put what they find. `write` takes one line of JSON (bytes, without the line's end)."""

    def __init__(self, write: Callable[[bytes], Any]) -> None:
        self._write = write
        self._sheet = ""
        self._is_open = False
        self._last = self._begun = self._written = 0
        self._cells = 0
        self._sheets = 0
        self._width = 0
        self._area_before = 0
        self._decimals: Counter[tuple[int, str]] = Counter()
        self._repairs: dict[str, dict[str, Any]] = {}
        self._notices: list[dict[str, Any]] = []

    # What readers say

    def sheet(self, name: str) -> None:
        """The rows that follow belong to this sheet."""
        if self._is_open:
            self._area_before, self._width = self._area(self._written), 0
        self._sheet, self._is_open, self._last = name.strip(), False, 0

    def row(self, cells: Iterable[Any], line: int = 0) -> None:
        """One row, from the first column on. `line` counts from 1 and never falls; without it the row follows the last one."""
        line = line or self._last + 1
        if line > _SAMPLE_ROWS:  # nearly all cells are plain texts, and need no second look
            row = [
                cell
                if cell.__class__ is str and cell and cell[0] not in _SUSPECT and cell.isprintable() and len(cell) <= safety.MOST_CHARS
                else self._cell(cell, line, column)
                for column, cell in enumerate(cells)
            ]  # fmt: skip
        else:
            row = [self._cell(cell, line, column) for column, cell in enumerate(cells)]
        while row and row[-1] is None:
            row.pop()
        if not row:
            self._last = line
            return
        if len(row) > safety.MOST_COLUMNS:
            raise Unreadable(safety.TOO_MANY_COLUMNS, sheet=self._sheet, cell=cell_name(line, len(row) - 1), most=safety.MOST_COLUMNS)
        self._cells += len(row) - row.count(None)
        if self._cells > safety.MOST_CELLS:
            raise Unreadable(safety.TOO_MANY_CELLS, most=safety.MOST_CELLS)
        if not self._is_open:
            self._open(line)
        elif line - self._begun >= safety.MOST_ROWS:
            raise Unreadable(safety.TOO_MANY_ROWS, sheet=self._sheet, line=line, most=safety.MOST_ROWS)
        self._width = max(self._width, len(row))
        if self._area(line) > safety.MOST_AREA:
            raise Unreadable(safety.TOO_MUCH_MEMORY)
        for _blank in range(line - self._written - 1):
            self._write(b"[]")
        self._written = self._last = line
        self._write(_json(row).encode("utf-8", "replace"))

    def repaired(self, kind: str, line: int, column: int, count: int = 1, *, sheet: str = "", **parts: Any) -> None:
        """Something of REPAIRS happened in a cell. The first is named, the others are counted."""
        told = self._repairs.setdefault(
            kind, {"count": 0, "cell": cell_name(line, column), "line": line, "sheet": sheet or self._sheet, **parts}
        )
        told["count"] += count

    def notice(self, source: str, **parts: Any) -> None:
        self._notices.append(kept(source, **parts))

    def finish(self, kind: str, **found: str) -> None:
        """The last line: what the file was."""
        if not self._sheets:
            raise Unreadable(safety.NO_TABLE)
        notices = self._notices + [kept(REPAIRS[kind], **parts) for kind, parts in self._repairs.items()]
        self._control({"kind": kind, "decimal": self._decimal(), "notices": notices, **found})

    # Inside

    def _open(self, line: int) -> None:
        self._sheets += 1
        if self._sheets > safety.MOST_SHEETS:
            raise Unreadable(safety.TOO_MANY_SHEETS, most=safety.MOST_SHEETS)
        self._is_open, self._begun, self._written = True, line, line - 1
        self._control({"sheet": self._sheet, "first_line": line})

    def _area(self, line: int) -> int:
        """The cells of all rectangles so far; a row costs as much as eight cells at least."""
        return self._area_before + (line - self._begun + 1) * max(self._width, 8)

    def _control(self, said: dict[str, Any]) -> None:
        self._write(json.dumps(said).encode())

    def _cell(self, cell: Any, line: int, column: int) -> Any:
        """A cell as JSON has it; a date or datetime as a list of its ISO text."""
        if isinstance(cell, str):
            return self._text(cell, line, column) if cell else None
        if isinstance(cell, float):
            if cell.is_integer() and -(2**53) < cell < 2**53:
                return int(cell)
            return cell if math.isfinite(cell) else None
        if cell is None or isinstance(cell, int):
            return cell
        if isinstance(cell, datetime):
            plain = cell.replace(tzinfo=None)
            return [(plain.date() if plain.time() == time() else plain).isoformat()]
        if isinstance(cell, date):
            return [cell.isoformat()]
        if isinstance(cell, time):
            return cell.isoformat("seconds" if cell.second else "minutes")
        if isinstance(cell, timedelta):
            minutes, seconds = divmod(round(cell.total_seconds()), 60)
            return f"{minutes // 60}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
        return str(cell)

    def _text(self, text: str, line: int, column: int) -> str | None:
        if text[0] in _SUSPECT:
            bare = text.strip()
            if not bare:
                return None
            if bare[0] in "=+-@":
                if (plain := _TEXT_FORMULA.fullmatch(bare)) is not None:
                    return plain[1].replace('""', '"') or None
                self._formula(bare, line, column)
            elif bare in ERRORS or _CALC_ERROR.fullmatch(bare):
                self.repaired("errors", line, column)
                return None
        elif text.isspace():
            return None
        if "\r" in text:
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if not text.isprintable() and _NEVER.search(text):
            text = _NEVER.sub("", text)
            if not text.strip():
                return None
        if len(text) > safety.MOST_CHARS:
            text = text[: safety.MOST_CHARS]
            self.repaired("cut", line, column, most=safety.MOST_CHARS)
        if line <= _SAMPLE_ROWS and text[-1].isdigit() and _DECIMAL.fullmatch(text):
            self._seen_decimal(text, column)
        return text

    def _formula(self, text: str, line: int, column: int) -> None:
        if safety.reaches_outside(text):
            raise Unreadable(safety.POISONED, cell=cell_name(line, column), sheet=self._sheet, formula=text[:80])
        if text[0] == "=" and len(text) > 1 and (text[1].isalnum() or text[1] in "+-($"):
            self.repaired("formulas", line, column)

    def _seen_decimal(self, text: str, column: int) -> None:
        mark = max(",", ".", key=text.rfind)
        whole, _mark, part = text.rpartition(mark)
        is_sure = len(part) != 3 or not (0 < len(whole.lstrip("+-")) <= 3) or whole.lstrip("+-") == "0"
        self._decimals[column, mark if is_sure else "?"] += 1

    def _decimal(self) -> str:
        """The decimal mark of most numbers of the columns in which it can be told.

        A comma in one column outweighs points in others: codes such as 88.10 are written with points everywhere.
        """
        columns = {column for column, _mark in self._decimals}
        marks = {max(",", ".", key=lambda mark: self._decimals[column, mark]) for column in columns
                 if self._decimals[column, ","] + self._decimals[column, "."]}  # fmt: skip
        return "," if "," in marks else "." if marks else ""
