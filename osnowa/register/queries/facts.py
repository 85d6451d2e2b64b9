"""Reads of the register: the facts of an organisation as the journal keeps them."""

import json
from collections.abc import Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from osnowa.register.models import (
    Activity,
    Identifier,
    Listing,
    Organisation,
    Recognition,
    ServiceArea,
    YearlyFigures,
)

#: Fields of an organisation that people change; each has a source, a date and an author in `provenance`.
FIELDS = (
    "kind", "parent", "legal_name", "short_name", "other_names", "legal_form", "sector", "pes_category",
    "economic_activity", "founded_on", "registered_on", "activity_status", "last_confirmed_on", "confirmed_by",
    "ended_on", "end_reason", "successor", "street", "postal_code", "locality", "country", "municipality", "lat", "lon",
    "geo_precision", "is_location_hidden", "operating_area", "about", "links", "target_groups", "nace_version",
    "visibility",
)  # fmt: skip
#: What hangs on an organisation row by row: {name of the fact: (model, field that tells rows apart)}.
PARTS: dict[str, tuple[type[Model], str]] = {
    "figures": (YearlyFigures, "as_of_on"),
    "recognition": (Recognition, "pk"),
    "listing": (Listing, "pk"),
}
_NOT_FACTS = {"id", "organisation", "reminded_on"}


def plain(value: Any) -> Any:
    """The value as JSON would give it back."""
    if value is None or isinstance(value, str | int):
        return value
    return json.loads(json.dumps(value, cls=DjangoJSONEncoder))


def row_facts(row: Model) -> dict[str, Any]:
    """The fields of one related row, fit for JSON."""
    fields = [f for f in row._meta.concrete_fields if f.name not in _NOT_FACTS]
    return {f.name: plain(f.value_from_object(row)) for f in fields}


def facts(organisation: Organisation) -> dict[str, Any]:
    """Everything the journal keeps of an organisation, flat and fit for JSON; contacts are personal and not in it."""
    return facts_of([organisation])[organisation.pk]


def facts_of(organisations: Sequence[Organisation], *, with_rows: bool = True) -> dict[int, dict[str, Any]]:
    """{key: facts} of many organisations; six queries for what hangs on them, however many they are.

    Without their rows (figures, recognitions, listings) three.
    """
    fields = [organisations[0]._meta.get_field(name) for name in FIELDS] if organisations else []
    kept = {it.pk: {field.name: plain(field.value_from_object(it)) for field in fields} for it in organisations}  # type: ignore[union-attr]
    for known in kept.values():
        known |= {"identifiers": {}, "activities": [], "service_areas": []}
    for pk, scheme, value in Identifier.objects.filter(organisation__in=kept).values_list("organisation_id", "scheme", "value"):
        kept[pk]["identifiers"][scheme] = value
    for pk, nace in Activity.objects.filter(organisation__in=kept).values_list("organisation_id", "nace"):
        kept[pk]["activities"].append(nace)
    for pk, code in ServiceArea.objects.filter(organisation__in=kept).values_list("organisation_id", "code"):
        kept[pk]["service_areas"].append(code)
    for name, (model, key) in PARTS.items() if with_rows else ():
        for row in model._default_manager.filter(organisation__in=kept):
            kept[row.organisation_id][f"{name}:{getattr(row, key)}"] = row_facts(row)  # type: ignore[attr-defined]
    return kept


def facts_after(organisation: Organisation, entry_id: int) -> dict[str, Any]:
    """The facts as they were right after an entry of the journal, found by walking the later entries backwards."""
    from osnowa.journal.queries import entries_of

    state = facts(organisation)
    for changes in entries_of(organisation).filter(id__gt=entry_id).values_list("changes", flat=True):
        for name, (before, _) in changes.items():
            if before is None and ":" in name:
                state.pop(name, None)
            else:
                state[name] = before
    return state
