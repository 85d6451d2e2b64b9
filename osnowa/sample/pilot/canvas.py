"""The cluster of the pilot, its ecosystem and its canvas: first words after each workshop, agreed texts and decisions in November."""

from decimal import Decimal

from osnowa.assessments.models import Round
from osnowa.clusters.actions.canvas import add_point, settle_question, write_text
from osnowa.clusters.actions.clusters import change_cluster, make_cluster
from osnowa.clusters.actions.ecosystem import add_actor
from osnowa.clusters.actions.health import plan_pilot
from osnowa.clusters.models import Point
from osnowa.clusters.queries.canvas import INSTRUMENT
from osnowa.meetings.models import Card, Meeting, Series
from osnowa.register.models import Organisation, Visibility
from osnowa.sample.pilot.stage import Pilot, dated, moment


def begin(pilot: Pilot) -> None:
    """The cluster as it is being designed, with the plan of the document and who plays which role."""
    words = pilot.words["cluster"]
    pilot.series = Series.objects.get(region=pilot.region)
    values = words["values"] | {"series": pilot.series, "subregions": list(pilot.region.subregions.all()), "coordinator_fte": Decimal(words["values"]["coordinator_fte"])}
    with pilot.on(words["made_on"]):
        pilot.cluster = make_cluster(by=pilot.by, region=pilot.region, values=values, is_invented=True)
        plan_pilot(by=pilot.by, cluster=pilot.cluster, plan=words["plan"])
    dated(pilot.cluster, words["made_on"], "made_at")
    with pilot.on("2025-04-15"):
        _people_the_ecosystem(pilot)


def choose_initiative(pilot: Pilot) -> None:
    """The joint initiative the document asks for: a fair made with what members have."""
    words = pilot.words["cluster"]["initiative"]
    with pilot.on(words["chosen_on"]):
        pilot.cluster = change_cluster(by=pilot.by, cluster=pilot.cluster, values={"initiative": Meeting.objects.get(region=pilot.region, title=words["title"])})


def _people_the_ecosystem(pilot: Pilot) -> None:
    for role, name, sector, note in pilot.words["actors"]:
        add_actor(by=pilot.by, cluster=pilot.cluster, values={"role": role, "name": name, "sector": sector, "note": note})
    there = Organisation.objects.filter(region=pilot.region, visibility=Visibility.PUBLIC, ended_on=None).order_by("slug")
    for role, (form, number) in pilot.words["roles"].items():
        for one in there.filter(legal_form=form)[:number]:
            add_actor(by=pilot.by, cluster=pilot.cluster, values={"role": role, "organisation": one, "sector": one.sector})


def _cards(pilot: Pilot, code: str) -> list[Card]:
    return list(Card.objects.filter(block__meeting__series=pilot.series, block__kind="cards", block__title__startswith=f"{code} "))


def _meeting(pilot: Pilot, day: str) -> Meeting | None:
    return pilot.series.meetings.filter(starts_at__lte=moment(day, 23)).order_by("starts_at").last()


def draft(pilot: Pilot) -> None:
    """First words of each dimension from the cards of its workshop, with an open question."""
    for code, day in pilot.words["drafted_on"].items():
        said = pilot.canvas[code]
        with pilot.on(day):
            made = write_text(by=pilot.by, cluster=pilot.cluster, dimension=code, language="pl", text=said["first"], note="po warsztacie", cards=_cards(pilot, code)[:3])
            question = {"text": said["question"], "meeting": _meeting(pilot, day), "on": moment(day).date()}
            add_point(by=pilot.by, cluster=pilot.cluster, dimension=code, kind=Point.Kind.QUESTION, values=question)
        dated(made, day, "made_at")
    for code, text, day in sorted(pilot.words["evidence"], key=lambda row: row[2]):
        with pilot.on(day, 15):
            add_point(by=pilot.by, cluster=pilot.cluster, dimension=code, kind=Point.Kind.EVIDENCE, values={"text": text, "meeting": _meeting(pilot, day), "on": moment(day).date()})


def agree(pilot: Pilot) -> None:
    """The agreed texts from all cards, the decisions that settle questions, and the two rounds of scoring."""
    day = pilot.words["agreed_on"]
    for code, said in pilot.canvas.items():
        with pilot.on(day):
            made = write_text(by=pilot.by, cluster=pilot.cluster, dimension=code, language="pl", text=said["text"], note="uzgodnione", cards=_cards(pilot, code))
        dated(made, day, "made_at")
    day = pilot.words["decided_on"]
    with pilot.on(day):
        for question in pilot.cluster.points.filter(kind=Point.Kind.QUESTION):
            if text := pilot.canvas[question.dimension]["decision"]:
                _settle(pilot, question, text, day)
        rounds = list(Round.objects.filter(region=pilot.region, state=Round.State.CLOSED, instrument__code=INSTRUMENT))
        pilot.cluster = change_cluster(by=pilot.by, cluster=pilot.cluster, values={"rounds": rounds})


def _settle(pilot: Pilot, question: Point, text: str, day: str) -> None:
    values = {"text": text, "meeting": _meeting(pilot, day), "on": moment(day).date()}
    decision = add_point(by=pilot.by, cluster=pilot.cluster, dimension=question.dimension, kind=Point.Kind.DECISION, values=values)
    settle_question(by=pilot.by, point=question, decision=decision)
