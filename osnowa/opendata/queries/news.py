"""What happened to the public organisations of a region, for its feed: never what stood before, never who did it."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from osnowa.journal.models import Entry
from osnowa.opendata.formats.xml import News
from osnowa.opendata.queries.public import public_organisations
from osnowa.places.models import Region
from osnowa.register.models import Organisation

#: Deeds that are told, with the word of their kind.
TOLD = {
    "register.organisation_added": "added", "register.organisation_changed": "changed", "register.organisation_closed": "closed",
    "register.organisation_reopened": "reopened", "register.organisation_confirmed": "confirmed",
}  # fmt: skip
#: Facts whose change is named; of a hidden place none of the second.
_NAMED = ("legal_name", "short_name", "other_names", "legal_form", "sector", "activity_status", "founded_on", "registered_on",
          "ended_on", "end_reason", "successor", "parent", "about", "links", "target_groups", "economic_activity")  # fmt: skip
_OF_PLACE = ("street", "postal_code", "locality", "municipality")
_MOST, _LOOKED_AT = 50, 400


def news(region: Region) -> list[News]:
    """The newest deeds about organisations that are public now, newest first."""
    entries = Entry.objects.filter(place=region.slug, thing_type=Organisation._meta.label_lower, deed__in=TOLD)
    rows = list(entries.order_by("-id").only("id", "at", "deed", "thing_id", "changes")[:_LOOKED_AT])
    known = public_organisations(region).in_bulk([int(row.thing_id) for row in rows])
    told = list(_told(region, rows, known))
    return sorted(told, key=lambda one: (one.at, one.number), reverse=True)[:_MOST]


def _told(region: Region, rows: list[Entry], known: dict[int, Organisation]) -> Iterator[News]:
    for row in rows:
        it = known.get(int(row.thing_id))
        says = _says(row, it) if it else ""
        if it and says:
            address = settings.ADDRESS + reverse("register:organisation", args=[region.slug, it.slug])
            yield News(row.pk, it.legal_name, says, address, row.at.isoformat(timespec="seconds"), TOLD[row.deed])


def _says(row: Entry, it: Organisation) -> str:
    """One sentence without a value that may have been hidden before; "" where nothing public changed."""
    match TOLD[row.deed]:
        case "added":
            return _("Added to the register.")
        case "closed":
            return _("Closed on %(day)s.") % {"day": date_format(it.ended_on)} if it.ended_on else ""
        case "reopened":
            return _("Open again.")
        case "confirmed":
            return _("Confirmed: the record is true.")
    names = [*_NAMED, *(() if it.is_location_hidden else _OF_PLACE)]
    labels = [_label(name) for name in names if name in row.changes]
    return _("Changed: %(what)s.") % {"what": ", ".join(labels)} if labels else ""


def _label(name: str) -> str:
    field: Any = Organisation._meta.get_field(name)
    return capfirst(str(getattr(field, "verbose_name", name))).lower()
