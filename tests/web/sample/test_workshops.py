"""What the pages of the sample's workshops show to somebody who has not signed in, and to who leads."""

import pytest
from django.test import Client

from osnowa.assessments.models import Round
from osnowa.meetings.models import Meeting
from osnowa.people.models import Person
from osnowa.places.models import Region, RegionSeat
from tests.samples import _sample_pomorskie, pomorskie

__all__ = ["_sample_pomorskie", "pomorskie"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(pomorskie: Region, client: Client) -> Client:
    """Who leads meetings of Pomorskie, signed in."""
    person = Person.objects.create(email="kinga@example.org", name="Kinga")
    RegionSeat.objects.create(person=person, region=pomorskie, role=RegionSeat.Role.COORDINATOR, valid_from="2026-01-01", valid_to="2030-12-31")
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page_of(title: str) -> str:
    return f"/en/pomorskie/meetings/{Meeting.objects.get(title__startswith=title).slug}/"


def test_the_list_shows_the_series_as_held_and_the_fair_as_coming(pomorskie: Region, client: Client) -> None:
    text = client.get("/en/pomorskie/meetings/").text
    assert text.index("Wiosenne targi") < text.index("Pomorska Ekonomia Społeczna – pilotaż 2025") < text.index("Warsztat 4")
    assert text.count("4 of 4 held") == 2
    assert "Zebranie założycielskie" not in text
    assert "cancelled" in text


def test_the_fair_takes_registrations_and_names_nobody(pomorskie: Region, client: Client) -> None:
    text = client.get(page_of("Wiosenne targi")).text
    assert "Register, without an account" in text
    assert "Invented for the sample" in text
    assert "example.org/" not in text


def test_the_board_of_a_workshop_still_stands(lead: Client) -> None:
    meeting = Meeting.objects.get(title__startswith="Warsztat 1")
    block = meeting.blocks.get(title="D1 Cel")
    text = lead.get(f"{page_of('Warsztat 1')}lead/?block={block.pk}").text
    assert "Praca i godność" in text
    assert "Opiekunowie rodzinni są sami; brakuje opieki wytchnieniowej" in text


def test_the_minutes_tell_dots_objection_scores_and_promises(lead: Client) -> None:
    text = lead.get(f"{page_of('Warsztat 4')}minutes/").text
    for said in ("Edition 1", "Dwa lata to za długo", "Cluster in eight dimensions", "Dwadzieścia podpisów", "25 voices answered"):
        assert said in text


def test_the_second_round_shows_the_first_beneath_and_what_was_agreed(pomorskie: Region, client: Client) -> None:
    made = Round.objects.get(before__isnull=False)
    text = client.get(f"/en/pomorskie/assessments/rounds/{made.slug}/").text
    assert "The round before" in text
    assert "Uzgodniono poziom 2" in text
    assert "Invented for the sample" in text
    assert "discuss" in text


def test_the_open_survey_can_be_answered_by_its_link(pomorskie: Region, client: Client) -> None:
    made = Round.objects.get(state="open")
    assert client.get(f"/en/answer/{made.token}/").status_code == 200
    assert client.get(f"/en/pomorskie/assessments/rounds/{made.slug}/").status_code == 404
