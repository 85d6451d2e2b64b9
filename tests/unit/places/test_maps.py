"""The picture of a region."""

import re

from django.template.loader import render_to_string
from django.utils import timezone

from osnowa.places.models import Outline
from osnowa.places.queries import region_map
from tests.world import territory


def frame(territory, lon, lat, size=0.1):
    ring = [[lon - size, lat - size], [lon + size, lat - size], [lon + size, lat + size], [lon - size, lat + size], [lon - size, lat - size]]
    return Outline.objects.create(
        territory=territory, shape={"type": "Polygon", "coordinates": [ring]}, source="© GUGiK", imported_on=timezone.localdate()
    )


def test_it_needs_three_queries_at_most(world, django_assert_max_num_queries):
    frame(world.gdansk, 18.65, 54.35)
    with django_assert_max_num_queries(3):
        region_map(world.pomorskie, {world.gdansk.pk: 3})


def test_without_outlines_every_municipality_is_a_thread(world):
    picture = region_map(world.pomorskie, {world.gdansk.pk: 3})
    assert picture.areas == []
    assert sum(threads.path.count("M") for threads in picture.threads) == 2
    assert {threads.tone for threads in picture.threads} == {0, 1}


def test_east_is_right_and_north_is_up(world):
    picture = region_map(world.pomorskie, {world.gdansk.pk: 1, world.slupsk.pk: 1})
    gdansk, slupsk = sorted(picture.marks, key=lambda mark: mark.name)
    assert gdansk.x > slupsk.x
    assert gdansk.y > slupsk.y


def test_circles_grow_with_the_count_and_carry_the_division(world):
    picture = region_map(world.pomorskie, {world.gdansk.pk: 9, world.slupsk.pk: 1})
    first, second = picture.marks
    assert (first.name, first.count, first.tone, first.part) == ("Gdańsk", 9, 1, "Obszar gdański")
    assert first.radius == 3 * second.radius
    assert second.tone == 0
    assert picture.legend[0].count == 9


def test_what_lies_elsewhere_is_counted_not_drawn(world):
    picture = region_map(world.pomorskie, {world.maribor.pk: 2, None: 1, world.gdansk.pk: 4})
    assert (picture.elsewhere, picture.total, len(picture.marks)) == (3, 7, 1)


def test_the_finest_outlines_are_drawn_with_their_source(world):
    frame(world.pomorskie.territory, 18, 54.4, 1)
    assert [area.name for area in region_map(world.pomorskie).areas] == ["Pomorskie"]
    frame(world.gdansk, 18.65, 54.35)
    frame(world.slupsk, 17.03, 54.46)
    picture = region_map(world.pomorskie)
    assert sorted(area.name for area in picture.areas) == ["Gdańsk", "Słupsk"]
    assert picture.threads == []
    assert picture.sources == ["© GUGiK"]


def test_a_territory_without_known_municipalities_gives_an_empty_picture(world):
    world.pomorskie.territory = territory("NUTS", "EL65", "Peloponnisos", 2)
    assert region_map(world.pomorskie, {None: 2}).is_empty


def test_the_picture_has_words_a_table_and_no_inline_style(world):
    frame(world.gdansk, 18.65, 54.35)
    picture = region_map(world.pomorskie, {world.gdansk.pk: 1234})
    page = render_to_string("places/map.html", {"picture": picture, "region": world.pomorskie})
    assert 'role="img"' in page
    assert "<desc" in page
    assert "The map as a table" in page
    assert not re.search(r"\sstyle=|<style", page)
    assert f'cx="{picture.marks[0].x}"' in page
