"""Organisations of a region without a document to follow: so many of each form, some of them closed, some with a status."""

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from osnowa.register import codes
from osnowa.register.actions import NewOrganisation
from osnowa.sample.figures import status_figures
from osnowa.sample.making import LAST_DAY, Maker, day_between
from osnowa.sample.shapes import SINCE

#: How many organisations of each legal form; parents stand before their units.
Counts = dict[str, int]

COUNTS: dict[str, Counts] = {
    "dolnoslaskie": {
        "PL-FUN": 30, "PL-STO": 32, "PL-GMINA": 5, "PL-SPSOC": 28, "PL-SPZOONP": 5, "PL-SPPRA": 2, "PL-SPINW": 2, "PL-WTZ": 12,
        "PL-CIS": 8, "PL-KIS": 5, "PL-ZAZ": 2, "PL-OWES": 4, "PL-KGW": 5, "PL-OSP": 2, "PL-LGD": 2, "PL-OPS": 2, "PL-SPKOM": 1,
        "PL-INSTK": 1, "PL-PRZEDS": 9, "PL-IZBA": 1, "PL-UCZ": 1, "PL-INST": 1,
    },
    "malopolskie": {
        "PL-FUN": 31, "PL-STO": 32, "PL-GMINA": 5, "PL-SPSOC": 24, "PL-SPZOONP": 6, "PL-SPPRA": 2, "PL-SPEN": 5, "PL-SPINW": 1,
        "PL-WTZ": 13, "PL-CIS": 6, "PL-KIS": 4, "PL-ZAZ": 3, "PL-OWES": 5, "PL-KGW": 6, "PL-OSP": 2, "PL-LGD": 1, "PL-CUS": 1,
        "PL-SPZOZ": 1, "PL-PRZEDS": 9, "PL-OPRAC": 1, "PL-UCZ": 1, "PL-INST": 1,
    },
    "podravje": {
        "SI-DRU": 32, "SI-ZAV": 20, "SI-ZAD": 14, "SI-DOO": 9, "SI-INV": 5, "SI-ZC": 3, "SI-UST": 4, "SI-ZVD": 1, "SI-OBC": 4,
        "SI-JZ": 4, "SI-VDC": 1, "SI-GD": 9, "SI-ZBOR": 1, "SI-UNI": 1, "SI-RZ": 2,
    },
    "navarra": {
        "ES-COOP": 20, "ES-SL": 14, "ES-ASO": 17, "ES-FUN": 10, "ES-EI": 6, "ES-CEE": 6, "ES-COIS": 4, "ES-SAT": 2, "ES-AYT": 2,
        "ES-ENP": 2, "ES-EMP": 6, "ES-UNI": 1,
    },
}  # fmt: skip
#: {legal form: (status, in how many of a hundred)}.
STATUSES = {
    "PL-SPSOC": ("PL-PS", 35), "PL-SPZOONP": ("PL-PS", 55), "PL-CIS": ("PL-CIS-STATUS", 100), "PL-ZAZ": ("PL-ZAZ-STATUS", 100),
    "PL-OWES": ("PL-OWES", 100), "PL-FUN": ("PL-OPP", 18), "PL-STO": ("PL-OPP", 14), "PL-SPINW": ("PL-ZPCH", 60),
    "SI-ZAD": ("SI-SOP", 55), "SI-ZAV": ("SI-SOP", 40), "SI-DOO": ("SI-SOP", 70), "SI-DRU": ("SI-NVO", 25),
    "SI-INV": ("SI-INV", 100), "SI-ZC": ("SI-ZC", 100),
    "ES-EI": ("ES-EI", 100), "ES-CEE": ("ES-CEE", 100), "ES-ASO": ("ES-UP", 20),
}  # fmt: skip
#: The statuses whose jobs are counted every June.
_COUNTED = {"PL-PS", "SI-SOP", "ES-EI"}
#: The forms that may hold such a status: their records have no gaps.
COUNTED_FORMS = {form for form, (code, _) in STATUSES.items() if code in _COUNTED}
_SINCE_STATUS = {"PL-PS": date(2022, 11, 21), "SI-SOP": date(2012, 3, 1), "PL-CIS-STATUS": date(2005, 3, 1)}
#: Certificates that any organisation of the social economy may hold.
_CERTIFICATES = ("ISO-9001", "ECOLABEL", "FAIRTRADE", "EMAS")
_PARENT_FORMS = ("PL-FUN", "PL-STO", "PL-GMINA", "PL-KOSC")


def status(code: str, granted: date, ended: date | None, number: str, dice: Random) -> dict[str, Any]:
    """A status granted on a day, to be looked at again after three years, perhaps withdrawn."""
    row: dict[str, Any] = {"code": code, "state": "withdrawn" if ended else "granted", "granted_on": granted, "ended_on": ended}
    row |= {"decision_no": number, "review_on": granted + timedelta(days=1096), "issuer": ""}
    if code == "PL-PS":
        row |= {"regime": "statutory", "goal": dice.choice(("reintegration", "reintegration", "social_services"))}
    return row


def parents_for(maker: Maker) -> list[NewOrganisation]:
    """Who may run a unit: open legal persons of the forms that do."""
    return [
        o for o in maker.made
        if o.values["legal_form"] in _PARENT_FORMS and not o.values.get("ended_on") and (began(o) < date(2018, 1, 1))
    ]  # fmt: skip


def began(made: NewOrganisation) -> date:
    day: date = made.values["registered_on"] or made.values["founded_on"]
    return day


def fill(maker: Maker, counts: Counts, *, is_plain_form: Callable[[str], bool] = lambda form: False) -> None:
    """Makes so many of each form; one in twenty has closed."""
    dice = maker.dice
    for form, number in counts.items():
        is_unit = codes.LEGAL_FORMS[form]["kind"] == "unit"
        for _ in range(number):
            first = date(SINCE.get(form, 1993), 2, 1)
            day = day_between(dice, first, date(2025, 12, 31) if dice.random() < 0.3 else date(max(2017, first.year + 1), 12, 31))
            ended = None
            if dice.random() < 0.05 and form not in _PARENT_FORMS:
                ended = day_between(dice, max(day + timedelta(days=90), date(2019, 1, 1)), LAST_DAY)
            parent = dice.choice(parents_for(maker)) if is_unit else None
            if parent:
                day = max(day, began(parent))
            made = maker.organisation(form, day, ended=ended, parent=parent, is_plain=is_unit or is_plain_form(form) or form in COUNTED_FORMS)
            if not is_plain_form(form):
                _recognise(maker, made, form)


def _recognise(maker: Maker, made: NewOrganisation, form: str) -> None:
    dice = maker.dice
    code, percent = STATUSES.get(form, ("", 0))
    if code and dice.randrange(100) < percent and not made.values.get("ended_on"):
        first = max(began(made) + timedelta(days=30), _SINCE_STATUS.get(code, date(2010, 1, 1)))
        granted = day_between(dice, first, max(first, date(2024, 5, 31)))
        ended = day_between(dice, date(2025, 1, 1), date(2026, 8, 31)) if dice.random() < 0.06 and granted.year < 2025 else None
        made.recognitions.append(status(code, granted, ended, f"{dice.randrange(1, 400)}/{granted.year}", dice))
        if code in _COUNTED:
            _count_jobs(maker, made, granted, ended)
    if codes.LEGAL_FORMS[form]["sector"] == "social_economy" and dice.random() < 0.06:
        granted = day_between(dice, max(began(made), date(2019, 1, 1)), max(began(made), date(2025, 6, 30)))
        if not made.values.get("ended_on"):
            made.recognitions.append(status(dice.choice(_CERTIFICATES), granted, None, "", dice))


def _count_jobs(maker: Maker, made: NewOrganisation, granted: date, ended: date | None) -> None:
    jobs = maker.dice.randrange(3, 15)
    for year in (2023, 2024, 2025, 2026):
        day = date(year, 6, 30)
        if granted <= day and not (ended and ended <= day):
            jobs = max(3, jobs + maker.dice.randrange(-1, 3))
            made.figures.append(status_figures(maker.dice, day, jobs))
