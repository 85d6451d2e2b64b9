"""The survey of needs and offers that is open by a link, with its first answers."""

from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from osnowa.assessments.actions import make_round, open_round
from osnowa.assessments.actions.answers import begin, hear
from osnowa.assessments.models import Answer, Instrument, Respondent, Round
from osnowa.assessments.queries.instruments import Item, definition_in
from osnowa.journal.actions import through
from osnowa.people.models import Person
from osnowa.places.models import Region
from osnowa.sample.workshops.plan import Plan


def ask(region: Region, plan: Plan, by: Person | None, dice: Random) -> Round:
    """An open round; who holds the link may answer."""
    words = plan.survey
    instrument = Instrument.objects.filter(region=None, code=words["instrument"]).earliest("made_at", "pk")
    days = {name: date.fromisoformat(words[name]) for name in ("opens_on", "closes_on")}
    began = plan.moment(words["opens_on"], "09:00")
    with through("sample", began):
        made: Round = make_round(by=by, region=region, instrument=instrument, values={"title": words["title"], "asked": words["asked"], **days})
        open_round(by=by, round_=made)
    Round.objects.filter(pk=made.pk).update(is_invented=True)
    made.refresh_from_db()
    order = [sector for sector, number in words["respondents"].items() for _one in range(number)]
    dice.shuffle(order)
    for number, sector in enumerate(order):
        _answer(made, sector, plan, began + timedelta(hours=7 * number + 2), dice)
    return made


def _answer(round_: Round, sector: str, plan: Plan, at: datetime, dice: Random) -> None:
    who = begin(round_=round_, sector=sector, via=Respondent.Via.LINK, language=plan.language)
    for code, item in definition_in(round_.instrument).items.items():
        hear(round_=round_, respondent=who, code=code, words={"value": _value(item, plan, dice)}, turn=1)
    Respondent.objects.filter(pk=who.pk).update(began_at=at, finished_at=at + timedelta(minutes=9))
    Answer.objects.filter(respondent=who).update(said_at=at + timedelta(minutes=5))


def _value(item: Item, plan: Plan, dice: Random) -> Any:
    """Something that answers an item."""
    codes = [choice.code for choice in item.choices]
    match item.kind:
        case "several":
            return dice.sample(codes, min(len(codes), item.most or len(codes), dice.choice((1, 2, 2, 3))))
        case "choice":
            return dice.choice(codes)
        case "text":
            return dice.choice(["", "", *plan.survey["words"]])
        case "number":
            return str(dice.randrange(1, 12))
    return str(min(dice.choice((2, 3, 4, 4, 5)), item.most or 5))
