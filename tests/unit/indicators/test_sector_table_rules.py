"""The rules of the sector table, on the small world of the tests."""

from datetime import date, timedelta

import pytest
from django.test import Client

from osnowa.indicators.queries import sector_table
from osnowa.places.models import Subregion
from osnowa.register.models import Organisation, Recognition, YearlyFigures
from tests.world import World

ON, AGAINST = date(2024, 6, 30), date(2023, 6, 30)


def test_a_region_without_types_of_its_own_lists_its_most_frequent_forms(world: World) -> None:
    table = sector_table(world.podravje, date(2026, 1, 1), date(2025, 1, 1))
    assert [row.code for row in table.rows] == ["SI-ZAD"]
    assert table.undated == 1
    assert table.status is not None
    assert table.status.code == "SI-SOP"


def _holder(world: World, municipality: object, jobs: int | None, **dates: date) -> Organisation:
    made: Organisation = Organisation.objects.create(
        region=world.pomorskie, slug=f"s{Organisation.objects.count()}", legal_name="S", legal_form="PL-SPSOC", sector="social_economy",
        country="PL", registered_on=date(2020, 1, 1), municipality=municipality, name_fold="s",
    )  # type: ignore[misc]  # fmt: skip
    Recognition.objects.create(
        organisation=made, code="PL-PS", granted_on=dates.get("granted", date(2023, 1, 1)), review_on=date(2027, 1, 1),
        ended_on=dates.get("ended"), state="withdrawn" if "ended" in dates else "granted",
    )  # fmt: skip
    if jobs is not None:
        YearlyFigures.objects.create(organisation=made, year=2024, as_of_on=ON, jobs_in_status=jobs)
    return made


def test_a_sum_over_two_organisations_is_hidden_with_a_second_one(world: World, client: Client) -> None:
    slupski = Subregion.objects.create(region=world.pomorskie, code="slupski", name="Słupski", order=2)
    slupski.municipalities.add(world.slupsk)
    for town, jobs in ((world.gdansk, 5), (world.gdansk, 6), (world.gdansk, 7), (world.slupsk, 8), (world.slupsk, 9)):
        _holder(world, town, jobs)
    table = sector_table(world.pomorskie, ON, AGAINST).jobs
    assert table is not None
    assert table.total == 35
    assert [cell.jobs for cell in table.cells] == [None, None]
    assert table.is_right
    page = client.get("/en/pomorskie/statistics/sector-table/", {"on": ON.isoformat(), "against": AGAINST.isoformat()}).content.decode()
    assert "2 numbers are not shown here" in page
    assert "adds up" not in page


def test_a_municipality_in_two_areas_is_told_as_a_wrong_sum(world: World) -> None:
    twin = Subregion.objects.create(region=world.pomorskie, code="twin", name="Twin", order=2)
    twin.municipalities.add(world.gdansk)
    for jobs in (3, 4, 5):
        _holder(world, world.gdansk, jobs)
    table = sector_table(world.pomorskie, ON, AGAINST).jobs
    assert table is not None
    assert not table.is_right


@pytest.mark.parametrize(("dates", "counted"), [
    ({}, 1),
    ({"granted": ON}, 1),
    ({"granted": ON + timedelta(days=1)}, 0),
    ({"ended": ON}, 0),
    ({"ended": ON + timedelta(days=1)}, 1),
])  # fmt: skip
def test_a_status_counts_from_its_first_day_to_the_day_before_it_ends(world: World, dates: dict[str, date], counted: int) -> None:
    _holder(world, world.gdansk, None, **dates)
    table = sector_table(world.pomorskie, ON, AGAINST)
    assert table.status is not None
    assert table.status.change.count == counted


def test_jobs_told_more_than_a_year_ago_are_not_counted(world: World) -> None:
    for jobs in (3, 4, 5):
        _holder(world, world.gdansk, jobs)
    table = sector_table(world.pomorskie, ON + timedelta(days=560), AGAINST).jobs
    assert table is not None
    assert (table.total, table.reported, table.holders) == (0, 0, 3)


def test_two_days_of_a_half_year_tell_the_same_jobs(world: World) -> None:
    """Else the day on which one organisation comes or goes would tell its jobs."""
    for jobs in (3, 4, 5, 6):
        _holder(world, world.gdansk, jobs)
    tables = [sector_table(world.pomorskie, ON + timedelta(days=days), AGAINST).jobs for days in (0, 40, 180)]
    assert tables[0] is not None
    assert tables == [tables[0]] * 3
