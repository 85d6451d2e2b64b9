"""Where a region stands: its profile beside all places of its level."""

import io
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from django.test import Client
from django.urls import reverse

from osnowa.indicators.actions import import_values
from osnowa.indicators.queries.arrivals import Said, prepare
from tests.world import World, territory

PLACES = ("PL63", "PL21", "PL22", "PL41", "SI03", "SI04", "ES22")


@pytest.fixture
def measured(world: World, tmp_path: Path) -> World:
    """Pomorskie is best in A, worst in B, in the middle of C, and unlike any in nothing."""
    lines = ["indicator,geo,year,value"]
    for at, place in enumerate(PLACES):
        lines += [f"A,{place},2023,{10 + at}", f"A,{place},2024,{10 + at}", f"B,{place},2024,{20 + at}", f"C,{place},2024,{(at * 3) % 7}"]
    path, meta = tmp_path / "values.csv", tmp_path / "meta.csv"
    path.write_text("\n".join(lines))
    meta.write_text("code,name,unit,polarity\nA,Unemployment,%,lower\nB,Income,EUR,higher\nC,Density,,neutral\n")
    import_values(by=world.darek, arrival=prepare(path=path, meta=meta, said=Said(source="Eurostat, made up")))
    return world


def _page(client: Client, region: str = "pomorskie", **words: Any) -> Any:
    return client.get(reverse("indicators:profile", args=[region]), words)


def test_each_indicator_has_value_rank_and_gap(client: Client, measured: World, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        page = _page(client)
    stands = {row["it"].indicator.code: row["it"].standing for row in page.context["rows"]}
    assert [(stands[code].rank, stands[code].of, stands[code].gap_to_mean) for code in "ABC"] == [(1, 7, -3), (7, 7, -3), (7, 7, -3)]
    text = page.content.decode()
    assert "1 of 7" in text
    assert "Eurostat, made up" in text


def test_strongest_and_weakest_are_said_in_words_and_only_where_one_direction_is_better(client: Client, measured: World) -> None:
    sides = _page(client).context["sides"]
    assert [it.indicator.code for it in sides.strong] == ["A"]
    assert [it.indicator.code for it in sides.weak] == ["B"]


def test_regions_to_compare_with_come_by_address(client: Client, measured: World) -> None:
    page = _page(client, **{"with": ["PL21", "si03", "PL21", "XX", "PL633"]})
    assert [code for code, _name in page.context["beside"]] == ["PL21", "SI03"]
    assert page.context["rows"][0]["beside"] == [11, 14]


def test_the_most_similar_are_offered(client: Client, measured: World) -> None:
    like = _page(client).context["like"]
    assert like
    assert all(one.shared == 3 for one, _name in like)
    assert [one.distance for one, _name in like] == sorted(one.distance for one, _name in like)


def test_number_of_queries_does_not_grow_with_places_compared(client: Client, measured: World, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        _page(client, **{"with": list(PLACES)})


def test_a_region_without_indicators_says_so(client: Client, measured: World) -> None:
    text = _page(client, "podravje").content.decode()
    assert "There are no indicators of this region yet" in text


def test_figures_of_the_place_around_are_shown_and_named(client: Client, measured: World) -> None:
    own = measured.podravje.territory
    own.parent = territory("NUTS", "SI03", "Vzhodna Slovenija", 2)
    own.save()
    page = _page(client, "podravje")
    assert page.context["place"].code == "SI03"
    assert "which the region is part of" in page.content.decode()


def test_the_workbook_holds_the_profile_with_those_compared(client: Client, measured: World) -> None:
    answer = client.get(reverse("indicators:profile_file", args=["pomorskie", "xlsx"]), {"with": "PL21"})
    rows = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert rows[0][-1].endswith("(PL21)")
    assert (rows[1][0], rows[1][5], rows[1][6], rows[1][-1]) == ("A", 10, 1, 11)
    assert client.get(reverse("indicators:profile_file", args=["pomorskie", "odt"])).status_code == 404
