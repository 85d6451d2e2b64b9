"""The workshop of the story: voices join, write cards, give dots and score; the minutes are frozen the same hour."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from django.utils import timezone

from osnowa.assessments.actions import close_round, load_shipped, make_round
from osnowa.assessments.models import Instrument
from osnowa.assessments.queries.instruments import definition_in
from osnowa.clusters.queries.canvas import INSTRUMENT
from osnowa.kit.errors import Refused
from osnowa.meetings.actions.agenda import add_block
from osnowa.meetings.actions.arrivals import add_present
from osnowa.meetings.actions.board import close_block, open_block
from osnowa.meetings.actions.meetings import announce, hold, plan_meeting, plan_series
from osnowa.meetings.actions.minutes import freeze_minutes
from osnowa.meetings.actions.voices import join, say
from osnowa.meetings.models import Block, Card, Voice
from osnowa.meetings.queries.countries import zone_of
from osnowa.meetings.queries.kinds import Message
from osnowa.register.models import Organisation, Visibility
from osnowa.sample.story.words import Story, cards

_DOTS = 3
_TARGET = 4


def meet(story: Story) -> str:
    """A workshop of the cluster's series with a part for scoring, one for cards in each dimension, and a vote."""
    now = timezone.now()
    today = timezone.localdate()
    plan = {"name": story.words["series"], "starts_on": today, "ends_on": today + timedelta(days=180), "planned": {"workshop": 1}, "about": story.words["about"]}
    story.series = plan_series(by=None, region=story.region, values=plan, is_invented=True)
    values = {
        "kind": "workshop", "title": story.words["workshop"], "about": story.words["about"], "series": story.series, "starts_at": now, "ends_at": now + timedelta(hours=4),
        "time_zone": zone_of(story.region), "venue": story.words["coordinator"], "languages": [story.language], "facilitator": story.words["facilitator"],
        "keep_until": today + timedelta(days=365),
    }  # fmt: skip
    story.meeting = plan_meeting(by=None, region=story.region, values=values, is_invented=True)
    number = len(list(_agenda(story)))
    announce(by=None, meeting=story.meeting)
    hold(by=None, meeting=story.meeting)
    story.meeting.refresh_from_db()
    return f"“{story.meeting}”, {number} parts"


def _agenda(story: Story) -> Iterator[Block]:
    yield _block(story, "score", story.words["round"], 40)
    for code, question in story.words["blocks"].items():
        yield _block(story, "cards", code, 20, question=question)
    first = story.meeting.blocks.get(title="D1")
    yield _block(story, "vote", story.words["vote"], 10, about=first, settings={"dots": _DOTS})


def _block(story: Story, kind: str, title: str, minutes: int, **more: Any) -> Block:
    made: Block = add_block(by=None, meeting=story.meeting, values={"kind": kind, "title": title, "minutes": minutes, **more})
    return made


def speak(story: Story) -> str:
    """Everybody is checked in and speaks in every part by the way a phone takes."""
    voices = [_arrive(story, number, sector, known) for number, (sector, known) in enumerate(_guests(story), start=1)]
    for block in story.meeting.blocks.order_by("order"):
        if block.kind == "score":
            _prepare(story, block)
        open_block(by=None, block=block)
        block.refresh_from_db()
        for number, voice in enumerate(voices):
            _say(voice, block, list(_messages(story, block, voice, number, len(voices))))
        close_block(by=None, block=block)
    close_round(by=None, round_=story.round)
    story.round.refresh_from_db()
    written = Card.objects.filter(block__meeting=story.meeting, voice__isnull=False).count()
    return f"{len(voices)} voices, {written} cards, {story.round.respondents.count()} who scored eight dimensions"


def _guests(story: Story) -> Iterator[tuple[str, Organisation | None]]:
    """So many of each sector, for organisations of the register where they are invented too: of a real one nobody says it was there."""
    there = Organisation.objects.filter(region=story.region, visibility=Visibility.PUBLIC, ended_on=None).order_by("slug")
    for sector, number in story.words["voices"].items():
        own = list(there.filter(sector=sector, is_invented=True)[:number])
        yield from ((sector, own[place] if place < len(own) else None) for place in range(number))


def _arrive(story: Story, number: int, sector: str, known: Organisation | None) -> Voice:
    name = story.words["people"][number % len(story.words["people"])] + f" {number}"
    body = {"organisation": known} if known else {"organisation_name": story.words["guest"].format(number=number)}
    add_present(by=None, meeting=story.meeting, via="list", person_name=name, sector=sector, country=story.region.jurisdiction, language=story.language, **body)
    key = uuid5(NAMESPACE_OID, f"osnowa story {story.meeting.pk} {story.slug} {number}").hex
    return join(meeting=story.meeting, key=key, sector=sector, organisation_name=known.legal_name if known else "", language=story.language)


def _prepare(story: Story, block: Block) -> None:
    """The round that is answered in the part for scoring."""
    load_shipped(by=None)
    instrument = Instrument.objects.filter(region=None, code=INSTRUMENT).latest("made_at", "pk")
    today = timezone.localdate()
    values = {"title": story.words["round"], "subject": story.words["cluster"], "asked": story.words["voices"], "opens_on": today, "closes_on": today, "is_public": True}
    story.round = make_round(by=None, region=story.region, instrument=instrument, values=values, block=block)


def _messages(story: Story, block: Block, voice: Voice, number: int, of: int) -> Iterator[Message]:
    """What one phone says in one part."""
    dice = Random(f"osnowa story {block.title} {number}")
    if block.kind == "cards":
        for place, text in list(enumerate(cards(story.language)[block.title]))[number::of]:
            yield Message("card", str(uuid5(NAMESPACE_OID, f"osnowa story {block.pk} {story.slug} {place}")), 1, {"text": text})
    elif block.kind == "vote":
        for card in dice.sample(list(Card.objects.filter(block=block.about).order_by("pk")[:6]), _DOTS):
            yield Message("dots", f"{block.pk}-{card.pk}", 1, {"card": str(card.pk), "value": "1"})
    else:
        definition = definition_in(story.round.instrument)
        for one in definition.scored:
            level = min(max(story.words["levels"].get(one.code, 2) + dice.choice((-1, 0, 0, 1)), definition.scale.steps[0]), _TARGET)
            yield Message("score", f"{block.pk}-{one.code}", 1, {"item": one.code, "value": str(level), "target": str(_TARGET), "importance": str(dice.choice((1, 2, 3)))})


def _say(voice: Voice, block: Block, messages: list[Message]) -> None:
    heard = say(voice=voice, messages=[(block.pk, one) for one in messages])
    if heard.refused:
        raise Refused(f"“{block}”: {heard.refused[0][1]}")


def write_down(story: Story) -> str:
    """The first edition of the minutes."""
    story.minutes = freeze_minutes(by=None, meeting=story.meeting)
    return f"edition {story.minutes.number}, sha256 {story.minutes.sha256[:12]}…"
