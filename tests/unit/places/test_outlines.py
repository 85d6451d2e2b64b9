"""Checking, repairing, simplifying and matching of outlines."""

import json
import math

import pytest
import shapely

from osnowa.kit.errors import Refused
from osnowa.kit.sentences import tell
from osnowa.places import outlines
from osnowa.places.actions import import_outlines
from osnowa.places.models import Outline
from osnowa.places.queries import prepare_outlines
from osnowa.places.readers import Feature
from tests.world import territory


def ring(lon, lat, size=0.1):
    return [[lon - size, lat - size], [lon + size, lat - size], [lon + size, lat + size], [lon - size, lat + size], [lon - size, lat - size]]


def square(lon, lat, **properties):
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": [ring(lon, lat)]}}


@pytest.fixture
def bring(tmp_path):
    def run(*features, **words):
        path = tmp_path / "some.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        return import_outlines(by=None, prepared=prepare_outlines(path=path, source="GUGiK", **words))

    return run


def area_of(*points):
    return Feature({}, {"type": "Polygon", "coordinates": [list(map(list, points))]})


@pytest.mark.parametrize(
    ("x", "y", "system"),
    [(637291, 486912, "EPSG:2180"), (2075000, 7230000, "EPSG:3857"), (4700000, 3300000, "EPSG:3035"), (5, 700, "EPSG:3857")],
)
def test_projected_coordinates_are_refused_by_name(x, y, system):
    with pytest.raises(Refused, match=system):
        outlines.shapes_of([area_of((x, y), (x + 9, y), (x + 9, y + 9), (x, y))])


def test_coordinates_that_are_no_numbers_are_refused():
    with pytest.raises(Refused):
        outlines.shapes_of([area_of((0, 0), (math.inf, 0), (1, 1), (0, 0))])


def test_a_bow_tie_is_repaired_and_said_to_be():
    shape = outlines.shapes_of([area_of((0, 0), (2, 2), (2, 0), (0, 2), (0, 0))])[0]
    assert shape.was_repaired
    assert shape.area.is_valid
    assert shape.area.area == pytest.approx(2)


def test_a_ragged_coast_keeps_at_most_the_points_allowed():
    coast = [(math.cos(a) * (1 + 0.05 * math.sin(60 * a)), math.sin(a) * (1 + 0.05 * math.sin(60 * a))) for a in (i * math.tau / 9000 for i in range(9000))]
    area = shapely.Polygon(coast)
    simple = outlines.simplify(area)
    assert outlines.points_of(simple) <= outlines.MOST_POINTS
    assert simple.is_valid
    assert abs(simple.area - area.area) / area.area < 0.02


def test_a_thousand_islands_lose_the_smallest_only():
    islands = shapely.MultiPolygon([shapely.box(i % 40, i // 40, i % 40 + 0.2, i // 40 + 0.2) for i in range(1000)] + [shapely.box(50, 0, 80, 30)])
    simple = outlines.simplify(islands)
    assert outlines.points_of(simple) <= outlines.MOST_POINTS
    assert simple.area >= 900


def test_coordinates_keep_five_decimals():
    shape = outlines.as_geojson(outlines.simplify(shapely.box(18.123456789, 54.0, 18.98765432, 54.7)))
    assert shape["coordinates"][0][0] == [18.12346, 54.0] or [18.12346, 54.0] in shape["coordinates"][0]


def test_the_field_of_codes_is_found_and_named(world, bring):
    report = bring(square(18.65, 54.35, lp=1, KOD="2261011", nazwa="Gdańsk"), square(17.03, 54.46, lp=2, KOD="2263011", nazwa="Słupsk"))
    assert (report["field"], tell(report["read_as"]), report["matched"], report["unmatched"]) == ("KOD", "codes of TERYT", 2, [])


def test_six_digits_are_enough_for_a_gmina(world, bring):
    assert bring(square(18.65, 54.35, teryt6="226101"))["territories"] == 1


def test_national_codes_get_their_country(world, bring):
    territory("LAU", "IT001001", "Agliè", 4, lat=45.36, lon=7.77)
    assert tell(bring(square(7.77, 45.36, com_istat_code="001001"))["read_as"]) == "codes of LAU IT"


def test_a_code_that_lies_elsewhere_is_not_believed(world, bring):
    with pytest.raises(Refused, match="No outline of this file"):
        bring(square(12.5, 42.0, code="2261011"))
    assert not Outline.objects.exists()


def test_namesakes_are_told_apart_by_where_they_lie(world, bring):
    one = territory("TERYT", "0801", "brzeski", 2, kind="powiat", lat=50.8, lon=17.5)
    two = territory("TERYT", "1202", "brzeski", 2, kind="powiat", lat=49.9, lon=20.6)
    report = bring(square(17.5, 50.8, nazwa="powiat brzeski"), square(20.6, 49.9, nazwa="powiat brzeski"))
    assert report["matched"] == 2
    assert Outline.objects.get(territory=one).shape["coordinates"][0][0][0] < 18 < Outline.objects.get(territory=two).shape["coordinates"][0][0][0]


def test_pieces_of_one_territory_are_joined(world, bring):
    report = bring(square(18.65, 54.35, teryt="2261011"), square(18.95, 54.35, teryt="2261011"))
    assert (report["matched"], report["territories"]) == (2, 1)
    assert Outline.objects.get().shape["type"] == "MultiPolygon"


def test_a_file_of_strangers_changes_nothing(world, bring):
    strangers = [square(18 + n / 10, 54.35, teryt=f"99{n:05d}") for n in range(5)]
    with pytest.raises(Refused, match="Too few outlines"):
        bring(square(18.65, 54.35, teryt="2261011"), *strangers)
    assert bring(square(18.65, 54.35, teryt="2261011"), *strangers, code_field="teryt")["matched"] == 1


def test_a_wrong_field_is_told_with_those_there_are(world, bring):
    with pytest.raises(Refused, match=r"no field kod. It has: teryt"):
        bring(square(18.65, 54.35, teryt="2261011"), code_field="kod")


def test_a_second_import_replaces_the_first(world, bring):
    bring(square(18.65, 54.35, teryt="2261011"))
    bring(square(18.66, 54.36, teryt="2261011"))
    assert Outline.objects.count() == 1


def test_a_source_is_demanded(world, tmp_path):
    with pytest.raises(Refused, match="where the outlines come from"):
        prepare_outlines(path=tmp_path / "x", source=" ")
