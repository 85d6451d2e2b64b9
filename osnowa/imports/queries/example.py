"""The file to fill in: headings the importer knows, and one invented organisation that would go in as it stands."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from osnowa.imports.fields import FIELDS
from osnowa.places.models import PostalCode, Region
from osnowa.places.queries import municipalities_in
from osnowa.register import codes


def example(region: Region) -> tuple[list[str], list[Any]]:
    """(headings in the reader's language, one row); the place is one of the region's, the numbers are invented."""
    country = region.jurisdiction
    values: dict[str, Any] = {"legal_name": _("Example organisation (take this row out)"), "short_name": _("Example"), "legal_form": _form(country)}
    values |= {f"number:{row.code}": row["example"] for row in codes.IDENTIFIERS if row["country"] == country and _is_usual(row.code)}
    values |= {"street": _("Example Street 1")} | _place(region)
    values |= {
        "founded_on": f"{timezone.localdate().year - 5}-05-04", "activity": "88.10", "website": "https://example.org/",
        "email": "office@example.org", "year": timezone.localdate().year - 1, "employees": 12, "members_natural": 9,
    }  # fmt: skip
    return [str(FIELDS[code].label) for code in values], list(values.values())


def _is_usual(scheme: str) -> bool:
    """A number that registers of legal persons print with a check digit; free numbers are left to who fills in."""
    return bool(codes.IDENTIFIERS[scheme]["stdnum"] or codes.IDENTIFIERS[scheme]["pattern"])


def _form(country: str) -> str:
    """The first legal person of the social economy in the country's list, in words."""
    forms = (row for row in codes.LEGAL_FORMS if row["country"] == country and row["kind"] == "legal_person" and row["sector"] == "social_economy")
    return str(next(forms, ""))


def _place(region: Region) -> dict[str, str]:
    """A postal code of the region with the municipality it serves; nothing where the region's codes are not loaded."""
    spots = PostalCode.objects.filter(municipality__in=municipalities_in(region)).select_related("municipality")
    spot = spots.order_by("code", "place").first()
    if spot is None or spot.municipality is None:
        return {}
    return {"postal_code": spot.code, "locality": spot.place, "municipality": spot.municipality.name}
