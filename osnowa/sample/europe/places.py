"""Where the invented organisations of Europe are: real countries, NUTS 3 regions and municipalities, weights by believable skew."""

import csv
from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

from osnowa.places.models import Territory

TABLES = Path(__file__).resolve().parent.parent / "tables"
#: A town of rank n in its region has 1 / n ** this of what the largest has.
_TOWNS_STEEPNESS, _REGIONS_STEEPNESS = 0.85, 0.6


@dataclass(frozen=True)
class Country:
    """How a country names its forms and speaks; `weight` is thousands of organisations, believable and not a statistic."""

    country: str
    nuts: str
    weight: float
    language: str
    second: str
    association: str
    cooperative: str
    foundation: str
    mutual: str
    company: str
    scheme: str


def countries() -> list[Country]:
    """The rows of `tables/europe_countries.csv`."""
    with (TABLES / "europe_countries.csv").open(encoding="utf-8") as file:
        return [Country(**row | {"weight": float(row["weight"])}) for row in csv.DictReader(file)]  # type: ignore[arg-type]


@dataclass(frozen=True)
class Place:
    country: Country
    territory: Territory
    #: How far around the middle organisations lie, in degrees.
    spread: float


def _falling(number: int, steepness: float) -> list[float]:
    return [1 / rank**steepness for rank in range(1, number + 1)]


def _towns() -> dict[str, list[Territory]]:
    """{NUTS 3 region: its municipalities, or the region itself where the tables know none}."""
    towns: dict[str, list[Territory]] = defaultdict(list)
    for one in Territory.objects.filter(scheme__in=("TERYT", "LAU"), level__in=(3, 4)).exclude(nuts3="").order_by("code"):
        towns[one.nuts3].append(one)
    for one in Territory.objects.filter(scheme="NUTS", level=3).order_by("code"):
        if one.code not in towns:
            towns[one.code] = [one]
    return towns


class Places:
    """Draws places: countries by weight, regions and towns by a falling law whose order is drawn once."""

    def __init__(self) -> None:
        dice = Random("osnowa europe places")
        self.places: list[Place] = []
        weights: list[float] = []
        by_region = _towns()
        for country in countries():
            regions = [code for code in sorted(by_region) if code.startswith(country.nuts)]
            dice.shuffle(regions)
            shares = _falling(len(regions), _REGIONS_STEEPNESS)
            for region, share in zip(regions, shares, strict=True):
                own = sorted(by_region[region], key=lambda town: town.code)
                dice.shuffle(own)
                parts = _falling(len(own), _TOWNS_STEEPNESS)
                for town, part in zip(own, parts, strict=True):
                    self.places.append(Place(country, town, 0.2 if town.scheme == "NUTS" else 0.03))
                    weights.append(country.weight * share / sum(shares) * part / sum(parts))
        self.sums = list(accumulate(weights))

    def draw(self, dice: Random) -> Place:
        """One place; towns of many organisations come more often."""
        return self.places[min(bisect(self.sums, dice.random() * self.sums[-1]), len(self.places) - 1)]
