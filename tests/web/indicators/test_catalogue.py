"""The catalogue of indicators and the page of one: rankings, series with breaks, files."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
import python_calamine
from django.test import Client
from django.urls import reverse

from osnowa.indicators.actions import import_values, take_back_release
from osnowa.indicators.models import Indicator, Release, Value
from osnowa.indicators.queries.arrivals import Said, prepare
from tests.world import World

TEXT = """indicator,geo,year,value,flag
U,PL63,2020,4,
U,PL63,2021,5,b
U,PL21,2020,6,
U,PL21,2021,5,
U,SI03,2021,9,
U,PL633,2021,7,
"""


@pytest.fixture
def released(world: World, tmp_path: Path) -> Release:
    path = tmp_path / "u.csv"
    path.write_text(TEXT)
    meta = tmp_path / "meta.csv"
    meta.write_text("code,name,name_pl,unit,polarity,theme,definition\nU,Unemployment,Bezrobocie,%,lowGood,Work,Who seeks work.\n")
    said = Said(source="Eurostat, lfst", licence="CC BY 4.0", published_on="2026-03-31")
    report = import_values(by=world.darek, arrival=prepare(path=path, meta=meta, said=said))
    return Release.objects.get(pk=report["release"])


def test_the_catalogue_names_what_there_is_and_where_it_is_from(client: Client, released: Release, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(8):
        text = client.get(reverse("indicators:indicators")).content.decode()
    for words in ("Work", "Unemployment", "less is better", "Eurostat, lfst", "CC BY 4.0", "2020 – 2021"):
        assert words in text


def test_an_empty_catalogue_says_so(client: Client, world: World, signed_in: Any) -> None:
    assert "No indicators yet" in client.get(reverse("indicators:indicators")).content.decode()
    assert reverse("indicators:import") in signed_in(world.darek).get(reverse("indicators:indicators")).content.decode()


def _page(client: Client, words: dict[str, Any] | None = None) -> Any:
    return client.get(reverse("indicators:indicator", args=["U"]), words or {})


def test_places_of_a_level_are_ranked_by_the_polarity(client: Client, released: Release, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(12):
        page = _page(client)
    assert [(row.code, row.standing.rank, row.standing.of) for row in page.context["ranking"].rows] == [("PL21", 1, 3), ("PL63", 1, 3), ("SI03", 3, 3)]
    text = page.content.decode()
    assert "Who seeks work." in text
    assert "Eurostat, lfst" in text
    assert "<svg" in text


def test_another_level_and_another_period_are_asked_for_by_address(client: Client, released: Release) -> None:
    ranking = _page(client, {"level": "nuts5"}).context["ranking"]
    assert [row.code for row in ranking.rows] == ["PL633"]
    ranking = _page(client, {"period": "2020", "level": "nuts4"}).context["ranking"]
    assert [row.code for row in ranking.rows] == ["PL63", "PL21"]
    assert _page(client, {"period": "nonsense", "level": "?"}).context["ranking"].period == "2021"


def test_a_break_of_the_series_is_marked(client: Client, released: Release) -> None:
    lines = _page(client, {"with": ["PL63", "PL21"]}).context["lines"]
    assert {one.name: one.marks for one in lines.series} == {"Pomorskie": ("", "b"), "PL21": ("", "")}
    assert lines.has_breaks


def test_the_page_speaks_the_language_of_the_reader(client: Client, released: Release) -> None:
    assert "<h1>Bezrobocie</h1>" in client.get(reverse("indicators:indicator", args=["U"]).replace("/en/", "/pl/")).content.decode()


def test_an_indicator_whose_release_was_taken_back_says_so(client: Client, released: Release, world: World) -> None:
    take_back_release(by=world.darek, release=released)
    text = _page(client).content.decode()
    assert "There are no values of this indicator" in text
    assert "taken back" in text
    assert "No indicators yet" in client.get(reverse("indicators:indicators")).content.decode()


def test_an_indicator_that_is_not_there_is_not_found(client: Client, world: World) -> None:
    assert client.get(reverse("indicators:indicator", args=["nonsense"])).status_code == 404


def test_the_workbook_holds_ranking_values_and_source(client: Client, released: Release) -> None:
    answer = client.get(reverse("indicators:indicator_file", args=["U", "xlsx"]))
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["Ranking", "Values", "About"]
    assert book.get_sheet_by_name("Ranking").to_python()[1][:4] == [1, "PL21", "PL21", 5]
    assert ["Code", "U"] in book.get_sheet_by_name("About").to_python()
    assert len(book.get_sheet_by_name("Values").to_python()) == 7


def test_csv_holds_the_ranking_and_other_forms_are_not_there(client: Client, released: Release) -> None:
    answer = client.get(reverse("indicators:indicator_file", args=["U", "csv"]))
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[2][:4] == ["1", "PL63", "Pomorskie", "5"]
    assert client.get(reverse("indicators:indicator_file", args=["U", "pdf"])).status_code == 404


def test_a_code_with_a_space_and_a_dot_has_a_page(client: Client, world: World, tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    path.write_text("obszar,rok,wskaznik,wartosc\nPomorskie,2024,ŚDS/Sp.S razem,95\n")
    import_values(by=None, arrival=prepare(path=path))
    page = client.get(reverse("indicators:indicator", args=["ŚDS-Sp.S razem"]))
    assert "<h1>ŚDS/Sp.S razem</h1>" in page.content.decode()


def test_invented_indicators_stand_apart_after_the_real_ones_in_the_readers_language(client: Client, released: Release, world: World) -> None:
    Indicator.objects.create(code="sample_x", name="X (invented)", kind=Indicator.INVENTED, theme="Economy", definition="Made up.",
                             names={"pl": "X (zmyślony)", "theme_pl": "Gospodarka", "definition_pl": "Zmyślony."})  # fmt: skip
    Value.objects.create(indicator=Indicator.objects.get(code="sample_x"), geo="PL63", period="2021", value=1.0, release=released)
    themes = client.get(reverse("indicators:indicators")).context["themes"]
    assert [(theme, is_invented) for theme, is_invented, _rows in themes] == [("Work", False), ("Economy", True)]
    page = client.get("/pl/indicators/").text
    assert page.index("Bezrobocie") < page.index("Gospodarka") < page.index("X (zmyślony)")
    assert "Zmyślony." in client.get("/pl/indicators/sample_x/").text
    options = client.get("/en/pomorskie/map/").text
    assert '<optgroup label="Invented indicators of the sample"><option value="indicator:sample_x"' in options
