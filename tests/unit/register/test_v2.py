"""V2: revenue parts sum to the total; parts within the headcount; full-time equivalents within it unless explained."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from osnowa.register.forms.figures import FiguresForm
from osnowa.register.models import HEADCOUNT_PARTS, YearlyFigures
from osnowa.register.queries.figures import contradictions


def form_of(world, **values):
    sent = {"as_of_on": "2024-12-31", "visibility": "members"} | {name: str(value) for name, value in values.items()}
    return FiguresForm(sent, organisation=world.chleb, previous=None)


def write(world, **values):
    with transaction.atomic():
        return YearlyFigures.objects.create(organisation=world.chleb, year=2024, as_of_on=date(2024, 12, 31), **values)


def test_v2_the_form_refuses_revenue_parts_that_do_not_sum_to_the_total(world):
    form = form_of(world, revenue_total="1 000 000", revenue_market=600_000, revenue_grants=300_000)
    assert list(form.errors) == ["revenue_total"]
    assert "900,000, which is 100,000 less than the revenue of 1,000,000" in form.errors["revenue_total"][0]
    assert form_of(world, revenue_total=1000, revenue_market=600, revenue_grants=400).is_valid()
    assert "100 more" in form_of(world, revenue_total=1000, revenue_market=1100).errors["revenue_total"][0]


def test_v2_the_database_refuses_revenue_parts_that_do_not_sum_to_the_total(world):
    with pytest.raises(IntegrityError):
        write(world, revenue_total=1000, revenue_market=600, revenue_grants=300)
    write(world, revenue_total=1000, revenue_market=600, revenue_grants=400)


def test_v2_a_total_without_parts_and_parts_without_a_total_may_stand(world):
    assert form_of(world, revenue_total=1000).is_valid()
    assert form_of(world, revenue_market=600, revenue_grants=300).is_valid()
    write(world, revenue_total=1000).delete()
    write(world, revenue_market=600)


@pytest.mark.parametrize("part", HEADCOUNT_PARTS)
def test_v2_the_form_refuses_a_part_above_the_headcount(world, part):
    form = form_of(world, employees=10, **{part: 12})
    assert list(form.errors) == [part]
    assert "12, 2 persons more than all employees (10)" in form.errors[part][0]
    assert form_of(world, employees=10, **{part: 10}).is_valid()
    assert form_of(world, **{part: 12}).is_valid(), "a headcount that is not known contradicts nothing"


@pytest.mark.parametrize("part", HEADCOUNT_PARTS)
def test_v2_the_database_refuses_a_part_above_the_headcount(world, part):
    with pytest.raises(IntegrityError):
        write(world, employees=10, **{part: 12})
    write(world, employees=10, **{part: 10})


def test_v2_the_form_refuses_more_full_time_equivalents_than_persons_unless_explained(world):
    form = form_of(world, employees=10, employees_fte="10,5")
    assert list(form.errors) == ["employees_fte"]
    assert "Full-time equivalents (10.5) are 0.5 more than the employees (10)" in form.errors["employees_fte"][0]
    assert form_of(world, employees=10, employees_fte="10.5", fte_note="Overtime in the season").is_valid()


def test_v2_the_database_refuses_more_full_time_equivalents_than_persons_unless_explained(world):
    with pytest.raises(IntegrityError):
        write(world, employees=10, employees_fte=Decimal("10.5"))
    write(world, employees=10, employees_fte=Decimal("10.5"), fte_note="Overtime in the season")


def test_v2_the_message_is_one_of_ours_and_not_the_name_of_a_constraint(world):
    form = form_of(world, employees=10, employees_women=12, revenue_total=5, revenue_other=6)
    assert "v2_" not in str(form.errors)
    assert set(form.errors) == {"employees_women", "revenue_total"}


def test_numbers_are_written_as_the_reader_writes_them():
    with translation.override("pl"):
        told = contradictions({"revenue_total": 1_250_000, "revenue_market": 1_000_000})[0].message
    assert "1\u00a0250\u00a0000" in told or "1 250 000" in told


def test_wages_are_in_order(world):
    form = form_of(world, wage_lowest=5000, wage_median=4800, wage_highest=9000)
    assert list(form.errors) == ["wage_median"]


def test_figures_of_a_day_are_entered_once_and_never_ahead(world):
    write(world, employees=3)
    assert "already" in form_of(world).errors["as_of_on"][0]
    ahead = FiguresForm({"as_of_on": "2999-01-01", "visibility": "members"}, organisation=world.chleb, previous=None)
    assert "future" in ahead.errors["as_of_on"][0]


def test_empty_means_not_known_and_nought_means_none(world):
    form = form_of(world, employees_at_risk="", volunteers=0)
    assert form.is_valid()
    assert form.instance.employees_at_risk is None
    assert form.instance.volunteers == 0
    assert form.instance.year == 2024


def test_the_year_before_stands_beside_the_fields(world):
    before = write(world, employees=12, revenue_total=450_000)
    form = FiguresForm(organisation=world.chleb, previous=before)
    assert "12" in str(form.fields["employees"].help_text)
    assert "450,000 PLN" in str(form.fields["revenue_total"].help_text)
    assert form.fields["volunteers"].help_text.endswith("in the year.")


def test_the_sum_of_the_parts_stands_next_to_the_total(world):
    assert form_of(world, revenue_total=1000, revenue_market="6 00", revenue_grants=300).cross_foot == "900"
    assert FiguresForm(organisation=world.chleb, previous=None).cross_foot == "–"
