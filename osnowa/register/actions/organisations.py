"""The verbs of the register. Each is one transaction with one entry in the journal."""

from datetime import date
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused
from osnowa.kit.words import address_word, fold
from osnowa.places.models import Region
from osnowa.places.queries import point_of
from osnowa.register.actions.rules import checked
from osnowa.register.models import Activity, Identifier, Organisation, ServiceArea
from osnowa.register.queries import FIELDS, PARTS, facts, facts_after, row_facts
from osnowa.register.queries.merges import merged_keys, standing_of
from osnowa.register.search import index_many

Values = dict[str, Any]
Person = Any
#: Words of pages of the register, which no organisation can have for its address.
RESERVED = frozenset(("new", "export", "propose", "views", "import"))
#: The facts that closing and reopening change.
CLOSING = ("activity_status", "ended_on", "end_reason", "successor")


def _place(organisation: Organisation, before: Values) -> None:
    """Keeps a point that somebody gave; finds it from postal code or municipality when it is missing or the place moved."""
    point = (organisation.lat, organisation.lon)
    if point != (before.get("lat"), before.get("lon")) and None not in point:
        if organisation.geo_precision == before.get("geo_precision", ""):
            organisation.geo_precision = "address"
        return
    moved = (organisation.postal_code, organisation.municipality_id) != (before.get("postal_code"), before.get("municipality"))
    if moved or None in point:
        found = point_of(organisation.country, organisation.postal_code, organisation.municipality)
        organisation.lat, organisation.lon = (found.lat, found.lon) if found else (None, None)
        organisation.geo_precision = found.precision if found else ""


def set_fields(organisation: Organisation, values: Values) -> None:
    """Sets the plain fields of an organisation; keys stand for places and organisations, texts for days."""
    for name, value in values.items():
        if name in FIELDS:
            field = organisation._meta.get_field(name)
            if field.is_relation and not isinstance(value, Model):
                setattr(organisation, field.attname, value)  # type: ignore[union-attr]
            else:
                setattr(organisation, name, value if field.is_relation or value is None else field.to_python(value))  # type: ignore[union-attr]


def set_name(organisation: Organisation) -> None:
    """Sets what an organisation is sorted by."""
    organisation.name_fold = fold(organisation.short_name or organisation.legal_name)


def _set_identifiers(organisation: Organisation, identifiers: dict[str, str]) -> None:
    """Writes the numbers that differ; a number that stays keeps its row."""
    there = {(row.scheme, row.value): row.pk for row in organisation.identifiers.all()}
    organisation.identifiers.filter(pk__in=[pk for number, pk in there.items() if number not in identifiers.items()]).delete()
    Identifier.objects.bulk_create(
        Identifier(organisation=organisation, scheme=s, value=v) for s, v in identifiers.items() if (s, v) not in there
    )


def _write(organisation: Organisation, values: Values, *, before: Values) -> None:
    """Sets the fields and rows of an organisation, and what it is found by. Refused where the rules say no."""
    is_new = organisation._state.adding
    set_fields(organisation, values)
    identifiers = checked(organisation, values["identifiers"] if "identifiers" in values else before.get("identifiers") or {})
    _place(organisation, before)
    set_name(organisation)
    organisation.save()
    if "identifiers" in values:
        _set_identifiers(organisation, identifiers)
    if "activities" in values:
        organisation.activities.all().delete()
        Activity.objects.bulk_create(
            Activity(organisation=organisation, nace=nace, is_main=number == 0)
            for number, nace in enumerate(dict.fromkeys(values["activities"]))
        )
    if "service_areas" in values:
        organisation.service_areas.all().delete()
        ServiceArea.objects.bulk_create(
            ServiceArea(organisation=organisation, code=code) for code in dict.fromkeys(values["service_areas"])
        )
    index_many([organisation.pk], are_new=is_new)


def _note_sources(organisation: Organisation, names: Any, *, by: Person, source: str, on: date | None) -> None:
    day = (on or timezone.localdate()).isoformat()
    for name in names:
        organisation.provenance[name] = {"source": source, "on": day, "by": by.pk if by else None}
    Organisation.objects.filter(pk=organisation.pk).update(provenance=organisation.provenance)


def _changed(organisation: Organisation, before: Values, *, by: Person, source: str, on: date | None = None,
             reason: str = "") -> Deed:  # fmt: skip
    changes = differences(before, facts(organisation))
    _note_sources(organisation, changes, by=by, source=source, on=on)
    return Deed(organisation, changes, place=organisation.region.slug, reason=reason)


@action("register.organisation_added", says=gettext_lazy("added an organisation"))
def add_organisation(*, by: Person, region: Region, values: Values, source: str = "coordinator", on: date | None = None,
                     is_invented: bool = False) -> Deed:  # fmt: skip
    """Adds an organisation; its address is made of its name and never changes."""
    organisation = Organisation(region=region, country=region.jurisdiction, is_invented=is_invented)
    name = values.get("short_name") or values["legal_name"]
    word = address_word(name)
    taken = set(Organisation.every_record.filter(region=region, slug__startswith=word).values_list("slug", flat=True))
    organisation.slug = address_word(name, taken | RESERVED)
    _write(organisation, values, before={})
    return _changed(organisation, {}, by=by, source=source, on=on)


@action("register.organisation_changed", says=gettext_lazy("changed an organisation"))
def change_organisation(*, by: Person, organisation: Organisation, values: Values, source: str = "coordinator",
                        on: date | None = None, reason: str = "") -> Deed:  # fmt: skip
    """Changes fields of an organisation; what is not named in `values` stays."""
    before = facts(organisation)
    _write(organisation, values, before=before)
    return _changed(organisation, before, by=by, source=source, on=on, reason=reason)


@action("register.organisation_closed", says=gettext_lazy("closed an organisation"))
def close_organisation(*, by: Person, organisation: Organisation, ended_on: date, end_reason: str,
                       successor: Organisation | None = None, reason: str = "") -> Deed:  # fmt: skip
    """Closes an organisation with a date and a reason; nothing is ever deleted."""
    if organisation.is_closed:
        raise Refused(_("It is closed already."))
    if ended_on > timezone.localdate():
        raise Refused(_("The day of closing lies in the future. Close it when the day has come."))
    began = organisation.registered_on or organisation.founded_on
    if began and ended_on < began:
        raise Refused(_("The day of closing lies before the day it began."))
    still_open = organisation.units.exclude(activity_status=Organisation.Status.CLOSED).count()
    if still_open:
        raise Refused(_("It still has open units: close them or move them to another legal person first."))
    before = facts(organisation)
    organisation.activity_status = Organisation.Status.CLOSED
    organisation.ended_on, organisation.end_reason, organisation.successor = ended_on, end_reason, successor
    organisation.save()
    return _changed(organisation, before, by=by, source="coordinator", reason=reason)


@action("register.organisation_reopened", says=gettext_lazy("reopened an organisation"))
def reopen_organisation(*, by: Person, organisation: Organisation, reason: str) -> Deed:
    """Takes a closing back; the record then waits to be confirmed."""
    if not organisation.is_closed:
        raise Refused(_("It is not closed."))
    before = facts(organisation)
    organisation.activity_status = Organisation.Status.NOT_CONFIRMED
    organisation.ended_on, organisation.end_reason, organisation.successor = None, "", None
    organisation.save()
    return _changed(organisation, before, by=by, source="coordinator", reason=reason)


@action("register.organisation_confirmed", says=gettext_lazy("confirmed an organisation"))
def confirm_organisation(*, by: Person, organisation: Organisation, source: str = "coordinator",
                         on: date | None = None) -> Deed:  # fmt: skip
    """Says that the record is true on a day; an organisation that was not confirmed becomes active."""
    if organisation.is_closed:
        raise Refused(_("It is closed: reopen it before confirming."))
    before = facts(organisation)
    organisation.last_confirmed_on = on or timezone.localdate()
    organisation.confirmed_by = source
    if organisation.activity_status == Organisation.Status.NOT_CONFIRMED:
        organisation.activity_status = Organisation.Status.ACTIVE
    organisation.save()
    return _changed(organisation, before, by=by, source=source, on=on)


@action("register.organisation_restored", says=gettext_lazy("brought back an earlier state"))
def restore_organisation(*, by: Person, organisation: Organisation, entry_id: int) -> Deed:
    """Brings back the facts as they were right after an entry of the journal.

    Contacts stay as they are. Restoring neither closes nor reopens, merges nor takes apart: those deeds have verbs and
    reasons of their own. What the record belonged to and has since been merged is found where it was merged into.
    """
    before = facts(organisation)
    wanted = facts_after(organisation, entry_id)
    if wanted.pop("merged_records", merged := merged_keys(organisation)) != merged or wanted.pop("merged_into", None):
        raise Refused(_("Records were merged between then and now. Take the merge back first, then bring back this state."))
    stands = standing_of(wanted[name] for name in ("parent", "successor") if wanted[name])
    wanted |= {name: stands[wanted[name]] for name in ("parent", "successor") if wanted[name]}
    if "closed" in (before["activity_status"], wanted["activity_status"]):
        wanted |= {name: before[name] for name in CLOSING}
    for key in before.keys() | wanted.keys():
        if ":" in key and before.get(key) != wanted.get(key):
            _restore_row(organisation, key, wanted.get(key))
    _write(organisation, {k: v for k, v in wanted.items() if ":" not in k}, before={})
    organisation.refresh_from_db()
    return _changed(organisation, before, by=by, source="coordinator")


def _restore_row(organisation: Organisation, key: str, wanted: Values | None) -> None:
    part, _, which = key.partition(":")
    model, field = PARTS[part]
    rows = model._default_manager.filter(organisation=organisation, **{field: which})
    if wanted is None:
        rows.delete()
        return
    row = rows.first() or model(organisation=organisation, **({"pk": int(which)} if field == "pk" else {}))
    for name, value in wanted.items():
        setattr(row, name, row._meta.get_field(name).to_python(value))  # type: ignore[union-attr]
    row.save()


@action("register.part_saved", says=gettext_lazy("saved details of an organisation"))
def save_part(*, by: Person, organisation: Organisation, row: Model, source: str = "coordinator",
              on: date | None = None) -> Deed:  # fmt: skip
    """Adds or changes one row of yearly figures, recognitions or listings, already checked by its form."""
    part, key = next((name, field) for name, (model, field) in PARTS.items() if isinstance(row, model))
    old = type(row)._default_manager.filter(pk=row.pk).first() if row.pk else None
    before = {f"{part}:{getattr(old, key)}": row_facts(old)} if old else {}
    row.organisation = organisation  # type: ignore[attr-defined]
    row.save()
    after = {f"{part}:{getattr(row, key)}": row_facts(row)}
    changes = differences(before, after)
    _note_sources(organisation, changes, by=by, source=source, on=on)
    return Deed(organisation, changes, place=organisation.region.slug, value=row)


@action("register.part_removed", says=gettext_lazy("removed details of an organisation"))
def remove_part(*, by: Person, organisation: Organisation, row: Model) -> Deed:
    """Takes one row away; the journal keeps it and restoring brings it back."""
    part, key = next((name, field) for name, (model, field) in PARTS.items() if isinstance(row, model))
    changes = {f"{part}:{getattr(row, key)}": [row_facts(row), None]}
    row.delete()
    return Deed(organisation, changes, place=organisation.region.slug)
