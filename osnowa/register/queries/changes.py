"""Entries of the journal told in words: which field was what before and is what now."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.dateparse import parse_date
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _

from osnowa.journal.models import Entry
from osnowa.journal.queries import entries_of
from osnowa.places.models import Territory
from osnowa.register import codes
from osnowa.register.models import Contact, Organisation
from osnowa.register.queries.facts import PARTS

_LISTS = {
    "legal_form": codes.LEGAL_FORMS, "sector": codes.SECTORS, "activity_status": codes.ACTIVITY_STATUS,
    "end_reason": codes.END_REASONS, "visibility": codes.VISIBILITY, "service_areas": codes.SERVICE_AREAS,
    "target_groups": codes.TARGET_GROUPS, "economic_activity": codes.ECONOMIC_ACTIVITY, "confirmed_by": codes.SOURCES,
    "geo_precision": codes.GEO_PRECISION, "code": codes.RECOGNITIONS, "source": codes.SOURCES,
}  # fmt: skip
#: Facts that name other records.
_RECORDS = ("parent", "successor", "merged_into", "merged_records")


@dataclass(frozen=True)
class Change:
    """One changed field in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """An entry of the journal and what it changed, in words."""

    entry: Entry
    title: str
    changes: list[Change]


def titles() -> dict[str, str]:
    """What each deed about an organisation is called."""
    return {
        "register.organisation_added": _("Added to the register"),
        "register.organisation_changed": _("Changed"),
        "register.organisation_closed": _("Closed"),
        "register.organisation_reopened": _("Reopened"),
        "register.organisation_confirmed": _("Confirmed"),
        "register.organisation_restored": _("An earlier state brought back"),
        "register.part_saved": _("Details saved"),
        "register.part_removed": _("Details removed"),
        "register.report_filed": _("Yearly report noted"),
        "register.contact_saved": _("Contact saved"),
        "register.contact_erased": _("Contact erased"),
        "register.organisation_merged": _("Another record merged into this one"),
        "register.organisation_taken_up": _("Merged into another record"),
        "register.organisation_unmerged": _("A merge taken back"),
        "register.organisation_given_back": _("Stands for itself again: a merge was taken back"),
        "register.organisation_followed": _("Led on to the record that stands"),
    }


def since(organisation: Organisation, entry_id: int) -> set[str]:
    """The facts of an organisation that changed after an entry of the journal."""
    later = entries_of(organisation).filter(id__gt=entry_id).values_list("changes", flat=True)
    return {name for changes in later for name in changes}


def told(entries: Iterable[Entry]) -> list[Told]:
    """The entries in words; one query for all the places and organisations they name."""
    entries = list(entries)
    names = _names(entries)
    known = titles()
    return [
        Told(entry, known.get(entry.deed, entry.deed), list(_told(entry.changes, names))) for entry in entries
    ]


def _names(entries: list[Entry]) -> dict[tuple[str, Any], str]:
    wanted: dict[str, set[Any]] = {name: set() for name in ("municipality", *_RECORDS)}
    for entry in entries:
        for field, ids in wanted.items():
            for value in entry.changes.get(field, ()):
                ids.update(value if isinstance(value, list) else [value] if value else [])
    names: dict[tuple[str, Any], str] = {}
    if wanted["municipality"]:
        places = Territory.objects.filter(pk__in=wanted["municipality"])
        names |= {("municipality", pk): name for pk, name in places.values_list("pk", "name")}
    others = set().union(*(wanted[field] for field in _RECORDS))
    if others:
        for pk, name in Organisation.every_record.filter(pk__in=others).values_list("pk", "legal_name"):
            names |= {(field, pk): name for field in _RECORDS}
    return names


def _told(changes: dict[str, list[Any]], names: dict[tuple[str, Any], str]) -> Iterable[Change]:
    for field, (before, after) in changes.items():
        part, _colon, which = field.partition(":")
        if part in PARTS:
            yield from _told_part(part, which, before or {}, after or {})
        elif not (before in (None, "", [], {}) and after in (None, "", [], {})):
            yield Change(label_of(field), value_of(field, before, names), value_of(field, after, names))


def _told_part(part: str, which: str, before: dict[str, Any], after: dict[str, Any]) -> Iterable[Change]:
    model = PARTS[part][0]
    heading = str((after or before).get("name") or "") or value_of("code", (after or before).get("code"), {}) or which
    for field in dict.fromkeys([*before, *after]):
        if before.get(field) != after.get(field) and not field.endswith("_at"):
            label = str(model._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
            yield Change(f"{heading}: {label}", value_of(field, before.get(field), {}), value_of(field, after.get(field), {}))


def label_of(field: str) -> str:
    """What a field of an organisation is called."""
    ours = {
        "identifiers": _("Numbers"), "activities": _("Activities (NACE)"), "service_areas": _("Services"),
        "contacts": _("Fields of a contact"), "status_reports": _("Yearly report"),
        "merged_records": _("Merged records"), "merged_into": _("Merged into"), "nace_version": _("Version of NACE"),
    }  # fmt: skip
    if field in ours:
        return ours[field]
    try:
        label = str(Organisation._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
    except FieldDoesNotExist:
        return field
    return label[:1].upper() + label[1:]


def value_of(field: str, value: Any, names: dict[tuple[str, Any], str]) -> str:
    """A value of the journal as people read it; a dash where there is none."""
    if value in (None, "", [], {}):
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return localize(value)
    if (field, value if isinstance(value, int) else None) in names:
        return names[field, value]
    if field == "contacts":
        return ", ".join(str(Contact._meta.get_field(name).verbose_name) for name in value)  # type: ignore[union-attr]
    if isinstance(value, list):
        return ", ".join(value_of(field, item, names) for item in value)
    if isinstance(value, dict):
        return str(value["url"]) if "url" in value else ", ".join(f"{key} {item}" for key, item in value.items())
    if field in _LISTS:
        return _LISTS[field].label(str(value))
    if field.endswith("_on") and (day := parse_date(str(value))):
        return date_format(day, "DATE_FORMAT")
    return str(value)
