"""The region's own divisions."""

import pytest
from django.urls import reverse
from django.utils import translation

from osnowa.journal.models import Entry
from osnowa.places.models import Subregion
from osnowa.places.queries import maps


def address(world, name="subregions", **words):
    return reverse(f"places:{name}", kwargs={"region": world.pomorskie.slug, **words})


def typed(**more):
    return {"name": "Obszar słupski", "kind": "support_centre", "code": "slupski", "order": "2", **more}


def test_everybody_reads_the_divisions_and_what_is_left_over(world, client):
    answer = client.get(address(world))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Obszar gdański" in page
    assert "1 municipality belongs to none" in page
    assert "Add a subregion" not in page


def test_the_page_needs_few_queries(world, signed_in, django_assert_max_num_queries):
    client = signed_in(world.bolek)
    with django_assert_max_num_queries(12):
        client.get(address(world))


def test_of_very_many_municipalities_a_share_is_drawn(world, client, monkeypatch):
    monkeypatch.setattr(maps, "_MOST_THREADS", 1)
    assert "one of 2 is drawn" not in client.get(address(world)).text
    Subregion.objects.all().delete()
    assert "one of 2 is drawn" in client.get(address(world)).text


@pytest.mark.parametrize(("who", "status"), [("bolek", 200), ("darek", 200), ("edyta", 403), ("celina", 403), ("maja", 403)])
def test_only_the_coordinator_and_the_operator_draw(world, signed_in, who, status):
    client = signed_in(getattr(world, who))
    assert client.get(address(world, "add_subregion")).status_code == status
    assert client.get(address(world, "subregion", code="gdanski")).status_code == status


def test_a_division_that_is_not_there_is_not_found(world, signed_in):
    assert signed_in(world.bolek).get(address(world, "subregion", code="nowhere")).status_code == 404


def test_a_subregion_is_added_with_its_municipalities(world, signed_in):
    answer = signed_in(world.bolek).post(address(world, "add_subregion"), typed(municipality=[world.slupsk.pk]))
    assert answer.status_code == 302
    made = Subregion.objects.get(code="slupski")
    assert list(made.municipalities.all()) == [world.slupsk]
    entry = Entry.objects.get(deed="places.subregion_saved")
    assert entry.changes["municipalities"] == [None, ["2263011"]]


def test_a_group_takes_all_its_municipalities(world, signed_in):
    signed_in(world.bolek).post(address(world, "add_subregion"), typed(group=[world.slupsk.parent_id]))
    assert list(Subregion.objects.get(code="slupski").municipalities.all()) == [world.slupsk]


def test_a_municipality_lies_in_one_subregion_of_a_kind_only(world, signed_in):
    answer = signed_in(world.bolek).post(address(world, "add_subregion"), typed(municipality=[world.gdansk.pk]))
    assert answer.status_code == 422
    assert "Gdańsk (Obszar gdański)" in answer.content.decode()
    assert not Subregion.objects.filter(code="slupski").exists()


def test_another_kind_may_share_the_municipality(world, signed_in):
    words = typed(kind="subregion", municipality=[world.gdansk.pk])
    assert signed_in(world.bolek).post(address(world, "add_subregion"), words).status_code == 302


def test_a_note_is_kept_by_language_and_shown_in_the_readers(world, signed_in, client):
    answer = signed_in(world.bolek).post(address(world, "add_subregion"), typed(note_pl="Cztery powiaty", note_en="Four counties"))
    assert answer.status_code == 302
    assert Subregion.objects.get(code="slupski").notes == {"pl": "Cztery powiaty", "en": "Four counties"}
    for language, shown, other in (("pl", "Cztery powiaty", "Four counties"), ("sl", "Four counties", "Cztery powiaty")):
        with translation.override(language):
            page = client.get(address(world)).content.decode()
        assert shown in page
        assert other not in page


def test_a_note_in_a_language_the_form_does_not_show_stays(world, signed_in):
    Subregion.objects.filter(code="gdanski").update(notes={"es": "Una nota", "pl": "Stara"})
    signed_in(world.bolek).post(address(world, "subregion", code="gdanski"), typed(code="gdanski", note_pl="", note_sl="Nova"))
    assert Subregion.objects.get(code="gdanski").notes == {"es": "Una nota", "sl": "Nova"}


def test_a_code_that_will_not_do_is_told_in_plain_words(world, signed_in):
    page = signed_in(world.bolek).post(address(world, "add_subregion"), typed(code="słupski obszar")).content.decode()
    assert "Use only letters without accents" in page
    assert "slug" not in page.split("<main")[1]


def test_a_code_is_taken_once(world, signed_in):
    answer = signed_in(world.bolek).post(address(world, "add_subregion"), typed(code="gdanski"))
    assert answer.status_code == 422


def test_municipalities_of_other_regions_are_left_out(world, signed_in):
    signed_in(world.bolek).post(address(world, "add_subregion"), typed(municipality=[world.maribor.pk]))
    assert Subregion.objects.get(code="slupski").municipalities.count() == 0


def test_a_subregion_is_removed_and_the_journal_keeps_it(world, signed_in):
    answer = signed_in(world.bolek).post(address(world, "remove_subregion", code="gdanski"))
    assert answer.status_code == 302
    assert not Subregion.objects.filter(code="gdanski").exists()
    assert Entry.objects.get(deed="places.subregion_removed").changes["municipalities"] == [["2261011"], None]


def test_removing_by_reading_is_impossible(world, signed_in):
    assert signed_in(world.bolek).get(address(world, "remove_subregion", code="gdanski")).status_code == 405
    assert signed_in(world.celina).post(address(world, "remove_subregion", code="gdanski")).status_code == 403
