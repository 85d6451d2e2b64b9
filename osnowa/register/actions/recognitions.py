"""Verbs about statuses and certificates: saving one, taking one away, its yearly reports."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.kit.errors import Refused
from osnowa.register import codes
from osnowa.register.actions.organisations import remove_part, save_part
from osnowa.register.models import Organisation, Recognition, StatusReport
from osnowa.register.queries.recognitions import reports_due

Person = Any


def save_recognition(*, by: Person, organisation: Organisation, row: Recognition, source: str = "coordinator") -> Recognition:
    """Saves a recognition and opens its yearly reports. A status sets nothing else by itself.

    Refused where it is granted without the day of its next review (V19).
    """
    state = Recognition.State
    if row.state == state.GRANTED and not (row.granted_on and row.review_on):
        raise Refused(_("A granted status or certificate needs the day it was granted and the day of its next review."))
    if row.state in (state.WITHDRAWN, state.EXPIRED) and not row.ended_on:
        raise Refused(_("Say on which day it ended."))
    with transaction.atomic():
        saved: Recognition = save_part(by=by, organisation=organisation, row=row, source=source)
        _open_reports(saved, timezone.localdate())
    return saved


def remove_recognition(*, by: Person, row: Recognition) -> None:
    """Takes away a recognition entered by mistake. Refused once a report was filed: then it is ended, not removed."""
    if row.reports.filter(filed_on__isnull=False).exists():
        raise Refused(_("A yearly report was filed for it, so it stays. Set its state to withdrawn or expired."))
    remove_part(by=by, organisation=row.organisation, row=row)


def _open_reports(recognition: Recognition, today: date) -> int:
    """Makes the reports that are missing; drops unfiled ones of years in which it was not in force. Returns how many are new."""
    due = reports_due(recognition, today)
    recognition.reports.filter(filed_on__isnull=True).exclude(year__in=due).delete()
    known = set(recognition.reports.values_list("year", flat=True))
    fresh = [StatusReport(recognition=recognition, year=year, due_on=day) for year, day in due.items() if year not in known]
    StatusReport.objects.bulk_create(fresh)
    return len(fresh)


def open_reports(*, by: Person = None, today: date | None = None) -> int:
    """Opens the reports of the new year for every status in force; returns how many. Safe to run every day."""
    day = today or timezone.localdate()
    with transaction.atomic():
        with_reports = [row.code for row in codes.RECOGNITIONS if row["report_due"]]
        granted = Recognition.objects.filter(state=Recognition.State.GRANTED, code__in=with_reports, organisation__merged_into=None)
        return sum(_open_reports(row, day) for row in granted.exclude(reports__year=day.year) if reports_due(row, day))


@action("register.report_filed", says=gettext_lazy("filed a yearly report"))
def file_report(*, by: Person, report: StatusReport, filed_on: date | None) -> Deed:
    """Notes the day on which a yearly report was filed; None takes the note back."""
    if filed_on and filed_on > timezone.localdate():
        raise Refused(_("This day lies in the future."))
    if filed_on and filed_on.year < report.year:
        raise Refused(_("A report of %(year)s cannot have been filed before that year.") % {"year": report.year})
    before, report.filed_on = report.filed_on, filed_on
    report.save(update_fields=["filed_on"])
    organisation = report.recognition.organisation
    told = [f"{report.recognition.code} {report.year}: {day.isoformat()}" if day else None for day in (before, filed_on)]
    changes = {"status_reports": told} if before != filed_on else {}
    return Deed(organisation, changes, place=organisation.region.slug, value=report)
