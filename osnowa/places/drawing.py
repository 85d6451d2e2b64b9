"""A map as numbers ready for SVG: no map server, no tiles, no exact places. Pure: what it draws is handed to it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

#: Width of every picture in its own units; the height follows from the shape of the region.
WIDTH = 1000
_TALLEST = 1200
_MARGIN = 30
_TONES = 8


@dataclass(frozen=True)
class Spot:
    """A municipality: where it lies, which tone it bears (0 none), how many are counted there."""

    name: str
    lat: float
    lon: float
    tone: int = 0
    count: int = 0
    part: str = ""


@dataclass(frozen=True)
class Border:
    """An outline as GeoJSON with its tone."""

    name: str
    shape: dict[str, Any]
    tone: int = 0


@dataclass(frozen=True)
class Area:
    path: str
    tone: int
    name: str


@dataclass(frozen=True)
class Threads:
    """The municipalities of one tone as threads, warp and weft by turns, in one path; longer where there are few."""

    path: str
    tone: int
    width: int


@dataclass(frozen=True)
class Mark:
    x: int
    y: int
    radius: float
    tone: int
    name: str
    count: int
    part: str


@dataclass(frozen=True)
class Legend:
    tone: int
    name: str
    count: int
    municipalities: int


@dataclass(frozen=True)
class Picture:
    """Everything `places/map.html` needs. `elsewhere` counts what lies in no municipality of the picture."""

    width: int
    height: int
    areas: list[Area] = field(default_factory=list)
    threads: list[Threads] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    legend: list[Legend] = field(default_factory=list)
    total: int = 0
    elsewhere: int = 0
    sources: list[str] = field(default_factory=list)
    #: One municipality of so many is drawn.
    share: int = 1

    @property
    def is_empty(self) -> bool:
        return not (self.areas or self.threads)

    @property
    def has_counts(self) -> bool:
        return bool(self.total)


class _Projection:
    """Degrees to whole units: equirectangular, narrowed by the cosine of the middle latitude."""

    def __init__(self, places: Sequence[tuple[float, float]]) -> None:
        lons, lats = [lon for lon, _ in places], [lat for _, lat in places]
        self.left, self.top = min(lons), max(lats)
        self.narrow = math.cos(math.radians((self.top + min(lats)) / 2))
        wide = max((max(lons) - self.left) * self.narrow, 1e-6)
        tall = max(self.top - min(lats), 1e-6)
        self.scale = min((WIDTH - 2 * _MARGIN) / wide, (_TALLEST - 2 * _MARGIN) / tall)
        self.shift = (WIDTH - wide * self.scale) / 2
        self.height = max(round(tall * self.scale) + 2 * _MARGIN, WIDTH // 4)
        self.drop = (self.height - tall * self.scale) / 2

    def __call__(self, lon: float, lat: float) -> tuple[int, int]:
        x = (lon - self.left) * self.narrow * self.scale + self.shift
        return round(x), round((self.top - lat) * self.scale + self.drop)


def _rings(shape: dict[str, Any]) -> Iterable[list[list[float]]]:
    areas = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return (ring for area in areas for ring in area)


def _path(shape: dict[str, Any], to: _Projection) -> str:
    """An SVG path of whole units; neighbours that share a border share its rounded points, so no gap opens."""
    words = []
    for ring in _rings(shape):
        last: tuple[int, int] | None = None
        steps: list[str] = []
        for lon, lat, *_ in ring:
            here = to(lon, lat)
            if here == last:
                continue
            steps.append(f"M{here[0]} {here[1]}" if last is None else f"l{here[0] - last[0]} {here[1] - last[1]}")
            last = here
        if len(steps) > 3:
            words.append("".join(steps) + "z")
    return "".join(words)


def _threads(spots: Sequence[Spot], to: _Projection) -> list[Threads]:
    reach = max(7, min(30, round(0.36 * math.sqrt(WIDTH * to.height / max(len(spots), 1)))))
    paths: dict[int, list[str]] = {}
    for number, spot in enumerate(sorted(spots, key=lambda spot: (-spot.lat, spot.lon))):
        x, y = to(spot.lon, spot.lat)
        step = f"M{x - reach} {y}h{2 * reach}" if number % 2 else f"M{x} {y - reach}v{2 * reach}"
        paths.setdefault(spot.tone, []).append(step)
    return [Threads("".join(steps), tone, max(3, reach // 3)) for tone, steps in sorted(paths.items())]


def _marks(spots: Sequence[Spot], to: _Projection) -> list[Mark]:
    """Circles whose area grows with the count, the large ones first so that small ones stay seen."""
    counted = sorted((spot for spot in spots if spot.count), key=lambda spot: (-spot.count, spot.name))
    if not counted:
        return []
    unit = min(9.0, 48 / math.sqrt(counted[0].count))
    return [
        Mark(*to(spot.lon, spot.lat), max(6.0, round(unit * math.sqrt(spot.count), 1)), spot.tone, spot.name, spot.count, spot.part)
        for spot in counted
    ]


def tone_of(number: int) -> int:
    """The tone of the n-th part (from 1); after the eighth they begin again."""
    return (number - 1) % _TONES + 1


def draw(spots: Sequence[Spot], borders: Sequence[Border], *, parts: Sequence[tuple[int, str]] = (), elsewhere: int = 0,
         sources: Sequence[str] = ()) -> Picture:  # fmt: skip
    """The picture of municipalities and borders; `parts` are (tone, name) for the legend."""
    places = [(spot.lon, spot.lat) for spot in spots]
    for border in borders:
        places.extend((place[0], place[1]) for ring in _rings(border.shape) for place in ring)
    if not places:
        return Picture(WIDTH, WIDTH // 4, elsewhere=elsewhere, total=elsewhere)
    to = _Projection(places)
    legend = []
    for tone, name in parts:
        own = [spot for spot in spots if spot.part == name]
        legend.append(Legend(tone, name, sum(spot.count for spot in own), len(own)))
    areas = [Area(path, border.tone, border.name) for border in borders if (path := _path(border.shape, to))]
    return Picture(
        width=WIDTH,
        height=to.height,
        areas=areas,
        threads=_threads(spots, to) if len(areas) < len(spots) / 2 else [],
        marks=_marks(spots, to),
        legend=legend,
        total=sum(spot.count for spot in spots) + elsewhere,
        elsewhere=elsewhere,
        sources=list(dict.fromkeys(sources)),
    )
