"""The front page of a cluster: what it is in one minute, how its letter stands, what comes next and what is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osnowa.agreements import access as agreements_access
from osnowa.agreements.models import Agreement
from osnowa.agreements.queries.counting import Tally, tally
from osnowa.clusters import access
from osnowa.clusters.models import Cluster, Membership, Term
from osnowa.clusters.queries import canvas
from osnowa.clusters.queries.portrait import LEAST_TYPES, MOST_TYPES, Type, coordinator_of, types_of
from osnowa.meetings import access as meetings_access
from osnowa.meetings.models import Meeting
from osnowa.places import access as places_access
from osnowa.places.access import Anyone
from osnowa.ui.charts import Chart

#: What is further away than this is not said to be due.
_AHEAD = timedelta(days=90)


@dataclass(frozen=True)
class Due:
    """Something with a day, and where to look at it."""

    words: str
    on: date
    days: int
    url: str = ""

    @property
    def is_late(self) -> bool:
        return self.days < 0

    @property
    def told(self) -> str:
        """How far away the day is, in words."""
        if self.days < 0:
            return ngettext("%(n)s day late", "%(n)s days late", -self.days) % {"n": -self.days}
        return ngettext("in %(n)s day", "in %(n)s days", self.days) % {"n": self.days} if self.days else _("today")


@dataclass(frozen=True)
class Front:
    """What somebody with one minute should know."""

    members: int
    types: tuple[Type, ...]
    coordinator: str
    letter: Tally | None
    web: Chart | None
    next_meeting: Meeting | None
    due: tuple[Due, ...]

    @property
    def types_there(self) -> list[Type]:
        return [one for one in self.types if one.count]

    @property
    def is_usual(self) -> bool:
        return LEAST_TYPES <= len(self.types_there) <= MOST_TYPES


def front(cluster: Cluster, person: Anyone) -> Front:
    """The front page as one person may see it."""
    today = timezone.localdate()
    members = [it for it in cluster.memberships.select_related("organisation") if it.was_member_on(today)]
    inside = access.may_look_inside(person, cluster)
    letter, drawn = _letter(cluster, person), canvas.newest_web(person, cluster)
    due = sorted([*_of_papers(cluster, letter, today), *(_of_people(cluster, members, today) if inside else ())], key=lambda one: one.on)
    return Front(
        len(members), types_of(members), coordinator_of(cluster, person), tally(letter, today, is_divided=False) if letter and letter.state != Agreement.State.DRAFT else None,
        drawn if drawn and drawn.known else None, _next_meeting(cluster, person), tuple(due),
    )  # fmt: skip


def _letter(cluster: Cluster, person: Anyone) -> Agreement | None:
    """The letter where the person may see it."""
    letter = cluster.letter
    if letter is None:
        return None
    letter.region = cluster.region  # a cluster stands on a letter of its own region
    inside = agreements_access.may_keep(person, letter) or places_access.may_look_inside(person, letter.region)
    return letter if inside or (letter.is_public and letter.state != Agreement.State.DRAFT) else None


def _next_meeting(cluster: Cluster, person: Anyone) -> Meeting | None:
    if cluster.series_id is None:
        return None
    State = Meeting.State
    coming = meetings_access.visible(person, cluster.region).filter(series=cluster.series_id, ends_at__gt=timezone.now()).exclude(state__in=(State.CANCELLED, State.HELD))
    return coming.select_related("region").order_by("starts_at", "pk").first()


def _due(words: str, on: date, today: date, url: str = "") -> Due:
    return Due(words, on, (on - today).days, url)


def _of_papers(cluster: Cluster, letter: Agreement | None, today: date) -> Iterator[Due]:
    report_by = cluster.pilot.get("report_by")
    if report_by and not cluster.pilot.get("report_on"):
        yield _due(_("The report of the pilot"), date.fromisoformat(report_by), today)
    if letter is None:
        return
    url = reverse("agreements:agreement", args=[cluster.region.slug, letter.slug])
    if letter.state == Agreement.State.OPEN and letter.closes_on:
        yield _due(_("Signing of the letter ends"), letter.closes_on, today, url)
    if letter.review_on and letter.review_on - today <= _AHEAD and letter.state != Agreement.State.ENDED:
        yield _due(_("The letter is to be reviewed"), letter.review_on, today, url)


def _of_people(cluster: Cluster, members: list[Membership], today: date) -> Iterator[Due]:
    """Renewals and terms that come up; for those inside."""
    words: Any = [cluster.region.slug, cluster.slug]
    renewals = sorted(it.renew_by for it in members if it.renew_by and it.renew_by - today <= _AHEAD)
    if renewals:
        said = ngettext("%(n)s membership is to be renewed", "%(n)s memberships are to be renewed", len(renewals)) % {"n": len(renewals)}
        yield _due(said, renewals[0], today, reverse("clusters:members", args=words))
    ends = list(Term.objects.filter(body__cluster=cluster, ends_on__gte=today, ends_on__lte=today + _AHEAD).order_by("ends_on").values_list("ends_on", flat=True))
    if ends:
        said = ngettext("%(n)s term in a body ends", "%(n)s terms in bodies end", len(ends)) % {"n": len(ends)}
        yield _due(said, ends[0], today, reverse("clusters:bodies", args=words))
