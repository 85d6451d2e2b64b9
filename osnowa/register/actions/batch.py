"""Adding many organisations at once: one transaction, one entry for the batch, and a first entry for each of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action, differences
from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.kit.words import address_word, fold
from osnowa.places.models import PostalCode, Region, Territory
from osnowa.register import codes
from osnowa.register.actions.organisations import Person, Values, search_words
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
from osnowa.register.queries import FIELDS, PARTS, plain, row_facts

_OWN_ROWS = ("identifiers", "activities", "service_areas")


@dataclass(eq=False)
class NewOrganisation:
    """What is to be added: the values of `add_organisation`, and rows of figures, recognitions, listings, contacts.

    A `parent` is another new organisation of the same batch.
    """

    values: Values
    parent: "NewOrganisation | None" = None
    figures: list[Values] = field(default_factory=list)
    recognitions: list[Values] = field(default_factory=list)
    listings: list[Values] = field(default_factory=list)
    contacts: list[Values] = field(default_factory=list)
    made: Organisation | None = None


def _check_numbers(rows: Sequence[NewOrganisation]) -> None:
    """V1 for the whole batch: valid numbers, each given once, none of a legal person given to a unit."""
    seen: set[tuple[str, str]] = set()
    for row in rows:
        valid = {s: checked_identifier(s, v) for s, v in row.values.get("identifiers", {}).items() if v}
        for scheme, value in valid.items():
            label = codes.IDENTIFIERS[scheme].label
            if row.parent and codes.IDENTIFIERS[scheme]["legal_person_only"] == "1":
                raise Refused(_("A unit has no %(kind)s of its own: enter it with the legal person.") % {"kind": label})
            if (scheme, value) in seen:
                raise Refused(_("%(kind)s %(number)s stands twice in the batch.") % {"kind": label, "number": value})
            seen.add((scheme, value))
        row.values["identifiers"] = dict(sorted(valid.items()))
    for scheme in {scheme for scheme, _value in seen}:
        values = [value for other, value in seen if other == scheme]
        for start in range(0, len(values), 500):
            taken = Identifier.objects.filter(scheme=scheme, value__in=values[start : start + 500]).first()
            if taken:
                raise Refused(
                    _("%(kind)s %(number)s already belongs to another record of the register.")
                    % {"kind": codes.IDENTIFIERS[scheme].label, "number": taken.value}
                )


def _points(rows: Sequence[NewOrganisation]) -> dict[tuple[str, int], tuple[float, float]]:
    """{(postal code, municipality): middle of the places both name}, as `places.queries.point_of` finds them one by one."""
    wanted = {row.values.get("postal_code", "") for row in rows} - {""}
    spots: dict[tuple[str, int], list[tuple[float, float]]] = defaultdict(list)
    ordered = sorted(wanted)
    for start in range(0, len(ordered), 500):
        found = PostalCode.objects.filter(code__in=ordered[start : start + 500], lat__isnull=False, municipality__isnull=False)
        for code, municipality, lat, lon in found.values_list("code", "municipality_id", "lat", "lon"):
            if lat is not None and lon is not None:
                spots[code, municipality].append((lat, lon))
    return {
        key: (round(sum(p[0] for p in known) / len(known), 5), round(sum(p[1] for p in known) / len(known), 5))
        for key, known in spots.items()
    }


def _place(organisation: Organisation, points: dict[tuple[str, int], tuple[float, float]]) -> None:
    municipality: Territory | None = organisation.municipality
    if organisation.lat is not None or municipality is None:
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


def _make(row: NewOrganisation, region: Region, taken: set[str], points: dict[tuple[str, int], tuple[float, float]],
          *, is_invented: bool) -> Organisation:  # fmt: skip
    made = Organisation(region=region, country=region.jurisdiction, is_invented=is_invented)
    for name, value in row.values.items():
        if name not in _OWN_ROWS:
            setattr(made, name, value)
    made.slug = address_word(made.short_name or made.legal_name, taken)
    taken.add(made.slug)
    made.name_fold = fold(made.short_name or made.legal_name)
    _place(made, points)
    made.search_fold = search_words(made, row.values["identifiers"])
    return made


def _save(rows: Sequence[NewOrganisation]) -> None:
    """Legal persons first, then their units, so that a unit finds the key of its parent."""
    Organisation.objects.bulk_create([r.made for r in rows if r.made and not r.parent], batch_size=200)
    for row in rows:
        if row.made and row.parent:
            row.made.parent = row.parent.made
    Organisation.objects.bulk_create([r.made for r in rows if r.made and r.parent], batch_size=200)


def _check_units(rows: Iterable[NewOrganisation]) -> None:
    for row in rows:
        is_unit = row.values.get("kind") == Organisation.Kind.UNIT
        if is_unit and row.parent is None:
            raise Refused(_("A unit needs the legal person it belongs to."))
        if row.parent and not is_unit:
            raise Refused(_("A legal person belongs to nobody; only a unit has a parent."))
        if row.parent and row.parent.parent:
            raise Refused(_("A unit belongs to a legal person, not to another unit."))


@action("register.organisations_added", says=gettext_lazy("added many organisations"))
def add_organisations(*, by: Person, region: Region, rows: Sequence[NewOrganisation], source: str = "import_list",
                      at: datetime | None = None, via: str = "web", is_invented: bool = False) -> Deed:  # fmt: skip
    """Adds many organisations; the value is their number, each new row then knows the organisation `made` of it.

    `at` is the moment the facts were collected; each record's first entry and sources bear it.
    """
    moment = at or timezone.now()
    _check_units(rows)
    _check_numbers(rows)
    before = Organisation.objects.filter(region=region).count()
    taken = set(Organisation.objects.filter(region=region).values_list("slug", flat=True))
    points = _points(rows)
    for row in rows:
        row.made = _make(row, region, taken, points, is_invented=is_invented)
        row.made.created_at = moment
    _save(rows)
    parts = _write_parts(rows)
    entries, sourced = [], []
    for row in rows:
        assert row.made is not None
        changes = differences({}, _facts(row, parts.get(row.made.pk, {})))
        mark = {"source": source, "on": timezone.localdate(moment).isoformat(), "by": by.pk if by else None}
        row.made.provenance = dict.fromkeys(changes, mark)
        sourced.append(row.made)
        entries.append(Entry(
            at=moment, by=by, via=via, deed="register.organisation_added", place=region.slug,
            thing_type=row.made._meta.label_lower, thing_id=str(row.made.pk), thing_label=str(row.made)[:300], changes=changes,
        ))  # fmt: skip
    Organisation.objects.bulk_update(sourced, ["provenance"], batch_size=100)
    Entry.objects.bulk_create(entries, batch_size=200)
    return Deed(region, {"organisations": [before, before + len(rows)]} if rows else {}, place=region.slug, value=len(rows))
