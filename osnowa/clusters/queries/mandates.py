"""Reads of mandates: who acts for a member on a day, who has nobody, to whom letters go; what is kept about a person."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from osnowa.clusters.models import Cluster, Mandate, Membership
from osnowa.clusters.queries.members import members_on
from osnowa.people.models import Person
from osnowa.people.queries import contribute, seats_that_hold
from osnowa.register.models import OrganisationSeat

#: A mandate that ends within this time is shown as ending, and reminded of (V19).
ENDS_SOON = timedelta(days=30)


def mandates_on(memberships: Iterable[Membership], day: date) -> dict[int, list[Mandate]]:
    """{membership: the mandates that hold on a day}; one query."""
    found: dict[int, list[Mandate]] = {}
    for mandate in Mandate.objects.filter(membership__in=list(memberships), valid_from__lte=day, valid_to__gte=day).order_by("valid_to", "pk"):
        found.setdefault(mandate.membership_id, []).append(mandate)
    return found


def mandates_of(cluster: Cluster) -> QuerySet[Mandate]:
    """All mandates of a cluster's members, those that end first before the others."""
    return Mandate.objects.filter(membership__cluster=cluster).select_related("membership__organisation").order_by("valid_to", "pk")


def without_mandate(cluster: Cluster, day: date) -> list[Membership]:
    """Members for whom nobody may act on a day; two queries."""
    members = members_on(cluster, day)
    held = mandates_on(members, day)
    return [it for it in members if it.pk not in held]


def addresses(memberships: Iterable[Membership], day: date) -> dict[int, list[tuple[str, str]]]:
    """{membership: [(e-mail, language)]} to which letters go: mandates that hold, else representatives who have an account."""
    rows = list(memberships)
    found: dict[int, list[tuple[str, str]]] = {}
    for mandate in Mandate.objects.filter(membership__in=rows, valid_from__lte=day, valid_to__gte=day).exclude(email="").order_by("pk"):
        found.setdefault(mandate.membership_id, []).append((mandate.email, ""))
    silent = {it.organisation_id: it.pk for it in rows if it.pk not in found}
    seats = seats_that_hold(OrganisationSeat, day).filter(organisation__in=silent, role=OrganisationSeat.Role.REPRESENTATIVE, person__is_active=True)
    for seat in seats.select_related("person").order_by("pk"):
        found.setdefault(silent[seat.organisation_id], []).append((seat.person.email, seat.person.language))
    return found


@contribute("mandates_in_clusters")
def mandates_of_person(person: Person) -> list[dict[str, Any]]:
    """The mandates noted under a person's address."""
    rows = Mandate.objects.filter(email__iexact=person.email).select_related("membership__cluster", "membership__organisation")
    return [
        {"cluster": str(row.membership.cluster), "organisation": str(row.membership), "name": row.person_name, "function": row.function, "from": row.valid_from, "until": row.valid_to}
        for row in rows
    ]  # fmt: skip
