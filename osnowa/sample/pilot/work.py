"""What the cluster of the pilot works with: bodies and rules, fees, services with their uses, a budget of three years, stated facts."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from osnowa.clusters.actions.bodies import add_body, add_term, change_rules
from osnowa.clusters.actions.fees import add_tier, issue_fees, note_paid
from osnowa.clusters.actions.health import state_facts
from osnowa.clusters.actions.money import write_year
from osnowa.clusters.actions.services import add_service, note_uses
from osnowa.clusters.models import Fee, Membership, Service, Use
from osnowa.sample.making import LAST_DAY
from osnowa.sample.pilot.stage import Pilot, moment


def lay_down(pilot: Pilot) -> None:
    """Rules, bodies and who sits in them."""
    day = date.fromisoformat(pilot.words["bodies_on"])
    members = list(pilot.cluster.memberships.filter(state=Membership.State.MEMBER).order_by("pk"))
    with pilot.on(pilot.words["bodies_on"], 12):
        change_rules(by=pilot.by, cluster=pilot.cluster, values=pilot.words["rules"])
        for place, words in enumerate(pilot.words["bodies"]):
            body = add_body(by=pilot.by, cluster=pilot.cluster, values={name: words[name] for name in ("name", "kind", "powers", "term_months", "seats")})
            for number, (person, role) in enumerate(words["terms"]):
                ends_on = day + timedelta(days=30 * words["term_months"] + 10)
                seat = {"membership": members[(place * 5 + number) % len(members)], "person_name": person, "role": role, "starts_on": day, "ends_on": ends_on}
                add_term(by=pilot.by, body=body, values=seat)


def offer(pilot: Pilot) -> None:
    """Services, a shared strategy, and the budget of three years."""
    owners = [it.organisation for it in pilot.cluster.memberships.select_related("organisation").filter(state=Membership.State.MEMBER, organisation__sector="social_economy").order_by("pk")[:6]]
    with pilot.on(pilot.words["budget_on"]):
        for year, lines in pilot.words["budget"].items():
            write_year(by=pilot.by, cluster=pilot.cluster, year=int(year), changed={}, added=[_line(*line) for line in lines])
    with pilot.on(pilot.words["services_on"]):
        for place, words in enumerate(pilot.words["services"]):
            values = {name: value for name, value in words.items() if name != "use"} | {"owner": owners[place % len(owners)]}
            for name in ("capacity", "price"):
                values[name] = Decimal(words[name]) if name in words else None
            values["starts_on"] = date.fromisoformat(words["starts_on"]) if "starts_on" in words else None
            add_service(by=pilot.by, cluster=pilot.cluster, values=values)


def _line(side: str, title: str, amount: str, origin: str, giver: str, is_secured: bool, fte: str | None) -> dict[str, Any]:
    return {"side": side, "title": title, "amount": Decimal(amount), "origin": origin, "giver": giver, "is_secured": is_secured, "fte": Decimal(fte) if fte else None}


def pay(pilot: Pilot) -> None:
    """Tiers, the fees of the first year, and what was paid until spring."""
    with pilot.on(pilot.words["tiers_on"]):
        for title, amount, sectors in pilot.words["tiers"]:
            add_tier(by=pilot.by, cluster=pilot.cluster, values={"title": title, "amount": Decimal(amount), "sectors": sectors})
    year = date.fromisoformat(pilot.words["fees_on"]).year
    with pilot.on(pilot.words["fees_on"]):
        issue_fees(by=pilot.by, cluster=pilot.cluster, year=year)
    first, last = (date.fromisoformat(pilot.words[name]) for name in ("fees_on", "fees_until"))
    dice = Random("osnowa pilot fees")
    for number, fee in enumerate(Fee.objects.filter(membership__cluster=pilot.cluster, year=year).select_related("membership__cluster__region", "membership__organisation").order_by("pk")):
        day = first + timedelta(days=dice.randrange((last - first).days))
        if number % 8 != 7:
            with pilot.on(day.isoformat(), 14):
                note_paid(by=pilot.by, fee=fee, paid=fee.amount, on=day)
    with pilot.on(pilot.words["facts_on"]):
        state_facts(by=pilot.by, cluster=pilot.cluster, facts=pilot.words["facts"], on=date.fromisoformat(pilot.words["facts_on"]))


def use(pilot: Pilot) -> None:
    """The ledger of uses from the first day of each service until autumn, noted month by month."""
    numbers = {words["title"]: words["use"] for words in pilot.words["services"] if "use" in words}
    dice = Random("osnowa pilot uses")
    members = list(pilot.cluster.memberships.select_related("organisation").exclude(joined_on=None).order_by("pk"))
    lines = [line for service in pilot.cluster.services.filter(title__in=numbers) for line in _uses(service, numbers[service.title], members, dice)]
    months: dict[str, list[dict[str, Any]]] = {}
    for line in sorted(lines, key=lambda one: one["on"]):
        months.setdefault(line["on"].strftime("%Y-%m"), []).append(line)
    for month, told in months.items():
        day = min(LAST_DAY, date.fromisoformat(f"{month}-28") + timedelta(days=3)).isoformat()
        with pilot.on(day, 16):
            note_uses(by=pilot.by, cluster=pilot.cluster, lines=told)
        Use.objects.filter(membership__cluster=pilot.cluster, on__startswith=month).update(added_at=moment(day, 16))


def _uses(service: Service, said: list[int], members: list[Membership], dice: Random) -> Iterator[dict[str, Any]]:
    number, most, price, saved = said
    assert service.starts_on is not None, "what is used has begun"
    for _one in range(number):
        on = service.starts_on + timedelta(days=dice.randrange((LAST_DAY - service.starts_on).days))
        quantity = dice.randrange(1, most + 1)
        able = [it for it in members if it.was_member_on(on)]
        yield {
            "service": service, "membership": dice.choice(able[:18]), "on": on, "quantity": Decimal(quantity), "paid": Decimal(quantity * price),
            "saved": Decimal(quantity * saved), "satisfaction": dice.choice((None, 3, 4, 4, 5, 5)),
        }  # fmt: skip
