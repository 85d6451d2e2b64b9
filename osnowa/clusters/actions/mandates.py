"""Verbs of mandates: who acts for a member, from when until when. Entries hold days, never names."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.clusters.actions.members import held
from osnowa.clusters.models import Mandate, Membership, Term
from osnowa.journal.actions import Deed, action
from osnowa.kit.errors import Refused
from osnowa.people.actions import at_erasure
from osnowa.people.models import Person, Seat

#: Names are erased so many days after a mandate or a term ended.
KEPT_DAYS = 365
FIELDS = ("person_name", "email", "function", "basis", "valid_from", "valid_to")


def _days(it: Mandate) -> list[str]:
    return [it.valid_from.isoformat(), it.valid_to.isoformat()]


def _check(it: Mandate) -> None:
    if it.valid_to < it.valid_from:
        raise Refused(_("The mandate ends before it begins. Look at the two days."))
    if it.valid_to > it.valid_from + Seat.LONGEST:
        raise Refused(_("A mandate holds for five years at most. It can be prolonged then."))
    if not it.person_name.strip():
        raise Refused(_("Say who holds the mandate."))


@action("clusters.mandate_given", says=gettext_lazy("noted a mandate of a member"))
def add_mandate(*, by: Any, membership: Membership, values: dict[str, Any]) -> Deed:
    """Notes who acts for a member; the same mandate twice is one."""
    if membership.state in (Membership.State.LEFT, Membership.State.REFUSED):
        raise Refused(_("Nobody acts for an organisation that left or was refused."))
    told = {name: values[name] for name in FIELDS if name in values}
    held(membership)
    same = membership.mandates.filter(**told).first()
    if same:
        return Deed(membership, {}, value=same)
    made = Mandate(membership=membership, **told)
    _check(made)
    made.save()
    return Deed(membership, {"mandate": [None, _days(made)]}, place=membership.cluster.region.slug, value=made)


@action("clusters.mandate_changed", says=gettext_lazy("changed a mandate of a member"))
def change_mandate(*, by: Any, mandate: Mandate, values: dict[str, Any]) -> Deed:
    """Changes or prolongs a mandate; with another end it is reminded of anew."""
    before, end = _days(mandate), mandate.valid_to
    changed = sorted(name for name in FIELDS if name in values and getattr(mandate, name) != values[name])
    for name in changed:
        setattr(mandate, name, values[name])
    _check(mandate)
    if mandate.valid_to != end:
        mandate.reminded_on = None
    mandate.save()
    membership = mandate.membership
    return Deed(membership, {"mandate": [before, _days(mandate)], "fields": [None, changed]} if changed else {}, place=membership.cluster.region.slug, value=mandate)


@action("clusters.mandate_ended", says=gettext_lazy("ended a mandate of a member"))
def end_mandate(*, by: Any, mandate: Mandate, on: date) -> Deed:
    """Ends a mandate after this day; one that has not begun is taken away."""
    membership, before = mandate.membership, _days(mandate)
    if on < mandate.valid_from:
        mandate.delete()
        return Deed(membership, {"mandate": [before, None]}, place=membership.cluster.region.slug)
    mandate.valid_to = min(mandate.valid_to, on)
    mandate.save(update_fields=["valid_to"])
    after = _days(mandate)
    return Deed(membership, {"mandate": [before, after]} if after != before else {}, place=membership.cluster.region.slug)


def erase_ended_names(*, by: Any = None, today: date | None = None) -> int:
    """Erases names and addresses of mandates and terms that ended over a year ago; returns of how many. Safe to run every day."""
    day = date.fromordinal((today or timezone.localdate()).toordinal() - KEPT_DAYS)
    mandates = Mandate.objects.filter(valid_to__lt=day).exclude(person_name="", email="").update(person_name="", email="", function="")
    return mandates + Term.objects.filter(ends_on__lt=day).exclude(person_name="").update(person_name="")


@at_erasure
def forget_mandates(person: Person) -> None:
    """Takes the name and address of an erased person off mandates."""
    Mandate.objects.filter(email__iexact=person.email).update(person_name="", email="", function="")
