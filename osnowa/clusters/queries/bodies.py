"""Reads of bodies: who sits where on a day, which places are vacant, which terms end soon."""

from dataclasses import dataclass
from datetime import date, timedelta

from osnowa.clusters.models import Body, Cluster, Term
from osnowa.clusters.queries.rules import BODIES

ENDS_SOON = timedelta(days=30)


@dataclass(frozen=True)
class Sitting:
    """A body on a day: those who sit in it, those whose terms are over or to come, and its vacant places."""

    body: Body
    day: date
    now: tuple[Term, ...]
    coming: tuple[Term, ...]
    ended: tuple[Term, ...]

    @property
    def kind(self) -> str:
        return BODIES.label(self.body.kind)

    @property
    def vacant(self) -> int:
        """How many of its places nobody holds; none where places are not counted."""
        return max(0, (self.body.seats or 0) - len(self.now))

    @property
    def vacated(self) -> tuple[Term, ...]:
        """The last holders of roles that nobody holds any more: what the vacant places were."""
        held = {term.role for term in (*self.now, *self.coming)}
        last = {term.role: term for term in sorted(self.ended, key=lambda term: term.ends_on) if term.role and term.role not in held}
        return tuple(last.values())

    @property
    def ending(self) -> tuple[Term, ...]:
        return tuple(term for term in self.now if term.ends_on <= self.day + ENDS_SOON)


def sittings(cluster: Cluster, day: date) -> list[Sitting]:
    """All bodies of a cluster on a day; two queries."""
    terms = list(Term.objects.filter(body__cluster=cluster).select_related("membership__organisation").order_by("role", "starts_on", "pk"))
    told = []
    for body in cluster.bodies.all():
        own = [term for term in terms if term.body_id == body.pk]
        now = tuple(term for term in own if term.starts_on <= day <= term.ends_on)
        told.append(Sitting(body, day, now, tuple(term for term in own if term.starts_on > day), tuple(term for term in own if term.ends_on < day)))
    return told
