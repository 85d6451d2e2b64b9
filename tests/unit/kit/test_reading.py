"""Workbooks and text of every kind come in as sheets of cells."""

import csv
import io
import json
from datetime import date, datetime

import pytest

from osnowa.kit.reading import cell_name, column_letters, letters, read_paste
from tests import workbooks

ROWS = [["Nazwa", "Rok", "Kwota"], ["Spółdzielnia „Żółw”", 2016, 12.5], [None, None, None], ["Ala\nma kota", 1863, -3]]
WORDS = {
    "pl": ("Spółdzielnia Socjalna „Źródło”", "Stowarzyszenie Gęś i Żółw", "Łódź, ul. Śląska 5"),
    "sl": ("Društvo za čisto okolje", "Zavod Žarek, Škofja Loka", "Šmarje pri Jelšah, Cesta železničarjev 3"),
    "cs": ("Družstvo Příští štěstí", "Výrobní družstvo invalidů Plzeň", "Ústí nad Labem, Žižkova třída"),
    "hr": ("Udruga Đačka kuća", "Zadruga Čćžš Šibenik", "Županja, Kralja Tomislava"),
    "hu": ("Erdőgazdálkodási szövetkezet", "Győri Kézműves Műhely", "Székesfehérvár, Petőfi u."),
    "ro": ("Asociaţia Împreună", "Cooperativa meşteşugărească", "Bucureşti, Şoseaua Ştefan cel Mare"),
    "de": ("Förderverein für Körperbehinderte", "Bäckerei Müller Straße", "Größere Höfe, Köln"),
    "fr": ("Régie de quartier d’Angoulême", "Coopérative du Périgord Noir", "Forêt, pêche et théâtre à Sète"),
    "es": ("Asociación de Mujeres Niño", "Señalización y Jardinería", "Avda. Martínez Garrido, Logroño"),
    "pt": ("Associação de Produção Agrícola", "Cooperativa Educação", "Évora, São João"),
    "it": ("Cooperativa sociale La Società", "Città e Comunità", "Forlì, via della Libertà"),
    "el": ("Κοινωνική Συνεταιριστική Επιχείρηση", "Γυναικείος Συνεταιρισμός", "Θεσσαλονίκη, Οδός Εγνατία"),
    "bg": ("Сдружение за социални услуги", "Кооперация Труд", "София, бул. Васил Левски"),
    "lt": ("Žemės ūkio kooperatyvas", "Socialinė įmonė Šviesa", "Šiauliai, Vytauto gatvė"),
}
WRITTEN_IN = {
    "cp1250": ("pl", "sl", "cs", "hr", "hu", "ro", "de"), "iso-8859-2": ("pl", "sl", "cs", "hr", "hu", "ro", "de"), "cp852": ("pl", "sl", "cs", "hr", "hu"),
    "cp1252": ("de", "fr", "es", "pt", "it"), "iso-8859-1": ("fr", "de", "es", "pt", "it"), "iso-8859-15": ("fr", "de", "es", "pt", "it"),
    "cp1253": ("el",), "iso-8859-7": ("el",), "cp1251": ("bg",), "cp1257": ("lt",),
    "utf-8": tuple(WORDS), "utf-8-sig": tuple(WORDS), "utf-16-le": tuple(WORDS), "utf-16-be": tuple(WORDS), "utf-16": tuple(WORDS),
}  # fmt: skip


def test_cells_are_named_as_in_a_spreadsheet():
    assert [column_letters(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
    assert cell_name(17, 3) == "D17"


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls", "xlsb"])
@pytest.mark.parametrize("name", ["lista.csv", "lista.xls", ""])
def test_a_workbook_is_known_by_its_content_whatever_its_name(read, kind, name):
    book = read(getattr(workbooks, kind)(ROWS), name)
    assert (book.kind, [(sheet.name, sheet.first_line) for sheet in book.sheets]) == (kind, [("Lista", 1)])
    assert book.sheets[0].rows == ROWS
    assert book.notices == []


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_dates_numbers_and_truths_keep_their_types(read, kind):
    cells = [date(2020, 2, 29), date(1999, 12, 31), 5.0, 0.1, True, "007", 12345678901234]
    row = read(getattr(workbooks, kind)([cells, ["x"]])).sheets[0].rows[0]
    assert row == [date(2020, 2, 29), date(1999, 12, 31), 5, 0.1, True, "007", 12345678901234]
    assert [type(cell) for cell in row] == [date, date, int, float, bool, str, int]


def test_a_moment_keeps_its_time_and_midnight_is_a_date(read):
    row = read(workbooks.xlsx([[datetime(2020, 2, 29, 13, 20, 5), datetime(2020, 2, 29)]])).sheets[0].rows[0]
    assert row == [datetime(2020, 2, 29, 13, 20, 5), date(2020, 2, 29)]
    assert type(row[1]) is date


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xls", "xlsb"])
def test_line_numbers_stay_true_and_blank_edges_go(read, kind):
    rows = [[None, None], ["  ", ""], [None, "a", None], [None, None, None], [None, "b", "\xa0"], ["", " "], [None]]
    sheet = read(getattr(workbooks, kind)(rows)).sheets[0]
    assert (sheet.first_line, sheet.rows) == (3, [[None, "a"], [None, None], [None, "b"]])


def test_hidden_and_empty_sheets_are_left_out(read):
    assert [sheet.name for sheet in read(workbooks.xlsx([["a"]], hidden=[["secret"]])).sheets] == ["Lista"]


def test_what_failed_in_a_spreadsheet_is_empty_and_told(read):
    formulas = {"B2": ("=NA()", "#N/A"), "B3": ("=1+1", 2), "B4": ("=A1", "")}
    book = read(workbooks.xlsx([["a"], ["b"], ["#REF!"]], formulas=formulas))
    assert book.sheets[0].rows == [["a", None], ["b", None], [None, 2]]
    assert str(book.notices[0])[-51:] == "were read as empty: 2 (the first is B2 of “Lista”)."
    assert "without its value" in str(book.notices[1])
    assert "B4" in str(book.notices[1])


def test_a_formula_without_its_value_is_told_in_ods(read):
    extra = f"<table:table-row>{workbooks.ods_cell(None, 'of:=[.A1]*2')}{workbooks.ods_cell(4, 'of:=2*2')}</table:table-row>"
    book = read(workbooks.ods([["a", "b"]], after=extra))
    assert book.sheets[0].rows == [["a", "b"], [None, 4]]
    assert [str(notice)[:61] for notice in book.notices] == ["Cells that hold a formula without its value were read as they"]


def test_a_million_blank_rows_cost_nothing(read):
    far = '<table:table-row table:number-rows-repeated="300000"><table:table-cell table:number-columns-repeated="1000"/></table:table-row>'
    row = f"<table:table-row>{workbooks.ods_cell('z')}</table:table-row>"
    sheet = read(workbooks.ods([["a"]], after=far + row)).sheets[0]
    assert (len(sheet.rows), sheet.rows[0], sheet.rows[-1]) == (300_002, ["a"], ["z"])


def test_a_used_range_that_is_mostly_format_costs_nothing(read):
    raw = workbooks.xlsx([["a", "b"], ["c", 1]])
    parts = workbooks.unpacked(raw)
    sheet = parts["xl/worksheets/sheet1.xml"].decode().replace("A1:B2", "A1:XFD1048576")
    rows = "".join(f'<row r="{line}"><c r="XFD{line}" s="0"/></row>' for line in (3, 1048576))
    parts["xl/worksheets/sheet1.xml"] = sheet.replace("</sheetData>", rows + "</sheetData>").encode()
    assert "XFD1048576" in sheet
    assert read(workbooks.packed(parts)).sheets[0].rows == [["a", "b"], ["c", 1]]


def test_mixed_line_ends_end_lines_alike(read):
    assert read(b"a;b\r\nc;d\ne;f\rg;h\r\r\ni;j").sheets[0].rows == [["a", "b"], ["c", "d"], ["e", "f"], ["g", "h"], ["i", "j"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\r\r\n"])
def test_delimiters_quotes_and_line_ends_are_found(read, delimiter, end):
    rows = [["Nazwa", "Opis", "Kwota"], ["Ala, Ola; Ela", 'mówi "tak"', "1,5"], ["dwa\nwiersze", "a|b\tc", "2,5"], ["", "", "x"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=csv.QUOTE_ALL if end == "\r" else csv.QUOTE_MINIMAL).writerows(rows)
    book = read(out.getvalue().encode())
    assert (book.kind, book.delimiter, book.encoding) == ("csv", delimiter, "utf-8")
    assert book.sheets[0].rows == [[cell or None for cell in row] for row in rows]
    assert book.sheets[0].name == "lista"
    assert book.notices == []


def written(encoding: str, language: str) -> tuple[str, bytes]:
    """The words of a language as one line of a CSV; without quotation marks where the encoding has none."""
    line = ";".join(WORDS[language]) + "\r\n"
    try:
        return line, line.encode(encoding)
    except UnicodeEncodeError:
        line = line.replace("„", "").replace("”", "").replace("’", "'")
        return line, line.encode(encoding)


@pytest.mark.parametrize(("encoding", "language"), [(encoding, language) for encoding, all_ in WRITTEN_IN.items() for language in all_])
def test_letters_of_every_language_are_known_in_the_encodings_of_their_offices(encoding, language):
    line, raw = written(encoding, language)
    found, mark = letters.encoding_of(raw)
    assert raw[mark:].decode(found) == line


@pytest.mark.parametrize("encoding", WRITTEN_IN)
def test_a_file_in_any_encoding_is_read(read, encoding):
    line, raw = written(encoding, WRITTEN_IN[encoding][0])
    assert read(raw).sheets[0].rows == [line.strip().split(";")]


def test_a_few_broken_letters_do_not_change_the_encoding(read):
    raw = ("nazwa;miasto\n" + "Spółdzielnia;Łódź\n" * 50).encode() + b"Gda\xf1sk;x\n"
    book = read(raw)
    assert (book.encoding, book.sheets[0].rows[1], book.sheets[0].rows[-1]) == ("utf-8", ["Spółdzielnia", "Łódź"], ["Gda\ufffdsk", "x"])
    assert "UTF-8" in str(book.notices[0])


def test_a_separator_that_is_said_is_believed(read):
    book = read(b"sep=|\r\na,b|c,d\r\ne,f|g,h\r\n")
    assert (book.delimiter, book.sheets[0].rows, book.sheets[0].first_line) == ("|", [["a,b", "c,d"], ["e,f", "g,h"]], 1)


def test_loose_quotation_marks_are_text(read):
    book = read(b'nazwa;miasto\n"Aga" Fundacja;Gdynia\nFundacja "Ola";Sopot\n"Ela;Hel\n"Iza; Ewa";Reda\n')
    assert [row[0] for row in book.sheets[0].rows] == ["nazwa", '"Aga" Fundacja', 'Fundacja "Ola"', '"Ela', "Iza; Ewa"]


def test_ragged_rows_are_padded_and_counted(read):
    book = read(b"a;b;c\n1;2;3\n4;5\n6;7;8\n9;10;11;12\n")
    assert book.sheets[0].rows[2:] == [["4", "5", None, None], ["6", "7", "8", None], ["9", "10", "11", "12"]]
    assert "others: 2 (the first is row 3 of “lista”)" in str(book.notices[0])


def test_nul_characters_and_text_formulas_are_unpacked(read):
    assert read(b'nr;nazwa\n="00123";A\0la\n="";Ola\n').sheets[0].rows == [["nr", "nazwa"], ["00123", "Ala"], [None, "Ola"]]


@pytest.mark.parametrize(
    ("text", "decimal"),
    [("a;b\n1,5;88.10\n2,25;01.11\n", ","), ("a;b\n1.5;x\n2.25;y\n", "."), ("a;b\n1;2\n3;4\n", ""), ("a;b\n1.234,56;x\n", ","), ("a;b\n1,234;x\n", "")],
)
def test_the_decimal_mark_is_noticed(read, text, decimal):
    assert read(text.encode()).decimal == decimal


def test_one_column_is_a_table_too(read):
    book = read("Nazwa\nSpółdzielnia Ala\nFundacja Ola\n".encode())
    assert (book.delimiter, book.sheets[0].rows) == ("", [["Nazwa"], ["Spółdzielnia Ala"], ["Fundacja Ola"]])


def test_titles_above_a_table_do_not_hide_its_delimiter(read):
    book = read(b"Lista jednostek, stan na 2026, wersja 2\n\nnazwa;miasto;kod\nA;Gdynia;81-001\nB;Sopot;81-701\nC;Hel;84-150\n")
    assert (book.delimiter, book.sheets[0].rows[2]) == (";", ["nazwa", "miasto", "kod"])
    assert book.notices == []


def test_geojson_is_flattened_with_where_things_are(read):
    features = [
        {"type": "Feature", "id": 7, "properties": {"name": "Ala", "tags": ["a", "b"], "more": {"x": 1}}, "geometry": {"type": "Point", "coordinates": [18.5, 54.5, 3]}},
        {"type": "Feature", "properties": {"name": "Ola", "lat": "own"}, "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 4], [0, 0]]]}},
        {"type": "Feature", "properties": None, "geometry": None},
    ]  # fmt: skip
    book = read(json.dumps({"type": "FeatureCollection", "name": "Miejsca", "features": features}).encode())
    assert (book.kind, book.sheets[0].name) == ("geojson", "Miejsca")
    assert book.sheets[0].rows == [
        ["name", "tags", "more", "id", "lat", "lon", "geometry lat"],
        ["Ala", "a; b", '{"x": 1}', 7, 54.5, 18.5, None],
        ["Ola", None, None, None, "own", 1, 2],
    ]


def test_a_list_of_json_objects_is_a_table(read):
    book = read(json.dumps({"count": 2, "results": [{"name": "Ala", "year": 1}, {"name": "Ola"}]}).encode())
    assert (book.kind, book.sheets[0].rows) == ("json", [["name", "year"], ["Ala", 1], ["Ola", None]])


def test_the_likeliest_sheet_is_the_one_with_the_table(read):
    book = read(b"<h1>x</h1><table><tr><td>Menu</td><td>a</td></tr></table><table>" + b"<tr><td>n</td><td>m</td><td>k</td></tr>" * 5 + b"</table>")
    assert ([len(sheet.rows) for sheet in book.sheets], book.likeliest) == ([1, 5], 1)


class TestPaste:
    """What was copied from a spreadsheet."""

    def test_cells_between_tabs_with_lines_in_quotes(self):
        book = read_paste('Nazwa\tOpis\r\nAla\t"dwa\nwiersze ""tak"""\r\n"Ola"\tFundacja "Ela"\r\n\tx\r\n')
        assert (book.kind, book.delimiter) == ("paste", "\t")
        assert book.sheets[0].rows == [["Nazwa", "Opis"], ["Ala", 'dwa\nwiersze "tak"'], ['"Ola"', 'Fundacja "Ela"'], [None, "x"]]

    def test_texts_with_commas_stay_whole(self):
        assert read_paste("Nazwa\tAdres\nAla, Ola\tGdynia, Morska 1\n").sheets[0].rows[1] == ["Ala, Ola", "Gdynia, Morska 1"]

    def test_quotes_around_every_cell_are_packing(self):
        assert read_paste('"a"\t"b"\n"c"\t"d"\n').sheets[0].rows == [["a", "b"], ["c", "d"]]

    def test_csv_and_html_are_read_as_well(self):
        assert read_paste("a;b\n1;2\n").sheets[0].rows == [["a", "b"], ["1", "2"]]
        book = read_paste("<table><tr><td>a<td>b<tr><td>1<td>2</table>")
        assert (book.kind, book.sheets[0].rows) == ("paste", [["a", "b"], ["1", "2"]])

    def test_one_column_stays_one(self):
        assert read_paste("Ala\nOla, Ela\nIza\n").sheets[0].rows == [["Ala"], ["Ola, Ela"], ["Iza"]]
