"""The canvas of a cluster: its page, dimensions, writing, versions, points, files; who may, and how many queries."""

import io

import pptx
import pytest
from django.urls import reverse

from osnowa.clusters.models import Point, Wording
from osnowa.clusters.queries.canvas import canvas
from osnowa.journal.models import Entry
from osnowa.meetings.models import Card
from tests.unit.clusters.making import a_cluster
from tests.unit.clusters.making_canvas import CODES, a_canvas, a_closed_round, a_point, a_series, a_text


def address(name: str, it, *words: object) -> str:
    return reverse(f"clusters:{name}", args=["pomorskie", it.slug, *words])


def test_an_empty_canvas_shows_what_to_ask(client, world):
    page = client.get(address("canvas", a_cluster(world))).text
    assert "Nothing is written yet" in page
    assert "Which problem of people and places" in page
    assert "Levels come with the first closed round" in page


def test_the_canvas_tells_text_counts_levels_and_loose_ends(client, world):
    it = a_canvas(world)
    a_closed_round(world, it)
    page = client.get(address("canvas", it)).text
    assert "Agreed text in 5 of 8 fields" in page
    assert "Chcemy, by nikt nie był sam." in page
    assert "1 open question" in page
    assert "now 2" in page
    assert "target 4" in page
    assert "a gap without a decision" in page
    assert page.count('class="canvas-field ') == 8


def test_levels_of_a_round_one_may_not_see_are_not_told(client, signed_in, world):
    it = a_canvas(world)
    a_closed_round(world, it, is_public=False)
    assert "canvas-levels" not in client.get(address("canvas", it)).text
    assert "canvas-levels" in signed_in(world.olga).get(address("canvas", it)).text


def test_a_dimension_tells_questions_points_and_the_language_of_its_text(client, world):
    it = a_canvas(world)
    page = client.get(address("dimension", it, "D1")).text
    assert "Not written in your language yet" in page
    assert 'lang="pl"' in page
    assert "settled by: Biuro prowadzi Dobry Chleb" in page
    assert "https://example.org/diagnoza" in page
    assert "/add/question/" not in page


@pytest.mark.parametrize("code", ["D9", "nothing"])
def test_a_dimension_that_is_not_there_is_not_found(client, signed_in, world, code):
    it = a_cluster(world)
    assert client.get(address("dimension", it, code)).status_code == 404
    assert signed_in(world.edyta).get(address("dimension_text", it, code, "pl")).status_code == 404
    assert signed_in(world.edyta).get(address("add_point", it, code, "question")).status_code == 404


def test_a_language_or_a_kind_that_is_not_there_is_not_found(signed_in, world):
    it, client = a_cluster(world), signed_in(world.edyta)
    assert client.get(address("dimension_text", it, "D1", "xx")).status_code == 404
    assert client.get(address("add_point", it, "D1", "song")).status_code == 404


def test_an_editor_writes_a_text_from_cards(signed_in, world):
    it, client = a_cluster(world, series=a_series(world)), signed_in(world.edyta)
    card = Card.objects.get(text="Wspólna kuchnia")
    assert "Wspólna kuchnia" in client.get(address("dimension_text", it, "D1", "pl")).text
    answer = client.post(address("dimension_text", it, "D1", "pl"), {"text": "Kuchnia dla wszystkich", "note": "pierwsza", "seen": "0", "cards": [card.pk]})
    assert answer.url == address("dimension", it, "D1")
    made = Wording.objects.get()
    assert (made.number, made.text, made.made_by, list(made.cards.all())) == (1, "Kuchnia dla wszystkich", world.edyta, [card])
    assert Entry.objects.get(deed="clusters.text_written").changes == {"canvas D1 pl": [0, 1]}
    page = client.get(address("dimension", it, "D1")).text
    assert "<q>Wspólna kuchnia</q>" in page


def test_cards_are_read_by_those_with_a_seat_and_counted_for_others(client, signed_in, world):
    it = a_cluster(world, series=a_series(world))
    a_text(it, cards=[Card.objects.get(text="Wspólna kuchnia")], by=world.edyta)
    page = client.get(address("dimension", it, "D1")).text
    assert "from 1 card" in page
    assert "Wspólna kuchnia" not in page
    assert "Edyta" not in page
    assert "Edyta" in signed_in(world.olga).get(address("dimension", it, "D1")).text


def test_a_search_for_cards_saves_nothing_and_keeps_what_was_typed(signed_in, world):
    it, client = a_cluster(world, series=a_series(world)), signed_in(world.edyta)
    picked = Card.objects.get(text="Wspólna kuchnia")
    page = client.post(address("dimension_text", it, "D1", "pl"), {"text": "Zaczęte", "words": "seniorow", "seen": "0", "cards": [picked.pk], "find": "1"})
    assert page.status_code == 200
    assert "Zaczęte" in page.text
    assert "Transport dla seniorów" in page.text
    assert f'value="{picked.pk}" checked' in page.text
    page = client.post(address("dimension_text", it, "D1", "pl"), {"words": "xyz", "seen": "0", "find": "1"}).text
    assert "No card has these words" in page
    assert not Wording.objects.exists()


def test_a_hidden_or_withdrawn_card_is_not_offered(signed_in, world):
    it, client = a_cluster(world, series=a_series(world)), signed_in(world.edyta)
    Card.objects.filter(text="Wspólna kuchnia").update(is_hidden=True)
    Card.objects.filter(text="Transport dla seniorów").update(is_withdrawn=True)
    gone = list(Card.objects.values_list("pk", flat=True))
    page = client.get(address("dimension_text", it, "D1", "pl")).text
    assert "Wspólna kuchnia" not in page
    assert "Transport" not in page
    client.post(address("dimension_text", it, "D1", "pl"), {"text": "x", "seen": "0", "cards": gone})
    assert Wording.objects.get().cards.count() == 0


def test_who_saves_after_somebody_else_reads_first_and_loses_nothing(signed_in, world):
    it, client = a_cluster(world), signed_in(world.edyta)
    a_text(it, text="Jeden cel")
    a_text(it, text="Jeden wspólny cel", by=world.bolek)
    words = {"text": "Mój cel", "seen": "1"}
    page = client.post(address("dimension_text", it, "D1", "pl"), words)
    assert page.status_code == 422
    assert "Somebody else saved version" in page.text
    assert "<ins>wspólny " in page.text
    assert "Mój cel" in page.text
    assert 'name="seen" value="2"' in page.text
    assert Wording.objects.count() == 2
    client.post(address("dimension_text", it, "D1", "pl"), words | {"seen": "2"})
    assert Wording.objects.get(number=3).text == "Mój cel"


def test_saving_without_a_change_makes_no_version(signed_in, world):
    it = a_cluster(world)
    a_text(it)
    signed_in(world.edyta).post(address("dimension_text", it, "D1", "pl"), {"text": "Chcemy, by nikt nie był sam.", "seen": "1"})
    assert Wording.objects.count() == 1


def test_any_two_versions_are_compared_word_by_word(client, world):
    it = a_cluster(world)
    for text in ("Jeden cel", "Jeden wspólny cel", "Dwa wspólne cele"):
        a_text(it, text=text)
    page = client.get(address("dimension_versions", it, "D1", "pl")).text
    assert "From version 2 to version 3" in page
    page = client.get(address("dimension_versions", it, "D1", "pl") + "?from=2&to=1").text
    assert "From version 1 to version 2" in page
    assert "<ins>wspólny " in page
    assert "From version" in client.get(address("dimension_versions", it, "D1", "pl") + "?from=x&to=99").text
    assert "Nothing is written in this language yet" in client.get(address("dimension_versions", it, "D1", "sl")).text


def test_points_are_added_settled_and_removed(signed_in, world):
    it, client = a_cluster(world), signed_in(world.edyta)
    client.post(address("add_point", it, "D1", "question"), {"text": "Kto płaci?", "on": "2026-11-01"})
    client.post(address("add_point", it, "D1", "decision"), {"text": "Członkowie płacą", "on": "2026-11-10"})
    question, decision = Point.objects.get(kind="question"), Point.objects.get(kind="decision")
    answer = client.post(address("point", it, "D1", question.pk), {"text": "Kto płaci?", "on": "2026-11-01", "settled_by": decision.pk})
    assert answer.status_code == 302
    question.refresh_from_db()
    assert (question.settled_by, str(question.settled_on)) == (decision, "2026-11-20")
    client.post(address("remove_point", it, "D1", decision.pk))
    question.refresh_from_db()
    assert (question.settled_by, question.settled_on) == (None, None)
    assert not Point.objects.filter(kind="decision").exists()


def test_a_day_of_settling_without_a_decision_is_refused(signed_in, world):
    it = a_cluster(world)
    question = a_point(it)
    answer = signed_in(world.edyta).post(address("point", it, "D1", question.pk), {"text": "Kto płaci?", "on": "2026-11-01", "settled_on": "2026-11-05"})
    assert answer.status_code == 422
    assert "Say which decision settles the question" in answer.text


def test_a_question_is_not_settled_before_it_is_asked(signed_in, world):
    it = a_cluster(world)
    question, decision = a_point(it), a_point(it, "decision", "Tak")
    words = {"text": "Kto płaci?", "on": "2026-11-10", "settled_by": decision.pk, "settled_on": "2026-11-05"}
    answer = signed_in(world.edyta).post(address("point", it, "D1", question.pk), words)
    assert answer.status_code == 422
    assert "settled before it is asked" in answer.text


def test_the_meeting_of_a_point_is_named_to_who_may_see_it(client, signed_in, world):
    series = a_series(world, state="draft")
    it = a_cluster(world, series=series)
    a_point(it, meeting=series.meetings.get())
    assert "Warsztat o celu" not in client.get(address("dimension", it, "D1")).text
    assert "Warsztat o celu" in signed_in(world.edyta).get(address("dimension", it, "D1")).text


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF"), ("pptx", b"PK"), ("xlsx", b"PK")])
def test_everybody_takes_the_canvas_along(client, world, form, begins):
    it = a_canvas(world)
    a_closed_round(world, it)
    answer = client.get(address("canvas_file", it, form))
    assert answer.content.startswith(begins)
    assert f".{form}" in answer["Content-Disposition"]


def test_there_is_no_file_of_another_form(client, world):
    assert client.get(address("canvas_file", a_cluster(world), "exe")).status_code == 404


def test_the_slides_speak_the_language_of_the_reader(client, world):
    it = a_canvas(world)
    made = pptx.Presentation(io.BytesIO(client.get(address("canvas_file", it, "pptx").replace("/en/", "/pl/")).content))
    assert "1 Cel" in [slide.shapes.title.text for slide in made.slides]


@pytest.mark.parametrize("many", [False, True])
def test_the_canvas_asks_no_more_for_more(signed_in, world, django_assert_max_num_queries, many):
    it = a_canvas(world)
    a_closed_round(world, it, title="Pierwsza")
    a_closed_round(world, it, title="Druga")
    if many:
        for code in CODES:
            for number in range(4):
                a_text(it, code, f"Wersja {number}", "sl")
                a_point(it, "decision", f"Decyzja {number}", code)
    client = signed_in(world.edyta)
    with django_assert_max_num_queries(7):
        canvas(world.edyta, it)
    with django_assert_max_num_queries(11):
        client.get(address("canvas", it))
    with django_assert_max_num_queries(12):
        client.get(address("dimension", it, "D1"))
