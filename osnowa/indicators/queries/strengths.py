"""What a region is strong in: against other regions of the instance, area by area within it, and where it gathers."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from osnowa.compute.spatial import HIGH_HIGH, LOW_LOW, local_moran, nearest
from osnowa.compute.specialisation import Concentration, herfindahl, location_quotients
from osnowa.indicators.queries.cube import there_on
from osnowa.indicators.queries.dimensions import Dimension, dimensions, labels
from osnowa.places.models import Region
from osnowa.places.queries import municipalities_in
from osnowa.register.queries.frame import Frame, frame_of

#: What can be strong, as readers choose among it.
KINDS = ("service", "nace2", "section", "form", "sector")
#: A region is compared with so many others at most, the largest first when nobody chose.
MOST_OTHERS = 6
_FEWEST_PLACES, _DEALS, _BESIDE = 20, 1999, 6
_KM_A_DEGREE = 111.32


@dataclass(frozen=True)
class Strength:
    """One kind of activity in one place: organisations, its quotient plain and cautious, and the interval of 95 %."""

    code: str
    name: str
    place: str
    organisations: int
    plain: float
    cautious: float
    low: float
    high: float

    @property
    def verdict(self) -> str:
        """"strong" or "weak" where the whole interval lies on one side of 1, else ""."""
        return "strong" if self.low > 1 else "weak" if self.high < 1 else ""


@dataclass(frozen=True)
class Spot:
    """A municipality among others like it, with the chance that dealing at random would bring this about."""

    code: str
    name: str
    organisations: int
    p: float


@dataclass(frozen=True)
class Strengths:
    region: Region
    on: date
    dimension: Dimension
    others: tuple[Region, ...]
    own: tuple[Strength, ...]
    by_area: tuple[Strength, ...]
    concentration: Concentration | None
    hot: tuple[Spot, ...]
    cold: int
    municipalities: int
    moran: float | None

    @property
    def strong(self) -> tuple[Strength, ...]:
        return tuple(one for one in self.own if one.verdict == "strong")

    @property
    def weak(self) -> tuple[Strength, ...]:
        return tuple(one for one in reversed(self.own) if one.verdict == "weak")


Counts = dict[str, int]


def comparable(region: Region) -> list[Region]:
    """The regions of the instance one may compare with: the invented with the invented, the real with the real."""
    return list(Region.objects.filter(is_invented=region.is_invented).exclude(pk=region.pk).order_by("name", "pk"))


def strengths(region: Region, frame: Frame, others: Sequence[Region], key: str, on: date) -> Strengths:
    """Everything about one kind of strength on a day; some queries for each region compared."""
    dimension = dimensions(region)[key]
    own = _counts(frame, dimension, on)
    beside = [_counts(frame_of(other), dimension, on) for other in others]
    names = labels(region, dimension, {code for counts in (own, *beside) for code in counts})
    found = _quotients(dict(zip([str(region), *map(str, others)], [own, *beside], strict=True)), names)
    gathered = _gathered(region, frame, on)
    return Strengths(
        region, on, dimension, tuple(others), tuple(one for one in found if one.place == str(region)),
        _areas(region, frame, dimension, on, names), herfindahl(list(own.values())), *gathered,
    )  # fmt: skip


def _counts(frame: Frame, dimension: Dimension, on: date) -> Counts:
    """{code: organisations on the day}; those without a code do not count; one statement."""
    rows = frame.rows(f"SELECT cell, count(*) FROM {dimension.cells()} AS cells WHERE {there_on(on)} AND cell <> '' GROUP BY cell")
    return dict(rows)


def _quotients(places: dict[str, Counts], names: dict[str, str] | object) -> list[Strength]:
    """The quotients of all places against them together, the most certain strength first."""
    codes = sorted({code for counts in places.values() for code in counts})
    if len(places) < 2 or not codes:
        return []
    table = np.array([[counts.get(code, 0) for code in codes] for counts in places.values()])
    q = location_quotients(table)
    found = [
        Strength(code, names[code], place, int(table[row, column]), *(float(part[row, column]) for part in (q.plain, q.cautious, q.low, q.high)))  # type: ignore[index]
        for row, place in enumerate(places)
        for column, code in enumerate(codes)
        if not math.isnan(q.plain[row, column])
    ]
    return sorted(found, key=lambda one: (-one.low, -one.cautious, one.name))


def _areas(region: Region, frame: Frame, dimension: Dimension, on: date, names: object) -> tuple[Strength, ...]:
    """What the region's own areas are certainly strong in, against the whole region; one statement."""
    area = dimensions(region).get("area")
    if area is None:
        return ()
    both = dimension.cells(area.cells(name="across"))
    counts: dict[str, Counts] = {}
    for code, place, n in frame.rows(f"SELECT cell, across, count(*) FROM {both} AS cells WHERE {there_on(on)} AND cell <> '' AND across <> '' GROUP BY 1, 2"):
        counts.setdefault(place, {})[code] = n
    called = labels(region, area, counts)
    named = {called[place]: own for place, own in counts.items()}
    return tuple(one for one in _quotients(named, names) if one.verdict == "strong")[:12]


def _gathered(region: Region, frame: Frame, on: date) -> tuple[tuple[Spot, ...], int, int, float | None]:
    """Municipalities that stand among others with many organisations, how many among others with few, of how many, Moran's I."""
    places = [one for one in municipalities_in(region) if one.lat is not None and one.lon is not None]
    if len(places) < _FEWEST_PLACES:
        return (), 0, len(places), None
    counts: dict[int, int] = dict(frame.rows(f"SELECT municipality, count(*) FROM register WHERE {there_on(on)} AND municipality IS NOT NULL GROUP BY municipality"))
    values = np.array([counts.get(one.pk, 0) for one in places], float)
    lat, lon = np.array([one.lat or 0.0 for one in places]), np.array([one.lon or 0.0 for one in places])
    flat = np.column_stack([lat * _KM_A_DEGREE, lon * _KM_A_DEGREE * np.cos(np.radians(lat.mean()))])
    found = local_moran(np.log1p(values), nearest(flat, _BESIDE), _DEALS)
    hot = [
        Spot(places[i].code, places[i].name, int(values[i]), float(found.p[i]))
        for i in np.flatnonzero(found.is_sure & (found.quadrant == HIGH_HIGH))
    ]
    cold = int((found.is_sure & (found.quadrant == LOW_LOW)).sum())
    return tuple(sorted(hot, key=lambda spot: (-spot.organisations, spot.name))), cold, len(places), found.overall
