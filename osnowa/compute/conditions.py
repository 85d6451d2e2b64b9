"""Which conditions of a rule book do the facts of a cluster meet?

Each condition names one fact and one test:

    at_least      number ≥ least                      at_most         number ≤ most
    is_true       the fact is so                      on_or_before    it happened, on the day `by` at the latest
    years_at_least  a period (first day, last day) covers `years` whole calendar years: last day + 1 ≥ first day + years

A fact that nobody knows (None, or absent) is neither met nor unmet: unknown. What has not happened is known to be so
(False). There is no verdict and no score: an answer a condition, with the value it was read from and how much is missing.

Source: `domain.md` §12 C18, after the resolution 1949/2020 of the Province of Trento on districts of the solidarity economy. Pure.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"
TESTS = {"at_least": ("least",), "at_most": ("most",), "is_true": (), "on_or_before": ("by",), "years_at_least": ("years",)}

Period = tuple[date, date]
Value = float | bool | date | Period | None


class Malformed(ValueError):
    """A condition that cannot be asked: an unknown test, a missing parameter, a fact of another kind."""


@dataclass(frozen=True)
class Condition:
    """One requirement: the fact it reads, the test, the test's parameters; `due_on` where there is time until a day."""

    code: str
    fact: str
    test: str
    params: Mapping[str, Any] = field(default_factory=dict)
    due_on: date | None = None

    def __post_init__(self) -> None:
        if self.test not in TESTS:
            raise Malformed(f"{self.code}: there is no test {self.test!r}")
        lacking = [name for name in TESTS[self.test] if name not in self.params]
        if lacking:
            raise Malformed(f"{self.code}: {self.test} needs {', '.join(lacking)}")


@dataclass(frozen=True)
class Outcome:
    """What came of one condition: met, not met or unknown; the value read; how much is missing; days left until it is due."""

    condition: Condition
    state: str
    value: Value = None
    missing: float | None = None
    days_left: int | None = None

    @property
    def is_met(self) -> bool:
        return self.state == MET

    @property
    def has_time(self) -> bool:
        """Not met, and the day it is due has not passed."""
        return self.state == NOT_MET and self.days_left is not None and self.days_left >= 0


def _number(condition: Condition, value: Value) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Malformed(f"{condition.code}: {condition.fact} is no number")
    return float(value)


def years_later(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _covers(condition: Condition, value: Value) -> bool:
    if not isinstance(value, tuple):
        raise Malformed(f"{condition.code}: {condition.fact} is no period")
    first, last = value
    return last + timedelta(days=1) >= years_later(first, int(condition.params["years"]))


def _happened_by(condition: Condition, value: Value) -> bool:
    if value is False:
        return False
    if not isinstance(value, date):
        raise Malformed(f"{condition.code}: {condition.fact} is no day")
    return value <= date.fromisoformat(str(condition.params["by"]))


def _is_met(condition: Condition, value: Value) -> tuple[bool, float | None]:
    """(met, how much is missing where the fact is a number)."""
    if condition.test == "is_true":
        if not isinstance(value, bool):
            raise Malformed(f"{condition.code}: {condition.fact} is neither so nor not so")
        return value, None
    if condition.test == "years_at_least":
        return _covers(condition, value), None
    if condition.test == "on_or_before":
        return _happened_by(condition, value), None
    found = _number(condition, value)
    over = found - float(condition.params["least"]) if condition.test == "at_least" else float(condition.params["most"]) - found
    return over >= 0, max(0.0, -over)


def judge(condition: Condition, facts: Mapping[str, Value], on: date) -> Outcome:
    """What the facts say of one condition on a day."""
    value = facts.get(condition.fact)
    if value is None:
        return Outcome(condition, UNKNOWN, days_left=_days_left(condition, on))
    is_met, missing = _is_met(condition, value)
    return Outcome(condition, MET if is_met else NOT_MET, value, missing, None if is_met else _days_left(condition, on))


def _days_left(condition: Condition, on: date) -> int | None:
    due = condition.due_on or (date.fromisoformat(str(condition.params["by"])) if condition.test == "on_or_before" else None)
    return (due - on).days if due else None


def judge_all(conditions: Iterable[Condition], facts: Mapping[str, Value], on: date) -> list[Outcome]:
    """The conditions of a rule book, in its order."""
    return [judge(condition, facts, on) for condition in conditions]
