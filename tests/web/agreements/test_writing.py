"""Making an agreement, writing its text in versions and languages, and freezing it."""

from datetime import date

import pytest
from django.urls import reverse

from osnowa.agreements.actions.agreements import freeze
from osnowa.agreements.models import Agreement
from osnowa.agreements.queries.texts import newest
from osnowa.journal.models import Entry
from tests.unit.agreements.drafts import BLOCKS, a_draft


def way(it, name="agreement", *more):
    return reverse(f"agreements:{name}", args=[it.region.slug, it.slug, *more])


def said(**more):
    return {"kind": "letter", "title": "List intencyjny", "language": "pl", "is_public": "on", "signatories": "20", "sectors": "4"} | more


def parts(*rows, seen=1, **more):
    """What the form of the text sends: (heading, words, place) a part."""
    words = {"seen": str(seen), "note": ""}
    for number, (heading, text, place) in enumerate(rows):
        words |= {f"heading_{number}": heading, f"text_{number}": text, f"place_{number}": str(place)}
    return words | more


@pytest.fixture
def draft(world):
    return a_draft(world)


def again(it):
    return Agreement.objects.get(pk=it.pk)


def test_an_editor_begins_an_agreement_with_the_template_in_the_regions_languages(world, signed_in):
    client = signed_in(world.edyta)
    page = client.get(reverse("agreements:new", args=["pomorskie"])).content.decode()
    assert "community draft" in page
    assert "no legal advice" in page
    words = said(with_template="on", closes_on="2026-12-31", sector_public="3", subregion_gdanski="5", form_0="PL-FUN", form_number_0="2", keeper_name="dobry chleb")
    answer = client.post(reverse("agreements:new", args=["pomorskie"]), words)
    made = Agreement.objects.get()
    assert answer["Location"].endswith(way(made, "text").partition("/pomorskie")[2])
    assert made.targets == {"signatories": 20, "sectors": 4, "sector": {"public": 3}, "subregion": {"gdanski": 5}, "kind": {"PL-FUN": 2}}
    assert (made.keeper, made.keeper_name, made.closes_on, made.state) == (world.chleb, "", date(2026, 12, 31), "draft")
    assert set(newest(made).blocks) == {"pl", "en"}
    assert Entry.objects.filter(deed="agreements.made", by=world.edyta).exists()


def test_a_day_of_founding_after_the_last_day_is_refused_with_a_reason(world, signed_in):
    words = said(closes_on="2026-12-31", founding_until="2027-01-31")
    answer = signed_in(world.edyta).post(reverse("agreements:new", args=["pomorskie"]), words)
    assert answer.status_code == 422
    assert "not after the last day of signing" in answer.content.decode()
    assert not Agreement.objects.exists()


def test_a_title_with_a_personal_number_is_refused(world, signed_in):
    answer = signed_in(world.edyta).post(reverse("agreements:new", args=["pomorskie"]), said(title="List 44051401359"))
    assert answer.status_code == 422
    assert not Agreement.objects.exists()


def test_what_was_said_stands_in_the_form_again(draft, world, signed_in):
    client = signed_in(world.edyta)
    client.post(way(draft, "edit"), said(title="Nowy tytuł", sector_business="7", review_on="2027-11-01"))
    page = client.get(way(draft, "edit")).content.decode()
    assert 'value="Nowy tytuł"' in page
    assert 'value="7"' in page
    assert 'value="2027-11-01"' in page
    assert again(draft).review_on == date(2027, 11, 1)


def test_each_save_keeps_a_version_and_parts_stand_in_their_places(draft, world, signed_in):
    client = signed_in(world.edyta)
    rows = parts(("Strony", BLOCKS[0]["text"], 2), ("Cel", BLOCKS[1]["text"], 1), ("Czas", "Trzy lata.", 3), ("", "", 4))
    assert client.post(way(draft, "text"), rows).status_code == 302
    text = newest(draft)
    assert (text.number, [block["heading"] for block in text.blocks["pl"]], text.made_by) == (2, ["Cel", "Strony", "Czas"], world.edyta)


def test_a_part_that_is_emptied_is_taken_out(draft, world, signed_in):
    signed_in(world.edyta).post(way(draft, "text"), parts(("", "", 1), ("Cel", "Klaster.", 2), ("", "", 3), ("", "", 4)))
    assert [block["key"] for block in newest(draft).blocks["pl"]] == ["purpose"]


def test_words_without_a_heading_come_back_with_a_sentence(draft, world, signed_in):
    answer = signed_in(world.edyta).post(way(draft, "text"), parts(("Strony", "a", 1), ("Cel", "b", 2), ("", "Bez nagłówka", 3), ("", "", 4)))
    assert answer.status_code == 422
    assert "Give this part a heading." in answer.content.decode()
    assert "Bez nagłówka" in answer.content.decode()


def test_two_who_write_at_once_do_not_write_over_each_other(draft, world, signed_in):
    first, second = signed_in(world.edyta), signed_in(world.bolek)
    first.post(way(draft, "text"), parts(("Strony", "Inne.", 1), ("Cel", "Cel.", 2), ("", "", 3), ("", "", 4)))
    answer = second.post(way(draft, "text"), parts(("Strony", "Moje.", 1), ("Cel", "Cel.", 2), ("", "", 3), ("", "", 4)))
    assert answer.status_code == 422
    assert "Somebody else saved version 2" in answer.content.decode()
    assert "<ins>Inne</ins>" in answer.content.decode()
    assert newest(draft).blocks["pl"][0]["text"] == "Inne."


def test_a_translation_is_written_beside_the_original(draft, world, signed_in):
    client = signed_in(world.edyta)
    page = client.get(way(draft, "text") + "?in=en").content.decode()
    assert '<div class="original" lang="pl">' in page
    assert "Place" not in page
    client.post(way(draft, "text") + "?in=en", parts(("Parties", "Who signs.", 1), ("Purpose", "A cluster.", 2)))
    assert [block["heading"] for block in newest(draft).blocks["en"]] == ["Parties", "Purpose"]
    shown = client.get("/en" + way(draft).removeprefix("/en")).content.decode()
    assert "A translation for reading" in shown
    assert "A cluster." in shown


def test_versions_show_word_by_word_what_changed(draft, world, signed_in):
    client = signed_in(world.edyta)
    client.post(way(draft, "text"), parts(("Strony", BLOCKS[0]["text"], 1), ("Cel", "Budujemy wspólną sieć.", 2), ("", "", 3), ("", "", 4), note="sieć"))
    page = client.get(way(draft, "versions")).content.decode()
    assert "<ins>wspólną</ins>" in page
    assert "<del>wspólny</del>" in page
    assert "sieć" in page
    assert client.get(way(draft, "versions") + "?from=x&to=99999999&in=zz").status_code == 200


def test_freezing_says_first_what_is_missing(draft, world, signed_in):
    client = signed_in(world.bolek)
    client.post(way(draft, "text"), parts(("Strony", "Strony [nazwa].", 1), ("Cel", "Cel.", 2), ("", "", 3), ("", "", 4)))
    page = client.get(way(draft, "freeze")).content.decode()
    assert "still holds a place to fill in: [nazwa]" in page
    assert "Freeze and open" not in page
    assert client.post(way(draft, "freeze")).status_code == 409
    assert again(draft).state == "draft"


def test_a_coordinator_freezes_and_everybody_reads_the_hash(draft, world, signed_in, client):
    assert client.get(way(draft)).status_code == 404
    assert signed_in(world.bolek).post(way(draft, "freeze")).status_code == 302
    it = again(draft)
    page = client.get(way(it)).content.decode()
    assert (it.state, it.frozen_by) == ("open", world.bolek)
    assert it.sha256[:8] in page
    assert it.code in page
    assert "Budujemy wspólny klaster." in page
    assert "<li>praca</li>" in page


def test_an_editor_writes_but_does_not_freeze(draft, world, signed_in):
    client = signed_in(world.edyta)
    assert client.get(way(draft, "freeze")).status_code == 403
    assert "Freeze the text" not in client.get(way(draft)).content.decode()


def test_v9_no_form_changes_a_frozen_text(draft, world, signed_in):
    freeze(by=world.bolek, agreement=draft)
    it, client = again(draft), signed_in(world.bolek)
    answer = client.post(way(it, "text"), parts(("Strony", "Inne.", 1), ("Cel", "Cel.", 2), ("", "", 3), ("", "", 4)))
    assert answer.status_code == 422
    assert "<textarea" not in client.get(way(it, "text")).content.decode()
    assert client.post(way(it, "text"), {"template": "1"}).status_code == 409
    client.post(way(it, "edit"), said(title="Podmieniony", kind="pact", language="sl", closes_on="2026-12-24"))
    later = again(it)
    assert (later.title, later.kind, later.language, later.sha256) == (it.title, it.kind, it.language, it.sha256)
    assert later.closes_on == date(2026, 12, 24)
    assert newest(later).number == 1


def test_it_is_closed_ended_and_reviewed_by_a_coordinator(draft, world, signed_in):
    freeze(by=world.bolek, agreement=draft)
    client = signed_in(world.bolek)
    assert client.post(way(draft, "close")).status_code == 302
    assert again(draft).state == "closed"
    assert again(draft).closed_at
    assert client.post(way(draft, "reviewed"), {"next_on": "2027-11-20", "reason": "Idziemy dalej"}).status_code == 302
    assert again(draft).review_on == date(2027, 11, 20)
    assert client.post(way(draft, "end"), {"on": "2026-01-01"}).status_code == 422
    assert client.post(way(draft, "end"), {"on": "2026-11-20", "reason": "Powstała umowa"}).status_code == 302
    assert (again(draft).state, again(draft).ended_on) == ("ended", date(2026, 11, 20))
    assert client.post(way(draft, "edit"), said(closes_on="2027-01-01")).status_code == 422


def test_a_pact_of_another_region_is_not_found_here(draft, world, signed_in):
    assert signed_in(world.darek).get(reverse("agreements:agreement", args=["podravje", draft.slug])).status_code == 404


def test_who_was_overtaken_keeps_her_words_and_saves_them_once_more(world, signed_in):
    draft, bolek = a_draft(world), signed_in(world.bolek)
    rows = [(block["heading"], block["text"], number) for number, block in enumerate(BLOCKS, start=1)]
    rows += [("", "", 3), ("", "", 4)]
    assert bolek.post(way(draft, "text"), parts(*rows, seen=1, text_0="Pierwsza.")).status_code == 302
    answer = bolek.post(way(draft, "text"), parts(*rows, seen=1, text_0="Druga."))
    assert answer.status_code == 422
    assert "Druga." in answer.content.decode()
    assert 'name="seen" value="2"' in answer.content.decode()
    assert bolek.post(way(draft, "text"), parts(*rows, seen=2, text_0="Druga.")).status_code == 302
    assert [text.blocks["pl"][0]["text"] for text in draft.texts.order_by("number")][-2:] == ["Pierwsza.", "Druga."]
