"""The keys of a person, for her own page and the export of her data."""

from typing import Any

from osnowa.opendata.models import ApiKey
from osnowa.people.models import Person
from osnowa.people.queries import contribute


@contribute("keys_for_programs", panel="opendata/panels/keys.html")
def keys_of(person: Person) -> list[dict[str, Any]]:
    """Every key she made, without what would open anything."""
    names = ("id", "name", "begins", "made_at", "expires_on", "last_used_on", "ended_at")
    return list(ApiKey.objects.filter(person=person).order_by("-made_at").values(*names))
