"""The workshops of Pomorskie show every state and hide small groups; the plan of document 004 is what was held."""

from typing import Any

import pytest

from osnowa.assessments.models import Agreed, Round
from osnowa.assessments.queries.results import results
from osnowa.journal.models import Entry
from osnowa.meetings.models import Block, Card, FollowUp, Mark, Meeting, Minutes, Participation, Series
from osnowa.meetings.queries.attendance import attendance
from osnowa.meetings.queries.board.consent import standing
from osnowa.meetings.queries.series import progress
from osnowa.places.models import Region
from osnowa.register.codes import SECTORS

pytestmark = pytest.mark.django_db


def _held() -> Any:
    return Meeting.objects.filter(series__isnull=False).order_by("starts_at")


def test_the_series_of_2025_was_held_as_the_document_plans_it(pomorskie: Region) -> None:
    series = Series.objects.get(region=pomorskie)
    assert {(one.kind, one.planned, one.held) for one in progress(series, series.meetings.all())} == {("workshop", 4, 4), ("briefing", 4, 4)}
    assert {meeting.starts_at.year for meeting in _held()} == {2025}


def test_everything_says_that_it_is_invented(pomorskie: Region) -> None:
    for kind in (Series, Meeting, Round):
        assert kind.objects.exists()
        assert not kind.objects.filter(is_invented=False).exists()
    assert not Participation.objects.exclude(email="").exclude(email__endswith="@example.org").exists()


def test_meetings_stand_in_every_state(pomorskie: Region) -> None:
    assert set(Meeting.objects.values_list("state", flat=True)) == set(Meeting.State.values)
    assert set(Round.objects.values_list("state", flat=True)) == {"open", "closed"}
    assert set(Meeting.objects.values_list("kind", flat=True)) == {"workshop", "briefing", "fair", "assembly", "visit"}


def test_five_sectors_and_guests_from_abroad_are_at_the_table(pomorskie: Region) -> None:
    for meeting in Meeting.objects.filter(kind="workshop"):
        found = attendance(meeting)
        assert {share.code for share in found.sectors} == set(SECTORS.rows)
        assert found.organisations < found.participations
    assert {"SI", "ES", "LT"} <= set(Participation.objects.values_list("country", flat=True))


def test_as_a_card_says_nobody_of_czluchow_was_at_the_first_workshop(pomorskie: Region) -> None:
    assert Card.objects.filter(text__contains="człuchowskiego").exists()
    first = Meeting.objects.get(title__startswith="Warsztat 1")
    assert not first.participations.filter(organisation__municipality__code__startswith="2203").exists()


def test_cards_of_the_table_stand_under_their_headings(pomorskie: Region) -> None:
    assert Card.objects.filter(block__kind="cards").count() == 58
    assert not Card.objects.filter(block__kind="cards", group=None).exists()
    assert not Card.objects.filter(block__kind="cards", voice=None).exists()


def test_dots_stay_within_the_allowance(pomorskie: Region) -> None:
    given: dict[tuple[int, int], int] = {}
    for mark in Mark.objects.filter(block__kind="vote"):
        given[mark.block_id, mark.voice_id] = given.get((mark.block_id, mark.voice_id), 0) + mark.value
    assert set(given.values()) == {3}


def test_one_objection_was_raised_and_has_its_reason(pomorskie: Region) -> None:
    lines, spoke = standing(Block.objects.get(title="List intencyjny"))
    (line,) = lines
    assert (line.object, line.aside, line.agree) == (1, 2, spoke - 3)
    assert "po roku" in line.objections[0][0]


def test_no_sector_with_fewer_than_four_is_shown(pomorskie: Region) -> None:
    for round_ in Round.objects.filter(state="closed"):
        it = results(round_)
        small = {code for code, _name, rate in it.tracker if 0 < rate.answered < 4}
        assert small == {"academia"}
        assert not small & set(it.sectors)


def test_the_second_round_stands_higher_and_nowhere_by_more_than_a_level(pomorskie: Region) -> None:
    it = results(Round.objects.get(before__isnull=False))
    changes = [row.change for row in it.rows]
    assert all(change is not None and 0 <= change <= 1 for change in changes)
    assert sum(change > 0 for change in changes if change is not None) >= 6


def test_public_sector_and_social_economy_disagree_on_money(pomorskie: Region) -> None:
    for round_ in Round.objects.filter(state="closed"):
        money = next(row for row in results(round_).rows if row.dimension.code == "D5")
        public, own = money.sector("public"), money.sector("social_economy")
        assert public is not None
        assert own is not None
        assert public.median - own.median >= 2
        assert money.is_to_discuss


def test_what_was_agreed_has_reasons_and_targets(pomorskie: Region) -> None:
    assert Agreed.objects.filter(round__before__isnull=False).count() == 8
    assert not Agreed.objects.filter(reason="").exists()
    assert not Agreed.objects.filter(target=None).exists()


def test_minutes_of_all_that_was_held_are_frozen_within_a_week(pomorskie: Region) -> None:
    assert Minutes.objects.count() == 9
    for made in Minutes.objects.select_related("meeting"):
        assert 0 <= (made.frozen_at - made.meeting.ends_at).days <= 7
        assert set(made.texts) == {"pl", "sl", "en"}


def test_some_promises_are_kept_and_some_are_open(pomorskie: Region) -> None:
    assert FollowUp.objects.filter(done_on=None).count() == 2
    assert FollowUp.objects.exclude(done_on=None).count() == 11
    assert not FollowUp.objects.filter(due_on=None).exists()


def test_names_whose_time_is_over_are_erased(pomorskie: Region) -> None:
    gone = Participation.objects.filter(meeting__keep_until__lt="2026-01-01")
    assert gone.exists()
    assert not gone.exclude(person_name="", email="").exists()


def test_the_journal_tells_it_in_the_order_of_time(pomorskie: Region) -> None:
    told = Entry.objects.filter(deed__startswith=("meetings.")) | Entry.objects.filter(deed__startswith="assessments.")
    assert not told.exclude(via="sample").exists()
    assert told.filter(deed="meetings.minutes_frozen").count() == 9
    assert told.filter(deed="assessments.round_closed").count() == 2
    assert not told.filter(at__year__lt=2025).exists()
