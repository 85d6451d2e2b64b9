"""A cluster with a canvas, for tests: a series with cards, two rounds of scoring, texts, questions, decisions, evidence."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from osnowa.assessments import actions as assessments
from osnowa.assessments.models import Round
from osnowa.clusters.actions.canvas import add_point, write_text
from osnowa.clusters.models import Cluster, Point, Wording
from osnowa.meetings.models import Block, Card, Meeting, Series
from tests.unit.assessments.making import a_round, fill
from tests.unit.clusters.making import a_cluster
from tests.world import World

CODES = [f"D{number}" for number in range(1, 9)]
LEVELS = {"social_economy": [2, 3, 2, 3], "public": [1, 2, 2, 2]}


def a_series(world: World, texts: tuple[str, ...] = ("Wspólna kuchnia", "Transport dla seniorów"), **more: Any) -> Series:
    """A series with one meeting and one block of cards."""
    now = timezone.now()
    series = Series.objects.create(region=world.pomorskie, slug="cykl", name="Cykl")
    words: dict[str, Any] = {"title": "Warsztat o celu", "starts_at": now - timedelta(days=30), "ends_at": now - timedelta(days=30, hours=-3), "time_zone": "Europe/Warsaw", "state": "held"}
    meeting = Meeting.objects.create(region=world.pomorskie, series=series, slug="warsztat", keep_until=now.date(), **(words | more))
    block = Block.objects.create(meeting=meeting, title="Problemy", kind="cards")
    for order, text in enumerate(texts):
        Card.objects.create(block=block, text=text, order=order)
    return series


def a_closed_round(world: World, cluster: Cluster, levels: Any = LEVELS, **values: Any) -> Round:
    """A closed public round of all eight dimensions, tied to the cluster."""
    one = a_round(world, **({"title": "Ocena", "is_public": True} | values))
    fill(one, levels, CODES)
    closed: Round = assessments.close_round(by=world.bolek, round_=one)
    cluster.rounds.add(closed)
    return closed


def a_text(cluster: Cluster, code: str = "D1", text: str = "Chcemy, by nikt nie był sam.", language: str = "pl", **more: Any) -> Wording:
    """One more version of the text of a dimension."""
    made: Wording = write_text(by=more.pop("by", None), cluster=cluster, dimension=code, language=language, text=text, **more)
    return made


def a_point(cluster: Cluster, kind: str = "question", text: str = "Kto płaci?", code: str = "D1", **values: Any) -> Point:
    """A question, a decision or a piece of evidence."""
    made: Point = add_point(by=None, cluster=cluster, dimension=code, kind=kind, values={"text": text} | values)
    return made


def a_canvas(world: World, **values: Any) -> Cluster:
    """A cluster with something in every part of its canvas."""
    cluster = a_cluster(world, series=a_series(world), **values)
    for code in CODES[:5]:
        a_text(cluster, code)
    decision = a_point(cluster, "decision", "Biuro prowadzi Dobry Chleb")
    a_point(cluster, "question", "Kto prowadzi biuro?", settled_by=decision, settled_on=timezone.localdate())
    a_point(cluster, "question", "Ile to kosztuje?", "D5")
    a_point(cluster, "evidence", "Diagnoza", link="https://example.org/diagnoza")
    return cluster
