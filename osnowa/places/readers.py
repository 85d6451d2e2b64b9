"""Reads outlines from GeoJSON and TopoJSON files: features with their properties and plain GeoJSON geometries."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop as _

from osnowa.kit.errors import Refused
from osnowa.kit.sentences import Sentence

#: A file larger than this is refused.
MOST_BYTES = 200 * 1024 * 1024
_AREAS = ("Polygon", "MultiPolygon")

Place = list[float]


@dataclass(frozen=True)
class Feature:
    """One thing of the file: what is said of it, and its geometry as GeoJSON."""

    properties: dict[str, Any]
    geometry: dict[str, Any]


@dataclass(frozen=True)
class Drawing:
    """What a file holds: its features with areas, and how many had none."""

    features: list[Feature]
    without_area: int


def read(path: Path, object_name: str = "") -> Drawing:
    """The areas of a GeoJSON or TopoJSON file. Refused, with the reason, when there is nothing to import."""
    size = path.stat().st_size
    if size == 0:
        raise Refused(Sentence(_("The file is empty.")))
    if size > MOST_BYTES:
        raise Refused(Sentence(_("The file is larger than 200 MB. Cut out your country or region first, then import that.")))
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        raise Refused(Sentence(_("This is not a JSON file. Outlines are read from GeoJSON or TopoJSON."))) from None
    if not isinstance(content, dict):
        raise Refused(Sentence(_("This is JSON, but neither GeoJSON nor TopoJSON.")))
    try:
        every = list(_features(content, object_name))
    except (KeyError, TypeError, IndexError, AttributeError, ValueError, RecursionError):
        raise Refused(Sentence(_("The file is broken: its geometries do not follow the rules of GeoJSON or TopoJSON."))) from None
    with_area = [one for one in every if _is_area(one.geometry)]
    if not with_area:
        raise Refused(Sentence(_("There is no area in this file: outlines are Polygon or MultiPolygon.")))
    return Drawing(with_area, len(every) - len(with_area))


def _is_area(geometry: dict[str, Any]) -> bool:
    """Whether there is a polygon in a geometry that is not empty."""
    if geometry.get("type") == "GeometryCollection":
        return any(_is_area(part) for part in geometry.get("geometries") or ())
    return geometry.get("type") in _AREAS and bool(geometry.get("coordinates"))


def _features(content: dict[str, Any], object_name: str) -> Iterator[Feature]:
    kind = content.get("type")
    if kind == "Topology":
        yield from _of_topology(content, object_name)
    elif kind == "FeatureCollection":
        for feature in content["features"]:
            yield _feature(feature, feature.get("geometry") or {})
    elif kind == "Feature":
        yield _feature(content, content.get("geometry") or {})
    elif kind in _AREAS:
        yield Feature({}, content)
    else:
        raise Refused(Sentence(_("This is JSON, but neither GeoJSON nor TopoJSON.")))


def _feature(feature: dict[str, Any], geometry: dict[str, Any]) -> Feature:
    own = feature.get("properties") or {}
    number = {"id": feature["id"]} if feature.get("id") is not None and "id" not in own else {}
    return Feature({**own, **number}, geometry)


def _of_topology(topology: dict[str, Any], object_name: str) -> Iterator[Feature]:
    objects = topology["objects"]
    name = object_name or (next(iter(objects)) if len(objects) == 1 else "")
    if name not in objects:
        names = ", ".join(sorted(objects))
        if object_name:
            raise Refused(Sentence(_("The file has no object %(name)s. It has: %(names)s."), name=name, names=names))
        raise Refused(Sentence(_("The file has several objects: %(names)s. Say which one to import."), names=names))
    arcs = decode_arcs(topology)
    whole = objects[name]
    for one in whole["geometries"] if whole["type"] == "GeometryCollection" else [whole]:
        yield _feature(one, _geometry(one, arcs))


def decode_arcs(topology: dict[str, Any]) -> list[list[Place]]:
    """The arcs as lists of [x, y]; a quantised topology is unrolled from its differences and scaled back."""
    if "transform" not in topology:
        return [[[float(x), float(y)] for x, y, *_ in arc] for arc in topology["arcs"]]
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        places: list[Place] = []
        for step_x, step_y, *_more in arc:
            x, y = x + step_x, y + step_y
            places.append([x * scale_x + move_x, y * scale_y + move_y])
        arcs.append(places)
    return arcs


def _ring(numbers: list[int], arcs: list[list[Place]]) -> list[Place]:
    """Arcs joined end to end; `~n` is arc n backwards, and the point where two arcs meet is kept once."""
    ring: list[Place] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring


def _geometry(one: dict[str, Any], arcs: list[list[Place]]) -> dict[str, Any]:
    if one.get("type") == "Polygon":
        return {"type": "Polygon", "coordinates": [_ring(ring, arcs) for ring in one["arcs"]]}
    if one.get("type") == "MultiPolygon":
        areas = [[_ring(ring, arcs) for ring in area] for area in one["arcs"]]
        return {"type": "MultiPolygon", "coordinates": areas}
    if one.get("type") == "GeometryCollection":
        return {"type": "GeometryCollection", "geometries": [_geometry(part, arcs) for part in one["geometries"]]}
    return {"type": one.get("type")}
