"""Names of who signed live as long as the agreement and some days longer; what was signed stays."""

from datetime import date, timedelta

from osnowa.agreements.actions import erase_signers
from osnowa.agreements.actions.agreements import end
from osnowa.agreements.models import Signatory
from osnowa.agreements.queries import signatures_of
from osnowa.people.actions import erase
from tests.unit.agreements.signings import TODAY_LETTER, a_letter, asked, signed


def ended(world, **more):
    letter = a_letter(world.pomorskie, **more)
    signed(letter), asked(letter, "Alfa", "alfa@example.org")
    end(by=None, agreement=letter, on=TODAY_LETTER)
    return letter


def test_while_the_agreement_lives_nothing_is_erased(world):
    letter = a_letter(world.pomorskie)
    signed(letter)
    assert erase_signers(today=date(2050, 1, 1)) == 0


def test_who_never_signed_is_forgotten_when_the_agreement_ends(world):
    letter = ended(world)
    assert erase_signers() == 1
    assert dict(letter.signatories.values_list("name", "email")) == {"Alfa": "", "Fundacja Most": ""}
    assert letter.signatories.get(name="Fundacja Most").person_name == "Anna Kowalska"


def test_who_signed_is_forgotten_when_the_keeping_ends_and_the_record_stays(world, settings):
    letter = ended(world)
    last = TODAY_LETTER + timedelta(days=settings.KEEP_SIGNERS_DAYS)
    erase_signers(today=last)
    assert letter.signatories.get(state="signed").person_name
    assert erase_signers(today=last + timedelta(days=1)) == 1
    row = letter.signatories.get(state="signed")
    paper = row.papers.get()
    assert (row.person_name, row.function, row.mandate_note) == ("", "", "")
    assert (row.name, row.signed_on, row.signed_sha256) == ("Fundacja Most", TODAY_LETTER, letter.sha256)
    assert (bytes(paper.content), paper.name, len(paper.sha256)) == (b"", "", 64)
    assert erase_signers(today=last + timedelta(days=2)) == 0


def test_a_person_who_erases_her_account_is_forgotten_where_she_has_not_signed(world):
    row = asked(a_letter(world.pomorskie), email="ala@example.org")
    erase(by=world.ala, person=world.ala)
    assert Signatory.objects.get(pk=row.pk).email == ""


def test_a_person_takes_along_what_was_signed_from_her_address(world):
    asked(a_letter(world.pomorskie), email="ala@example.org")
    assert [(row["organisation"], row["state"]) for row in signatures_of(world.ala)] == [("Fundacja Most", "invited")]
