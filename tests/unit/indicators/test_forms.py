from datetime import date

import pytest

from osnowa.indicators.forms import DaysForm, a_year_before


def test_a_year_before_the_29th_of_february_is_the_28th() -> None:
    assert a_year_before(date(2024, 2, 29)) == date(2023, 2, 28)


def test_without_an_earlier_day_a_year_before_is_meant() -> None:
    form = DaysForm({"on": "2024-06-30"})
    assert form.is_valid()
    assert form.cleaned_data["against"] == date(2023, 6, 30)


@pytest.mark.parametrize(("words", "field", "code"), [
    ({"on": "2026-11-21"}, "on", "future"),
    ({"on": "30.06.2024"}, "on", "invalid"),
    ({"on": "0001-01-01"}, "on", "early"),
    ({"on": "2024-06-30", "against": "2024-06-30"}, "against", "order"),
    ({"on": "2024-06-30", "against": "x"}, "against", "invalid"),
    ({"on": "2024-06-30", "against": "1000-01-01"}, "against", "early"),
])  # fmt: skip
def test_days_that_make_no_table_are_refused(words: dict[str, str], field: str, code: str) -> None:
    form = DaysForm(words)
    assert form.has_error(field, code)
