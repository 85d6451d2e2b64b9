"""Pages of assessments: instruments, rounds, results, comparison."""

import json
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from osnowa.assessments import actions
from osnowa.assessments.models import Agreed, Instrument, Round
from osnowa.assessments.queries import exchange
from osnowa.assessments.queries.instruments import definition_in
from tests.unit.assessments.making import a_round, fill
from tests.unit.assessments.test_answers import SAID
from tests.world import World

CODES = [f"D{number}" for number in range(1, 9)]


def _at(name: str, *words: object) -> str:
    return reverse(f"assessments:{name}", args=["pomorskie", *words])


def _closed(world: World, **values: Any) -> Round:
    one = a_round(world, is_public=True, **values)
    fill(one, SAID, CODES)
    closed: Round = actions.close_round(by=world.bolek, round_=one)
    return closed


def test_everybody_reads_what_an_instrument_asks(client: Client, world: World) -> None:
    actions.load_shipped(by=None)
    csei = Instrument.objects.get(code="csei")
    page = client.get(_at("instruments")).content.decode()
    assert "Cluster in eight dimensions" in page
    assert "community draft" in page
    page = client.get(_at("instrument", csei.pk)).content.decode()
    assert "Membership model" in page
    assert "founding document 004" in page.lower()
    polish = client.get(_at("instrument", csei.pk).replace("/en/", "/pl/")).content.decode()
    assert "Model członkostwa" in polish


@pytest.mark.parametrize("form", ["xlsx", "json"])
def test_an_exported_file_is_imported_again(signed_in: Callable[..., Client], world: World, form: str) -> None:
    actions.load_shipped(by=None)
    csei = Instrument.objects.get(code="csei")
    content = signed_in(world.bolek).get(_at("instrument_file", csei.pk, form)).content
    answer = signed_in(world.bolek).post(_at("import"), {"file": SimpleUploadedFile(f"csei.{form}", content)})
    assert answer.status_code == 302
    own = Instrument.objects.get(region=world.pomorskie)
    assert definition_in(own) == definition_in(csei)


def test_what_is_wrong_in_a_file_is_said_with_its_place(signed_in: Callable[..., Client], world: World) -> None:
    actions.load_shipped(by=None)
    words = json.loads(exchange.as_json(definition_in(Instrument.objects.get(code="csei"))))
    del words["dimensions"][2]["levels"]["2"]["sl"]
    answer = signed_in(world.bolek).post(_at("import"), {"file": SimpleUploadedFile("csei.json", json.dumps(words).encode())})
    assert answer.status_code == 422
    assert "Dimension D3, level 2: the text in Slovene is missing." in answer.content.decode()
    assert not Instrument.objects.filter(region=world.pomorskie).exists()


def test_editing_a_dimension_of_a_shipped_instrument_makes_the_regions_version(signed_in: Callable[..., Client], world: World) -> None:
    actions.load_shipped(by=None)
    csei = Instrument.objects.get(code="csei")
    client = signed_in(world.bolek)
    form = client.get(_at("edit_dimension", csei.pk, "D3")).context["form"]
    words = {name: field.initial or "" for name, field in form.fields.items()} | {"level-2 en": "wishes are listed"}
    assert client.post(_at("edit_dimension", csei.pk, "D3"), words).status_code == 302
    own = Instrument.objects.get(region=world.pomorskie)
    assert own.version == "0.2"
    dimension = definition_in(own).dimension("D3")
    assert dimension
    assert dimension.levels["2"]["en"] == "wishes are listed"
    answer = client.post(_at("edit_dimension", csei.pk, "D3"), words | {"level-2 sl": " "})
    assert answer.status_code == 422


def test_a_round_is_made_opened_and_closed(signed_in: Callable[..., Client], world: World) -> None:
    actions.load_shipped(by=None)
    client, csei = signed_in(world.bolek), Instrument.objects.get(code="csei")
    made = {"title": "First round", "instrument": csei.pk, "asked_public": "12", "is_shown_live": "on", "opens_on": "2026-11-20", "closes_on": "2026-11-01"}
    assert client.post(_at("new"), made).status_code == 422
    assert client.post(_at("new"), made | {"closes_on": "2026-12-01"}).status_code == 302
    one = Round.objects.get()
    assert (one.state, one.asked) == ("planned", {"public": 12})
    client.post(_at("open", one.slug))
    page = client.get(_at("settings", one.slug)).content.decode()
    assert f'/answer/{one.token}"' in page
    client.post(_at("close", one.slug))
    one.refresh_from_db()
    assert one.state == "closed"
    assert client.post(_at("open", one.slug)).status_code == 409


def test_results_show_the_web_sectors_and_no_area(client: Client, world: World, django_assert_max_num_queries: Callable[..., object]) -> None:
    one = _closed(world)
    with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
        answer = client.get(_at("round", one.slug))
    page = answer.content.decode()
    assert "No area of the web is counted" in page
    assert page.count("<svg class=\"wide\"") == 3
    assert "Academia" not in page.split('id="who"')[0]
    assert answer.context["it"].mean == 3.0


def test_the_workbook_holds_all_figures(client: Client, world: World) -> None:
    from python_calamine import CalamineWorkbook

    one = _closed(world)
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(_at("round_file", one.slug)).content))
    rows = book.get_sheet_by_name("Results").to_python()
    assert [row[0] for row in rows[1:]] == CODES
    assert rows[1][2] == 3


def test_an_open_round_shows_the_whole_only(client: Client, world: World) -> None:
    one = a_round(world, is_public=True)
    assert "Nothing to show yet" in client.get(_at("round", one.slug)).content.decode()
    fill(one, SAID, ["D1"])
    page = client.get(_at("round", one.slug)).content.decode()
    assert "steps of four" in page
    assert "Upper quartile" in page
    assert 'id="by-sector"' not in page


def test_what_was_agreed_is_noted_with_evidence(signed_in: Callable[..., Client], client: Client, world: World) -> None:
    one = _closed(world)
    leads = signed_in(world.bolek)
    noted = {"level": "3", "target": "4", "importance": "3", "reason": "All say so", "evidence": "Diagnosis | ftp://x", "target_on": "2027-06-30"}
    assert leads.post(_at("agreed", one.slug, "D1"), noted).status_code == 422
    assert leads.post(_at("agreed", one.slug, "D1"), noted | {"evidence": "Diagnosis | https://example.org/d\nMap"}).status_code == 302
    assert Agreed.objects.get().evidence == [{"title": "Diagnosis", "link": "https://example.org/d"}, {"title": "Map", "link": ""}]
    assert "All say so" in client.get(_at("round", one.slug)).content.decode()


def test_rounds_are_compared(client: Client, world: World, django_assert_max_num_queries: Callable[..., object]) -> None:
    assert client.get(_at("compare")).status_code == 200
    first = _closed(world, title="Spring")
    _closed(world, title="Autumn", before=first)
    with django_assert_max_num_queries(14):  # type: ignore[attr-defined]
        answer = client.get(_at("compare"), {"round": ["nonsense"]})
    assert [one.title for one in answer.context["chosen"]] == ["Spring", "Autumn"]
    assert answer.context["rows"][0] == ("Purpose", [3.0, 3.0], 0.0)


def test_rounds_that_are_not_public_are_not_there_for_others(client: Client, signed_in: Callable[..., Client], world: World) -> None:
    one = a_round(world)
    assert client.get(_at("round", one.slug)).status_code == 404
    assert signed_in(world.olga).get(_at("round", one.slug)).status_code == 200
    assert "Round" in signed_in(world.olga).get(_at("rounds")).content.decode()


def test_what_was_written_is_for_who_leads_only(signed_in: Callable[..., Client], world: World) -> None:
    from tests.unit.assessments.making import answer

    one = a_round(world, "evaluation", is_public=True)
    for number in range(5):
        answer(one, "public", {"worth": 4, "learnt": f"thought {number}"})
    actions.close_round(by=world.bolek, round_=one)
    assert "thought 3" in signed_in(world.bolek).get(_at("round", one.slug)).content.decode()
    assert "thought 3" not in signed_in(world.olga).get(_at("round", one.slug)).content.decode()


def test_dimensions_are_added_moved_and_taken_away_in_the_next_version(signed_in: Callable[..., Client], world: World) -> None:
    """A version that was used stays as it is; the region's own, unused one is changed in place."""
    from osnowa.assessments.queries.instruments import definition_in

    used = a_round(world).instrument
    client = signed_in(world.bolek)

    def codes(pk: int) -> list[str]:
        return [one.code for one in definition_in(Instrument.objects.get(pk=pk)).dimensions]

    before = codes(used.pk)
    assert client.post(_at("arrange", used.pk), {"code": "D3", "to": "0"}).status_code == 302
    mine = Instrument.objects.get(region=world.pomorskie)
    assert codes(mine.pk) == ["D3", "D1", "D2", *before[3:]]
    client.post(_at("arrange", mine.pk), {"code": "D3", "to": "1"})
    client.post(_at("arrange", mine.pk), {"code": before[-1], "remove": "1"})
    assert codes(mine.pk) == ["D1", "D3", "D2", *before[3:-1]]
    form = client.get(_at("add_dimension", mine.pk)).context["form"]
    words = {name: field.initial or f"Text {name}" for name, field in form.fields.items()}
    assert client.post(_at("add_dimension", mine.pk), words | {"code": "D1"}).status_code == 422
    assert client.post(_at("add_dimension", mine.pk), words | {"level-2 sl": ""}).status_code == 422
    assert client.post(_at("add_dimension", mine.pk), words | {"code": "Care"}).status_code == 302
    assert codes(mine.pk) == ["D1", "D3", "D2", *before[3:-1], "Care"]
    assert codes(used.pk) == before
    assert Instrument.objects.filter(region=world.pomorskie).count() == 1
    assert client.post(_at("arrange", mine.pk), {"code": "gone", "to": "0"}).status_code == 409
