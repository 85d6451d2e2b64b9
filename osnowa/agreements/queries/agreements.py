"""Reads of agreements: the list of a region, who signed in alphabetical order, how many."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from osnowa.agreements import access
from osnowa.agreements.models import Agreement, Signatory
from osnowa.kit.alphabets import in_order
from osnowa.places.access import Anyone
from osnowa.places.models import Region

State = Signatory.State
_SIGNED = Q(signatories__state=State.SIGNED)


def counted(agreements: QuerySet[Agreement]) -> QuerySet[Agreement]:
    """The agreements with `signed`, the number of organisations that signed and did not withdraw."""
    return agreements.annotate(signed=Count("signatories", filter=_SIGNED))


def agreements_of(person: Anyone, region: Region) -> list[Agreement]:
    """The agreements a person may see: open ones first, then drafts, closed and ended ones, the newest first."""
    order = {"open": 0, "draft": 1, "closed": 2, "ended": 3}
    found = counted(access.visible(person, region)).order_by("-made_at", "-pk")
    return sorted(found, key=lambda it: order[it.state])


def open_ones(region: Region, most: int = 3) -> list[Agreement]:
    """The public agreements of a region that can be signed now, for its front page."""
    rows = Agreement.objects.filter(region=region, is_public=True, state=Agreement.State.OPEN)
    return list(counted(rows).order_by("closes_on", "pk")[:most])


@dataclass(frozen=True)
class Roll:
    """Who stands in the signature register, each part in the order of the alphabet."""

    first: list[Signatory]
    later: list[Signatory]
    withdrawn: list[Signatory]

    @property
    def count(self) -> int:
        return len(self.first) + len(self.later)


def roll_of(agreement: Agreement) -> Roll:
    """Who signed until the closing day, who joined later by declaration, and who withdrew."""
    rows = agreement.signatories.filter(state__in=(State.SIGNED, State.WITHDRAWN)).exclude(signed_on=None).select_related("organisation", "municipality")
    found = list(_named(agreement, rows))
    signed = [row for row in found if row.state == State.SIGNED]
    return Roll(
        [row for row in signed if not row.is_declaration], [row for row in signed if row.is_declaration],
        [row for row in found if row.state == State.WITHDRAWN],
    )  # fmt: skip


def _named(agreement: Agreement, rows: Iterable[Signatory]) -> list[Signatory]:
    for row in rows:
        row.agreement = agreement
    return sorted(rows, key=lambda row: (in_order(row.name, agreement.language), row.pk))
