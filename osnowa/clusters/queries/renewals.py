"""Reads of renewals: who is due, who can be asked by letter."""

from datetime import date

from osnowa.clusters.models import Cluster, Membership
from osnowa.clusters.queries.mandates import addresses
from osnowa.clusters.queries.members import BEFORE_RENEWAL


def due_on(cluster: Cluster, day: date) -> list[Membership]:
    """Members whose renewal is due within sixty days or overdue, by day; one query."""
    rows = cluster.memberships.filter(state=Membership.State.MEMBER, joined_on__lte=day, renew_by__lte=day + BEFORE_RENEWAL)
    return list(rows.select_related("organisation").order_by("renew_by", "organisation__name_fold", "pk"))


def to_ask(cluster: Cluster, day: date) -> list[Membership]:
    """Those of them who were not asked for this renewal and can be reached by letter; three queries."""
    rows = [it for it in due_on(cluster, day) if it.asked_to_renew_on is None]
    reached = addresses(rows, day)
    return [it for it in rows if it.pk in reached]
