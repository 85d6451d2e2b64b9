"""Web pages come in as sheets: their tables, and entries that repeat."""

import pytest

NAMES = ("Spółdzielnia Ala", "Fundacja Ola", "Stowarzyszenie Ela")
TOWNS = ("Gdynia", "Sopot", "Hel")
NUMBERS = ("5842719303", "5842719304", "5842719305")


def page(body: str) -> bytes:
    around = "<nav><ul><li><a>Start</a><li><a>Kontakt</a></ul></nav>{}<footer><h3>Kontakt</h3><p>Tel.: 58 123</p><h3>Mapa</h3></footer>"
    return f"<!doctype html><html><head><meta charset=utf-8><title>Lista</title></head><body>{around.format(body)}</body></html>".encode()


def test_spans_nested_tables_and_unclosed_cells(read):
    body = """<table><caption>Ośrodki</caption><tr><th colspan=2>Nazwa<th>Rok
        <tr><td rowspan=2>Gdynia<td>Ala &amp; Ola<td>1<tr><td>Ela<br>Iza<td>2
        <tr><td>x<td><table><tr><td>w<td>środku</table><td hidden>3</table>"""
    book = read(page(body))
    assert [(sheet.name, sheet.rows) for sheet in book.sheets] == [
        ("Ośrodki", [["Nazwa", None, "Rok"], ["Gdynia", "Ala & Ola", "1"], ["Gdynia", "Ela\nIza", "2"], ["x", None, "3"]]),
        ("Lista", [["w", "środku"]]),
    ]
    assert (book.kind, book.encoding) == ("html", "utf-8")


def test_a_table_is_named_by_the_heading_before_it(read):
    book = read(page("<h2>Powiat A</h2><table><tr><td>a<td>b</table><h2>Powiat B</h2><table><tr><td>c<td>d</table>"))
    assert [sheet.name for sheet in book.sheets] == ["Powiat A", "Powiat B"]


@pytest.mark.parametrize(
    ("said", "real"),
    [("utf-8", "utf-8"), ("iso-8859-1", "utf-8"), ("utf-8", "cp1250"), ("iso-8859-2", "iso-8859-2"), ("windows-1250", "cp1250"), ("iso-8859-1", "cp1250")],
)
def test_the_encoding_a_page_claims_is_believed_unless_it_is_wrong(read, said, real):
    text = "Spółdzielnia Śnieżka w Łąkach, Źródło Świeżości, Gęś i żółw"
    raw = f"<html><head><meta charset={said}></head><table><tr><td>Nazwa<td>{text}</table></html>".encode(real)
    assert read(raw).sheets[0].rows == [["Nazwa", text]]


ENTRIES = {
    "heading and list": "<h3>{name} ({number})</h3><ul><li><b>Miasto:</b> {town}</li><li><b>Tel.</b>: {phone}</li></ul>",
    "paragraph with lines": "<p><em><strong>{name} ({number})</strong><br><strong>Miasto: </strong>{town}<br>Tel.: {phone}</em></p>",
    "card": "<div class=card><div><h4>{name} [{number}]</h4></div><div><p>Miasto: {town}</p><p>Tel.: {phone}</p></div></div>",
    "bold and lines": "<b>{name} ({number})</b><br>Miasto: {town}<br>Tel.: {phone}<br><br>",
    "list of lists": "<li><strong>{name} ({number})</strong><ul><li>Miasto: {town}</li><li>Tel.: {phone}</li></ul></li>",
    "definitions": "<h5>{name} ({number})</h5><dl><dt>Miasto</dt><dd>{town}</dd><dt>Tel.</dt><dd>{phone}</dd></dl>",
    "drawers": "<details><summary>{name} ({number})</summary><p>Miasto: {town}</p><p>Tel.: {phone}</p></details>",
    "label above its value": "<h3>{name} ({number})</h3><p><strong>Miasto:</strong></p><p>{town}</p><p><strong>Tel.:</strong><br>{phone}</p>",
    "labels without colons": "<h3>{name} ({number})</h3><p><b>Miasto</b> {town}</p><p><b>Tel.</b> {phone}</p>",
}


@pytest.mark.parametrize("shape", ENTRIES, ids=str)
def test_entries_that_repeat_become_rows(read, shape):
    phones = [f"58 {number} 00" for number in range(3)]
    made = "".join(
        ENTRIES[shape].format(name=name, number=number, town=town, phone=phone)
        for name, number, town, phone in zip(NAMES, NUMBERS, TOWNS, phones, strict=True)
    )
    sheet = read(page(f"<main><h1>Wykaz</h1><div>{made}</div><p>Stan na: 2026-01-01</p></main>")).sheets[0]
    rows = [list(row) for row in zip(NAMES, NUMBERS, TOWNS, phones, strict=True)]
    assert (sheet.name, sheet.rows) == ("Wykaz", [["name", "number", "Miasto", "Tel."], *rows])


def test_lines_without_a_label_and_lists_within(read):
    made = "".join(
        f"<h3>{name}</h3><p>ul. Morska {number}</p><ul><li>Miasto: {town}</li><li><b>Założyciele</b><ul><li>Nazwa: A{number}</li>"
        f"<li>NIP: 1{number}</li><li>Nazwa: B{number}</li><li>NIP: 2{number}</li></ul></li><li>Działy:<ul><li>x</li><li>y</li></ul></li></ul>"
        for number, (name, town) in enumerate(zip(NAMES, TOWNS, strict=True))
    )
    sheet = read(page(made)).sheets[0]
    assert sheet.rows[0] == ["name", "line 1", "Miasto", "Założyciele › Nazwa", "Założyciele › NIP", "Działy"]
    assert sheet.rows[2] == ["Fundacja Ola", "ul. Morska 1", "Sopot", "A1; B1", "11; 21", "x; y"]
    assert len(sheet.rows) == 4


def test_entries_of_several_sections_are_one_list(read):
    made = "".join(f"<section><h2>Powiat {town}</h2><div><h3>{name}</h3><p>Miasto: {town}</p><p>Tel.: 1</p></div></section>"
                   for name, town in zip(NAMES, TOWNS, strict=True))  # fmt: skip
    assert read(page(made)).sheets[0].rows[1:] == [[name, town, "1"] for name, town in zip(NAMES, TOWNS, strict=True)]


def test_entries_that_begin_with_a_label_need_no_heading(read):
    made = "".join(f"<p>Nazwa: {name}</p><p>Miasto: {town}</p>" for name, town in zip(NAMES, TOWNS, strict=True))
    assert read(page(made)).sheets[0].rows == [["Nazwa", "Miasto"], *map(list, zip(NAMES, TOWNS, strict=True))]


def test_an_article_is_not_a_table(refusal):
    made = "".join(f"<h3>{name}</h3><p>O tym, jak było w {town}, a było dobrze.</p>" for name, town in zip(NAMES, TOWNS, strict=True))
    assert refusal(page(made)).startswith("On this page there is neither a table nor a list of entries")
