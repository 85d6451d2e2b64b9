"""Numbers as people write them."""

import pytest

from osnowa.imports.values.numbers import Style, read_amount, read_year, read_yes_no, style_of, year_in

COMMA, POINT = Style(","), Style(".")


@pytest.mark.parametrize(
    ("written", "kind", "value"),
    [
        ("1 234,50", "money", 1235), ("1.234,50", "money", 1235), ("£1,234.50", "money", 1235), ("1 250 000 zł", "money", 1_250_000), ("1'250'000", "money", 1_250_000),
        ("1\u00a0250\u202f000,00 PLN", "money", 1_250_000), ("€ 12.500,-", "money", 12_500), ("1.234.567", "count", 1_234_567), ("1,234", "count", 1234), ("1.234", "count", 1234),
        ("(1 200)", "balance", -1200), ("-1200", "balance", -1200), ("−1 200,40", "balance", -1200), ("1200-", "balance", -1200), ("12,5", "decimal", 12.5), ("12.50", "decimal", 12.5),
        ("45%", "percent", 45), ("45,0 %", "percent", 45), (12, "count", 12), (12.0, "count", 12), (1234.5, "money", 1235), ("0", "count", 0), ("+5", "count", 5),
    ],
)  # fmt: skip
def test_numbers_are_read_as_they_are_usually_written(written, kind, value):
    found = read_amount(written, COMMA, kind)
    assert (found.value, found.said) == (value, None)


@pytest.mark.parametrize("written", ["", "-", "b.d.", "n/d", "brak", "NA", None, float("nan")])
def test_nothing_known_is_nothing_wrong(written):
    assert read_amount(written, COMMA, "count") == (None, None, False)


@pytest.mark.parametrize(
    ("written", "kind", "reason"),
    [
        ("dwanaście", "count", "not a number"), ("ok. 20", "count", "not a number"), ("12-15", "count", "not a number"), ("<5", "count", "not a number"), ("1.2.3", "money", "not a number"),
        ("1,23,456", "money", "not a number"), ("12,5", "count", "not a whole number"), ("-5", "count", "below nought"), ("-5", "money", "below nought"), ("120%", "percent", "more than 100%"),
        ("9" * 20, "money", "too large"), (True, "count", "not a number"),
    ],
)  # fmt: skip
def test_what_cannot_be_counted_stops_and_says_why(written, kind, reason):
    found = read_amount(written, COMMA, kind)
    assert (found.value, found.grave) == (None, True)
    assert reason in str(found.said)


def test_the_decimal_sign_of_a_column_is_told_by_its_cells():
    assert style_of(["1,234", "12,5"], country="GB").decimal == ","
    assert style_of(["1,234", "12.5"], country="PL").decimal == "."
    assert style_of(["1,234"], country="GB").decimal == "."
    assert style_of(["1,234"], country="PL").decimal == ","
    assert style_of(["1.234.567", "100"], country="GB").decimal == ","


def test_what_could_be_both_is_read_as_the_column_writes():
    assert read_amount("1,234", COMMA, "decimal").value == 1.23
    assert read_amount("1,234", POINT, "decimal").value == 1234
    assert read_amount("0,234", POINT, "decimal").value == 0.23


def test_a_heading_in_thousands_multiplies():
    assert style_of([], "Przychody (tys. zł)").scale == 1000
    assert style_of([], "Revenue in thousands").scale == 1000
    assert style_of([], "Umsatz in Mio.").scale == 1_000_000
    assert style_of([], "Przychody (mln zł)").scale == 1_000_000
    assert style_of([], "Przychody 2016").scale == 1
    assert read_amount("12,5", Style(",", 1000), "money").value == 12_500


def test_shares_of_one_are_percents_where_the_whole_column_has_them():
    assert read_amount(0.45, style_of([0.45, 1.0, 0.2]), "percent").value == 45
    assert read_amount(45.0, style_of([45.0, 1.0]), "percent").value == 45


def test_a_number_which_a_spreadsheet_has_shortened_is_told():
    found = read_amount("4,12E+10", COMMA, "money")
    assert found.value == 41_200_000_000
    assert "shortened" in str(found.said)


@pytest.mark.parametrize(
    ("written", "year"),
    [
        ("2016", 2016),
        (2016, 2016),
        (2016.0, 2016),
        ("2016/17", 2017),
        ("2016/2017", 2017),
        ("rok 2016", 2016),
        ("2016 r.", 2016),
        ("FY 2016", 2016),
        ("", None),
    ],
)
def test_years_are_read_with_what_stands_around_them(written, year):
    assert read_year(written, 2026) == (year, None, False)


@pytest.mark.parametrize("written", ["16", "2027", "two", "20166"])
def test_what_is_no_year_that_has_been_stops(written):
    assert read_year(written, 2026).grave


def test_yes_and_no_are_known_in_the_languages_of_the_house():
    assert [read_yes_no(word).value for word in ("tak", "Da", "YES", "1", True, "x", "sí")] == [True] * 7
    assert [read_yes_no(word).value for word in ("nie", "ne", "No", 0, False)] == [False] * 5
    assert read_yes_no("").value is None
    assert read_yes_no("może").grave


def test_a_heading_names_one_year_or_none():
    assert (
        year_in("Przychody 2023"),
        year_in("Zatrudnienie (stan na 31.12.2024)"),
        year_in("2023–2024"),
        year_in("Przychody"),
    ) == ("2023", "2024", "", "")
