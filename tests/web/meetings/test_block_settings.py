"""What a block asks for: the settings its kind uses and no other, what no longer changes once voices spoke, and phones that notice."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from osnowa.meetings.actions.board import open_block
from osnowa.meetings.models import Block, Card, Mark, Meeting
from osnowa.meetings.queries.board.state import stage_of
from tests.web.meetings.boards import a_block, a_meeting, a_phone
from tests.world import World


@pytest.fixture
def meeting(world: World) -> Meeting:
    return a_meeting(world.pomorskie)


@pytest.fixture
def lead(world: World, signed_in: Any) -> Client:
    client: Client = signed_in(world.bolek)
    return client


def at(meeting: Meeting, name: str, *words: object) -> str:
    return reverse(f"meetings:{name}", args=[meeting.region.slug, meeting.slug, *words])


def save(lead: Client, block: Block, **words: Any) -> Any:
    """Sends the form of a block as it is shown, with some words changed."""
    shown = lead.get(at(block.meeting, "block", block.pk)).context["form"].initial
    filled = {name: value for name, value in shown.items() if value not in (None, False)} | words
    return lead.post(at(block.meeting, "block", block.pk), {name: getattr(value, "pk", value) for name, value in filled.items() if value is not None})


def add(lead: Client, meeting: Meeting, kind: str, **words: Any) -> Any:
    return lead.post(at(meeting, "agenda"), {"kind": kind, "title": kind, "minutes": "10", "behind": str(meeting.blocks.count()), **words})


def test_each_kind_keeps_the_settings_it_uses_and_no_other(lead: Client, meeting: Meeting) -> None:
    cards = a_block(meeting, "cards")
    words = {"about": cards.pk, "of": "groups", "options": "Bus\n\n  Kuchnia  ", "dots": "4", "places": "2"}
    for kind in ("vote", "rank", "consent", "talk"):
        assert add(lead, meeting, kind, **words).status_code == 302
    both = {"of": "groups", "options": ["Bus", "Kuchnia"]}
    kept = {block.kind: (block.settings, block.about_id) for block in Block.objects.exclude(pk=cards.pk)}
    assert kept == {"vote": (both | {"dots": 4}, cards.pk), "rank": (both | {"places": 2}, cards.pk), "consent": (both, cards.pk), "talk": ({}, None)}


def test_options_of_ones_own_stand_on_the_phones(lead: Client, meeting: Meeting) -> None:
    add(lead, meeting, "vote", options="Bus\nKuchnia")
    open_block(by=None, block=Block.objects.get())
    panel = a_phone(meeting).now().content.decode()
    assert "Bus" in panel
    assert "Kuchnia" in panel


def test_a_form_saved_as_it_was_shown_changes_nothing(lead: Client, meeting: Meeting) -> None:
    cards = a_block(meeting, "cards")
    add(lead, meeting, "rank", about=cards.pk, of="groups", options="Bus\nKuchnia", places="2")
    block = Block.objects.get(kind="rank")
    assert save(lead, block).status_code == 302
    now = Block.objects.get(kind="rank")
    assert (now.settings, now.about, now.are_names_hidden) == (block.settings, cards, block.are_names_hidden)
    plain = a_block(meeting, "vote")
    save(lead, plain)
    assert Block.objects.get(pk=plain.pk).settings == {}, "what is usual is not written down"


@pytest.mark.parametrize(
    ("words", "field"),
    [({"of": "groups"}, "about"), ({"options": "x\n" + "y" * 281}, "options"), ({"options": "Bus\nBus"}, "options"), ({"options": "Jan 44051401359"}, "options"), ({"options": "\n".join("abcdefghijklmnopqrstuvwxyzABCDEF")}, "options"), ({"dots": "0"}, "dots")],
)
def test_what_cannot_be_asked_is_refused_where_it_stands(words: dict[str, str], field: str, lead: Client, meeting: Meeting) -> None:
    answer = add(lead, meeting, "vote", **words)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert add(lead, meeting, "talk", **words).status_code == 302, "a talk uses none of them"


def test_names_are_not_shown_to_who_spoke_in_secret_by_way_of_the_agenda(lead: Client, meeting: Meeting) -> None:
    block = open_block(by=None, block=a_block(meeting))
    phone = a_phone(meeting)
    phone.say(phone.message(block, "card", text="W zaufaniu"))
    answer = save(lead, block, are_names_hidden=None, title="Inny")
    assert answer.status_code == 422
    assert "This cannot be taken back." in answer.content.decode()
    kept = Block.objects.get()
    assert (kept.are_names_hidden, kept.title, kept.state) == (True, block.title, "open"), "nothing is half applied"


def test_names_may_be_shown_before_anybody_spoke(lead: Client, meeting: Meeting) -> None:
    block = a_block(meeting)
    assert save(lead, block, are_names_hidden=None).status_code == 302
    assert not Block.objects.get().are_names_hidden


def test_what_voices_chose_from_stays_what_they_saw(lead: Client, meeting: Meeting) -> None:
    add(lead, meeting, "vote", options="Bus\nKuchnia")
    block = open_block(by=None, block=Block.objects.get())
    phone = a_phone(meeting)
    phone.say(phone.message(block, "dots", card=str(Card.objects.get(text="Bus").pk), value="2"))
    assert Mark.objects.get().value == 2
    assert save(lead, block, options="Pociąg\nKuchnia").status_code == 422
    assert Block.objects.get().settings["options"] == ["Bus", "Kuchnia"]
    assert save(lead, block, dots="5", notes="Ważne").status_code == 302
    assert (Block.objects.get().settings["dots"], Block.objects.get().state) == (5, "open")


def test_a_question_that_was_agreed_to_is_not_exchanged(lead: Client, meeting: Meeting) -> None:
    block = open_block(by=None, block=a_block(meeting, "consent", question="Zakładamy klaster?"))
    phone = a_phone(meeting)
    phone.say(phone.message(block, "consent", card=str(Card.objects.get().pk), value="1"))
    assert save(lead, block, question="Rozwiązujemy klaster?").status_code == 422
    assert save(lead, block, title="Zgoda", minutes="20").status_code == 302
    assert Block.objects.get().question == "Zakładamy klaster?"


def test_an_open_block_keeps_its_kind(lead: Client, meeting: Meeting) -> None:
    block = open_block(by=None, block=a_block(meeting))
    assert save(lead, block, kind="rank").status_code == 422
    assert Block.objects.get().kind == "cards"


def test_phones_notice_what_is_done_to_the_agenda(lead: Client, meeting: Meeting) -> None:
    def stage() -> int:
        return stage_of(Meeting.objects.get().pulse)

    seen = [stage()]
    for deed in (
        lambda: add(lead, meeting, "talk"),
        lambda: add(lead, meeting, "break"),
        lambda: save(lead, Block.objects.get(kind="talk"), question="Kto?"),
        lambda: lead.post(at(meeting, "move_block", Block.objects.get(kind="talk").pk), {"to": "1"}),
        lambda: lead.post(at(meeting, "block", Block.objects.get(kind="talk").pk), {"deed": "remove"}),
    ):
        deed()
        seen.append(stage())
    assert seen == sorted(set(seen)), "each deed is a stage of its own"
    assert Block.objects.get().kind == "break"


def test_a_block_of_a_room_above_is_prepared_on_its_own_panel(lead: Client, meeting: Meeting) -> None:
    add(lead, meeting, "score")
    block = Block.objects.get()
    way = f"{at(meeting, 'lead')}?block={block.pk}#panel"
    for page in (at(meeting, "agenda"), at(meeting, "block", block.pk)):
        assert f'href="{way}"' in lead.get(page).content.decode()
    assert "Prepare the scoring" in lead.get(at(meeting, "lead"), {"block": block.pk}).content.decode()
