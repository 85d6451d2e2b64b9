"""Facts of a cluster that rule books ask for, each with the page or paper it was read from; twelve reads whatever its size."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db.models import Count, F, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from osnowa.agreements.models import Signatory
from osnowa.assessments.models import Round
from osnowa.clusters.models import Body, BudgetLine, Cluster, Service, Use, Wording
from osnowa.clusters.queries import money
from osnowa.compute.conditions import Value
from osnowa.kit.codes import CodeList
from osnowa.meetings.models import Kind, Meeting
from osnowa.places.models import Subregion
from osnowa.register.models import Recognition

FACTS = CodeList(Path(__file__).parents[1] / "tables" / "facts.csv")
_YEAR = timedelta(days=365)
_PAGES = {"members", "portrait", "bodies", "canvas", "services", "money"}


@dataclass(frozen=True)
class Fact:
    """A fact with its value (None: nobody knows) and where it comes from: an address, and the day it was stated on."""

    code: str
    value: Value
    url: str = ""
    stated_on: date | None = None

    @property
    def label(self) -> str:
        return FACTS.label(self.code)

    @property
    def kind(self) -> str:
        return FACTS[self.code]["kind"]

    @property
    def is_stated(self) -> bool:
        return FACTS[self.code]["tab"] == "stated"

    @property
    def written(self) -> str:
        """The value in words."""
        value = self.value
        if value is None:
            return _("not known")
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        if isinstance(value, tuple):
            return " – ".join(date_format(day, "DATE_FORMAT") for day in value)
        if isinstance(value, date):
            return date_format(value, "DATE_FORMAT")
        return f"{number_format(round(value, 1), None if value % 1 else 0)}{' %' if self.kind == 'percent' else ''}"


def facts_of(cluster: Cluster, day: date | None = None) -> dict[str, Fact]:
    """{code: fact} of everything in `tables/facts.csv`."""
    on = day or timezone.localdate()
    found: dict[str, Value] = {**_of_members(cluster, on), **_counted(cluster, on), **_of_money(cluster, on), **_of_meetings(cluster, on), **_said(cluster)}
    stated = {code: _stated(cluster, code) for code in FACTS.rows if FACTS[code]["tab"] == "stated"}
    return {code: stated.get(code) or Fact(code, found.get(code), _where(cluster, code)) for code in FACTS.rows}


def _of_members(cluster: Cluster, on: date) -> dict[str, Value]:
    rows = [it for it in cluster.memberships.select_related("organisation") if it.was_member_on(on)]
    organisations = [it.organisation for it in rows]
    places = {one.municipality_id for one in organisations if one.municipality_id}
    return {
        "partners": len(rows),
        "legal_forms": len({one.legal_form for one in organisations if one.legal_form}),
        "types": len({one.sector for one in organisations if one.sector}) or None,
        "economy_share": _share(sum(one.sector == "social_economy" for one in organisations), len(rows)),
        "places_known": _share(sum(one.municipality_id is not None for one in organisations), len(rows)),
        "subregions": len(_reached(cluster, places)),
        "enrolled_des": Recognition.objects.filter(organisation__in=organisations, code="IT-DES", state="granted", ended_on=None).values("organisation").distinct().count(),
    }  # fmt: skip


def _share(part: float, whole: float) -> float | None:
    return 100 * part / whole if whole else None


def _reached(cluster: Cluster, municipalities: Iterable[int]) -> set[int]:
    """The parts of the region, in the division it uses first, that hold one of the municipalities; one query."""
    rows = Subregion.objects.filter(region=cluster.region, municipalities__in=list(municipalities)).values_list("kind", "pk").distinct()
    by_kind: dict[str, set[int]] = {}
    for kind, key in rows:
        by_kind.setdefault(kind, set()).add(key)
    return next((by_kind[kind] for kind in Subregion.Kind.values if kind in by_kind), set())


def _number_of(things: QuerySet[Any], count: Any = None) -> Any:
    counted = things.order_by().values("cluster_key").annotate(many=count or Count("pk")).values("many")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _counted(cluster: Cluster, on: date) -> dict[str, Value]:
    """What only has to be counted; one query."""
    here = OuterRef("pk")
    uses = Use.objects.filter(service__cluster=here, on__gt=on - _YEAR, on__lte=on, reverses=None, reversed_by=None).annotate(cluster_key=F("service__cluster"))
    signed = Signatory.objects.filter(agreement=OuterRef("letter"), state=Signatory.State.SIGNED).annotate(cluster_key=F("agreement"))
    rounds = Round.objects.filter(clusters=here, state=Round.State.CLOSED).annotate(cluster_key=F("clusters"))
    row: dict[str, Any] = dict(Cluster.objects.filter(pk=cluster.pk).values(
        bodies_n=_number_of(Body.objects.filter(cluster=here).annotate(cluster_key=F("cluster"))),
        canvas_n=_number_of(Wording.objects.filter(cluster=here).exclude(text="").annotate(cluster_key=F("cluster")), Count("dimension", distinct=True)),
        rounds_n=_number_of(rounds),
        services_n=_number_of(Service.objects.filter(cluster=here, state=Service.State.RUNNING, is_strategy=False).annotate(cluster_key=F("cluster"))),
        uses_n=_number_of(uses),
        satisfaction_n=_number_of(uses.exclude(satisfaction=None)),
        signatories_n=_number_of(signed), signed_sectors_n=_number_of(signed.exclude(sector=""), Count("sector", distinct=True)),
    ).get())
    unknown: dict[str, Value] = {} if cluster.letter_id else {"signatories": None, "signed_sectors": None}
    return {name.removesuffix("_n"): int(number) for name, number in row.items()} | unknown


def _of_money(cluster: Cluster, on: date) -> dict[str, Value]:
    """Years with costs from this one on without a gap; of this year's secured sources how many, the biggest, the own."""
    lines = list(cluster.budget.filter(year__gte=on.year))
    secured = [line for line in lines if line.year == on.year and line.side == BudgetLine.Side.SOURCE and line.is_secured]
    found = money.mix(secured)
    years = {line.year for line in lines if line.side == BudgetLine.Side.COST}
    unbroken = next(number for number in range(len(years) + 1) if on.year + number not in years)
    return {
        "budget_years": unbroken, "sources": found.givers if lines else None,
        "biggest_source": None if found.top_share is None else float(100 * found.top_share), "own_share": None if found.own_share is None else float(100 * found.own_share),
    }  # fmt: skip


def _of_meetings(cluster: Cluster, on: date) -> dict[str, Value]:
    if cluster.series_id is None:
        return {"workshops": None, "briefings": None, "meetings_year": None}
    held = list(Meeting.objects.filter(series=cluster.series_id, state=Meeting.State.HELD).values_list("kind", "starts_at"))
    of_kind = {kind: sum(one == kind for one, _at in held) for kind in Kind.values}
    lately = sum(on - _YEAR < timezone.localdate(at) <= on for _kind, at in held)
    return {"workshops": of_kind["workshop"], "briefings": of_kind["briefing"], "meetings_year": lately}


def _said(cluster: Cluster) -> dict[str, Value]:
    """What the cluster itself says: its portrait, its pilot plan, its joint initiative."""
    report = cluster.pilot.get("report_on")
    return {
        "coordinator": bool(cluster.coordinator_id or cluster.coordinator_name),
        "posts": float(cluster.coordinator_fte) if cluster.coordinator_fte is not None else None,
        "legal_entity": bool(cluster.legal_entity),
        "mission": any(cluster.mission.values()),
        "english": cluster.is_public and bool(cluster.mission.get("en")),
        "governance": any(cluster.governance.values()),
        "rules": bool(cluster.rules),
        "initiative": cluster.initiative is not None and cluster.initiative.state == Meeting.State.HELD,
        "report": date.fromisoformat(report) if report else False,
        "fund_concept": bool(cluster.pilot.get("fund_concept_on")),
    }


def _stated(cluster: Cluster, code: str) -> Fact:
    said: Mapping[str, Any] = cluster.facts.get(code) or {}
    value: Any = said.get("value")
    if isinstance(value, list):
        value = (date.fromisoformat(value[0]), date.fromisoformat(value[1]))
    return Fact(code, value, said.get("link", ""), date.fromisoformat(said["on"]) if said.get("on") else None)


def _where(cluster: Cluster, code: str) -> str:
    """The address of the page a fact was read from; empty where there is none."""
    region, tab = cluster.region.slug, FACTS[code]["tab"]
    if code == "initiative" and cluster.initiative:
        name, words = "meetings:meeting", [region, cluster.initiative.slug]
    elif tab in _PAGES:
        name, words = f"clusters:{tab}", [region, cluster.slug]
    elif tab == "meetings" and cluster.series:
        name, words = "meetings:series", [region, cluster.series.slug]
    elif tab == "letter" and cluster.letter:
        name, words = "agreements:agreement", [region, cluster.letter.slug]
    elif tab == "documents":
        name, words = "reports:reports", [region]
    else:
        return ""
    try:
        return reverse(name, args=words)
    except NoReverseMatch:
        return ""
