"""Statistics through the interface: the numbers of the pages, counted as everybody sees them, with what is hidden hidden."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from osnowa.places.models import Region
from tests.samples import _sample_pomorskie, pomorskie

__all__ = ["_sample_pomorskie", "pomorskie"]
ROOT = "/api/v1/regions/pomorskie/statistics"


def _told(address: str, **words: Any) -> Any:
    answer = Client().get(ROOT + address, words)
    assert answer.status_code == 200, answer.content
    return answer.json()


def _page(name: str, **words: Any) -> Any:
    return Client().get(reverse(f"indicators:{name}", args=["pomorskie"]), words).context


@pytest.mark.parametrize("words", [{}, {"rows": "sector", "columns": "years"}, {"rows": "service", "columns": "form"}, {"rows": "area", "columns": "snapshots"},
                                   {"rows": "form", "columns": "area", "on": "2024-06-30", "sector": ["social_economy", "civil_society"]}])  # fmt: skip
def test_a_table_is_the_one_of_the_page_with_its_totals(pomorskie: Region, words: dict[str, Any]) -> None:
    told, it = _told("", **words), _page("tables", **words)["table"]["it"]
    assert [(one["code"], tuple(one["counts"])) for one in told["lines"]] == list(zip(it.codes, it.counts, strict=True))
    assert [one["on"] for one in told["heads"]] == [f"{head.on}" for head in it.heads]
    assert (tuple(told["totals"]), told["adds_up"]) == (it.column_totals, it.is_right)
    assert told["total"] == (it.total if it.columns else None)


def test_every_answer_says_its_day_source_and_licence(pomorskie: Region) -> None:
    for address in ("", "/changes", "/figures"):
        told = _told(address)
        assert (told["region"], told["is_invented"], told["licence"]) == ("pomorskie", True, "CC-BY-4.0")
        assert "invented sample" in told["source"]
    assert _told("")["on"] == "2026-11-20"
    assert {one["key"] for one in _told("")["dimensions"]} >= {"form", "sector", "area", "nace2", "municipality"}


def test_what_has_not_changed_is_not_told_twice(pomorskie: Region) -> None:
    for address in ("", "/changes", "/figures"):
        mark = Client().get(ROOT + address)["ETag"]
        assert Client().get(ROOT + address, HTTP_IF_NONE_MATCH=mark).status_code == 304


@pytest.mark.parametrize("words", [{}, {"by": "area"}, {"by": "form", "from": "2023-06-30", "to": "2024-06-30"}, {"by": "form", "from": "2026-01-15", "known": "today"}])
def test_a_change_is_explained_wholly_and_as_on_the_page(pomorskie: Region, words: dict[str, str]) -> None:
    told, found = _told("/changes", **words), _page("changes", **words)["found"]
    assert [(one["code"], one["before"], one["after"]) for one in told["lines"]] == [(one.code, one.change.before, one.change.after) for one in found.lines]
    assert told["adds_up"]
    for one in (*told["lines"], told["total"]):
        assert one["before"] + sum(cause["net"] for cause in one["causes"]) == one["after"] == one["before"] + one["change"]
        assert all(cause["came"] - cause["went"] == cause["net"] for cause in one["causes"])
    assert [cause["cause"] for cause in told["total"]["causes"]] == ["new", "closed", "type", "place", "corrected"]


def test_a_kept_day_is_told_as_kept(pomorskie: Region) -> None:
    told = _told("/changes")
    assert (told["start"], told["end"]) == ({"on": "2026-01-15", "is_snapshot": True}, {"on": "2026-11-20", "is_snapshot": False})


@pytest.mark.parametrize("figure", ["employees", "employees_disability", "revenue_total", "participants"])
@pytest.mark.parametrize("by", ["form", "area"])
def test_figures_are_hidden_where_the_page_hides_them(pomorskie: Region, figure: str, by: str) -> None:
    told, found = _told("/figures", figure=figure, by=by), _page("figures", figure=figure, by=by)["found"]
    cells = [cell for row in told["lines"] for cell in row["cells"]] + told["totals"]
    shown = [cell for row in (*found.cells, found.totals) for cell in row]
    assert [(cell["value"], cell["is_hidden"]) for cell in cells] == [(cell.value, cell.is_hidden) for cell in shown]
    assert all(cell["value"] is None for cell in cells if cell["is_hidden"])


def test_some_figures_of_the_sample_are_hidden(pomorskie: Region) -> None:
    told = _told("/figures", figure="employees_disability", by="form")
    assert any(cell["is_hidden"] for row in told["lines"] for cell in row["cells"])


def test_statistics_take_few_queries(pomorskie: Region, django_assert_max_num_queries: Any) -> None:
    for address in ("", "/changes", "/figures", "?form=PL-SPSOC&area=slupski&columns=sector"):
        with django_assert_max_num_queries(12):
            assert Client().get(ROOT + address).status_code == 200
