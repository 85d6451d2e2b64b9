"""Background work of documents: setting a report in every language and freezing it as an edition."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from osnowa.indicators.queries import yearly
from osnowa.journal.jobs import Step, job
from osnowa.kit.errors import Refused
from osnowa.kit.sentences import keep
from osnowa.people.models import Person
from osnowa.places.models import Region
from osnowa.register.actions import usual
from osnowa.reports.actions import FREEZE, freeze_now
from osnowa.reports.models import Report
from osnowa.reports.queries.facts import statistics
from osnowa.reports.queries.facts.statistics import REINTEGRATED, WORK
from osnowa.reports.queries.subject import Subject


@job(FREEZE, title=gettext_lazy("Freezing an edition of a document"), outcome={"edition": gettext_lazy("Edition"), "sha256": gettext_lazy("Hash (SHA-256)")})
def freeze(step: Step, *, by: Person | None, place: str, report: int) -> dict[str, Any]:
    """Freezes a report as it stands; a refusal is a result."""
    it = Report.objects.select_related("region__territory", "cluster", "meeting").get(pk=report)
    try:
        made = freeze_now(by=by, report=it, step=step)
    except Refused as refused:
        return {"refused": keep(refused.said)}
    return {"edition": made.number, "sha256": made.sha256}


@usual
def ask_documents(region: Region, on: date) -> None:
    """What the facts of a diagnosis ask that takes long: where one is being written, nobody waits for it."""
    if Report.objects.filter(region=region, kind="diagnosis", state=Report.State.WRITING).exists():
        subject = Subject(Report(region=region, kind="diagnosis"), on)
        statistics.figures(subject, *WORK, *REINTEGRATED, yearly.MONEY)
        statistics.revenue(subject)
