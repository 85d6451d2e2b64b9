"""Verbs of services: the catalogue, and the ledger of uses, whose lines are only added."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from osnowa.clusters.actions.members import locked
from osnowa.clusters.models import Cluster, Service, Use
from osnowa.clusters.queries.services import KINDS
from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused

FIELDS = (
    "is_strategy", "kind", "title", "about", "owner", "is_for_community", "innovation", "state", "price", "unit", "capacity", "starts_on", "closed_on",
)  # fmt: skip
State = Service.State


def _facts(it: Service) -> dict[str, Any]:
    found = {name: getattr(it, name) for name in FIELDS}
    return {name: value if isinstance(value, str | bool) or value is None else str(value) for name, value in found.items()}


def _check(it: Service) -> None:
    if it.kind not in KINDS or (KINDS[it.kind]["group"] == "strategy") != it.is_strategy:
        raise Refused(_("This kind does not fit: services and shared strategies have kinds of their own."))
    if it.owner is not None and it.owner.region_id != it.cluster.region_id:
        raise Refused(_("Who provides a service is an organisation of this region's register."))
    if any(amount is not None and amount < 0 for amount in (it.price, it.capacity)):
        raise Refused(_("Price and capacity are not negative."))
    if it.state == State.CLOSED and it.closed_on is None:
        raise Refused(_("Say on which day it was closed."))
    if it.closed_on is not None and it.starts_on is not None and it.closed_on < it.starts_on:
        raise Refused(_("It closes before it begins. Look at the two dates."))


def _take(it: Service, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(it, name, value)
    if it.state != State.CLOSED:
        it.closed_on = None
    _check(it)
    it.save()


@action("clusters.service_added", says=gettext_lazy("added a service or a shared strategy"))
def add_service(*, by: Any, cluster: Cluster, values: Mapping[str, Any]) -> Deed:
    """Adds a service or a shared strategy behind the others; the same twice is one."""
    here = locked(cluster)
    if same := here.services.filter(**values).first():
        return Deed(same, {})
    made = Service(cluster=here, order=_next(here))
    _take(made, values)
    return Deed(made, differences({}, _facts(made)), place=here.region.slug)


def _next(cluster: Cluster) -> int:
    return max(cluster.services.values_list("order", flat=True), default=-1) + 1


@action("clusters.services_wished", says=gettext_lazy("put proposed services into the catalogue"))
def add_from_seed(*, by: Any, cluster: Cluster, kinds: Iterable[str]) -> Deed:
    """Puts kinds of the seed into the catalogue as wished for, named in the region's first language; what is there stays. Returns how many."""
    here = locked(cluster)
    there = set(here.services.values_list("kind", flat=True))
    chosen = [KINDS[kind] for kind in dict.fromkeys(kinds) if kind in KINDS and kind not in there]
    order = _next(here)
    with override((here.region.languages or ["en"])[0]):
        made = [
            Service(
                cluster=here, kind=code.code, title=code.label, innovation=code["innovation"], is_strategy=code["group"] == "strategy", is_for_community=code["audience"] == "community", order=order + place,
            )
            for place, code in enumerate(chosen)
        ]  # fmt: skip
    Service.objects.bulk_create(made)
    changes: dict[str, list[Any]] = {"services": [None, [it.title for it in made]]} if made else {}
    return Deed(here, changes, place=here.region.slug, value=len(made))


@action("clusters.service_changed", says=gettext_lazy("changed a service or a shared strategy"))
def change_service(*, by: Any, service: Service, values: Mapping[str, Any]) -> Deed:
    """Changes what is given; one that is no longer closed has no closing day."""
    held = Service.objects.select_for_update(of=("self",)).select_related("owner").get(pk=service.pk)
    held.cluster = service.cluster
    before = _facts(held)
    if values.get("is_strategy", held.is_strategy) and not held.is_strategy and held.uses.exists():
        raise Refused(_("This service was used; it cannot become a strategy. Add the strategy beside it."))
    _take(held, values)
    return Deed(held, differences(before, _facts(held)), place=held.cluster.region.slug)


@action("clusters.service_closed", says=gettext_lazy("closed a service or a shared strategy"))
def close_service(*, by: Any, service: Service, on: date) -> Deed:
    """Closes on a day; its lines in the ledger stay."""
    if on > timezone.localdate():
        raise Refused(_("This day is still to come: %(day)s. Close it once the day is there.") % {"day": date_format(on)})
    before = _facts(service)
    _take(service, {"state": State.CLOSED, "closed_on": on})
    return Deed(service, differences(before, _facts(service)), place=service.cluster.region.slug)


@action("clusters.service_moved", says=gettext_lazy("put the catalogue in another order"))
def move_service(*, by: Any, service: Service, up: bool) -> Deed:
    """Moves one place up or down among those of its state; at the edge it stays."""
    here = locked(service.cluster)
    rows = list(here.services.filter(is_strategy=service.is_strategy))
    alike = [it for it in rows if it.state == service.state]
    place = next(number for number, it in enumerate(alike) if it.pk == service.pk)
    there = place - 1 if up else place + 1
    if not 0 <= there < len(alike):
        return Deed(service, {}, place=here.region.slug)
    first, last = rows.index(alike[place]), rows.index(alike[there])
    rows[first], rows[last] = rows[last], rows[first]
    for number, it in enumerate(rows):
        it.order = number
    Service.objects.bulk_update(rows, ["order"])
    return Deed(service, {"order": [first, last]}, place=here.region.slug)


def _check_use(cluster: Cluster, use: Use) -> None:
    """Refuses what cannot have been."""
    words = {"member": use.membership, "service": use.service, "day": date_format(use.on)}
    if use.service.cluster_id != cluster.pk or use.membership.cluster_id != cluster.pk:
        raise Refused(_("A line of the ledger names a service and a member of this cluster."))
    if use.service.is_strategy or use.service.state == State.WISHED:
        raise Refused(_("“%(service)s” is only wished for or a strategy: nobody can have used it yet. Change its state first.") % words)
    if use.on > timezone.localdate():
        raise Refused(_("%(member)s, “%(service)s”: the day %(day)s is still to come.") % words)
    if not use.membership.was_member_on(use.on):
        raise Refused(_("%(member)s was not a member on %(day)s.") % words)
    first, last = use.service.starts_on, use.service.closed_on
    if (last is not None and use.on > last) or (first is not None and use.on < first):
        raise Refused(_("“%(service)s” was not open on %(day)s.") % words)
    if use.quantity <= 0 or any(amount is not None and amount < 0 for amount in (use.paid, use.saved)):
        raise Refused(_("%(member)s, “%(service)s”: how much is above nought, and what was paid or saved is not negative. A wrong line is corrected by reversing it.") % words)


@action("clusters.uses_noted", says=gettext_lazy("noted uses of services"))
def note_uses(*, by: Any, cluster: Cluster, lines: Iterable[Mapping[str, Any]], behind: int | None = None) -> Deed:
    """Adds lines to the ledger, all of them or none; the entry holds their number only. Returns how many.

    `behind` is the newest line the author saw: the same lines sent twice are noted once.
    """
    uses = [Use(**line, added_by=by) for line in lines]
    if not uses:
        raise Refused(_("There is no line yet. Choose a service and a member."))
    locked(cluster)
    if behind is not None and _are_noted(cluster, uses, behind):
        return Deed(cluster, {}, value=len(uses))
    for use in uses:
        _check_use(cluster, use)
    Use.objects.bulk_create(uses)
    return Deed(cluster, {"lines": [None, len(uses)]}, place=cluster.region.slug, value=len(uses))


def _are_noted(cluster: Cluster, uses: list[Use], behind: int) -> bool:
    """Whether the first lines the author added since are these."""
    there = Use.objects.filter(service__cluster=cluster, added_by=uses[0].added_by, reverses=None, pk__gt=behind).order_by("pk")[: len(uses)]
    names = ("service_id", "membership_id", "on", "quantity", "paid", "saved", "satisfaction", "note")
    return [[getattr(it, name) for name in names] for it in there] == [[getattr(it, name) for name in names] for it in uses]


@action("clusters.use_reversed", says=gettext_lazy("reversed a line of the ledger"))
def reverse_use(*, by: Any, use: Use, note: str = "") -> Deed:
    """Takes a line back by a line with the same day and the opposite amounts; both stay to be read."""
    held = Use.objects.select_for_update(of=("self",)).select_related("service__cluster__region", "membership").get(pk=use.pk)
    if held.reverses_id is not None:
        raise Refused(_("This line itself reverses another one. Note the use anew instead."))
    if Use.objects.filter(reverses=held).exists():
        raise Refused(_("This line is reversed already."))
    made = Use.objects.create(
        service=held.service, membership=held.membership, on=held.on, quantity=-held.quantity, paid=_opposite(held.paid), saved=_opposite(held.saved), note=note, reverses=held, added_by=by,
    )  # fmt: skip
    cluster = held.service.cluster
    return Deed(cluster, {"line": [held.pk, made.pk]}, place=cluster.region.slug, value=made)


def _opposite(amount: Any) -> Any:
    return None if amount is None else -amount
