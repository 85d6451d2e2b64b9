"""Reads of the moderation queue: what a proposal would change, what changed meanwhile, who is in the register already."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from osnowa.journal.queries import entries_of
from osnowa.kit.words import fold
from osnowa.people.models import Person
from osnowa.people.queries import contribute
from osnowa.places.models import Region, Territory
from osnowa.places.queries import municipalities_of
from osnowa.register import codes
from osnowa.register.models import Identifier, Organisation, Proposal
from osnowa.register.queries.merges import standing_of
from osnowa.register.queries.search import bearing

#: Public fields anyone may propose to change; contacts, coordinates and visibility are not among them.
PROPOSABLE = (
    "legal_name", "short_name", "street", "postal_code", "locality", "activity_status", "about", "links",
    "service_areas", "target_groups",
)  # fmt: skip
#: Fields that say where an organisation is: never shown or asked where the exact place is hidden.
EXACT_PLACE = ("street", "postal_code", "locality")
LABELS: dict[str, Any] = {
    "legal_name": _("Legal name"),
    "short_name": _("Short name"),
    "legal_form": _("Legal form"),
    "identifiers": _("Number"),
    "street": _("Street and number"),
    "postal_code": _("Postal code"),
    "locality": _("Locality"),
    "activity_status": _("Activity status"),
    "about": _("Description"),
    "links": _("Links"),
    "service_areas": _("Services"),
    "target_groups": _("People served"),
}
_CODED = {
    "legal_form": codes.LEGAL_FORMS,
    "activity_status": codes.ACTIVITY_STATUS,
    "service_areas": codes.SERVICE_AREAS,
    "target_groups": codes.TARGET_GROUPS,
}
#: What a new record cannot be made without.
NEEDED = ("legal_name", "legal_form")


@dataclass(frozen=True)
class Row:
    """One field of a proposal: what it says now, what it should say, and when it was changed since the proposal."""

    name: str
    label: str
    now: str
    proposed: str
    changed_at: datetime | None = None
    is_needed: bool = False
    is_done: bool = False


def present(organisation: Organisation) -> dict[str, Any]:
    """The proposable fields as they are now; without the exact place where it is hidden."""
    hidden = EXACT_PLACE if organisation.is_location_hidden else ()
    values = {name: getattr(organisation, name) for name in PROPOSABLE if name not in (*hidden, "service_areas")}
    return values | {"service_areas": [area.code for area in organisation.service_areas.all()]}


def different(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """The fields of `after` whose value is another; the order of a list of codes does not count."""
    return {name: value for name, value in after.items() if name in before and _bare(before[name]) != _bare(value)}


def _bare(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(str(item.get("url") if isinstance(item, dict) else item) for item in value)
    return (value or "").replace("\r\n", "\n").strip()


def readable(name: str, value: Any) -> str:
    """A value as a person reads it: labels for codes, one item a line."""
    coded = _CODED.get(name)
    if coded:
        many = value if isinstance(value, list) else [value] if value else []
        return ", ".join(coded.label(code) for code in many)
    if name == "links":
        return "\n".join(link["url"] for link in value or [])
    if name == "identifiers":
        return "\n".join(f"{codes.IDENTIFIERS.label(scheme)}: {number}" for scheme, number in (value or {}).items())
    return str(value or "")


def rows_of(proposal: Proposal) -> list[Row]:
    """The proposal field by field, old beside new."""
    it = proposal.organisation
    names = [name for name in LABELS if name in proposal.values]
    if it is None or proposal.kind == Proposal.Kind.NEW:
        return [
            Row(name, str(LABELS[name]), "", readable(name, proposal.values[name]), is_needed=name in NEEDED)
            for name in names
        ]
    now = present(it)
    later = _changed_since(it, proposal.made_at, names) if proposal.state == Proposal.State.WAITING else {}
    return [
        Row(
            name, str(LABELS[name]), readable(name, now.get(name)), readable(name, proposal.values[name]),
            changed_at=later.get(name), is_done=not different({name: now.get(name)}, {name: proposal.values[name]}),
        )
        for name in names
    ]  # fmt: skip


def says_all_already(rows: Iterable[Row]) -> bool:
    """Whether the register says already all that was proposed, and something was."""
    done = [row.is_done for row in rows]
    return bool(done) and all(done)


def _changed_since(organisation: Organisation, made_at: datetime, names: Iterable[str]) -> dict[str, datetime]:
    changed: dict[str, datetime] = {}
    for changes, at in entries_of(organisation).filter(at__gt=made_at).values_list("changes", "at"):
        for name in names:
            if name in changes:
                changed.setdefault(name, at)
    return changed


@dataclass(frozen=True)
class Likeness:
    """A record that may be the same organisation; `organisation` is None where it belongs to another region."""

    organisation: Organisation | None
    by_number: bool


def likenesses(proposal: Proposal) -> list[Likeness]:
    """Records that share a number or the folded name with a proposed new organisation."""
    numbers = Q(pk__in=[])
    for scheme, value in proposal.values.get("identifiers", {}).items():
        numbers |= Q(scheme=scheme, value=value)
    leads = standing_of(Identifier.objects.filter(numbers).values_list("organisation", flat=True))
    holders = list(Organisation.objects.filter(pk__in=set(leads.values())))
    same = [Likeness(it if it.region_id == proposal.region_id else None, True) for it in holders]
    name = fold(proposal.values.get("legal_name", ""))
    if name:
        named = bearing(Organisation.objects.filter(region=proposal.region_id), name, proposal.region_id)
        known = {it.pk for it in holders}
        same += [Likeness(it, False) for it in named[:10] if it.pk not in known]
    return same


def places_for(region: Region, proposal: Proposal) -> list[Territory]:
    """The municipalities the proposed postal code serves, to choose from; empty where none is proposed."""
    code = proposal.values.get("postal_code", "")
    country = proposal.organisation.country if proposal.organisation else region.jurisdiction
    return municipalities_of(country, code) if code else []


@contribute("proposals", panel="register/panels/own_proposals.html")
def proposals_of(person: Person) -> list[dict[str, Any]]:
    """What a person proposed and what became of it, newest first: for her own page and the export of her data."""
    fields = ("kind", "values", "message", "email", "name", "basis", "made_at", "state", "decided_at", "reason")
    found = Proposal.objects.filter(person=person).select_related("organisation").order_by("-made_at")
    return [
        {field: getattr(it, field) for field in fields} | {"about": str(it), "state_label": it.get_state_display()}
        for it in found
    ]
