"""Makes the invented organisations of Europe one after another; the same seed gives the same rows, whatever the process."""

import re
from bisect import bisect
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import accumulate
from random import Random
from typing import Any
from uuid import UUID

from osnowa.register import codes
from osnowa.register.actions import NewOrganisation
from osnowa.sample.europe import names
from osnowa.sample.europe.numbers import Counters
from osnowa.sample.europe.places import Country, Place, Places

LAST_DAY = date(2026, 10, 31)
#: Rows are drawn from fresh dice every so many: the first rows of a larger Europe are those of a smaller one.
STRETCH = 10_000
#: Classes most organisations of the social economy work in; the others share the rest by a falling law.
_USUAL_CLASSES = ("94.99", "88.99", "93.12", "90.20", "85.59", "88.10", "94.91", "88.91", "93.19", "01.61", "56.11", "47.11", "68.20", "81.21")
_SORTS = (("association", 0.66), ("cooperative", 0.15), ("foundation", 0.08), ("mutual", 0.01), ("company", 0.04), ("other", 0.06))


class Skew:
    """Draws from a list, each entry by its weight."""

    def __init__(self, things: list[Any], weights: list[float]) -> None:
        self.things, self.sums = things, list(accumulate(weights))

    def draw(self, dice: Random) -> Any:
        return self.things[min(bisect(self.sums, dice.random() * self.sums[-1]), len(self.things) - 1)]


def falling(things: list[Any], steepness: float) -> Skew:
    """The first of the list most often, the n-th 1 / n ** steepness as often."""
    return Skew(things, [1 / (rank + 1) ** steepness for rank in range(len(things))])


@cache
def spoken(name: str) -> str:
    """The name of a place as addresses write it: without what tells lists apart (Würzburg, Landkreis)."""
    return re.split(r"[/,(]", name)[0].strip()


def _weight_of(year: int) -> float:
    """How many were founded in a year, against others: growth, with wars and crises."""
    growth = 1.032 ** (year - 1900)
    if 1914 <= year <= 1918 or 1939 <= year <= 1945:
        return growth * 0.2
    if year in (1989, 1990, 1991, 1992):
        return growth * 1.8
    return growth * {2009: 0.7, 2010: 0.75, 2012: 0.8, 2020: 0.55, 2021: 0.8, 2026: 0.6}.get(year, 1.0)


class European:
    """Draws everything about organisations; `rows` gives them without end."""

    def __init__(self, seed: str = "") -> None:
        self.seed, self.places, self.numbers = seed, Places(), Counters()
        still = Random("osnowa europe lists")
        rest = [row.code for row in codes.NACE["2.1"] if row["level"] == "4" and row.code not in _USUAL_CLASSES]
        still.shuffle(rest)
        usual = [code for code in _USUAL_CLASSES if code in codes.NACE["2.1"]]
        self.classes = falling(usual + rest, 1.1)
        services = [row.code for row in codes.SERVICE_AREAS]
        still.shuffle(services)
        self.services = falling(services, 0.8)
        self.years = Skew(list(range(1901, 2027)), [_weight_of(year) for year in range(1901, 2027)])
        self.sorts = Skew([sort for sort, _ in _SORTS], [share for _, share in _SORTS])
        self.others = {one: self._other_forms(one) for one in {place.country.country for place in self.places.places}}
        self.labels = {one: [row.code for row in codes.RECOGNITIONS if row["country"] == one] for one in self.others}
        self.reasons = falling([row.code for row in codes.END_REASONS if row.code != "error"], 1.0)
        self.tail = Random("osnowa europe uid")

    @staticmethod
    def _other_forms(country: str) -> Skew:
        rows = [row.code for row in codes.LEGAL_FORMS if row["country"] == country and row["kind"] == "legal_person"]
        return falling(rows or ["UNKNOWN", "EU-SCE", "EU-EGTC", "EU-EEIG", "EU-SE"], 0.7)

    def rows(self, number: int) -> Iterator[NewOrganisation]:
        """The first `number` organisations."""
        before: NewOrganisation | None = None
        dice = Random()
        for count in range(number):
            if count % STRETCH == 0:
                dice = Random(f"osnowa europe {self.seed} {count // STRETCH}")
                before = None
            it = self._one(dice, before)
            it.uid = UUID(int=(count + 1 << 80) | 0x7000_8000_0000_0000_0000 | dice.getrandbits(56), version=None)
            before = it if it.parent is None else before
            yield it

    def _one(self, dice: Random, before: NewOrganisation | None) -> NewOrganisation:
        chance = dice.random()
        if before and chance < 0.012 and before.values["legal_form"].startswith(("PL", "FR", "AT", "DE")):
            return self._unit(dice, before)
        if before and chance < 0.024:
            return self._again(dice, before)
        place = self.places.draw(dice)
        return self._fresh(dice, place)

    def _fresh(self, dice: Random, place: Place) -> NewOrganisation:
        country = place.country
        language = country.second if country.second and dice.random() < 0.3 else country.language
        sort = self.sorts.draw(dice)
        form = self._form(dice, country, sort)
        row = codes.LEGAL_FORMS[form]
        is_shelter = dice.random() < 0.003
        town = spoken(place.territory.name)
        named = sort if sort != "other" else "company" if row["sector"] == "business" else "association"
        name = names.shelter(dice, language, town) if is_shelter else names.compose(dice, language, named, town)
        if dice.random() < 0.02:
            name = names.misspelt(dice, name)
        began = self._day_in(dice, self.years.draw(dice))
        values: dict[str, Any] = {
            "legal_name": name[:300], "legal_form": form, "sector": row["sector"], "pes_category": row["pes_category"],
            "country": country.country, "identifiers": self._identifiers(dice, country), "activities": self._activities(dice),
        }  # fmt: skip
        if dice.random() < 0.9:
            values["registered_on" if dice.random() < 0.7 else "founded_on"] = began
        if is_shelter:
            values["is_location_hidden"] = True
        self._seat(dice, values, place, language)
        self._state(dice, values, began)
        services = [] if dice.random() < 0.6 else [self.services.draw(dice) for _ in range(dice.choice((1, 1, 2)))]
        if services:
            values["service_areas"] = list(dict.fromkeys(services))
        level = dice.random()
        if level > 0.94:
            values["visibility"] = "members" if level < 0.98 else "coordinator"
        made = NewOrganisation(values)
        self._parts(dice, made, country, began)
        return made

    def _form(self, dice: Random, country: Country, sort: str) -> str:
        form: str = getattr(country, sort, "") or self.others[country.country].draw(dice)
        return form

    @staticmethod
    def _day_in(dice: Random, year: int) -> date:
        last = (LAST_DAY - date(year, 1, 1)).days if year == LAST_DAY.year else 364
        return date(year, 1, 1) + timedelta(days=int(dice.random() * (last + 1)))

    def _identifiers(self, dice: Random, country: Country) -> dict[str, str]:
        chance = dice.random()
        if chance < 0.08:
            return {}
        found = {country.scheme: self.numbers.take(country.scheme, country.country)}
        if country.country == "PL" and chance < 0.6:
            found |= {scheme: self.numbers.take(scheme, "PL") for scheme in ("PL-REGON", "PL-KRS")}
        return found

    def _activities(self, dice: Random) -> list[str]:
        chance = dice.random()
        if chance < 0.1:
            return []
        own = [self.classes.draw(dice)]
        return list(dict.fromkeys([*own, self.classes.draw(dice)])) if chance > 0.88 else own

    @staticmethod
    def _seat(dice: Random, values: dict[str, Any], place: Place, language: str) -> None:
        if dice.random() < 0.02:
            return
        town = place.territory
        values["municipality"], values["locality"] = town, spoken(town.name)
        if dice.random() < 0.9:
            values["street"] = names.street(dice, language)
        if town.lat is not None and town.lon is not None and dice.random() < 0.93:
            values["lat"] = round(town.lat + dice.gauss(0, place.spread), 5)
            values["lon"] = round(town.lon + dice.gauss(0, place.spread), 5)

    def _state(self, dice: Random, values: dict[str, Any], began: date) -> None:
        left = (LAST_DAY - max(began, date(1990, 1, 1))).days
        if left > 400 and dice.random() < 0.13:
            ended = LAST_DAY - timedelta(days=int(left * dice.random() ** 1.7 * 0.9))
            values |= {"activity_status": "closed", "ended_on": ended, "end_reason": self.reasons.draw(dice)}
            return
        chance = dice.random()
        status = "active" if chance < 0.8 else "not_confirmed" if chance < 0.96 else "suspended" if chance < 0.99 else "in_liquidation"
        values["activity_status"] = status
        if status != "not_confirmed" and dice.random() < 0.8:
            day = LAST_DAY - timedelta(days=int(1400 * dice.random() ** 2))
            values["last_confirmed_on"], values["confirmed_by"] = max(day, began), "self_declared"

    def _parts(self, dice: Random, made: NewOrganisation, country: Country, began: date) -> None:
        closed = made.values.get("ended_on")
        if self.labels[country.country] and dice.random() < 0.06:
            granted = max(began, date(2012, 1, 1)) + timedelta(days=int(dice.random() * 300))
            if granted <= LAST_DAY:
                row: dict[str, Any] = {"code": dice.choice(self.labels[country.country]), "granted_on": granted, "review_on": granted + timedelta(days=3650)}
                if closed and closed > granted:
                    row |= {"state": "expired", "ended_on": closed}
                made.recognitions.append(row)
        if dice.random() < 0.15:
            size = int(dice.paretovariate(1.1)) % 4000
            for year in (2025,) if dice.random() < 0.7 else (2024, 2025):
                if began.year <= year and not (closed and closed.year <= year):
                    made.figures.append(self._figures(dice, year, size))

    @staticmethod
    def _figures(dice: Random, year: int, size: int) -> dict[str, Any]:
        total = int(size * 38_000 * dice.uniform(0.4, 1.8)) + dice.randrange(500, 20_000)
        grants = int(total * dice.random() * 0.5)
        return {
            "year": year, "as_of_on": date(year, 12, 31), "source": "sample", "employees": size,
            "employees_fte": Decimal(size * dice.randrange(60, 101)) / 100, "employees_women": int(size * dice.uniform(0.3, 0.8)),
            "revenue_total": total, "revenue_market": total - grants, "revenue_grants": grants,
        }  # fmt: skip

    def _unit(self, dice: Random, parent: NewOrganisation) -> NewOrganisation:
        """A unit of the legal person before it, at the same place."""
        country = parent.values["country"]
        forms = [row.code for row in codes.LEGAL_FORMS if row["country"] == country and row["kind"] == "unit"]
        form = codes.LEGAL_FORMS[dice.choice(forms)]
        kept = ("country", "municipality", "locality", "street", "lat", "lon", "visibility", "is_location_hidden",
                "activity_status", "ended_on", "end_reason")  # fmt: skip
        values = {name: parent.values[name] for name in kept if name in parent.values}
        name = f"{form['native'].partition(' (')[0]} {values.get('locality', '')}".strip()
        values |= {
            "kind": "unit", "legal_name": name[:1].upper() + name[1:], "legal_form": form.code, "sector": form["sector"],
            "pes_category": form["pes_category"], "identifiers": {}, "activities": parent.values["activities"][:1],
        }  # fmt: skip
        return NewOrganisation(values, parent=parent)

    @staticmethod
    def _again(dice: Random, before: NewOrganisation) -> NewOrganisation:
        """A second record of the same organisation, without its number and often misspelt."""
        values = dict(before.values)
        values["identifiers"] = {}
        if dice.random() < 0.6:
            values["legal_name"] = names.misspelt(dice, values["legal_name"])
        return NewOrganisation(values)
