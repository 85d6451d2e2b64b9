"""Letters with something enclosed."""

from django.core import mail

from osnowa.kit.letters import Enclosure, send


def test_a_letter_carries_a_calendar_that_says_what_it_wants(settings):
    enclosed = Enclosure("meeting.ics", "BEGIN:VCALENDAR żółw\r\n".encode(), "text/calendar; method=REQUEST; charset=utf-8")
    send("account/email/password_reset_key_subject.txt", to="jan@example.org", language="pl", enclosed=[enclosed])
    part = next(one for one in mail.outbox[0].message().walk() if one.get_content_type() == "text/calendar")
    assert part.get_param("method") == "REQUEST"
    assert part.get_filename() == "meeting.ics"
    assert part.get_payload(decode=True).decode() == "BEGIN:VCALENDAR żółw\r\n"
