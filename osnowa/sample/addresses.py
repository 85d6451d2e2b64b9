"""Addresses of the sample: real municipalities with their real postal codes, invented streets and numbers."""

from dataclasses import dataclass
from random import Random

from osnowa.places.models import PostalCode, Region, Subregion, Territory
from osnowa.places.queries import municipalities_in
from osnowa.sample.words import STREETS

#: How often organisations sit in municipalities of a kind, against 1 for a rural one.
_WEIGHTS = {"miejska": 5, "miejsko-wiejska": 3}
_CITIES = {"SI070": 45, "SI096": 14, "SI113": 8, "SI087": 6, "SI058": 4, "ES31201": 60, "ES31232": 18}
_CITY_WITH_COUNTY_RIGHTS = 14


@dataclass(frozen=True)
class Address:
    municipality: Territory
    postal_code: str
    locality: str
    street: str


class Addresses:
    """Draws addresses of a region, or of one of its own divisions."""

    def __init__(self, region: Region, language: str, dice: Random) -> None:
        self.dice, self.language = dice, language
        self.streets = [word.replace("_", " ") for word in STREETS[language].split()]
        self.towns = sorted(municipalities_in(region).select_related("parent"), key=lambda town: town.code)
        self.spots: dict[int, list[tuple[str, str]]] = {}
        rows = PostalCode.objects.filter(country=region.jurisdiction, municipality__in=[t.pk for t in self.towns])
        for code, place, municipality in sorted(rows.values_list("code", "place", "municipality_id")):
            self.spots.setdefault(municipality, []).append((code, place))
        self.towns = [town for town in self.towns if town.pk in self.spots]
        inside: dict[str, set[int]] = {}
        for code, municipality in Subregion.objects.filter(region=region).values_list("code", "municipalities"):
            inside.setdefault(code, set()).add(municipality)
        self.areas = {code: [t for t in self.towns if t.pk in keys] for code, keys in sorted(inside.items())}

    def _weight(self, town: Territory) -> int:
        if town.parent and town.parent.kind == "miasto na prawach powiatu":
            return _CITY_WITH_COUNTY_RIGHTS
        return _CITIES.get(town.code) or _WEIGHTS.get(town.kind, 1)

    def draw(self, area: str | None = None) -> Address:
        """An address somewhere in the region, or in the area of that code; towns more often than villages."""
        towns = self.areas[area] if area else self.towns
        town = self.dice.choices(towns, [self._weight(t) for t in towns])[0]
        code, place = self.dice.choice(self.spots[town.pk])
        return Address(town, code, place, self._street())

    def _street(self) -> str:
        street, number = self.dice.choice(self.streets), self.dice.randrange(1, 60)
        if self.language == "pl":
            return f"ul. {street} {number}"
        return f"{street}, {number}" if self.language == "es" else f"{street} {number}"
