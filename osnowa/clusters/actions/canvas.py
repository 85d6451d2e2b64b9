"""Verbs of the canvas: a text gets a new version; questions, decisions and evidence are added, settled, changed, removed."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.clusters.models import Cluster, Point, Wording
from osnowa.clusters.queries.canvas import dimension, newest
from osnowa.journal.actions import Deed, action, next_number
from osnowa.kit.errors import Refused
from osnowa.meetings.models import Card
from osnowa.people.models import Person


def _held(cluster: Cluster) -> Cluster:
    """The cluster, kept from others until this is done."""
    return Cluster.objects.select_for_update(of=("self",)).select_related("region").get(pk=cluster.pk)


def _known(cluster: Cluster, code: str) -> str:
    if dimension(cluster.region, code) is None:
        raise Refused(_("There is no dimension “%(code)s” on the canvas.") % {"code": code})
    return code


@action("clusters.text_written", says=gettext_lazy("wrote a text of the canvas"))
def write_text(
    *, by: Person | None, cluster: Cluster, dimension: str, language: str, text: str, note: str = "", cards: Collection[Card] = (), seen: int | None = None
) -> Deed:
    """Adds a version; nothing where text and cards stayed. `seen` is the version its author began from: a newer one is not overwritten unread."""
    held = _held(cluster)
    before = newest(held, _known(held, dimension), language)
    kept = {card.pk for card in before.cards.all()} if before else set()
    if text.strip() == (before.text if before else "") and {card.pk for card in cards} == kept:
        return Deed(held, {}, value=before)
    number = next_number(before, seen)
    made = Wording.objects.create(cluster=held, dimension=dimension, language=language, number=number, text=text.strip(), note=note.strip(), made_by=by)
    made.cards.set(cards)
    return Deed(held, {f"canvas {dimension} {language}": [number - 1, number]}, place=held.region.slug, value=made)


def _check(point: Point) -> None:
    decision = point.settled_by
    if point.kind != Point.Kind.QUESTION and (decision or point.settled_on):
        raise Refused(_("Only a question is settled."))
    if decision and (decision.kind != Point.Kind.DECISION or decision.cluster_id != point.cluster_id):
        raise Refused(_("A question is settled by a decision of this cluster."))
    if point.settled_on and point.settled_on < point.on:
        raise Refused(_("The question is settled before it is asked. Look at the two dates."))


def _told(point: Point, before: Any, after: Any) -> dict[str, list[Any]]:
    return {f"canvas {point.dimension} {point.kind}": [before, after]}


@action("clusters.point_added", says=gettext_lazy("added a point to the canvas"))
def add_point(*, by: Person | None, cluster: Cluster, dimension: str, kind: str, values: Mapping[str, Any]) -> Deed:
    """Adds a question, a decision or a piece of evidence."""
    held = _held(cluster)
    made = Point(cluster=held, dimension=_known(held, dimension), kind=kind, **values)
    _check(made)
    made.save()
    return Deed(held, _told(made, None, made.pk), place=held.region.slug, value=made)


@action("clusters.point_changed", says=gettext_lazy("changed a point of the canvas"))
def change_point(*, by: Person | None, point: Point, values: Mapping[str, Any]) -> Deed:
    """Changes what is given of a point; a question that names its decision is settled."""
    held = Point.objects.select_for_update(of=("self",)).select_related("cluster__region", "settled_by").get(pk=point.pk)
    changed = sorted(name for name, value in values.items() if getattr(held, name) != value)
    for name, value in values.items():
        setattr(held, name, value)
    _check(held)
    held.save()
    return Deed(held.cluster, _told(held, None, changed) if changed else {}, place=held.cluster.region.slug, value=held)


@action("clusters.question_settled", says=gettext_lazy("settled a question of the canvas"))
def settle_question(*, by: Person | None, point: Point, decision: Point, on: date | None = None) -> Deed:
    """A question is settled by a decision, today unless another day is said."""
    held = Point.objects.select_for_update(of=("self",)).select_related("cluster__region").get(pk=point.pk)
    held.settled_by, held.settled_on = decision, on or max(timezone.localdate(), held.on)
    _check(held)
    held.save(update_fields=["settled_by", "settled_on"])
    return Deed(held.cluster, _told(held, "open", "settled"), place=held.cluster.region.slug, value=held)


@action("clusters.point_removed", says=gettext_lazy("removed a point of the canvas"))
def remove_point(*, by: Person | None, point: Point) -> Deed:
    """Takes a point off; questions it settled are open again."""
    cluster, facts = point.cluster, _told(point, point.pk, None)
    point.settles.update(settled_on=None, settled_by=None)
    point.delete()
    return Deed(cluster, facts, place=cluster.region.slug)
