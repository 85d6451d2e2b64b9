"""Instruments: what is wrong is said with its place; files go out and come in the same; shipped ones are complete."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from osnowa.assessments import actions
from osnowa.assessments.models import Instrument, Round
from osnowa.assessments.queries import exchange
from osnowa.assessments.queries.instruments import (
    TABLES,
    Definition,
    Unfit,
    as_words,
    definition_of,
    next_version,
    shipped,
)
from osnowa.kit.errors import Refused
from tests.world import World


def _csei() -> Definition:
    return next(one for one in shipped() if one.code == "csei")


def test_the_model_of_eight_dimensions_is_complete_in_three_languages() -> None:
    csei = _csei()
    assert [one.code for one in csei.dimensions] == [f"D{number}" for number in range(1, 9)]
    assert csei.languages == ["pl", "sl", "en"]
    assert csei.is_draft
    assert "004" in csei.reference
    assert all(one.questions and one.evidence and len(one.levels) == 5 for one in csei.dimensions)


@pytest.mark.parametrize("path", sorted(TABLES.glob("*.json")), ids=lambda path: path.stem)
@pytest.mark.parametrize("form", ["json", "xlsx"])
def test_a_file_out_and_in_again_is_the_same_instrument(path: Path, form: str, tmp_path: Path) -> None:
    one = definition_of(json.loads(path.read_text()))
    file = tmp_path / f"out.{form}"
    file.write_bytes(exchange.as_json(one) if form == "json" else exchange.as_workbook(one))
    assert exchange.read(file, file.name) == one


def test_what_is_missing_is_said_with_its_place() -> None:
    words = as_words(_csei())
    del words["dimensions"][2]["levels"]["2"]["sl"]
    del words["dimensions"][3]["levels"]["4"]
    words["dimensions"][4]["items"] = [{"code": "x", "kind": "rank", "texts": words["titles"]}, {"code": "D1", "kind": "choice", "texts": words["titles"]}]
    with pytest.raises(Unfit) as error:
        definition_of(words)
    said = error.value.problems
    assert "Dimension D3, level 2: the text in Slovene is missing." in said
    assert "Dimension D4, level 4 is missing." in said
    assert any("“rank” is no kind of item" in one for one in said)
    assert any("“D1” stands twice" in one for one in said)
    assert any("at least two answers" in one for one in said)


@pytest.mark.parametrize("words", [None, [], {}, {"code": "x"}, {"code": "x", "version": "1", "titles": "y", "dimensions": 3}])
def test_words_that_are_no_instrument_are_refused(words: object) -> None:
    with pytest.raises(Unfit, match="not an instrument"):
        definition_of(words)


def test_a_wrong_row_of_a_workbook_is_named(tmp_path: Path) -> None:
    from osnowa.kit import sheets

    file = tmp_path / "wrong.xlsx"
    file.write_bytes(sheets.as_xlsx({"instrument": (["part", "value", "pl"], [["code", "x", ""]]), "texts": (["dimension", "part", "pl"], [["D1", "name", "A"], ["D1", "colour", "B"]])}))
    with pytest.raises(Unfit, match="row 3: “colour”"):
        exchange.read(file, file.name)
    file.write_bytes(sheets.as_xlsx({"else": (["a", "b"], [[1, 2], [3, 4]])}))
    with pytest.raises(Refused, match="no sheets"):
        exchange.read(file, file.name)


def test_shipped_instruments_are_loaded_once(db: None) -> None:
    assert len(actions.load_shipped(by=None)) == 6
    assert actions.load_shipped(by=None) == []


def test_editing_a_used_version_makes_the_next(world: World) -> None:
    actions.load_shipped(by=None)
    csei = Instrument.objects.get(code="csei")
    definition = definition_of(csei.definition)
    changed = replace(definition, titles={**definition.titles, "en": "Ours"})
    second = actions.save_definition(by=world.bolek, region=world.pomorskie, instrument=csei, definition=changed)
    assert (second.version, second.region, second.replaces) == ("0.2", world.pomorskie, csei)
    again = replace(changed, titles={**changed.titles, "en": "Ours once more"})
    assert actions.save_definition(by=world.bolek, region=world.pomorskie, instrument=second, definition=again).pk == second.pk
    Round.objects.create(region=world.pomorskie, instrument=second, slug="r", title="R")
    third = actions.save_definition(by=world.bolek, region=world.pomorskie, instrument=second, definition=changed)
    assert third.version == "0.3"
    assert definition_of(Instrument.objects.get(pk=second.pk).definition).titles["en"] == "Ours once more"
    csei.refresh_from_db()
    assert definition_of(csei.definition) == definition


def test_an_import_never_overwrites_a_version(world: World) -> None:
    actions.load_shipped(by=None)
    changed = replace(_csei(), reference="else")
    with pytest.raises(Refused, match="stands already"):
        actions.import_instrument(by=None, region=None, definition=changed)
    assert actions.import_instrument(by=world.bolek, region=world.pomorskie, definition=changed).region == world.pomorskie


def test_the_next_version_is_after_the_highest() -> None:
    assert next_version(["0.1", "0.9", "0.10"]) == "0.11"
    assert next_version([]) == "0.1"
    assert next_version(["spring"]) == "0.1"
