"""The invented people of the workshops: who is asked, who registers, who comes, who speaks on the board."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.kit.words import fold
from osnowa.meetings.models import Meeting, Participation, Voice
from osnowa.places.models import Region
from osnowa.register.models import Organisation
from osnowa.sample.words import PEOPLE
from osnowa.sample.workshops.plan import Plan

#: How many of those asked register, and how many of those come.
_REGISTER, _COME = 0.94, 0.9
#: People of one sector who share an organisation: the last with the first.
_SHARES = 3
#: Sectors large enough to have somebody in every corner of a region.
_EVERYWHERE = ("social_economy", "civil_society")


@dataclass(frozen=True)
class Guest:
    """Somebody invented, who speaks for an organisation of the register or for one from abroad."""

    name: str
    email: str
    sector: str
    country: str
    language: str
    organisation: Organisation | None = None
    organisation_name: str = ""

    def is_from(self, code: str) -> bool:
        """Whether her organisation sits in a territory."""
        return _is_in(self.organisation, code)


def _is_in(organisation: Organisation | None, code: str) -> bool:
    seat = organisation.municipality if organisation else None
    return bool(code and seat and seat.code.startswith(code))


def people_of(region: Region, plan: Plan) -> list[Guest]:
    """The same people on every machine, those of the region first."""
    dice = Random(f"osnowa guests {region.slug}")
    names = _names(plan.language, dice)
    there = Organisation.objects.filter(region=region, visibility="public", is_location_hidden=False, kind="legal_person", ended_on=None, registered_on__year__lt=2025)
    known = [one for one in sorted(there.select_related("region", "municipality"), key=lambda one: one.slug) if one.sector in _EVERYWHERE or not _is_in(one, plan.late)]
    found: list[Guest] = []
    for sector, number in plan.people.items():
        own = [one for one in known if one.sector == sector]
        chosen = dice.sample(own, min(len(own), number - (number > _SHARES)))
        for place in range(number):
            name = names.pop()
            found.append(Guest(name, _mail(name), sector, region.jurisdiction, plan.language, chosen[place % len(chosen)] if chosen else None))
    for body, country, sector, language in plan.abroad:
        name = _abroad(country, dice)
        found.append(Guest(name, _mail(name), sector, country, language, None, body))
    return found


def _names(language: str, dice: Random) -> list[str]:
    """Pairs of first and last names that fit one another."""
    first, last = (part.split() for part in PEOPLE[language])
    pairs = [f"{a} {b}" for a in first for b in last if not b.endswith("ski" if a.endswith("a") else "ska")]
    dice.shuffle(pairs)
    return pairs


def _abroad(country: str, dice: Random) -> str:
    stock = {"SI": "sl", "ES": "es"}.get(country)
    if stock:
        return _names(stock, dice)[0]
    return {"LT": "Rūta Lininė", "AT": "Greta Leinenband"}[country]


def _mail(name: str) -> str:
    return f"{fold(name).replace(' ', '.')}@example.org"


@action("sample.guests_came", says=gettext_lazy("noted who came to a sample meeting"))
def write_guests(*, by: Any, meeting: Meeting, guests: list[Guest], share: float, dice: Random) -> Deed:
    """Writes who was invited, registered and came; returns those who were there. One entry, which counts."""
    rows, is_over = [], meeting.state == Meeting.State.HELD
    for guest in guests:
        asked = meeting.starts_at - timedelta(days=dice.randrange(24, 30))
        luck = dice.random()
        state = "registered" if luck < _REGISTER * share else "declined" if luck > 0.97 else "invited"
        came = is_over and state == "registered" and dice.random() < _COME
        rows.append(_row(meeting, guest, state, asked, came, dice))
    Participation.objects.bulk_create(rows)
    there = [guest for guest, row in zip(guests, rows, strict=True) if row.checked_in_at]
    counts = {"registered": [0, sum(row.state == "registered" for row in rows)], "present": [0, len(there)]}
    return Deed(meeting, {name: change for name, change in counts.items() if change[1]}, place=meeting.region.slug, value=there)


def _row(meeting: Meeting, guest: Guest, state: str, asked: datetime, came: bool, dice: Random) -> Participation:
    is_remote = not meeting.venue or (guest.country != meeting.region.jurisdiction and dice.random() < 0.4)
    said = asked + timedelta(days=dice.randrange(1, 15), minutes=dice.randrange(600)) if state != "invited" else None
    via = "online" if is_remote else dice.choices(("list", "qr", "paper"), (6, 5, 1))[0]
    needs = "Pętla indukcyjna" if guest.language == "pl" and dice.random() < 0.03 else ""
    return Participation(
        meeting=meeting, state=state, person_name=guest.name, email=guest.email, organisation=guest.organisation, organisation_name=guest.organisation_name,
        sector=guest.sector, country=guest.country, language=guest.language, needs=needs, is_remote=is_remote, invited_at=asked, registered_at=said,
        reminded_at=meeting.starts_at - timedelta(days=2),  # nobody of the sample is ever written to
        checked_in_at=meeting.starts_at + timedelta(minutes=dice.randrange(-25, 12)) if came else None, checked_in_via=via if came else "",
    )  # fmt: skip


def voices_of(meeting: Meeting, there: list[Guest], dice: Random) -> list[Voice]:
    """A voice for each who was there: mostly phones, some sheets of paper."""
    rows = []
    for number, guest in enumerate(there, start=1):
        joined = meeting.starts_at + timedelta(minutes=dice.randrange(5, 25))
        via = "remote" if guest.country != meeting.region.jurisdiction else dice.choices(("phone", "paper"), (8, 1))[0]
        rows.append(Voice(
            meeting=meeting, number=number, sector=guest.sector, organisation=guest.organisation, organisation_name=guest.organisation_name,
            via=via, language=guest.language, joined_at=joined, seen_at=meeting.ends_at,
        ))  # fmt: skip
    return Voice.objects.bulk_create(rows)
