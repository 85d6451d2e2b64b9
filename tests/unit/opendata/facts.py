"""Public facts of two organisations, written by hand, for the converters."""

import json
import os
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parent / "golden"
ADDRESS = "https://osnowa.example"
UID, UNIT = "0b8f9d2e-3a54-4b8e-9b1c-5f1f6a2d7c10", "7c1f9d2e-3a54-4b8e-9b1c-5f1f6a2d7c11"
_FIGURE_NAMES = (
    "employees", "employees_fte", "employees_contract", "employees_at_risk", "employees_disability", "employees_women", "employees_under_30",
    "employees_over_50", "jobs_in_status", "jobs_created", "jobs_lost", "participants", "graduates", "employed_after", "beneficiaries",
    "volunteers", "volunteer_hours", "revenue_total", "revenue_market", "revenue_public_contracts", "revenue_grants", "revenue_donations",
    "revenue_fees", "revenue_other", "surplus", "surplus_reinvested_percent", "wage_lowest", "wage_median", "wage_highest",
    "members_natural", "members_legal", "is_one_member_one_vote", "has_staff_body",
)  # fmt: skip


def cooperative() -> dict[str, Any]:
    """A social co-operative with everything that can be said of one."""
    return {
        "uid": UID, "id": f"{ADDRESS}/id/{UID}", "page": f"{ADDRESS}/pl/pomorskie/register/dobry-chleb/", "region": "pomorskie",
        "slug": "dobry-chleb", "kind": "legal_person", "legal_name": "Spółdzielnia Socjalna „Dobry Chleb”", "short_name": "Dobry Chleb",
        "other_names": ["Piekarnia Dobry Chleb; Sopot"], "legal_form": "PL-SPSOC", "sector": "social_economy", "pes_category": "a",
        "economic_activity": ["business"], "target_groups": ["unemployed", "disability"], "about": "=Pieczemy chleb na zakwasie.",
        "links": [{"kind": "website", "url": "https://chleb.example/"}], "founded_on": "2015-05-04", "registered_on": "2015-06-01",
        "activity_status": "active", "last_confirmed_on": "2026-01-15", "confirmed_by": "self_declared", "ended_on": None, "end_reason": "",
        "parent": None, "successor": None,
        "place": {
            "country": "PL", "municipality": {"scheme": "TERYT", "code": "2261011", "name": "Gdańsk"}, "nuts3": "PL633", "is_hidden": False,
            "street": "Długa 1", "postal_code": "80-001", "locality": "Gdańsk", "lat": 54.33, "lon": 18.62, "precision": "address",
        },
        "operating_area": ["regional"], "nace_version": "2.1", "sources": {}, "is_invented": True, "changed_at": "2026-11-20T09:00:00+00:00",
        "identifiers": [
            {"scheme": "PL-KRS", "value": "0000123456"}, {"scheme": "PL-NIP", "value": "1234563218"},
            {"scheme": "PL-REGON", "value": "123456785"},
        ],
        "activities": [{"nace": "10.71", "is_main": True}, {"nace": "56.21", "is_main": False}],
        "services": ["catering", "local_food"],
        "recognitions": [{
            "code": "PL-PS", "state": "granted", "regime": "statutory", "goal": "reintegration", "issuer": "Wojewoda", "decision_no": "12/2023",
            "granted_on": "2023-05-01", "review_on": "2027-03-31", "ended_on": None,
        }],
        "figures": [dict.fromkeys(_FIGURE_NAMES) | {
            "year": 2025, "as_of_on": "2025-12-31", "source": "self_declared", "employees": 12, "employees_fte": 9.5, "revenue_total": 830000,
            "is_one_member_one_vote": True, "hidden": ["employees_at_risk"],
        }],
        "listings": [
            {"number": 3, "kind": "need", "type_code": "premises", "name": "Lokal na sklep", "description": "", "unit": "", "capacity_per_month": None,
             "price_from": None, "price_to": None, "lead_time_days": None, "cpv": "", "urgency": "high", "until_on": "2026-12-31"},
            {"number": 1, "kind": "offer", "type_code": "catering", "name": "Chleb na zakwasie", "description": "Codziennie świeży.", "unit": "kg",
             "capacity_per_month": 800, "price_from": 9, "price_to": 14.5, "lead_time_days": 2, "cpv": "15811100-7", "urgency": "", "until_on": None},
            {"number": 2, "kind": "resource", "type_code": "room", "name": "Sala szkoleniowa", "description": "", "unit": "hour",
             "capacity_per_month": None, "price_from": 50, "price_to": 50, "lead_time_days": None, "cpv": "", "urgency": "", "until_on": None},
        ],
        "units": [{"uid": UNIT, "slug": "wtz", "legal_name": "Warsztat Terapii Zajęciowej"}],
    }  # fmt: skip


def shelter() -> dict[str, Any]:
    """A closed unit whose place is hidden and of which little is known."""
    return cooperative() | {
        "uid": UNIT, "id": f"{ADDRESS}/id/{UNIT}", "page": f"{ADDRESS}/pl/pomorskie/register/wtz/", "slug": "wtz", "kind": "unit",
        "legal_name": "Warsztat Terapii Zajęciowej", "short_name": "", "other_names": [], "legal_form": "PL-WTZ", "about": "", "links": [],
        "activity_status": "closed", "ended_on": "2026-06-30", "end_reason": "liquidation", "operating_area": [], "target_groups": [],
        "parent": {"uid": UID, "slug": "dobry-chleb", "legal_name": "Spółdzielnia Socjalna „Dobry Chleb”"},
        "place": {
            "country": "PL", "municipality": {"scheme": "TERYT", "code": "2263011", "name": "Słupsk"}, "nuts3": "PL636", "is_hidden": True,
            "street": "", "postal_code": "", "locality": "", "lat": 54.464, "lon": 17.028, "precision": "municipality",
        },
        "identifiers": [], "activities": [], "services": [], "recognitions": [], "figures": [], "listings": [], "units": [],
        "economic_activity": [], "is_invented": False,
    }  # fmt: skip


def golden(name: str, content: Any) -> None:
    """The content must be what the golden file holds; OSNOWA_GOLDEN=1 writes it anew, to be read before it is committed."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    path = GOLDEN / name
    if os.environ.get("OSNOWA_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")
