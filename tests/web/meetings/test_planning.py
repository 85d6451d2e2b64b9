"""Meetings and series: planned, announced, changed, held, cancelled; told to those who are to come."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from osnowa.journal.models import Entry
from osnowa.meetings.models import Meeting, Series
from osnowa.meetings.queries.series import progress
from tests.web.meetings.gatherings import a_gathering, a_guest

WORDS = {
    "kind": "workshop", "title": "Cel klastra", "day": "2027-02-03", "starts": "10:00", "ends": "14:00", "time_zone": "Europe/Warsaw", "venue": "ECS",
    "languages": ["pl"], "visibility": "public", "keep_until": "2027-12-31", "capacity": "20",
}  # fmt: skip


@pytest.fixture
def bolek(world, signed_in):
    return signed_in(world.bolek)


def at(name, *words):
    return reverse(f"meetings:{name}", args=["pomorskie", *words])


def test_a_meeting_is_planned_as_a_draft_on_the_clock_of_its_zone(bolek, client):
    response = bolek.post(at("new"), WORDS)
    meeting = Meeting.objects.get()
    assert (meeting.slug, meeting.state, meeting.starts_at) == ("2027-02-03-cel-klastra", "draft", datetime(2027, 2, 3, 9, tzinfo=UTC))
    assert response.headers["Location"] == at("meeting", meeting.slug)
    assert client.get(at("meeting", meeting.slug)).status_code == 404


def test_sent_twice_it_is_one_meeting(bolek):
    bolek.post(at("new"), WORDS)
    bolek.post(at("new"), WORDS)
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [({"ends": "09:00"}, "ends"), ({"day": "2027-03-28", "starts": "02:30"}, "starts"), ({"keep_until": "2027-01-01"}, "keep_until"), ({"keep_until": "2040-01-01"}, "keep_until"), ({"title": ""}, "title")],
)
def test_what_cannot_be_is_refused_where_it_stands(bolek, more, field):
    response = bolek.post(at("new"), WORDS | more)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Meeting.objects.exists()


def test_the_same_hour_stays_the_same_hour_when_clocks_change(bolek):
    bolek.post(at("new"), WORDS | {"day": "2027-03-27", "last_day": "2027-03-28", "starts": "10:00", "ends": "10:00"})
    meeting = Meeting.objects.get()
    assert meeting.length == timedelta(hours=23)
    shown = bolek.get(at("edit", meeting.slug)).context["form"].initial
    assert (shown["starts"].hour, shown["ends"].hour, shown["last_day"]) == (10, 10, date(2027, 3, 28))


def test_saving_an_unchanged_form_changes_nothing(bolek, world):
    bolek.post(at("new"), WORDS | {"registers_until": "2027-02-01"})
    meeting = Meeting.objects.get()
    form = bolek.get(at("edit", meeting.slug)).context["form"]
    words = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    before = Entry.objects.count()
    assert bolek.post(at("edit", meeting.slug), words).status_code == 302
    assert Entry.objects.count() == before


def test_two_who_change_it_at_once_do_not_write_over_each_other(bolek):
    bolek.post(at("new"), WORDS)
    meeting = Meeting.objects.get()
    assert bolek.post(at("edit", meeting.slug), WORDS | {"title": "Pierwszy", "seen": "0"}).status_code == 302
    response = bolek.post(at("edit", meeting.slug), WORDS | {"title": "Drugi", "seen": "0"})
    assert response.status_code == 422
    assert "Somebody else has changed this meeting" in response.content.decode()
    assert Meeting.objects.get().title == "Pierwszy"


def test_announced_it_is_seen_by_everybody(bolek, client):
    bolek.post(at("new"), WORDS)
    meeting = Meeting.objects.get()
    bolek.post(at("announce", meeting.slug))
    page = client.get(at("meeting", meeting.slug)).content.decode()
    assert "Register, without an account" in page
    assert "10:00–14:00, Europe/Warsaw (UTC+1)" in page


def test_a_meeting_nowhere_is_not_announced(bolek):
    bolek.post(at("new"), WORDS | {"venue": ""})
    response = bolek.post(at("announce", Meeting.objects.get().slug))
    assert "give the meeting a place or a link first" in response.content.decode()


@pytest.fixture
def meeting(world):
    it = a_gathering(world.pomorskie, capacity=1)
    a_guest(it, "Jan")
    a_guest(it, "Ola", state="waiting")
    a_guest(it, "Ewa", state="invited", language="sl")
    a_guest(it, "Iga", state="declined")
    return it


def calendar_in(letter):
    part = next(one for one in letter.message().walk() if one.get_content_type() == "text/calendar")
    return Calendar.from_ical(part.get_payload(decode=True))


def test_another_time_is_told_to_all_who_may_come_with_a_higher_sequence(bolek, meeting, django_capture_on_commit_callbacks):
    form = bolek.get(at("edit", meeting.slug)).context["form"]
    words = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    with django_capture_on_commit_callbacks(execute=True):
        bolek.post(at("edit", meeting.slug), words | {"starts": "09:00"})
    assert sorted(letter.to[0] for letter in mail.outbox) == ["ewa@example.org", "jan@example.org", "ola@example.org"]
    assert {calendar_in(letter).walk("VEVENT")[0]["SEQUENCE"] for letter in mail.outbox} == {1}


def test_more_places_let_those_who_wait_move_up(bolek, meeting, django_capture_on_commit_callbacks):
    form = bolek.get(at("edit", meeting.slug)).context["form"]
    words = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    with django_capture_on_commit_callbacks(execute=True):
        bolek.post(at("edit", meeting.slug), words | {"capacity": "2"})
    assert [(letter.to[0], letter.subject) for letter in mail.outbox] == [("ola@example.org", mail.outbox[0].subject)]
    assert meeting.participations.get(person_name="Ola").state == "registered"


def test_a_cancelled_meeting_tells_everybody_once_and_leaves_their_calendars(bolek, meeting, django_capture_on_commit_callbacks):
    for _twice in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            bolek.post(at("cancel", meeting.slug), {"reason": "Choroba prowadzących."})
    assert sorted(letter.to[0] for letter in mail.outbox) == ["ewa@example.org", "jan@example.org", "ola@example.org"]
    made = calendar_in(mail.outbox[0])
    event = made.walk("VEVENT")[0]
    assert (made["METHOD"], event["STATUS"], event["SEQUENCE"], str(event["UID"])) == ("CANCEL", "CANCELLED", 1, str(meeting.uid))
    assert all("Choroba prowadzących." in letter.body for letter in mail.outbox)


def test_cancelling_a_draft_tells_nobody(bolek, world, django_capture_on_commit_callbacks):
    meeting = a_gathering(world.pomorskie, state="draft")
    a_guest(meeting, "Jan")
    with django_capture_on_commit_callbacks(execute=True):
        bolek.post(at("cancel", meeting.slug), {})
    assert mail.outbox == []


def test_what_has_not_begun_was_not_held(bolek, meeting):
    bolek.post(at("hold", meeting.slug))
    meeting.refresh_from_db()
    assert meeting.state == "announced"


class TestSeries:
    @pytest.fixture
    def series(self, world):
        return Series.objects.create(region=world.pomorskie, slug="klaster", name="Klaster", planned={"workshop": 4, "briefing": 4})

    def test_a_series_is_planned_by_kinds(self, bolek):
        bolek.post(at("new_series"), {"name": "Klaster", "planned_workshop": "4", "planned_briefing": "4"})
        assert Series.objects.get().planned == {"workshop": 4, "briefing": 4}

    def test_a_series_of_nothing_is_refused(self, bolek):
        assert bolek.post(at("new_series"), {"name": "Klaster"}).status_code == 422

    def test_progress_tells_planned_from_held_announced_and_missing(self, world, series):
        past = timezone.now() - timedelta(days=9)
        kept = {"series": series, "starts_at": past, "ends_at": past + timedelta(hours=2)}
        a_gathering(world.pomorskie, slug="a", state="held", **kept)
        a_gathering(world.pomorskie, slug="b", **kept)
        a_gathering(world.pomorskie, slug="c", series=series)
        a_gathering(world.pomorskie, slug="d", series=series, state="cancelled")
        workshop, briefing = progress(series, series.meetings.all())
        assert (workshop.planned, workshop.held, workshop.announced, workshop.unsaid, workshop.missing) == (4, 1, 1, 1, 1)
        assert (briefing.planned, briefing.held, briefing.missing) == (4, 0, 4)

    def test_all_meetings_of_a_kind_are_planned_at_once_at_the_same_hour_in_winter_and_summer(self, bolek, series):
        address = at("fill_series", series.slug)
        form = bolek.get(address).context["form"]
        assert (form["kind"].value(), form["count"].value()) == ("workshop", 4)
        words = {"kind": "workshop", "title": "Warsztat", "count": "4", "day": "2027-03-04", "every_weeks": "2", "starts": "10:00", "ends": "14:00", "time_zone": "Europe/Warsaw", "venue": "ECS", "keep_days": "365"}
        for _twice in range(2):
            assert bolek.post(address, words).status_code == 302
        meetings = list(series.meetings.order_by("starts_at"))
        assert [(it.title, it.starts_at.isoformat()[:13]) for it in meetings] == [
            ("Warsztat 1", "2027-03-04T09"), ("Warsztat 2", "2027-03-18T09"), ("Warsztat 3", "2027-04-01T08"), ("Warsztat 4", "2027-04-15T08"),
        ]  # fmt: skip
        assert {it.state for it in meetings} == {"draft"}

    def test_its_page_needs_few_queries(self, bolek, series, world, django_assert_max_num_queries):
        for n in range(8):
            meeting = a_gathering(world.pomorskie, slug=f"w-{n}", series=series)
            a_guest(meeting, "Jan", organisation=world.chleb, checked_in_at=timezone.now(), checked_in_via="list")
        with django_assert_max_num_queries(12):
            page = bolek.get(at("series", series.slug)).content.decode()
        assert "8 = 8" in page or ">8 = 8<" in page


@pytest.mark.parametrize("number", [1, 12])
def test_the_list_needs_as_many_queries_for_twelve_as_for_one(world, bolek, django_assert_max_num_queries, number):
    for n in range(number):
        a_gathering(world.pomorskie, slug=f"a-{n}")
        a_gathering(world.pomorskie, slug=f"b-{n}", state="held", starts_at=timezone.now() - timedelta(days=3), ends_at=timezone.now() - timedelta(days=2))
        Series.objects.create(region=world.pomorskie, slug=f"s-{n}", name="S", planned={"workshop": 1})
    with django_assert_max_num_queries(12):
        assert bolek.get(at("meetings")).status_code == 200


def test_the_calendar_of_a_region_holds_its_public_meetings_and_says_which_were_cancelled(world, client):
    a_gathering(world.pomorskie, slug="a")
    a_gathering(world.pomorskie, slug="b", state="cancelled")
    a_gathering(world.pomorskie, slug="c", state="draft")
    a_gathering(world.pomorskie, slug="d", visibility="members")
    response = client.get(reverse("short:feed", args=["pomorskie"]))
    made = Calendar.from_ical(response.content)
    assert made["METHOD"] == "PUBLISH"
    assert sorted(event["STATUS"] for event in made.walk("VEVENT")) == ["CANCELLED", "CONFIRMED"]


def test_programs_read_a_public_meeting_as_an_event(world, client):
    meeting = a_gathering(world.pomorskie)
    told = client.get(at("meeting_file", meeting.slug, "jsonld")).json()
    assert (told["@type"], told["startDate"], told["eventAttendanceMode"]) == ("Event", "2026-11-27T10:00:00+01:00", "https://schema.org/MixedEventAttendanceMode")
    assert "join.example.org" not in str(told)


def test_the_front_page_of_a_region_names_the_next_meetings(world, client):
    a_gathering(world.pomorskie)
    page = client.get(reverse("home:region", args=["pomorskie"])).content.decode()
    assert "Next meetings" in page
    assert "Warsztat 1" in page
