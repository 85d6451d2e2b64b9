"""Background work of meetings."""

from typing import Any

from django.utils.translation import gettext_lazy

from osnowa.journal.jobs import Step, job
from osnowa.meetings.actions.writing import LETTERS, send_to
from osnowa.meetings.models import Participation
from osnowa.people.models import Person


@job(
    LETTERS,
    title=gettext_lazy("Writing to the guests of a meeting"),
    outcome={"sent": gettext_lazy("Letters sent"), "not_sent": gettext_lazy("Not sent")},
)
def write_letters(step: Step, *, by: Person | None, place: str, letter: str, guests: list[int], told: dict[str, Any]) -> dict[str, Any]:
    """One letter a guest. Who was erased meanwhile gets none."""
    found = list(Participation.objects.filter(pk__in=guests).exclude(email="").select_related("meeting__region", "organisation"))
    counts = {"sent": 0, "not_sent": 0}
    for number, guest in enumerate(found, start=1):
        counts["sent" if send_to(letter, guest, told) else "not_sent"] += 1
        if number % 10 == 0 or number == len(found):
            step(number, len(found))
    return counts
