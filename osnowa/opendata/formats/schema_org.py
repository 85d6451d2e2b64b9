"""One organisation as JSON-LD: schema.org for search engines, ESSglobal and RegORG for those who know them."""

from collections.abc import Mapping
from typing import Any

from osnowa.opendata.formats import vocabulary
from osnowa.opendata.formats.licence import licence
from osnowa.opendata.formats.org_id import org_id
from osnowa.register import codes

Facts = dict[str, Any]
CONTEXT: Mapping[str, Any] = {
    "@vocab": "https://schema.org/",
    "schema": "https://schema.org/",
    "ess": "http://purl.org/essglobal/vocab/",
    "org": "http://www.w3.org/ns/org#",
    "rov": "http://www.w3.org/ns/regorg#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "foundingDate": {"@type": "xsd:date"},
    "dissolutionDate": {"@type": "xsd:date"},
    "dateModified": {"@type": "xsd:dateTime"},
    "url": {"@type": "@id"},
    "sameAs": {"@type": "@id"},
    "license": {"@type": "@id"},
    "parentOrganization": {"@type": "@id"},
    "subOrganization": {"@type": "@id"},
    "ess:legalForm": {"@type": "@id"},
    "ess:organisationalStructure": {"@type": "@id"},
    "ess:economicSector": {"@type": "@id"},
    "rov:orgType": {"@type": "@id"},
    "org:hasUnit": {"@type": "@id"},
}
#: Numbers that are the organisation's tax number, and those that are its VAT number.
TAX = ("PL-NIP", "SI-DDV", "IT-CF", "HR-OIB", "ES-NIF", "HU-ANUM")
VAT = {"EU-VAT": "", "IT-IVA": "IT", "BE-VAT": "BE", "DE-VAT": "DE", "AT-UID": "AT"}
_OUTSIDE_BUSINESS = ("social_economy", "civil_society")


def document(facts: Facts, address: str, currency: str) -> Facts:
    """The whole document of one organisation; `address` is that of this installation."""
    return {"@context": dict(CONTEXT), **node(facts, address, currency), "license": licence().address}


def node(facts: Facts, address: str, currency: str) -> Facts:
    """What is said of one organisation, without the context; nothing empty is said."""
    numbers = {one["scheme"]: one["value"] for one in facts["identifiers"]}
    said = {
        "@id": facts["id"],
        "@type": _kinds(facts),
        "name": facts["short_name"] or facts["legal_name"],
        "legalName": facts["legal_name"],
        "rov:legalName": facts["legal_name"],
        "alternateName": facts["other_names"],
        "description": facts["about"],
        "url": facts["page"],
        "identifier": _identifiers(facts),
        "taxID": next((numbers[scheme] for scheme in TAX if scheme in numbers), None),
        "vatID": next((f"{VAT[scheme]}{numbers[scheme]}" for scheme in VAT if scheme in numbers), None),
        "address": _address(facts["place"]),
        "ess:hasAddress": _ess_address(facts["place"]),
        "location": _location(facts["place"]),
        "areaServed": [str(one.get("name", one.get("code", ""))) if isinstance(one, dict) else str(one) for one in facts["operating_area"]],
        "foundingDate": facts["founded_on"] or facts["registered_on"],
        "dissolutionDate": facts["ended_on"],
        "numberOfEmployees": _employees(facts.get("figures", ())),
        "knowsAbout": _knows(facts),
        "parentOrganization": _of(facts["parent"], address),
        "subOrganization": [_of(one, address) for one in facts.get("units", ())],
        "org:hasUnit": [_of(one, address) for one in facts.get("units", ())],
        "makesOffer": [_offer(one, currency) for one in facts.get("listings", ()) if one["kind"] != "need"],
        "seeks": [_demand(one) for one in facts.get("listings", ()) if one["kind"] == "need"],
        "sameAs": [one["url"] for one in facts["links"] if _is_web(one.get("url", ""))],
        "award": _awards(facts.get("recognitions", ())),
        "rov:orgType": vocabulary.concept("legal-forms", facts["legal_form"]),
        "ess:legalForm": [
            vocabulary.concept("legal-forms", facts["legal_form"]), *vocabulary.close("form", facts["legal_form"], "L"),
        ],
        "ess:organisationalStructure": vocabulary.close("form", facts["legal_form"], "OS"),
        "ess:economicSector": sorted({one for code in facts["services"] for one in vocabulary.close("service", code, "AM")}),
        "dateModified": facts["changed_at"],
        "disambiguatingDescription": "Invented for a sample: this organisation does not exist." if facts["is_invented"] else "",
    }  # fmt: skip
    return {name: value for name, value in said.items() if value not in (None, "", [], {})}


def _kinds(facts: Facts) -> list[str]:
    """Outside business an organisation is an NGO; of the social economy also an initiative of it."""
    kinds = ["Organization"]
    if facts["sector"] == "civil_society":
        kinds = ["NGO"]
    if facts["sector"] in _OUTSIDE_BUSINESS:
        kinds.append("ess:SSEInitiative")
    return kinds


def _identifiers(facts: Facts) -> list[Facts]:
    rows = [("uid", facts["uid"])]
    rows += [(one["scheme"], one["value"]) for one in facts["identifiers"]]
    made = [{"@type": "PropertyValue", "propertyID": scheme, "value": value} for scheme, value in rows]
    return [*made, *({"@type": "PropertyValue", "propertyID": "org-id", "value": org_id(s, v)} for s, v in rows[1:])]


def _address(place: Facts) -> Facts:
    told = {
        "streetAddress": place["street"], "postalCode": place["postal_code"],
        "addressLocality": place["locality"] or (place["municipality"] or {}).get("name"),
        "addressRegion": place["nuts3"], "addressCountry": place["country"],
    }  # fmt: skip
    return {"@type": "PostalAddress", **{name: value for name, value in told.items() if value}}


def _ess_address(place: Facts) -> Facts:
    told = {
        "vcard:street-address": place["street"], "vcard:postal-code": place["postal_code"],
        "vcard:locality": place["locality"] or (place["municipality"] or {}).get("name"), "vcard:country-name": place["country"],
    }  # fmt: skip
    return {"@type": "ess:Address", **{name: value for name, value in told.items() if value}}


def _location(place: Facts) -> Facts | None:
    """A point; of a hidden place the middle of its municipality, and that is said."""
    if place["lat"] is None or place["lon"] is None:
        return None
    told: Facts = {"@type": "Place", "geo": {"@type": "GeoCoordinates", "latitude": place["lat"], "longitude": place["lon"]}}
    if place["is_hidden"] and place["municipality"]:
        told["name"] = place["municipality"]["name"]
    return told


def _employees(figures: Any) -> Facts | None:
    for one in figures:
        if one["employees"] is not None:
            return {"@type": "QuantitativeValue", "value": one["employees"], "description": one["as_of_on"]}
    return None


def _knows(facts: Facts) -> list[Facts]:
    """Services and NACE classes as terms of their lists."""
    services = [
        {"@type": "DefinedTerm", "@id": vocabulary.concept("services", code), "termCode": code, "name": _label(codes.SERVICE_AREAS, code)}
        for code in facts["services"]
    ]  # fmt: skip
    version = facts["nace_version"]
    classes = [
        {"@type": "DefinedTerm", "termCode": one["nace"], "name": _label(codes.NACE[version], one["nace"]) if version in codes.NACE else one["nace"],
         "inDefinedTermSet": f"NACE {version}"}
        for one in facts["activities"]
    ]  # fmt: skip
    return services + classes


def _label(rows: Any, code: str) -> str:
    row = rows.get(code)
    return row.labels["en"] if row else code


def _of(other: Facts | None, address: str) -> str | None:
    return f"{address}/id/{other['uid']}" if other else None


def _awards(recognitions: Any) -> list[str]:
    return [_label(codes.RECOGNITIONS, one["code"]) for one in recognitions if one["state"] == "granted"]


def _is_web(address: str) -> bool:
    return address.startswith(("https://", "http://"))


def _thing(one: Facts) -> Facts:
    return {"name": one["name"], **({"description": one["description"]} if one["description"] else {})}


def _offer(one: Facts, currency: str) -> Facts:
    told = {"@type": "Offer", **_thing(one), "itemOffered": {"@type": "Service", "name": one["name"]}}
    if one["kind"] == "resource":
        told["businessFunction"] = {"@id": "http://purl.org/goodrelations/v1#LeaseOut"}
    if one["price_from"] is not None or one["price_to"] is not None:
        prices = {"minPrice": one["price_from"], "maxPrice": one["price_to"], "priceCurrency": currency}
        told["priceSpecification"] = {"@type": "PriceSpecification", **{n: v for n, v in prices.items() if v is not None}}
    return told | ({"validThrough": one["until_on"]} if one["until_on"] else {})


def _demand(one: Facts) -> Facts:
    told = {"@type": "Demand", **_thing(one), "itemOffered": {"@type": "Service", "name": one["name"]}}
    return told | ({"validThrough": one["until_on"]} if one["until_on"] else {})
