"""Yearly figures of the sample: the founding document's jobs, and nothing left alone in its line."""

from osnowa.indicators.queries import yearly
from osnowa.places.models import Region
from osnowa.register.queries.frame import frame_of


def test_sums_of_shown_cells_are_those_of_the_register(pomorskie: Region) -> None:
    frame = frame_of(pomorskie)
    for measure in ("jobs_in_status", "employees", yearly.MONEY):
        for dimension in yearly.published(frame, measure).values():
            found = yearly.yearly(frame, dimension, measure)
            for place, total in enumerate(found.totals):
                column = [row[place] for row in found.cells]
                if total.value is not None and not any(cell.is_hidden for cell in column):
                    assert sum(cell.value or 0 for cell in column) == total.value
    assert [cell.value for cell in yearly.yearly(frame, yearly.published(frame, "jobs_in_status")["area"], "jobs_in_status").totals][:2] == [368, 580]


def test_no_line_of_a_year_leaves_one_hidden_cell(pomorskie: Region) -> None:
    frame = frame_of(pomorskie)
    for measure in (*yearly.PEOPLE, yearly.MONEY):
        for dimension in yearly.published(frame, measure).values():
            found = yearly.yearly(frame, dimension, measure)
            for place, total in enumerate(found.totals):
                hidden = sum(row[place].is_hidden for row in found.cells) + total.is_hidden
                assert hidden != 1, (measure, dimension.key, found.years[place])


def test_shares_of_the_revenue_are_a_hundred_where_all_are_shown(pomorskie: Region) -> None:
    frame = frame_of(pomorskie)
    mix = yearly.mix(frame, yearly.published(frame, yearly.MONEY)["form"])
    assert mix is not None
    whole = [row for row in mix.shares if None not in row]
    assert all(abs(sum(share or 0 for share in row) - 100) < 1e-6 for row in whole)
    assert all(sum(share is None for share in row) != 1 for row in mix.shares)


def test_much_fewer_who_told_break_the_series(pomorskie: Region) -> None:
    frame = frame_of(pomorskie)
    found = yearly.yearly(frame, yearly.published(frame, "employees")["form"], "employees")
    assert found.years == (2023, 2024, 2025, 2026)
    assert found.breaks == (False, False, False, True)
