"""Reads of places: which municipality a postal code serves, where a point falls when nobody gave one."""

from dataclasses import dataclass

from django.db.models import QuerySet

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
    return list(
        Territory.objects.filter(postal_codes__country=country, postal_codes__code=postal_code)
        .select_related("parent")
        .distinct()
        .order_by("name", "code")
    )


def point_of(country: str, postal_code: str, municipality: Territory | None) -> Point | None:
    """The middle of what the postal code serves inside the municipality, else of the municipality; None if unknown."""
    if postal_code:
        spots = PostalCode.objects.filter(country=country, code=postal_code, lat__isnull=False)
        if municipality:
            spots = spots.filter(municipality=municipality)
        known = list(spots.values_list("lat", "lon"))
        if known:
            lat = sum(spot[0] for spot in known) / len(known)
            lon = sum(spot[1] for spot in known) / len(known)
            return Point(round(lat, 5), round(lon, 5), "locality")
    if municipality and municipality.lat is not None and municipality.lon is not None:
        return Point(municipality.lat, municipality.lon, "municipality")
    return None


def municipalities_in(region: Region) -> QuerySet[Territory]:
    """The municipalities of a region: those below its territory, or those whose NUTS 3 lies in its NUTS region."""
    inside = Territory.objects.filter(level=3, scheme=Scheme.TERYT) | Territory.objects.filter(scheme=Scheme.LAU)
    return inside.filter(nuts3__startswith=region.territory.code)


def find_municipalities(country: str, words: str) -> QuerySet[Territory]:
    """Municipalities of a country whose name begins with the words; folded, so `lodz` finds Łódź."""
    schemes = {"PL": Scheme.TERYT}
    found = Territory.objects.filter(scheme=schemes.get(country, Scheme.LAU), name_fold__startswith=fold(words))
    if country == "PL":
        return found.filter(level=3).select_related("parent").order_by("name", "code")
    return found.filter(code__startswith=country).select_related("parent").order_by("name", "code")
