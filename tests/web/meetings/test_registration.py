"""Coming without an account: register, wait, move up, change, withdraw, say that one is there."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from icalendar import Calendar

from osnowa.journal.models import Entry
from osnowa.meetings.actions.participations import register, withdraw
from osnowa.meetings.models import Participation
from osnowa.meetings.queries.meetings import door_word
from tests.web.meetings.gatherings import a_gathering, a_guest, said


@pytest.fixture
def meeting(world):
    return a_gathering(world.pomorskie)


def form_of(meeting):
    return reverse("meetings:register", args=[meeting.region.slug, meeting.slug])


@pytest.fixture
def send(client, meeting, django_capture_on_commit_callbacks):
    def post(address=None, **words):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address or form_of(meeting), words if address else said(**words))

    return post


def calendar_in(letter):
    part = next(one for one in letter.message().walk() if one.get_content_type() == "text/calendar")
    return Calendar.from_ical(part.get_payload(decode=True))


def test_who_registers_gets_a_place_and_a_letter_in_her_language_with_the_meeting_for_her_calendar(client, meeting, send):
    response = send(organisation="spółdzielnia socjalna dobry chleb", email="Jan@Example.org")
    guest = Participation.objects.get()
    assert response.status_code == 302
    assert (guest.state, guest.email, str(guest.organisation), guest.sector, guest.country) == ("registered", "jan@example.org", "Dobry Chleb", "social_economy", "PL")
    letter = mail.outbox[0]
    assert letter.to == ["jan@example.org"]
    assert f"/pl/meetings/mine/{guest.token}/" in letter.body
    assert "https://join.example.org/abc" in letter.body
    made = calendar_in(letter)
    event = made.walk("VEVENT")[0]
    assert (made["METHOD"], str(event["UID"]), event["SEQUENCE"], event["ATTENDEE"]) == ("REQUEST", str(meeting.uid), 0, "mailto:jan@example.org")
    assert event["DTSTART"].params["TZID"] == "Europe/Warsaw"


def test_an_organisation_nobody_knows_is_kept_as_it_was_written(send):
    send(organisation="Klub Żeglarski")
    guest = Participation.objects.get()
    assert (guest.organisation, guest.organisation_name) == (None, "Klub Żeglarski")


def test_a_hidden_organisation_cannot_be_chosen_by_guessing_its_name(world, send):
    send(organisation="Fundacja Przystań")
    assert Participation.objects.get().organisation is None


def test_sent_twice_it_is_one_registration_and_the_answer_is_the_same(send):
    assert send().headers["Location"] == send(person_name="Ktoś inny").headers["Location"]
    assert Participation.objects.get().person_name == "Jan Nowak"


def test_who_fills_in_the_trap_is_thanked_and_thrown_away(send):
    response = send(thread_dye="buy now")
    assert response.status_code == 302
    assert not Participation.objects.exists()


def test_no_more_than_thirty_an_hour_come_from_one_place(client, meeting, send):
    for number in range(30):
        send(email=f"a{number}@example.org")
    assert send(email="b@example.org").status_code == 429


def test_the_last_place_is_given_once_and_the_rest_wait(meeting, send):
    meeting.capacity = 1
    meeting.save()
    send(email="a@example.org")
    send(email="b@example.org")
    assert list(Participation.objects.order_by("pk").values_list("state", flat=True)) == ["registered", "waiting"]
    assert [part.get_content_type() for part in mail.outbox[1].message().walk()] == ["text/plain"]


def test_who_waits_longest_moves_up_when_somebody_cancels(meeting, send, django_capture_on_commit_callbacks):
    meeting.capacity = 1
    meeting.save()
    for name in "abc":
        send(email=f"{name}@example.org")
    first = Participation.objects.get(email="a@example.org")
    mail.outbox.clear()
    send(reverse("meetings:answer", args=[first.token]), answer="declines")
    assert dict(Participation.objects.values_list("email", "state")) == {"a@example.org": "declined", "b@example.org": "registered", "c@example.org": "waiting"}
    assert {letter.to[0]: calendar_in(letter)["METHOD"] for letter in mail.outbox} == {"a@example.org": "CANCEL", "b@example.org": "REQUEST"}


def test_cancelled_twice_it_moves_one_up(meeting):
    meeting.capacity = 1
    meeting.save()
    for name in "abc":
        register(by=None, meeting=meeting, email=f"{name}@example.org")
    first = Participation.objects.get(email="a@example.org")
    withdraw(by=None, guest=first)
    withdraw(by=None, guest=Participation.objects.get(pk=first.pk))
    assert Participation.objects.filter(state="waiting").count() == 1


def test_who_takes_part_from_afar_needs_no_chair(meeting):
    meeting.capacity = 1
    meeting.save()
    register(by=None, meeting=meeting, email="a@example.org")
    assert register(by=None, meeting=meeting, email="b@example.org", is_remote=True).state == "registered"


def test_nobody_overtakes_those_who_wait(meeting):
    meeting.capacity = 1
    meeting.save()
    for name in "ab":
        register(by=None, meeting=meeting, email=f"{name}@example.org")
    Participation.objects.filter(email="a@example.org").delete()
    assert register(by=None, meeting=meeting, email="c@example.org").state == "waiting"


@pytest.mark.parametrize("more", [{"state": "draft"}, {"state": "cancelled"}, {"state": "held"}])
def test_nobody_registers_for_what_cannot_be_visited(world, client, more):
    meeting = a_gathering(world.pomorskie, **more)
    client.post(form_of(meeting), said())
    assert not Participation.objects.exists()


def test_registration_ends_on_its_day(meeting, client, world):
    from django.utils import timezone

    meeting.registers_until = timezone.now() - timedelta(minutes=1)
    meeting.save()
    assert b"Registration ended" in client.post(form_of(meeting), said()).content


def test_the_journal_names_nobody_who_registers(send):
    send()
    entry = Entry.objects.get(deed="meetings.registered")
    assert (entry.thing_label, entry.changes) == ("Warsztat 1", {"registered": [0, 1]})


def test_the_letter_leads_to_ticket_words_and_way_out(client, meeting, django_assert_max_num_queries):
    guest = a_guest(meeting, "Jan")
    with django_assert_max_num_queries(12):
        page = client.get(reverse("meetings:mine", args=[guest.token])).content.decode()
    assert 'aria-label="QR code of the ticket"' in page
    assert "I cannot come" in page
    assert "https://join.example.org/abc" in page
    assert client.get(reverse("meetings:mine_ics", args=[guest.token])).content.startswith(b"BEGIN:VCALENDAR")


def test_what_one_said_can_be_changed_and_the_address_stands(client, meeting):
    guest = a_guest(meeting, "Jan")
    client.post(reverse("meetings:mine", args=[guest.token]), said(person_name="Jan Kowalski", email="other@example.org", needs="tłumacz", is_remote="on"))
    guest.refresh_from_db()
    assert (guest.person_name, guest.email, guest.needs, guest.is_remote) == ("Jan Kowalski", "jan@example.org", "tłumacz", True)


def test_who_was_invited_comes_with_one_press(client, meeting):
    guest = a_guest(meeting, "Jan", state="invited", registered_at=None)
    client.post(reverse("meetings:answer", args=[guest.token]), {"answer": "comes", "person_name": "Jan Nowak"})
    guest.refresh_from_db()
    assert (guest.state, guest.person_name) == ("registered", "Jan Nowak")


def test_the_link_of_an_erased_name_leads_nowhere(client, meeting):
    guest = a_guest(meeting, "Jan", erased_on="2026-11-01")
    assert client.get(reverse("meetings:mine", args=[guest.token])).status_code == 404


def test_the_link_to_join_is_shown_to_guests_only(client, meeting):
    address = reverse("meetings:meeting", args=["pomorskie", meeting.slug])
    assert "join.example.org" not in client.get(address).content.decode()
    assert b"join.example.org" not in client.get(reverse("meetings:meeting_file", args=["pomorskie", meeting.slug, "ics"])).content


def test_suggestions_come_from_what_the_visitor_may_see(client, world):
    address = reverse("meetings:organisations", args=["pomorskie"])
    assert "Dobry Chleb" in client.get(address, {"organisation": "chl"}).content.decode()
    assert "Przysta" not in client.get(address, {"organisation": "przyst"}).content.decode()


class TestSayingThatOneIsThere:
    @pytest.fixture
    def meeting(self, world):
        from django.utils import timezone

        return a_gathering(world.pomorskie, starts_at=timezone.now(), ends_at=timezone.now() + timedelta(hours=3))

    def here(self, meeting):
        return reverse("meetings:here", args=[meeting.code])

    def test_the_address_one_registered_with_is_enough(self, client, meeting):
        guest = a_guest(meeting, "Jan")
        for _twice in range(2):
            assert client.post(self.here(meeting), {"email": "JAN@example.org", "word": door_word(meeting).lower()}).status_code == 302
        guest.refresh_from_db()
        assert guest.checked_in_via == "qr"
        assert Participation.objects.count() == 1

    def test_who_comes_unannounced_is_noted_once(self, client, meeting):
        for _twice in range(2):
            client.post(self.here(meeting), {"person_name": "Ewa Lis", "organisation": "Urząd", "word": door_word(meeting)})
        assert [(it.person_name, it.organisation_name, it.checked_in_via) for it in Participation.objects.all()] == [("Ewa Lis", "Urząd", "qr")]

    def test_nobody_says_so_on_another_day(self, client, world):
        meeting = a_gathering(world.pomorskie)
        client.post(self.here(meeting), {"person_name": "Ewa Lis", "word": door_word(meeting)})
        assert not Participation.objects.exists()

    def test_somebody_without_name_and_address_is_asked_for_one(self, client, meeting):
        assert client.post(self.here(meeting), {"organisation": "Urząd", "word": door_word(meeting)}).status_code == 422

    def test_who_does_not_know_the_word_of_the_room_says_nothing_for_others(self, client, meeting):
        """The code alone, which the meeting's page shows on the day, and somebody's address are not enough."""
        guest = a_guest(meeting, "Jan")
        for word in ("", "XXXX"):
            answer = client.post(self.here(meeting), {"email": guest.email, "word": word})
            assert (answer.status_code, door_word(meeting) in answer.text) == (422, False)
        assert door_word(meeting) not in client.get(reverse("meetings:meeting", args=["pomorskie", meeting.slug])).text
        guest.refresh_from_db()
        assert guest.checked_in_at is None

    def test_the_answer_tells_nobody_who_is_registered(self, client, meeting):
        a_guest(meeting, "Jan")
        answers = [client.post(self.here(meeting), {"email": email, "word": door_word(meeting)}) for email in ("jan@example.org", "nobody@example.org")]
        assert len({(one.status_code, one["Location"], one.content) for one in answers}) == 1

    def test_the_square_at_the_door_brings_the_word_along(self, client, meeting, signed_in, world):
        there = client.get(f"/m/{meeting.code}/here?word={door_word(meeting)}", headers={"Accept-Language": "sl"})["Location"]
        assert there == f"/sl/m/{meeting.code}/here/?word={door_word(meeting)}"
        assert f'value="{door_word(meeting)}"' in client.get(there).text
        lead = signed_in(world.bolek)
        for page in ("guests", "wall"):
            assert door_word(meeting) in lead.get(reverse(f"meetings:{page}", args=["pomorskie", meeting.slug])).text

    def say(self, client, guest, **words):
        answer = client.post(reverse("meetings:answer", args=[guest.token]), words)
        guest.refresh_from_db()
        return answer

    @pytest.mark.parametrize(("more", "via"), [({}, "qr"), ({"is_remote": True}, "online")])
    def test_the_link_of_ones_own_letter_needs_the_word_too(self, client, meeting, more, via):
        guest = a_guest(meeting, "Jan", **more)
        assert 'name="word"' in client.get(reverse("meetings:mine", args=[guest.token])).text
        for word in ({}, {"word": "XXXX"}):
            answer = self.say(client, guest, answer="here", **word)
            assert (answer.status_code, guest.checked_in_at, door_word(meeting) in answer.text) == (422, None, False)
        assert "This is not the word of this meeting." in answer.text
        assert f'action="{reverse("meetings:mine", args=[guest.token])}"' in answer.text, "what is said below is saved, not taken for an answer"
        assert self.say(client, guest, answer="here", word=door_word(meeting).lower()).status_code == 302
        assert guest.checked_in_via == via

    def test_nobody_was_at_a_door_where_there_is_no_room(self, client, meeting):
        meeting.venue = ""
        meeting.save()
        client.post(self.here(meeting), {"person_name": "Ewa Lis", "word": door_word(meeting)})
        assert Participation.objects.get().checked_in_via == "online"

    @pytest.mark.parametrize("state", ["registered", "waiting", "invited", "declined"])
    @pytest.mark.parametrize("word", ["comes", "declines"])
    def test_who_is_there_can_no_longer_answer_or_cancel(self, client, meeting, state, word):
        guest = a_guest(meeting, "Jan", state=state, checked_in_at=meeting.starts_at, checked_in_via="list")
        page = client.get(reverse("meetings:mine", args=[guest.token])).text
        assert "you are noted as present" in page
        assert 'name="answer"' not in page
        assert guest.get_state_display() not in page
        answer = self.say(client, guest, answer=word)
        assert (answer.status_code, guest.state) == (409, state)
        assert "Whoever is noted as present can no longer answer or cancel." in answer.text

    def test_the_seat_of_who_is_there_goes_to_nobody(self, client, meeting):
        meeting.capacity = 1
        meeting.save()
        there = a_guest(meeting, "Jan", checked_in_at=meeting.starts_at, checked_in_via="list")
        waits = a_guest(meeting, "Ola", state="waiting")
        self.say(client, there, answer="declines")
        client.post(reverse("meetings:mine", args=[there.token]), said(person_name="Jan Kowalski", is_remote="on"))
        there.refresh_from_db()
        waits.refresh_from_db()
        assert (there.person_name, there.is_remote, waits.state) == ("Jan Kowalski", False, "waiting")

    @pytest.mark.parametrize("state", ["invited", "declined"])
    def test_who_is_there_and_registers_again_is_put_on_no_waiting_list(self, meeting, state):
        meeting.capacity, meeting.starts_at = 0, meeting.starts_at + timedelta(hours=1)
        meeting.save()
        guest = a_guest(meeting, "Jan", state=state, checked_in_at=meeting.starts_at, checked_in_via="list")
        assert register(by=None, meeting=meeting, email=guest.email).state == state
