"""Workbooks to sheets: XLSX, XLSB, XLS and ODS, read by calamine; what it does not tell is looked up in the XML beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from osnowa.kit.reading import containers, safety
from osnowa.kit.reading.cells import Out
from osnowa.kit.reading.shapes import Unreadable


def read(path: Path, kind: str, out: Out) -> None:
    """Every visible sheet of a workbook. Raises Unreadable for a locked, broken or dangerous one."""
    if kind != "xls":
        containers.check(path, kind, out)
    try:
        with path.open("rb") as file, CalamineWorkbook.from_filelike(file) as book:  # by path it would believe the name
            for sheet in book.sheets_metadata:
                if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet:
                    out.sheet(sheet.name)
                    for line, row in _rows(book.get_sheet_by_name(sheet.name)):
                        out.row(row, line)
    except PasswordError as error:
        raise Unreadable(safety.LOCKED) from error
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(safety.BROKEN) from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # calamine's own way to break on a broken file
            raise Unreadable(safety.TOO_MUCH_MEMORY if "overflow" in str(error) else safety.BROKEN) from error
        raise
    out.finish(kind)


def _rows(sheet: CalamineSheet) -> Iterator[tuple[int, list[Any]]]:
    """(line, cells from column A on) of the rows that calamine knows."""
    if sheet.start is None:
        return
    before = [None] * sheet.start[1]
    for line, row in enumerate(sheet.iter_rows(), start=1):
        yield line, before + row if before else row
