"""Reminders of what ends (V19): mandates of members and terms in bodies. One letter a coordinator and cluster, without names."""

import logging
from datetime import date
from smtplib import SMTPException
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from osnowa.clusters.models import Cluster, Mandate, Membership, Term
from osnowa.journal.actions import Deed, action
from osnowa.kit import letters
from osnowa.people.models import Person
from osnowa.register.actions.reminders import coordinators, is_to_remind
from osnowa.register.queries.recognitions import SOON

log = logging.getLogger(__name__)


def _mandates() -> QuerySet[Mandate]:
    """Mandates of members behind which no later one of the same member stands."""
    return Mandate.objects.filter(membership__state=Membership.State.MEMBER).select_related("membership__cluster__region", "membership__organisation")


def _terms() -> QuerySet[Term]:
    return Term.objects.exclude(body__cluster__state=Cluster.State.ENDED).select_related("body__cluster__region", "membership__organisation")


def _due(day: date) -> dict[Cluster, tuple[list[Mandate], list[Term]]]:
    """What ends soon or has ended and was not reminded of, by cluster; who is followed by a later one is left out."""
    found: dict[Cluster, tuple[list[Mandate], list[Term]]] = {}
    mandates = list(_mandates().filter(valid_to__lte=day + SOON))
    until = {it.membership_id: it.valid_to for it in _mandates().filter(valid_to__gt=day + SOON).order_by("valid_to")}
    for mandate in mandates:
        if mandate.membership_id not in until and is_to_remind(mandate.valid_to, mandate.reminded_on, day):
            found.setdefault(mandate.membership.cluster, ([], []))[0].append(mandate)
    later = {(it.body_id, it.role, it.starts_on) for it in _terms()}
    for term in _terms().filter(ends_on__lte=day + SOON):
        is_followed = any(body == term.body_id and role == term.role and starts > term.starts_on for body, role, starts in later)
        if not is_followed and is_to_remind(term.ends_on, term.reminded_on, day):
            found.setdefault(term.body.cluster, ([], []))[1].append(term)
    return found


@action("clusters.reminded", says=gettext_lazy("reminded the coordinators of mandates and terms that end"))
def _remind(*, by: Any, cluster: Cluster, mandates: list[Mandate], terms: list[Term], people: list[Person], today: date) -> Deed:
    """Marks the rows and writes the letters; where a letter fails nothing is marked, and tomorrow tries again."""
    Mandate.objects.filter(pk__in=[it.pk for it in mandates]).update(reminded_on=today)
    Term.objects.filter(pk__in=[it.pk for it in terms]).update(reminded_on=today)
    for person in people:
        _write(person, cluster, mandates, terms, today)
    return Deed(cluster, None, place=cluster.region.slug, value=len(mandates) + len(terms))


def _write(person: Person, cluster: Cluster, mandates: list[Mandate], terms: list[Term], today: date) -> None:
    pages = {name: letters.link(f"clusters:{name}", person.language, region=cluster.region.slug, cluster=cluster.slug) for name in ("mandates", "bodies")}
    letters.send(
        "clusters/mail/ending.txt", to=person.email, language=person.language, person=person, cluster=cluster, pages=pages, count=len(mandates) + len(terms),
        mandates=[{"it": it, "is_over": it.valid_to < today} for it in mandates], terms=[{"it": it, "is_over": it.ends_on < today} for it in terms],
    )  # fmt: skip


def remind_of_mandates(*, by: Any = None, today: date | None = None) -> int:
    """Reminds coordinators of mandates and terms thirty days before they end and once when they have; returns of how many.

    Safe to run every day. Clusters of regions without a coordinator wait for one.
    """
    day, count = today or timezone.localdate(), 0
    for cluster, (mandates, terms) in _due(day).items():
        people = coordinators(cluster.region, day)
        if not people:
            continue
        try:
            count += _remind(by=by, cluster=cluster, mandates=mandates, terms=terms, people=people, today=day)
        except (SMTPException, OSError) as error:
            log.warning("reminders of cluster %s were not sent", cluster.pk, exc_info=error)
    return count
