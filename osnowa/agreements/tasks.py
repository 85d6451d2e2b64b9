"""Background work of agreements."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy

from osnowa.agreements.actions.signing_letters import LETTERS, ask
from osnowa.agreements.models import Signatory
from osnowa.journal.jobs import Step, job
from osnowa.people.models import Person


@job(
    LETTERS,
    title=gettext_lazy("Writing to those who are asked to sign"),
    outcome={"sent": gettext_lazy("Letters sent"), "not_sent": gettext_lazy("Not sent")},
)
def write_letters(step: Step, *, by: Person | None, place: str, letter: str, signatories: list[int], since: str) -> dict[str, Any]:
    """One letter a signatory. Begun anew it goes on where it ended: who was written to since gets no second letter."""
    found = list(Signatory.objects.filter(pk__in=signatories, erased_on=None).exclude(email="").select_related("agreement__region").order_by("pk"))
    counts, began = {"sent": 0, "not_sent": 0}, datetime.fromisoformat(since)
    for number, row in enumerate(found, start=1):
        counts["sent" if ask(letter, row, began) else "not_sent"] += 1
        if number % 10 == 0 or number == len(found):
            step(number, len(found))
    return counts
