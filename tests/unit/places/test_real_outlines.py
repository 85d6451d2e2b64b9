"""Real files of outlines, from ../shared/data/boundaries."""

import json
from pathlib import Path

import pytest
import shapely

from osnowa.kit.errors import Refused
from osnowa.places import outlines
from osnowa.places.actions import import_outlines
from osnowa.places.models import Territory
from osnowa.places.queries import prepare_outlines

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "boundaries"
pytestmark = pytest.mark.skipif(not REAL.exists(), reason="the real outlines of ../shared/data/boundaries are not here")

#: Real files: (path, object, least matched).
FILES = [
    ("es/es-atlas_municipalities.topo.json", "municipalities", 8000),
    ("es/es-atlas_municipalities.topo.json", "provinces", 44),
    ("es/es-atlas_municipalities.topo.json", "autonomous_regions", 15),
    ("fr/departements_1000m.geojson", "", 101),
    ("fr/nouvelle_aquitaine_communes_1000m.geojson", "", 4293),
    ("fr/regions_1000m.geojson", "", 13),
    ("it/emilia_romagna_municipalities.topo.json", "", 330),
    ("it/piemonte_municipalities.topo.json", "", 1178),
    ("it/regions.topo.json", "", 19),
    ("naturalearth_admin1/svn.topo.json", "", 185),
    ("nuts2021_l2_ce/nuts2_ce.geojson", "", 111),
    ("nuts2024/NUTS_RG_60M_2024_4326_LEVL_1.geojson", "", 96),
    ("nuts2024/NUTS_RG_60M_2024_4326_LEVL_2.geojson", "", 260),
    ("nuts2024/NUTS_RG_60M_2024_4326_LEVL_3.geojson", "", 1211),
    ("pl/gminy_approx_voronoi.geojson", "", 2475),
    ("pl/powiaty-min.geojson", "", 379),
    ("pl/powiaty-min_teryt.geojson", "", 380),
    ("pl/wojewodztwa-min.geojson", "", 16),
    ("pl/wojewodztwa_2025_teryt.geojson", "", 16),
]


def test_real_files_are_matched_and_stay_valid_and_small(loaded):
    for path, name, least in FILES:
        prepared = prepare_outlines(path=REAL / path, source="test", object_name=name)
        assert prepared.report["territories"] >= least, path
        for outline in prepared.outlines[::25]:
            area = shapely.from_geojson(json.dumps(outline.shape))
            assert area.is_valid, (path, outline.territory_id)
            assert outlines.points_of(area) <= outlines.MOST_POINTS
    import_outlines(by=None, prepared=prepared)
    assert Territory.objects.filter(outline__isnull=False, scheme="TERYT", level=1).count() == 16


@pytest.mark.parametrize("country", ["bel", "fin", "hrv", "pol"])
def test_real_files_with_english_names_are_refused_rather_than_guessed(loaded, country):
    with pytest.raises(Refused, match="Too few outlines"):
        prepare_outlines(path=REAL / "naturalearth_admin1" / f"{country}.topo.json", source="test")
