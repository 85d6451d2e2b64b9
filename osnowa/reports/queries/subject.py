"""What a document is about on a day: the region and, of some kinds, a cluster or a meeting; each fact is asked for once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import get_language

from osnowa.assessments import access as assessments_access
from osnowa.assessments.models import Round
from osnowa.assessments.queries.results import Results, results_of
from osnowa.clusters.models import Cluster
from osnowa.clusters.queries.canvas import Canvas, canvas
from osnowa.clusters.queries.members import Row as MemberRow
from osnowa.clusters.queries.members import rows_on
from osnowa.indicators.queries import SectorTable, counted_days, sector_table
from osnowa.indicators.queries.asked import year_before
from osnowa.indicators.queries.profiles import Profile, profile
from osnowa.indicators.queries.standpoints import places_shown, shown_as
from osnowa.kit.letterpress import Document
from osnowa.meetings import access as meetings_access
from osnowa.meetings.models import Meeting
from osnowa.meetings.queries.minutes import minutes
from osnowa.places.models import Region
from osnowa.register import access as register_access
from osnowa.register.queries.frame import frame_of
from osnowa.register.queries.keeping import Kept
from osnowa.register.queries.quality import Quality, quality
from osnowa.reports.models import Report

T = TypeVar("T")
#: Documents are made to be published: they say what everybody may know, whoever looks at them.
NOBODY = AnonymousUser()


@dataclass
class Subject:
    """The subject of a report, as its facts ask about it."""

    report: Report
    on: date = field(default_factory=timezone.localdate)
    _kept: dict[str, object] = field(default_factory=dict)

    @property
    def region(self) -> Region:
        return self.report.region

    @property
    def divided(self) -> Region:
        """The region with its subregions, for whoever asks how it is divided."""
        prefetch_related_objects([self.region], "subregions")
        return self.region

    @property
    def cluster(self) -> Cluster | None:
        return self.report.cluster

    @property
    def meeting(self) -> Meeting | None:
        return self.report.meeting

    def once(self, name: str, ask: Callable[[], T]) -> T:
        """The answer under a name that holds in every language."""
        if name not in self._kept:
            self._kept[name] = ask()
        return self._kept[name]  # type: ignore[return-value]

    def again(self) -> "Subject":
        """The same subject for another language: counts are there already, words are put anew."""
        return Subject(self.report, self.on, self._kept)

    @property
    def frame(self) -> Kept:
        """What everybody may see of the register."""
        return self.once("frame", lambda: Kept(self.whole.frame.seen_by(NOBODY)))

    @property
    def whole(self) -> Kept:
        """The whole register, for sums that hide what is small (as the pages of yearly figures ask it)."""
        return self.once("whole", lambda: Kept(frame_of(self.region)))

    @cached_property
    def sector_table(self) -> SectorTable:
        """The table of the newest day on which jobs were counted, else of today, against a year before."""
        day = next(iter(counted_days(self.region, self.on, self.whole)), self.on)
        return sector_table(self.divided, day, year_before(day), self.whole)

    @cached_property
    def profile(self) -> Profile:
        """How the region stands among others, in every indicator."""
        return profile(shown_as(self.region, places_shown(self.region)).code)

    def round_of(self, instrument: str) -> Results | None:
        """The newest public closed round of an instrument."""
        return next((it for it in reversed(self.rounds) if it.round.instrument.code == instrument), None)

    @cached_property
    def rounds(self) -> list[Results]:
        """All public closed rounds, the oldest first."""
        rounds = assessments_access.visible(NOBODY, self.region).filter(state=Round.State.CLOSED)
        return results_of(rounds.select_related("instrument", "before__instrument").order_by("closed_at", "pk"))

    @cached_property
    def meetings(self) -> list[Meeting]:
        """The public meetings that were held, the first first."""
        held = meetings_access.visible(NOBODY, self.region).filter(state=Meeting.State.HELD)
        return list(held.select_related("series").order_by("starts_at", "pk"))

    @cached_property
    def minutes(self) -> Document:
        """The minutes of the meeting as they would be frozen now."""
        assert self.meeting is not None, "a document of a meeting"
        return minutes(self.meeting, (get_language() or "en")[:2])

    @cached_property
    def quality(self) -> Quality:
        """For how many organisations each check holds, of those everybody may see."""
        return quality(self.frame, register_access.visible(NOBODY, self.region), self.on, with_areas=False)

    @cached_property
    def canvas(self) -> Canvas:
        """The canvas of the cluster, as everybody may see it."""
        return canvas(NOBODY, self.of_cluster)

    @cached_property
    def memberships(self) -> list[MemberRow]:
        """The organisations of the cluster on the day."""
        return rows_on(self.of_cluster, self.on, with_signs=False)

    @property
    def of_cluster(self) -> Cluster:
        """The cluster of a document that is about one."""
        assert self.cluster is not None, "a document of a cluster"
        return self.cluster
