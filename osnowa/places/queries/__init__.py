"""Reads of places, open to the rooms above."""

from osnowa.places.queries import lately as _lately  # noqa: F401  (tells the journal how to show its things)
from osnowa.places.queries.divisions import Division, Imported, Kind, divisions_of, imported_outlines
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
from osnowa.places.queries.outlines import Prepared, prepare_outlines
from osnowa.places.queries.seats import coordinators_of, seats_in
from osnowa.places.queries.territories import find_territories, territory_by_code

__all__ = [
    "Division",
    "Group",
    "Imported",
    "Kind",
    "Point",
    "Prepared",
    "by_parent",
    "coordinators_of",
    "divisions_of",
    "find_municipalities",
    "find_territories",
    "imported_outlines",
    "municipalities_in",
    "municipalities_of",
    "point_of",
    "prepare_outlines",
    "region_map",
    "seats_in",
    "territory_by_code",
]
