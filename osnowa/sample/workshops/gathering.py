"""One meeting of the sample from its planning to its minutes, each deed at its day."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from osnowa.assessments.models import Round
from osnowa.journal.actions import through
from osnowa.meetings.actions.follow_ups import add_follow_up, finish_follow_up
from osnowa.meetings.actions.keeping import erase_names
from osnowa.meetings.actions.meetings import announce, cancel, hold, plan_meeting
from osnowa.meetings.actions.minutes import freeze_minutes
from osnowa.meetings.models import Block, FollowUp, Meeting, Minutes, Series
from osnowa.people.models import Person
from osnowa.places.models import Region, Territory
from osnowa.sample.workshops.board import run_board
from osnowa.sample.workshops.guests import Guest, voices_of, write_guests
from osnowa.sample.workshops.plan import Plan

#: Minutes are due within seven days.
_WRITTEN_AFTER = timedelta(days=5)


@dataclass
class Stage:
    """Where meetings are held, by whom, with which people; `rounds` are those held so far, by title."""

    region: Region
    plan: Plan
    by: Person | None
    people: list[Guest]
    series: Series | None
    rounds: dict[str, Round] = field(default_factory=dict)


def gather(stage: Stage, words: dict[str, Any]) -> None:
    """Plans a meeting and lets happen what its table says happened."""
    meeting, state = _planned(stage, words), words.get("state", "held")
    dice = Random(f"osnowa meeting {stage.region.slug} {words['key']}")
    if state == "draft":
        return
    known = _planned_at(stage.plan, words) + timedelta(days=1)
    with through("sample", known):
        announce(by=stage.by, meeting=meeting)
    meeting.refresh_from_db(fields=["state"])
    if state == "cancelled":
        with through("sample", meeting.starts_at - timedelta(days=20)):
            cancel(by=stage.by, meeting=meeting, reason=words["reason"])
        return
    if state == "announced":
        with through("sample", known + timedelta(days=3)):
            _expected(stage, meeting, words, dice)
        return
    _happen(stage, meeting, words, dice)


def _expected(stage: Stage, meeting: Meeting, words: dict[str, Any], dice: Random) -> None:
    write_guests(by=stage.by, meeting=meeting, guests=stage.people, share=words["share"], dice=dice)
    asked = _planned_at(stage.plan, words) + timedelta(days=2)
    for row in meeting.participations.order_by("email"):
        row.invited_at, row.registered_at = asked, asked + timedelta(hours=dice.randrange(2, 60)) if row.registered_at else None
        row.save(update_fields=["invited_at", "registered_at"])


def _planned_at(plan: Plan, words: dict[str, Any]) -> datetime:
    begins = plan.moment(words["day"], words["from"])
    return plan.moment(words["planned_on"], "10:00") if "planned_on" in words else begins - timedelta(days=40)


def _planned(stage: Stage, words: dict[str, Any]) -> Meeting:
    """The meeting as a draft with its agenda; its number in calendars is the same on every machine."""
    plan, day = stage.plan, words["day"]
    ends_at = plan.moment(day, words["until"])
    values = {
        "kind": words["kind"], "title": words["title"], "about": words["about"], "series": stage.series if words.get("is_in_series") else None,
        "starts_at": plan.moment(day, words["from"]), "ends_at": ends_at, "time_zone": plan.zone, "venue": words.get("venue", ""), "link": words.get("link", ""),
        "municipality": Territory.objects.filter(code=words["town"], level__gte=3).first() if "town" in words else None,
        "languages": plan.languages, "facilitator": plan.facilitator, "capacity": words.get("capacity"), "keep_until": date.fromisoformat(words["keep_until"]),
    }  # fmt: skip
    with through("sample", _planned_at(plan, words)):
        made: Meeting = plan_meeting(by=stage.by, region=stage.region, values=values, is_invented=True)
    made.uid = uuid5(NAMESPACE_OID, f"osnowa sample {stage.region.slug} {made.slug}")
    made.save(update_fields=["uid"])
    _agenda(made, words["blocks"])
    return made


def _agenda(meeting: Meeting, blocks: list[dict[str, Any]]) -> None:
    made: dict[str, Block] = {}
    for order, words in enumerate(blocks):
        plain = {name: words.get(name, "") for name in ("kind", "title", "question", "notes")}
        made[words["title"]] = Block.objects.create(
            meeting=meeting, order=order, minutes=words["minutes"], settings=words.get("settings", {}), about=made.get(words.get("about", "")), **plain
        )


def _happen(stage: Stage, meeting: Meeting, words: dict[str, Any], dice: Random) -> None:
    """The day itself: who comes, what is said, what follows, and the minutes within a week."""
    with through("sample", meeting.ends_at):
        hold(by=stage.by, meeting=meeting)
    meeting.refresh_from_db(fields=["state"])
    asked = [guest for guest in stage.people if not guest.is_from(words.get("without", ""))]
    with through("sample", meeting.starts_at):
        there = write_guests(by=stage.by, meeting=meeting, guests=asked, share=words.get("share", 1), dice=dice)
    if words.get("workshop"):
        run_board(stage, meeting, words, voices_of(meeting, there, dice), dice)
    else:
        _through_the_agenda(meeting)
    _follow(stage, meeting, words["follow_ups"], there)
    at = meeting.ends_at + _WRITTEN_AFTER
    with through("sample", at):
        made = freeze_minutes(by=stage.by, meeting=meeting)
    Minutes.objects.filter(pk=made.pk).update(frozen_at=at)
    if "erased_on" in words:
        day = date.fromisoformat(words["erased_on"])
        with through("sample", datetime(day.year, day.month, day.day, 3, tzinfo=UTC)):
            erase_names(by=None, meeting=meeting, today=day)


def _through_the_agenda(meeting: Meeting) -> None:
    Block.objects.filter(meeting=meeting).update(state=Block.State.CLOSED, opened_at=meeting.starts_at, closed_at=meeting.ends_at)


def _follow(stage: Stage, meeting: Meeting, promises: list[dict[str, Any]], there: list[Guest]) -> None:
    """What is promised at the end; what was done by its day or late is noted when it was done."""
    for words in promises:
        guest = next((one for one in there if one.sector == words.get("sector")), None)
        owner = {"owner_name": guest.name, "organisation": guest.organisation} if guest else {"owner": stage.by, "owner_name": "" if stage.by else stage.plan.facilitator}
        with through("sample", meeting.ends_at):
            made = add_follow_up(by=stage.by, meeting=meeting, values={"text": words["text"], "due_on": date.fromisoformat(words["due_on"]), **owner})
        if words["done_on"]:
            _finish(stage, made, date.fromisoformat(words["done_on"]))


def _finish(stage: Stage, promise: FollowUp, day: date) -> None:
    with through("sample", datetime(day.year, day.month, day.day, 12, tzinfo=UTC)):
        finish_follow_up(by=stage.by, follow_up=promise, on=day)
