"""The link of the letter: what it shows, how one signs with it, what it never tells; asking to join."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from osnowa.agreements.actions.agreements import close, end
from osnowa.agreements.actions.signing import check_mandate
from osnowa.agreements.forms.signing_files import MOST_BYTES
from osnowa.agreements.models import Paper
from osnowa.journal.models import Entry
from tests.unit.agreements.signings import TODAY_LETTER, a_draft, a_letter, asked, signed

ANNA = {"person_name": "Anna Kowalska", "function": "prezeska", "basis": "register", "agrees": "on"}


@pytest.fixture
def row(world):
    return asked(a_letter(world.pomorskie, closes_on=TODAY_LETTER + timedelta(days=10)))


def page(row):
    return reverse("agreements:sign", args=[row.token])


def post(client, row, **said):
    return client.post(page(row), {**ANNA, "sha256": row.agreement.sha256, **said})


def pdf(name="pelnomocnictwo.pdf", content=b"%PDF-1.7 x %%EOF"):
    return SimpleUploadedFile(name, content)


def test_the_link_shows_the_frozen_text_and_its_hash(client, row):
    shown = client.get(page(row)).content.decode()
    assert "Budujemy klaster razem." in shown
    assert row.agreement.sha256[:8] in shown
    assert "noindex" in shown


def test_the_link_is_told_to_no_other_site_and_the_forms_are_still_taken(client, row):
    answer = client.get(page(row))
    assert answer.headers["Referrer-Policy"] == "same-origin"
    strict = Client(enforce_csrf_checks=True)
    strict.get(page(row))
    words = {**ANNA, "sha256": row.agreement.sha256, "csrfmiddlewaretoken": strict.cookies["csrftoken"].value}
    assert strict.post(page(row), words, HTTP_ORIGIN="null").status_code == 403
    assert strict.post(page(row), words, HTTP_ORIGIN="http://testserver").status_code == 302


def test_who_holds_the_link_signs_with_name_function_and_basis(client, row):
    answer = post(client, row)
    row.refresh_from_db()
    assert (answer.status_code, row.state, row.way, row.person_name) == (302, "signed", "email", "Anna Kowalska")
    assert Entry.objects.get(deed="agreements.signed").via == "link"
    shown = client.get(page(row)).content.decode()
    assert "who that was is not verified" in shown
    assert "mandate not checked" in shown.lower()


def test_what_was_noted_of_a_mandate_is_not_for_who_signed(client, row, world, signed_in):
    post(client, row)
    check_mandate(by=world.bolek, signatory=row, basis="register", seen="KRS 0000123456, dzwoniła Ala")
    assert "dzwoniła" not in client.get(page(row)).content.decode()
    keeps = reverse("agreements:signatory", args=["pomorskie", row.agreement.slug, row.pk])
    assert "dzwoniła" in signed_in(world.bolek).get(keeps).content.decode()


def test_the_same_form_twice_says_thank_you_twice_and_signs_once(client, row):
    assert [post(client, row).status_code, post(client, row).status_code] == [302, 302]
    assert Entry.objects.filter(deed="agreements.signed").count() == 1


def test_a_scan_that_breaks_off_is_refused_with_a_reason(client, row):
    assert "breaks off" in post(client, row, basis="power_of_attorney", proof=pdf(content=b"%PDF-1.7 half")).content.decode()
    row.refresh_from_db()
    assert row.state == "invited"


def test_after_a_closing_by_hand_nobody_reads_of_the_day_that_was_planned(client, row, mailoutbox, django_capture_on_commit_callbacks):
    planned = "30 November 2026"
    assert planned in client.get(page(row)).content.decode()
    close(by=None, agreement=row.agreement)
    assert planned not in client.get(page(row)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        post(client, row)
    assert "30 listopada" not in mailoutbox[-1].body
    row.agreement.refresh_from_db()
    for address in (reverse("agreements:verify", args=[row.agreement.code]), reverse("agreements:agreement", args=["pomorskie", row.agreement.slug])):
        assert f"20 November 2026, closed by hand; {planned} was planned" in client.get(address).content.decode()


def test_nobody_signs_a_declaration_that_the_page_did_not_show(client, row):
    assert 'name="read" value="text"' in client.get(page(row)).content.decode()
    close(by=None, agreement=row.agreement)
    answer = post(client, row, read="text")
    row.refresh_from_db()
    assert (answer.status_code, row.state) == (422, "invited")
    assert "you join by a declaration now" in answer.content.decode()
    assert 'name="read" value="declaration"' in answer.content.decode()
    post(client, row, read="declaration")
    row.refresh_from_db()
    assert (row.state, row.is_declaration) == ("signed", True)


def test_closing_by_hand_is_asked_before_it_is_done(row, world, signed_in):
    client, address = signed_in(world.bolek), reverse("agreements:close", args=["pomorskie", row.agreement.slug])
    assert "does not open again" in client.get(address).content.decode()
    row.agreement.refresh_from_db()
    assert row.agreement.state == "open"
    client.post(address)
    row.agreement.refresh_from_db()
    assert row.agreement.state == "closed"


@pytest.mark.parametrize("missing", ["person_name", "function", "basis", "agrees"])
def test_nothing_is_signed_where_something_is_missing(client, row, missing):
    answer = post(client, row, **{missing: ""})
    row.refresh_from_db()
    assert (answer.status_code, row.state) == (422, "invited")


def test_a_page_of_another_text_signs_nothing(client, row):
    assert post(client, row, sha256="0" * 64).status_code == 422
    row.refresh_from_db()
    assert row.state == "invited"


def test_a_power_of_attorney_comes_as_a_file(client, row):
    assert post(client, row, basis="power_of_attorney").status_code == 422
    assert post(client, row, basis="power_of_attorney", proof=pdf()).status_code == 302
    assert Paper.objects.get().kind == "mandate"


@pytest.mark.parametrize("content", [b"MZ program", b"<html>", b""])
def test_a_file_that_is_no_page_is_refused_whatever_its_name(client, row, content):
    assert post(client, row, basis="power_of_attorney", proof=pdf(content=content)).status_code == 422
    assert not Paper.objects.exists()


def test_a_file_that_is_too_large_is_refused(client, row):
    assert "larger than" in post(client, row, basis="power_of_attorney", proof=pdf(content=b"%PDF-" + b"x" * MOST_BYTES)).content.decode()


def test_the_organisation_says_that_it_will_or_will_not(client, row):
    client.post(reverse("agreements:sign_answer", args=[row.token]), {"answer": "will"})
    row.refresh_from_db()
    assert row.state == "declared"
    client.post(reverse("agreements:sign_answer", args=[row.token]), {"answer": "will_not"})
    row.refresh_from_db()
    assert row.state == "declined"


def test_v9_after_the_last_day_the_page_shows_the_declaration_that_is_signed(client, row, frozen_time):
    assert "blockquote" not in client.get(page(row)).content.decode()
    frozen_time.shift(timedelta(days=11))
    assert f"SHA-256 {row.agreement.sha256}" in client.get(page(row)).content.decode()
    post(client, row)
    row.refresh_from_db()
    assert row.is_declaration


def test_who_signed_withdraws_through_the_link_with_a_reason(client, row):
    post(client, row)
    address = reverse("agreements:sign_withdraw", args=[row.token])
    assert client.post(address, {"reason": ""}).status_code == 422
    client.post(address, {"reason": "Zmiana planów"})
    row.refresh_from_db()
    assert (row.state, row.withdrawn_on, row.withdrawal_reason) == ("withdrawn", TODAY_LETTER, "Zmiana planów")
    assert "Zmiana planów" in client.get(page(row)).content.decode()


def test_an_agreement_that_ended_is_read_and_not_signed(client, row):
    end(by=None, agreement=row.agreement, on=TODAY_LETTER)
    assert "has ended" in client.get(page(row)).content.decode()
    assert post(client, row).status_code == 422


def test_a_link_to_a_draft_leads_nowhere(client, world):
    assert client.get(page(asked(a_draft(world.pomorskie)))).status_code == 404


def test_a_link_of_an_old_address_leads_nowhere(client, row, world):
    from osnowa.agreements.actions.signatories import change_signatory

    change_signatory(by=world.bolek, signatory=row, values={"email": "nowy@example.org"})
    assert client.get(page(row)).status_code == 404


def test_no_page_shows_the_link_to_who_keeps_the_agreement(row, world, signed_in):
    bolek = signed_in(world.bolek)
    for name, *more in (("signatories",), ("signatory", row.pk), ("note_signature", row.pk)):
        assert row.token not in bolek.get(reverse(f"agreements:{name}", args=["pomorskie", row.agreement.slug, *more])).content.decode()


def test_the_public_page_names_no_person_and_no_address(client, row):
    post(client, row)
    shown = client.get(reverse("agreements:agreement", args=["pomorskie", row.agreement.slug])).content.decode()
    assert "Fundacja Most" in shown
    assert "Kowalska" not in shown
    assert "most@example.org" not in shown


def test_somebody_who_tries_too_often_is_stopped(client, row):
    codes = [post(client, row, person_name="").status_code for _ in range(22)]
    assert codes[:20] == [422] * 20
    assert codes[-1] == 429


def test_the_number_of_questions_of_the_link_is_small(client, row, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get(page(row))


# --- Asking to join ---------------------------------------------------------------------------------------------

WISH = {"organisation": "Spółdzielnia Nowa", "sector": "business", "email": "nowa@example.org", "language": "pl"}


def wish(client: Client, letter, **said):
    return client.post(reverse("agreements:join", args=["pomorskie", letter.slug]), WISH | said)


def test_who_was_not_asked_may_ask_to_join_and_waits(client, row):
    assert wish(client, row.agreement).status_code == 302
    made = row.agreement.signatories.get(name="Spółdzielnia Nowa")
    assert (made.state, made.is_waiting, made.sector, made.organisation) == ("declared", True, "business", None)
    assert "Spółdzielnia Nowa" not in client.get(reverse("agreements:agreement", args=["pomorskie", row.agreement.slug])).content.decode()


def test_an_organisation_of_the_register_is_linked_by_its_name(client, row, world):
    wish(client, row.agreement, organisation="Dobry Chleb")
    assert row.agreement.signatories.get(is_waiting=True).organisation == world.chleb


def test_who_stands_on_the_list_reads_the_same_answer(client, row):
    first, second = wish(client, row.agreement), wish(client, row.agreement, organisation="Fundacja Most")
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert row.agreement.signatories.count() == 2


def test_a_machine_that_fills_everything_in_is_told_so_and_nothing_is_kept(client, row):
    assert wish(client, row.agreement, thread_dye="red").status_code == 302
    assert row.agreement.signatories.count() == 1


def test_five_wishes_an_hour_are_enough(client, row):
    codes = [wish(client, row.agreement, organisation=f"Firma {n}").status_code for n in range(6)]
    assert codes == [302] * 5 + [429]


def test_nobody_joins_what_is_not_public(client, world, signed_in):
    letter = a_letter(world.pomorskie, is_public=False)
    assert wish(client, letter).status_code == 404
    assert wish(signed_in(world.olga), letter).status_code == 422


def test_a_signature_on_paper_shows_in_the_counter_of_the_public_page(client, world):
    letter = a_letter(world.pomorskie)
    signed(letter)
    assert "Fundacja Most" in client.get(reverse("agreements:agreement", args=["pomorskie", letter.slug])).content.decode()
