"""What a search says of itself, what it hides, and the index that stands behind it."""

from datetime import date

import pytest
from click.testing import CliRunner
from django.core.management import call_command
from django.db import connection

from osnowa.cli import command_line
from osnowa.kit.stems import stem
from osnowa.kit.words import fold
from osnowa.register import access
from osnowa.register.actions import (
    add_organisation,
    change_organisation,
    close_organisation,
    merge_organisations,
    unmerge,
)
from osnowa.register.actions.searching import reindex_outdated
from osnowa.register.models import Organisation
from osnowa.register.queries.search import COUNTED, found_ids, search
from osnowa.register.search import index_many

FORMS = """fundacja fundacji fundację fundacją fundacje fundacjami fundacjach fundacjom
spółdzielnia spółdzielni spółdzielnię spółdzielnią spółdzielnie spółdzielniami spółdzielniach spółdzielniom
stowarzyszenie stowarzyszenia stowarzyszeniu stowarzyszeniem stowarzyszeń stowarzyszeniami stowarzyszeniach
socjalna socjalnej socjalną socjalny socjalnego socjalne socjalnych socjalnym socjalnymi
warsztat warsztatu warsztaty warsztatów warsztatem warsztatami warsztatach
kawiarnia kawiarni kawiarnię kawiarnie kawiarniami
ogród ogrodu ogrodem ogrody ogrodów ogrodowy ogrodowa
dobry dobra dobrego dobrej dobrych dobrymi dobre
Gdańsk Gdańska Gdańsku Gdańskiem
Łódź Łodzi Łodzią
Kraków Krakowa Krakowie Krakowem
Wejherowo Wejherowa Wejherowie Wejherowem
Gdynia Gdyni Gdynię Gdynią
Kartuzy Kartuz Kartuzach
osoba osoby osób osobom osobami osobach
niepełnosprawność niepełnosprawności niepełnosprawnością niepełnosprawnościami
zdrowie zdrowia zdrowiu zdrowiem
ośrodek ośrodka ośrodku ośrodki ośrodków
centrum centra centrów centrach
wsparcie wsparcia wsparciu
gastronomia gastronomii gastronomią
dziecko dzieci dzieciom dziećmi
društvo društva društvu društvom društev društvih
zadruga zadruge zadrugi zadrugo zadrug zadrugah
zavod zavoda zavodu zavodi zavodov zavodih
socialno socialnega socialna socialne socialnih socialni socialnem
podjetje podjetja podjetij podjetju podjetjem podjetjih
storitev storitve storitvi storitvah storitvam
delavec delavca delavci delavcev delavcem
center centra centri centrov
občina občine občini občinah občin
Ljubljana Ljubljani Ljubljane Ljubljano
Maribor Maribora Mariboru Mariborom
kmetija kmetije kmetij kmetijah
invalid invalidi invalidov invalidom invalide
izobraževanje izobraževanja izobraževanju izobraževanjem
prostovoljec prostovoljca prostovoljci prostovoljcev
čebelar čebelarja čebelarji čebelarjev
varstvo varstva varstvu varstvom""".splitlines()
APART = ["fundacja fundusz", "praca pracownia", "dom domena", "zavod zadruga", "ogród ogień", "zdrowie zdrój", "bank banan", "mewa meble"]


def found(world, words, person=None):
    return list(search(world.pomorskie, seen=access.visible(person, world.pomorskie), words=words).ids)


@pytest.mark.parametrize("forms", FORMS, ids=lambda forms: fold(forms.split()[0]))
def test_the_forms_of_a_word_have_one_stem(forms):
    assert len({stem(fold(word)) for word in forms.split()}) == 1


@pytest.mark.parametrize("words", APART)
def test_different_words_have_different_stems(words):
    assert len({stem(fold(word)) for word in words.split()}) == 2


def test_words_read_otherwise_are_told_as_people_write_them(world):
    hits = search(world.pomorskie, seen=access.visible(None, world.pomorskie), words="spoldzilnia chlb")
    assert hits.ids == (world.chleb.pk,)
    assert hits.also == {"spoldzilnia": ("spółdzielnia",), "chlb": ("chleb",)}


def test_a_hidden_record_is_neither_found_nor_betrayed_by_a_reading(world):
    hits = search(world.pomorskie, seen=access.visible(None, world.pomorskie), words="przistan")
    assert (hits.ids, hits.also) == ((), {})
    assert found(world, "przistan", world.bolek) == [world.ukryty.pk]


def test_open_ones_come_before_closed_ones(world):
    twin = add_organisation(by=world.bolek, region=world.pomorskie, values={
        "legal_name": "Dobry Chleb", "legal_form": "PL-FUN", "sector": "civil_society", "founded_on": date(2010, 1, 1),
    })  # fmt: skip
    close_organisation(by=world.bolek, organisation=twin, ended_on=date(2024, 7, 1), end_reason="other")
    assert found(world, "dobry chleb") == [world.chleb.pk, twin.pk]


def test_an_edit_is_found_at_once_and_the_old_name_no_more(world):
    change_organisation(by=world.bolek, organisation=world.chleb, values={"legal_name": "Fundacja Rejs", "short_name": "Rejs"})
    assert found(world, "rejs") == [world.chleb.pk]
    assert found(world, "chleb") == []


def test_a_record_is_found_by_the_names_of_those_merged_into_it_until_the_merge_is_taken_back(world):
    gone = add_organisation(by=world.bolek, region=world.pomorskie, values={
        "legal_name": "Piekarnia Zaczyn", "legal_form": "PL-SPSOC", "sector": "social_economy",
    })  # fmt: skip
    merge = merge_organisations(by=world.bolek, kept=world.chleb, gone=gone)
    assert found(world, "zaczyn") == [world.chleb.pk]
    unmerge(by=world.bolek, merge=merge)
    assert found(world, "zaczyn") == [gone.pk]


def test_many_hits_are_ranked_in_part_and_counted_up_to_a_bound(world):
    rows = [
        Organisation(region=world.pomorskie, slug=f"m{n}", legal_name=f"Most {n:04}", legal_form="PL-FUN", sector="x", country="PL", name_fold=f"most {n:04}")
        for n in range(COUNTED + 5)
    ]
    made = Organisation.objects.bulk_create(rows)
    index_many((one.pk for one in made), are_new=True)
    seen = access.visible(None, world.pomorskie)
    hits = search(world.pomorskie, seen=seen, words="most")
    assert (hits.is_complete, hits.is_more) == (False, True)
    assert hits.ids[:2] == (made[0].pk, made[1].pk)
    assert len(found_ids(world.pomorskie, seen=seen, words="most")) == COUNTED + 5 == hits.among(seen).count()


def test_the_command_builds_the_index_anew(world):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM register_search_row")
    ran = CliRunner().invoke(command_line(), ["register", "reindex", "--json"])
    assert '"organisations": 4' in ran.output
    assert found(world, "chleb") == [world.chleb.pk]
    assert "dedupe" in CliRunner().invoke(command_line(), ["register", "--help"]).output


@pytest.mark.django_db(transaction=True)
def test_the_migration_goes_back_and_forth():
    call_command("migrate", "register", "0003", verbosity=0)
    call_command("migrate", verbosity=0)
    assert Organisation.objects.count() == 0


def test_a_postal_code_finds_however_it_is_written(world):
    change_organisation(by=world.bolek, organisation=world.chleb, values={"postal_code": "80-831"})
    for words in ("80-831", "80831", "80-", "80-8", "chleb 80-831", "PL-80831"):
        assert found(world, words) == [world.chleb.pk], words
    assert found(world, "81-") == []


def test_numbers_with_a_dash_that_are_no_postal_code_are_words(world):
    change_organisation(by=world.bolek, organisation=world.chleb, values={"other_names": ["Piekarnia 24-7"]})
    assert found(world, "24-7") == [world.chleb.pk]
    assert found(world, "piekarnia 24-7") == [world.chleb.pk]


def test_of_a_hidden_place_the_municipality_finds_and_nothing_finer(world):
    change_organisation(by=world.bolek, organisation=world.ukryty, values={"visibility": "public", "postal_code": "76-251", "locality": "Kobylnica"})
    for words in ("76-251", "76-", "kobylnica", "kobylnca"):
        assert found(world, words) == [], words
    assert found(world, "słupsk") == [world.ukryty.pk]


def test_a_typing_error_in_an_activity_or_an_area_is_read_and_told(world):
    world.chleb.service_areas.get_or_create(code="catering")
    index_many([world.chleb.pk])
    for words, read in (("restaraucja", "restauracja"), ("gostinstvp", "gostinstvo"), ("gdasnki", "gdański")):
        hits = search(world.pomorskie, seen=access.visible(None, world.pomorskie), words=words)
        assert (hits.ids, read in hits.also.get(fold(words), ())) == ((world.chleb.pk,), True), words


def test_an_area_finds_what_stands_in_its_towns(world):
    assert found(world, "gdański") == [world.chleb.pk]
    assert found(world, "obszar gdański") == [world.chleb.pk]
    assert found(world, "obszar słupski") == []


def test_an_index_built_by_another_version_is_built_anew_after_an_upgrade(world):
    change_organisation(by=world.bolek, organisation=world.chleb, values={"postal_code": "80-831"})
    assert reindex_outdated() == 0
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM register_search_word WHERE word LIKE '\\_v%%' ESCAPE '\\'")
        cursor.execute("DELETE FROM register_search_row")
    ran = CliRunner().invoke(command_line(), ["migrate", "--json"])
    assert '"indexed": 4' in ran.output
    assert found(world, "80-831") == [world.chleb.pk]
