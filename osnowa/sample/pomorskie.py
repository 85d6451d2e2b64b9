"""Pomorskie with two dated states, so that the register gives the sector table of founding document 004.

The document says how many there were in June 2024 and how that had changed in a year; who was founded and who closed
is our invention, and so are the 27 organisations with status whose form the document does not name.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from osnowa.register.actions import NewOrganisation
from osnowa.sample.figures import status_figures
from osnowa.sample.making import LAST_DAY, Maker, day_between
from osnowa.sample.shapes import SINCE
from osnowa.sample.spread import Counts, fill, parents_for, status

BEFORE = date(2023, 6, 30)
ON = date(2024, 6, 30)


@dataclass(frozen=True)
class Movement:
    """How many stood throughout, were new or closed in the year, had closed before, and came or went later."""

    stay: int
    new: int
    gone: int
    past: int = 0
    later: int = 0
    fade: int = 0

    @property
    def count(self) -> int:
        """How many stand on the day of the document; those that fade stand on it too."""
        return self.stay + self.new + self.fade

    @property
    def change(self) -> int:
        return self.new - self.gone


#: Founding document 004, "Sektor ES w województwie pomorskim 2024": 95 (+23), 50 (+2), 24 (+2), 14 (+1), 2 (±0).
MOVEMENTS = {
    "PL-SPSOC": Movement(stay=67, new=25, gone=2, past=5, later=9, fade=3),
    "PL-WTZ": Movement(stay=47, new=3, gone=1, past=1, later=1),
    "PL-CIS": Movement(stay=20, new=3, gone=1, past=2, later=2, fade=1),
    "PL-KIS": Movement(stay=11, new=2, gone=1, past=2, later=1, fade=1),
    "PL-ZAZ": Movement(stay=2, new=0, gone=0, later=1),
}
#: With status in June 2024: 63, of them 31 social co-operatives and 5 non-profit companies; the other 27 are ours.
WITH_STATUS = {"PL-SPSOC": 31, "PL-SPZOONP": 5, "PL-FUN": 15, "PL-STO": 12}
#: Jobs in social enterprises by support-centre area, in the order of the document: 580 together.
JOBS = {"slupski": 130, "metropolitalny-polnocny": 96, "metropolitalny-poludniowy": 114, "nadwislanski": 127, "poludniowy": 113}
_ENTERPRISES = {"slupski": 14, "metropolitalny-polnocny": 11, "metropolitalny-poludniowy": 12, "nadwislanski": 14, "poludniowy": 12}
#: The rest of the region, in no document.
OTHERS: Counts = {
    "PL-SPZOONP": 10, "PL-SPPRA": 3, "PL-SPINW": 2, "PL-RSP": 2, "PL-SPEN": 2, "PL-FUN": 58, "PL-STO": 58, "PL-STOZW": 4,
    "PL-ZWSTO": 1, "PL-KGW": 10, "PL-OSP": 6, "PL-KS": 3, "PL-LGD": 4, "PL-KOSC": 4, "PL-GMINA": 10, "PL-OPS": 6, "PL-CUS": 2,
    "PL-SZK": 2, "PL-INSTK": 3, "PL-SPZOZ": 2, "PL-SPKOM": 2, "PL-PRZEDS": 16, "PL-IZBA": 1, "PL-OPRAC": 1, "PL-UCZ": 2,
    "PL-INST": 1, "PL-OWES": 5,
}  # fmt: skip
#: How many of those in the table hold status only later, and who had lost it before.
_STATUS_LATER = 8


def make(maker: Maker) -> None:
    """Makes the organisations of Pomorskie."""
    fill(maker, {form: n for form, n in OTHERS.items() if form != "PL-OWES"}, is_plain_form=lambda form: form in WITH_STATUS)
    for form, movement in MOVEMENTS.items():
        _move(maker, form, movement)
    for area in JOBS:
        maker.organisation("PL-OWES", date(2023, 1, 2), area=area, parent=maker.dice.choice(parents_for(maker)), is_plain=True)
    _give_status(maker)
    _hide_shelters(maker)


def _move(maker: Maker, form: str, movement: Movement) -> None:
    """Lets as many begin and end in each span as the movement says."""
    dice, since = maker.dice, date(SINCE.get(form, 1999), 2, 1)

    def one(first: date, last: date, ended: tuple[date, date] | None = None) -> None:
        closed = day_between(dice, *ended) if ended else None
        parent = None if form == "PL-SPSOC" else dice.choice(parents_for(maker))
        began = day_between(dice, first, last)
        if parent:
            began = max(began, parent.values["registered_on"] or parent.values["founded_on"])
        maker.organisation(form, began, ended=closed, parent=parent, is_plain=True)

    old = (since, date(2023, 5, 31))
    for _ in range(movement.stay):
        one(*old)
    for _ in range(movement.fade):
        one(*old, (date(2025, 1, 15), date(2026, 9, 30)))
    for _ in range(movement.new):
        one(date(2023, 7, 3), date(2024, 6, 14))
    for _ in range(movement.gone):
        one(since, date(2022, 6, 30), (date(2023, 9, 1), date(2024, 5, 31)))
    for _ in range(movement.past):
        one(since, date(2015, 6, 30), (date(2019, 1, 31), date(2022, 12, 31)))
    for _ in range(movement.later):
        one(date(2024, 9, 2), date(2026, 8, 31))


def _stand(made: Iterable[NewOrganisation], form: str, by: date) -> list[NewOrganisation]:
    """Those of a form that had begun by a day and stand until the end of the sample."""
    return [o for o in made if o.values["legal_form"] == form and not o.values.get("ended_on") and o.values["registered_on"] <= by]


def _holders(maker: Maker) -> list[NewOrganisation]:
    """The organisations with status on the day of the document; the first 50 of them hold it a year before too."""
    old, young = [], []
    for form, number in WITH_STATUS.items():
        stand = _stand(maker.made, form, date(2022, 10, 1))
        newer = [o for o in _stand(maker.made, form, date(2023, 12, 31)) if o.values["registered_on"] > BEFORE]
        few = newer[: 4 if form == "PL-SPSOC" else 0]
        old += stand[: number - len(few)]
        young += few
    maker.dice.shuffle(old)
    return old + young


def _give_status(maker: Maker) -> None:
    dice, holders = maker.dice, _holders(maker)
    areas = [area for area, number in _ENTERPRISES.items() for _ in range(number)]
    dice.shuffle(areas)
    jobs = {area: _parts(dice, JOBS[area], number) for area, number in _ENTERPRISES.items()}
    for number, (holder, area) in enumerate(zip(holders, areas, strict=True)):
        _settle(maker, holder, area)
        is_early = number < 50
        granted = (
            day_between(dice, date(2022, 11, 21), date(2023, 6, 16)) if is_early
            else day_between(dice, max(date(2023, 8, 1), holder.values["registered_on"]), date(2024, 6, 14))
        )  # fmt: skip
        ended = day_between(dice, date(2025, 2, 1), date(2026, 3, 31)) if number in (7, 19, 33) else None
        _hold(maker, holder, number, granted, ended, jobs[area].pop())
    _lose_status(maker)
    later = [o for form in WITH_STATUS for o in _stand(maker.made, form, date(2024, 1, 31)) if o not in holders]
    for number, holder in enumerate(dice.sample(later, _STATUS_LATER), start=len(holders)):
        granted = day_between(dice, date(2024, 9, 2), date(2026, 3, 31))
        _hold(maker, holder, number, granted, None, dice.randrange(3, 9))


def _lose_status(maker: Maker) -> None:
    """Two that still held the status in June 2023: a co-operative that closed, and a foundation that lost it."""
    dice = maker.dice
    closed = next(o for o in maker.made if o.values["legal_form"] == "PL-SPSOC" and BEFORE < o.values.get("ended_on", BEFORE) <= ON)
    lost = next(o for o in _stand(maker.made, "PL-FUN", date(2020, 1, 1)) if not o.recognitions and o.values.get("visibility") is None)
    for number, (holder, ended) in enumerate(((closed, closed.values["ended_on"]), (lost, date(2024, 1, 31))), start=90):
        granted = day_between(dice, date(2022, 11, 21), date(2023, 5, 31))
        holder.recognitions.append(status("PL-PS", granted, ended, f"PS/{number}/{granted.year}", dice))
        holder.figures = [row for row in holder.figures if row["as_of_on"] != BEFORE] + [status_figures(dice, BEFORE, 4)]


def _parts(dice: Any, whole: int, number: int) -> list[int]:
    """Whole numbers of at least 3 (what the law asks of a social enterprise) that sum to the whole."""
    parts = [3] * number
    for _ in range(whole - 3 * number):
        parts[min(dice.randrange(number), dice.randrange(number))] += 1
    return parts


def _settle(maker: Maker, holder: NewOrganisation, area: str) -> None:
    address = maker.addresses.draw(area)
    holder.values |= {
        "street": address.street, "postal_code": address.postal_code, "locality": address.locality, "municipality": address.municipality,
    }  # fmt: skip


def _hold(maker: Maker, holder: NewOrganisation, number: int, granted: date, ended: date | None, jobs: int) -> None:
    """Gives the status from one day to another and counts its jobs every June it holds."""
    dice = maker.dice
    if number % 6 == 0 and holder.values["registered_on"] < date(2019, 1, 1):
        old = status("PL-PS", date(2019, 5, 15), date(2022, 10, 30), f"CT9/{number}/2019", dice)
        holder.recognitions.append(old | {"state": "expired", "regime": "ct9"})
    holder.recognitions.append(status("PL-PS", granted, ended, f"PS/{number + 1}/{granted.year}", dice))
    for day in (BEFORE, ON, date(2025, 6, 30), date(2026, 6, 30)):
        if granted <= day <= LAST_DAY and not (ended and ended <= day):
            change = 0 if day == ON else dice.randrange(-1, 3) if day > ON else dice.randrange(-2, 1)
            holder.figures.append(status_figures(dice, day, max(3, jobs + change)))


def _hide_shelters(maker: Maker) -> None:
    """Three foundations run a shelter: seen by all, but not where."""
    shelters = [o for o in maker.made if o.values["legal_form"] == "PL-FUN" and not o.recognitions and o.values.get("municipality")]
    for shelter in shelters[4:7]:
        shelter.values |= {
            "is_location_hidden": True, "service_areas": ["housing"], "activities": ["87.99"], "street": "",
            "about": "Zmyślona organizacja przykładowa. Prowadzimy schronienie; dokładnego miejsca nie podajemy.",
        }  # fmt: skip
