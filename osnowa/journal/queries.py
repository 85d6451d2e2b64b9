"""Reads of the journal."""

from collections.abc import Collection
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model, QuerySet
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osnowa.journal.models import Entry, Job


def entries_of(thing: Model) -> QuerySet[Entry]:
    """The entries about one thing, newest first, with their authors."""
    return Entry.objects.filter(thing_type=thing._meta.label_lower, thing_id=str(thing.pk)).select_related("by")


def newest_entry(thing: Model) -> int:
    """The number of the newest entry about a thing, 0 where there is none: which version of it somebody has seen."""
    return entries_of(thing).values_list("pk", flat=True).first() or 0


def newest_in(place: str, deeds: str) -> int:
    """The number of the newest entry of a place whose deed begins with these words, 0 where there is none."""
    return Entry.objects.filter(place=place, deed__startswith=deeds).order_by("-id").values_list("pk", flat=True).first() or 0


def lately(place: str) -> QuerySet[Entry]:
    """The entries of one region, newest first by the day they tell of, which may lie before the day they were written."""
    return Entry.objects.filter(place=place).select_related("by").order_by("-at", "-id")


def jobs_of(person: Any) -> QuerySet[Job]:
    """The background work a person started."""
    return Job.objects.filter(by=person)


def in_words(entry: Entry, fields: Collection[str]) -> list[tuple[str, str, str]]:
    """(field, before, after) of the named fields an entry changed, as its model calls them."""
    model = apps.get_model(entry.thing_type)
    return [
        (_label(model, name), _value(model, name, before), _value(model, name, after))
        for name, (before, after) in entry.changes.items()
        if name in fields
    ]


def _label(model: type[Model], name: str) -> str:
    try:
        return str(getattr(model._meta.get_field(name), "verbose_name", name))
    except FieldDoesNotExist:
        return name


def _value(model: type[Model], name: str, value: Any) -> str:
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(str(one) for one in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {one}" for key, one in value.items())
    try:
        chosen = dict(getattr(model._meta.get_field(name), "flatchoices", ())).get(value)
    except FieldDoesNotExist:
        chosen = None
    day = parse_date(value) if isinstance(value, str) and len(value) == 10 and value[4] == "-" else None
    return str(chosen) if chosen else date_format(day, "SHORT_DATE_FORMAT") if day else str(value)
