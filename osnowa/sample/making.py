"""Makes invented organisations: everything about one of them but how many there are and when they lived."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from osnowa.kit.words import fold
from osnowa.places.models import Region
from osnowa.register import codes
from osnowa.register.actions import NewOrganisation
from osnowa.sample import shapes, words
from osnowa.sample.addresses import Address, Addresses
from osnowa.sample.figures import yearly_figures
from osnowa.sample.numbers import Numbers

#: The last day the sample speaks of.
LAST_DAY = date(2026, 10, 31)
#: Złoty a euro, for turning the prices of the stock into a region's money.
PLN_PER_EUR = Decimal("4.25")


def day_between(dice: Random, first: date, last: date) -> date:
    """A day of the closed interval."""
    return first + timedelta(days=dice.randrange((last - first).days + 1))


class Maker:
    """Draws from the dice of one region; the same dice give the same organisations."""

    def __init__(self, region: Region, language: str, series: str, names: Iterator[str]) -> None:
        self.region, self.language = region, language
        self.dice = Random(f"osnowa sample {region.slug}")
        self.addresses = Addresses(region, language, self.dice)
        self.numbers = Numbers(self.dice, series)
        self.names = names
        self.made: list[NewOrganisation] = []

    def organisation(self, form: str, began: date, *, ended: date | None = None, area: str | None = None,
                     parent: NewOrganisation | None = None, is_plain: bool = False) -> NewOrganisation:  # fmt: skip
        """Makes one and keeps it; `is_plain` leaves out gaps and restricted visibility (for what statistics count)."""
        dice, name, row = self.dice, next(self.names), codes.LEGAL_FORMS[form]
        address = self.addresses.draw(area)
        services = self._services(form)
        values: dict[str, Any] = {
            "legal_name": shapes.TITLES[form].format(n=name),
            "short_name": shapes.SHORT.get(form, "{n}").format(n=name),
            "legal_form": form,
            "sector": row["sector"],
            "pes_category": row["pes_category"],
            "founded_on": began if parent else began - timedelta(days=dice.randrange(15, 120)),
            "registered_on": None if parent else began,
            "identifiers": self.numbers.of(form, is_unit=parent is not None),
            "activities": self._activities(form, services),
            "service_areas": services,
            "target_groups": list(shapes.SERVED.get(form, dice.sample(sorted(codes.TARGET_GROUPS.rows), dice.choice((0, 0, 1, 2))))),
            "economic_activity": self._economy(form),
            "links": self._links(name),
            "about": self._about(services, address, began) if dice.random() < 0.8 else "",
        }
        if parent:
            values["kind"] = "unit"
        values |= self._seat(address, is_plain=is_plain) | self._state(began, ended) | self._gaps(is_plain=is_plain)
        made = NewOrganisation(values=values, parent=parent)
        made.figures = yearly_figures(dice, form, began, ended, self.region.currency)
        made.listings = self._listings(services) if not ended and dice.random() < 0.55 else []
        made.contacts = self._contacts(name) if dice.random() < 0.6 else []
        self.made.append(made)
        return made

    def _services(self, form: str) -> list[str]:
        if form in shapes.NO_SERVICES:
            return []
        usual = shapes.USUAL_SERVICES.get(form) or tuple(words.NACE)
        return self.dice.sample(usual, min(len(usual), self.dice.choice((1, 2, 2, 3))))

    def _activities(self, form: str, services: list[str]) -> list[str]:
        first = [words.NACE_OF_FORMS[form]] if form in words.NACE_OF_FORMS else []
        found = first + [words.NACE[service][0] for service in services]
        if services and self.dice.random() < 0.4:
            found.append(words.NACE[services[0]][1])
        return list(dict.fromkeys(found or ["94.99"]))[:4]

    def _economy(self, form: str) -> list[str]:
        sector = codes.LEGAL_FORMS[form]["sector"]
        if sector == "civil_society":
            return self.dice.choice((["unpaid"], ["unpaid", "paid_public_benefit"], ["paid_public_benefit", "business"]))
        return ["business"] if sector in ("business", "social_economy") else []

    def _links(self, name: str) -> list[dict[str, str]]:
        if self.dice.random() < 0.55:
            return []
        return [{"kind": "website", "url": f"https://example.org/{fold(name).replace(' ', '-')}"}]

    def _about(self, services: list[str], address: Address, began: date) -> str:
        if self.language == "es":
            labels = [words.SERVICES_ES[code] for code in services]
        else:
            labels = [codes.SERVICE_AREAS[code].labels[self.language].lower() for code in services]
        listed = ", ".join(labels) or {"pl": "współpraca", "sl": "sodelovanje", "es": "cooperación"}[self.language]
        text = self.dice.choice(words.ABOUT[self.language])
        return text.format(services=listed, Services=listed[:1].upper() + listed[1:], place=address.municipality.name, year=began.year)

    def _seat(self, address: Address, *, is_plain: bool) -> dict[str, Any]:
        if not is_plain and self.dice.random() < 0.04:
            return {}
        street = address.street if self.dice.random() < 0.93 else ""
        return {"street": street, "postal_code": address.postal_code, "locality": address.locality, "municipality": address.municipality}

    def _state(self, began: date, ended: date | None) -> dict[str, Any]:
        dice = self.dice
        if ended:
            reason = dice.choice(("liquidation", "liquidation", "inactive", "merged", "transformed", "bankruptcy"))
            return {"activity_status": "closed", "ended_on": ended, "end_reason": reason}
        status = dice.choices(("active", "not_confirmed", "suspended", "in_liquidation"), (78, 18, 3, 1))[0]
        if status == "not_confirmed" and dice.random() < 0.6:
            return {"activity_status": status}
        first, last = (date(2021, 3, 1), date(2023, 12, 1)) if status == "not_confirmed" else (date(2024, 9, 1), LAST_DAY)
        confirmed = max(day_between(dice, first, last), began)
        by = dice.choice(("self_declared", "coordinator", "confirmation_link"))
        return {"activity_status": status, "last_confirmed_on": confirmed, "confirmed_by": by}

    def _gaps(self, *, is_plain: bool) -> dict[str, Any]:
        """What registers are never free of: no numbers, no activity, things not for everyone's eyes."""
        if is_plain:
            return {}
        gaps: dict[str, Any] = {"visibility": self.dice.choices(("public", "members", "coordinator"), (88, 8, 4))[0]}
        if self.dice.random() < 0.07:
            gaps["identifiers"] = {}
        if self.dice.random() < 0.08:
            gaps["activities"] = []
        return gaps

    def _money(self, pln: int) -> Decimal:
        value = Decimal(pln) if self.region.currency == "PLN" else Decimal(pln) / PLN_PER_EUR
        return (value.quantize(Decimal(1)) if value >= 10 else value).quantize(Decimal("0.01"))

    def _listings(self, services: list[str]) -> list[dict[str, Any]]:
        dice, stock = self.dice, words.listings()
        own = [s for s in stock if s.kind == "offer" and s.code in services]
        chosen = dice.sample(own, min(len(own), dice.choice((1, 1, 2))))
        if dice.random() < 0.45:
            chosen.append(dice.choice([s for s in stock if s.kind == "need"]))
        if dice.random() < 0.35:
            chosen.append(dice.choice([s for s in stock if s.kind == "resource"]))
        return [self._listing(one) for one in chosen]

    def _listing(self, one: words.Stock) -> dict[str, Any]:
        dice = self.dice
        row: dict[str, Any] = {"kind": one.kind, "type_code": one.code, "name": one.names[self.language], "unit": one.unit, "cpv": one.cpv}
        if one.kind == "need":
            until = day_between(dice, date(2026, 12, 1), date(2027, 6, 30))
            return row | {"urgency": dice.choice(("low", "normal", "normal", "high")), "until_on": until}
        if one.low is not None and one.high is not None:
            low = self._money(one.low)
            row |= {"price_from": low, "price_to": max(low, self._money(one.high))}
        if one.capacity is not None:
            row["capacity_per_month"] = Decimal(max(1, one.capacity * dice.randrange(30, 130) // 100)).quantize(Decimal("0.01"))
        return row | {"lead_time_days": dice.choice((3, 7, 14, 30)), "visibility": "members" if one.kind == "resource" else "public"}

    def _contacts(self, name: str) -> list[dict[str, Any]]:
        address = f"{fold(name).replace(' ', '-')}@example.org"
        functions = {"pl": "Biuro", "sl": "Pisarna", "es": "Oficina"}
        office = {"function": functions[self.language], "email": address, "language": self._tongue(), "keep_until": date(2029, 12, 31)}
        if self.dice.random() < 0.45:
            return [office | {"may_publish": True}]
        first, last = (self.dice.choice(part.split()) for part in words.PEOPLE[self.language])
        person = office | {"person_name": f"{first} {last}", "lawful_basis": "consent", "wants_news": self.dice.random() < 0.5}
        return [person | {"email": f"{fold(first)}.{fold(last)}@example.org"}]

    def _tongue(self) -> str:
        return "en" if self.language == "es" else self.language
