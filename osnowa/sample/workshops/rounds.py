"""Rounds of scoring of the sample: what each sector thinks of each dimension, and what the room agrees on."""

from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from osnowa.assessments.actions import close_round, make_round, note_agreed
from osnowa.assessments.models import Agreed, Answer, Instrument, Respondent, Round
from osnowa.assessments.queries.instruments import Definition, definition_in
from osnowa.journal.actions import through
from osnowa.meetings.models import Block, Voice
from osnowa.meetings.queries.meetings import local

if TYPE_CHECKING:
    from osnowa.sample.workshops.gathering import Stage

#: How far voices lie around the level of their sector, how often one says nothing.
_SPREAD, _SILENT = 0.55, 0.04
_VIA = {"phone": "phone", "remote": "link", "paper": "paper"}


def score(stage: "Stage", block: Block, name: str, voices: list[Voice], began: datetime) -> Round:
    """A round in a block: its answers, its end, what was agreed on right after."""
    words, ends = stage.plan.rounds[name], began + timedelta(minutes=block.minutes)
    day = local(block.meeting, began).date()
    before = stage.rounds.get(stage.plan.rounds[words["before"]]["title"]) if "before" in words else None
    values = {name: words[name] for name in ("title", "subject", "asked")} | {"opens_on": day, "closes_on": day, "before": before, "is_public": True}
    csei = Instrument.objects.filter(region=None, code="csei").earliest("made_at", "pk")
    with through("sample", began):
        made: Round = make_round(by=stage.by, region=stage.region, instrument=csei, values=values, block=block)
    Round.objects.filter(pk=made.pk).update(is_invented=True)
    _answer(made, words, voices, began)
    with through("sample", ends):
        close_round(by=stage.by, round_=made)
    Round.objects.filter(pk=made.pk).update(closed_at=ends)
    _agree(stage, made, words["agreed"], ends)
    stage.rounds[made.title] = made
    return made


def _answer(round_: Round, words: dict[str, Any], voices: list[Voice], began: datetime) -> None:
    """As many voices of each sector as the table says, every one on every dimension. `dice` of the table names the throw."""
    dice = Random(f"osnowa round {words['title']} {words['dice']}")
    definition = definition_in(round_.instrument)
    chosen = [voice for sector, number in words["respondents"].items() for voice in [one for one in voices if one.sector == sector][:number]]
    made = Respondent.objects.bulk_create(_respondent(round_, number, voice, began) for number, voice in enumerate(chosen, start=1))
    Answer.objects.bulk_create(answer for one in made for answer in _answers(one, definition, words, dice))


def _respondent(round_: Round, number: int, voice: Voice, began: datetime) -> Respondent:
    at = began + timedelta(seconds=60 + 37 * number % 240)
    return Respondent(
        round=round_, number=number, voice=voice, sector=voice.sector, organisation=voice.organisation, via=_VIA[voice.via], language=voice.language,
        began_at=at, finished_at=at + timedelta(seconds=500 + 113 * number % 700),
    )  # fmt: skip


def _answers(respondent: Respondent, definition: Definition, words: dict[str, Any], dice: Random) -> list[Answer]:
    """A level near that of the sector, a target above it, an importance; now and then no answer."""
    steps, found = definition.scale.steps, []
    for place, dimension in enumerate(definition.scored):
        usual = words["levels"][dimension.code] + words["apart"].get(dimension.code, {}).get(respondent.sector, 0)
        level = min(max(round(usual + dice.gauss(0, _SPREAD)), steps[0]), steps[-1])
        target = min(max(words["target"] + dice.choice((-1, 0, 0, 0, 1)), level), steps[-1])
        weight = min(max(round(words["importance"].get(dimension.code, 2) + dice.gauss(0, 0.5)), 1), 3)
        is_silent = dice.random() < _SILENT
        said = {"value": None, "importance": None, "target": None} if is_silent else {"value": level, "importance": weight, "target": target}
        found.append(Answer(respondent=respondent, item=dimension.code, turn=1, said_at=respondent.began_at + timedelta(seconds=40 * (place + 1)), **said))
    return found


def _agree(stage: "Stage", round_: Round, agreed: list[dict[str, Any]], at: datetime) -> None:
    """What the facilitator noted after the talk about the web."""
    for words in agreed:
        values = words | {"target_on": date.fromisoformat(words["target_on"])}
        with through("sample", at):
            note_agreed(by=stage.by, round_=round_, dimension=values.pop("dimension"), values=values)
    Agreed.objects.filter(round=round_).update(noted_at=at)
