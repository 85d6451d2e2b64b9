"""Reads of places, open to the rooms above."""

from osnowa.places.queries.maps import region_map
from osnowa.places.queries.municipalities import (
    Group,
    Point,
    by_parent,
    find_municipalities,
    municipalities_in,
    municipalities_of,
    point_of,
)
from osnowa.places.queries.territories import find_territories, territory_by_code

__all__ = [
    "Group",
    "Point",
    "by_parent",
    "find_municipalities",
    "find_territories",
    "municipalities_in",
    "municipalities_of",
    "point_of",
    "region_map",
    "territory_by_code",
]
