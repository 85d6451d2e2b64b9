"""How far two points are apart, near enough for towns and regions."""

from math import cos, hypot, radians

#: Kilometres of a degree of latitude.
KM_A_DEGREE = 111.2


def kilometres(lat: float, lon: float, from_lat: float, from_lon: float) -> float:
    """The distance of a point from another, both in degrees, on a plane that touches the earth at the other."""
    return KM_A_DEGREE * hypot(lat - from_lat, (lon - from_lon) * cos(radians(from_lat)))
