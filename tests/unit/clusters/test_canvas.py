"""The canvas: versions are only added, levels, loose ends, languages, the brief of a text, cards."""

import pytest
from django.utils import translation

from osnowa.assessments import actions as assessments
from osnowa.clusters.actions.canvas import change_point, settle_question, write_text
from osnowa.clusters.models import Wording
from osnowa.clusters.queries.canvas import canvas, definition, figure, web
from osnowa.clusters.queries.canvas_cards import choosable, offer
from osnowa.clusters.queries.canvas_papers import in_brief, levels_in_words, workbook
from osnowa.kit.errors import Refused
from osnowa.meetings.models import Card
from tests.unit.clusters.making import a_cluster
from tests.unit.clusters.making_canvas import CODES, a_canvas, a_closed_round, a_point, a_series, a_text


def test_versions_are_only_added(world):
    it = a_cluster(world)
    first = a_text(it, text="Jeden")
    a_text(it, text="Dwa")
    a_text(it, text="Jeden")
    assert list(Wording.objects.values_list("number", "text")) == [(1, "Jeden"), (2, "Dwa"), (3, "Jeden")]
    first.refresh_from_db()
    assert first.text == "Jeden"


def test_languages_are_numbered_apart(world):
    it = a_cluster(world)
    assert [a_text(it, text="x", language=language).number for language in ("pl", "sl", "pl")] == [1, 1, 1]
    assert a_text(it, text="y", language="pl").number == 2


def test_who_did_not_see_the_newest_version_is_refused(world):
    it = a_cluster(world)
    a_text(it, text="Jeden")
    with pytest.raises(Refused):
        write_text(by=None, cluster=it, dimension="D1", language="pl", text="Dwa", seen=0)
    assert Wording.objects.count() == 1


def test_a_dimension_that_is_not_on_the_canvas_is_refused(world):
    with pytest.raises(Refused, match="D9"):
        a_text(a_cluster(world), "D9")


def test_a_text_taken_out_is_told_no_more(world):
    it = a_cluster(world)
    a_text(it, text="Jeden")
    a_text(it, text="")
    assert canvas(world.bolek, it).field("D1").texts == ()


def test_the_reader_gets_her_language_else_that_of_the_region(world):
    it = a_cluster(world)
    a_text(it, text="Cel", language="pl")
    a_text(it, text="Namen", language="sl")
    with translation.override("sl"):
        field = canvas(world.bolek, it).field("D1")
        assert (field.text, field.is_in_another_language) == ("Namen", False)
    with translation.override("en"):
        field = canvas(world.bolek, it).field("D1")
        assert (field.text, field.is_in_another_language) == ("Cel", True)


def test_the_eight_dimensions_stand_there_before_any_instrument_is_loaded(world):
    assert [one.code for one in definition(world.pomorskie).scored] == CODES


def test_levels_come_from_the_newest_round_and_the_one_before(world):
    it = a_cluster(world)
    a_closed_round(world, it, title="Pierwsza")
    second = a_closed_round(world, it, {"public": [3, 3, 3, 3]}, title="Druga")
    found = canvas(world.bolek, it)
    levels = found.field("D1").levels
    assert (found.round, levels.now, levels.before, levels.target, levels.gap, levels.priority) == (second, 3, 2, 4, 1, 2)
    assert [series.name for series in web(found).series] == ["Before", "Target", "Now"]


def test_what_was_agreed_counts_before_what_voices_say(world):
    it = a_cluster(world)
    one = a_closed_round(world, it)
    assessments.note_agreed(by=world.bolek, round_=one, dimension="D1", values={"level": 3, "target": 5, "evidence": [{"title": "Diagnoza", "link": ""}]})
    field = canvas(world.bolek, it).field("D1")
    assert (field.levels.now, field.levels.voices, field.levels.target, field.levels.is_agreed, field.proofs) == (3, 2, 5, True, 1)


def test_levels_of_few_voices_are_not_told(world):
    it = a_cluster(world)
    a_closed_round(world, it, {"public": [2, 3, 2]})
    assert not any(field.levels.is_known for field in canvas(world.bolek, it).fields)


def test_rounds_of_others_do_not_count(world):
    it, other = a_cluster(world), a_cluster(world, name="Inny")
    a_closed_round(world, other)
    assert canvas(world.bolek, it).round is None


def test_loose_ends_are_told_until_they_are_tied(world):
    it = a_cluster(world)
    a_closed_round(world, it)
    ends = {"no agreed text", "a gap without a decision"}
    assert set(canvas(world.bolek, it).field("D1").loose_ends) == ends
    a_text(it)
    question, decision = a_point(it), a_point(it, "decision", "Wszyscy płacą")
    assert set(canvas(world.bolek, it).field("D1").loose_ends) == {"1 question without a decision", "decisions without evidence"}
    settle_question(by=None, point=question, decision=decision)
    a_point(it, "evidence", "Uchwała")
    assert canvas(world.bolek, it).field("D1").loose_ends == []


def test_only_a_question_is_settled_and_only_by_a_decision_of_the_cluster(world):
    it, other = a_cluster(world), a_cluster(world, name="Inny")
    question, proof = a_point(it), a_point(it, "evidence", "Uchwała")
    foreign = a_point(other, "decision", "Tak")
    for wrong in (proof, foreign):
        with pytest.raises(Refused):
            settle_question(by=None, point=question, decision=wrong)
    with pytest.raises(Refused):
        change_point(by=None, point=proof, values={"settled_on": proof.on})


def test_cards_are_found_without_accents_and_alike_ones_stand_once(world):
    it = a_cluster(world, series=a_series(world, ("Wspólna kuchnia", "wspólna kuchnia!", "Łódź dla wszystkich")))
    first, second, _third = Card.objects.order_by("pk")
    Card.objects.filter(pk=second.pk).update(merged_into=first)
    cards = choosable(world.bolek, it)
    assert {card.text for card in cards} == {"Wspólna kuchnia", "Łódź dla wszystkich"}
    assert [card.text for card in offer(cards, {first.pk}, "lodz").cards] == ["Wspólna kuchnia", "Łódź dla wszystkich"]


@pytest.mark.parametrize(
    ("text", "most", "brief"),
    [("Krótko.", 20, "Krótko."), ("Jeden dwa trzy cztery", 12, "Jeden dwa …"), ("a\n\nb", 20, "a\nb"), ("\n".join("abcdefgh"), 90, "a\nb\nc\nd\ne\nf …"), ("", 10, "")],
)
def test_a_text_in_brief_ends_with_a_whole_word(text, most, brief):
    assert in_brief(text, most) == brief


def test_figures_are_written_as_the_reader_writes_them():
    assert [figure(value) for value in (2.0, 2.5, -0.5, None)] == ["2", "2.5", "−0.5", "–"]
    with translation.override("pl"):
        assert figure(2.5) == "2,5"


def test_the_workbook_holds_every_text_and_point(world):
    it = a_canvas(world)
    texts, levels, points = (rows for _headings, rows in workbook(canvas(world.bolek, it)).values())
    assert (len(texts), len(levels), len(points)) == (5, 8, 4)
    assert ["D1", "Purpose", "open question", "Kto prowadzi biuro?"] in [row[:4] for row in points]


def test_levels_are_told_in_a_line(world):
    it = a_cluster(world)
    a_closed_round(world, it)
    assert levels_in_words(canvas(world.bolek, it).field("D1")) == "now 2 · target 4 · gap 2"
