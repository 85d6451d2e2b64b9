"""Phones: joining by the code, asking whether something is new, saying it, once and in any order."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from osnowa.journal.models import Entry
from osnowa.meetings.actions.board import close_block, open_block
from osnowa.meetings.models import Block, Card, Mark, Meeting, Voice
from tests.web.meetings.boards import Phone, a_block, a_meeting, a_phone
from tests.world import World


@pytest.fixture
def meeting(world: World) -> Meeting:
    return a_meeting(world.pomorskie)


@pytest.fixture
def cards(meeting: Meeting) -> Block:
    return open_block(by=None, block=a_block(meeting, question="Co nas łączy?"))


def test_the_short_address_leads_to_the_language_of_the_phone(client: Client, meeting: Meeting) -> None:
    def leads_to(language: str) -> str:
        return client.get(f"/m/{meeting.code.lower()}", headers={"Accept-Language": language})["Location"]

    assert leads_to("sl-SI,sl;q=0.9") == f"/sl/m/{meeting.code}/"
    assert leads_to("en-GB") == f"/en/m/{meeting.code}/"
    assert leads_to("de-DE,fr") == f"/pl/m/{meeting.code}/", "nobody's language of ours: the region's"
    assert client.get("/m/NOCODE", follow=True).status_code == 404


def test_a_phone_joins_without_account_session_or_name(meeting: Meeting) -> None:
    phone = a_phone(meeting, sector="public", organisation_name="dobry chleb", is_remote="on")
    voice = phone.voice
    assert (voice.number, voice.sector, voice.via, voice.language) == (1, "public", "remote", "en")
    assert str(voice.organisation) == "Dobry Chleb"
    cookie = phone.client.cookies[f"voice-{meeting.code}"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "sessionid" not in phone.client.cookies
    assert not Entry.objects.filter(thing_type="meetings.voice").exists()


def test_a_form_of_joining_sent_twice_is_one_voice(client: Client, meeting: Meeting) -> None:
    phone = Phone(meeting, client)
    key = client.get(phone.address("join")).context["form"].initial["key"]
    for _time in range(2):
        client.post(phone.address("join"), {"key": key, "sector": "business"})
    assert Voice.objects.count() == 1


def test_a_cookie_of_one_meeting_opens_no_other(world: World, meeting: Meeting) -> None:
    other = a_meeting(world.pomorskie, slug="inny")
    phone = a_phone(meeting)
    phone.client.cookies[f"voice-{other.code}"] = phone.client.cookies[f"voice-{meeting.code}"].value
    there = Phone(other, phone.client)
    assert there.now().status_code == 409
    assert there.client.get(there.address("phone")).status_code == 302


def test_who_did_not_join_says_nothing(client: Client, meeting: Meeting, cards: Block) -> None:
    phone = Phone(meeting, client)
    said = phone.say(phone.message(cards, "card", text="Chleb"))
    assert said.status_code == 409
    assert said.json() == {"join": f"/en/m/{meeting.code}/"}
    assert not Card.objects.exists()


def test_a_meeting_that_is_over_is_not_joined(client: Client, world: World) -> None:
    long_ago = timezone.now() - timedelta(days=3)
    meeting = a_meeting(world.pomorskie, starts_at=long_ago, ends_at=long_ago + timedelta(hours=1))
    phone = Phone(meeting, client)
    page = client.post(phone.address("join"), {"key": "k" * 24})
    assert page.status_code == 422
    assert "This meeting is over." in page.content.decode()


def test_a_cancelled_meeting_says_so_itself(meeting: Meeting, cards: Block) -> None:
    """By an answer no proxy gives; an address nobody knows stays a plain 404."""
    phone = a_phone(meeting)
    form = {"block": cards.pk, "what": "card", "key": str(uuid.uuid4()), "text": "Bez skryptu"}
    Meeting.objects.update(state=Meeting.State.CANCELLED)
    plain = phone.client.post(phone.address("say"), form)
    for answer in (phone.now(), phone.say(phone.message(cards, "card", text="Chleb")), plain, phone.client.get(phone.address("phone"))):
        assert (answer.status_code, answer["Osnowa-Meeting"]) == (410, "cancelled")
    assert "Bez skryptu" in plain.content.decode(), "the text comes back"
    assert phone.client.get(phone.address("join")).status_code == 404
    meeting.code = "NOCODE"
    assert phone.now().status_code == 404
    assert "Osnowa-Meeting" not in phone.now()
    assert not Card.objects.exists()


def test_nothing_new_costs_one_query_and_no_words(meeting: Meeting, cards: Block, django_assert_num_queries: Any) -> None:
    phone = a_phone(meeting)
    pulse = phone.now()["Osnowa-Pulse"]
    with django_assert_num_queries(1):
        answer = phone.now(pulse)
    assert (answer.status_code, answer.content) == (204, b"")


def test_what_other_voices_say_is_nothing_new_for_a_phone_and_what_the_lead_does_is(meeting: Meeting, cards: Block, world: World) -> None:
    phone, other = a_phone(meeting), a_phone(meeting)
    pulse = phone.now()["Osnowa-Pulse"]
    other.say(other.message(cards, "card", text="Chleb"))
    assert phone.now(pulse).status_code == 204
    close_block(by=world.bolek, block=cards)
    assert phone.now(pulse).status_code == 200


def test_a_panel_costs_few_queries_however_many_cards_there_are(meeting: Meeting, cards: Block, django_assert_max_num_queries: Any) -> None:
    phone = a_phone(meeting)
    phone.say(*(phone.message(cards, "card", text=f"Myśl {n}") for n in range(30)))
    with django_assert_max_num_queries(5):
        panel = phone.now().content.decode()
    assert "Myśl 29" in panel
    with django_assert_max_num_queries(6):
        assert phone.client.get(phone.address("phone")).status_code == 200


def test_the_same_message_again_and_an_older_one_later_change_nothing(meeting: Meeting, cards: Block) -> None:
    phone = a_phone(meeting)
    first = phone.message(cards, "card", text="Chlep")
    newer = phone.message(cards, "card", key=first["key"], text="Chleb")
    for message in (newer, first, newer, first):
        assert phone.say(message).json()["taken"] == [first["key"]]
    assert list(Card.objects.values_list("text", flat=True)) == ["Chleb"]


def test_a_card_taken_back_before_it_arrived_stays_away(meeting: Meeting, cards: Block) -> None:
    phone = a_phone(meeting)
    card = phone.message(cards, "card", text="Pomyłka")
    phone.say(phone.message(cards, "withdraw", key=card["key"]))
    phone.say(card)
    kept = Card.objects.get()
    assert (kept.is_withdrawn, kept.text) == (True, "")


def test_nobody_changes_the_card_of_another_voice(meeting: Meeting, cards: Block) -> None:
    phone, other = a_phone(meeting), a_phone(meeting)
    card = phone.message(cards, "card", text="Mój")
    phone.say(card)
    said = other.say(other.message(cards, "card", key=card["key"], turn=99, text="Nie twój")).json()
    assert said["refused"] == [{"key": card["key"], "why": "This card is not yours."}]
    assert Card.objects.get().text == "Mój"


@pytest.mark.parametrize(
    ("text", "why"),
    [("", "Please write something"), ("x" * 281, "280 signs; these are 281"), ("PESEL 44051401359", "personal number"), (None, "Please write something")],
)
def test_what_cannot_be_taken_is_refused_with_a_sentence_and_keeps_nothing_else_back(text: Any, why: str, meeting: Meeting, cards: Block) -> None:
    phone = a_phone(meeting)
    good = phone.message(cards, "card", text="Dobre")
    bad = phone.message(cards, "card", text=text)
    said = phone.say(bad, good).json()
    assert said["taken"] == [good["key"]]
    assert why in said["refused"][0]["why"]
    assert Card.objects.count() == 1


def test_a_refusal_speaks_the_language_of_the_phone(meeting: Meeting) -> None:
    block = a_block(meeting)
    phone = a_phone(meeting)
    english = phone.say(phone.message(block, "card", text="Za wcześnie")).json()["refused"][0]["why"]
    assert english == "This part has not begun yet."
    with translation.override("sl"):
        assert phone.say(phone.message(block, "card", text="Prezgodaj")).status_code == 200


def test_words_written_before_the_closing_are_taken_for_three_minutes(meeting: Meeting, cards: Block, world: World, frozen_time: Any) -> None:
    phone = a_phone(meeting)
    close_block(by=world.bolek, block=cards)
    frozen_time.shift(timedelta(minutes=2, seconds=59))
    late = a_phone(meeting)
    assert "was closed" in late.say(late.message(cards, "card", text="Nie było mnie")).json()["refused"][0]["why"]
    assert phone.say(phone.message(cards, "card", text="W drodze")).json()["refused"] == []
    frozen_time.shift(timedelta(seconds=2))
    assert "Copy them" in phone.say(phone.message(cards, "card", text="Za późno")).json()["refused"][0]["why"]
    assert Card.objects.count() == 1


def test_sheets_of_paper_are_entered_when_the_block_is_long_closed(meeting: Meeting, cards: Block, world: World, frozen_time: Any) -> None:
    phone = a_phone(meeting)
    Voice.objects.update(via="paper")
    close_block(by=world.bolek, block=cards)
    frozen_time.shift(timedelta(hours=5))
    assert phone.say(phone.message(cards, "card", text="Z kartki")).json()["refused"] == []


@pytest.mark.parametrize(
    "body",
    ["?", "[]", "{}", '{"messages": 3}', '{"messages": [1]}', '{"messages": [{"block": "x"}]}', '{"messages": [{"block": 1, "what": "card", "key": "", "turn": 1}]}',
     '{"messages": [{"block": 1, "what": "card", "key": "a", "turn": -1}]}', '{"messages": [{"block": 1, "what": "card", "key": "a", "turn": 99999999999}]}', "\xff"],
)  # fmt: skip
def test_nonsense_is_answered_with_a_sentence(body: str, meeting: Meeting) -> None:
    phone = a_phone(meeting)
    said = phone.client.post(phone.address("say"), body, content_type="application/json")
    assert said.status_code == 400
    assert said.json()["why"]


def test_more_than_fifty_messages_at_once_are_not_taken(meeting: Meeting, cards: Block) -> None:
    phone = a_phone(meeting)
    assert phone.say(*(phone.message(cards, "card", text="a") for _ in range(51))).status_code == 400
    assert not Card.objects.exists()


def test_a_block_of_another_meeting_takes_nothing(world: World, meeting: Meeting) -> None:
    elsewhere = open_block(by=None, block=a_block(a_meeting(world.podravje, slug="drugje")))
    phone = a_phone(meeting)
    assert phone.say(phone.message(elsewhere, "card", text="Obcy")).json()["taken"] == []
    assert not Card.objects.exists()


def test_without_scripts_the_same_form_writes_a_card_once(meeting: Meeting, cards: Block) -> None:
    phone = a_phone(meeting)
    phone.client.get(phone.address("phone"))
    form = {"block": cards.pk, "what": "card", "key": str(uuid.uuid4()), "text": "Bez skryptu"}
    for _time in range(2):
        assert phone.client.post(phone.address("say"), form)["Location"] == phone.address("phone")
    assert Card.objects.get().text == "Bez skryptu"
    page = phone.client.post(phone.address("say"), form | {"text": "x" * 300, "key": str(uuid.uuid4())})
    assert page.status_code == 409
    assert "x" * 300 in page.content.decode(), "the text comes back"


def test_dots_never_exceed_the_allowance_and_the_newest_count(meeting: Meeting, cards: Block, world: World) -> None:
    phone = a_phone(meeting)
    phone.say(*(phone.message(cards, "card", text=f"Myśl {n}") for n in range(3)))
    vote = open_block(by=world.bolek, block=a_block(meeting, "vote", about=cards, settings={"dots": 3}))
    one, two, three = Card.objects.order_by("pk")
    phone.say(phone.message(vote, "dots", key="1", card=str(one.pk), value="2"))
    phone.say(phone.message(vote, "dots", key="2", card=str(two.pk), value="2"))
    from osnowa.meetings.queries.board.vote import standing

    lines, spoke = standing(vote)
    assert {line.heap.root: line.dots for line in lines} == {one.pk: 1, two.pk: 2, three.pk: 0}
    assert spoke == 1
    assert "between 0 and 3" in phone.say(phone.message(vote, "dots", card=str(one.pk), value="4")).json()["refused"][0]["why"]
    assert Mark.objects.count() == 2


def test_dots_for_a_card_of_elsewhere_are_refused(meeting: Meeting, cards: Block, world: World) -> None:
    phone = a_phone(meeting)
    phone.say(phone.message(cards, "card", text="Nie na liście"))
    vote = open_block(by=world.bolek, block=a_block(meeting, "vote"))
    said = phone.say(phone.message(vote, "dots", card=str(Card.objects.get().pk), value="1")).json()
    assert "not part of what is being decided" in said["refused"][0]["why"]


def test_an_objection_keeps_its_reason_and_nobodys_name(meeting: Meeting, world: World) -> None:
    block = open_block(by=world.bolek, block=a_block(meeting, "consent", question="Zakładamy klaster?"))
    card = Card.objects.get(block=block)
    phones = [a_phone(meeting, organisation_name=name) for name in ("Alfa", "Beta", "Gamma")]
    for phone, value, reason in zip(phones, ("1", "0", "-1"), ("", "nie teraz", "Najpierw budżet"), strict=True):
        phone.say(phone.message(block, "consent", key="c", card=str(card.pk), value=value, reason=reason))
    from osnowa.meetings.queries.board.consent import standing

    (line,), spoke = standing(block)
    assert (line.agree, line.aside, line.object, line.objections, spoke) == (1, 1, 1, (("Najpierw budżet", ""),), 3)
    phones[2].say(phones[2].message(block, "consent", key="c", card=str(card.pk), value="1"))
    (line,), _spoke = standing(block)
    assert line.is_agreed


def test_an_order_is_replaced_as_a_whole(meeting: Meeting, cards: Block, world: World) -> None:
    phone = a_phone(meeting)
    phone.say(*(phone.message(cards, "card", text=f"Myśl {n}") for n in range(3)))
    one, two, three = (f"place-{pk}" for pk in Card.objects.order_by("pk").values_list("pk", flat=True))
    rank = open_block(by=world.bolek, block=a_block(meeting, "rank", about=cards))
    older = phone.message(rank, "order", key="order", **{one: "1", two: "2", three: ""})
    newer = phone.message(rank, "order", key="order", **{one: "", two: "", three: "1"})
    phone.say(newer)
    phone.say(older)
    from osnowa.meetings.queries.board.rank import standing

    lines, spoke = standing(rank)
    assert [(heap.text, str(it.points), it.place, it.is_tied) for heap, it in lines] == [("Myśl 2", "2", 1, False), ("Myśl 0", "1/2", 2, True), ("Myśl 1", "1/2", 2, True)]
    assert spoke == 1
