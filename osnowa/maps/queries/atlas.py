"""The places a map can show: territories and divisions of a region with their outlines, level by level.

Outlines change rarely and are dear to read, so each process keeps them until outlines are imported, at most ten minutes.
"""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from osnowa.compute.grid import EDGE
from osnowa.compute.mercator import View, across, down
from osnowa.indicators.queries.dimensions import DIVISIONS
from osnowa.maps.drawing import Ring, Rings
from osnowa.places.models import KINDS, Outline, Region, Subregion, Territory
from osnowa.places.queries import municipalities_in

#: From the finest to the coarsest.
LEVELS = ("subregion", "municipality", "powiat", "nuts3", "nuts2", "nuts1", "country")
_NUTS = {"country": 0, "nuts1": 1, "nuts2": 2, "nuts3": 3}
_KEPT_S = 600
_MOST_KEPT = 40


@dataclass(frozen=True)
class Place:
    """A territory or division: its key in counts of its level, where it lies, and its outline where there is one.

    `above` tells the keys of the places it lies in: {level: key}. Composed outlines are those of its parts.
    """

    key: str
    code: str
    name: str
    lat: float | None
    lon: float | None
    outline: Rings
    above: dict[str, str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    is_composed: bool = False
    #: Its kind or code, where another place of the level has the same name.
    apart: str = ""

    @property
    def said(self) -> str:
        """The name with what tells the place from its namesakes: a town from the rural municipality around it."""
        return f"{self.name} ({KINDS.get(self.apart, self.apart)})" if self.apart else self.name


@dataclass(frozen=True)
class Layer:
    """The places of one level. `has_outlines` is false where they can only be shown as threads."""

    level: str
    places: dict[str, Place]

    @cached_property
    def has_outlines(self) -> bool:
        return any(place.outline.rings for place in self.places.values())

    @cached_property
    def _rows(self) -> list[Place]:
        return list(self.places.values())

    @cached_property
    def _boxes(self) -> NDArray[np.float64]:
        """West, north, east, south of every place as shares of the world; of a place without outline its point."""
        nowhere = (2.0, 2.0, 2.0, 2.0)
        rows = [
            one.outline.box if one.outline.rings else nowhere if one.lat is None or one.lon is None
            else (across(one.lon), down(one.lat), across(one.lon), down(one.lat))
            for one in self._rows
        ]  # fmt: skip
        return np.asarray(rows, dtype=float).reshape(-1, 4)

    @cached_property
    def middles(self) -> NDArray[np.float64]:
        """Where the middle of every place lies, as shares of the world from the west and the north; off the world where nobody knows."""
        rows = [(2.0, 2.0) if one.lat is None or one.lon is None else (across(one.lon), down(one.lat)) for one in self._rows]
        return np.asarray(rows, dtype=float).reshape(-1, 2)

    def seen(self, view: View, beyond: int = 0) -> list[Place]:
        """The places that may lie in the window, widened by some pixels."""
        return self.at(self.numbers(view, beyond))

    def at(self, numbers: NDArray[np.intp]) -> list[Place]:
        """The places of some numbers."""
        return [self._rows[number] for number in numbers.tolist()]

    def numbers(self, view: View, beyond: int = 0) -> NDArray[np.intp]:
        """The numbers of the places that may lie in the window, widened by some pixels."""
        side, boxes = view.side, self._boxes
        west, north = (view.left - beyond) / side, (view.top - beyond) / side
        east, south = (view.left + view.width + beyond) / side, (view.top + view.height + beyond) / side
        inside = (boxes[:, 2] >= west) & (boxes[:, 0] <= east) & (boxes[:, 3] >= north) & (boxes[:, 1] <= south)
        return np.flatnonzero(inside)


class Atlas:
    """The layers of a region, read when first asked for."""

    def __init__(self, region: Region) -> None:
        self.region = region
        self._layers: dict[str, Layer] = {}
        self._own: dict[str, frozenset[str]] = {}
        self.box: Any = None
        self.nearest: Any = None

    def layer(self, level: str) -> Layer:
        """The places of a level, those without outlines composed of finer ones where these have any."""
        if level not in self._layers:
            self._layers[level] = self._composed(self._read(level))
        return self._layers[level]

    def _read(self, level: str) -> Layer:
        if level == "subregion":
            return Layer(level, {})
        own: Any = municipalities_in(self.region) if level == "municipality" else _territories(level)
        rows = list(own.order_by("pk").values_list("pk", "scheme", "code", "name", "lat", "lon", "nuts3", "kind"))
        outlines = Outline.objects.filter(territory__in=own.order_by().values("pk")).values_list("territory", "shape", "source")
        drawn = {pk: (shape, source) for pk, shape, source in outlines.iterator()}
        names, kinds = Counter(row[3] for row in rows), Counter((row[3], row[7]) for row in rows)
        places = {}
        for pk, scheme, code, name, lat, lon, nuts3, kind in rows:
            key = str(pk) if level == "municipality" else code
            shape, source = drawn.get(pk, (None, ""))
            above = _above(level, scheme, code, nuts3)
            sources, said = (source,) if source else (), f"powiat {name}" if kind == "powiat" else name
            apart = "" if names[name] == 1 or kind == "powiat" else kind if kind and kinds[name, kind] == 1 else code
            places[key] = Place(key, code, said, lat, lon, _rings(shape), above, sources, apart=apart)
        return Layer(level, places)

    def _composed(self, layer: Layer) -> Layer:
        if layer.has_outlines or layer.level == "municipality":
            return layer
        for level in reversed(LEVELS[1 : max(1, LEVELS.index(layer.level))]):
            finer = self.layer(level)
            if finer.has_outlines and not any(place.is_composed for place in finer.places.values()):
                return Layer(layer.level, dict(_made_of(layer, finer)))
        return layer

    def own(self, level: str) -> frozenset[str]:
        """The keys of the places of a level that lie in the region."""
        if level not in self._own:
            towns = self.layer("municipality").places
            found = towns if level == "municipality" else (town.above.get(level, "") for town in towns.values())
            self._own[level] = frozenset(found) - {""}
        return self._own[level]

    def with_divisions(self, divisions: "Divisions") -> Layer:
        """The region's own divisions of one kind, each made of the outlines of its municipalities."""
        towns = self.layer("municipality").places
        places = {}
        for code, name, members in divisions.rows:
            own = [towns[key] for key in members if key in towns]
            spots = [(one.lat, one.lon) for one in own if one.lat is not None and one.lon is not None]
            lat = sum(spot[0] for spot in spots) / len(spots) if spots else None
            lon = sum(spot[1] for spot in spots) / len(spots) if spots else None
            outline = Rings([ring for one in own for ring in one.outline.rings])
            sources = tuple(dict.fromkeys(source for one in own for source in one.sources))
            places[code] = Place(code, code, name, lat, lon, outline, {}, sources, True)
        return Layer("subregion", places)


@dataclass(frozen=True)
class Divisions:
    """The divisions of one kind: (code, name, keys of their municipalities)."""

    rows: tuple[tuple[str, str, tuple[str, ...]], ...]

    @property
    def of(self) -> dict[str, str]:
        """{municipality: division}; a municipality in two of them counts in the first."""
        found: dict[str, str] = {}
        for code, _name, members in self.rows:
            for key in members:
                found.setdefault(key, code)
        return found


def divisions_of(region: Region) -> Divisions:
    """The region's divisions of the kind that statistics count by; one query."""
    rows = list(Subregion.objects.filter(region=region).order_by("kind", "order", "name", "pk").values_list("kind", "code", "name", "municipalities"))
    kinds = {row[0] for row in rows}
    first = next((kind for kind in DIVISIONS if kind in kinds), "")
    members: dict[tuple[str, str], list[str]] = {}
    for kind, code, name, municipality in rows:
        if kind == first:
            members.setdefault((code, name), []).extend([str(municipality)] if municipality else [])
    return Divisions(tuple((code, name, tuple(keys)) for (code, name), keys in members.items()))


def _territories(level: str) -> Any:
    if level == "powiat":
        return Territory.objects.filter(scheme=Territory.Scheme.TERYT, level=2)
    return Territory.objects.filter(scheme=Territory.Scheme.NUTS, level=_NUTS[level])


def _above(level: str, scheme: str, code: str, nuts3: str) -> dict[str, str]:
    """The keys of the places a place lies in."""
    stem = code if scheme == Territory.Scheme.NUTS else nuts3
    above = {name: stem[: 2 + depth] for name, depth in _NUTS.items() if len(stem) >= 2 + depth and name != level}
    if scheme == Territory.Scheme.TERYT and level == "municipality":
        above["powiat"] = code[:4]
    return above


def _rings(shape: Any) -> Rings:
    """The rings of a GeoJSON area as shares of the world square."""
    if not shape:
        return Rings([])
    areas = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return Rings([_ring(ring) for area in areas for ring in area])


def _ring(points: list[list[float]]) -> Ring:
    degrees = np.asarray([point[:2] for point in points], dtype=float)
    lats = np.radians(np.clip(degrees[:, 1], -EDGE, EDGE))
    return np.column_stack(((degrees[:, 0] + 180.0) / 360.0, (1.0 - np.arcsinh(np.tan(lats)) / np.pi) / 2.0))


def _made_of(layer: Layer, finer: Layer) -> Iterator[tuple[str, Place]]:
    parts: dict[str, list[Place]] = {}
    for place in finer.places.values():
        parts.setdefault(place.above.get(layer.level, ""), []).append(place)
    for key, place in layer.places.items():
        own = parts.get(key, [])
        rings = [ring for part in own for ring in part.outline.rings]
        sources = tuple(dict.fromkeys(source for part in own for source in part.sources))
        yield key, Place(key, place.code, place.name, place.lat, place.lon, Rings(rings), place.above, sources, bool(rings), place.apart)


_kept: dict[tuple[Any, ...], tuple[float, Atlas]] = {}


def atlas_of(region: Region) -> Atlas:
    """The atlas of a region, kept between requests; two queries to learn whether outlines changed."""
    newest = Outline.objects.order_by("-pk").values_list("pk", flat=True).first()
    key = (region.territory_id, newest, Outline.objects.count())
    kept = _kept.get(key)
    if kept and time.monotonic() - kept[0] < _KEPT_S:
        return kept[1]
    if len(_kept) >= _MOST_KEPT:
        _kept.clear()
    made = Atlas(region)
    _kept[key] = (time.monotonic(), made)
    return made


def forget() -> None:
    """Drops what is kept: outlines were imported, or a test begins."""
    _kept.clear()


def spots(places: Iterable[Place]) -> NDArray[np.float64]:
    """Latitudes and longitudes of the places that have them, one row a place."""
    rows = [(place.lat, place.lon) for place in places if place.lat is not None and place.lon is not None]
    return np.asarray(rows, dtype=float).reshape(-1, 2)
