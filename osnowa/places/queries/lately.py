"""How the journal shows deeds about regions, their subregions and seats."""

from typing import Any

from django.urls import reverse

from osnowa.journal.access import Shown, shown_by
from osnowa.journal.models import Entry
from osnowa.journal.queries import in_words
from osnowa.places.access import may_coordinate
from osnowa.places.models import Region

#: Fields whose change is told to coordinators; who holds a seat and who may be written to is not among them.
_FIELDS = {
    "places.region": ("name", "languages", "currency", "jurisdiction", "territory"),
    "places.subregion": ("kind", "name", "notes", "municipalities"),
    "places.regionseat": ("role", "basis", "valid_from", "valid_to"),
}


@shown_by(*_FIELDS)
def _shown(person: Any, place: Region, entries: list[Entry]) -> dict[int, Shown]:
    leads = may_coordinate(person, place)
    url = reverse("places:seats", kwargs={"region": place.slug})
    return {
        entry.pk: Shown(
            entry.thing_label,
            url if leads and entry.thing_type == "places.regionseat" else "",
            in_words(entry, _FIELDS[entry.thing_type]) if leads else [],
        )
        for entry in entries
    }
