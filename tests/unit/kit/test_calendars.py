"""Calendar files: what RFC 5545 and RFC 5546 want of them, across the days on which clocks change."""

from datetime import UTC, datetime

import pytest
from icalendar import Calendar

from osnowa.kit.calendars import Event, calendar

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)


def an_event(**more: object) -> Event:
    words = {
        "uid": "1@osnowa", "title": "Warsztat; część 1, „sieć”", "starts_at": datetime(2026, 10, 24, 8, tzinfo=UTC),
        "ends_at": datetime(2026, 10, 24, 14, tzinfo=UTC), "zone": "Europe/Warsaw", "sequence": 2,
    }  # fmt: skip
    return Event(**words | more)


def read(content: bytes):
    return Calendar.from_ical(content)


def test_an_event_stands_in_its_own_zone_whose_rules_are_beside_it():
    made = read(calendar([an_event()], name="Pomorskie", stamped_at=NOW))
    event = made.walk("VEVENT")[0]
    assert event["DTSTART"].params["TZID"] == "Europe/Warsaw"
    assert event.decoded("dtstart").isoformat() == "2026-10-24T10:00:00+02:00"
    assert [zone["TZID"] for zone in made.walk("VTIMEZONE")] == ["Europe/Warsaw"]


@pytest.mark.parametrize(("month", "day", "offset"), [(3, 28, "+01:00"), (3, 30, "+02:00"), (10, 24, "+02:00"), (10, 26, "+01:00")])
def test_the_hour_on_the_wall_is_the_same_around_the_change_of_clocks(month, day, offset):
    from zoneinfo import ZoneInfo

    starts = datetime(2026, month, day, 10, tzinfo=ZoneInfo("Europe/Warsaw"))
    event = read(calendar([an_event(starts_at=starts, ends_at=starts.replace(hour=12))], name="x", stamped_at=NOW)).walk("VEVENT")[0]
    assert event.decoded("dtstart").isoformat() == f"2026-{month:02}-{day}T10:00:00{offset}"


def test_two_zones_have_two_sets_of_rules():
    content = calendar([an_event(), an_event(uid="2@osnowa", zone="Europe/Lisbon")], name="x", stamped_at=NOW)
    assert {zone["TZID"] for zone in read(content).walk("VTIMEZONE")} == {"Europe/Warsaw", "Europe/Lisbon"}


def test_a_request_names_who_asks_and_who_is_asked():
    made = read(calendar([an_event(organiser="ROPS, Pomorskie", organiser_email="rops@example.org", attendee_email="jan@example.org")], name="x", stamped_at=NOW, method="REQUEST"))
    event = made.walk("VEVENT")[0]
    assert (made["METHOD"], event["ORGANIZER"], event["ATTENDEE"]) == ("REQUEST", "mailto:rops@example.org", "mailto:jan@example.org")
    assert event["ORGANIZER"].params["CN"] == "ROPS, Pomorskie"


def test_a_published_calendar_names_no_guest():
    assert b"ATTENDEE" not in calendar([an_event(attendee_email="jan@example.org")], name="x", stamped_at=NOW)


def test_a_cancelled_event_says_so():
    event = read(calendar([an_event()], name="x", stamped_at=NOW, method="CANCEL")).walk("VEVENT")[0]
    assert (event["STATUS"], event["SEQUENCE"], event["UID"]) == ("CANCELLED", 2, "1@osnowa")


def test_words_with_commas_and_lines_come_back_whole():
    event = read(calendar([an_event(about="Pierwszy dzień;\ndrugi, trzeci")], name="x", stamped_at=NOW)).walk("VEVENT")[0]
    assert (str(event["SUMMARY"]), str(event["DESCRIPTION"])) == ("Warsztat; część 1, „sieć”", "Pierwszy dzień;\ndrugi, trzeci")


def test_lines_are_no_longer_than_75_octets():
    content = calendar([an_event(about="ż" * 300)], name="x", stamped_at=NOW)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_a_region_without_meetings_has_a_calendar_too():
    assert read(calendar([], name="x", stamped_at=NOW))["VERSION"] == "2.0"
