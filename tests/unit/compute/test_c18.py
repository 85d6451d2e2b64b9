"""C18: the checker of rule books, with the conditions of the Trento resolution 1949/2020 on districts of the solidarity economy."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from osnowa.compute.conditions import MET, NOT_MET, UNKNOWN, Condition, Malformed, judge, judge_all

ON = date(2026, 11, 20)
DES = (
    Condition("partners", "partners", "at_least", {"least": 3}),
    Condition("enrolled", "enrolled", "at_least", {"least": 1}),
    Condition("legal_forms", "legal_forms", "at_least", {"least": 2}),
    Condition("agreement", "agreement", "years_at_least", {"years": 3}),
    Condition("feasibility", "feasibility", "is_true"),
    Condition("annual_report", "annual_report", "is_true"),
    Condition("contact", "contact", "is_true"),
    Condition("governance", "governance", "is_true"),
)
WHOLE = {
    "partners": 3, "enrolled": 1, "legal_forms": 2, "agreement": (date(2026, 1, 1), date(2028, 12, 31)),
    "feasibility": True, "annual_report": True, "contact": True, "governance": True,
}  # fmt: skip


def states(**changed):
    return {one.condition.code: one.state for one in judge_all(DES, WHOLE | changed, ON)}


def test_c18_three_partners_of_two_forms_for_three_years_meet_every_condition():
    assert set(states().values()) == {MET}


@pytest.mark.parametrize(
    ("fact", "value"),
    [("partners", 2), ("enrolled", 0), ("legal_forms", 1), ("agreement", (date(2026, 1, 1), date(2028, 12, 30))), ("feasibility", False), ("annual_report", False), ("contact", False), ("governance", False)],
)
def test_c18_one_lacking_fact_fails_one_condition_and_no_other(fact, value):
    found = states(**{fact: value})
    assert found.pop(fact) == NOT_MET
    assert set(found.values()) == {MET}


@pytest.mark.parametrize("fact", list(WHOLE))
def test_c18_a_fact_nobody_knows_is_unknown_not_unmet(fact):
    found = states(**{fact: None})
    assert found.pop(fact) == UNKNOWN
    assert set(found.values()) == {MET}


def test_c18_what_is_missing_is_told():
    assert judge(DES[0], {"partners": 1}, ON).missing == 2


@pytest.mark.parametrize(
    ("first", "last", "state"),
    [
        (date(2026, 1, 1), date(2029, 1, 1), MET),
        (date(2026, 1, 1), date(2028, 12, 31), MET),
        (date(2026, 1, 1), date(2028, 12, 30), NOT_MET),
        (date(2024, 2, 29), date(2027, 2, 28), MET),
        (date(2024, 2, 29), date(2027, 2, 27), NOT_MET),
    ],
)
def test_c18_three_years_are_three_calendar_years(first, last, state):
    assert judge(DES[3], {"agreement": (first, last)}, ON).state == state


def test_at_most_is_met_at_the_border():
    condition = Condition("types", "types", "at_most", {"most": 5})
    assert [judge(condition, {"types": count}, ON).state for count in (5, 6)] == [MET, NOT_MET]


REPORT = Condition("report", "report", "on_or_before", {"by": "2026-11-30"})


def test_what_has_not_happened_has_time_until_its_day():
    outcome = judge(REPORT, {"report": False}, ON)
    assert (outcome.state, outcome.has_time, outcome.days_left) == (NOT_MET, True, 10)


def test_what_has_not_happened_by_its_day_is_not_met():
    outcome = judge(REPORT, {"report": False}, date(2026, 12, 1))
    assert (outcome.state, outcome.has_time) == (NOT_MET, False)


def test_what_happened_late_is_not_met_and_in_time_is():
    assert [judge(REPORT, {"report": day}, ON).state for day in (date(2026, 11, 30), date(2026, 12, 1))] == [MET, NOT_MET]


def test_a_condition_that_cannot_be_asked_is_refused():
    with pytest.raises(Malformed, match="no test"):
        Condition("x", "partners", "feels_right")
    with pytest.raises(Malformed, match="needs least"):
        Condition("x", "partners", "at_least")
    with pytest.raises(Malformed, match="no number"):
        judge(DES[0], {"partners": True}, ON)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 20))
def test_law_more_never_undoes_at_least(found, least, more):
    condition = Condition("x", "x", "at_least", {"least": least})
    if judge(condition, {"x": found}, ON).is_met:
        assert judge(condition, {"x": found + more}, ON).is_met


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.integers(0, 3000), st.integers(0, 800), st.integers(1, 8))
def test_law_a_longer_period_never_undoes_years(first, days, more, years):
    condition = Condition("x", "x", "years_at_least", {"years": years})
    shorter, longer = (judge(condition, {"x": (first, first + timedelta(days=count))}, ON).is_met for count in (days, days + more))
    assert longer or not shorter
