"""Recognitions: which yearly reports go with them, and how they stand on a day."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from osnowa.register import codes
from osnowa.register.models import Recognition, StatusReport

#: A review or a report due within this time is shown as due soon, and coordinators are reminded (V19).
SOON = timedelta(days=30)
_ENDED = (Recognition.State.WITHDRAWN, Recognition.State.EXPIRED)


def needs_reports(recognition: Recognition) -> bool:
    """Whether the law asks for a yearly report; the historical CT 9 status in Poland never did."""
    row = codes.RECOGNITIONS.get(recognition.code)
    in_force_once = recognition.state == Recognition.State.GRANTED or recognition.state in _ENDED
    return bool(row and row["report_due"] and recognition.granted_on and in_force_once and recognition.regime != "ct9")


def reports_due(recognition: Recognition, today: date) -> dict[int, date]:
    """{year: the day its report is due} for each year in which the recognition was in force, this one included."""
    if not needs_reports(recognition) or recognition.granted_on is None:
        return {}
    month, day = (int(part) for part in codes.RECOGNITIONS[recognition.code]["report_due"].split("-"))
    last = recognition.ended_on.year if recognition.state in _ENDED and recognition.ended_on else today.year
    years = range(recognition.granted_on.year, min(last, today.year) + 1)
    return {year: date(year + 1, month, day) for year in years}


@dataclass(frozen=True, slots=True)
class Standing:
    """How something with a date stands: words and the tone of their badge."""

    words: str
    tone: str


def standing_of_report(report: StatusReport, today: date) -> Standing:
    if report.filed_on:
        return Standing(_("filed"), "good")
    if report.due_on < today:
        return Standing(_("overdue"), "bad")
    return Standing(_("due soon"), "warn") if report.due_on <= today + SOON else Standing(_("not due yet"), "plain")


def standing_of(recognition: Recognition, today: date) -> Standing:
    if recognition.state == Recognition.State.GRANTED and recognition.review_on:
        if recognition.review_on < today:
            return Standing(_("review overdue"), "bad")
        if recognition.review_on <= today + SOON:
            return Standing(_("review soon"), "warn")
    tone = {"granted": "good", "applied": "warn"}.get(recognition.state, "plain")
    return Standing(codes.RECOGNITION_STATES.label(recognition.state), tone)


@dataclass(frozen=True, slots=True)
class ShownRecognition:
    """A recognition as a page shows it; its reports are for those who edit."""

    row: Recognition
    label: str
    standing: Standing
    reports: tuple[tuple[StatusReport, Standing], ...]


def shown_recognitions(rows: QuerySet[Recognition], may_edit: bool, today: date) -> list[ShownRecognition]:
    """The recognitions in words, with their yearly reports for those who may edit; one query."""
    found: dict[int, tuple[Recognition, list[StatusReport]]] = {}
    for row in rows.annotate(**_REPORT) if may_edit else rows:
        known = found.setdefault(row.pk, (row, []))
        if getattr(row, "report_pk", None):
            known[1].append(_report_of(known[0], row))
    return [
        ShownRecognition(
            row, codes.RECOGNITIONS.label(row.code), standing_of(row, today),
            tuple((report, standing_of_report(report, today)) for report in sorted(reports, key=lambda report: -report.year)),
        )
        for row, reports in found.values()
    ]  # fmt: skip


_REPORT = {f"report_{name}": F(f"reports__{name}") for name in ("pk", "year", "due_on", "filed_on")}


def _report_of(recognition: Recognition, row: Any) -> StatusReport:
    return StatusReport(
        pk=row.report_pk, recognition=recognition, year=row.report_year, due_on=row.report_due_on, filed_on=row.report_filed_on
    )
