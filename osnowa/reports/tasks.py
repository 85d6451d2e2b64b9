"""Background work of documents: setting a report in every language and freezing it as an edition."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from osnowa.journal.jobs import Step, job
from osnowa.kit.errors import Refused
from osnowa.kit.letterpress import as_pdf
from osnowa.kit.sentences import keep
from osnowa.people.models import Person
from osnowa.register.actions.snapshots import refresh_snapshot
from osnowa.register.queries.frame import newest_snapshot
from osnowa.reports.actions import FREEZE, freeze_edition
from osnowa.reports.models import Edition, Report
from osnowa.reports.queries.composing import documents
from osnowa.reports.queries.editions import document_of, pdf_path
from osnowa.reports.queries.kinds import kind_of

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
