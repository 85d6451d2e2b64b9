"""The list of agreements, the public page of one, its files, and the page a code on paper leads to."""

import hashlib
import io
import json
from datetime import date, timedelta

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from osnowa.agreements.actions.agreements import close, freeze
from osnowa.agreements.actions.texts import write_text
from osnowa.agreements.models import Agreement, Paper, Signatory
from osnowa.agreements.queries.texts import canonical, newest
from tests.unit.agreements.drafts import a_draft
from tests.workbooks import unpacked

TODAY = date(2026, 11, 20)
ENGLISH = [{"key": "parties", "heading": "Parties", "text": "Who signs."}, {"key": "purpose", "heading": "Purpose", "text": "We build a cluster."}]


def way(it, name="agreement", *more):
    return reverse(f"agreements:{name}", args=[it.region.slug, it.slug, *more])


def signed(it, name, sector="civil_society", **more):
    words = {"state": "signed", "way": "scan", "signed_sha256": it.sha256, "signed_on": TODAY, "person_name": "Anna Tajna", "function": "prezeska", "basis": "register"}
    return Signatory.objects.create(agreement=it, name=name, sector=sector, **words | more)


@pytest.fixture
def letter(world):
    """An open letter with two signatures in Słupsk and Gdańsk, one later, one withdrawn, one that only declared."""
    draft = a_draft(world, targets={"signatories": 20, "sectors": 4, "sector": {"public": 3}}, closes_on=TODAY + timedelta(days=10), keeper=world.chleb)
    write_text(by=world.bolek, agreement=draft, language="en", blocks=ENGLISH)
    it = freeze(by=world.bolek, agreement=draft)
    signed(it, "Żuraw", municipality=world.gdansk, mandate_checked_at=it.frozen_at)
    signed(it, "Łąka", "public", municipality=world.slupsk)
    signed(it, "Zorza", is_declaration=True)
    signed(it, "Odeszła", state="withdrawn", withdrawn_on=TODAY, withdrawal_reason="inne plany")
    Signatory.objects.create(agreement=it, name="Zapowiedziała", sector="business", state="declared")
    return it


# --- List and page ----------------------------------------------------------------------------------------------


def test_the_list_shows_what_one_may_see_with_how_many_signed(letter, world, client, signed_in):
    a_draft(world, title="Szkic")
    page = client.get(reverse("agreements:agreements", args=["pomorskie"])).content.decode()
    assert "List intencyjny" in page
    assert "3 organisations signed" in page
    assert "of 20 wanted" in page
    assert "Szkic" not in page
    assert "Szkic" in signed_in(world.olga).get(reverse("agreements:agreements", args=["pomorskie"])).content.decode()


def test_an_empty_list_says_what_it_is_for(world, client):
    page = client.get(reverse("agreements:agreements", args=["podravje"])).content.decode()
    assert "There is no agreement yet" in page
    assert reverse("agreements:new", args=["podravje"]) not in page


def test_everybody_reads_the_register_in_the_order_of_the_alphabet_and_no_names_of_persons(letter, client, django_assert_max_num_queries):
    with django_assert_max_num_queries(7):
        page = client.get(way(letter)).content.decode()
    assert page.index("Łąka") < page.index("Żuraw") < page.index("Joined later by declaration") < page.index("Zorza") < page.index("Odeszła")
    assert "Tajna" not in page
    assert "inne plany" in page
    assert "Mandate checked." in page
    assert "Mandate not checked." in page
    assert "10</b> <span>days left" in page


def test_more_signatories_cost_no_more_queries(letter, world, client, django_assert_max_num_queries):
    for number in range(30):
        signed(letter, f"Organizacja {number}", municipality=world.gdansk)
    with django_assert_max_num_queries(7):
        client.get(way(letter))


def test_the_counter_stands_beside_its_targets_and_adds_up(letter, client):
    page = client.get(way(letter)).content.decode()
    assert "signatories: 3 of 20" in page
    assert "Together" in page
    assert "Public sector: 1 of 3" in page


def test_a_translation_says_which_language_binds(letter, client):
    page = client.get(way(letter) + "?text=en").content.decode()
    assert "We build a cluster." in page
    assert "Polski" in page
    assert "A translation for reading" in page
    assert "Budujemy wspólny klaster." in client.get(way(letter) + "?text=pl").content.decode()


def test_a_text_that_was_changed_behind_everybodys_back_is_shown_as_that(letter, client):
    text = newest(letter)
    with connection.cursor() as cursor:
        order = "DROP TRIGGER agreements_text_frozen" + (" ON agreements_text" if connection.vendor == "postgresql" else "")
        cursor.execute(order)
        cursor.execute("UPDATE agreements_text SET blocks = %s WHERE id = %s", [json.dumps({"pl": [{"key": "a", "heading": "A", "text": "Inne."}]}), text.pk])
    for address in (way(letter), reverse("agreements:verify", args=[letter.code])):
        assert "its hash differs. Do not sign." in client.get(address).content.decode()


def test_a_review_that_is_late_warns(letter, world, client, signed_in):
    Agreement.objects.filter(pk=letter.pk).update(review_on=TODAY - timedelta(days=1), closes_on=None)
    assert "was to be reviewed on" in client.get(way(letter)).content.decode()
    assert way(letter, "reviewed") in signed_in(world.bolek).get(way(letter)).content.decode()


def test_an_agreement_for_the_region_only_is_hidden_from_others(letter, world, client, signed_in):
    Agreement.objects.filter(pk=letter.pk).update(is_public=False)
    assert client.get(way(letter)).status_code == 404
    assert signed_in(world.olga).get(way(letter)).status_code == 200


def test_the_front_page_of_the_region_leads_to_what_can_be_signed(letter, client):
    page = client.get(reverse("home:region", args=["pomorskie"])).content.decode()
    assert way(letter) in page


# --- Files ------------------------------------------------------------------------------------------------------


def test_the_pdf_is_tagged_and_the_same_every_time(letter, client):
    first, second = (client.get(way(letter, "text_file", "pdf") + "?text=pl").content for _time in range(2))
    assert first == second
    assert b"pdfuaid" in first
    assert b"/StructTreeRoot" in first


def test_the_json_is_what_the_hash_is_of(letter, client):
    whole = client.get(way(letter, "text_file", "json")).content
    assert hashlib.sha256(whole).hexdigest() == letter.sha256


def test_the_docx_holds_the_text_the_code_and_the_hash(letter, client):
    made = docx.Document(io.BytesIO(client.get(way(letter, "text_file", "docx") + "?text=pl").content))
    words = "\n".join([*(one.text for one in made.paragraphs), *(cell.text for table in made.tables for row in table.rows for cell in row.cells)])
    assert "Budujemy wspólny klaster." in words
    assert letter.code in words
    assert letter.sha256[:16] in words


def test_the_paper_of_a_draft_says_that_it_is_one(world, signed_in):
    draft = a_draft(world)
    made = docx.Document(io.BytesIO(signed_in(world.olga).get(way(draft, "text_file", "docx")).content))
    assert any("Projekt, wersja 1" in one.text or "Draft, version 1" in one.text for one in made.paragraphs)
    assert signed_in(world.olga).get(way(draft, "register_file", "pdf")).status_code == 404


def test_the_register_comes_as_pdf_xlsx_and_csv(letter, client):
    for form, begins in (("pdf", b"%PDF"), ("xlsx", b"PK"), ("csv", b"\xef\xbb\xbf")):
        assert client.get(way(letter, "register_file", form)).content.startswith(begins)
    assert client.get(way(letter, "register_file", "exe")).status_code == 404
    assert client.get(way(letter, "text_file", "exe")).status_code == 404


def test_names_stand_only_in_the_register_of_who_keeps_it(letter, world, client, signed_in):
    address = way(letter, "register_file", "xlsx") + "?names=1"
    for asking, sees in ((client, False), (signed_in(world.olga), False), (signed_in(world.edyta), True)):
        words = unpacked(asking.get(address).content)["xl/sharedStrings.xml"].decode()
        assert ("Anna Tajna" in words) is sees
        assert letter.sha256 in words


def test_a_name_that_looks_like_a_formula_stays_text(letter, client):
    signed(letter, "=1+1")
    assert "'=1+1" in client.get(way(letter, "register_file", "csv")).content.decode()


def test_the_empty_sheet_becomes_a_declaration_once_signing_is_closed(letter, world, client):
    before = client.get(way(letter, "sheet")).content
    assert b"pdfuaid" in before
    close(by=world.bolek, agreement=letter)
    after = client.get(way(letter, "sheet")).content
    assert after.startswith(b"%PDF")
    assert "Empty declaration of joining" in client.get(way(letter)).content.decode()


# --- Verifying --------------------------------------------------------------------------------------------------


def verify(letter, client=None, **said):
    answer = (client or Client()).post(reverse("agreements:verify", args=[letter.code]), said)
    return answer.status_code, answer.content.decode()


def test_the_code_leads_to_what_the_sheet_must_say(letter, client):
    page = client.get(reverse("agreements:verify", args=[letter.code.lower()])).content.decode()
    for words in ("List intencyjny", letter.sha256[:8], "2 organisations signed", "1 joined later by declaration", "1 organisation withdrew", "noindex"):
        assert words in page
    assert "Tajna" not in page
    assert "Łąka" not in page


def test_a_code_of_nothing_or_of_a_draft_is_not_found(world, client):
    draft = a_draft(world)
    for code in ("ABCDEFGHJK", draft.code):
        assert client.get(reverse("agreements:verify", args=[code])).status_code == 404


def test_a_hash_is_compared_with_or_without_gaps(letter):
    spaced = " ".join(letter.sha256[n : n + 8] for n in range(0, 64, 8)).upper()
    assert "The hash is the one of the frozen text." in verify(letter, said=spaced)[1]
    assert "This is another hash." in verify(letter, said="0" * 64)[1]


def test_words_are_compared_without_spaces_and_marks_of_lists(letter):
    said = "Strony\nOrganizacje, które  podpiszą list.\nCel\nBudujemy wspólny klaster.\n• praca\n• usługi"
    assert "These are the words of the frozen text (Polski)." in verify(letter, said=said)[1]
    assert "differ from the frozen text" in verify(letter, said=said.replace("wspólny", "własny"))[1]


def test_a_file_is_compared_and_not_kept(letter, client):
    pdf = client.get(way(letter, "text_file", "pdf") + "?text=en").content
    assert "The file is the PDF of the frozen text (English), unchanged." in verify(letter, file=SimpleUploadedFile("a.pdf", pdf))[1]
    whole = canonical(letter, newest(letter)).encode()
    assert "The file is the frozen text itself" in verify(letter, file=SimpleUploadedFile("a.json", whole))[1]
    assert "The file is none that Osnowa gave out." in verify(letter, file=SimpleUploadedFile("a.pdf", pdf + b" "))[1]
    assert not Paper.objects.exists()


def test_a_signature_file_that_is_kept_is_known_again(letter):
    scan = b"%PDF-1.4 scan"
    row = letter.signatories.first()
    Paper.objects.create(signatory=row, kind="signature", name="scan.pdf", content_type="application/pdf", content=scan, size=len(scan), sha256=hashlib.sha256(scan).hexdigest())
    assert "is kept with this agreement as a proof" in verify(letter, file=SimpleUploadedFile("b.pdf", scan))[1]


def test_nothing_to_compare_is_said_and_too_much_is_refused(letter):
    status, page = verify(letter)
    assert (status, "Paste the hash or the text, or choose a file." in page) == (422, True)
    client = Client()
    answers = [verify(letter, client, said="0" * 64)[0] for _time in range(61)]
    assert answers[-1] == 429


def test_an_agreement_that_is_not_public_is_verified_but_not_led_to(letter, client):
    Agreement.objects.filter(pk=letter.pk).update(is_public=False)
    page = client.get(reverse("agreements:verify", args=[letter.code])).content.decode()
    assert letter.sha256[:8] in page
    assert way(letter) not in page
