"""Tables for spreadsheets: CSV and XLSX in which no cell can turn into a formula."""

import csv
import io
import math
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import get_language

Row = Sequence[Any]
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

#: A number below nought, written as text: what it turns into is the number it says.
_BELOW_NOUGHT = re.compile(r"-\d+([.,]\d+)?", re.ASCII)


def harmless(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula gets an apostrophe in front; everything else stays."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") and not _BELOW_NOUGHT.fullmatch(value):
        return "'" + value
    return "" if value is None else value


def _number(value: Any) -> Any:
    """A broken number without the noise of its last bits, whole ones as whole; everything else stays."""
    if isinstance(value, float) and math.isfinite(value):
        return int(value) if value.is_integer() else float(f"{value:.10g}")
    return value


def _written(value: Any) -> Any:
    """A cell of a CSV: broken numbers with the comma or point of the reader's language, which her spreadsheet expects."""
    plain = _number(value)
    if isinstance(plain, float | Decimal) and (get_language() or "en")[:2] != "en":
        return str(plain).replace(".", ",")
    return harmless(plain)


def as_csv(headings: Row, rows: Iterable[Row]) -> bytes:
    """UTF-8 with a byte-order mark and semicolons, as Polish and Slovene spreadsheets open it."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(headings)
    writer.writerows([_written(value) for value in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def as_xlsx(sheets: dict[str, tuple[Row, Iterable[Row]]], at: datetime | None = None) -> bytes:
    """A workbook with one sheet a table: {name of the sheet: (headings, rows)}. Dates stay dates, numbers numbers.

    The same bytes for the same tables and moment.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    if at:
        book.set_properties({"created": at.astimezone(UTC).replace(tzinfo=None)})
    bold, day = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    for name, (headings, rows) in sheets.items():
        sheet = book.add_worksheet(name[:31])
        sheet.write_row(0, 0, headings, bold)
        sheet.freeze_panes(1, 0)
        last = 0
        for last, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(last, column, value, day)
                else:
                    sheet.write(last, column, harmless(_number(value)))
        if headings:
            sheet.autofilter(0, 0, last, len(headings) - 1)
        sheet.autofit(300)
    book.close()
    return out.getvalue()
