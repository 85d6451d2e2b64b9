"""Profiles keep to the rules of the Murmurations schemas."""

import re

import pytest

from osnowa.opendata.formats import murmurations
from osnowa.register.models import Organisation
from tests.unit.opendata.facts import ADDRESS, UID, cooperative, golden, shelter

#: The schemas' own rules, of organizations_schema-v1.0.0 and offers_wants_schema-v0.1.0 with their fields.
STATUS = {"active", "completed", "cancelled", "on_hold", "in_planning"}
SCOPE = {"local", "regional", "national", "international"}
TRANSACTIONS = {"borrow-lend", "rent-lease", "buy-sell", "receive-donate"}
OF_ORGANISATION = {
    "linked_schemas", "name", "nickname", "primary_url", "tags", "urls", "description", "mission", "status", "full_address",
    "country_iso_3166", "geolocation", "image", "header_image", "images", "rss", "relationships", "starts_at", "ends_at",
    "contact_details", "telephone", "geographic_scope", "unique_id",
}  # fmt: skip
OF_OFFER = {
    "linked_schemas", "exchange_type", "item_type", "transaction_type", "tags", "title", "description", "image", "details_url", "geolocation",
    "geographic_scope", "contact_details", "expires_at",
}  # fmt: skip
NEEDED_OF_OFFER = {"linked_schemas", "exchange_type", "transaction_type", "tags", "title", "description", "geographic_scope", "contact_details"}


def faults(profile: dict) -> list[str]:
    """What the schema would say against a profile of an organisation."""
    found = [f"unknown {name}" for name in profile.keys() - OF_ORGANISATION]
    found += [f"no {name}" for name in ("linked_schemas", "name") if not profile.get(name)]
    found += ["status"] if profile.get("status", "active") not in STATUS else []
    return found + _shared_faults(profile)


def faults_of_offer(profile: dict) -> list[str]:
    """What the schema would say against a profile of an offer or want."""
    found = [f"unknown {name}" for name in profile.keys() - OF_OFFER]
    found += [f"no {name}" for name in NEEDED_OF_OFFER if not profile.get(name)]
    found += ["exchange_type"] if profile["exchange_type"] not in ("offer", "want") else []
    found += ["item_type"] if profile.get("item_type", "good") not in ("good", "service") else []
    found += ["transaction_type"] if set(profile["transaction_type"]) - TRANSACTIONS else []
    return found + _shared_faults(profile)


def _shared_faults(profile: dict) -> list[str]:
    tags = profile.get("tags", [])
    found = ["tags"] if len(tags) > 100 or len(set(tags)) != len(tags) or any(not tag or len(tag) > 100 for tag in tags) else []
    found += ["scope"] if profile.get("geographic_scope", "local") not in SCOPE else []
    addresses = [profile.get("primary_url"), profile.get("details_url"), profile.get("contact_details", {}).get("contact_form")]
    addresses += [one["url"] for one in profile.get("urls", [])] + [one["object_url"] for one in profile.get("relationships", [])]
    found += [f"address {one}" for one in addresses if one and (not re.match(r"https?://.", one) or len(one) > 2000)]
    place = profile.get("geolocation", {"lat": 0, "lon": 0})
    found += ["geolocation"] if not (-90 <= place["lat"] <= 90 and -180 <= place["lon"] <= 180) else []
    found += [name for name in ("starts_at", "ends_at", "expires_at") if not isinstance(profile.get(name, 0), int)]
    found += ["country"] if not re.fullmatch("[A-Z]{2}", profile.get("country_iso_3166", "PL")) else []
    return found


def test_profiles_are_the_golden_ones():
    golden("murmurations.json", murmurations.profile(cooperative(), ADDRESS))
    golden("murmurations-offers.json", [murmurations.listing(one, cooperative()) for one in cooperative()["listings"]])


@pytest.mark.parametrize("facts", [cooperative(), shelter()], ids=["co-operative", "shelter"])
def test_the_schema_of_organisations_has_nothing_against_a_profile(facts):
    assert faults(murmurations.profile(facts, ADDRESS)) == []


def test_the_schema_of_offers_has_nothing_against_offers_wants_and_resources():
    for one in cooperative()["listings"]:
        assert faults_of_offer(murmurations.listing(one, cooperative())) == []


def test_the_check_finds_what_is_wrong():
    good = murmurations.profile(cooperative(), ADDRESS)
    assert faults(good | {"status": "closed", "tags": ["a"] * 2, "primary_url": "ftp://x", "colour": "red"}) == ["unknown colour", "status", "tags", "address ftp://x"]


@pytest.mark.parametrize("status", Organisation.Status.values)
def test_every_status_of_ours_is_one_of_theirs(status):
    assert murmurations.profile(cooperative() | {"activity_status": status}, ADDRESS)["status"] in STATUS


def test_there_are_at_most_a_hundred_tags_of_a_hundred_signs():
    many = cooperative() | {"services": [f"{number} " + "x" * 300 for number in range(300)]}
    tags = murmurations.profile(many, ADDRESS)["tags"]
    assert (len(tags), max(map(len, tags))) == (100, 100)


@pytest.mark.parametrize(("area", "scope"), [([], "local"), (["regional"], "regional"), (["Country", "region"], "national"), ([{"level": "EU"}], "international")])
def test_the_widest_area_is_the_scope(area, scope):
    assert murmurations.scope(area) == scope


def test_a_unit_names_its_legal_person():
    relationships = murmurations.profile(shelter(), ADDRESS)["relationships"]
    assert relationships == [{"predicate_url": "https://schema.org/parentOrganization", "object_url": f"{ADDRESS}/id/{UID}"}]


def test_a_link_that_is_none_of_the_web_is_not_published():
    profile = murmurations.profile(cooperative() | {"links": [{"kind": "website", "url": "javascript:alert(1)"}]}, ADDRESS)
    assert "urls" not in profile
