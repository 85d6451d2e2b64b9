"""Recognitions: which yearly reports go with them, and how they stand on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

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
    tone = {Recognition.State.GRANTED: "good", Recognition.State.APPLIED: "warn"}.get(recognition.state, "plain")
    return Standing(codes.RECOGNITION_STATES.label(recognition.state), tone)


@dataclass(frozen=True, slots=True)
class ShownRecognition:
    """A recognition as a page shows it; its reports are for those who edit."""

    row: Recognition
    label: str
    standing: Standing
    reports: tuple[tuple[StatusReport, Standing], ...]


def shown_recognitions(rows: Iterable[Recognition], may_edit: bool, today: date) -> list[ShownRecognition]:
    """The recognitions in words, with their yearly reports for those who may edit; at most one query more."""
    kept = list(rows)
    reports: dict[int, list[tuple[StatusReport, Standing]]] = {}
    if may_edit and kept:
        owners = {row.pk: row for row in kept}
        for report in StatusReport.objects.filter(recognition__in=kept):
            report.recognition = owners[report.recognition_id]
            reports.setdefault(report.recognition_id, []).append((report, standing_of_report(report, today)))
    return [
        ShownRecognition(row, codes.RECOGNITIONS.label(row.code), standing_of(row, today), tuple(reports.get(row.pk, ())))
        for row in kept
    ]
