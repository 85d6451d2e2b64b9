"""What became of the public organisations of a region since a moment, for those who follow it."""

from dataclasses import dataclass
from datetime import datetime

from osnowa.journal.models import Entry
from osnowa.places.models import Region
from osnowa.register.models import Organisation, Visibility
from osnowa.register.queries.merges import standing_of

_THING = Organisation._meta.label_lower
_ADDED = "register.organisation_added"


@dataclass(frozen=True, slots=True)
class Change:
    uid: str
    what: str
    into: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Changes:
    """Changes in the order of the journal; `last` is the entry up to which they go."""

    changes: tuple[Change, ...]
    last: int
    has_more: bool


def changes_of(region: Region, *, since: datetime | None, after: int | None, most: int) -> Changes:
    """The changes told by at most so many entries of the journal, each organisation once, with what it is by now.

    What never was public is not named. What was public and is no longer is "gone": a follower forgets it.
    """
    entries = Entry.objects.filter(place=region.slug, thing_type=_THING).order_by("id")
    if after is not None:
        entries = entries.filter(id__gt=after)
    elif since is not None:
        entries = entries.filter(at__gte=since)
    rows = list(entries.values_list("id", "thing_id", "deed", "at", "changes__visibility")[: most + 1])
    has_more = len(rows) > most
    rows = rows[:most]
    last = rows[-1][0] if rows else after if after is not None else _newest(region)
    told: dict[int, tuple[bool, bool, datetime]] = {}
    for _id, thing, deed, at, visibility in rows:
        added, was_public, _at = told.pop(int(thing), (False, False, at))
        told[int(thing)] = (added or deed == _ADDED, was_public or bool(visibility and visibility[0] == Visibility.PUBLIC), at)
    return Changes(tuple(_changes(told)), last, has_more)


def _newest(region: Region) -> int:
    return Entry.objects.filter(place=region.slug).order_by("-id").values_list("pk", flat=True).first() or 0


def _changes(told: dict[int, tuple[bool, bool, datetime]]) -> list[Change]:
    records = Organisation.every_record.in_bulk(list(told))
    stands = standing_of(pk for pk, it in records.items() if it.merged_into_id)
    others = Organisation.every_record.in_bulk(set(stands.values()))
    found = []
    for pk, (added, was_public, at) in told.items():
        it = records.get(pk)
        if it is None:
            continue
        now = others.get(stands[pk]) if pk in stands else None
        if it.visibility != Visibility.PUBLIC:
            if was_public:
                found.append(Change(str(it.uid), "gone", None, at))
        elif it.merged_into_id:
            is_seen = now is not None and now.visibility == Visibility.PUBLIC
            found.append(Change(str(it.uid), "merged" if is_seen else "gone", str(now.uid) if now and is_seen else None, at))
        else:
            found.append(Change(str(it.uid), "closed" if it.is_closed else "added" if added else "changed", None, at))
    return found
