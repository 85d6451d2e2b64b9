"""Signing: only a frozen text, always with a mandate, by declaration after the last day (V9); withdrawal leaves history."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from osnowa.agreements.actions.agreements import close, end
from osnowa.agreements.actions.signatories import Asked, change_signatory, invite
from osnowa.agreements.actions.signing import (
    Mandate,
    Sheet,
    add_paper,
    check_mandate,
    doubt_mandate,
    note_signature,
    sign,
    withdraw,
)
from osnowa.agreements.models import Paper, Signatory, Text
from osnowa.agreements.queries.signing import declaration, mandate_words, way_words
from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from tests.unit.agreements.signings import MANDATE, PDF, a_draft, a_letter, asked, signed

TODAY = date(2026, 11, 20)
LETTER_OF_ATTORNEY = Sheet("pelnomocnictwo.pdf", "application/pdf", b"%PDF-1.7 pelnomocnictwo")


def agree(row: Signatory, mandate: Mandate = MANDATE, **more: object) -> Signatory:
    return sign(by=None, signatory=row, mandate=mandate, sha256=row.agreement.sha256, **more)


def test_v9_a_text_that_is_not_frozen_is_not_signed(world):
    row = asked(a_draft(world.pomorskie))
    with pytest.raises(Refused, match="only a frozen text"):
        agree(row)


def test_v9_a_signature_holds_the_hash_of_the_frozen_text(world):
    row = agree(asked(a_letter(world.pomorskie)))
    assert (row.state, row.way, row.signed_on, row.signed_sha256) == ("signed", "email", TODAY, row.agreement.sha256)
    assert not row.is_declaration


def test_v9_who_saw_another_text_does_not_sign(world):
    with pytest.raises(Refused, match="not the one that is signed"):
        sign(by=None, signatory=asked(a_letter(world.pomorskie)), mandate=MANDATE, sha256="0" * 64)


def test_v9_nobody_signs_where_the_text_that_is_kept_is_not_the_frozen_one(world):
    row = asked(a_letter(world.pomorskie))
    Text.objects.bulk_create([Text(agreement=row.agreement, number=2, blocks={"pl": [{"key": "purpose", "heading": "Cel", "text": "Coś innego."}]})])
    with pytest.raises(Refused, match="not the one that was frozen"):
        agree(row)


@pytest.mark.parametrize("mandate", [Mandate("", "prezes", "register"), Mandate("Anna", " ", "register"), Mandate("Anna", "prezeska", "")])
def test_v9_every_signature_points_to_a_mandate(world, mandate):
    with pytest.raises(Refused, match="points to a mandate"):
        agree(asked(a_letter(world.pomorskie)), mandate)


def test_v9_the_database_refuses_a_signature_without_a_mandate(world):
    row = signed(a_letter(world.pomorskie))
    with pytest.raises(IntegrityError), transaction.atomic():
        Signatory.objects.filter(pk=row.pk).update(basis="")


def test_v9_the_database_refuses_a_signature_of_no_text(world):
    row = signed(a_letter(world.pomorskie))
    with pytest.raises(IntegrityError), transaction.atomic():
        Signatory.objects.filter(pk=row.pk).update(signed_sha256="")


def test_v9_who_signs_on_the_last_day_signs_the_text_itself(world):
    assert not agree(asked(a_letter(world.pomorskie, closes_on=TODAY))).is_declaration


def test_v9_who_joins_after_the_last_day_signs_a_declaration(world, frozen_time):
    row = asked(a_letter(world.pomorskie, closes_on=TODAY))
    frozen_time.shift(timedelta(days=1))
    assert agree(row).is_declaration


def test_v9_who_joins_after_signing_was_closed_signs_a_declaration(world, frozen_time):
    row = asked(a_letter(world.pomorskie, closes_on=date(2026, 12, 31)))
    close(by=None, agreement=row.agreement)
    frozen_time.shift(timedelta(days=1))
    row.agreement.refresh_from_db()
    assert agree(row).is_declaration


def test_v9_from_a_closing_by_hand_on_one_joins_by_declaration(world):
    row = asked(a_letter(world.pomorskie, closes_on=date(2026, 12, 31)))
    close(by=None, agreement=row.agreement)
    row.agreement.refresh_from_db()
    assert agree(row).is_declaration


def test_v9_paper_signed_before_the_last_day_and_brought_later_is_no_declaration(world, frozen_time):
    letter = a_letter(world.pomorskie, closes_on=TODAY)
    frozen_time.shift(timedelta(days=3))
    assert not signed(letter, on=TODAY).is_declaration
    assert signed(letter, "Spółka Później", on=date(2026, 11, 22)).is_declaration


def test_v9_a_declaration_cites_title_day_and_hash_of_the_frozen_text(world):
    letter = a_letter(world.pomorskie)
    words = declaration(letter, "en", "Fundacja Most")
    assert all(cited in words for cited in ("Fundacja Most", "List intencyjny", "2026", letter.sha256))


def test_an_agreement_that_ended_is_not_signed(world):
    row = asked(a_letter(world.pomorskie))
    end(by=None, agreement=row.agreement, on=TODAY)
    with pytest.raises(Refused, match="has ended"):
        agree(row)


def test_nobody_signs_twice(world):
    row = agree(asked(a_letter(world.pomorskie)))
    with pytest.raises(Refused, match="signed already"):
        agree(row, Mandate("Jan Lis", "prezes", "register"))


def test_the_same_form_twice_is_one_signature_with_one_receipt(world, django_capture_on_commit_callbacks):
    row = asked(a_letter(world.pomorskie))
    with django_capture_on_commit_callbacks(execute=True):
        agree(row)
        agree(row)
    assert [letter.subject for letter in mail.outbox] == ["Podpisano: List intencyjny"]
    assert Entry.objects.filter(deed="agreements.signed").count() == 1


def test_the_same_paper_noted_twice_is_one_signature_and_another_file_is_refused(world):
    row = signed(a_letter(world.pomorskie))
    note = {"signatory": row, "mandate": MANDATE, "way": "scan", "on": row.signed_on}
    note_signature(by=None, sheets=[PDF], **note)
    assert (row.papers.count(), Entry.objects.filter(deed="agreements.signature_noted").count()) == (1, 1)
    with pytest.raises(Refused, match="signed already"):
        note_signature(by=None, sheets=[Sheet("inna.pdf", "application/pdf", b"%PDF-1.7 inna")], **note)


def test_a_power_of_attorney_is_enclosed_as_a_file(world):
    row = asked(a_letter(world.pomorskie))
    mandate = Mandate("Jan Lis", "pełnomocnik", "power_of_attorney")
    with pytest.raises(Refused, match="encloses it"):
        agree(row, mandate)
    agree(row, mandate, proof=LETTER_OF_ATTORNEY)
    assert [(paper.kind, len(paper.sha256)) for paper in Paper.objects.all()] == [("mandate", 64)]


def test_a_noted_signature_keeps_its_file_whole_with_its_hash(world):
    row = signed(a_letter(world.pomorskie))
    paper = row.papers.get()
    assert (bytes(paper.content), paper.size, paper.name) == (PDF.content, len(PDF.content), "karta.pdf")


def test_the_same_file_twice_is_kept_once(world):
    row = signed(a_letter(world.pomorskie))
    add_paper(by=None, signatory=row, kind="signature", sheet=PDF)
    assert row.papers.count() == 1


def test_a_signature_is_not_noted_without_a_file(world):
    with pytest.raises(Refused, match="Add the file"):
        note_signature(by=None, signatory=asked(a_letter(world.pomorskie)), mandate=MANDATE, way="scan", on=TODAY)


@pytest.mark.parametrize("on", [date(2026, 11, 19), date(2026, 11, 21)])
def test_a_signature_is_dated_between_freezing_and_today(world, on):
    with pytest.raises(Refused, match="between the freezing"):
        signed(a_letter(world.pomorskie), on=on)


def test_consent_by_e_mail_is_not_noted_by_others(world):
    with pytest.raises(Refused, match="itself"):
        note_signature(by=world.bolek, signatory=asked(a_letter(world.pomorskie)), mandate=MANDATE, way="email", on=TODAY, sheets=[PDF])


def test_files_with_signatures_are_labelled_as_not_validated(world):
    row = asked(a_letter(world.pomorskie))
    note_signature(by=None, signatory=row, mandate=MANDATE, way="qualified", on=TODAY, sheets=[PDF])
    row.refresh_from_db()
    assert "not validated here" in way_words(row)


def test_consent_by_link_says_that_only_the_mailbox_is_verified(world):
    assert "who that was is not verified" in way_words(agree(asked(a_letter(world.pomorskie))))


def test_a_mandate_is_unchecked_until_somebody_says_what_was_seen(world):
    row = signed(a_letter(world.pomorskie))
    assert mandate_words(row) == "mandate not checked"
    with pytest.raises(Refused, match="what you saw"):
        check_mandate(by=world.bolek, signatory=row, basis="register", seen=" ")
    check_mandate(by=world.bolek, signatory=row, basis="register", seen="KRS 0000123456, dział 2")
    row.refresh_from_db()
    assert "mandate checked" in mandate_words(row)
    assert row.mandate_checked_by == world.bolek


def test_a_check_can_be_taken_back_and_the_signature_stands(world):
    row = signed(a_letter(world.pomorskie))
    check_mandate(by=world.bolek, signatory=row, basis="register", seen="KRS")
    doubt_mandate(by=world.bolek, signatory=row, reason="Kadencja minęła")
    row.refresh_from_db()
    assert (row.state, row.mandate_checked_at) == ("signed", None)


def test_who_withdraws_stays_in_the_history_and_may_join_again_as_a_new_row(world):
    letter = a_letter(world.pomorskie)
    invite(by=None, agreement=letter, asked=[Asked(organisation=world.chleb)])
    first = letter.signatories.get()
    note_signature(by=None, signatory=first, mandate=MANDATE, way="scan", on=TODAY, sheets=[PDF])
    withdraw(by=None, signatory=first, on=TODAY, reason="Zmiana planów")
    invite(by=None, agreement=letter, asked=[Asked(organisation=world.chleb)])
    assert list(letter.signatories.order_by("pk").values_list("state", "withdrawal_reason")) == [("withdrawn", "Zmiana planów"), ("invited", "")]


def test_who_withdrew_does_not_sign_in_the_same_row(world):
    row = signed(a_letter(world.pomorskie))
    withdraw(by=None, signatory=row, on=TODAY, reason="Nie")
    with pytest.raises(Refused, match="that stays"):
        note_signature(by=None, signatory=row, mandate=MANDATE, way="scan", on=TODAY, sheets=[PDF])


@pytest.mark.parametrize(("on", "reason"), [(date(2026, 11, 19), "x"), (date(2026, 11, 21), "x"), (TODAY, " ")])
def test_a_withdrawal_has_a_reason_and_a_day_after_the_signature(world, on, reason):
    with pytest.raises(Refused):
        withdraw(by=None, signatory=signed(a_letter(world.pomorskie)), on=on, reason=reason)


def test_who_signed_outside_the_register_is_linked_later_once(world):
    row = signed(a_letter(world.pomorskie), "Fundacja Spoza")
    assert row.organisation is None
    change_signatory(by=world.bolek, signatory=row, values={"organisation": world.chleb, "name": "Inna"})
    row.refresh_from_db()
    assert (row.organisation, row.name) == (world.chleb, "Fundacja Spoza")
    change_signatory(by=world.bolek, signatory=row, values={"organisation": None})
    row.refresh_from_db()
    assert row.organisation == world.chleb


def test_the_journal_names_organisations_and_no_persons(world):
    row = agree(asked(a_letter(world.pomorskie)))
    withdraw(by=None, signatory=row, on=TODAY, reason="Anna Kowalska odeszła")
    told = str(list(Entry.objects.values_list("thing_label", "changes", "reason")))
    assert "Fundacja Most" in told
    assert "Kowalska" not in told
    assert "most@example.org" not in told


def test_a_receipt_goes_to_the_address_that_was_confirmed(world, django_capture_on_commit_callbacks):
    row = asked(a_letter(world.pomorskie))
    with django_capture_on_commit_callbacks(execute=True):
        agree(row)
    assert [(letter.to, row.agreement.sha256 in letter.body) for letter in mail.outbox] == [(["most@example.org"], True)]


def test_the_day_of_signing_is_the_day_where_the_region_is(world, frozen_time):
    frozen_time.move_to(datetime(2026, 11, 20, 23, 30, tzinfo=ZoneInfo("Europe/Warsaw")))
    assert agree(asked(a_letter(world.pomorskie, closes_on=TODAY))).signed_on == TODAY
