"""Versions of a text, its translations, its difference, and V9: what is frozen stays."""

import hashlib
import json

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from osnowa.agreements.actions.agreements import change_agreement, freeze, make_agreement
from osnowa.agreements.actions.texts import begin_with_template, write_text
from osnowa.agreements.models import Agreement, Text
from osnowa.agreements.queries import texts as queries
from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.kit.letterpress import Points
from tests.unit.agreements.drafts import BLOCKS, a_draft


@pytest.fixture
def draft(world):
    return a_draft(world)


@pytest.fixture
def frozen(draft, world):
    return freeze(by=world.bolek, agreement=draft)


def again(agreement):
    return Agreement.objects.get(pk=agreement.pk)


def test_each_writing_adds_a_version_and_the_same_words_add_none(draft, world):
    write_text(by=world.bolek, agreement=draft, language="pl", blocks=BLOCKS)
    assert list(draft.texts.values_list("number", flat=True)) == [1]
    write_text(by=world.bolek, agreement=draft, language="pl", blocks=[*BLOCKS, {"key": "", "heading": "Czas", "text": "Trzy lata."}], note="czas")
    second = queries.newest(draft)
    assert (second.number, second.note, second.blocks["pl"][2]["key"]) == (2, "czas", "part-1")
    assert Entry.objects.filter(deed="agreements.text_written").count() == 2


def test_a_version_names_no_words_in_the_journal(draft):
    assert "klaster" not in json.dumps(list(Entry.objects.filter(deed="agreements.text_written").values_list("changes", flat=True)))


def test_nobody_writes_over_what_somebody_else_wrote_meanwhile(draft, world):
    with pytest.raises(Refused, match="Somebody else saved version 1"):
        write_text(by=world.edyta, agreement=draft, language="pl", blocks=BLOCKS[:1], seen=0)


def test_a_translation_has_the_parts_of_the_original_in_its_order(draft, world):
    write_text(by=world.bolek, agreement=draft, language="en", blocks=[{"key": "purpose", "heading": "Purpose", "text": "A cluster."}])
    english = queries.newest(draft).blocks["en"]
    assert [(row["key"], row["text"]) for row in english] == [("parties", ""), ("purpose", "A cluster.")]
    write_text(by=world.bolek, agreement=draft, language="pl", blocks=BLOCKS[1:])
    assert [row["key"] for row in queries.newest(draft).blocks["en"]] == ["purpose"]


def test_a_translation_in_which_nothing_is_written_is_taken_out(draft, world):
    write_text(by=world.bolek, agreement=draft, language="en", blocks=[{"key": "purpose", "heading": "Purpose", "text": "A cluster."}])
    write_text(by=world.bolek, agreement=draft, language="en", blocks=[{"key": "purpose", "heading": "Purpose", "text": ""}])
    assert list(queries.newest(draft).blocks) == ["pl"]


def test_the_hash_covers_title_kind_language_code_and_every_word(frozen):
    text = queries.newest(frozen)
    whole = queries.canonical(frozen, text)
    assert frozen.sha256 == hashlib.sha256(whole.encode()).hexdigest()
    told = json.loads(whole)
    assert (told["title"], told["kind"], told["language"], told["agreement"], told["version"]) == ("List intencyjny", "letter", "pl", frozen.code, 1)
    assert told["texts"]["pl"][1]["text"] == BLOCKS[1]["text"]


def test_without_words_in_the_original_nothing_is_frozen(world):
    empty = make_agreement(by=world.bolek, region=world.pomorskie, values={"title": "Pakt", "kind": "pact", "language": "sl"})
    with pytest.raises(Refused, match="no text in the language of the original"):
        freeze(by=world.bolek, agreement=empty)
    assert again(empty).state == "draft"


def test_what_is_missing_is_named_with_its_place(draft, world):
    write_text(by=world.bolek, agreement=draft, language="pl", blocks=[*BLOCKS, {"key": "keeper", "heading": "Opiekun", "text": "Tekst przechowuje [nazwa]."}])
    write_text(by=world.bolek, agreement=draft, language="en", blocks=[{"key": "purpose", "heading": "Purpose", "text": "A cluster."}])
    said = queries.missing(draft, queries.newest(draft))
    assert any("part 3 (Opiekun)" in sentence and "[nazwa]" in sentence for sentence in said)
    assert sum("has no words" in sentence for sentence in said) == 2
    with pytest.raises(Refused, match="Opiekun"):
        freeze(by=world.bolek, agreement=draft)


def test_v9_no_action_changes_a_frozen_text(frozen, world):
    with pytest.raises(Refused, match="frozen"):
        write_text(by=world.bolek, agreement=frozen, language="pl", blocks=BLOCKS[:1])
    with pytest.raises(Refused, match="frozen"):
        begin_with_template(by=world.bolek, agreement=frozen, languages=["sl"])
    for name, value in (("title", "Inny"), ("kind", "pact"), ("language", "en")):
        with pytest.raises(Refused, match="belong to the frozen text"):
            change_agreement(by=world.bolek, agreement=frozen, values={name: value})
    freeze(by=world.bolek, agreement=frozen)
    assert (again(frozen).sha256, again(frozen).frozen_at) == (frozen.sha256, frozen.frozen_at)


def test_v9_an_action_that_read_the_draft_before_it_was_frozen_is_refused(draft, world):
    stale = Agreement.objects.select_related("region").get(pk=draft.pk)
    freeze(by=world.bolek, agreement=draft)
    with pytest.raises(Refused, match="frozen"):
        write_text(by=world.edyta, agreement=stale, language="pl", blocks=BLOCKS[:1])


def test_v9_no_model_changes_a_frozen_text(frozen):
    text = queries.newest(frozen)
    text.blocks = {"pl": []}
    with pytest.raises(TypeError):
        text.save()
    with pytest.raises(TypeError):
        Text.objects.create(agreement=frozen, number=2, blocks={"pl": []})
    with pytest.raises(TypeError):
        Text.objects.filter(agreement=frozen).update(blocks={})


def test_v9_no_statement_changes_a_frozen_text(frozen):
    text = queries.newest(frozen)
    orders = (
        ("UPDATE agreements_text SET blocks = '{}' WHERE id = %s", text.pk),
        ("UPDATE agreements_text SET number = 9 WHERE id = %s", text.pk),
        ("UPDATE agreements_agreement SET title = 'Inny' WHERE id = %s", frozen.pk),
        ("UPDATE agreements_agreement SET sha256 = 'abc' WHERE id = %s", frozen.pk),
    )
    for order, key in orders:
        with pytest.raises(DatabaseError, match="v9"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(order, [key])
    assert queries.is_whole(again(frozen), queries.newest(frozen))


def test_v9_a_row_that_is_open_without_a_hash_is_refused_by_the_database(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        Agreement.objects.filter(pk=draft.pk).update(state="open")


def test_a_draft_can_be_changed_by_everything(draft, world):
    change_agreement(by=world.bolek, agreement=draft, values={"title": "Inny list"})
    assert again(draft).title == "Inny list"


def test_who_is_erased_leaves_the_frozen_text_as_it_is(frozen, world):
    world.bolek.delete()
    text = queries.newest(frozen)
    assert text.made_by is None
    assert queries.is_whole(again(frozen), text)


def test_parts_that_are_gone_stand_in_the_comparison(draft, world):
    first = queries.newest(draft)
    second = write_text(by=world.bolek, agreement=draft, language="pl", blocks=BLOCKS[1:])
    rows = queries.compare(first, second, "pl")
    assert [row.is_same for row in rows] == [True, False]
    assert rows[1].heading[0].kind == "gone"


def test_words_become_paragraphs_and_points():
    assert queries.pieces("Jedno\nzdanie.\n\nRazem:\n- praca\n- usługi\n  i czas") == ["Jedno zdanie.", "Razem:", Points(("praca", "usługi i czas"))]


@pytest.mark.parametrize("kind", Agreement.Kind.values)
@pytest.mark.parametrize("language", ["pl", "sl", "en"])
def test_every_kind_has_a_template_in_three_languages(kind, language):
    blocks = queries.template(kind, language)
    keys = [block["key"] for block in blocks]
    wanted = {"parties", "purpose", "principles", "areas", "status", "communication", "contacts", "keeper", "accession", "duration"}
    assert wanted <= set(keys)
    assert len(keys) == len(set(keys))
    assert all(block["heading"] and len(block["text"]) > 40 for block in blocks)
    assert keys == [block["key"] for block in queries.template(kind, "pl")]


def test_the_template_comes_in_the_languages_of_the_region(world):
    made = make_agreement(by=world.bolek, region=world.pomorskie, values={"title": "List", "kind": "letter", "language": "pl"})
    text = begin_with_template(by=world.bolek, agreement=made, languages=["pl", "en"])
    assert (list(text.blocks), text.number) == (["pl", "en"], 1)
    assert queries.missing(made, text)


def test_what_is_known_fills_the_gaps_of_a_template_and_the_rest_stays_to_be_seen(world):
    values = {"title": "List", "kind": "letter", "language": "pl", "keeper": world.chleb}
    letter = make_agreement(by=world.bolek, region=world.pomorskie, values=values)
    text = begin_with_template(by=world.bolek, agreement=letter, languages=["en"])
    words = {block["key"]: block["text"] for block in text.blocks["pl"]}
    assert "w regionie Pomorskie klaster" in words["purpose"]
    assert "przechowuje Spółdzielnia Socjalna Dobry Chleb." in words["keeper"]
    assert queries.missing(letter, text) == []
    freeze(by=world.bolek, agreement=letter)
    later = make_agreement(by=world.bolek, region=world.pomorskie, values={"title": "Umowa", "kind": "co_operation", "language": "pl"})
    text = begin_with_template(by=world.bolek, agreement=later, languages=[])
    assert "z dnia 20 listopada 2026." in text.blocks["pl"][0]["text"]
    assert {gap.rpartition(": ")[2] for gap in queries.missing(later, text)} == {"[cel pierwszy]", "[cel drugi]", "[nazwa organizacji]", "[nazwa przechowującego]"}


@pytest.mark.parametrize("language", ["pl", "sl", "en"])
def test_every_gap_that_may_be_known_stands_in_a_template(language):
    gaps = {f"[{gap.labels[language]}]" for gap in queries.KNOWN_GAPS}
    words = "".join(block["text"] for kind in Agreement.Kind.values for block in queries.template(kind, language))
    assert {gap for gap in gaps if gap not in words} == set()
