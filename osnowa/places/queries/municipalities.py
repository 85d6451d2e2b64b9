"""Reads of places: which municipality a postal code serves, where a point falls when nobody gave one."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from osnowa.kit.words import fold
from osnowa.places.models import PostalCode, Region, Territory

Scheme = Territory.Scheme


@dataclass(frozen=True)
class Point:
    """WGS 84 degrees and how exact they are: `locality` or `municipality`."""

    lat: float
    lon: float
    precision: str


def municipalities_of(country: str, postal_code: str) -> list[Territory]:
    """The municipalities a postal code serves, by name. More than one means: ask, never guess."""
    served = PostalCode.objects.filter(country=country, code=postal_code, municipality__isnull=False)
    found = Territory.objects.filter(pk__in=served.values("municipality")).select_related("parent")
    return list(found.order_by("name", "code"))


def point_of(country: str, postal_code: str, municipality: Territory | None) -> Point | None:
    """The middle of what the postal code serves inside the municipality, else of the municipality; None if unknown."""
    if postal_code:
        spots = PostalCode.objects.filter(country=country, code=postal_code, lat__isnull=False)
        if municipality:
            spots = spots.filter(municipality=municipality)
        known = list(spots.values_list("lat", "lon"))
        if known:
            lat = sum(spot[0] or 0 for spot in known) / len(known)
            lon = sum(spot[1] or 0 for spot in known) / len(known)
            return Point(round(lat, 5), round(lon, 5), "locality")
    if municipality and municipality.lat is not None and municipality.lon is not None:
        return Point(municipality.lat, municipality.lon, "municipality")
    return None


def municipalities_in(region: Region) -> QuerySet[Territory]:
    """The municipalities of a region: those below its territory, or those whose NUTS 3 lies in its NUTS region.

    A union of countries has all there are; where the tables know none, the NUTS 3 region stands for them.
    """
    inside = Territory.objects.filter(Q(level=3, scheme=Scheme.TERYT) | Q(scheme=Scheme.LAU))
    own = region.territory
    if own.kind == "union":
        known = inside.exclude(nuts3="").values("nuts3")
        return Territory.objects.filter(
            Q(level=3, scheme=Scheme.TERYT) | Q(scheme=Scheme.LAU) | Q(level=3, scheme=Scheme.NUTS) & ~Q(code__in=known)
        )
    if own.scheme == Scheme.NUTS:
        return inside.filter(nuts3__startswith=own.code)
    if own.scheme == Scheme.TERYT:
        return inside.filter(scheme=Scheme.TERYT, code__startswith=own.code)
    return inside.filter(pk=own.pk)


@dataclass(frozen=True)
class Group:
    """Municipalities under one powiat, or one NUTS 3 region where there are no powiats."""

    of: Territory | None
    municipalities: list[Territory]

    @property
    def label(self) -> str:
        if self.of is None:
            return ""
        return f"powiat {self.of.name}" if self.of.kind == "powiat" else self.of.name


def by_parent(municipalities: Iterable[Territory]) -> list[Group]:
    """The municipalities gathered under the territory above them, both in the order of their names."""
    above: dict[int | None, list[Territory]] = {}
    for one in sorted(municipalities, key=lambda one: (one.name_fold, one.code)):
        above.setdefault(one.parent_id, []).append(one)
    groups = [Group(those[0].parent, those) for those in above.values()]
    return sorted(groups, key=lambda group: group.of.name_fold if group.of else "")


def find_municipalities(country: str, words: str) -> QuerySet[Territory]:
    """Municipalities of a country whose name begins with the words; folded, so `lodz` finds Łódź."""
    found = Territory.objects.filter(name_fold__startswith=fold(words)).select_related("parent").order_by("name", "code")
    if country == "PL":
        return found.filter(scheme=Scheme.TERYT, level=3)
    return found.filter(scheme=Scheme.LAU, code__startswith=country)
