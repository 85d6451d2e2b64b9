"""Verbs of what follows: promise, change, done. Entries name no person who promised."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.meetings.actions.participations import locked
from osnowa.meetings.models import FollowUp, Meeting

FIELDS = ("text", "owner_name", "owner", "organisation", "due_on", "block")


@action("meetings.follow_up_added", says=gettext_lazy("noted what follows from a meeting"))
def add_follow_up(*, by: Any, meeting: Meeting, values: dict[str, Any]) -> Deed:
    """Notes what somebody does until a day; the same promise twice is one."""
    held = locked(meeting)
    same = held.follow_ups.filter(**{name: values.get(name) or ("" if name in ("text", "owner_name") else None) for name in FIELDS}).first()
    if same:
        return Deed(held, {}, value=same)
    made = FollowUp.objects.create(meeting=held, **values)
    count = held.follow_ups.count()
    return Deed(held, {"follow_ups": [count - 1, count]}, place=held.region.slug, value=made)


@action("meetings.follow_up_changed", says=gettext_lazy("changed what follows from a meeting"))
def change_follow_up(*, by: Any, follow_up: FollowUp, values: dict[str, Any]) -> Deed:
    """Changes a promise; with another day it is reminded of anew."""
    changed = sorted(name for name, value in values.items() if getattr(follow_up, name) != value)
    for name in changed:
        setattr(follow_up, name, values[name])
    if "due_on" in changed:
        follow_up.reminded_on = None
    follow_up.save()
    meeting = follow_up.meeting
    return Deed(meeting, {"follow_up": [follow_up.pk, changed]} if changed else {}, place=meeting.region.slug, value=follow_up)


@action("meetings.follow_up_done", says=gettext_lazy("noted that something was done"))
def finish_follow_up(*, by: Any, follow_up: FollowUp, is_done: bool = True, on: date | None = None) -> Deed:
    """Says that a promise was kept, or that it is open again."""
    meeting, before = follow_up.meeting, follow_up.done_on
    if is_done == (before is not None):
        return Deed(meeting, {}, value=follow_up)
    follow_up.done_on = (on or timezone.localdate()) if is_done else None
    follow_up.save(update_fields=["done_on"])
    days = [day.isoformat() if day else None for day in (before, follow_up.done_on)]
    return Deed(meeting, {"done_on": days}, place=meeting.region.slug, value=follow_up)
