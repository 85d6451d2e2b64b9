"""Laws of outlines: simplifying keeps them valid, small, on the grid and where they were."""

import json
import math

import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from osnowa.places import outlines

radii = st.lists(st.floats(0.01, 1, allow_nan=False), min_size=3, max_size=900)


def star(radii, lon, lat):
    steps = [math.tau * number / len(radii) for number in range(len(radii))]
    return shapely.Polygon([(lon + r * math.cos(a), lat + r * math.sin(a)) for r, a in zip(radii, steps, strict=True)])


@settings(deadline=None, max_examples=60)
@given(st.lists(radii, min_size=1, max_size=4), st.floats(-20, 40), st.floats(34, 70))
def test_a_simplified_outline_is_valid_small_and_in_its_place(parts, lon, lat):
    whole = outlines.polygons_of(shapely.union_all([shapely.make_valid(star(part, lon + 3 * n, lat)) for n, part in enumerate(parts)]))
    simple = outlines.simplify(whole)
    kept = shapely.from_geojson(json.dumps(outlines.as_geojson(simple)))
    assert kept.is_valid
    assert not kept.is_empty
    assert outlines.points_of(kept) <= outlines.MOST_POINTS
    assert kept.geom_type in ("Polygon", "MultiPolygon")
    assert all(round(x, 5) == x and round(y, 5) == y for x, y in shapely.get_coordinates(kept).tolist())
    assert shapely.box(*kept.bounds).within(shapely.box(*whole.bounds).buffer(1e-4))
