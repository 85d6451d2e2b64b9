"""Any file to sheets of cells: XLSX, XLS, XLSB, ODS, CSV and its kin, HTML, GeoJSON, and what was copied from a spreadsheet.

The kind, the encoding and the delimiter are found from the content. The parsing happens in a child process with limits of
memory and time (`child.py`); this package therefore imports nothing of Django until a file is read.
"""

from __future__ import annotations

from pathlib import Path

from osnowa.kit.reading.shapes import Book, Cell, Sheet, cell_name, column_letters

__all__ = ["Book", "Cell", "Sheet", "cell_name", "column_letters", "read_file", "read_paste"]


def read_file(path: Path, name: str = "") -> Book:
    """The sheets of a file, the empty and hidden ones left out. `name` is the file's own name (it may name the sheet).

    Raises Refused with a sentence that says what is wrong and how to mend it.
    """
    from osnowa.kit.reading.guarded import read

    return read(Path(path), name=name)


def read_paste(text: str) -> Book:
    """What was copied from a spreadsheet (cells between tabs), or a pasted CSV or HTML table. Raises Refused."""
    from osnowa.kit.reading.guarded import read_text

    return read_text(text)
