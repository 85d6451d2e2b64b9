"""The form to print: two pages of A4, tagged, in the language of the page, from whatever an instrument asks."""

import re

import pytest
from django.utils import translation

from osnowa.assessments.actions import load_shipped, make_round
from osnowa.assessments.models import Instrument
from osnowa.assessments.queries.instruments import definition_in
from osnowa.assessments.queries.papers import facts, form
from tests.world import World

pytestmark = pytest.mark.django_db
SHIPPED = ("csei", "territory", "network", "needs", "skills", "evaluation")


@pytest.fixture
def instruments() -> dict[str, Instrument]:
    load_shipped(by=None)
    return {one.code: one for one in Instrument.objects.filter(region=None)}


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))


@pytest.mark.parametrize("language", ["pl", "sl", "en"])
def test_the_eight_dimensions_fit_two_tagged_pages(instruments: dict[str, Instrument], language: str) -> None:
    with translation.override(language):
        pdf = form(definition_in(instruments["csei"]), "Klaster", "Pomorska Ekonomia Społeczna")
    assert pages(pdf) == 2
    assert b"/StructTreeRoot" in pdf
    assert f"/Lang({language})".encode() in pdf.replace(b"/Lang (", b"/Lang(")
    assert b"pdfuaid" in pdf


@pytest.mark.parametrize("code", SHIPPED)
def test_every_shipped_instrument_can_be_printed(instruments: dict[str, Instrument], code: str) -> None:
    pdf = form(definition_in(instruments[code]))
    assert pdf.startswith(b"%PDF-")
    assert 1 <= pages(pdf) <= 3


def test_the_form_asks_for_sector_levels_importance_and_no_name(instruments: dict[str, Instrument]) -> None:
    it = facts(definition_in(instruments["csei"]))
    first = it["dimensions"][0]["items"][0]
    assert len(it["sectors"]) == 5
    assert [level["name"] for level in first["levels"]] == ["1 Seed", "2 Explored", "3 Agreed", "4 Guiding", "5 Transforming"]
    assert all(level["text"] for level in first["levels"])
    assert (first["silent"], first["importance"], first["targets"]) == ("no answer", ["1", "2", "3"], ["1", "2", "3", "4", "5"])
    assert "Do not write your name" in it["how"]


def test_answers_have_the_numbers_that_are_typed_in_and_texts_have_lines(instruments: dict[str, Instrument]) -> None:
    it = facts(definition_in(instruments["needs"]))
    needs, urgency, words = it["dimensions"][0]["items"]
    assert needs["options"][0].startswith("1 ")
    assert "several may be ticked" in needs["text"]
    assert (urgency["silent"], words["lines"]) == ("no answer", 2)


def test_who_leads_takes_the_form_from_the_page_of_the_round(world: World, signed_in, instruments: dict[str, Instrument]) -> None:
    made = make_round(by=world.bolek, region=world.pomorskie, instrument=instruments["csei"], values={"title": "Runda"})
    client = signed_in(world.bolek)
    assert f"/en/pomorskie/assessments/rounds/{made.slug}/form/" in client.get(f"/en/pomorskie/assessments/rounds/{made.slug}/settings/").text
    answer = client.get(f"/sl/pomorskie/assessments/rounds/{made.slug}/form/")
    assert answer["Content-Type"] == "application/pdf"
    assert f'filename="{made.slug}-sl.pdf"' in answer["Content-Disposition"]
    assert pages(answer.content) == 2
