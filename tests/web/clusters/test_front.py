"""The front page of a cluster: one minute."""

from datetime import date

import pytest
from django.urls import reverse

from osnowa.agreements.models import Agreement, Signatory
from osnowa.clusters.models import Body, Cluster, Term
from osnowa.clusters.queries.front import front
from osnowa.meetings.models import Meeting, Series
from tests.unit.clusters.making import a_cluster, a_member, an_organisation
from tests.unit.clusters.making_canvas import a_closed_round
from tests.web.clusters.test_health import a_letter


def address(it: Cluster) -> str:
    return reverse("clusters:cluster", args=[it.region.slug, it.slug])


def busy(world) -> Cluster:
    """A cluster with a letter, a series and a pilot plan."""
    series = Series.objects.create(region=world.pomorskie, slug="cykl", name="Cykl")
    Meeting.objects.create(region=world.pomorskie, series=series, slug="nastepny", title="Warsztat czwarty", state="announced", starts_at="2026-11-25T09:00Z", ends_at="2026-11-25T12:00Z", time_zone="Europe/Warsaw", keep_until=date(2027, 6, 1))
    return a_cluster(world, series=series, letter=a_letter(world, 12), pilot={"report_by": "2026-11-30"}, mission={"en": "Work for all."})


def test_an_empty_cluster_says_what_to_do_first(client, signed_in, world):
    it = a_cluster(world)
    assert "There are no members yet" in client.get(address(it)).text
    assert "Nothing is told of it yet" in signed_in(world.edyta).get(address(it)).text


def test_one_minute_tells_mission_letter_next_meeting_and_what_is_due(client, world):
    page = client.get(address(busy(world))).text
    for words in ("Work for all.", "12 of 20", "Warsztat czwarty", "The report of the pilot", "in 10 days", "Signing of the letter ends", "in 11 days"):
        assert words in page


def test_what_is_late_is_told_as_late(world):
    it = a_cluster(world, pilot={"report_by": "2026-11-15"})
    (due,) = front(it, world.bolek).due
    assert (due.is_late, due.told) == (True, "5 days late")


def test_what_is_done_is_no_longer_due(world):
    assert front(a_cluster(world, pilot={"report_by": "2026-11-15", "report_on": "2026-11-14"}), world.bolek).due == ()


def test_renewals_and_terms_are_due_for_those_inside(client, signed_in, world):
    it = a_cluster(world)
    a_member(it, world.chleb, renew_by=date(2026, 12, 31))
    body = Body.objects.create(cluster=it, name="Rada", kind="council")
    Term.objects.create(body=body, person_name="Jan Nowak", starts_on=date(2025, 1, 1), ends_on=date(2026, 12, 15))
    inside, outside = signed_in(world.bolek).get(address(it)).text, client.get(address(it)).text
    assert "1 membership is to be renewed" in inside
    assert "1 term in a body ends" in inside
    assert "to be renewed" not in outside
    assert "Jan Nowak" not in inside


def test_a_letter_that_is_not_public_stays_hidden(client, world):
    it = busy(world)
    Agreement.objects.update(is_public=False)
    page = client.get(address(it)).text
    assert "12 of 20" not in page
    assert "Signing of the letter" not in page


@pytest.mark.parametrize("count", [1, 8])
def test_more_members_signatures_and_rounds_ask_the_database_no_more(client, signed_in, world, count, django_assert_max_num_queries):
    it = busy(world)
    for number in range(count):
        a_member(it, an_organisation(world.pomorskie, f"Spółdzielnia {number}"))
        a_closed_round(world, it, title=f"Runda {number}")
    assert Signatory.objects.count() == 12
    with django_assert_max_num_queries(9):
        client.get(address(it))
    editor = signed_in(world.edyta)
    with django_assert_max_num_queries(12):
        assert "<svg" in editor.get(address(it)).text
