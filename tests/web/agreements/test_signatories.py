"""For who keeps an agreement: lists taken in, rows mended, signatures noted, mandates checked, files kept for them alone."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from osnowa.agreements.actions.signatories import Asked, ask_to_join
from osnowa.agreements.models import Signatory
from osnowa.journal.models import Entry, Job
from osnowa.register.models import Contact
from tests.unit.agreements.signings import PDF, a_draft, a_letter, asked, signed


@pytest.fixture
def letter(world):
    return a_letter(world.pomorskie)


@pytest.fixture
def bolek(world, signed_in):
    return signed_in(world.bolek)


def at(name, letter, *more):
    return reverse(f"agreements:{name}", args=["pomorskie", letter.slug, *more])


def invite(client, letter, **said):
    return client.post(at("invite", letter), {"language": "pl", **said})


def test_pasted_lines_become_rows_with_sector_and_language(bolek, letter):
    invite(bolek, letter, sector="public", lines="Gmina Pruszcz; ug@example.org\nUniwersytet <biuro@ug.example>\nBank; bank@example.org; Sektor prywatny\nBez adresu")
    assert list(letter.signatories.order_by("pk").values_list("name", "email", "sector", "language")) == [
        ("Gmina Pruszcz", "ug@example.org", "public", "pl"), ("Uniwersytet", "biuro@ug.example", "public", "pl"),
        ("Bank", "bank@example.org", "business", "pl"), ("Bez adresu", "", "public", "pl"),
    ]  # fmt: skip
    assert len(Job.objects.get(kind="agreements.letters").words["signatories"]) == 3


@pytest.mark.parametrize(("line", "why"), [("biuro@example.org", "name of the organisation first"), ("Gmina; ug(at)example", "no e-mail address"), ("Gmina; ug@example.org; kosmos", "no sector"), ("A; a@example.org; public; x; y", "semicolons")])
def test_a_wrong_line_is_named_and_nobody_is_asked(bolek, letter, line, why):
    answer = invite(bolek, letter, lines=f"Dobra; d@example.org\n{line}")
    assert answer.status_code == 422
    assert "Line 2" in answer.content.decode()
    assert why in answer.content.decode()
    assert not letter.signatories.exists()


def test_a_line_that_names_an_organisation_of_the_register_is_linked(bolek, letter, world):
    invite(bolek, letter, lines="Dobry Chleb; nowy@chleb.example")
    row = letter.signatories.get()
    assert (row.organisation, row.email, row.sector) == (world.chleb, "nowy@chleb.example", "social_economy")


def test_organisations_by_name_or_sector_get_the_letter_at_a_contact_who_agreed(bolek, letter, world):
    Contact.objects.create(organisation=world.chleb, email="zgoda@example.org", wants_news=True, language="en", keep_until=timezone.localdate() + timedelta(days=9))
    Contact.objects.create(organisation=world.ukryty, email="bezzgody@example.org", keep_until=timezone.localdate() + timedelta(days=9))
    invite(bolek, letter, sectors=["social_economy"], organisations="Fundacja Przystań")
    assert dict(letter.signatories.values_list("name", "email")) == {world.chleb.legal_name: "zgoda@example.org", "Fundacja Przystań": ""}


def test_an_unknown_organisation_is_named(bolek, letter):
    assert "Nikt Taki" in invite(bolek, letter, organisations="Nikt Taki").content.decode()


def test_an_empty_form_asks_nobody(bolek, letter):
    assert invite(bolek, letter).status_code == 422


def test_a_draft_collects_its_list_without_letters(bolek, world):
    draft = a_draft(world.pomorskie)
    assert invite(bolek, draft, lines="Gmina; g@example.org").status_code == 302
    assert "Letters go out once the text is frozen" in bolek.get(at("signatories", draft)).content.decode()
    assert not Job.objects.exists()


def test_letters_go_to_the_silent_with_one_button(bolek, letter):
    asked(letter)
    Job.objects.all().delete()
    bolek.post(at("signatories", letter))
    assert Job.objects.filter(kind="agreements.letters").count() == 1


def test_the_list_is_narrowed_by_word_and_state(bolek, letter):
    asked(letter, "Alfa", "a@example.org"), signed(letter, "Beta")
    shown = bolek.get(at("signatories", letter), {"state": "signed"}).content.decode()
    assert "Beta" in shown
    assert "Alfa" not in shown.partition('id="all"')[2]
    assert "Beta" not in bolek.get(at("signatories", letter), {"q": "alf"}).content.decode().partition('id="all"')[2]


def test_the_number_of_questions_does_not_grow_with_the_list(bolek, letter, django_assert_max_num_queries):
    for number in range(30):
        signed(letter, f"Fundacja {number}")
    with django_assert_max_num_queries(11):
        bolek.get(at("signatories", letter))


def files(**more):
    return {name: SimpleUploadedFile("karta.pdf", content) for name, content in more.items()}


def note(client, row, **said):
    words = {"person_name": "Anna Kowalska", "function": "prezeska", "basis": "register", "way": "scan", "on": "2026-11-20", **files(sheet=PDF.content)}
    return client.post(at("note_signature", row.agreement, row.pk), words | said)


def test_a_paper_signature_is_noted_with_its_scan(bolek, letter):
    row = asked(letter)
    assert note(bolek, row).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.way, row.papers.get().name) == ("signed", "scan", "karta.pdf")


def test_a_signature_file_is_kept_beside_the_file_it_signs_and_labelled(bolek, letter):
    row = asked(letter)
    note(bolek, row, way="qualified", **files(sheet=b"\x30\x82\x05 podpis", signed_file=PDF.content))
    assert row.papers.count() == 2
    assert "not validated here" in bolek.get(at("signatory", letter, row.pk)).content.decode()


def test_a_signature_file_is_no_scan(bolek, letter):
    assert "signature file" in note(bolek, asked(letter), **files(sheet=b"\x30\x82\x05 podpis")).content.decode()


def test_a_mandate_is_checked_with_what_was_seen_and_the_check_can_be_taken_back(bolek, letter):
    row = signed(letter)
    address = at("check_mandate", letter, row.pk)
    assert bolek.post(address, {"basis": "register", "seen": ""}).status_code == 422
    bolek.post(address, {"basis": "register", "seen": "KRS 0000123456"})
    row.refresh_from_db()
    assert row.mandate_checked_at
    bolek.post(address, {"deed": "doubt", "reason": "Kadencja minęła"})
    row.refresh_from_db()
    assert row.mandate_checked_at is None


def test_who_checks_reads_what_was_noted_and_the_same_check_twice_is_one(bolek, letter):
    row = asked(letter)
    note(bolek, row, mandate_note="pełnomocnictwo w segregatorze")
    assert "w segregatorze" in bolek.get(at("check_mandate", letter, row.pk)).content.decode()
    for _time in range(2):
        bolek.post(at("check_mandate", letter, row.pk), {"basis": "register", "seen": "KRS 0000123456"})
    assert Entry.objects.filter(deed="agreements.mandate_checked").count() == 1
    assert 'value="KRS 0000123456"' in bolek.get(at("check_mandate", letter, row.pk)).content.decode()


def test_an_unchecked_mandate_is_shown(bolek, letter):
    row = signed(letter)
    assert "not checked" in bolek.get(at("signatories", letter)).content.decode()
    assert "mandate not checked" in bolek.get(at("signatory", letter, row.pk)).content.decode()


def test_a_file_is_downloaded_as_it_came_by_who_keeps_the_agreement_alone(bolek, letter, world, signed_in):
    row = signed(letter)
    address = at("paper_file", letter, row.pk, row.papers.get().pk)
    answer = bolek.get(address)
    assert (answer.content, answer["Content-Type"]) == (PDF.content, "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert signed_in(world.olga).get(address).status_code == 403


def test_a_file_of_another_row_is_not_found(bolek, letter):
    row, other = signed(letter), asked(letter, "Alfa")
    assert bolek.get(at("paper_file", letter, other.pk, row.papers.get().pk)).status_code == 404


def test_a_file_is_added_and_a_wrong_one_refused(bolek, letter):
    row = signed(letter)
    bolek.post(at("add_paper", letter, row.pk), {"kind": "mandate", **files(sheet=b"%PDF-1.7 inny %%EOF")})
    bolek.post(at("add_paper", letter, row.pk), {"kind": "mandate", **files(sheet=b"MZ")})
    assert row.papers.count() == 2


def test_a_withdrawal_is_noted_with_day_and_reason(bolek, letter):
    row = signed(letter)
    bolek.post(at("withdraw_signatory", letter, row.pk), {"on": "2026-11-20", "reason": "Likwidacja"})
    assert "Likwidacja" in bolek.get(at("signatory", letter, row.pk)).content.decode()


def test_who_asked_to_join_is_let_in_or_taken_off(bolek, letter):
    for name in ("Nowa", "Reklama"):
        ask_to_join(by=None, agreement=letter, asked=Asked(name, f"{name}@example.org"))
    for name, deed in (("Nowa", "let_in"), ("Reklama", "take_off")):
        bolek.post(at("signatory_deed", letter, Signatory.objects.get(name=name).pk), {"deed": deed})
    assert list(letter.signatories.values_list("name", "is_waiting")) == [("Nowa", False)]


def test_what_is_said_of_a_row_is_mended_with_its_municipality(bolek, letter, world):
    row = asked(letter)
    bolek.post(at("signatory", letter, row.pk), {"name": "Fundacja Mosty", "organisation_name": "", "email": "m@example.org", "language": "pl", "sector": "academia", "legal_form": "PL-FUN", "municipality_name": "slupsk"})
    row.refresh_from_db()
    assert (row.name, row.email, row.sector, row.legal_form, row.municipality) == ("Fundacja Mosty", "m@example.org", "academia", "PL-FUN", world.slupsk)


def test_a_municipality_nobody_knows_is_refused(bolek, letter):
    row = asked(letter)
    assert bolek.post(at("signatory", letter, row.pk), {"name": "A", "language": "pl", "municipality_name": "Atlantyda"}).status_code == 422
