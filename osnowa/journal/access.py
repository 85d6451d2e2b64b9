"""Who may read the journal of a place and the progress of a job, and how much of a deed each reader is shown.

The journal stands below the rooms whose deeds it keeps. They tell it, when they are imported, what a place is and how
their things are shown: `places_are` and `shown_by`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404

from osnowa.journal.models import Entry, Job


@dataclass(frozen=True)
class Places:
    """How a word of an address becomes a place, who may read its journal, and who leads it."""

    find: Callable[[Any, str], Any]
    may_read: Callable[[Any, Any], bool]
    may_lead: Callable[[Any, Any], bool]


@dataclass(frozen=True)
class Shown:
    """What one reader is shown of an entry: the name of the thing, its page, and what changed (field, before, after)."""

    label: str
    url: str = ""
    changes: list[tuple[str, str, str]] = field(default_factory=list)


Show = Callable[[Any, Any, list[Entry]], dict[int, Shown]]
_places: list[Places] = []
_shows: dict[str, Show] = {}


def places_are(places: Places) -> None:
    """The room of places says what places are."""
    _places[:] = [places]


def shown_by(*thing_types: str) -> Callable[[Show], Show]:
    """Registers how entries about these things are shown: `show(person, place, entries) -> {entry.pk: Shown}`.

    Of things that nobody shows, and of entries left out of the answer, a reader learns the deed alone.
    """

    def fit(show: Show) -> Show:
        _shows.update(dict.fromkeys(thing_types, show))
        return show

    return fit


def find_place(person: Any, region: str) -> Any:
    """The place at an address."""
    return _places[0].find(person, region)


def may_read(person: Any, place: Any) -> bool:
    return _places[0].may_read(person, place)


def find_job(person: Any, job: Any) -> Job:
    """A job for the one who started it and those who lead its place; for others there is none."""
    found = Job.objects.filter(pk=job).first()
    if found is None or not _may_see(person, found):
        raise Http404
    return found


def _may_see(person: Any, job: Job) -> bool:
    if not person.is_authenticated:
        return False
    if job.by_id == person.pk or person.is_operator:
        return True
    return bool(job.place) and _places[0].may_lead(person, find_place(person, job.place))


def shown(person: Any, place: Any, entries: Iterable[Entry]) -> dict[int, Shown]:
    """What the reader is shown of each entry, by entry; a missing entry is shown as the bare deed."""
    by_show: dict[Show, list[Entry]] = {}
    for entry in entries:
        if show := _shows.get(entry.thing_type):
            by_show.setdefault(show, []).append(entry)
    return {pk: it for show, some in by_show.items() for pk, it in show(person, place, some).items()}
