"""Verbs of what rule books ask for: stating facts with their evidence, setting the pilot plan, noting that its report is there."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy

from osnowa.clusters.models import Cluster
from osnowa.journal.actions import Deed, action, differences
from osnowa.people.models import Person


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
