"""Background work of clusters."""

from typing import Any

from django.utils.translation import gettext_lazy

from osnowa.clusters.actions.renewals import LETTERS, ask_one
from osnowa.journal.jobs import Step, job
from osnowa.people.models import Person


@job(LETTERS, title=gettext_lazy("Asking members to renew"), outcome={"sent": gettext_lazy("Members written to"), "not_sent": gettext_lazy("Not sent")})
def write_renewals(step: Step, *, by: Person | None, place: str, members: list[int]) -> dict[str, Any]:
    """One letter a member; who was asked already gets none, so that the work can begin anew."""
    counts = {"sent": 0, "not_sent": 0}
    for number, member in enumerate(members, start=1):
        counts["sent" if ask_one(member) else "not_sent"] += 1
        if number % 10 == 0 or number == len(members):
            step(number, len(members))
    return counts
