"""Yearly figures of invented organisations: believable sizes, parts that never exceed their whole."""

from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from osnowa.register import codes

#: Employees of an organisation by form: (fewest, most).
_SIZES = {"PL-SPSOC": (3, 14), "PL-ZAZ": (38, 66), "PL-WTZ": (6, 14), "PL-CIS": (4, 9), "PL-KIS": (1, 3), "SI-INV": (20, 70),
          "ES-CEE": (15, 80), "ES-EI": (6, 25), "SI-ZC": (8, 22)}  # fmt: skip
_PARTICIPANTS = {"PL-WTZ": (25, 60), "PL-CIS": (20, 70), "PL-KIS": (12, 40), "PL-ZAZ": (30, 50)}
_YEAR_ENDS = (date(2023, 12, 31), date(2024, 12, 31), date(2025, 12, 31))
#: What a job costs and earns in a year, in the money of the region.
_PER_JOB = {"PLN": 92_000, "EUR": 34_000}
_LOWEST_WAGE = {"PLN": 4_666, "EUR": 1_280}


def _share(dice: Random, whole: int, low: int, high: int) -> int:
    return whole * dice.randrange(low, high) // 100


def headcount(dice: Random, employees: int) -> dict[str, Any]:
    """The parts of a headcount; each at most the whole, full-time equivalents too."""
    return {
        "employees": employees,
        "employees_fte": (Decimal(employees) * dice.randrange(70, 101) / 100).quantize(Decimal("0.01")),
        "employees_contract": _share(dice, employees, 70, 101),
        "employees_at_risk": _share(dice, employees, 20, 70),
        "employees_disability": _share(dice, employees, 0, 40),
        "employees_women": _share(dice, employees, 35, 80),
        "employees_under_30": _share(dice, employees, 0, 35),
        "employees_over_50": _share(dice, employees, 10, 50),
    }


def revenue(dice: Random, total: int, *, is_charity: bool) -> dict[str, Any]:
    """The parts of a revenue; together they are the total."""
    market, public, grants = ((10, 15, 45), (45, 25, 15))[not is_charity]
    parts = {
        "revenue_market": total * (market + dice.randrange(-8, 9)) // 100,
        "revenue_public_contracts": total * public // 100,
        "revenue_grants": total * grants // 100,
        "revenue_donations": total * (12 if is_charity else 2) // 100,
        "revenue_fees": total * dice.randrange(0, 3) // 100,
    }
    parts["revenue_other"] = total - sum(parts.values())
    return {"revenue_total": total, **parts, "surplus": total * dice.randrange(-3, 9) // 100}


def yearly_figures(dice: Random, form: str, began: date, ended: date | None, currency: str) -> list[dict[str, Any]]:
    """Figures of the year ends an organisation saw; not everyone tells, and nobody tells everything."""
    sector = codes.LEGAL_FORMS[form]["sector"]
    if sector not in ("social_economy", "civil_society") or dice.random() < 0.4:
        return []
    rows, size = [], dice.randrange(*_SIZES.get(form, (0, 9)))
    for day in _YEAR_ENDS:
        if day < began or (ended and ended <= day) or dice.random() < 0.15:
            continue
        size = max(0, size + dice.randrange(-1, 3))
        rows.append({"year": day.year, "as_of_on": day, "source": "sample", **_row(dice, form, size, currency, sector)})
    return rows


def _row(dice: Random, form: str, size: int, currency: str, sector: str) -> dict[str, Any]:
    total = max(size, 1) * _PER_JOB[currency] * dice.randrange(60, 140) // 100
    row = headcount(dice, size) | revenue(dice, total, is_charity=sector == "civil_society")
    row |= {"beneficiaries": dice.randrange(15, 400), "is_one_member_one_vote": sector == "social_economy"}
    if sector == "civil_society":
        row |= {"volunteers": dice.randrange(0, 60), "members_natural": dice.randrange(7, 120)}
        row["volunteer_hours"] = row["volunteers"] * dice.randrange(8, 60)
    if form in _PARTICIPANTS:
        row["participants"] = dice.randrange(*_PARTICIPANTS[form])
        row["graduates"] = row["participants"] * dice.randrange(10, 40) // 100
        row["employed_after"] = row["graduates"] * dice.randrange(20, 70) // 100
    if size and dice.random() < 0.5:
        lowest = _LOWEST_WAGE[currency]
        row |= {"wage_lowest": lowest, "wage_median": lowest * 118 // 100, "wage_highest": lowest * dice.randrange(160, 290) // 100}
    return row


def status_figures(dice: Random, day: date, jobs: int) -> dict[str, Any]:
    """What an organisation with social-enterprise status counted on a day of the year."""
    row = headcount(dice, jobs + dice.choice((0, 0, 1, 2)))
    row["employees_contract"] = max(row["employees_contract"], min(3, row["employees"]))
    return {"year": day.year, "as_of_on": day, "source": "sample", "jobs_in_status": jobs, **row}
