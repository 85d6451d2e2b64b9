"""Writing many organisations at once, each with its own entry of the journal: adding, changing, taking back.

The number of statements grows with the thousands of organisations, not with the organisations.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action, differences
from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.kit.words import address_word
from osnowa.places.models import PostalCode, Region, Territory
from osnowa.register import codes
from osnowa.register.actions.organisations import RESERVED, Person, Values, set_fields, set_name
from osnowa.register.actions.rules import checked_identifier
from osnowa.register.models import (
    Activity,
    Contact,
    Identifier,
    Listing,
    Organisation,
    Recognition,
    ServiceArea,
    YearlyFigures,
)
from osnowa.register.queries import FIELDS, PARTS, facts_of, plain, row_facts
from osnowa.register.search import index_many

Changes = dict[str, list[Any]]
_OWN_ROWS = ("identifiers", "activities", "service_areas")


@dataclass(eq=False)
class NewOrganisation:
    """What is to be added: the values of `add_organisation`, and rows of figures, recognitions, listings, contacts.

    A `parent` is another new organisation, of this batch or an earlier one, or one that the register has.
    """

    values: Values
    parent: "NewOrganisation | Organisation | None" = None
    figures: list[Values] = field(default_factory=list)
    recognitions: list[Values] = field(default_factory=list)
    listings: list[Values] = field(default_factory=list)
    contacts: list[Values] = field(default_factory=list)
    made: Organisation | None = None
    #: What `load_many` writes it under: a uid given by who brings the row, and the key it got.
    uid: UUID | None = None
    key: int | None = None


def check_numbers(rows: Sequence[NewOrganisation], *, ask: bool = True) -> None:
    """V1 for the whole batch: valid numbers, each given once, none of a legal person given to a unit.

    Without `ask` the register is not asked whether it has them already: then its constraints refuse.
    """
    seen: set[tuple[str, str]] = set()
    for row in rows:
        valid = {s: checked_identifier(s, v) for s, v in row.values.get("identifiers", {}).items() if v}
        for scheme, value in valid.items():
            if row.parent and codes.IDENTIFIERS[scheme]["legal_person_only"] == "1":
                raise Refused(_("A unit has no %(kind)s of its own: enter it with the legal person.") % {"kind": codes.IDENTIFIERS[scheme].label})
            if (scheme, value) in seen:
                raise Refused(_("%(kind)s %(number)s stands twice in the batch.") % {"kind": codes.IDENTIFIERS[scheme].label, "number": value})
            seen.add((scheme, value))
        row.values["identifiers"] = dict(sorted(valid.items()))
    for scheme in {scheme for scheme, _value in seen} if ask else ():
        values = [value for other, value in seen if other == scheme]
        for start in range(0, len(values), 500):
            taken = Identifier.objects.filter(scheme=scheme, value__in=values[start : start + 500]).first()
            if taken:
                raise Refused(
                    _("%(kind)s %(number)s already belongs to another record of the register.")
                    % {"kind": codes.IDENTIFIERS[scheme].label, "number": taken.value}
                )


Point = tuple[float, float]


def find_points(organisations: Iterable[Any]) -> dict[tuple[str, int], Point]:
    """{(postal code, municipality): middle of the places both name}, as `places.queries.point_of` finds them one by one."""
    ordered = sorted({it.postal_code for it in organisations} - {""})
    stretches = (ordered[start : start + 500] for start in range(0, len(ordered), 500))
    return _middles(spot for some in stretches for spot in _spots(code__in=some))


def every_point() -> dict[tuple[str, int], Point]:
    """What `find_points` would give for organisations anywhere."""
    return _middles(_spots())


def _spots(**within: Any) -> Any:
    found = PostalCode.objects.filter(lat__isnull=False, municipality__isnull=False, **within)
    return found.values_list("code", "municipality_id", "lat", "lon")


def _middles(found: Iterable[tuple[str, int, float, float]]) -> dict[tuple[str, int], Point]:
    spots: dict[tuple[str, int], list[Point]] = defaultdict(list)
    for code, municipality, lat, lon in found:
        spots[code, municipality].append((lat, lon))
    return {
        key: (round(sum(p[0] for p in known) / len(known), 5), round(sum(p[1] for p in known) / len(known), 5))
        for key, known in spots.items()
    }


def set_place(organisation: Any, points: dict[tuple[str, int], Point]) -> None:
    """Gives an organisation without a point the middle of where its postal code or its municipality lies."""
    municipality: Territory | None = organisation.municipality
    if organisation.lat is not None:
        organisation.geo_precision = organisation.geo_precision or "address"
        return
    if municipality is None:
        return
    point = points.get((organisation.postal_code, municipality.pk))
    if point:
        organisation.lat, organisation.lon, organisation.geo_precision = *point, "locality"
    elif municipality.lat is not None:
        organisation.lat, organisation.lon, organisation.geo_precision = municipality.lat, municipality.lon, "municipality"


def _rows_of(model: type[Model], rows: Sequence[NewOrganisation], name: str) -> list[Any]:
    made = [(row, model(organisation=row.made, **values)) for row in rows for values in getattr(row, name)]
    return model._default_manager.bulk_create([row for _, row in made], batch_size=500)


def _write_parts(rows: Sequence[NewOrganisation]) -> dict[int, dict[str, Any]]:
    """Writes what hangs on the organisations; returns {organisation: its part facts}."""
    Identifier.objects.bulk_create(
        (Identifier(organisation=r.made, scheme=s, value=v) for r in rows for s, v in r.values["identifiers"].items()),
        batch_size=500,
    )
    Activity.objects.bulk_create(
        (
            Activity(organisation=r.made, nace=nace, is_main=number == 0)
            for r in rows
            for number, nace in enumerate(dict.fromkeys(r.values.get("activities", ())))
        ),
        batch_size=500,
    )
    ServiceArea.objects.bulk_create(
        (ServiceArea(organisation=r.made, code=c) for r in rows for c in dict.fromkeys(r.values.get("service_areas", ()))),
        batch_size=500,
    )
    parts: dict[int, dict[str, Any]] = defaultdict(dict)
    for part, name, model in (
        ("figures", "figures", YearlyFigures), ("recognition", "recognitions", Recognition), ("listing", "listings", Listing),
    ):  # fmt: skip
        for row in _rows_of(model, rows, name):
            parts[row.organisation_id][f"{part}:{getattr(row, PARTS[part][1])}"] = row_facts(row)
    _rows_of(Contact, rows, "contacts")
    return parts


def _facts(row: NewOrganisation, parts: dict[str, Any]) -> Values:
    """What `queries.facts` would read back from the database."""
    assert row.made is not None
    kept = {name: plain(row.made._meta.get_field(name).value_from_object(row.made)) for name in FIELDS}  # type: ignore[union-attr]
    activities = list(dict.fromkeys(row.values.get("activities", ())))
    kept["identifiers"] = row.values["identifiers"]
    kept["activities"] = activities[:1] + sorted(activities[1:])
    kept["service_areas"] = sorted(set(row.values.get("service_areas", ())))
    return kept | parts


def _make(row: NewOrganisation, region: Region, taken: set[str], *, is_invented: bool) -> Organisation:
    made = Organisation(region=region, country=region.jurisdiction, is_invented=is_invented)
    for name, value in row.values.items():
        if name not in _OWN_ROWS:
            setattr(made, name, value)
    made.slug = address_word(made.short_name or made.legal_name, taken)
    taken.add(made.slug)
    set_name(made)
    return made


def _save(rows: Sequence[NewOrganisation]) -> None:
    """Legal persons first, then their units, so that a unit finds the key of its parent."""
    Organisation.objects.bulk_create([r.made for r in rows if r.made and not r.parent], batch_size=200)
    for row in rows:
        if row.made and row.parent:
            row.made.parent = row.parent if isinstance(row.parent, Organisation) else row.parent.made
    Organisation.objects.bulk_create([r.made for r in rows if r.made and r.parent], batch_size=200)


def check_units(rows: Iterable[NewOrganisation]) -> None:
    """V1 for the whole batch: a unit has a parent, which is a legal person; a legal person has none."""
    for row in rows:
        is_unit = row.values.get("kind") == Organisation.Kind.UNIT
        if is_unit and row.parent is None:
            raise Refused(_("A unit needs the legal person it belongs to."))
        if row.parent and not is_unit:
            raise Refused(_("A legal person belongs to nobody; only a unit has a parent."))
        if row.parent and row.parent.parent is not None:
            raise Refused(_("A unit belongs to a legal person, not to another unit."))


@action("register.organisations_added", says=gettext_lazy("added many organisations"))
def add_organisations(*, by: Person, region: Region, rows: Sequence[NewOrganisation], source: str = "import_list",
                      at: datetime | None = None, via: str = "web", is_invented: bool = False) -> Deed:  # fmt: skip
    """Adds many organisations; the value is their number, each new row then knows the organisation `made` of it.

    `at` is the moment the facts were collected; each record's first entry and sources bear it.
    """
    before = Organisation.objects.filter(region=region).count()
    write_new(by=by, region=region, rows=rows, source=source, at=at, via=via, is_invented=is_invented)
    return Deed(region, {"organisations": [before, before + len(rows)]} if rows else {}, place=region.slug, value=len(rows))


def addresses_taken(region: Region) -> set[str]:
    """The words of addresses no new organisation can have: of pages, and of organisations, also those merged into another."""
    return {*RESERVED, *Organisation.every_record.filter(region=region).values_list("slug", flat=True)}


def write_new(*, by: Person, region: Region, rows: Sequence[NewOrganisation], source: str, at: datetime | None = None,
              via: str = "web", batch: str = "", is_invented: bool = False, taken: set[str] | None = None) -> None:  # fmt: skip
    """Writes new organisations with their first entries, inside the transaction and deed of a caller.

    `taken` spares asking for the addresses again when a caller writes several batches.
    """
    moment = at or timezone.now()
    check_units(rows)
    check_numbers(rows)
    taken = addresses_taken(region) if taken is None else taken
    made = [_make(row, region, taken, is_invented=is_invented) for row in rows]
    points = find_points(made)
    mark = {"source": source, "on": timezone.localdate(moment).isoformat(), "by": by.pk if by else None}
    known: list[Changes] = []
    for row, one in zip(rows, made, strict=True):
        row.made, one.created_at = one, moment
        set_place(one, points)
        days = [f"figures:{figures['as_of_on']}" for figures in row.figures]
        own = differences({}, _facts(row, {}))
        known.append(own)
        one.provenance = dict.fromkeys([*own, *days], mark)
    _save(rows)
    parts = _write_parts(rows)
    index_many((one.pk for one in made), are_new=True)
    entries, later = [], []
    for one, own in zip(made, known, strict=True):
        if one.parent_id:
            own |= {"parent": [None, one.parent_id]}
        changes = own | differences({}, parts.get(one.pk, {}))
        if changes.keys() - one.provenance.keys():
            one.provenance = dict.fromkeys(changes, mark)
            later.append(one)
        entries.append(entry_about(one, "register.organisation_added", changes, by=by, at=moment, via=via, batch=batch))
    Organisation.objects.bulk_update(later, ["provenance"], batch_size=100)
    Entry.objects.bulk_create(entries, batch_size=500)


def entry_about(it: Organisation, deed: str, changes: Changes, *, by: Person, at: datetime, via: str, batch: str) -> Entry:
    """The entry of one of many organisations; the caller writes it together with the others."""
    return Entry(
        at=at, by=by, via=via, deed=deed, place=it.region.slug, thing_type=it._meta.label_lower, thing_id=str(it.pk),
        thing_label=str(it)[:300], changes=changes, batch=batch,
    )  # fmt: skip


@dataclass(eq=False)
class Change:
    """What is to change of an organisation: as `change_organisation` takes it, and rows of figures by their day.

    The figures of a day may be a part of them (the rest stays), or None: then that day goes.
    """

    organisation: Organisation
    values: Values = field(default_factory=dict)
    figures: dict[str, Values | None] = field(default_factory=dict)
    contacts: list[Values] = field(default_factory=list)
    #: Filled by writing: the sources that the changed fields had before, and the keys of the contacts made.
    marks: Values = field(default_factory=dict)
    contact_keys: list[int] = field(default_factory=list)


def write_changes(*, by: Person, changes: Sequence[Change], source: str, deed: str = "register.organisation_changed",
                  at: datetime | None = None, via: str = "web", batch: str = "") -> int:  # fmt: skip
    """Writes changes of many organisations with their entries, inside the transaction and deed of a caller.

    The organisations come with their municipality and region; none stands twice. Returns how many really changed.
    """
    moment = at or timezone.now()
    mark = {"source": source, "on": timezone.localdate(moment).isoformat(), "by": by.pk if by else None}
    organisations = [change.organisation for change in changes]
    before = facts_of(organisations)
    for change in changes:
        set_fields(change.organisation, change.values)
    prefetch_related_objects(organisations, "municipality", "region")
    points = find_points(organisations)
    for change in changes:
        it, was = change.organisation, before[change.organisation.pk]
        moved = (it.postal_code, it.municipality_id) != (was["postal_code"], was["municipality"])
        if moved and (it.lat, it.lon) == (was["lat"], was["lon"]):
            it.lat = it.lon = None
            it.geo_precision = ""
        set_place(it, points)
        set_name(it)
        it.changed_at = moment
    _replace_rows(changes)
    _write_figures(changes)
    _write_contacts(changes)
    upsert(organisations, [*FIELDS, "name_fold", "changed_at"])
    index_many(it.pk for it in organisations)
    after = facts_of(organisations)
    entries = []
    for change in changes:
        it = change.organisation
        differing = differences(before[it.pk], after[it.pk])
        if differing:
            change.marks = {name: it.provenance.get(name) for name in differing}
            it.provenance |= dict.fromkeys(differing, mark)
            entries.append(entry_about(it, deed, differing, by=by, at=moment, via=via, batch=batch))
    upsert(organisations, ["provenance"])
    Entry.objects.bulk_create(entries, batch_size=500)
    return len(entries)


def _write_contacts(changes: Sequence[Change]) -> None:
    made = [(change, Contact(organisation=change.organisation, **values)) for change in changes for values in change.contacts]
    Contact.objects.bulk_create([contact for _change, contact in made], batch_size=500)
    for change, contact in made:
        change.contact_keys.append(contact.pk)


def upsert(organisations: list[Organisation], fields: list[str]) -> None:
    """Writes the named fields of rows that exist, many in a statement."""
    Organisation.every_record.bulk_create(
        organisations, batch_size=200, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )


def _replace_rows(changes: Sequence[Change]) -> None:
    """The numbers, activities and service areas of the organisations whose change names them."""
    for name, model in (("identifiers", Identifier), ("activities", Activity), ("service_areas", ServiceArea)):
        named = [change for change in changes if name in change.values]
        ids = [change.organisation.pk for change in named]
        for start in range(0, len(ids), 500):
            model._default_manager.filter(organisation__in=ids[start : start + 500]).delete()
        rows: list[Any] = []
        for change in named:
            it, value = change.organisation, change.values[name]
            if name == "identifiers":
                rows += [Identifier(organisation=it, scheme=scheme, value=number) for scheme, number in sorted(value.items())]
            elif name == "activities":
                rows += [Activity(organisation=it, nace=c, is_main=n == 0) for n, c in enumerate(dict.fromkeys(value))]
            else:
                rows += [ServiceArea(organisation=it, code=code) for code in dict.fromkeys(value)]
        model._default_manager.bulk_create(rows, batch_size=500)


def _write_figures(changes: Sequence[Change]) -> None:
    """Adds or completes the figures of the days named; a day that is None goes."""
    named = {change.organisation.pk: change for change in changes if change.figures}
    if not named:
        return
    known = {(row.organisation_id, row.as_of_on.isoformat()): row for row in YearlyFigures.objects.filter(organisation__in=named)}
    new: list[YearlyFigures] = []
    old: list[YearlyFigures] = []
    gone: list[int] = []
    for pk, change in named.items():
        for day, values in change.figures.items():
            row = known.get((pk, day))
            if values is None:
                gone += [row.pk] if row else []
                continue
            fresh = row or YearlyFigures(organisation=change.organisation)
            for name, value in values.items():
                setattr(fresh, name, YearlyFigures._meta.get_field(name).to_python(value))  # type: ignore[union-attr]
            (old if row else new).append(fresh)
    YearlyFigures.objects.filter(pk__in=gone).delete()
    YearlyFigures.objects.bulk_create(new, batch_size=500)
    names = [f.name for f in YearlyFigures._meta.concrete_fields if f.name not in ("id", "organisation")]
    YearlyFigures.objects.bulk_create(
        old, batch_size=200, update_conflicts=True, unique_fields=["id"], update_fields=names
    )
