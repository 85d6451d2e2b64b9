"""The map of a region: page, fragment, filters, hidden places, files."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from osnowa.indicators.models import Indicator, Release, Value
from osnowa.places.models import Outline, Territory
from osnowa.register.actions import change_organisation, take_snapshot
from osnowa.register.models import Organisation, YearlyFigures
from osnowa.register.queries.frame import frame_of

#: An exact place of a shelter: every digit of it is secret.
EXACT = (54.123987, 17.456789)
FORMS = ("svg", "png", "csv", "xlsx")


def at(name="map", region="pomorskie", **words):
    return reverse(f"maps:{name}", args=[region, *([words.pop("form")] if "form" in words else [])])


@pytest.fixture
def shelter(world):
    """A hidden organisation that everybody may see, with an exact place in the database."""
    it = world.ukryty
    it.visibility, it.lat, it.lon, it.is_location_hidden, it.geo_precision = "public", *EXACT, True, "address"
    it.save()
    return it


def square(territory, half=0.2):
    lat, lon = territory.lat, territory.lon
    ring = [[lon - half, lat - half], [lon + half, lat - half], [lon + half, lat + half], [lon - half, lat + half], [lon - half, lat - half]]
    return Outline.objects.create(territory=territory, shape={"type": "Polygon", "coordinates": [ring]}, source="© Geodetic office", imported_on="2026-01-01")


def test_everybody_sees_the_organisations_grouped(world):
    page = Client().get(at()).text
    assert "1 organisation in this view, of 1." in page
    assert reverse("register:organisation", args=["pomorskie", world.chleb.slug]) in page


def test_what_a_person_may_not_see_is_not_counted(world, signed_in):
    assert "of 1." in Client().get(at()).text
    assert "of 3." in signed_in(world.bolek).get(at()).text


def test_the_filters_are_those_of_the_directory_and_go_along_both_ways(world):
    page = Client().get(at() + "?form=PL-SPSOC&q=chleb").text
    assert "of 1." in page
    assert reverse("register:directory", args=["pomorskie"]) + "?q=chleb&amp;form=PL-SPSOC" in page
    assert "of 0." in Client().get(at() + "?form=PL-FUN").text
    assert at() + "?form=PL-SPSOC" in Client().get(reverse("register:directory", args=["pomorskie"]) + "?form=PL-SPSOC").text


def test_a_region_without_organisations_says_so(world):
    world.zadruga.visibility = "coordinator"
    world.zadruga.save()
    page = Client().get(at(region="podravje"))
    assert page.status_code == 200
    assert "No organisation matches" in page.text


@pytest.mark.parametrize("words", ["z=99&at=a,b", "z=nan&at=1,1", "z=1e999&at=54,18", "at=99,999&z=8", "level=x&show=y&here=9-9", "size=1x1&order=z",
                                   "show=figure:password", "show=indicator:none", "z=3&at=-85,-180", "here=24-281474976710655", "on=2999-01-01"])  # fmt: skip
def test_an_address_typed_by_hand_never_breaks(world, words):
    assert Client().get(at() + "?" + words).status_code == 200


def test_the_fragment_is_the_part_of_the_page(world):
    words = "?z=9&at=54.3,18.6&show=organisations&circles=1"
    whole, part = Client().get(at() + words), Client().get(at() + words, headers={"HX-Request": "true"})
    assert part.text.strip() in whole.text
    assert "<html" not in part.text
    assert "HX-Request" in whole["Vary"]


@pytest.mark.parametrize("zoom", [2, 5, 8, 11, 14, 17, 18])
@pytest.mark.parametrize("who", ["nobody", "celina", "edyta", "bolek", "darek"])
def test_no_answer_of_the_room_holds_the_exact_place_of_a_shelter(shelter, world, signed_in, zoom, who):
    client = Client() if who == "nobody" else signed_in(getattr(world, who))
    for middle in (EXACT, (world.slupsk.lat, world.slupsk.lon)):
        words = f"?z={zoom}&at={middle[0]:.1f},{middle[1]:.1f}&show=organisations&level=municipality&circles=1"
        for address in (at(), at("embed"), *(at("export", form=form) for form in ("svg", "csv"))):
            text = client.get(address + words).text
            assert "54.1239" not in text, address
            assert "17.4567" not in text, address


def test_a_shelter_is_drawn_at_the_middle_of_its_municipality_for_everybody(shelter, world, signed_in):
    lat, lon = world.slupsk.lat, world.slupsk.lon
    for client in (Client(), signed_in(world.edyta)):
        page = client.get(at() + f"?z=18&at={lat},{lon}").text
        assert re.search(r'd="M(479|480|481) 31[012]l|cx="(479|480|481)" cy="(319|320|321)"', page)
        assert ">0 organisations" in client.get(at() + f"?z=18&at={EXACT[0]},{EXACT[1]}").text


def test_the_list_of_a_point_knows_only_public_places(shelter, world):
    from osnowa.compute.grid import quadkeys

    exact, public = (int(quadkeys(*place)) >> 8 for place in (EXACT, (world.slupsk.lat, world.slupsk.lon)))
    assert 'id="here"' not in Client().get(at() + f"?here=20-{exact}").text
    assert shelter.legal_name in Client().get(at() + f"?here=20-{public}").text


def test_the_embedded_map_is_for_any_site_and_shows_public_records_only(world, signed_in):
    answer = signed_in(world.bolek).get(at("embed"))
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert "of 1." in answer.text
    assert "Bolek" not in answer.text
    page = Client().get(at())
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert "&lt;iframe src=" in page.text


@pytest.mark.parametrize("form", FORMS)
def test_every_file_comes_with_its_kind_and_name(world, form):
    answer = Client().get(at("export", form=form))
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="osnowa-pomorskie-2026-11-20.{form}"'
    assert Client().get(at("export", form="exe")).status_code == 404


def test_a_picture_says_region_day_source_and_whose_outlines(world):
    square(world.gdansk)
    text = Client().get(at("export", form="svg")).text
    for words in ("Pomorskie", "20 November 2026", "Osnowa", "© Geodetic office"):
        assert words in text
    assert Client().get(at("export", form="png")).content[:8] == b"\x89PNG\r\n\x1a\n"


def test_areas_are_coloured_by_their_organisations_with_a_legend_and_a_table(world):
    square(world.gdansk)
    square(world.slupsk)
    page = Client().get(at() + "?show=organisations&level=municipality").text
    assert re.search(r'class="area k\d"[^>]*><title>Gdańsk: 1</title>', page)
    assert re.search(r'class="area k\d"[^>]*><title>Słupsk: 0</title>', page)
    assert "municipality=2261011" in page
    assert "© Geodetic office" in page


def test_without_outlines_the_municipalities_are_threads(world):
    page = Client().get(at() + "?show=organisations&level=municipality").text
    assert 'class="thread k' in page


def test_own_divisions_are_made_of_their_municipalities(world):
    square(world.gdansk)
    page = Client().get(at() + "?show=organisations&level=subregion").text
    assert "<title>Obszar gdański: 1</title>" in page
    assert "area=gdanski" in page


def test_a_sum_over_fewer_than_three_organisations_is_hidden(world):
    square(world.gdansk)
    YearlyFigures.objects.create(organisation=world.chleb, year=2025, as_of_on="2025-12-31", employees=4321)
    for level in ("municipality", "powiat", "nuts3", "nuts2", "subregion"):
        page = Client().get(at() + f"?show=figure:employees&level={level}").text
        assert "4321" not in page
        assert "4,321" not in page
    assert "hidden" in page


def test_an_indicator_colours_the_places_it_was_measured_for(world):
    one = Indicator.objects.create(code="unemployment", name="Unemployment", unit="%")
    release = Release.objects.create(source="Eurostat")
    pl63 = world.pomorskie.territory
    square_of = Outline.objects.create(
        territory=pl63, source="© EuroGeographics", imported_on="2026-01-01",
        shape={"type": "Polygon", "coordinates": [[[16, 53], [20, 53], [20, 55], [16, 55], [16, 53]]]},
    )  # fmt: skip
    for period, number in (("2023", 9.0), ("2024", 5.5)):
        Value.objects.create(indicator=one, geo="PL63", territory=pl63, period=period, value=number, release=release)
    page = Client().get(at() + "?show=indicator:unemployment&level=nuts2").text
    assert "<title>Pomorskie: 5.5</title>" in page
    assert "Period: 2024." in page
    assert "Eurostat" in page
    assert square_of.source in page


def test_the_table_is_ordered_as_asked(world):
    page = Client().get(at() + "?level=municipality&order=name").text
    assert 'aria-sort="ascending"' in page


def test_the_map_asks_no_other_host_unless_tiles_are_set(world, settings):
    assert "<image" not in Client().get(at()).text
    settings.TILES = "https://tiles.example.org/{z}/{x}/{y}.png"
    page = Client().get(at() + "?z=8&at=54.3,18.6")
    assert 'href="https://tiles.example.org/8/141/81.png"' in page.text


def test_the_number_of_queries_does_not_grow(world, signed_in, django_assert_max_num_queries):
    client = signed_in(world.bolek)
    client.get(at())
    assert frame_of(world.pomorskie).rows("SELECT count(*) FROM register") == [(3,)]
    with django_assert_max_num_queries(20):
        client.get(at() + "?show=organisations&level=subregion")
    with django_assert_max_num_queries(18):
        client.get(at() + "?z=9&at=54.3,18.6", headers={"HX-Request": "true"})


def test_beside_a_snapshot_the_map_stays_exact_and_asks_little(world, settings, tmp_path, django_assert_max_num_queries):
    settings.SNAPSHOTS = tmp_path
    part = {"HX-Request": "true"}
    live = Client().get(at(), headers=part).text
    take_snapshot(by=world.darek, region=world.pomorskie)
    for _time in range(2):
        assert Client().get(at(), headers=part).text == live
    with django_assert_max_num_queries(12):
        Client().get(at() + "?show=organisations")
    change_organisation(by=world.bolek, organisation=world.chleb, values={"legal_form": "PL-FUN"})
    assert "of 1." in Client().get(at() + "?form=PL-FUN").text
    assert "of 0." in Client().get(at() + "?form=PL-SPSOC").text


def test_a_place_hidden_after_the_snapshot_is_hidden_at_once(world, settings, tmp_path):
    settings.SNAPSHOTS = tmp_path
    take_snapshot(by=world.darek, region=world.pomorskie)
    change_organisation(by=world.bolek, organisation=world.chleb, values={"is_location_hidden": True})
    lat, lon = world.gdansk.lat, world.gdansk.lon
    assert "1 organisation in this view" in Client().get(at() + f"?z=18&at={lat},{lon}").text


def _indicator(values, *, unit="%"):
    one = Indicator.objects.create(code="unemployment", name="Unemployment", unit=unit)
    release = Release.objects.create(source="Eurostat")
    for place, number in values.items():
        Value.objects.create(indicator=one, geo=place.code, territory=place, period="2024", value=number, release=release)


def test_a_value_of_one_place_makes_one_class_and_says_so(world):
    square(world.gdansk)
    square(world.slupsk)
    _indicator({world.gdansk: 7.3})
    page = Client().get(at() + "?show=indicator:unemployment&level=municipality").text
    assert page.count('class="map-key"') == 2  # the class and those without a value
    assert "7.3:" in page
    assert re.search(r"Only one place of \d+ has a value, so there is nothing to compare.", page)
    assert "the only place of this view with a value" in page
    assert "lowest in" not in page


def test_a_value_of_the_whole_region_says_that_there_is_nothing_to_compare(world):
    _indicator({world.pomorskie.territory: 7.3, world.podravje.territory: 2.0})
    page = Client().get(at() + "?show=indicator:unemployment&level=nuts2").text
    assert page.count('class="map-key"') == 1
    assert "The whole region is one place at this level, so there is nothing to compare." in page


def test_a_town_is_told_from_the_rural_municipality_of_its_name(world):
    town, around = (
        Territory.objects.create(scheme="TERYT", code=code, name="Pruszcz Gdański", name_fold="pruszcz gdanski", level=3, kind=kind, parent=world.gdansk.parent,
                                 nuts3="PL634", lat=54.26, lon=18.64)
        for code, kind in (("2204011", "miejska"), ("2204042", "wiejska"))
    )  # fmt: skip
    square(town)
    square(around)
    words = "?show=organisations&level=municipality&order=name"
    Organisation.objects.filter(pk=world.chleb.pk).update(municipality=around)
    page, table = Client().get(at() + words).text, Client().get(at(name="export", form="csv") + words).content.decode()
    for name in ("Pruszcz Gdański (urban municipality)", "Pruszcz Gdański (rural municipality)"):
        assert f"<title>{name}:" in page
    assert ">Pruszcz Gdański (rural municipality)</th>" in page
    assert "Pruszcz Gdański (rural municipality)" in table
    assert "Pruszcz Gdański (gmina wiejska)" in Client().get(at().replace("/en/", "/pl/") + words).text


def test_the_map_says_how_the_wheel_and_two_fingers_move_it(world):
    page = Client().get(at()).text
    assert 'id="map-hint"' in page
    assert "Ctrl" in page
