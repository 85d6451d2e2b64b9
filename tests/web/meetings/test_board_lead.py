"""Who leads: blocks are opened and closed, cards arranged; every deed is in the journal as counts, no voice is."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.meetings.actions import agenda, arranging, board
from osnowa.meetings.actions.board import open_block
from osnowa.meetings.models import Block, Card, Group, Meeting
from osnowa.meetings.queries.board.state import STAGE
from tests.web.meetings.boards import Phone, a_block, a_meeting, a_phone
from tests.world import World


@pytest.fixture
def meeting(world: World) -> Meeting:
    return a_meeting(world.pomorskie)


@pytest.fixture
def cards(meeting: Meeting) -> Block:
    return open_block(by=None, block=a_block(meeting, question="Co nas łączy?"))


@pytest.fixture
def lead(world: World, signed_in: Any) -> Client:
    return signed_in(world.edyta)


def address(name: str, meeting: Meeting, block: Block | None = None) -> str:
    words: dict[str, Any] = {"region": meeting.region.slug, "slug": meeting.slug}
    return reverse(f"meetings:{name}", kwargs=words | ({"block": block.pk} if block else {}))


def write(meeting: Meeting, block: Block, *texts: str) -> tuple[Phone, list[Card]]:
    phone = a_phone(meeting, organisation_name="Alfa")
    phone.say(*(phone.message(block, "card", text=text) for text in texts))
    return phone, list(Card.objects.filter(block=block).order_by("pk"))


def arrange(lead: Client, meeting: Meeting, block: Block, deed: str, **words: Any) -> str:
    response = lead.post(address("arrange", meeting, block), {"deed": deed, **words}, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def wall(lead: Client, meeting: Meeting) -> str:
    return lead.get(address("wall", meeting)).content.decode()


def test_one_block_is_open_at_a_time(lead: Client, meeting: Meeting) -> None:
    one, two = a_block(meeting, "talk"), a_block(meeting)
    lead.post(address("open_block", meeting, one))
    lead.post(address("open_block", meeting, two))
    assert [block.state for block in Block.objects.order_by("order")] == ["closed", "open"]
    lead.post(address("close_block", meeting, two))
    lead.post(address("close_block", meeting, two))
    deeds = list(Entry.objects.filter(place="pomorskie", deed__startswith="meetings.block").order_by("pk").values_list("deed", flat=True))
    assert deeds == ["meetings.block_opened", "meetings.block_closed", "meetings.block_opened", "meetings.block_closed"]


def test_the_entry_of_a_closed_block_counts_and_tells_no_words(lead: Client, meeting: Meeting, cards: Block) -> None:
    write(meeting, cards, "Sekretna myśl", "Druga")
    lead.post(address("close_block", meeting, cards))
    entry = Entry.objects.get(deed="meetings.block_closed")
    assert entry.changes == {"state": ["open", "closed"], "cards": [None, 2]}
    assert not [one for one in Entry.objects.all() if "Sekretna" in f"{one.changes}{one.thing_label}{one.reason}"]


def test_what_the_lead_does_begins_a_new_stage_and_what_voices_say_does_not(lead: Client, meeting: Meeting, cards: Block) -> None:
    meeting.refresh_from_db()
    stage = meeting.pulse // STAGE
    write(meeting, cards, "Jeden")
    meeting.refresh_from_db()
    assert (meeting.pulse // STAGE, meeting.pulse % STAGE) == (stage, 2)
    arrange(lead, meeting, cards, "write", text="Z sali")
    meeting.refresh_from_db()
    assert (meeting.pulse // STAGE, meeting.pulse % STAGE) == (stage + 1, 0)


def test_cards_are_put_into_a_new_group_and_out_of_it_by_buttons(lead: Client, meeting: Meeting, cards: Block) -> None:
    _phone, (one, two, _three) = write(meeting, cards, "Chleb", "Bułka", "Rower")
    arrange(lead, meeting, cards, "add", title="Pieczywo", card=[one.pk, two.pk])
    group = Group.objects.get()
    assert set(Card.objects.filter(group=group)) == {one, two}
    arrange(lead, meeting, cards, "rename", group=group.pk, title="Piekarnia")
    arrange(lead, meeting, cards, "group", group="", card=[two.pk])
    page = wall(lead, meeting)
    assert "Piekarnia" in page
    assert "Not grouped yet" in page
    arrange(lead, meeting, cards, "remove", group=group.pk)
    assert Card.objects.filter(group=None).count() == 3


def test_merged_cards_count_as_one_and_come_apart_again(lead: Client, meeting: Meeting, cards: Block) -> None:
    _phone, (one, two, three) = write(meeting, cards, "Chleb", "chlebek", "pieczywo")
    arrange(lead, meeting, cards, "merge", card=[two.pk, three.pk])
    page = arrange(lead, meeting, cards, "merge", card=[one.pk, two.pk])
    assert "1 card" in page
    assert set(Card.objects.filter(merged_into=one)) == {two, three}
    assert "chlebek" in wall(lead, meeting)
    assert "3 cards" in arrange(lead, meeting, cards, "apart", card=[one.pk])


def test_when_the_shown_card_is_taken_back_the_next_of_its_heap_is_shown(lead: Client, meeting: Meeting, cards: Block) -> None:
    phone, (one, two) = write(meeting, cards, "Chleb", "chlebek")
    arrange(lead, meeting, cards, "merge", card=[one.pk, two.pk])
    phone.say(phone.message(cards, "withdraw", key=str(one.key)))
    page = wall(lead, meeting)
    assert "chlebek" in page
    assert "1 card" in page


def test_hidden_cards_leave_the_wall_and_can_come_back(lead: Client, meeting: Meeting, cards: Block) -> None:
    _phone, (one,) = write(meeting, cards, "Niemiłe słowo")
    assert "Niemiłe słowo" in arrange(lead, meeting, cards, "hide", card=[one.pk]), "the lead still sees it"
    assert "Niemiłe słowo" not in wall(lead, meeting)
    arrange(lead, meeting, cards, "show", card=[one.pk])
    assert "Niemiłe słowo" in wall(lead, meeting)


@pytest.mark.parametrize(
    ("deed", "words", "why"),
    [
        ("merge", {}, "Choose cards first"), ("group", {"group": 999999, "card": "own"}, "not there any more"), ("merge", {"card": "own"}, "two cards or more"),
        ("add", {"title": " "}, "give the group a heading"), ("write", {"text": ""}, "write something"), ("hide", {"card": [999999]}, "not there any more"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_on_the_page(deed: str, words: dict[str, Any], why: str, lead: Client, meeting: Meeting, cards: Block) -> None:
    _phone, (one,) = write(meeting, cards, "Chleb")
    words = {name: [one.pk] if value == "own" else value for name, value in words.items()}
    assert why in arrange(lead, meeting, cards, deed, **words)


def test_names_are_hidden_until_shown_and_not_shown_to_who_spoke_in_secret(lead: Client, meeting: Meeting) -> None:
    block = a_block(meeting)
    lead.post(address("names", meeting, block), {"are": "shown"})
    lead.post(address("open_block", meeting, block))
    write(meeting, block, "Chleb")
    assert "Alfa" in wall(lead, meeting)
    lead.post(address("names", meeting, block), {"are": "hidden"})
    assert "Alfa" not in wall(lead, meeting)
    page = lead.post(address("names", meeting, block), {"are": "shown"}, follow=True).content.decode()
    assert "This cannot be taken back." in page
    assert "Alfa" not in wall(lead, meeting)


def test_the_wall_shows_code_square_and_how_many_are_there(lead: Client, meeting: Meeting, cards: Block) -> None:
    a_phone(meeting)
    a_phone(meeting)
    page = wall(lead, meeting)
    assert meeting.code in page
    assert "QR code that opens http://testserver/m/" in page
    assert "2 voices" in page
    assert "2 phones here" in page
    assert "data-ends" in page


def test_wall_and_lead_page_answer_nothing_when_nothing_is_new(lead: Client, meeting: Meeting, cards: Block, django_assert_max_num_queries: Any) -> None:
    for name in ("wall_now", "lead_now"):
        first = lead.get(address(name, meeting))
        assert first["Osnowa-Clock"]
        with django_assert_max_num_queries(5):
            assert lead.get(address(name, meeting), {"seen": first["Osnowa-Pulse"]}).status_code == 204
    write(meeting, cards, "Nowe")
    assert "Nowe" in lead.get(address("wall_now", meeting), {"seen": first["Osnowa-Pulse"]}).content.decode()


@pytest.mark.parametrize("kind", ["talk", "cards", "vote", "rank", "consent", "break"])
def test_pages_of_every_kind_cost_few_queries(kind: str, lead: Client, meeting: Meeting, cards: Block, django_assert_max_num_queries: Any) -> None:
    phone, written = write(meeting, cards, *(f"Myśl {n}" for n in range(20)))
    block = open_block(by=None, block=a_block(meeting, kind, about=cards))
    for card in written[:3]:
        phone.say(phone.message(block, "dots", key=str(card.pk), card=str(card.pk), value="1"), phone.message(block, "consent", key=str(card.pk), card=str(card.pk), value="1"))
    for name in ("wall", "lead"):
        with django_assert_max_num_queries(12):
            assert lead.get(address(name, meeting)).status_code == 200
    with django_assert_max_num_queries(6):
        assert phone.now().status_code == 200


def test_the_headings_of_groups_can_be_voted_on(lead: Client, meeting: Meeting, cards: Block) -> None:
    phone, (one, _two) = write(meeting, cards, "Chleb", "Rower")
    arranging.add_group(by=None, block=cards, title="Pieczywo", cards=[one.pk])
    vote = a_block(meeting, "vote", about=cards, settings={"of": "groups"})
    for _time in range(2):
        lead.post(address("open_block", meeting, vote))
        lead.post(address("close_block", meeting, vote))
    lead.post(address("open_block", meeting, vote))
    assert [card.text for card in Card.objects.filter(block=vote)] == ["Pieczywo"]
    assert "Pieczywo" in phone.now().content.decode()


def test_merging_after_the_vote_adds_the_dots_up(meeting: Meeting, cards: Block) -> None:
    phone, (one, two) = write(meeting, cards, "Chleb", "chlebek")
    vote = open_block(by=None, block=a_block(meeting, "vote", about=cards))
    for card in (one, two):
        phone.say(phone.message(vote, "dots", key=str(card.pk), card=str(card.pk), value="1"))
    arranging.merge_cards(by=None, block=cards, cards=[one.pk, two.pk])
    from osnowa.meetings.queries.board.vote import standing

    ((line,), _spoke) = standing(vote)
    assert line.dots == 2
    phone.say(phone.message(vote, "dots", key=str(one.pk), card=[str(one.pk), str(two.pk)], value="1"))
    ((line,), _spoke) = standing(vote)
    assert line.dots == 1, "what is said of the heap replaces what was said of its cards"


def test_minutes_are_told_what_was_said_without_names(lead: Client, meeting: Meeting, cards: Block) -> None:
    from osnowa.meetings.queries.kinds import kind_of

    _phone, (one, two) = write(meeting, cards, "Chleb", "chlebek")
    arranging.merge_cards(by=None, block=cards, cards=[one.pk, two.pk])
    told = kind_of(cards).tell(cards)
    assert told.paragraphs == ("Co nas łączy?", "2 cards were written.")
    assert told.tables == (("Cards", ("Card", "Also said"), (("Chleb", "chlebek"),)),)


def test_a_cancelled_meeting_opens_no_block(lead: Client, meeting: Meeting) -> None:
    block = a_block(meeting)
    Meeting.objects.update(state="cancelled")
    page = lead.post(address("open_block", meeting, block), follow=True).content.decode()
    assert "This meeting was cancelled." in page


@pytest.mark.parametrize("deed", ["change", "move", "open", "close", "names", "write", "add", "rename", "remove", "group", "merge", "apart", "hide"])
def test_what_is_done_with_a_block_removed_meanwhile_is_refused_and_leaves_nothing(deed: str, lead: Client, meeting: Meeting, world: World) -> None:
    """Two people lead at two tablets: one removes a part the other still sees."""
    stale = a_block(meeting, title="Gone")
    other = a_block(meeting, title="There")
    agenda.remove_block(by=world.bolek, block=Block.objects.get(pk=stale.pk))
    before = (Entry.objects.count(), Meeting.objects.get().pulse)
    said: dict[str, Any] = {"by": world.edyta, "block": stale}
    deeds = {
        "change": lambda: agenda.change_block(**said, values={"title": "New"}), "move": lambda: agenda.move_block(**said, to=1),
        "open": lambda: board.open_block(**said), "close": lambda: board.close_block(**said), "names": lambda: board.show_names(**said, are_hidden=False),
        "write": lambda: arranging.write_card(**said, text="Card"), "add": lambda: arranging.add_group(**said, title="Group"),
        "rename": lambda: arranging.rename_group(**said, group=1, title="Group"), "remove": lambda: arranging.remove_group(**said, group=1),
        "group": lambda: arranging.group_cards(**said, cards=[1], group=None), "merge": lambda: arranging.merge_cards(**said, cards=[1, 2]),
        "apart": lambda: arranging.take_apart(**said, cards=[1]), "hide": lambda: arranging.hide_cards(**said, cards=[1], are_hidden=True),
    }  # fmt: skip
    with pytest.raises(Refused, match="not there any more"):
        deeds[deed]()
    assert (Entry.objects.count(), Meeting.objects.get().pulse) == before
    assert list(Block.objects.all()) == [other]
    assert not Card.objects.exists()


def test_cards_of_a_block_removed_meanwhile_cannot_be_chosen(meeting: Meeting, world: World) -> None:
    gone, there = a_block(meeting), a_block(meeting, "vote")
    Block.objects.filter(pk=gone.pk).delete()
    for deed in (lambda: agenda.change_block(by=world.bolek, block=there, values={"about": gone}), lambda: agenda.add_block(by=world.bolek, meeting=meeting, values={"title": "V", "about": gone})):
        with pytest.raises(Refused, match="removed meanwhile"):
            deed()


def test_removing_what_is_removed_already_is_done(meeting: Meeting, world: World) -> None:
    stale = a_block(meeting)
    agenda.remove_block(by=world.bolek, block=Block.objects.get(pk=stale.pk))
    agenda.remove_block(by=world.edyta, block=stale)
    assert Entry.objects.filter(deed="meetings.block_removed").count() == 1
