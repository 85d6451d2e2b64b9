"""What everybody may know of organisations, as plain facts: the one reading behind the interface, the dumps and the feeds.

Whoever asks gets the same: no person is asked for. What is not public is not read at all; a hidden place is the middle of
its municipality; a small count of people is nobody's (V3).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from osnowa.opendata.formats.org_id import org_id
from osnowa.places.models import Region, Territory
from osnowa.register import access
from osnowa.register.models import (
    Activity,
    Contact,
    Identifier,
    Listing,
    Organisation,
    Recognition,
    ServiceArea,
    Visibility,
    YearlyFigures,
)
from osnowa.register.queries.figures import GROUPS, shown_figures

Facts = dict[str, Any]
#: What hangs on an organisation and costs a query each; everything else is in its own row.
PARTS = ("identifiers", "activities", "services", "recognitions", "contacts", "figures", "listings", "units")
#: The days whose figures are public: those the page of the organisation shows.
DAYS_OF_FIGURES = 5
FIGURES = tuple(name for group in GROUPS for name in group[2])
#: The facts whose sources are told; contacts have none, and of a hidden place even the source is not told.
_PLACE = frozenset({"street", "postal_code", "locality", "lat", "lon", "geo_precision"})
_STATES = (Recognition.State.GRANTED, Recognition.State.WITHDRAWN, Recognition.State.EXPIRED)


def public_organisations(region: Region) -> QuerySet[Organisation]:
    """The organisations of a region that everybody may see, closed ones too."""
    return access.visible(AnonymousUser(), region)


def public_facts(organisations: Iterable[Organisation], parts: Collection[str] = PARTS) -> list[Facts]:
    """The public facts of organisations in their order; a constant number of queries, fewer with fewer `parts`.

    What is not public, or was merged into another record, is passed over whoever put it in.
    """
    rows = [it for it in organisations if it.visibility == Visibility.PUBLIC and it.merged_into_id is None]
    prefetch_related_objects(rows, "region", "municipality", "parent", "successor")
    keys = [it.pk for it in rows]
    hanging = {part: _READ[part](keys) if keys else {} for part in PARTS if part in parts}
    return [_own(it) | {part: found.get(it.pk, []) for part, found in hanging.items()} for it in rows]


def _own(it: Organisation) -> Facts:
    """The facts in the organisation's own row."""
    return {
        "uid": str(it.uid),
        "id": identity(it),
        "page": page(it),
        "region": it.region.slug,
        "slug": it.slug,
        "kind": it.kind,
        "legal_name": it.legal_name,
        "short_name": it.short_name,
        "other_names": list(it.other_names),
        "legal_form": it.legal_form,
        "sector": it.sector,
        "pes_category": it.pes_category,
        "economic_activity": list(it.economic_activity),
        "target_groups": list(it.target_groups),
        "about": it.about,
        "links": list(it.links),
        "founded_on": _day(it.founded_on),
        "registered_on": _day(it.registered_on),
        "activity_status": it.activity_status,
        "last_confirmed_on": _day(it.last_confirmed_on),
        "confirmed_by": it.confirmed_by,
        "ended_on": _day(it.ended_on),
        "end_reason": it.end_reason,
        "parent": _other(it.parent),
        "successor": _other(it.successor),
        "place": _place(it),
        "operating_area": list(it.operating_area),
        "nace_version": it.nace_version,
        "sources": _sources(it),
        "is_invented": it.is_invented,
        "changed_at": it.changed_at.isoformat(),
    }


def identity(it: Organisation) -> str:
    """The address that means the organisation for ever, whatever its name and region become."""
    return f"{settings.ADDRESS}/id/{it.uid}"


def page(it: Organisation) -> str:
    """The page people read, in the first language of the region."""
    languages = {code for code, _name in settings.LANGUAGES}
    language = next((one for one in it.region.languages if one in languages), settings.LANGUAGE_CODE)
    return f"{settings.ADDRESS}/{language}/{it.region.slug}/register/{it.slug}/"


def _other(it: Organisation | None) -> Facts | None:
    """Another organisation by name, where everybody may see it."""
    if it is None or it.visibility != Visibility.PUBLIC:
        return None
    return {"uid": str(it.uid), "slug": it.slug, "legal_name": it.legal_name}


def _place(it: Organisation) -> Facts:
    """Where it is; of a hidden place only the municipality and its middle."""
    town: Territory | None = it.municipality
    told = {"country": it.country, "municipality": _territory(town), "nuts3": town.nuts3 if town else "", "is_hidden": it.is_location_hidden}
    if it.is_location_hidden:
        known = town is not None and town.lat is not None
        return told | {
            "street": "", "postal_code": "", "locality": "", "lat": town.lat if town else None, "lon": town.lon if town else None,
            "precision": "municipality" if known else "",
        }  # fmt: skip
    return told | {
        "street": it.street, "postal_code": it.postal_code, "locality": it.locality, "lat": it.lat, "lon": it.lon,
        "precision": it.geo_precision,
    }  # fmt: skip


def _territory(one: Territory | None) -> Facts | None:
    return {"scheme": one.scheme, "code": one.code, "name": one.name} if one else None


def _sources(it: Organisation) -> dict[str, Facts]:
    """{fact: who says it and since when}; never which person wrote it."""
    hidden = _PLACE if it.is_location_hidden else frozenset()
    return {
        name: {"source": known.get("source", ""), "on": known.get("on")}
        for name, known in it.provenance.items()
        if name not in hidden and ":" not in name and name not in ("visibility", "is_location_hidden")
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(value: Any) -> Any:
    """A number, word or day as JSON writes it."""
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value.isoformat() if isinstance(value, date) else value


def _fields(row: Model, *names: str) -> Facts:
    return {name: _plain(getattr(row, name)) for name in names}


def _identifiers(keys: Sequence[int]) -> dict[int, list[Facts]]:
    found: dict[int, list[Facts]] = defaultdict(list)
    rows = Identifier.objects.filter(organisation__in=keys).order_by("scheme")
    for pk, scheme, value in rows.values_list("organisation_id", "scheme", "value"):
        found[pk].append({"scheme": scheme, "value": value, "org_id": org_id(scheme, value)})
    return found


def _activities(keys: Sequence[int]) -> dict[int, list[Facts]]:
    found: dict[int, list[Facts]] = defaultdict(list)
    rows = Activity.objects.filter(organisation__in=keys).order_by("-is_main", "nace")
    for pk, nace, is_main in rows.values_list("organisation_id", "nace", "is_main"):
        found[pk].append({"nace": nace, "is_main": is_main})
    return found


def _services(keys: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for pk, code in ServiceArea.objects.filter(organisation__in=keys).order_by("code").values_list("organisation_id", "code"):
        found[pk].append(code)
    return found


def _recognitions(keys: Sequence[int]) -> dict[int, list[Facts]]:
    """What was granted, and what ended; not what was only applied for or refused."""
    names = ("code", "state", "regime", "goal", "issuer", "decision_no", "granted_on", "review_on", "ended_on")
    found: dict[int, list[Facts]] = defaultdict(list)
    for row in Recognition.objects.filter(organisation__in=keys, state__in=_STATES).order_by("code", "-granted_on", "pk"):
        found[row.organisation_id].append(_fields(row, *names))
    return found


def _contacts(keys: Sequence[int]) -> dict[int, list[Facts]]:
    """Only who agreed to be published and whose keeping has not ended."""
    found: dict[int, list[Facts]] = defaultdict(list)
    kept = Contact.objects.filter(organisation__in=keys, may_publish=True, keep_until__gte=timezone.localdate())
    for row in kept.order_by("person_name", "pk"):
        found[row.organisation_id].append(_fields(row, "person_name", "function", "email", "phone", "language"))
    return found


def _figures(keys: Sequence[int]) -> dict[int, list[Facts]]:
    """Public yearly figures of the newest days; `hidden` names the counts that are known and too small to be told."""
    of: dict[int, list[YearlyFigures]] = defaultdict(list)
    for row in YearlyFigures.objects.filter(organisation__in=keys, visibility=Visibility.PUBLIC).order_by("-as_of_on"):
        if len(of[row.organisation_id]) < DAYS_OF_FIGURES:
            of[row.organisation_id].append(row)
    return {pk: [_shown(one.row, one.cells) for one in shown_figures(rows, may_edit=False)] for pk, rows in of.items()}


def _shown(row: YearlyFigures, cells: Any) -> Facts:
    known = {name: _plain(cells[name].value) for name in FIGURES}
    return _fields(row, "year", "as_of_on", "source") | known | {"hidden": [name for name in FIGURES if cells[name].is_hidden]}


def _listings(keys: Sequence[int]) -> dict[int, list[Facts]]:
    """Public offers, needs and resources while they last."""
    names = (
        "kind", "type_code", "name", "description", "unit", "capacity_per_month", "price_from", "price_to",
        "lead_time_days", "cpv", "urgency", "until_on",
    )  # fmt: skip
    lasting = Q(until_on__isnull=True) | Q(until_on__gte=timezone.localdate())
    found: dict[int, list[Facts]] = defaultdict(list)
    rows = Listing.objects.filter(lasting, organisation__in=keys, visibility=Visibility.PUBLIC)
    for row in rows.order_by("kind", "name", "pk"):
        found[row.organisation_id].append({"number": row.pk} | _fields(row, *names))
    return found


def _units(keys: Sequence[int]) -> dict[int, list[Facts]]:
    """The public units of a legal person."""
    found: dict[int, list[Facts]] = defaultdict(list)
    units = Organisation.objects.filter(parent__in=keys, visibility=Visibility.PUBLIC).order_by("name_fold", "pk")
    for parent, uid, slug, name in units.values_list("parent_id", "uid", "slug", "legal_name"):
        found[parent].append({"uid": str(uid), "slug": slug, "legal_name": name})
    return found


_READ: dict[str, Any] = {
    "identifiers": _identifiers, "activities": _activities, "services": _services, "recognitions": _recognitions,
    "contacts": _contacts, "figures": _figures, "listings": _listings, "units": _units,
}  # fmt: skip
