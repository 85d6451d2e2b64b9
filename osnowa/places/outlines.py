"""The door to shapely: checks that outlines are degrees, repairs them, joins them, simplifies them."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import shapely
from django.utils.translation import gettext_noop as _
from shapely.geometry.base import BaseGeometry

from osnowa.kit.errors import Refused
from osnowa.kit.sentences import Sentence
from osnowa.places.readers import Feature

#: An outline kept has at most about so many points.
MOST_POINTS = 400
#: Coordinates are kept to five decimals of a degree, about a metre.
GRID = 1e-5
#: A border may move by this share of the side of a square of the same area.
_FINEST = 1 / 400


@dataclass(frozen=True)
class Shape:
    """The area of one feature, valid, with what the file says of it."""

    properties: dict[str, Any]
    area: BaseGeometry
    was_repaired: bool


def shapes_of(features: Sequence[Feature]) -> list[Shape]:
    """The features as valid areas in degrees. Refused where the coordinates are not WGS 84."""
    areas = []
    for feature in features:
        try:
            areas.append(shapely.from_geojson(json.dumps(feature.geometry)))
        except (shapely.errors.GEOSException, ValueError, TypeError):
            areas.append(None)
    _demand_degrees([area for area in areas if area is not None and not area.is_empty])
    shapes = []
    for feature, area in zip(features, areas, strict=True):
        sound = None if area is None else polygons_of(area)
        if sound is not None:
            shapes.append(Shape(feature.properties, sound, not area.is_valid))
    if not shapes:
        raise Refused(Sentence(_("There is no area in this file: outlines are Polygon or MultiPolygon.")))
    return shapes


def polygons_of(area: BaseGeometry) -> BaseGeometry | None:
    """The valid polygonal part of a geometry; None where it encloses nothing."""
    sound = shapely.force_2d(area)
    if not sound.is_valid:
        sound = shapely.make_valid(sound)
    parts = [part for part in _leaves(sound) if part.geom_type == "Polygon" and part.area > 0]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _leaves(area: BaseGeometry) -> list[BaseGeometry]:
    parts = getattr(area, "geoms", None)
    return [area] if parts is None else [leaf for part in parts for leaf in _leaves(part)]


def _demand_degrees(areas: list[BaseGeometry]) -> None:
    """Refused, naming the likely system, where the numbers cannot be longitudes and latitudes."""
    if not areas:
        return
    left, low, right, high = (float(side) for side in shapely.total_bounds(areas))
    if not all(math.isfinite(side) for side in (left, low, right, high)):
        raise Refused(Sentence(_("The file has coordinates that are not numbers.")))
    if left >= -180 and right <= 180 and low >= -90 and high <= 90:
        return
    words = _(
        "The coordinates are not degrees (WGS 84, EPSG:4326): they reach from %(x)s, %(y)s. They look like "
        "%(system)s. Convert the file first, for example: ogr2ogr -t_srs EPSG:4326 outlines.geojson yours.geojson"
    )
    raise Refused(Sentence(words, x=round(left), y=round(low), system=_likely_system(left, low, right, high)))


def _likely_system(left: float, low: float, right: float, high: float) -> str | Sentence:
    if left > 100_000 and right < 900_000 and low > 100_000 and high < 900_000:
        return "PUWG 1992 (EPSG:2180)"
    if left > 2_400_000 and right < 7_500_000 and low > 1_300_000 and high < 5_600_000:
        return "ETRS89-LAEA (EPSG:3035)"
    if max(abs(left), abs(right)) < 20_100_000 and low > 3_800_000 and high < 12_000_000:
        return Sentence(_("Web Mercator (EPSG:3857) or a UTM zone"))
    return Sentence(_("metres of a projected system such as EPSG:2180 or EPSG:3857"))


def points_of(area: BaseGeometry) -> int:
    """How many points an outline has."""
    return int(shapely.get_num_coordinates(area))


def simplify(area: BaseGeometry, most_points: int = MOST_POINTS) -> BaseGeometry:
    """The area with at most about `most_points` points, valid, on a grid of five decimals, islands too small left out."""
    side = math.sqrt(area.area)
    tolerance, small = side * _FINEST, 0.0
    simple = _on_grid(area)
    if points_of(simple) > most_points // 4:
        simple = _on_grid(area.simplify(tolerance)) or simple
    while points_of(simple) > most_points and tolerance < side:
        tolerance *= 1.6
        small = max(small * 4, area.area * 1e-6)
        kept = [part for part in _leaves(area) if part.area >= small] or [max(_leaves(area), key=lambda part: part.area)]
        again = _on_grid(shapely.MultiPolygon(kept).simplify(tolerance))
        if again is None:
            break
        simple = again
    return simple


def _on_grid(area: BaseGeometry) -> Any:
    return polygons_of(shapely.set_precision(area, GRID)) or polygons_of(area)


def join(areas: Sequence[BaseGeometry]) -> BaseGeometry:
    """One area of several pieces."""
    return areas[0] if len(areas) == 1 else shapely.union_all(list(areas))


def holds(area: BaseGeometry, lat: float, lon: float, within: float) -> bool:
    """Whether a point lies in the box of the area widened by `within` degrees."""
    left, low, right, high = area.bounds
    return bool(left - within <= lon <= right + within and low - within <= lat <= high + within)


def distance(area: BaseGeometry, lat: float, lon: float) -> float:
    """Degrees from the area to a point; 0 inside it."""
    return float(area.distance(shapely.Point(lon, lat)))


def as_geojson(area: BaseGeometry) -> dict[str, Any]:
    """The area as GeoJSON with five decimals."""

    def rounded(value: Any) -> Any:
        return round(value, 5) if isinstance(value, float) else [rounded(one) for one in value]

    plain = json.loads(shapely.to_geojson(area))
    return {"type": plain["type"], "coordinates": rounded(plain["coordinates"])}
