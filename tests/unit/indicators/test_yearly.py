"""Yearly figures: sums of what organisations told, and nothing that tells of too few."""

from datetime import date
from typing import Any

from osnowa.indicators.queries import yearly
from osnowa.places.models import Region
from osnowa.register.actions import add_organisation
from osnowa.register.models import YearlyFigures
from osnowa.register.queries.frame import frame_of
from tests.world import World


def _make(world: World, form: str, **numbers: Any) -> None:
    made = add_organisation(
        by=world.bolek, region=world.pomorskie,
        values={"legal_name": f"{form} {YearlyFigures.objects.count()}", "legal_form": form, "sector": "social_economy", "municipality": world.gdansk},
    )  # fmt: skip
    YearlyFigures.objects.create(organisation=made, year=2025, as_of_on=date(2025, 12, 31), **numbers)


def _cells(region: Region, measure: str, by: str = "form") -> dict[str, Any]:
    frame = frame_of(region)
    found = yearly.yearly(frame, yearly.published(frame, measure)[by], measure)
    return {code: row[-1] for code, row in zip(found.codes, found.cells, strict=True)} | {"": found.totals[-1]}


def test_the_newest_figure_of_the_year_counts(world: World) -> None:
    for number in (10, 20, 30):
        _make(world, "PL-SPSOC", employees=number)
    first = YearlyFigures.objects.order_by("pk")[0]
    YearlyFigures.objects.create(organisation=first.organisation, year=2025, as_of_on=date(2025, 6, 30), employees=999)
    cells = _cells(world.pomorskie, "employees")
    assert (cells["PL-SPSOC"].value, cells["PL-SPSOC"].told, cells["PL-SPSOC"].of) == (60, 3, 4)
    assert cells[""].value == 60


def test_a_sum_over_two_is_hidden_with_what_would_give_it_away(world: World) -> None:
    for form, times in (("PL-SPSOC", 4), ("PL-CIS", 2), ("PL-KIS", 3)):
        for _time in range(times):
            _make(world, form, employees=20)
    cells = _cells(world.pomorskie, "employees")
    assert [cells[form].is_hidden for form in ("PL-SPSOC", "PL-CIS", "PL-KIS", "")] == [False, True, True, False]
    assert cells["PL-CIS"].value is None


def test_one_to_four_people_are_hidden_however_many_told(world: World) -> None:
    for form, number in (("PL-SPSOC", 9), ("PL-CIS", 1), ("PL-KIS", 7)):
        for _time in range(4):
            _make(world, form, employees=20, employees_disability=number if _time else 0)
    cells = _cells(world.pomorskie, "employees_disability")
    assert cells["PL-CIS"].is_hidden
    assert sum(cells[form].is_hidden for form in ("PL-SPSOC", "PL-CIS", "PL-KIS")) >= 2
    assert not any(cell.is_hidden for cell in _cells(world.pomorskie, "employees").values())


def test_a_region_where_nobody_told_has_nothing(world: World) -> None:
    frame = frame_of(world.podravje)
    assert yearly.yearly(frame, yearly.published(frame, "employees")["form"], "employees").years == ()
    assert yearly.mix(frame, yearly.published(frame, yearly.MONEY)["form"]) is None


def test_full_time_equivalents_have_one_decimal_after_adding_up(world: World) -> None:
    for form in ("PL-SPSOC", "PL-CIS"):
        for number in ("1.34", "1.34", "1.36"):
            _make(world, form, employees=20, employees_fte=number)
    cells = _cells(world.pomorskie, "employees_fte")
    assert {code: cell.value for code, cell in cells.items()} == {"PL-SPSOC": 4.0, "PL-CIS": 4.0, "": 8.1}
    assert _cells(world.pomorskie, "employees")[""].value == 120
