"""Days in any usual order and spelling."""

from datetime import date, datetime

import pytest

from osnowa.imports.values.dates import Order, order_of, read_day

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2016-03-31", "2016-03-31"), ("2016-03-31 00:00:00", "2016-03-31"), ("2016-03-31T12:30:00Z", "2016-03-31"), ("31.3.2016 r.", "2016-03-31"), ("31.03.2016", "2016-03-31"),
        ("31/3/2016", "2016-03-31"), ("31-03-2016", "2016-03-31"), ("31. 3. 2016", "2016-03-31"), ("2016.03.31.", "2016-03-31"), ("2016/3/31", "2016-03-31"),
        ("11/8/1863", "1863-08-11"), ("13.1.2015 12:30", "2015-01-13"),
        ("12 marca 2015", "2015-03-12"), ("12 marca 2015 r.", "2015-03-12"), ("12 października 2015 roku", "2015-10-12"), ("12 listopada 2015", "2015-11-12"), ("15 III 2016", "2016-03-15"),
        ("12. marec 2015", "2015-03-12"), ("12. avgusta 2015", "2015-08-12"), ("March 12, 2015", "2015-03-12"), ("12th March 2015", "2015-03-12"), ("12-Mar-2015", "2015-03-12"),
        ("12. März 2015", "2015-03-12"), ("1er janvier 2015", "2015-01-01"), ("12 août 2015", "2015-08-12"), ("12 marzo 2015", "2015-03-12"), ("12 de marzo de 2015", "2015-03-12"),
        ("2 de xaneiro de 2015", "2015-01-02"), ("12 d'abril de 2015", "2015-04-12"), ("2015. március 12.", "2015-03-12"), ("12. toukokuuta 2015", "2015-05-12"), ("12 maart 2015", "2015-03-12"),
        (date(2016, 3, 31), "2016-03-31"), (datetime(2016, 3, 31, 10, 5), "2016-03-31"), (42460, "2016-03-31"), (42460.5, "2016-03-31"),
    ],
)  # fmt: skip
def test_days_are_read_as_they_are_usually_written(written, day):
    found = read_day(written)
    assert (found.value, found.said) == (day, None)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("03/06/19", "2019-06-03"), ("12-Mar-98", "1998-03-12"), ("42460", "2016-03-31"), ("20160331", "2016-03-31"), ("31032016", "2016-03-31"), ("12/25/2015", "2015-12-25"),
        ("1863", "1863-01-01"), (1863, "1863-01-01"), ("2015 r.", "2015-01-01"), ("03.2015", "2015-03-01"), ("marzec 2015", "2015-03-01"), ("2015-03", "2015-03-01"),
    ],
)  # fmt: skip
def test_what_had_to_be_understood_is_told(written, day):
    found = read_day(written)
    assert found.value == day
    assert found.said is not None
    assert not found.grave
    assert day in str(found.said)


@pytest.mark.parametrize(
    "written",
    [
        "31/2/2015",
        "2015-13-01",
        "0.5.2015",
        "abc",
        "12",
        "12.3",
        "rok założenia",
        "1.1.201",
        "99999999",
        "12 foo 2015",
        "12 marca",
        True,
        123456789012,
    ],
)
def test_what_is_no_day_stops_and_says_how_to_write_it(written):
    found = read_day(written)
    assert (found.value, found.grave) == (None, True)
    assert found.said is not None


@pytest.mark.parametrize("written", ["", "-", "b.d.", "n/d", "brak", "brak danych", "0000-00-00", "00.00.0000", 0, None])
def test_nothing_known_is_nothing_wrong(written):
    assert read_day(written) == (None, None, False)


def test_a_day_to_come_stops():
    assert read_day("2026-11-20", today=TODAY).value == "2026-11-20"
    found = read_day("2026-11-21", today=TODAY)
    assert (found.value, found.grave) == (None, True)
    assert "future" in str(found.said)


def test_the_nought_of_a_spreadsheet_is_no_day():
    found = read_day(datetime(1899, 12, 30))
    assert (found.value, found.grave) == (None, False)


def test_a_year_before_the_oldest_company_stops():
    assert read_day("0201-05-05").grave


def test_the_order_of_a_column_is_told_by_its_cells():
    assert order_of(["1/2/2015", "25/2/2015"]) == Order(day_first=True)
    assert order_of(["1/2/2015", "2/25/2015"]) == Order(day_first=False)
    assert order_of(["1/2/2015", "3/4/2016"]) == Order(day_first=True)
    assert order_of(["2015-02-25", "text", None, 5]) == Order(day_first=True)
    assert order_of(["25/2/2015", "2/25/2015", "3/25/2016"]) == Order(day_first=False, is_mixed=True)


def test_a_month_first_column_is_read_so():
    order = order_of(["1/2/2015", "12/25/2015"])
    assert read_day("1/2/2015", order).value == "2015-01-02"
    assert read_day("1/2/2015", order).said is None


def test_a_doubtful_day_in_a_column_of_both_orders_is_told():
    order = order_of(["25/2/2015", "2/25/2015"])
    assert read_day("1/2/2015", order).said is not None
    assert read_day("2/2/2015", order).said is None
    assert read_day("25/2/2015", order).said is None


def test_the_month_listopad_is_another_one_in_croatia():
    assert read_day("5. listopada 2015", country="HR").value == "2015-10-05"
    assert read_day("5 listopada 2015", country="PL").value == "2015-11-05"


def test_two_digits_of_a_year_never_lie_in_the_future():
    assert read_day("01.01.26").value == "2026-01-01"
    assert read_day("01.01.27").value == "1927-01-01"
