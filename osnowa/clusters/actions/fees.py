"""Verbs of fees: tiers, the fees of a year issued in one deed, what was paid."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.clusters.actions.members import locked
from osnowa.clusters.models import Cluster, Fee, FeeTier, Membership
from osnowa.clusters.queries.fees import planned, tiers_of, year_of
from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused

FIELDS = ("title", "amount", "sectors", "revenue_from", "revenue_below", "order")


def _facts(it: FeeTier) -> dict[str, Any]:
    return {name: value if isinstance(value := getattr(it, name), str | list | int) or value is None else str(value) for name in FIELDS}


def _check(it: FeeTier) -> None:
    if it.amount < 0:
        raise Refused(_("A fee is not negative."))
    if it.revenue_from is not None and it.revenue_below is not None and it.revenue_below <= it.revenue_from:
        raise Refused(_("The span of revenue ends before it begins. Look at the two amounts."))


@action("clusters.tier_added", says=gettext_lazy("added a fee tier"))
def add_tier(*, by: Any, cluster: Cluster, values: dict[str, Any]) -> Deed:
    """Adds a tier behind the others; the same twice is one."""
    here = locked(cluster)
    if same := here.tiers.filter(**{name: value for name, value in values.items() if name != "order"}).first():
        return Deed(here, {}, value=same)
    made = FeeTier(cluster=here, **{"order": here.tiers.count(), **values})
    _check(made)
    made.save()
    return Deed(here, {"tier": [None, _facts(made)]}, place=here.region.slug, value=made)


@action("clusters.tier_changed", says=gettext_lazy("changed a fee tier"))
def change_tier(*, by: Any, tier: FeeTier, values: dict[str, Any]) -> Deed:
    """Changes a tier; fees issued already stay as they are."""
    before = _facts(tier)
    for name, value in values.items():
        setattr(tier, name, value)
    _check(tier)
    tier.save()
    return Deed(tier.cluster, differences(before, _facts(tier)), place=tier.cluster.region.slug, value=tier)


@action("clusters.tier_removed", says=gettext_lazy("removed a fee tier"))
def remove_tier(*, by: Any, tier: FeeTier) -> Deed:
    """Takes a tier away; members who had it pay by their sector and revenue again, fees issued already stay."""
    cluster, before = tier.cluster, _facts(tier)
    tier.delete()
    return Deed(cluster, {"tier": [before, None]}, place=cluster.region.slug)


@action("clusters.tiers_replaced", says=gettext_lazy("laid down new fee tiers"))
def replace_tiers(*, by: Any, cluster: Cluster, tiers: Iterable[dict[str, Any]]) -> Deed:
    """Puts a scheme that was tried in the simulation in the place of the tiers there are."""
    here = locked(cluster)
    before = [_facts(it) for it in here.tiers.all()]
    made = [FeeTier(cluster=here, **{**values, "order": place}) for place, values in enumerate(tiers)]
    if not made:
        raise Refused(_("There is no tier in this scheme."))
    for it in made:
        _check(it)
    here.tiers.all().delete()
    FeeTier.objects.bulk_create(made)
    after = [_facts(it) for it in made]
    return Deed(here, {"tiers": [before, after]} if before != after else {}, place=here.region.slug)


@action("clusters.fees_issued", says=gettext_lazy("issued the fees of a year"))
def issue_fees(*, by: Any, cluster: Cluster, year: int) -> Deed:
    """Issues the fees of a year to all members of today whose fee is certain and who have none for it; returns how many."""
    here = locked(cluster)
    today = timezone.localdate()
    if not today.year - 5 <= year <= today.year + 1:
        raise Refused(_("Fees are issued for this year, the next one, or one of the last five."))
    plan = planned(here, year_of(here, year), tiers_of(here), today)
    if not plan.fees:
        raise Refused(_("There is nobody to issue a fee of %(year)s to: either all have one, or no tier is certain for anybody.") % {"year": year})
    Fee.objects.bulk_create(Fee(membership=it, year=year, amount=amount) for it, amount, _tier in plan.fees)
    changes: dict[str, list[Any]] = {f"fees_{year}": [plan.there, plan.there + len(plan.fees)], "sum": [None, str(plan.total)]}
    return Deed(here, changes, place=here.region.slug, value=len(plan.fees))


@action("clusters.fee_set", says=gettext_lazy("set the fee of a member"))
def set_fee(*, by: Any, membership: Membership, year: int, amount: Decimal) -> Deed:
    """Says what one member owes for a year: where its tier is not certain, or where something else was agreed."""
    if amount < 0:
        raise Refused(_("A fee is not negative."))
    there = Fee.objects.filter(membership=membership, year=year).first()
    before = str(there.amount) if there else None
    made, _is_new = Fee.objects.update_or_create(membership=membership, year=year, defaults={"amount": amount})
    made.refresh_from_db()
    changes = {f"fee_{year}": [before, str(made.amount)]} if before != str(made.amount) else {}
    return Deed(membership, changes, place=membership.cluster.region.slug, value=made)


@action("clusters.fee_paid", says=gettext_lazy("noted a fee as paid"))
def note_paid(*, by: Any, fee: Fee, paid: Decimal, on: date | None) -> Deed:
    """Notes how much of a fee is paid and on which day; nothing paid takes the day away."""
    if paid < 0:
        raise Refused(_("What was paid is not negative."))
    if paid and on is None:
        raise Refused(_("Say on which day it was paid."))
    if on is not None and on > timezone.localdate():
        raise Refused(_("This day is still to come. Note what was paid once it was."))
    before = {"paid": f"{fee.paid:.2f}", "paid_on": fee.paid_on.isoformat() if fee.paid_on else None}
    fee.paid, fee.paid_on = paid, on if paid else None
    fee.save(update_fields=["paid", "paid_on"])
    after = {"paid": f"{fee.paid:.2f}", "paid_on": fee.paid_on.isoformat() if fee.paid_on else None}
    return Deed(fee.membership, differences(before, after), place=fee.membership.cluster.region.slug, value=fee)
