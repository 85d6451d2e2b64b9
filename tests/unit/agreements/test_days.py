"""Signing closes on its day; coordinators hear of days that come, once before and once after (V19)."""

from datetime import date, timedelta

import pytest
from django.core import mail

from osnowa.agreements.actions.agreements import change_agreement, freeze, make_agreement
from osnowa.agreements.actions.keeping import close_agreements, remind_of_agreements
from osnowa.agreements.models import Agreement
from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from tests.unit.agreements.drafts import a_draft

TODAY = date(2026, 11, 20)


@pytest.fixture
def letter(world):
    return freeze(by=world.bolek, agreement=a_draft(world, closes_on=TODAY + timedelta(days=40), review_on=TODAY + timedelta(days=200)))


def test_signing_closes_after_its_last_day_and_not_on_it(letter):
    last = letter.closes_on
    assert close_agreements(today=last) == 0
    assert close_agreements(today=last + timedelta(days=1)) == 1
    assert close_agreements(today=last + timedelta(days=2)) == 0
    assert Agreement.objects.get().state == "closed"
    assert Entry.objects.get(deed="agreements.closed").by is None


def test_coordinators_are_reminded_once_before_the_last_day_and_of_the_review(letter):
    assert remind_of_agreements(today=TODAY) == 0
    near = letter.closes_on - timedelta(days=14)
    assert [remind_of_agreements(today=near), remind_of_agreements(today=near + timedelta(days=1))] == [1, 0]
    assert [one.to for one in mail.outbox] == [["bolek@example.org"]]
    assert "List intencyjny" in mail.outbox[0].body
    before_review = letter.review_on - timedelta(days=30)
    assert [remind_of_agreements(today=before_review), remind_of_agreements(today=before_review)] == [1, 0]
    assert [remind_of_agreements(today=letter.review_on + timedelta(days=1)), remind_of_agreements(today=letter.review_on + timedelta(days=9))] == [1, 0]


def test_a_day_that_is_moved_is_reminded_of_anew(letter, world):
    remind_of_agreements(today=letter.closes_on - timedelta(days=3))
    change_agreement(by=world.bolek, agreement=letter, values={"closes_on": letter.closes_on + timedelta(days=30)})
    assert Agreement.objects.get().reminded_on is None


def test_the_sweep_closes_before_it_reminds(letter):
    remind_of_agreements(today=letter.closes_on + timedelta(days=1))
    assert Agreement.objects.get().state == "closed"
    assert not mail.outbox


def test_drafts_and_ended_agreements_are_not_reminded_of(world):
    a_draft(world, review_on=TODAY)
    assert remind_of_agreements(today=TODAY) == 0


def test_a_text_is_not_opened_after_its_last_day(world):
    draft = a_draft(world, closes_on=TODAY)
    Agreement.objects.filter(pk=draft.pk).update(closes_on=TODAY - timedelta(days=1))
    with pytest.raises(Refused, match="last day of signing has passed"):
        freeze(by=world.bolek, agreement=draft)


def test_the_same_kind_and_title_twice_is_one_agreement(world):
    values = {"title": "List", "kind": "letter", "language": "pl"}
    first, second = (make_agreement(by=world.bolek, region=world.pomorskie, values=values) for _time in range(2))
    assert first.pk == second.pk
    assert first.slug == "list"


def test_the_word_new_names_no_agreement(world):
    made = make_agreement(by=world.bolek, region=world.pomorskie, values={"title": "New", "kind": "letter", "language": "pl"})
    assert made.slug == "new-2"


def test_the_last_day_of_signing_lies_neither_before_the_freezing_nor_in_the_past(world, letter):
    with pytest.raises(Refused, match="before the day the text was frozen"):
        change_agreement(by=world.bolek, agreement=letter, values={"closes_on": TODAY - timedelta(days=1)})
    with pytest.raises(Refused, match="has passed"):
        change_agreement(by=world.bolek, agreement=a_draft(world, title="Inny"), values={"closes_on": TODAY - timedelta(days=1)})
