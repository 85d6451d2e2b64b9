"""Organisations as GeoJSON (RFC 7946): points in WGS 84, longitude first; no point where none is known."""

from typing import Any

Facts = dict[str, Any]


def feature(row: Facts) -> Facts:
    """One organisation, of a row of the table of organisations."""
    lat, lon = row["lat"], row["lon"]
    point = {"type": "Point", "coordinates": [lon, lat]} if lat is not None and lon is not None else None
    said = {name: value for name, value in row.items() if name not in ("lat", "lon") and value not in (None, "", [])}
    return {"type": "Feature", "id": row["id"], "geometry": point, "properties": said}
