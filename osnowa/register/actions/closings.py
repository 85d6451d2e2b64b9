"""Closings proposed because a newer list names an organisation no more: a person decides, nothing closes by itself."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from osnowa.journal.models import Entry
from osnowa.places.models import Region
from osnowa.register.models import Organisation, Proposal

Person = Any
_CLOSING = {"activity_status": Organisation.Status.CLOSED.value}


def waiting_closings(region: Region) -> QuerySet[Proposal]:
    """The proposals to close that wait for a decision."""
    waiting = Proposal.objects.filter(region=region, kind=Proposal.Kind.CHANGE, state=Proposal.State.WAITING)
    return waiting.filter(values__activity_status=Organisation.Status.CLOSED)


def propose_closings(*, by: Person, region: Region, organisations: Collection[int], message: str, batch: str = "") -> list[int]:
    """Puts closings into the queue, inside the transaction and deed of a caller; returns their keys.

    Closed organisations and those whose closing waits already are passed over. Nobody is written to.
    """
    known = set(waiting_closings(region).values_list("organisation_id", flat=True))
    there = Organisation.objects.filter(pk__in=set(organisations) - known).exclude(activity_status=Organisation.Status.CLOSED)
    made = Proposal.objects.bulk_create(
        Proposal(region=region, organisation=it, kind=Proposal.Kind.CHANGE, values=_CLOSING, message=message, name=message[:120])
        for it in there.order_by("pk")
    )
    now = timezone.now()
    Entry.objects.bulk_create(
        (
            Entry(
                at=now, by=by, deed="register.proposal_made", place=region.slug, thing_type=one._meta.label_lower,
                thing_id=str(one.pk), thing_label=one.journal_label[:300], batch=batch,
                changes={"kind": [None, one.kind], "fields": [None, ["activity_status"]]},
            )
            for one in made
        ),
        batch_size=500,
    )  # fmt: skip
    return [one.pk for one in made]


def withdraw_closings(*, region: Region, keys: Collection[int]) -> int:
    """Takes proposed closings back that nobody has decided yet; returns how many."""
    waiting = waiting_closings(region).filter(pk__in=keys)
    count = waiting.count()
    waiting.delete()
    return count
