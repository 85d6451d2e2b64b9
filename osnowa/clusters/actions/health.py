"""Verbs of what rule books ask for: stating facts with their evidence, comparing a book with its source, the pilot plan and its report."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.clusters.models import Cluster, Comparison
from osnowa.clusters.queries.rulebooks import book_of
from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused
from osnowa.people.models import Person
from osnowa.places.models import Region


def _locked(cluster: Cluster) -> Cluster:
    return Cluster.objects.select_for_update(of=("self",)).select_related("region").get(pk=cluster.pk)


@action("clusters.facts_stated", says=gettext_lazy("stated facts of a cluster"))
def state_facts(*, by: Person | None, cluster: Cluster, facts: Mapping[str, Mapping[str, Any] | None], on: date) -> Deed:
    """States facts no room can know: {code: {"value", "link"} or None where it is not known}. The day stands where something changed."""
    held = _locked(cluster)
    before = dict(held.facts)
    for code, said in facts.items():
        known = {name: value for name, value in before.get(code, {}).items() if name != "on"}
        if not said:
            held.facts.pop(code, None)
        elif dict(said) != known:
            held.facts[code] = {**said, "on": on.isoformat()}
    held.save(update_fields=["facts"])
    return Deed(held, differences(before, held.facts), place=held.region.slug)


@action("clusters.book_compared", says=gettext_lazy("noted how a rule book was compared with its source"))
def note_comparison(*, by: Person | None, region: Region, book: str, on: date | None, seen: str = "") -> Deed:
    """A rule book was compared with its source on a day; without a day it counts as not compared. The last word stands."""
    Region.objects.select_for_update().only("pk").get(pk=region.pk)
    if book_of(book) is None:
        raise Refused(_("There is no rule book “%(code)s”.") % {"code": book})
    kept = Comparison.objects.filter(region=region, book=book).first()
    before = {"on": kept.on.isoformat(), "seen": kept.seen} if kept else {}
    after = {"on": on.isoformat(), "seen": seen.strip()} if on else {}
    if on and (on > timezone.localdate() or not after["seen"]):
        raise Refused(_("Say what was seen and on which day; the day is not yet to come."))
    if after and after != before:
        Comparison.objects.update_or_create(region=region, book=book, defaults={**after, "by": by})
    elif kept and not after:
        kept.delete()
    return Deed(region, {f"{book} {name}": pair for name, pair in differences(before, after).items()}, place=region.slug)


@action("clusters.pilot_planned", says=gettext_lazy("set the pilot plan of a cluster"))
def plan_pilot(*, by: Person | None, cluster: Cluster, plan: Mapping[str, Any]) -> Deed:
    """Sets targets and days of the pilot plan; what is empty goes."""
    held = _locked(cluster)
    before = dict(held.pilot)
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in plan.items()}
    held.pilot = {name: value for name, value in (before | told).items() if value not in (None, "", False)}
    held.save(update_fields=["pilot"])
    return Deed(held, differences(before, held.pilot), place=held.region.slug)


@action("clusters.report_noted", says=gettext_lazy("noted that the report of a pilot is ready"))
def note_report(*, by: Person | None, cluster: Cluster, on: date, with_fund_concept: bool = False) -> Deed:
    """The report of the pilot was ready on a day; the first day stands. A concept of a fund may be annexed."""
    held = _locked(cluster)
    before = dict(held.pilot)
    held.pilot.setdefault("report_on", on.isoformat())
    if with_fund_concept:
        held.pilot.setdefault("fund_concept_on", on.isoformat())
    held.save(update_fields=["pilot"])
    return Deed(held, differences(before, held.pilot), place=held.region.slug)
