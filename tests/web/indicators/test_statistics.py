"""The pages of statistics: numbers with the organisations behind them, for everybody, with few queries."""

import csv
import io
from typing import Any

import pytest
import python_calamine
from django.test import Client
from django.urls import reverse

from osnowa.places.models import Region

PAGES = ("statistics", "tables", "changes", "figures", "snapshots")


def _url(name: str, *more: str) -> str:
    return reverse(f"indicators:{name}", args=["pomorskie", *more])


@pytest.mark.parametrize("name", PAGES)
def test_everybody_reads_the_page_in_few_queries(client: Client, pomorskie: Region, name: str, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        page = client.get(_url(name))
    assert page.status_code == 200
    assert "invented" in page.content.decode()


def test_the_front_prints_sums_that_add_up(client: Client, pomorskie: Region) -> None:
    page = client.get(_url("statistics"))
    assert all(table["it"].is_right for _ask, table in page.context["tables"])
    assert page.content.decode().count("adds up") == 2


def test_each_number_of_a_table_is_as_long_as_its_list(client: Client, pomorskie: Region) -> None:
    page = client.get(_url("tables"), {"rows": "form", "columns": "area", "on": "2024-06-30"})
    table = page.context["table"]
    name, cells, total = table["rows"][0]
    assert (name, total[0]) == ("Social co-operative", 95)
    for number, address in [total, *cells[:2]]:
        assert client.get(address).context["page"].paginator.count == number


def test_filters_are_said_and_can_be_taken_off(client: Client, pomorskie: Region) -> None:
    text = client.get(_url("tables"), {"rows": "area", "form": "PL-WTZ"}).content.decode()
    assert "<strong>Occupational therapy workshop (WTZ)</strong>" in text
    assert "Count all" in text


def test_a_wrong_day_is_told(client: Client, pomorskie: Region) -> None:
    assert "is no day" in client.get(_url("tables"), {"on": "2024-99-99"}).content.decode()
    assert "not come yet" in client.get(_url("changes"), {"to": "2031-01-01"}).content.decode()


def test_a_change_opens_to_the_organisations_behind_it(client: Client, pomorskie: Region) -> None:
    page = client.get(_url("changes"), {"by": "form"})
    address = next(url for _name, _row, cells, _one in page.context["rows"] for _words, url in cells[2:3] if url)
    opened = client.get(_url("changes") + address.partition("#")[0])
    assert [one.cause for one in opened.context["opened"].seen] == ["Changed type"] * 2
    text = opened.content.decode()
    for one in opened.context["opened"].seen:
        assert reverse("register:organisation", args=["pomorskie", one.organisation.slug]) in text
    assert "Ordinary association (simplified form) → Association (in the court register)" in text
    assert "history" not in text.partition('id="behind"')[2].partition("</section>")[0]


def test_the_picture_goes_from_day_to_day_by_its_causes(client: Client, pomorskie: Region) -> None:
    chart = client.get(_url("changes"), {"by": "form", "cell": "PL-STO"}).context["chart"]
    assert chart.categories == ("15 Jan 2026", "New", "Closed", "Changed type", "Moved", "Corrected", "20 Nov 2026")
    values = chart.series[0].values
    assert sum(values[:-1]) == values[-1]


def test_days_known_today_show_only_new_and_closed(client: Client, pomorskie: Region) -> None:
    page = client.get(_url("changes"), {"by": "form", "from": "2023-06-30", "to": "2024-06-30"})
    assert "No snapshot was kept on the first day" in page.content.decode()
    rows = {name: one for name, _url, _cells, one in page.context["rows"]}
    assert (rows["Social co-operative"].before, rows["Social co-operative"].after) == (72, 95)


@pytest.mark.parametrize(("name", "words"), [("tables", {}), ("changes", {"cell": "PL-STO"}), ("figures", {"figure": "revenue_total"})])
def test_every_page_is_taken_along_with_where_it_comes_from(client: Client, pomorskie: Region, name: str, words: dict[str, str]) -> None:
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(client.get(_url(f"{name}_file", "xlsx"), words).content))
    about = book.get_sheet_by_name("About this table").to_python()
    assert any("invented sample" in str(cell) for row in about for cell in row)
    rows = list(csv.reader(io.StringIO(client.get(_url(f"{name}_file", "csv"), words).content.decode("utf-8-sig")), delimiter=";"))
    assert len(rows) > 5
    assert client.get(_url(f"{name}_file", "pdf")).status_code == 404


def test_small_sums_are_said_to_be_hidden_and_are_in_no_file(client: Client, pomorskie: Region) -> None:
    page = client.get(_url("figures"), {"figure": "employees_disability"})
    assert page.context["found"].hidden
    assert "are not shown, nor what would give them away" in page.content.decode()
    rows = list(csv.reader(io.StringIO(client.get(_url("figures_file", "csv"), {"figure": "employees_disability"}).content.decode("utf-8-sig")), delimiter=";"))
    numbers = [float(cell) for row in rows[1:] for cell in row[2::3] if cell and cell != "not shown"]
    assert all(number == 0 or number >= 5 for number in numbers)


def test_a_town_is_told_from_the_rural_municipality_of_its_name_in_tables(client: Client, pomorskie: Region) -> None:
    page = client.get(_url("tables") + "?rows=municipality&columns=sector").text
    assert "Pruszcz Gdański (rural municipality)" in page or "Pruszcz Gdański (urban municipality)" in page
    assert ">Pruszcz Gdański<" not in page
    assert ">Gdańsk<" in page
