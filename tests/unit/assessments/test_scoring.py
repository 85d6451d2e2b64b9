"""Scoring as a part of a meeting: phones speak, the wall moves, minutes tell."""

from datetime import timedelta
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from osnowa.assessments import actions
from osnowa.assessments.models import Answer, Instrument, Respondent, Round
from osnowa.kit.errors import Refused
from osnowa.meetings.actions import agenda, voices
from osnowa.meetings.models import Block, Meeting, Voice
from osnowa.meetings.queries.kinds import Message, kind_of
from tests.world import World


def _block(world: World, *, with_round: bool = True) -> Block:
    now = timezone.now()
    words = {"title": "Workshop", "starts_at": now, "ends_at": now + timedelta(hours=3), "time_zone": "Europe/Warsaw", "state": "announced"}
    meeting = Meeting.objects.create(region=world.pomorskie, slug="workshop", keep_until=now.date(), **words)
    block = Block.objects.create(meeting=meeting, kind="score", title="Where are we?", state="open", opened_at=now)
    if with_round:
        actions.load_shipped(by=None)
        csei = Instrument.objects.get(code="csei")
        actions.make_round(by=world.bolek, region=world.pomorskie, instrument=csei, values={"title": "Live"}, block=block)
    return block


def _voice(block: Block, number: int, sector: str = "public") -> Voice:
    return Voice.objects.create(meeting=block.meeting, number=number, sector=sector)


def _say(block: Block, voice: Voice, item: str, value: object, turn: int = 1, **more: object) -> voices.Heard:
    message = Message("score", f"score {item}", turn, {"item": item, "value": value, **more})
    return voices.say(voice=voice, messages=[(block.pk, message)])


def _drawn(panel: tuple[str, dict[str, object]], block: Block) -> str:
    return render_to_string(panel[0], {"block": block, "say_url": "/say/"} | panel[1])


def test_a_voice_scores_once_whatever_is_repeated(world: World) -> None:
    block = _block(world)
    voice = _voice(block, 1)
    for turn, value in ((5, "4"), (5, "4"), (3, "1")):
        assert _say(block, voice, "D1", value, turn, importance="3", target="5").refused == ()
    answer = Answer.objects.get()
    assert (answer.value, answer.importance, answer.target) == (4, 3, 5)
    assert Respondent.objects.get().sector == "public"


def test_no_answer_is_an_answer_without_a_value(world: World) -> None:
    block = _block(world)
    _say(block, _voice(block, 1), "D1", "none")
    assert Answer.objects.get().value is None


def test_what_cannot_be_is_refused_and_the_rest_is_taken(world: World) -> None:
    block = _block(world)
    voice = _voice(block, 1)
    messages = [(block.pk, Message("score", "a", 1, {"item": "D1", "value": "9"})), (block.pk, Message("score", "b", 2, {"item": "D2", "value": "2"}))]
    heard = voices.say(voice=voice, messages=messages)
    assert heard.taken == ("b",)
    assert heard.refused[0][0] == "a"
    assert _say(block, voice, "D9", 3).refused
    Round.objects.get().delete()
    assert _say(block, voice, "D1", 3).refused


def test_the_phone_shows_one_dimension_at_a_time_with_its_levels(world: World) -> None:
    block = _block(world)
    voice = _voice(block, 1)
    _say(block, voice, "D1", "4")
    page = _drawn(kind_of(block).on_phone(block, voice), block)
    assert page.count("<details") == 8
    assert page.count(" open>") == 1
    assert 'id="score-D2" open' in page
    assert "4 Guiding" in page
    assert 'value="none"' in page


def test_the_wall_moves_by_batches_and_shows_sectors_after_closing(world: World) -> None:
    block = _block(world)
    wall = kind_of(block)
    for number, value in enumerate([1, 2, 3, 4, 5, 5, 4, 3, 2, 2], start=1):
        _say(block, _voice(block, number, "public" if number % 2 else "business"), "D1", value)
        drawn = _drawn(wall.on_wall(block), block)
        assert ("<svg" in drawn) == (number >= 8)
    assert "Public" not in drawn
    actions.close_round(by=world.bolek, round_=Round.objects.get())
    after = _drawn(wall.on_wall(block), block)
    assert "Public" in after
    assert _say(block, _voice(block, 11), "D1", 3).refused


def test_a_part_without_a_round_says_so(world: World) -> None:
    block = _block(world, with_round=False)
    kind = kind_of(block)
    assert "being prepared" in _drawn(kind.on_phone(block, _voice(block, 1)), block)
    assert "Prepare the scoring" in _drawn(kind.for_lead(block), block)
    assert kind.tell(block).tables == ()


def test_minutes_tell_figures_and_draw_the_web(world: World) -> None:
    block = _block(world)
    for number, value in enumerate([1, 1, 1, 5, 5, 5, 1, 5], start=1):
        for code in ("D1", "D2", "D3"):
            _say(block, _voice(block, number * 10 + int(code[1])), code, value)
    actions.close_round(by=world.bolek, round_=Round.objects.get())
    told = kind_of(block).tell(block)
    assert any("to be discussed: Purpose" in line for line in told.paragraphs)
    assert told.tables[0][2][0] == ("Purpose", "3", "8", "4", "–", "–")
    assert told.pictures[0][1].startswith("<?xml")


@pytest.mark.parametrize("language", ["pl", "sl", "en"])
def test_the_phone_speaks_the_language_of_the_voice(world: World, language: str) -> None:
    from django.utils import translation

    block = _block(world)
    with translation.override(language):
        page = _drawn(kind_of(block).on_phone(block, _voice(block, 1)), block)
    assert {"pl": "Zalążek", "sl": "Zametek", "en": "Seed"}[language] in page


def test_a_part_in_which_was_scored_stays_and_stays_of_its_kind(world: World) -> None:
    """Also where it was never opened or is closed with nothing on the board: answers are kept by another room."""
    block = _block(world)
    _say(block, _voice(block, 1), "D1", 3)
    Block.objects.filter(pk=block.pk).update(state=Block.State.PLANNED)
    with pytest.raises(Refused, match="stays"):
        agenda.remove_block(by=world.bolek, block=block)
    with pytest.raises(Refused, match="its kind cannot change"):
        agenda.change_block(by=world.bolek, block=block, values={"kind": "cards"})
    assert Round.objects.get(block=block).respondents.count() == 1
    agenda.change_block(by=world.bolek, block=block, values={"title": "Ocena"})


def test_a_prepared_part_in_which_nobody_scored_goes(world: World) -> None:
    block = _block(world)
    Block.objects.filter(pk=block.pk).update(state=Block.State.PLANNED)
    agenda.remove_block(by=world.bolek, block=block)
    assert not Block.objects.filter(pk=block.pk).exists()


def test_what_a_phone_asks_for_leaves_what_the_wall_shows_unread(world: World, django_assert_max_num_queries: Any) -> None:
    block = _block(world)
    voice = _voice(block, 1)
    _say(block, voice, "D1", 3)
    kind = kind_of(block)
    kind.on_phone(block, voice)
    with django_assert_max_num_queries(3) as asked:
        kind.on_phone(block, voice)
    assert not [one for one in asked if '"shown"' in one["sql"] or '"definition"' in one["sql"]]
