"""Profiles for Murmurations: an organisation (organizations_schema-v1.0.0), an offer or want (offers_wants_schema-v0.1.0).

`status`, `geographic_scope`, `exchange_type` and `transaction_type` are closed lists there: ours are mapped, never copied.
"""

from datetime import UTC, date, datetime, time
from typing import Any

from osnowa.opendata.formats.org_id import org_ids
from osnowa.register import codes

Facts = dict[str, Any]
ORGANISATION = "organizations_schema-v1.0.0"
OFFER = "offers_wants_schema-v0.1.0"
MOST_TAGS, LONGEST_TAG = 100, 100
STATUS = {
    "active": "active", "not_confirmed": "active", "suspended": "on_hold", "in_liquidation": "on_hold", "closed": "completed",
}  # fmt: skip
#: Levels of the area of operation, from the widest.
_SCOPES = (
    ("international", ("international", "world", "eu", "europe")),
    ("national", ("national", "country", "pl", "si")),
    ("regional", ("regional", "region", "voivodeship", "nuts2", "nuts3")),
)


def profile(facts: Facts, address: str) -> Facts:
    """The profile of an organisation; nothing empty is said."""
    place = facts["place"]
    said = {
        "linked_schemas": [ORGANISATION],
        "name": facts["legal_name"],
        "nickname": facts["short_name"],
        "primary_url": facts["page"],
        "tags": tags(facts),
        "urls": [{"name": one.get("kind", ""), "url": one["url"]} for one in facts["links"] if _is_web(one.get("url", ""))],
        "description": facts["about"],
        "status": STATUS[facts["activity_status"]],
        "full_address": ", ".join(filter(None, (place["street"], f"{place['postal_code']} {_town(place)}".strip(), place["country"]))),
        "country_iso_3166": place["country"],
        "geolocation": geolocation(place),
        "relationships": _relationships(facts, address),
        "starts_at": _moment(facts["founded_on"] or facts["registered_on"]),
        "ends_at": _moment(facts["ended_on"]),
        "contact_details": {"contact_form": facts["page"]},
        "geographic_scope": scope(facts["operating_area"]),
        "unique_id": next(iter(org_ids(facts["identifiers"])), facts["uid"]),
    }
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def listing(one: Facts, facts: Facts) -> Facts:
    """The profile of an offer, a need or a resource of an organisation."""
    said = {
        "linked_schemas": [OFFER],
        "exchange_type": "want" if one["kind"] == "need" else "offer",
        "item_type": "good" if (one["cpv"] and one["cpv"][0] in "0123") or one["kind"] == "resource" else "service",
        "transaction_type": ["borrow-lend", "rent-lease"] if one["kind"] == "resource" else ["buy-sell"],
        "tags": _cut([_label(_types(one["kind"]), one["type_code"]), *tags(facts)[:5]]),
        "title": one["name"],
        "description": one["description"] or one["name"],
        "details_url": f"{facts['page']}listings/",
        "geolocation": geolocation(facts["place"]),
        "geographic_scope": scope(facts["operating_area"]),
        "contact_details": {"contact_form": facts["page"]},
        "expires_at": _moment(one["until_on"]),
    }
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def tags(facts: Facts) -> list[str]:
    """Words the profile is found by, in English: form, sector, services, statuses, main activity."""
    words = [_label(codes.LEGAL_FORMS, facts["legal_form"]), _label(codes.SECTORS, facts["sector"])]
    words += [_label(codes.SERVICE_AREAS, code) for code in facts["services"]]
    words += [_label(codes.RECOGNITIONS, one["code"]) for one in facts["recognitions"] if one["state"] == "granted"]
    nace = codes.NACE.get(facts["nace_version"])
    words += [_label(nace, one["nace"]) for one in facts["activities"] if nace is not None]
    return _cut(words)


def _cut(words: list[str]) -> list[str]:
    """At most a hundred different tags of at most a hundred signs."""
    return list(dict.fromkeys(word[:LONGEST_TAG].strip() for word in words if word))[:MOST_TAGS]


def geolocation(place: Facts) -> Facts | None:
    """The public point: of a hidden place the middle of its municipality."""
    known = place["lat"] is not None and place["lon"] is not None
    return {"lat": place["lat"], "lon": place["lon"]} if known else None


def scope(areas: list[Any]) -> str:
    """The widest level an area of operation names; local where it names none we know."""
    said = {str(one.get("level", one.get("code", "")) if isinstance(one, dict) else one).lower() for one in areas}
    return next((level for level, words in _SCOPES if said & set(words)), "local")


def _relationships(facts: Facts, address: str) -> list[Facts]:
    found = [("https://schema.org/subOrganization", one["uid"]) for one in facts["units"]]
    found += [("https://schema.org/parentOrganization", facts["parent"]["uid"])] if facts["parent"] else []
    return [{"predicate_url": predicate, "object_url": f"{address}/id/{uid}"} for predicate, uid in found]


def _town(place: Facts) -> str:
    return str(place["locality"] or (place["municipality"] or {}).get("name", ""))


def _moment(day: str | None) -> int | None:
    return int(datetime.combine(date.fromisoformat(day), time(), UTC).timestamp()) if day else None


def _label(rows: Any, code: str) -> str:
    row = rows.get(code)
    return row.labels["en"] if row else code


def _types(kind: str) -> Any:
    return {"offer": codes.SERVICE_AREAS, "need": codes.NEED_TYPES}.get(kind, codes.RESOURCE_TYPES)


def _is_web(address: str) -> bool:
    return address.startswith(("https://", "http://"))
