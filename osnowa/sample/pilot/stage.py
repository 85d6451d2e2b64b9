"""Where the pilot is told: its region, its words, its clock, and what was made so far."""

import json
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.db.models import Model, QuerySet

from osnowa.agreements.models import Agreement
from osnowa.clusters.models import Cluster
from osnowa.meetings.models import Series
from osnowa.people.models import Person
from osnowa.places.models import Region
from osnowa.reports.models import Report
from osnowa.sample import clock

_TABLES = Path(__file__).resolve().parent.parent / "tables"


@dataclass
class Pilot:
    """The pilot of a region; below, what its steps made."""

    region: Region
    words: dict[str, Any]
    canvas: dict[str, dict[str, str]]
    by: Person | None

    series: Series = field(init=False)
    cluster: Cluster = field(init=False)
    letter: Agreement = field(init=False)
    report: Report = field(init=False)

    def on(self, day: str, hour: int = 9) -> AbstractContextManager[None]:
        """Inside, it is this day."""
        return clock.on(moment(day, hour))


def moment(day: str, hour: int = 9) -> datetime:
    """An hour of a day, in UTC."""
    return datetime.combine(date.fromisoformat(day), time(hour), UTC)


def dated(row: Model, day: str, *fields: str) -> None:
    """Dates what the database would date with now: sample rows are told afterwards."""
    QuerySet(type(row)).filter(pk=row.pk).update(**dict.fromkeys(fields, moment(day)))


def pilot_of(region: Region, by: Person | None) -> Pilot | None:
    """The pilot of a region; None where it has none."""
    path = _TABLES / f"pilot_{region.slug}.json"
    if not path.exists():
        return None
    canvas = json.loads((_TABLES / f"canvas_{region.slug}.json").read_text(encoding="utf-8"))
    return Pilot(region, json.loads(path.read_text(encoding="utf-8")), canvas, by)
