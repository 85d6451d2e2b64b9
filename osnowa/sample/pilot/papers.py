"""The concept report of the pilot: begun after the fourth workshop, frozen and public before the end of November 2025."""

from datetime import date

from osnowa.reports.actions import begin_report, freeze_edition, publish_edition, write_section
from osnowa.reports.models import Edition
from osnowa.reports.queries.composing import documents
from osnowa.sample.pilot.stage import Pilot, dated


def begin(pilot: Pilot) -> None:
    """The report with what people wrote in it."""
    words = pilot.words["report"]
    values = {"kind": "concept", "title": words["title"], "titles": {"pl": words["title"]}, "cluster": pilot.cluster, "due_on": date.fromisoformat(words["due_on"])}
    with pilot.on(words["begun_on"], 12):
        pilot.report = begin_report(by=pilot.by, region=pilot.region, values=values | {"is_invented": True})
        for key, text in words["sections"].items():
            write_section(by=pilot.by, report=pilot.report, key=key, language="pl", text=text)
    dated(pilot.report, words["begun_on"], "made_at")
    for section in pilot.report.sections.all():
        dated(section, words["begun_on"], "made_at")


def freeze(pilot: Pilot) -> None:
    """The edition as it stood on its day, before the first snapshot of the register; the plan of the pilot learns that its report is there."""
    day = pilot.words["report"]["frozen_on"]
    with pilot.on(day, 15):
        pilot.report.cluster = pilot.cluster
        texts, sources = documents(pilot.report)
        made: Edition = freeze_edition(by=pilot.by, report=pilot.report, texts=texts, sources=sources, snapshot=None)
        publish_edition(by=pilot.by, edition=made)
    dated(made, day, "frozen_at")
    pilot.cluster.refresh_from_db()
