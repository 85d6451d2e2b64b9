"""The shipped tables of territories and postal codes."""

import pytest

from osnowa.journal.models import Entry
from osnowa.places.actions import load_tables
from osnowa.places.models import PostalCode, Region, Territory
from osnowa.places.queries import find_municipalities, municipalities_in, municipalities_of


def test_the_tables_hold_every_polish_unit_and_the_regions_of_the_project(loaded):
    level = Territory.objects.filter(scheme="TERYT")
    assert [level.filter(level=n).count() for n in (1, 2, 3)] == [16, 380, 2479]
    wanted = {"PL63", "PL51", "PL21", "SI032", "ES22"}
    assert set(Territory.objects.filter(scheme="NUTS", code__in=wanted).values_list("code", flat=True)) == wanted
    assert Territory.objects.filter(parent=None).exclude(level=0).count() == 0
    assert PostalCode.objects.count() == loaded["postal_codes"] > 75_000


def test_loading_again_changes_nothing_and_is_told(loaded):
    before = set(Territory.objects.values_list("pk", flat=True)[:100])
    again = load_tables(by=None)
    assert again["loaded"] is False
    assert again["postal_codes"] == loaded["postal_codes"]
    assert Entry.objects.filter(deed="places.tables_loaded").count() == 1
    assert before <= set(Territory.objects.values_list("pk", flat=True))


def test_a_changed_row_is_mended_without_a_new_key(loaded):
    gdansk = Territory.objects.get(scheme="TERYT", code="2261011")
    Territory.objects.filter(pk=gdansk.pk).update(name="Danzig")
    PostalCode.objects.filter(code="80-001").delete()
    load_tables(by=None)
    assert Territory.objects.get(pk=gdansk.pk).name == "Gdańsk"
    assert PostalCode.objects.filter(code="80-001").exists()


def test_lodz_finds_the_city_with_diacritics(loaded):
    assert "Łódź" in [one.name for one in find_municipalities("PL", "lodz")]


def test_some_real_codes_are_ambiguous_and_none_is_guessed(loaded):
    assert len(municipalities_of("PL", "80-001")) == 1
    codes = PostalCode.objects.filter(country="PL", municipality__isnull=False).values_list("code", "municipality")
    several: dict[str, set[int]] = {}
    for code, municipality in codes:
        several.setdefault(code, set()).add(municipality)
    code = next(code for code, those in several.items() if len(those) > 1)
    assert len(municipalities_of("PL", code)) == len(several[code])


@pytest.mark.parametrize(("scheme", "code", "count"), [("NUTS", "PL63", 123), ("TERYT", "22", 123), ("NUTS", "SI032", 41), ("NUTS", "ES22", 272)])
def test_the_municipalities_of_a_territory_are_known_by_either_list(loaded, scheme, code, count):
    region = Region(territory=Territory.objects.get(scheme=scheme, code=code))
    assert municipalities_in(region).count() == count
