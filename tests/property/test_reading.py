"""Laws of reading: what a spreadsheet writes comes back the same, in every kind, delimiter and encoding."""

import csv
import io
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osnowa.kit.reading import letters, read_file, read_paste, text
from tests import workbooks

cells = st.text("abcdefghij kłóżŻ 0123456789,;|\t\"'\n.-–„”(&)ßčΩ", max_size=12).filter(
    lambda cell: cell == cell.strip()
)


@st.composite
def tables(draw, cell=cells):
    """Tables whose edges are filled: a full first row of names, and a full first column."""
    width = draw(st.integers(2, 6))
    names = [f"kolumna {number}" for number in range(width)]
    rows = draw(st.lists(st.lists(cell, min_size=width - 1, max_size=width - 1), min_size=1, max_size=8))
    return [names, *([f"w{number}", *row] for number, row in enumerate(rows))]


def read(raw: bytes):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        path.write_bytes(raw)
        return read_file(path)


def emptied(rows):
    return [[cell if cell != "" else None for cell in row] for row in rows]


slow = settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])


@slow
@given(tables(), st.sampled_from(",;\t|"), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]), st.sampled_from(["\n", "\r\n"]),
       st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))  # fmt: skip
def test_a_table_of_text_comes_back_the_same(rows, delimiter, encoding, end, quoting):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    book = read(out.getvalue().encode(encoding))
    assert book.delimiter == delimiter
    assert book.sheets[0].rows == emptied(rows)


values = st.one_of(
    st.none(), cells, st.booleans(), st.integers(-(2**50), 2**50), st.floats(-1e9, 1e9).map(lambda number: round(number, 4)), st.dates(date(1900, 3, 1), date(2199, 12, 31))
)  # fmt: skip


@slow
@given(tables(values), st.sampled_from(["xlsx", "ods"]))
def test_a_workbook_comes_back_the_same(rows, kind):
    found = read(getattr(workbooks, kind)(rows)).sheets[0].rows
    assert found == emptied(rows)
    assert [[type(cell) for cell in row] for row in found] == [
        [int if type(cell) is float and cell.is_integer() else type(cell) for cell in row] for row in emptied(rows)
    ]


def copied(rows):
    """What a spreadsheet puts on the clipboard: tabs, and quotation marks only around cells with tabs or several lines."""

    def cell_of(cell: str) -> str:
        return '"' + cell.replace('"', '""') + '"' if "\t" in cell or "\n" in cell else cell

    return "".join("\t".join(map(cell_of, row)) + "\r\n" for row in rows)


@slow
@given(tables(cells.filter(lambda cell: not cell.startswith('"'))))  # a spreadsheet copies `"` TAB `"` and one cell with a tab alike
def test_a_paste_is_the_table_that_was_copied(rows):
    assert read_paste(copied(rows)).sheets[0].rows == emptied(rows)


@settings(deadline=None, max_examples=300)
@given(st.lists(st.lists(cells, min_size=2, max_size=5), min_size=1, max_size=6), st.sampled_from(",;\t|"), st.booleans())
def test_both_ways_to_divide_lines_agree(rows, delimiter, all_quoted):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL if all_quoted else csv.QUOTE_MINIMAL).writerows(rows)
    lines = out.getvalue().splitlines(keepends=True)
    assert list(text.records(lines, delimiter, is_loose=True)) == list(text.records(lines, delimiter, is_loose=False))


@st.composite
def words(draw):
    """An encoding, and pieces of words of one of its languages: its usual neighbours, twelve different ones at least."""
    encoding = draw(st.sampled_from(["cp1250", "iso-8859-2", "cp1252", "cp1251", "cp1253", "cp1257"]))
    pairs, _own = letters._pairs()[draw(st.sampled_from(letters.ENCODINGS[encoding]))]
    usual = sorted(pairs, key=lambda pair: -pairs[pair])[:30]
    return encoding, draw(st.lists(st.sampled_from(usual), min_size=min(12, len(usual)), unique=True))


@settings(deadline=None, max_examples=300)
@given(words())
def test_usual_neighbours_tell_the_encoding(drawn):
    encoding, pairs = drawn
    raw = " ".join(pairs).replace("_", " ").translate(str.maketrans("șț", "şţ")).encode(encoding, "ignore")
    assert raw.decode(letters.encoding_of(raw)[0]) == raw.decode(encoding)
