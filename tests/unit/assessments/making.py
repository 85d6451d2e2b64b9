"""Rounds with answers, for the tests of the room."""

from collections.abc import Mapping, Sequence
from typing import Any

from osnowa.assessments import actions
from osnowa.assessments.actions import answers
from osnowa.assessments.models import Instrument, Respondent, Round
from tests.world import World

SECTORS = ("social_economy", "civil_society", "public", "business", "academia")


def a_round(world: World, code: str = "csei", *, is_open: bool = True, **values: Any) -> Round:
    """A round of a shipped instrument in Pomorskie."""
    actions.load_shipped(by=None)
    instrument = Instrument.objects.get(region=None, code=code)
    region = values.pop("region", world.pomorskie)
    made: Round = actions.make_round(by=world.bolek, region=region, instrument=instrument, values={"title": "Round", **values})
    if is_open:
        made = actions.open_round(by=world.bolek, round_=made)
    return made


def answer(round_: Round, sector: str, said: Mapping[str, Any], turn: int = 1, respondent: Respondent | None = None) -> Respondent:
    """One who answers: {item: value, or words}."""
    who = respondent or answers.begin(round_=round_, sector=sector, via="link")
    for code, words in said.items():
        answers.hear(round_=round_, respondent=who, code=code, words=words if isinstance(words, dict) else {"value": words}, turn=turn)
    return who


def fill(round_: Round, by_sector: Mapping[str, Sequence[int | None]], codes: Sequence[str] = ("D1",)) -> None:
    """Answers of many: {sector: levels}, the same for each dimension."""
    for sector, values in by_sector.items():
        for value in values:
            answer(round_, sector, {code: {"value": value, "importance": 2, "target": 4} for code in codes})
