"""Law of reading lists: no cell whatsoever breaks it, and what comes out can be kept as JSON."""

import json
from datetime import date, datetime

from hypothesis import example, given, settings
from hypothesis import strategies as some

from osnowa.imports.columns import Header, find_header, suggest
from osnowa.imports.fields import FIELDS
from osnowa.imports.values import check_rows
from osnowa.kit.reading import Sheet

#: Pieces of which people and programs make cells; hypothesis puts them together with anything else.
PIECES = (
    "1234563218", "80-001", "Gdańsk", "31.12.2015", "12 marca 2015", "²", "１２", "Ⅻ", "4.12E+10", "-", "(", "€", "%", "1,2", "@", "a@b.pl", "www.", "//", "UKSIC07-", "88.10.Z", "\x00", "\ud800",
    "\ufffd", "&#99999999;", "&amp", "Ã", "NIP:", "54°21'", "\n", "Razem", "A.", "PL", "#REF!", "sp. z o.o.", "Ελλάδα", "１", "½", " ",
)  # fmt: skip
texts = some.lists(some.sampled_from(PIECES) | some.text(max_size=3), max_size=5).map("".join)
numbers = some.integers() | some.floats() | some.booleans() | some.sampled_from([1863, 42460, 5921449000.0])
days = some.dates() | some.datetimes() | some.sampled_from([date(1, 1, 1), date(9999, 12, 31), datetime(1899, 12, 30)])
cells = some.none() | texts | numbers | days
tables = some.integers(1, 6).flatmap(
    lambda width: some.tuples(
        some.lists(some.sampled_from(sorted(FIELDS)), min_size=width, max_size=width),
        some.lists(some.lists(cells, min_size=width, max_size=width), max_size=4),
    )
)
countries = some.sampled_from(["PL", "SI", "GB", "ES", "FR", "IT", "IE", "", "ZZ"])


@settings(max_examples=150, deadline=None)
@given(tables, countries, some.booleans())
@example((["founded_on"], [[float("nan")], [float("inf")], ["²³"], ["0²"]]), "PL", False)
@example((["number:PL-NIP", "postal_code"], [["１２３", "０１０００"], ["٣" * 10, "½"]]), "GB", False)
def test_any_cell_in_any_column_is_read_or_told(table, country, lenient):
    fields, rows = table
    sheet = Sheet("list", [list(fields), *rows])
    read = list(check_rows(sheet, Header(0, list(fields)), dict(enumerate(fields)), country=country, lenient=lenient))
    assert [row.number for row in read] == list(range(1, len(rows) + 1))
    for row in read:
        assert len(row.raw) == len(fields)
        json.dumps(row.values, allow_nan=False)
        assert all(str(problem.said) for problem in row.problems)
        if lenient:
            assert not [problem for problem in row.problems if problem.grave and "name is missing" not in problem.said.source]


@settings(max_examples=60, deadline=None)
@given(some.lists(some.lists(cells, min_size=3, max_size=3), max_size=8), countries)
def test_any_table_has_a_suggestion_for_each_column_and_no_field_twice(rows, country):
    header = find_header(rows)
    suggestions = suggest(rows, header, None, country)
    assert [one.column for one in suggestions] == list(range(len(header.names)))
    assert all(0 <= one.confidence <= 1 and str(one.why) for one in suggestions)
    single = [one.field for one in suggestions if one.field and not FIELDS[one.field].repeats]
    assert len(single) == len(set(single))
