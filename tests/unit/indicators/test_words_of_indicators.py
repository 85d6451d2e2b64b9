"""Numbers, strips and small lines as templates write them."""

import pytest

from osnowa.compute.standing import Point, standings
from osnowa.indicators.templatetags.indicators import amount, as_period, difference, score, sparkline, strip


@pytest.mark.parametrize(("value", "said"), [
    (5.4, "5.4"), (32567.4, "32,567"), (213.0, "213"), (0.0123456, "0.0123"), (0.2, "0.2"), (-0.714, "−0.714"), (0, "0"), (None, "no data"), (9.999, "10"),
])  # fmt: skip
def test_about_three_digits_are_shown(value, said):
    assert amount(value) == said


def test_gaps_and_scores_have_a_sign():
    assert (difference(0.004), difference(-3.0), difference(None), score(1.234), score(None)) == ("+0.004", "−3", "–", "+1.23", "–")


def test_better_lies_to_the_right_whatever_is_better():
    found = standings({"A": 1.0, "B": 2.0, "C": 3.0}, "lower")["A"]
    good = strip(found, "lower", found.mean, [3.0])
    assert 'class="strip good"' in good
    assert 'aria-label="1 of 3, −1.22 standard deviations from the mean"' in good
    assert 'cx="109.8"' in good
    assert 'x1="50.2"' in good
    assert 'class="strip bad"' in strip(found, "higher", found.mean)
    assert 'class="strip plain"' in strip(found, "neutral", found.mean)


def test_a_place_alone_has_words_and_no_strip():
    found = standings({"A": 1.0}, "higher")["A"]
    assert "no other place" in strip(found, "higher", found.mean)


def test_a_small_line_is_cut_at_a_break():
    line = sparkline([Point("2020", 1), Point("2021", 2), Point("2022", 5, True), Point("2023", 6)])
    assert line.count("M") == 2
    assert "from 1 in 2020 to 6 in 2023" in line
    assert sparkline([Point("2020", 1)]) == ""


def test_a_span_of_years_is_written_with_a_dash():
    assert as_period("2014_2024") == "2014–2024"
