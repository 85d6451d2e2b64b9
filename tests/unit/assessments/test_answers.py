"""Answers: the newest turn wins, silence leaves the denominator, the view moves by batches, closed stays closed."""

import pytest

from osnowa.assessments import actions
from osnowa.assessments.models import Answer, Respondent, Round
from osnowa.assessments.queries.results import results
from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from tests.unit.assessments.making import a_round, answer, fill
from tests.world import World

SAID = {"public": [2, 3, 2, 4, 3, 3, 2, 4], "business": [1, 4, 5, 4, 2], "civil_society": [3, 4, 2, 3], "academia": [1, 2, 5]}


def test_the_newest_turn_wins_in_any_order(world: World) -> None:
    one = a_round(world)
    who = answer(one, "public", {"D1": 4}, turn=7)
    for turn, value in ((3, 1), (7, 2), (9, 5), (8, 3)):
        answer(one, "public", {"D1": value}, turn=turn, respondent=who)
    assert Answer.objects.get().value == 5
    assert Answer.objects.get().turn == 9


@pytest.mark.parametrize("words", [{"value": "6"}, {"value": "x"}, {"value": 3, "importance": 4}, {"value": 3, "target": 0}])
def test_what_is_not_on_the_scale_is_refused(world: World, words: dict[str, object]) -> None:
    with pytest.raises(Refused, match="number from"):
        answer(a_round(world), "public", {"D1": words})
    assert not Answer.objects.exists()


def test_what_is_not_asked_is_refused(world: World) -> None:
    with pytest.raises(Refused, match="not asked"):
        answer(a_round(world), "public", {"D9": 3})


def test_texts_and_choices_are_checked(world: World) -> None:
    one = a_round(world, "evaluation")
    who = answer(one, "public", {"again": "yes", "learnt": " a lot ", "worth": 5})
    assert dict(Answer.objects.filter(respondent=who).values_list("item", "words")) == {"again": "yes", "learnt": "a lot", "worth": None}
    with pytest.raises(Refused, match="offered"):
        answer(one, "public", {"again": "never"})
    with pytest.raises(Refused, match="personal number"):
        answer(one, "public", {"learnt": "44051401359"})


def test_results_of_a_closed_round_hide_small_sectors(world: World) -> None:
    one = a_round(world, asked={"public": 10, "academia": 4})
    fill(one, SAID)
    told = results(actions.close_round(by=world.bolek, round_=one))
    row = told.rows[0]
    assert set(row.told.sectors) == {"public", "business"}
    assert (row.level, row.target, row.gap, row.importance, row.priority) == (3.0, 4.0, 1.0, 2.0, 2.0)
    assert told.respondents == 20
    assert {code: (rate.asked, rate.answered) for code, _name, rate in told.tracker}["public"] == (10, 8)


def test_no_answer_leaves_the_denominator_and_is_counted_apart(world: World) -> None:
    one = a_round(world)
    fill(one, {"public": [2, 2, 2, 4, 4, None, None]})
    row = results(actions.close_round(by=world.bolek, round_=one)).rows[0]
    assert row.told.whole
    assert (row.told.whole.n, row.no_answers, row.level) == (5, 2, 2)


def test_the_view_of_an_open_round_moves_by_batches_and_tells_no_sector(world: World) -> None:
    one = a_round(world)
    seen = []
    for value in (1, 2, 3, 4, 5, 4, 3, 2, 1, 2, 3, 4):
        answer(one, "public", {"D1": value})
        one.refresh_from_db()
        row = results(one).rows[0]
        assert not row.told.sectors
        seen.append(row.told.whole.n if row.told.whole else 0)
    assert seen == [0] * 7 + [4] * 4 + [8]


def test_who_changes_her_mind_moves_the_view_only_with_others(world: World) -> None:
    one = a_round(world)
    many = [answer(one, "public", {"D1": 3}) for _ in range(12)]
    one.refresh_from_db()
    before = results(one).rows[0].told.whole
    answer(one, "public", {"D1": 5}, turn=2, respondent=many[0])
    one.refresh_from_db()
    assert results(one).rows[0].told.whole == before


def test_a_closed_round_takes_nothing_more_and_stays_closed(world: World) -> None:
    one = a_round(world)
    who = answer(one, "public", {"D1": 3})
    closed = actions.close_round(by=world.bolek, round_=one)
    with pytest.raises(Refused, match="closed"):
        answer(closed, "public", {"D1": 4}, turn=2, respondent=who)
    with pytest.raises(Refused, match="closed"):
        answer(one, "public", {"D1": 4}, turn=2, respondent=who)
    with pytest.raises(Refused, match="not opened again"):
        actions.open_round(by=world.bolek, round_=closed)


def test_a_sheet_without_an_answer_is_no_voice(world: World) -> None:
    one = a_round(world)
    with pytest.raises(Refused, match="Nothing is answered"):
        actions.enter_sheet(by=world.bolek, round_=one, sector="public", said={"D1": {"value": "", "importance": ""}, "D2": {"value": "", "importance": ""}})
    assert not Respondent.objects.exists()


def test_the_journal_keeps_counts_and_nobodys_opinion(world: World) -> None:
    one = a_round(world)
    sheet = actions.enter_sheet(by=world.bolek, round_=one, sector="public", said={"D1": {"value": 5, "importance": 3}})
    assert sheet.via == Respondent.Via.PAPER
    actions.close_round(by=world.bolek, round_=one)
    entered, closed = Entry.objects.get(deed="assessments.sheet_entered"), Entry.objects.get(deed="assessments.round_closed")
    assert entered.changes == {"sheets": [None, 1]}
    assert closed.changes == {"state": ["open", "closed"], "respondents": [None, 1], "answers": [None, 1]}


def test_what_was_agreed_is_noted_apart_and_can_be_taken_away(world: World) -> None:
    one = a_round(world)
    fill(one, {"public": [2, 2, 2, 2]})
    actions.note_agreed(by=world.bolek, round_=one, dimension="D1", values={"level": 4, "reason": "as Jan says"})
    row = results(actions.close_round(by=world.bolek, round_=one)).rows[0]
    assert row.agreed
    assert (row.agreed.level, row.level) == (4, 2)
    assert "reason" not in Entry.objects.get(deed="assessments.agreed").changes
    actions.note_agreed(by=world.bolek, round_=one, dimension="D1", values={})
    assert results(Round.objects.get(pk=one.pk)).rows[0].agreed is None


def test_the_round_before_is_the_ghost(world: World) -> None:
    first = a_round(world)
    fill(first, {"public": [2, 2, 2, 2]})
    actions.close_round(by=world.bolek, round_=first)
    second = a_round(world, before=Round.objects.get(pk=first.pk))
    fill(second, {"public": [3, 3, 3, 4]})
    row = results(actions.close_round(by=world.bolek, round_=second)).rows[0]
    assert (row.before, row.level, row.change) == (2, 3, 1)


def test_counts_of_choices_under_four_stay_untold(world: World) -> None:
    one = a_round(world, "evaluation")
    for word in ["yes"] * 6 + ["perhaps"] * 5 + ["no"]:
        answer(one, "public", {"again": word})
    told = results(actions.close_round(by=world.bolek, round_=one))
    (_item, answered, counts), = told.choices
    assert answered == 12
    assert [count for _text, count in counts] == [6, None, None]
