"""The page of a meeting leads on: to board, wall, sheets and minutes, and on the day to the board and the list of those present."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from osnowa.meetings.actions.minutes import freeze_minutes
from osnowa.meetings.models import Meeting, Series
from tests.web.meetings.boards import a_block, a_meeting, a_phone
from tests.web.meetings.gatherings import a_gathering
from tests.world import World


@pytest.fixture
def meeting(world: World) -> Meeting:
    """A workshop that begins now."""
    return a_meeting(world.pomorskie)


def at(meeting: Meeting, name: str = "meeting", *words: object) -> str:
    return reverse(f"meetings:{name}", args=[meeting.region.slug, meeting.slug, *words])


def leads_to(client: Client, page: str, way: str) -> bool:
    return f'href="{way}"' in client.get(page).content.decode()


def test_who_leads_finds_board_wall_minutes_and_every_sheet(world: World, signed_in: Any, client: Client, meeting: Meeting, django_assert_max_num_queries: Any) -> None:
    bolek, cards = signed_in(world.bolek), a_block(meeting)
    sheets = [f"{at(meeting, 'paper')}?sheet={words}" for words in ("poster", "names", f"cards&amp;block={cards.pk}")]
    ways = [*(at(meeting, name) for name in ("lead", "wall", "minutes")), *sheets]
    for way in ways:
        assert leads_to(bolek, at(meeting), way), way
        assert not leads_to(client, at(meeting), way), way
    with django_assert_max_num_queries(12):
        bolek.get(at(meeting))


def test_members_find_the_minutes_once_there_is_an_edition(world: World, signed_in: Any, client: Client, meeting: Meeting) -> None:
    member = signed_in(world.olga)
    assert not leads_to(member, at(meeting), at(meeting, "minutes"))
    freeze_minutes(by=world.bolek, meeting=meeting)
    assert leads_to(member, at(meeting), at(meeting, "minutes"))
    assert not leads_to(client, at(meeting), at(meeting, "minutes"))


def test_on_the_day_everybody_finds_board_and_door_and_on_other_days_nobody(world: World, client: Client, meeting: Meeting) -> None:
    far = a_gathering(world.pomorskie, slug="far")
    for it, is_there in ((meeting, True), (far, False)):
        for name in ("join", "here"):
            assert leads_to(client, at(it), reverse(f"meetings:{name}", args=[it.code])) == is_there
        assert (it.code in client.get(at(it)).content.decode()) == is_there


def test_phones_lead_to_the_list_of_those_present_while_people_arrive(meeting: Meeting, client: Client) -> None:
    phone = a_phone(meeting)
    for there, page in ((client, "join"), (phone.client, "phone")):
        assert leads_to(there, phone.address(page), phone.address("here"))
    long_ago = timezone.now() - timedelta(days=1)
    Meeting.objects.update(starts_at=long_ago, ends_at=long_ago + timedelta(hours=1))
    for there, page in ((client, "join"), (phone.client, "phone")):
        assert not leads_to(there, phone.address(page), phone.address("here"))


def test_sheets_of_style_of_every_kind_stand_in_the_head(world: World, signed_in: Any, meeting: Meeting) -> None:
    a_block(meeting, "score")
    bolek = signed_in(world.bolek)
    phone = a_phone(meeting)
    for page in (bolek.get(at(meeting, "lead")), bolek.get(at(meeting, "wall")), phone.client.get(phone.address("phone"))):
        assert "assessments/assessments" in page.content.decode().split("</head>")[0]


def test_a_series_of_the_sample_says_that_it_is_invented(world: World, client: Client) -> None:
    series = Series.objects.create(region=world.pomorskie, slug="cykl", name="Cykl", planned={"workshop": 4}, is_invented=True)
    address = reverse("meetings:series", args=["pomorskie", series.slug])
    assert "Invented for the sample." in client.get(address).text
    Series.objects.update(is_invented=False)
    assert "Invented for the sample." not in client.get(address).text
