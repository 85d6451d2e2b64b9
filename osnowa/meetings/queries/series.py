"""How far a series is: planned against held, announced and missing, kind by kind."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from osnowa.meetings.models import Kind, Meeting, Series

State = Meeting.State


@dataclass(frozen=True)
class Progress:
    """Meetings of one kind in a series. `unsaid` are past and nobody said that they were held."""

    kind: str
    planned: int
    held: int
    announced: int
    prepared: int
    unsaid: int

    @property
    def name(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def missing(self) -> int:
        return max(self.planned - self.held - self.announced - self.prepared - self.unsaid, 0)

    @property
    def is_done(self) -> bool:
        return self.held >= self.planned


def progress(series: Series, meetings: Iterable[Meeting]) -> list[Progress]:
    """Kind by kind, in the order of kinds; a kind nobody planned stands there when it met all the same."""
    now, standing = timezone.now(), [it for it in meetings if it.state != State.CANCELLED]
    kinds = [kind for kind in Kind.values if series.planned.get(kind) or any(it.kind == kind for it in standing)]
    return [_of(kind, int(series.planned.get(kind, 0)), [it for it in standing if it.kind == kind], now) for kind in kinds]


def _of(kind: str, planned: int, meetings: list[Meeting], now: object) -> Progress:
    held = sum(it.state == State.HELD for it in meetings)
    unsaid = sum(it.state == State.ANNOUNCED and it.ends_at <= now for it in meetings)  # type: ignore[operator]
    announced = sum(it.state == State.ANNOUNCED for it in meetings) - unsaid
    return Progress(kind, planned, held, announced, sum(it.state == State.DRAFT for it in meetings), unsaid)


def with_progress(series: Iterable[Series]) -> list[tuple[Series, list[Progress]]]:
    """Every series with how far it is; two queries."""
    shown = list(series)
    meetings: dict[int, list[Meeting]] = {}
    for meeting in Meeting.objects.filter(series__in=shown).only("series_id", "kind", "state", "ends_at", "starts_at"):
        meetings.setdefault(meeting.series_id or 0, []).append(meeting)
    return [(it, progress(it, meetings.get(it.pk, []))) for it in shown]
