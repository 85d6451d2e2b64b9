"""Taking back what a batch wrote: every field returns, except those somebody changed since."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db.models import SET_NULL
from django.utils import timezone

from osnowa.journal.models import Entry
from osnowa.places.models import Region
from osnowa.register.actions.batch import Change, entry_about, upsert, write_changes
from osnowa.register.actions.closings import waiting_closings
from osnowa.register.actions.organisations import Person
from osnowa.register.models import (
    Activity,
    Contact,
    Identifier,
    Listing,
    Organisation,
    PossibleDuplicate,
    Recognition,
    ServiceArea,
    YearlyFigures,
)

ADDED, CHANGED, TAKEN_BACK = (
    "register.organisation_added", "register.organisation_changed", "register.organisation_taken_back",
)  # fmt: skip
#: What goes with an organisation that is taken back; anything else that points at it keeps it in the register.
_OWN = (Activity, Contact, Identifier, Listing, PossibleDuplicate, Recognition, ServiceArea, YearlyFigures)
_AT_ONCE = 1000
Marks = Mapping[int, Mapping[str, Any]]


def take_back(*, by: Person, region: Region, batch: str, undo: str, marks: Marks | None = None, ignore: Collection[str] = (),
              step: Callable[[int, int], None] = lambda done, total: None) -> dict[str, int]:  # fmt: skip
    """Undoes a batch inside the transaction and deed of a caller; returns {restored, removed, kept}.

    An organisation the batch changed gets its fields back, save those changed since. One the batch added is removed
    when nobody touched it and nothing points at it; else it is kept. `marks` gives back the sources of fields. What
    entries of the batches in `ignore` changed counts as not changed: they have been taken back themselves.
    """
    entries = list(
        Entry.objects.filter(batch=batch, deed__in=(ADDED, CHANGED)).order_by("-id").values_list("id", "thing_id", "deed")
    )
    counts = {"restored": 0, "removed": 0, "kept": 0}
    for start in range(0, len(entries), _AT_ONCE):
        chunk = entries[start : start + _AT_ONCE]
        since = _changed_since(chunk, {batch, undo, *ignore})
        added = [int(thing) for _id, thing, deed in chunk if deed == ADDED]
        gone = _remove(by, region, added, since, undo)
        counts["removed"] += len(gone)
        counts["kept"] += len(added) - len(gone)
        counts["restored"] += _restore(by, region, chunk, since, undo, marks or {})
        step(min(start + _AT_ONCE, len(entries)), len(entries))
    return counts


def _changed_since(chunk: Sequence[tuple[int, str, str]], own: Collection[str]) -> dict[int, set[str]]:
    """{organisation: fields that entries after the batch's own changed}; of those without such entries nothing."""
    first = {int(thing): pk for pk, thing, _deed in chunk}
    later = Entry.objects.filter(
        thing_type=Organisation._meta.label_lower, thing_id__in=[thing for _pk, thing, _deed in chunk], id__gt=min(first.values())
    ).exclude(batch__in=own)
    found: dict[int, set[str]] = defaultdict(set)
    for pk, thing, changes in later.values_list("id", "thing_id", "changes"):
        if pk > first[int(thing)]:
            found[int(thing)].update(changes or ("",))
    return found


def _remove(by: Person, region: Region, added: Iterable[int], since: Mapping[int, set[str]], undo: str) -> list[int]:
    free = {pk for pk in added if pk not in since}
    waiting_closings(region).filter(organisation__in=free).delete()
    for relation in Organisation._meta.related_objects:
        if relation.related_model in _OWN or relation.on_delete is SET_NULL or not free:
            continue
        name = relation.field.name
        pointing = relation.related_model._base_manager.filter(**{f"{name}__in": free})
        if relation.related_model is Organisation:
            pointing = pointing.exclude(pk__in=free)
        free -= set(pointing.values_list(f"{name}_id", flat=True))
    going = list(Organisation.every_record.filter(pk__in=free).select_related("region"))
    moment = timezone.now()
    entries = [
        entry_about(it, TAKEN_BACK, {"legal_name": [it.legal_name, None]}, by=by, at=moment, via="web", batch=undo) for it in going
    ]
    Organisation.every_record.filter(pk__in=free, kind=Organisation.Kind.UNIT).delete()
    Organisation.every_record.filter(pk__in=free).delete()
    Entry.objects.bulk_create(entries, batch_size=500)
    return [it.pk for it in going]


def _restore(by: Person, region: Region, chunk: Sequence[tuple[int, str, str]], since: Mapping[int, set[str]], undo: str,
             marks: Marks) -> int:  # fmt: skip
    wanted = [pk for pk, _thing, deed in chunk if deed == CHANGED]
    written = dict(Entry.objects.filter(pk__in=wanted).values_list("thing_id", "changes"))
    there = Organisation.every_record.filter(pk__in=[int(thing) for thing in written])
    changes = []
    for it in there.select_related("region", "municipality"):
        touched = since.get(it.pk, set())
        back = {name: before for name, (before, _after) in written[str(it.pk)].items() if name not in touched}
        figures = {name.partition(":")[2]: row for name, row in back.items() if name.startswith("figures:")}
        values = {name: value for name, value in back.items() if ":" not in name}
        if values or figures:
            changes.append(Change(it, values, figures))
    done = write_changes(by=by, changes=changes, source="import_list", batch=undo, deed="register.organisation_restored")
    for change in changes:
        old = marks.get(change.organisation.pk, {})
        for name in change.marks:
            if old.get(name):
                change.organisation.provenance[name] = old[name]
            else:
                change.organisation.provenance.pop(name, None)
    upsert([change.organisation for change in changes], ["provenance"])
    return done
