"""Documents for tests: a diagnosis with a text, an edition of it."""

from typing import Any

from osnowa.reports.actions import begin_report, freeze_edition, write_section
from osnowa.reports.models import Edition, Report
from osnowa.reports.queries.composing import documents


def a_diagnosis(by: Any, region: Any, **more: Any) -> Report:
    report: Report = begin_report(by=by, region=region, values={"kind": "diagnosis", "title": "Diagnoza", **more})
    return report


def written(report: Report, by: Any, text: str, key: str = "purpose", language: str = "pl") -> Any:
    return write_section(by=by, report=report, key=key, language=language, text=text)


def frozen(report: Report, by: Any) -> Edition:
    """The next edition, without the worker."""
    texts, sources = documents(report)
    edition: Edition = freeze_edition(by=by, report=report, texts=texts, sources=sources)
    return edition
