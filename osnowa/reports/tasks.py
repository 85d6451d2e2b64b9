"""Background work of documents: setting a report in every language and freezing it as an edition."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from osnowa.indicators.queries import yearly
from osnowa.journal.jobs import Step, job
from osnowa.kit.errors import Refused
from osnowa.kit.letterpress import as_pdf
from osnowa.kit.sentences import keep
from osnowa.people.models import Person
from osnowa.places.models import Region
from osnowa.register.actions import usual
from osnowa.register.actions.snapshots import refresh_snapshot
from osnowa.register.queries.frame import newest_snapshot
from osnowa.reports.actions import FREEZE, freeze_edition
from osnowa.reports.models import Edition, Report
from osnowa.reports.queries.composing import documents
from osnowa.reports.queries.editions import document_of, pdf_path
from osnowa.reports.queries.facts import statistics
from osnowa.reports.queries.facts.statistics import REINTEGRATED, WORK
from osnowa.reports.queries.kinds import kind_of
from osnowa.reports.queries.subject import Subject

#: Setting a PDF counts as so many sections in the progress that is shown.
_A_PDF = 10


@job(FREEZE, title=gettext_lazy("Freezing an edition of a document"), outcome={"edition": gettext_lazy("Edition"), "sha256": gettext_lazy("Hash (SHA-256)")})
def freeze(step: Step, *, by: Person | None, place: str, report: int) -> dict[str, Any]:
    """Counts the register anew, sets the report in every language, keeps it and makes its PDFs; a refusal is a result."""
    it = Report.objects.select_related("region__territory", "cluster", "meeting").get(pk=report)
    refresh_snapshot(it.region)
    rest = _A_PDF * len(settings.LANGUAGES)
    told = len(kind_of(it).places) * len(settings.LANGUAGES)
    texts, sources = documents(it, lambda done, total: step(done, total + rest))
    try:
        made = freeze_edition(by=by, report=it, texts=texts, sources=sources, snapshot=newest_snapshot(it.region))
    except Refused as refused:
        return {"refused": keep(refused.said)}
    set_papers(made, lambda done, total: step(told + done, told + total))
    return {"edition": made.number, "sha256": made.sha256}


def set_papers(edition: Edition, step: Step = lambda done, total: None) -> None:
    """Makes the PDFs of an edition, so that nobody waits for them."""
    total = _A_PDF * len(edition.texts)
    for place, language in enumerate(edition.texts, start=1):
        path = pdf_path(edition, language)
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        half.write_bytes(as_pdf(document_of(edition, language), edition.frozen_at))
        half.rename(path)
        step(place * _A_PDF, total)


@usual
def ask_documents(region: Region, on: date) -> None:
    """What the facts of a diagnosis ask that takes long: where one is being written, nobody waits for it."""
    if Report.objects.filter(region=region, kind="diagnosis", state=Report.State.WRITING).exists():
        subject = Subject(Report(region=region, kind="diagnosis"), on)
        statistics.figures(subject, *WORK, *REINTEGRATED, yearly.MONEY)
        statistics.revenue(subject)
