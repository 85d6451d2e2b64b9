"""The workshops of a sample region: meetings held, called off and to come, with their boards, rounds of scoring and minutes.

What is planned stands in `tables/workshops_<region>.json`, what is written on cards in `tables/workshop_cards*.csv`. Everything
is invented but the plan of founding document 004: four workshops and four online briefings in 2025.
"""

from datetime import date
from random import Random
from typing import Any

from osnowa.assessments.actions import load_shipped
from osnowa.assessments.models import Round
from osnowa.journal.actions import through
from osnowa.meetings.actions.meetings import plan_series
from osnowa.meetings.models import Series
from osnowa.people.models import Person
from osnowa.places.models import Region
from osnowa.sample.workshops.gathering import Stage, gather
from osnowa.sample.workshops.guests import people_of
from osnowa.sample.workshops.plan import plan_of
from osnowa.sample.workshops.survey import ask

#: Meetings before this day are told before the register of 2026 begins, so that the journal stands in the order of time.
_TURN = date(2026, 1, 15)


def hold(region: Region, people: dict[str, Person]) -> None:
    """What happened before 2026: the series with its workshops and briefings."""
    plan = plan_of(region.slug)
    if plan is None:
        return
    with through("sample", plan.moment("2025-02-03", "09:00")):
        load_shipped(by=None)
    stage = Stage(region, plan, people.get("coordinator"), people_of(region, plan), _series(region, plan, people.get("coordinator")))
    for words in plan.meetings:
        if date.fromisoformat(words["day"]) < _TURN:
            gather(stage, words)


def go_on(region: Region, people: dict[str, Person]) -> None:
    """What happened since and is to come, and the survey that is open."""
    plan = plan_of(region.slug)
    if plan is None:
        return
    stage = Stage(region, plan, people.get("coordinator"), people_of(region, plan), Series.objects.filter(region=region).first())
    stage.rounds.update({one.title: one for one in Round.objects.filter(region=region)})
    for words in plan.meetings:
        if date.fromisoformat(words["day"]) >= _TURN:
            gather(stage, words)
    if plan.survey:
        ask(region, plan, stage.by, Random(f"osnowa survey {region.slug}"))


def _series(region: Region, plan: Any, by: Person | None) -> Series | None:
    if plan.series is None:
        return None
    words = dict(plan.series)
    at = plan.moment(words.pop("planned_on"), "09:30")
    days = {name: date.fromisoformat(words[name]) for name in ("starts_on", "ends_on")}
    with through("sample", at):
        made: Series = plan_series(by=by, region=region, values=words | days, is_invented=True)
    return made
