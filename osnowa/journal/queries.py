"""Reads of the journal."""

from django.db.models import Model, QuerySet

from osnowa.journal.models import Entry, Job


def entries_of(thing: Model) -> QuerySet[Entry]:
    """The entries about one thing, newest first, with their authors."""
    return Entry.objects.filter(thing_type=thing._meta.label_lower, thing_id=str(thing.pk)).select_related("by")


def newest_entry(thing: Model) -> int:
    """The number of the newest entry about a thing, 0 where there is none: which version of it somebody has seen."""
    return entries_of(thing).values_list("pk", flat=True).first() or 0


def lately(place: str) -> QuerySet[Entry]:
    """The entries of one region, newest first."""
    return Entry.objects.filter(place=place).select_related("by")


def jobs_of(person: Model) -> QuerySet[Job]:
    """The background work a person started."""
    return Job.objects.filter(by=person)
