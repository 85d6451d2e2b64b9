"""Indicators and their pages are public; importing them and taking a release back is the operator's."""

from typing import Any
from uuid import UUID

from django.http import Http404

from osnowa.indicators.models import Indicator, Release
from osnowa.journal.models import Job
from osnowa.places.access import find_region, may_operate

__all__ = ["PREVIEW", "find_form", "find_indicator", "find_region", "find_release", "find_waiting", "may_import"]

PREVIEW = "indicators.preview"


def may_import(person: Any, *_: Any) -> bool:
    """Files of values belong to the whole instance."""
    return may_operate(person)


def find_indicator(person: Any, code: str) -> Indicator:
    """The indicator of a code."""
    found = Indicator.objects.filter(code=code).first()
    if found is None:
        raise Http404
    return found


def find_release(person: Any, number: int) -> Release:
    """A release by its number."""
    found = Release.objects.filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def find_waiting(person: Any, job: UUID) -> Job:
    """The preview of an upload."""
    found = Job.objects.filter(pk=job, kind=PREVIEW).first()
    if found is None:
        raise Http404
    return found


def find_form(person: Any, form: str, region: str = "", code: str = "") -> tuple[Any, str]:
    """A region or an indicator, and the kind of file somebody wants of it."""
    if form not in ("csv", "xlsx"):
        raise Http404
    return (find_region(person, region) if region else find_indicator(person, code)), form
