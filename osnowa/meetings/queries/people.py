"""What the room keeps about a person."""

from typing import Any

from osnowa.meetings.models import Participation
from osnowa.people.models import Person
from osnowa.people.queries import contribute


@contribute("participations")
def participations_of(person: Person) -> list[dict[str, Any]]:
    """The meetings a person registered for with her address, and whether she was there."""
    rows = Participation.objects.filter(email__iexact=person.email).select_related("meeting")
    return [
        {
            "meeting": str(row.meeting), "begins": row.meeting.starts_at, "state": row.state, "name": row.person_name, "organisation": row.of_organisation,
            "needs": row.needs, "registered_at": row.registered_at, "was_there_at": row.checked_in_at, "kept_until": row.meeting.keep_until,
        }
        for row in rows
    ]  # fmt: skip
