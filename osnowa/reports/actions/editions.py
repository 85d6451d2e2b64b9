"""A document is frozen: its words and numbers stand from then on, under their hash; and an edition becomes public."""

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from osnowa.clusters.actions.health import note_report
from osnowa.journal import jobs
from osnowa.journal.actions import Deed, action
from osnowa.journal.models import Job
from osnowa.kit.errors import Refused
from osnowa.kit.sentences import Sentence
from osnowa.register.actions.snapshots import refresh_snapshot
from osnowa.register.models import Snapshot
from osnowa.register.queries.frame import newest_snapshot
from osnowa.reports.models import Edition, Report
from osnowa.reports.queries.composing import Step, documents
from osnowa.reports.queries.editions import FORMS, file_path, hash_of, set_file
from osnowa.reports.queries.kinds import kind_of
from osnowa.reports.queries.kinds.concept import CONCEPT, FUND
from osnowa.reports.queries.writing import newest_texts

FREEZE = "reports.freeze"
#: Setting the files of a language counts as so many sections in the progress that is shown.
_FILES = 10


def start_freezing(*, by: Any, report: Report) -> Job:
    """Queues the freezing of a report; of two that wait at once there is one."""
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=report.pk)
        waiting = Job.objects.filter(kind=FREEZE, state__in=(Job.State.QUEUED, Job.State.RUNNING), words__report=report.pk).first()
        return waiting or jobs.start(FREEZE, by=by, place=report.region.slug, report=report.pk)


def freeze_now(*, by: Any, report: Report, step: Step = lambda done, total: None) -> Edition:
    """Counts the register anew, sets a report in every language, keeps it as its next edition and makes its files."""
    refresh_snapshot(report.region)
    told, papers = len(kind_of(report).places) * len(settings.LANGUAGES), _FILES * len(settings.LANGUAGES)
    texts, sources = documents(report, lambda done, total: step(done, total + papers))
    made: Edition = freeze_edition(by=by, report=report, texts=texts, sources=sources, snapshot=newest_snapshot(report.region))
    set_papers(made, lambda done, total: step(told + done, told + total))
    return made


def set_papers(edition: Edition, step: Step = lambda done, total: None) -> None:
    """Makes the files of an edition once: nobody waits for them, and no later release of the house sets them otherwise."""
    for place, language in enumerate(edition.texts, start=1):
        for form in FORMS:
            path = file_path(edition, language, form)
            path.parent.mkdir(parents=True, exist_ok=True)
            half = path.with_name(f"{path.name}.part")
            half.write_bytes(set_file(edition, language, form))
            half.rename(path)
        step(place * _FILES, _FILES * len(edition.texts))


@action("reports.edition_frozen", says=gettext_lazy("froze an edition of a document"))
def freeze_edition(*, by: Any, report: Report, texts: dict[str, Any], sources: list[dict[str, str]], snapshot: Snapshot | None = None) -> Deed:
    """Keeps the next edition as it was set. Refused where nothing changed since the last."""
    sha256 = hash_of(texts, sources, snapshot.sha256 if snapshot else "")
    before = report.editions.order_by("-number").first()
    if before and before.sha256 == sha256:
        raise Refused(Sentence(gettext_noop("Nothing changed since edition %(number)s."), number=before.number))
    made = Edition.objects.create(
        report=report, number=before.number + 1 if before else 1, texts=texts, sources=sources, sha256=sha256, frozen_by=by,
        snapshot_sha256=snapshot.sha256 if snapshot else "", snapshot_on=snapshot.on if snapshot else None,
    )  # fmt: skip
    if report.kind == CONCEPT.code and report.cluster:
        note_report(by=by, cluster=report.cluster, on=timezone.localdate(), with_fund_concept=_tells_of_a_fund(report))
    return Deed(report, {"edition": [before and before.number, made.number], "sha256": [before and before.sha256, sha256]}, place=report.region.slug, value=made)


def _tells_of_a_fund(report: Report) -> bool:
    """Whether somebody wrote the concept of a support fund."""
    return any(one.text.strip() for (key, _language), one in newest_texts(report).items() if key == FUND)


@action("reports.edition_published", says=gettext_lazy("published an edition of a document"))
def publish_edition(*, by: Any, edition: Edition) -> Deed:
    """Makes an edition public. Refused where it is about something that is not."""
    report = edition.report
    if why := _why_not(report):
        raise Refused(why)
    if edition.is_public:
        return Deed(report, {}, value=edition)
    edition.is_public = True
    edition.save(update_fields=["is_public"])
    report.state = Report.State.PUBLISHED
    report.save(update_fields=["state"])
    return Deed(report, {"published": [None, edition.number]}, place=report.region.slug, value=edition)


def _why_not(report: Report) -> str:
    if report.cluster and not report.cluster.is_public:
        return _("The cluster is not public, and so no document about it can be. Make the cluster public first.")
    return kind_of(report).why_not_public(report)


@action("reports.edition_withdrawn", says=gettext_lazy("took an edition of a document back from the public"))
def withdraw_edition(*, by: Any, edition: Edition, reason: str) -> Deed:
    """Takes an edition back from the public, for a reason; it stays kept."""
    report = edition.report
    if not reason.strip():
        raise Refused(_("Say why the edition is taken back."))
    if not edition.is_public:
        return Deed(report, {}, value=edition)
    edition.is_public = False
    edition.save(update_fields=["is_public"])
    if not report.editions.filter(is_public=True).exists():
        report.state = Report.State.WRITING
        report.save(update_fields=["state"])
    return Deed(report, {"published": [edition.number, None]}, place=report.region.slug, reason=reason.strip()[:300], value=edition)
