"""Who is asked to sign: once on the list, never two letters a day, joined from outside only when let in."""

from datetime import timedelta

import pytest
from django.core import mail

from osnowa.agreements.actions import remind_of_signing
from osnowa.agreements.actions.signatories import (
    Asked,
    ask_to_join,
    change_signatory,
    declare,
    decline,
    invite,
    let_in,
    remind,
    take_off,
)
from osnowa.agreements.actions.signing_letters import ask
from osnowa.agreements.models import Signatory
from osnowa.agreements.queries.counting import tally
from osnowa.agreements.tasks import write_letters
from osnowa.journal.models import Job
from osnowa.kit.errors import Refused
from tests.unit.agreements.signings import TODAY_LETTER, a_draft, a_letter, asked, signed


def work() -> int:
    """Does the letters that are queued; returns how many went out."""
    before = len(mail.outbox)
    for job in Job.objects.filter(kind="agreements.letters").order_by("queued_at", "pk"):
        write_letters(lambda *_: None, by=None, place=job.place, **job.words)
    return len(mail.outbox) - before


def test_an_organisation_of_the_register_comes_with_what_is_known_of_it(world):
    letter = a_letter(world.pomorskie)
    invite(by=None, agreement=letter, asked=[Asked(organisation=world.chleb, email="Biuro@Chleb.example")])
    row = letter.signatories.get()
    assert (row.name, row.sector, row.legal_form, row.municipality, row.email, row.language) == (world.chleb.legal_name, "social_economy", "PL-SPSOC", world.gdansk, "biuro@chleb.example", "pl")


def test_nobody_stands_on_the_list_twice(world):
    letter = a_letter(world.pomorskie)
    one = [Asked("Fundacja Most"), Asked("fundacja  MOST"), Asked(organisation=world.chleb), Asked(world.chleb.legal_name)]
    assert invite(by=None, agreement=letter, asked=one) == 2
    assert invite(by=None, agreement=letter, asked=one) == 0


def test_before_the_text_is_frozen_the_list_grows_and_no_letter_goes_out(world):
    asked(a_draft(world.pomorskie))
    assert not Job.objects.exists()


def test_a_letter_goes_out_in_the_language_of_who_gets_it(world):
    asked(a_letter(world.pomorskie), language="sl")
    assert work() == 1
    assert "/sl/sign/" in mail.outbox[0].body


def test_begun_anew_the_letters_go_on_where_they_ended(world, frozen_time):
    asked(a_letter(world.pomorskie))
    assert work() == 1
    frozen_time.shift(timedelta(days=1))
    assert work() == 0


def test_nobody_gets_two_letters_a_day(world, frozen_time):
    letter = a_letter(world.pomorskie)
    asked(letter)
    work()
    assert remind(by=None, agreement=letter) == 0
    frozen_time.shift(timedelta(days=1))
    assert remind(by=None, agreement=letter) == 1
    assert work() == 1
    assert remind(by=None, agreement=letter) == 0


def test_two_works_at_once_send_one_letter(world):
    row = asked(a_letter(world.pomorskie))
    stale = Signatory.objects.select_related("agreement__region").get(pk=row.pk)
    assert ask("signing_invitation", row)
    assert not ask("signing_reminder", stale)


def test_a_letter_the_server_refused_is_sent_the_next_time(world, monkeypatch):
    row = asked(a_letter(world.pomorskie))
    monkeypatch.setattr("osnowa.agreements.actions.signing_letters.write", lambda *_: False)
    assert not ask("signing_invitation", row)
    row.refresh_from_db()
    assert row.invited_at is None


def test_a_letter_that_broke_is_sent_the_next_time(world, monkeypatch):
    row = asked(a_letter(world.pomorskie))

    def broken(*_said):
        raise RuntimeError

    monkeypatch.setattr("osnowa.agreements.actions.signing_letters.write", broken)
    with pytest.raises(RuntimeError):
        ask("signing_invitation", row)
    row.refresh_from_db()
    assert row.invited_at is None


def test_who_declined_or_signed_gets_no_more_letters(world, frozen_time):
    letter = a_letter(world.pomorskie)
    decline(by=None, signatory=asked(letter))
    signed(letter, "Spółka Druga")
    frozen_time.shift(timedelta(days=2))
    assert remind(by=None, agreement=letter) == 0


def test_who_has_not_signed_is_reminded_a_week_and_two_days_before_the_last_day(world, frozen_time):
    asked(a_letter(world.pomorskie, closes_on=TODAY_LETTER + timedelta(days=20)))
    work()
    sent = {}
    for day in range(1, 22):
        frozen_time.shift(timedelta(days=1))
        if count := remind_of_signing():
            sent[day] = count
    assert sent == {13: 1, 18: 1}


def test_a_day_on_which_nothing_ran_is_made_up_for(world, frozen_time):
    asked(a_letter(world.pomorskie, closes_on=TODAY_LETTER + timedelta(days=20)))
    work()
    frozen_time.shift(timedelta(days=15))
    assert (remind_of_signing(), remind_of_signing()) == (1, 0)


def test_who_declared_may_decline_and_who_declined_may_declare(world):
    row = asked(a_letter(world.pomorskie))
    declare(by=None, signatory=row)
    decline(by=None, signatory=row)
    declare(by=None, signatory=row)
    row.refresh_from_db()
    assert row.state == "declared"


def test_who_signed_does_not_decline(world):
    with pytest.raises(Refused, match="withdraws"):
        decline(by=None, signatory=signed(a_letter(world.pomorskie)))


def test_who_asks_to_join_counts_nowhere_until_let_in(world):
    letter = a_letter(world.pomorskie)
    ask_to_join(by=None, agreement=letter, asked=Asked("Spółdzielnia Nowa", "nowa@example.org", sector="business"))
    row = letter.signatories.get()
    assert (tally(letter).total.asked, [it.pk for it in tally(letter).waiting]) == (0, [row.pk])
    let_in(by=world.bolek, signatory=row)
    assert (tally(letter).total.declared, tally(letter).waiting) == (1, [])
    assert work() == 1


def test_asking_to_join_tells_nobody_who_stands_on_the_list(world):
    letter = a_letter(world.pomorskie)
    asked(letter)
    assert ask_to_join(by=None, agreement=letter, asked=Asked("Fundacja Most", "inny@example.org")) == letter
    assert letter.signatories.count() == 1


def test_who_asked_to_join_and_is_not_let_in_leaves_no_row(world):
    letter = a_letter(world.pomorskie)
    ask_to_join(by=None, agreement=letter, asked=Asked("Reklama", "spam@example.org"))
    take_off(by=world.bolek, signatory=letter.signatories.get())
    assert not letter.signatories.exists()


def test_who_was_written_to_stays_on_the_list(world):
    letter = a_letter(world.pomorskie)
    row = asked(letter)
    work()
    with pytest.raises(Refused, match="stays on the list"):
        take_off(by=world.bolek, signatory=row)


def test_a_new_address_gets_a_link_of_its_own(world):
    row = asked(a_letter(world.pomorskie))
    old = row.token
    change_signatory(by=world.bolek, signatory=row, values={"email": "nowy@example.org"})
    row.refresh_from_db()
    assert row.token != old
    assert row.invited_at is None


def test_from_signing_on_name_and_address_stand_and_the_sector_may_be_mended(world):
    row = signed(a_letter(world.pomorskie))
    change_signatory(by=world.bolek, signatory=row, values={"name": "Inna", "email": "x@example.org", "sector": "academia"})
    row.refresh_from_db()
    assert (row.name, row.email, row.sector) == ("Fundacja Most", "", "academia")
