"""What the room keeps about a person."""

from typing import Any

from osnowa.agreements.models import Signatory
from osnowa.people.models import Person
from osnowa.people.queries import contribute


@contribute("signatures")
def signatures_of(person: Person) -> list[dict[str, Any]]:
    """The agreements a person was asked to sign or signed from her address."""
    rows = Signatory.objects.filter(email__iexact=person.email).select_related("agreement")
    return [
        {
            "agreement": str(row.agreement), "organisation": row.name, "state": row.state, "name": row.person_name, "function": row.function,
            "basis": row.basis, "signed_on": row.signed_on, "signed_sha256": row.signed_sha256, "withdrawn_on": row.withdrawn_on,
        }
        for row in rows
    ]  # fmt: skip
