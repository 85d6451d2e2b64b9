"""The sector table counts the register: founding document 004 comes out of it, and nothing of it is written down."""

import json
from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from osnowa.indicators.queries import counted_days, sector_table, tabulation
from osnowa.places.models import Region
from osnowa.register.actions import NewOrganisation, add_organisations, close_organisation
from osnowa.register.models import Organisation
from osnowa.sample import pomorskie as document

ON, AGAINST = date(2024, 6, 30), date(2023, 6, 30)


def _numbers(region: Region, on: date = ON, against: date = AGAINST) -> dict[str, tuple[int, int]]:
    return {row.code: (row.change.count, row.change.change) for row in sector_table(region, on, against).rows}


def test_founding_document_004_comes_out_of_the_register(pomorskie: Region) -> None:
    assert _numbers(pomorskie) == {
        "PL-SPSOC": (95, 23), "PL-WTZ": (50, 2), "PL-CIS": (24, 2), "PL-KIS": (14, 1), "PL-ZAZ": (2, 0),
    }  # fmt: skip


def test_the_change_is_made_of_what_came_and_what_went(pomorskie: Region) -> None:
    table = sector_table(pomorskie, ON, AGAINST)
    assert {row.code: (row.change.new, row.change.closed) for row in table.rows} == {
        "PL-SPSOC": (25, 2), "PL-WTZ": (3, 1), "PL-CIS": (3, 1), "PL-KIS": (2, 1), "PL-ZAZ": (0, 0),
    }  # fmt: skip
    assert all(row.change.adds_up for row in (*table.rows, *table.by_form))


def test_63_hold_the_status_5_of_them_companies_and_31_co_operatives(pomorskie: Region) -> None:
    table = sector_table(pomorskie, ON, AGAINST)
    assert table.status is not None
    assert table.status.change.count == 63
    forms = {row.code: row.change.count for row in table.by_form}
    assert (forms["PL-SPZOONP"], forms["PL-SPSOC"]) == (5, 31)
    assert sum(forms.values()) == 63


def test_580_jobs_are_the_sum_of_the_five_areas(pomorskie: Region) -> None:
    jobs = sector_table(pomorskie, ON, AGAINST).jobs
    assert jobs is not None
    assert [(cell.name, cell.jobs) for cell in jobs.cells] == [
        ("Słupski", 130), ("Metropolitalny północny", 96), ("Metropolitalny południowy", 114), ("Nadwiślański", 127), ("Południowy", 113),
    ]  # fmt: skip
    assert (jobs.total, jobs.is_right, jobs.reported, jobs.holders) == (580, True, 63, 63)
    assert "uncertain" in jobs.notes[0]


def test_closing_a_co_operative_changes_the_table(pomorskie: Region) -> None:
    one = Organisation.objects.filter(region=pomorskie, legal_form="PL-SPSOC", recognitions__code="PL-PS", registered_on__lt=AGAINST)
    holder = one.exclude(activity_status="closed").filter(recognitions__granted_on__lte=ON, recognitions__ended_on=None)[0]
    before = sector_table(pomorskie, ON, AGAINST)
    close_organisation(by=None, organisation=holder, ended_on=date(2024, 6, 30), end_reason="liquidation")
    after = sector_table(pomorskie, ON, AGAINST)
    assert after.rows[0].change.count == before.rows[0].change.count - 1 == 94
    assert after.rows[0].change.closed == 3
    assert after.status is not None
    assert after.status.change.count == 62
    assert after.jobs is not None
    assert after.jobs.total is not None
    assert after.jobs.total < 580


def test_adding_a_co_operative_changes_the_table(pomorskie: Region) -> None:
    values = {"legal_name": "Nowa", "legal_form": "PL-SPSOC", "sector": "social_economy", "registered_on": ON}
    add_organisations(by=None, region=pomorskie, rows=[NewOrganisation(values)])
    assert _numbers(pomorskie)["PL-SPSOC"] == (96, 24)
    assert _numbers(pomorskie, ON - timedelta(days=1))["PL-SPSOC"][0] == 95


def test_what_comes_later_does_not_disturb_the_day(pomorskie: Region) -> None:
    assert _numbers(pomorskie, date(2026, 9, 30), date(2025, 9, 30)) != _numbers(pomorskie)
    assert Organisation.objects.filter(region=pomorskie, registered_on__gt=ON, legal_form="PL-SPSOC").count() >= 5


def test_the_document_is_a_plan_of_the_sample_and_not_of_the_table() -> None:
    assert {form: (m.count, m.change) for form, m in document.MOVEMENTS.items()} == {
        "PL-SPSOC": (95, 23), "PL-WTZ": (50, 2), "PL-CIS": (24, 2), "PL-KIS": (14, 1), "PL-ZAZ": (2, 0),
    }  # fmt: skip
    assert (sum(document.WITH_STATUS.values()), sum(document.JOBS.values())) == (63, 580)


def test_six_queries_whatever_the_size(pomorskie: Region) -> None:
    with CaptureQueriesContext(connection) as seen:
        sector_table(pomorskie, ON, AGAINST)
    assert len(seen) <= 6


def test_facts_are_fit_for_json(pomorskie: Region) -> None:
    facts = json.loads(json.dumps(tabulation.facts(sector_table(pomorskie, ON, AGAINST))))
    assert facts["types"][0] == {
        "code": "PL-SPSOC", "label": "Social co-operative", "count": 95, "change": 23, "before": 72, "new": 25, "closed": 2,
    }  # fmt: skip
    assert facts["jobs"]["total"] == 580
    assert facts["source"].startswith("Counted from the register of Pomorskie")
    assert "004" in facts["source"]


def test_good_days_for_a_table_are_those_on_which_jobs_were_counted(pomorskie: Region) -> None:
    assert counted_days(pomorskie, date(2025, 1, 1)) == [ON, AGAINST]
