"""V3: counts of people at risk between 1 and 4 are never shown to those who may not edit."""

from datetime import date

import pytest

from osnowa.register.models import SENSITIVE_COUNTS, YearlyFigures
from osnowa.register.queries.figures import shown_figures


def rows(name, *counts):
    return [YearlyFigures(year=2020 + n, as_of_on=date(2020 + n, 12, 31), **{name: count}) for n, count in enumerate(counts)]


def texts(name, *counts, may_edit=False):
    return [shown.cells[name].text for shown in shown_figures(rows(name, *counts), may_edit)]


@pytest.mark.parametrize("name", SENSITIVE_COUNTS)
def test_v3_counts_of_1_to_4_are_fewer_than_5(name):
    assert texts(name, 1, 4, 5, 0, None) == ["fewer than 5", "fewer than 5", "5", "0", "–"]


def test_v3_a_single_small_count_takes_the_next_smallest_with_it():
    assert texts("participants", 3, 20, 12) == ["fewer than 5", "20", "not shown"]


def test_v3_noughts_do_not_protect_a_single_small_count():
    assert texts("participants", 3, 0, 12) == ["fewer than 5", "0", "not shown"]
    assert texts("participants", 3, 0) == ["fewer than 5", "not shown"]


def test_v3_the_hidden_number_is_nowhere_in_what_is_shown():
    shown = shown_figures(rows("employees_at_risk", 3), may_edit=False)
    assert shown.rows[0].cells["employees_at_risk"].value is None
    assert "3" not in [cell.text for _heading, lines in shown.groups for line in lines for cell in line.cells]
    assert shown.hides_something


def test_who_edits_reads_every_number():
    assert texts("employees_disability", 1, 4, 20, may_edit=True) == ["1", "4", "20"]


def test_other_counts_are_not_hidden():
    assert texts("employees", 1, 2) == ["1", "2"]
