"""Pictures of places: the map of a region."""

from osnowa.places.drawing import Picture
from osnowa.places.queries.maps import region_map

__all__ = ["Picture", "region_map"]
