"""Background work of the register."""

from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext_lazy

from osnowa.journal.jobs import Step, job
from osnowa.kit.errors import Refused
from osnowa.people.models import Person
from osnowa.places.models import Region
from osnowa.register import access, actions, queries
from osnowa.register.actions.confirmation import CAMPAIGN
from osnowa.register.actions.duplicates import SEARCH
from osnowa.register.actions.snapshots import FREEZING
from osnowa.register.models import Organisation
from osnowa.register.queries.directory import Wish
from osnowa.register.queries.duplicates import likely_pairs
from osnowa.register.queries.facets import count


@job(
    CAMPAIGN,
    title=gettext_lazy("Asking organisations whether their records are still true"),
    outcome={
        "found": gettext_lazy("To be asked"),
        "asked": gettext_lazy("Asked"),
        "asked_lately": gettext_lazy("Asked lately, left in peace"),
        "without_email": gettext_lazy("Without an e-mail address"),
        "not_sent": gettext_lazy("Not sent"),
    },
)
def campaign(step: Step, *, by: Person | None, place: str) -> dict[str, Any]:
    """Asks every open organisation not confirmed for a year; those asked within 30 days are left in peace.

    Safe to run again: whoever was asked before it stopped counts as asked lately.
    """
    region = Region.objects.get(slug=place)
    found = list(queries.to_ask(region).select_related("region", "municipality", "parent"))
    lately = set(queries.to_ask(region).filter(queries.asked_lately()).values_list("pk", flat=True))
    boxes = {box.organisation_id: box for box in reversed(queries.mailboxes(organisation__region=region))}
    counts = {"found": len(found), "asked": 0, "asked_lately": 0, "without_email": 0, "not_sent": 0}
    step(0, len(found))
    for number, organisation in enumerate(found, start=1):
        box = boxes.get(organisation.pk)
        if box is None:
            counts["without_email"] += 1
        elif organisation.pk in lately:
            counts["asked_lately"] += 1
        else:
            try:
                actions.ask_confirmation(by=by, organisation=organisation, email=box.email, language=box.language)
                counts["asked"] += 1
            except Refused:
                counts["not_sent"] += 1
        if number % 10 == 0 or number == len(found):
            step(number, len(found))
    return counts


@job(
    SEARCH,
    title=gettext_lazy("Looking for duplicates"),
    outcome={
        "compared": gettext_lazy("Records compared"),
        "found": gettext_lazy("Possible duplicates"),
        "new": gettext_lazy("New among them"),
        "gone": gettext_lazy("Not likely any more"),
    },
)
def look_for_duplicates(step: Step, *, by: Person | None, place: str) -> dict[str, Any]:
    """Compares every standing record of a region with every other. Safe to run again: decided pairs stay decided."""
    region = Region.objects.get(slug=place)
    found = likely_pairs(region, step)
    counts: dict[str, int] = actions.note_likely_pairs(by=by, region=region, found=found)
    return {"compared": Organisation.objects.filter(region=region).count()} | counts


@job(
    FREEZING,
    title=gettext_lazy("Freezing the register for fast counting"),
    outcome={"organisations": gettext_lazy("Organisations"), "figures": gettext_lazy("Rows of yearly figures")},
)
def freeze(step: Step, *, by: Person | None, place: str, keep: bool = False) -> dict[str, Any]:
    """Takes a snapshot; without `keep` only when the register changed. Safe to run again: the newest copy is replaced."""
    region = Region.objects.get(slug=place)
    made = actions.take_snapshot(by=by, region=region, keep=True, step=step) if keep else actions.refresh_snapshot(region, step)
    return {"organisations": made.organisations, "figures": made.figures} if made else {}


@actions.usual
def ask_directory(region: Region, on: date) -> None:
    """The filters of the directory, with and without closed organisations."""
    nobody = AnonymousUser()
    for wish in (Wish(), Wish(closed=True)):
        count(region, nobody, access.visible(nobody, region), wish)
