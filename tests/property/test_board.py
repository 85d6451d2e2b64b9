"""Laws of the board: whatever order the messages of phones arrive in and however often, the board is as if each was said once in order."""

import uuid
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from osnowa.compute.choosing import Said, borda, within_allowance
from osnowa.meetings.actions.board import open_block
from osnowa.meetings.actions.voices import join, say
from osnowa.meetings.models import Block, Card, Mark, Voice
from osnowa.meetings.queries.board import consent, rank, vote
from osnowa.meetings.queries.board.heaps import choices
from osnowa.meetings.queries.kinds import Message
from tests.web.meetings.boards import a_block, a_meeting
from tests.world import World

CARDS = 4
DOTS = 3

#: What one phone says in a row: (what, which card, value).
_said = st.one_of(
    st.tuples(st.just("card"), st.integers(0, 2), st.sampled_from(["Chleb", "Rower", "Las"])),
    st.tuples(st.just("withdraw"), st.integers(0, 2), st.just("")),
    st.tuples(st.just("dots"), st.integers(0, CARDS - 1), st.integers(0, DOTS)),
    st.tuples(st.just("order"), st.just(0), st.lists(st.integers(0, 3), min_size=CARDS, max_size=CARDS)),
    st.tuples(st.just("consent"), st.integers(0, CARDS - 1), st.integers(-1, 1)),
)
_phones = st.lists(st.lists(_said, max_size=8), min_size=1, max_size=3)


@pytest.fixture
def board(world: World) -> dict[str, Any]:
    meeting = a_meeting(world.pomorskie)
    blocks = {kind: a_block(meeting, kind, settings={"dots": DOTS}) for kind in ("cards", "vote", "rank", "consent")}
    open_block(by=None, block=blocks["vote"])
    cards = [Card.objects.create(block=blocks["cards"], text=f"Karta {n}") for n in range(CARDS)]
    Block.objects.exclude(kind="cards").update(about=blocks["cards"])
    Block.objects.update(state="closed", closed_at=meeting.starts_at)
    voices = [join(meeting=meeting, key=f"{n}" * 24) for n in range(3)]
    Voice.objects.update(joined_at=meeting.starts_at)
    return {"meeting": meeting, "blocks": {kind: Block.objects.get(kind=kind) for kind in blocks}, "cards": cards, "voices": voices}


def message(board: dict[str, Any], voice: int, turn: int, said: tuple[Any, ...]) -> tuple[int, tuple[int, Message]]:
    what, number, value = said
    cards, blocks = board["cards"], board["blocks"]
    kind = {"card": "cards", "withdraw": "cards", "dots": "vote", "order": "rank", "consent": "consent"}[what]
    key = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{voice} {number}")) if kind == "cards" else f"{kind}-{number}"
    words: dict[str, Any] = {
        "card": {"text": value}, "withdraw": {}, "dots": {"card": str(cards[number].pk), "value": str(value)},
        "order": {f"place-{card.pk}": str(place or "") for card, place in zip(cards, value if what == "order" else [], strict=False)},
        "consent": {"card": str(cards[number].pk), "value": str(value), "reason": f"bo {turn}"},
    }[what]  # fmt: skip
    return voice, (blocks[kind].pk, Message(what=what, key=key, turn=turn, words=words))


def outcome(board: dict[str, Any]) -> Any:
    """All that a wall could show."""
    blocks = board["blocks"]
    written = sorted(Card.objects.filter(voice__isnull=False).values_list("voice__number", "key", "text", "is_withdrawn", "turn"))
    dots = [(line.heap.root, line.dots, line.voices) for line in sorted(vote.standing(blocks["vote"])[0], key=lambda line: line.heap.root) if line.heap.card.voice_id is None]
    orders = sorted((it.card, it.points) for heap, it in rank.standing(blocks["rank"])[0] if heap.card.voice_id is None)
    agreed = [(line.heap.root, line.agree, line.aside, line.object, line.objections) for line in consent.standing(blocks["consent"])[0] if line.heap.card.voice_id is None]
    return written, dots, orders, agreed


def run(board: dict[str, Any], messages: list[tuple[int, tuple[int, Message]]], batch: int) -> Any:
    """What stands on the board after these messages; everything is undone."""
    with transaction.atomic():
        for start in range(0, len(messages), batch):
            for number, voice in enumerate(board["voices"]):
                mine = [one for who, one in messages[start : start + batch] if who == number]
                heard = say(voice=voice, messages=mine)
                assert heard.refused == ()
                assert set(heard.taken) == {one.key for _block, one in mine}
        found = outcome(board)
        for voice in board["voices"]:
            marks = list(Mark.objects.filter(block=board["blocks"]["vote"], voice=voice).select_related("card"))
            assert sum(vote.counted(marks, choices(board["blocks"]["vote"]), DOTS).values()) <= DOTS
        transaction.set_rollback(True)
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(phones=_phones, chance=st.randoms(use_true_random=False), batch=st.integers(1, 7))
@pytest.mark.django_db
def test_order_and_repetition_of_messages_change_nothing(board: dict[str, Any], phones: list[list[tuple[Any, ...]]], chance: Any, batch: int) -> None:
    once = [message(board, voice, turn, said) for voice, row in enumerate(phones) for turn, said in enumerate(row, start=1)]
    tangled = once + [chance.choice(once) for _ in range(chance.randint(0, 8))] if once else []
    chance.shuffle(tangled)
    assert run(board, tangled, batch) == run(board, once, 50)


_said_dots = st.lists(st.builds(Said, st.integers(0, 5), st.integers(-2, 9), st.integers(0, 9), st.integers(0, 99)), max_size=8, unique_by=lambda one: (one.turn, one.order))


@given(said=_said_dots, allowance=st.integers(0, 6), chance=st.randoms(use_true_random=False))
def test_dots_that_count_never_exceed_the_allowance_in_any_order(said: list[Said[int]], allowance: int, chance: Any) -> None:
    counted = within_allowance(said, allowance)
    assert sum(counted.values()) == min(allowance, sum(max(0, one.dots) for one in said))
    mixed = list(said)
    chance.shuffle(mixed)
    assert within_allowance(mixed, allowance) == counted


_ballots = st.lists(st.dictionaries(st.integers(0, 5), st.integers(1, 6)), max_size=6)


@given(ballots=_ballots, many=st.integers(1, 6), chance=st.randoms(use_true_random=False))
def test_every_voice_gives_the_same_number_of_points(ballots: list[dict[int, int]], many: int, chance: Any) -> None:
    cards = list(range(many))
    heard = sum(any(card in ballot for card in cards) for ballot in ballots)
    found = borda(cards, ballots)
    assert sum(one.points for one in found) == heard * many * (many - 1) // 2
    chance.shuffle(ballots)
    assert borda(cards, ballots) == found
    assert [one.place for one in found] == sorted(one.place for one in found)
    assert all((one.place == other.place) == (one.points == other.points) for one in found for other in found)
