"""Offers, needs and resources in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osnowa.kit.codes import CodeList
from osnowa.register import codes
from osnowa.register.models import Listing
from osnowa.register.queries.figures import number

#: The list from which each kind takes its types.
TYPES: dict[str, CodeList] = {
    Listing.Kind.OFFER: codes.SERVICE_AREAS,
    Listing.Kind.NEED: codes.NEED_TYPES,
    Listing.Kind.RESOURCE: codes.RESOURCE_TYPES,
}


@dataclass(frozen=True, slots=True)
class ShownListing:
    """A listing as a page shows it."""

    row: Listing
    type_label: str
    price: str
    terms: tuple[str, ...]
    is_over: bool

    @property
    def is_urgent(self) -> bool:
        return self.row.kind == Listing.Kind.NEED and self.row.urgency == "high"


def shown_listings(rows: Iterable[Listing], currency: str, today: date) -> list[ShownListing]:
    """The listings in words: type, price for a unit, capacity, lead time."""
    return [
        ShownListing(
            row, TYPES[row.kind].label(row.type_code), _price(row, currency), tuple(_terms(row)),
            bool(row.until_on and row.until_on < today),
        )
        for row in rows
    ]  # fmt: skip


def by_kind(shown: Iterable[ShownListing]) -> list[tuple[str, list[ShownListing]]]:
    """The listings under the headings Offers, Needs, Resources to share; only headings with something under them."""
    headings = {Listing.Kind.OFFER: _("Offers"), Listing.Kind.NEED: _("Needs"), Listing.Kind.RESOURCE: _("Resources to share")}
    kept = list(shown)
    groups = [(heading, [item for item in kept if item.row.kind == kind]) for kind, heading in headings.items()]
    return [group for group in groups if group[1]]


def _price(row: Listing, currency: str) -> str:
    low, high = row.price_from, row.price_to
    if low is None and high is None:
        return ""
    unit = f" / {_unit(row.unit)}" if row.unit else ""
    if low is not None and high is not None and low != high:
        return _("%(low)s to %(high)s %(currency)s") % {"low": number(low), "high": number(high), "currency": currency} + unit
    if high is None and low is not None:
        return _("from %(low)s %(currency)s") % {"low": number(low), "currency": currency} + unit
    if low is None and high is not None:
        return _("up to %(high)s %(currency)s") % {"high": number(high), "currency": currency} + unit
    return f"{number(low or 0)} {currency}{unit}"


def _unit(code: str) -> str:
    """The sign of a unit; its name where it has none, as "for a meal" needs no plural."""
    return codes.unit_symbol(code) or codes.UNITS.label(code).lower()


def _after_number(code: str) -> str:
    """The unit behind an amount, never declined: "20 km", "20 × meal"."""
    if not code:
        return ""
    return f" {symbol}" if (symbol := codes.unit_symbol(code)) else f" × {codes.UNITS.label(code).lower()}"


def _terms(row: Listing) -> Iterable[str]:
    if row.capacity_per_month is not None:
        amount = number(row.capacity_per_month)
        yield _("capacity a month: %(amount)s") % {"amount": amount} + _after_number(row.unit)
    if row.lead_time_days is not None:
        days = row.lead_time_days
        yield ngettext("ready in %(n)s day", "ready in %(n)s days", days) % {"n": days}
    if row.cpv:
        yield f"CPV {row.cpv}"
