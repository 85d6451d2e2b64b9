"""Verbs of meetings and series: plan, change, announce, say that one was held, cancel."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused
from osnowa.kit.words import address_word
from osnowa.meetings.actions.participations import locked, move_up
from osnowa.meetings.actions.writing import write_to_all
from osnowa.meetings.models import Kind, Meeting, Participation, Series
from osnowa.meetings.queries.meetings import local
from osnowa.places.models import Region

State = Meeting.State
#: What people say of a meeting.
FIELDS = (
    "series", "kind", "title", "about", "visibility", "starts_at", "ends_at", "time_zone", "venue", "address", "municipality", "link", "languages",
    "facilitator", "capacity", "registers_until", "keep_until",
)  # fmt: skip
#: Guests are written to when one of these changes.
WHEN_AND_WHERE = ("starts_at", "ends_at", "time_zone", "venue", "address", "link")
SERIES_FIELDS = ("name", "about", "planned", "starts_on", "ends_on")
#: Words that begin other addresses under /meetings/.
RESERVED = frozenset({"new", "series", "mine"})


def facts(thing: Meeting | Series, fields: tuple[str, ...]) -> dict[str, Any]:
    """The fields, fit for JSON."""
    found = {}
    for name in fields:
        value = getattr(thing, f"{name}_id" if name in ("series", "municipality") else name)
        found[name] = value.isoformat() if hasattr(value, "isoformat") else value
    return found


def _wait_for_guests(meeting: Meeting) -> Any:
    of = Participation.State
    return meeting.participations.filter(state__in=(of.INVITED, of.REGISTERED, of.WAITING)).exclude(email="")


@action("meetings.planned", says=gettext_lazy("planned a meeting"))
def plan_meeting(*, by: Any, region: Region, values: dict[str, Any], is_invented: bool = False) -> Deed:
    """Plans a meeting as a draft. The same title at the same time twice is one meeting."""
    Region.objects.select_for_update().only("pk").get(pk=region.pk)
    same = Meeting.objects.filter(region=region, title=values["title"], starts_at=values["starts_at"]).exclude(state=State.CANCELLED).first()
    if same:
        return Deed(same, {})
    made = Meeting(region=region, is_invented=is_invented, **values)
    _check(made)
    day = local(made, made.starts_at).date().isoformat()
    taken = set(Meeting.objects.filter(region=region, slug__startswith=day).values_list("slug", flat=True))
    made.slug = address_word(f"{day} {made.title}", taken | RESERVED, longest=72)
    made.save()
    return Deed(made, differences({}, facts(made, FIELDS)), place=region.slug)


def _check(meeting: Meeting) -> None:
    if meeting.ends_at <= meeting.starts_at:
        raise Refused(_("The meeting ends before it begins. Look at the hours, or give a last day."))
    if meeting.keep_until < local(meeting, meeting.ends_at).date():
        raise Refused(_("Names are needed until the meeting is over at least. Choose a later day until which they are kept."))


@action("meetings.changed", says=gettext_lazy("changed a meeting"))
def change_meeting(*, by: Any, meeting: Meeting, values: dict[str, Any], seen: int | None = None) -> Deed:
    """Changes a meeting; guests hear of another time or place, and free places go to those who wait.

    `seen` is the number of the change the editor knew; where somebody changed it since, nothing is written over.
    """
    held = locked(meeting)
    if held.state == State.CANCELLED:
        raise Refused(_("This meeting was cancelled."))
    if seen is not None and seen != held.changed_number:
        raise Refused(_("Somebody else has changed this meeting meanwhile. Look at it again, and change it then."))
    before = facts(held, FIELDS)
    for name, value in values.items():
        setattr(held, name, value)
    changes = differences(before, facts(held, FIELDS))
    if not changes:
        return Deed(held, {})
    _check(held)
    held.changed_number += 1
    held.save()
    if held.state == State.ANNOUNCED and held.ends_at > timezone.now():
        if changes.keys() & set(WHEN_AND_WHERE):
            write_to_all("changed", held, _wait_for_guests(held), by=by)
        move_up(held)
    return Deed(held, changes, place=held.region.slug)


@action("meetings.announced", says=gettext_lazy("announced a meeting"))
def announce(*, by: Any, meeting: Meeting) -> Deed:
    """Shows a meeting to those it is for; from then on one can register."""
    held = locked(meeting)
    if held.state == State.ANNOUNCED:
        return Deed(held, {})
    if held.state != State.DRAFT:
        raise Refused(_("Only a meeting that is being prepared can be announced."))
    if not (held.venue or held.address or held.link):
        raise Refused(_("Nobody would know where to go: give the meeting a place or a link first."))
    return _become(held, State.ANNOUNCED)


@action("meetings.held", says=gettext_lazy("noted that a meeting was held"))
def hold(*, by: Any, meeting: Meeting) -> Deed:
    """Says that a meeting took place, so that its series counts it."""
    held = locked(meeting)
    if held.state == State.HELD:
        return Deed(held, {})
    if held.state == State.CANCELLED:
        raise Refused(_("This meeting was cancelled."))
    if held.starts_at > timezone.now():
        raise Refused(_("This meeting has not begun yet."))
    return _become(held, State.HELD)


@action("meetings.cancelled", says=gettext_lazy("cancelled a meeting"))
def cancel(*, by: Any, meeting: Meeting, reason: str = "") -> Deed:
    """Cancels a meeting, tells everybody who was invited, registered or waits, and takes it out of their calendars."""
    held = locked(meeting)
    if held.state == State.CANCELLED:
        return Deed(held, {})
    if held.state == State.HELD:
        raise Refused(_("A meeting that was held cannot be cancelled."))
    was_known = held.state == State.ANNOUNCED
    held.changed_number += 1
    deed = _become(held, State.CANCELLED, reason)
    if was_known and held.ends_at > timezone.now():
        write_to_all("cancelled", held, _wait_for_guests(held), by=by, reason=reason)
    return deed


def _become(meeting: Meeting, state: str, reason: str = "") -> Deed:
    before, meeting.state = meeting.state, state
    meeting.save(update_fields=["state", "changed_number"])
    Meeting.objects.filter(pk=meeting.pk).update(pulse=F("pulse") + 1)
    return Deed(meeting, {"state": [before, str(state)]}, place=meeting.region.slug, reason=reason)


@action("meetings.series_planned", says=gettext_lazy("planned a series of meetings"))
def plan_series(*, by: Any, region: Region, values: dict[str, Any], is_invented: bool = False) -> Deed:
    """Plans a series; the same name with the same first day twice is one series."""
    Region.objects.select_for_update().only("pk").get(pk=region.pk)
    same = Series.objects.filter(region=region, name=values["name"], starts_on=values.get("starts_on")).first()
    if same:
        return Deed(same, {})
    taken = set(Series.objects.filter(region=region).values_list("slug", flat=True))
    made = Series(region=region, is_invented=is_invented, slug=address_word(values["name"], taken | RESERVED), **values)
    _check_series(made)
    made.save()
    return Deed(made, differences({}, facts(made, SERIES_FIELDS)), place=region.slug)


def _check_series(series: Series) -> None:
    if not any(series.planned.values()):
        raise Refused(_("Say how many meetings of some kind the series has."))
    if series.starts_on and series.ends_on and series.ends_on < series.starts_on:
        raise Refused(_("The series ends before it begins."))


@action("meetings.series_changed", says=gettext_lazy("changed a series of meetings"))
def change_series(*, by: Any, series: Series, values: dict[str, Any]) -> Deed:
    """Changes what a series is and how many meetings are planned."""
    before = facts(series, SERIES_FIELDS)
    for name, value in values.items():
        setattr(series, name, value)
    _check_series(series)
    series.save()
    return Deed(series, differences(before, facts(series, SERIES_FIELDS)), place=series.region.slug)


@action("meetings.series_filled", says=gettext_lazy("planned the meetings of a series"))
def fill_series(*, by: Any, series: Series, kind: str, title: str, times: list[tuple[datetime, datetime]], keep_days: int, shared: dict[str, Any]) -> Deed:
    """Plans meetings of one kind at once; a time at which the series has one of that kind already is left as it is.

    They are numbered on from those there are, cancelled ones not counted.
    """
    Series.objects.select_for_update().get(pk=series.pk)
    standing = series.meetings.filter(kind=kind).exclude(state=State.CANCELLED)
    there, number, made = set(standing.values_list("starts_at", flat=True)), standing.count(), []
    for starts_at, ends_at in times:
        if starts_at in there:
            continue
        number += 1
        kept = {"keep_until": ends_at.date() + timedelta(days=keep_days)}
        words = {"series": series, "kind": kind, "title": f"{title} {number}", "starts_at": starts_at, "ends_at": ends_at, **kept}
        made.append(plan_meeting(by=by, region=series.region, values=shared | words))
    return Deed(series, {str(Kind(kind)): [number - len(made), number]} if made else {}, place=series.region.slug, value=made)
