"""What a region is strong in: against other regions of the instance, area by area within it, and where it gathers."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from osnowa.compute.spatial import HIGH_HIGH, LOW_LOW, local_moran, nearest
from osnowa.compute.specialisation import Concentration, herfindahl, location_quotients
from osnowa.indicators.queries.cube import there_on
from osnowa.indicators.queries.dimensions import Dimension, dimensions, labels
from osnowa.places.access import Anyone
from osnowa.places.models import Region, Territory
from osnowa.places.queries import municipalities_in
from osnowa.register.queries.frame import frames_of
from osnowa.register.queries.keeping import Kept

#: What can be strong, as readers choose among it.
KINDS = ("service", "nace2", "section", "form", "sector")
#: A region is compared with so many others at most, the largest first when nobody chose.
MOST_OTHERS = 6
_FEWEST_PLACES, _MOST_PLACES, _DEALS, _BESIDE = 20, 1500, 1999, 6
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
    """A place among others like it, with the chance that dealing at random would bring this about."""

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
    #: Whether the places among which organisations gather are municipalities; else they are NUTS 3 regions.
    is_fine: bool
    hot: tuple[Spot, ...]
    cold: int
    places: int
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


def strengths(region: Region, frame: Kept, others: Sequence[Region], key: str, on: date, person: Anyone) -> Strengths:
    """Everything about one kind of strength on a day."""
    dimension = dimensions(region)[key]
    own = _counts(frame, dimension, on)
    found, names = _beside(region, own, others, dimension, on, person)
    return Strengths(
        region, on, dimension, tuple(others), found,
        _areas(region, frame, dimension, on, names), herfindahl(list(own.values())),
        **_gathered(region, frame, on),
    )  # fmt: skip


def strong_and_weak(region: Region, frame: Kept, others: Sequence[Region], key: str, on: date, person: Anyone) -> tuple[Strength, ...]:
    """The quotients of the region alone, the most certain strength first."""
    dimension = dimensions(region)[key]
    return _beside(region, _counts(frame, dimension, on), others, dimension, on, person)[0]


def _beside(region: Region, own: Counts, others: Sequence[Region], dimension: Dimension, on: date, person: Anyone) -> tuple[tuple[Strength, ...], Mapping[str, str]]:
    """(the quotients of the region against the others, the names of what was counted)."""
    beside = [_counts(Kept(one), dimension, on) for one in frames_of(others, person)]
    names = labels(region, dimension, {code for counts in (own, *beside) for code in counts})
    found = _quotients(dict(zip([str(region), *map(str, others)], [own, *beside], strict=True)), names)
    return tuple(one for one in found if one.place == str(region)), names


def _counts(frame: Kept, dimension: Dimension, on: date) -> Counts:
    """{code: organisations on the day}; those without a code do not count; one statement."""
    rows = frame.counts(f"SELECT cell, count(*) FROM {dimension.cells()} AS cells WHERE {there_on(on)} AND cell <> '' GROUP BY cell", 1)
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


def _areas(region: Region, frame: Kept, dimension: Dimension, on: date, names: object) -> tuple[Strength, ...]:
    """What the region's own areas are certainly strong in, against the whole region; one statement."""
    area = dimensions(region).get("area")
    if area is None:
        return ()
    both = dimension.cells(area.cells(name="across"))
    counts: dict[str, Counts] = {}
    for code, place, n in frame.counts(f"SELECT cell, across, count(*) FROM {both} AS cells WHERE {there_on(on)} AND cell <> '' AND across <> '' GROUP BY 1, 2", 2):
        counts.setdefault(place, {})[code] = n
    called = labels(region, area, counts)
    named = {called[place]: own for place, own in counts.items()}
    return tuple(one for one in _quotients(named, names) if one.verdict == "strong")[:12]


def _gathered(region: Region, frame: Kept, on: date) -> dict[str, Any]:
    """Places that stand among others with many organisations, how many among others with few, of how many, Moran's I."""
    is_fine, places = _places(region)
    found: dict[str, Any] = {"is_fine": is_fine, "hot": (), "cold": 0, "places": len(places), "moran": None}
    if len(places) < _FEWEST_PLACES:
        return found
    column = "municipality_code" if is_fine else "nuts3"
    counts: dict[str, int] = dict(frame.counts(f"SELECT {column}, count(*) FROM register WHERE {there_on(on)} GROUP BY {column}", 1))
    values = np.array([counts.get(code, 0) for code, *_rest in places], float)
    lat, lon = np.array([one[2] for one in places]), np.array([one[3] for one in places])
    flat = np.column_stack([lat * _KM_A_DEGREE, lon * _KM_A_DEGREE * np.cos(np.radians(lat.mean()))])
    spots = local_moran(np.log1p(values), nearest(flat, _BESIDE), _DEALS)
    hot = [
        Spot(places[i][0], places[i][1], int(values[i]), float(spots.p[i]))
        for i in np.flatnonzero(spots.is_sure & (spots.quadrant == HIGH_HIGH))
    ]
    hot.sort(key=lambda spot: (-spot.organisations, spot.name))
    cold = int((spots.is_sure & (spots.quadrant == LOW_LOW)).sum())
    return found | {"hot": tuple(hot), "cold": cold, "moran": spots.overall}


def _places(region: Region) -> tuple[bool, list[tuple[str, str, float, float]]]:
    """(whether they are municipalities, (code, name, latitude, longitude) of each): of a large territory its NUTS 3 regions."""
    columns = ("code", "name", "lat", "lon")
    if region.territory.level > 0:
        fine = municipalities_in(region).filter(lat__isnull=False, lon__isnull=False).order_by("code").values_list(*columns)
        if len(places := list(fine[: _MOST_PLACES + 1])) <= _MOST_PLACES:
            return True, places
    coarse = Territory.objects.filter(scheme=Territory.Scheme.NUTS, level=3, lat__isnull=False, lon__isnull=False)
    own = region.territory
    if own.kind != "union":
        coarse = coarse.filter(code__startswith=own.code)
    return False, list(coarse.order_by("code").values_list(*columns))
