"""Minutes in one click: what happened as PDF and DOCX, frozen under a hash; and the sheets for paper."""

import io
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import docx
import pytest
from django.urls import reverse

from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.meetings.actions.minutes import freeze_minutes
from osnowa.meetings.models import Block, Card, FollowUp, Meeting, Minutes, Participation

BEGAN = datetime(2026, 11, 18, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))


@pytest.fixture
def held(world):
    """A workshop of the day before yesterday with ten blocks of cards, three people and something promised."""
    meeting = Meeting.objects.create(
        region=world.pomorskie, slug="warsztat-1", title="Warsztat 1", starts_at=BEGAN, ends_at=BEGAN + timedelta(hours=4),
        time_zone="Europe/Warsaw", venue="Gdańsk", state="held", visibility="public", keep_until=BEGAN.date() + timedelta(days=365),
        languages=["pl", "en"],
    )  # fmt: skip
    for number in range(10):
        block = Block.objects.create(meeting=meeting, order=number, kind="cards", title=f"Pytanie {number}", question="Czego brakuje?", state="closed")
        Card.objects.create(block=block, text=f"Brakuje busa {number}")
    arrived = {"meeting": meeting, "checked_in_at": BEGAN, "checked_in_via": "list"}
    Participation.objects.create(**arrived, person_name="Anna Tajna", email="a@example.org", organisation=world.chleb, sector="social_economy")
    Participation.objects.create(**arrived, person_name="Jan Skryty", email="j@example.org", organisation=world.chleb, sector="social_economy")
    Participation.objects.create(**arrived, organisation_name="Gmina Ustka", sector="public")
    FollowUp.objects.create(meeting=meeting, text="Zaprosić szpital", owner_name="koordynatorka", due_on=BEGAN.date() + timedelta(days=14))
    return meeting


def way(meeting, name="minutes", *more):
    return reverse(f"meetings:{name}", args=[meeting.region.slug, meeting.slug, *more])


def words_of(whole: bytes) -> str:
    made = docx.Document(io.BytesIO(whole))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])


def test_who_leads_sees_what_the_minutes_would_say(held, signed_in, world, django_assert_max_num_queries):
    client = signed_in(world.bolek)
    with django_assert_max_num_queries(40):
        text = client.get(way(held)).content.decode()
    for words in ("3 participations, 2 organisations", "Pytanie 0", "Brakuje busa 9", "Zaprosić szpital", "10:00–10:15"):
        assert words in text
    assert "Anna Tajna" not in text


def test_one_click_freezes_and_a_second_finds_nothing_new(held, signed_in, world):
    client = signed_in(world.bolek)
    assert client.post(way(held, "freeze")).status_code == 302
    first = Minutes.objects.get(meeting=held)
    assert (first.number, first.frozen_by, set(first.texts)) == (1, world.bolek, {"pl", "sl", "en"})
    with pytest.raises(Refused, match="Nothing changed since edition 1"):
        freeze_minutes(by=world.bolek, meeting=held)
    entry = Entry.objects.get(deed="meetings.minutes_frozen")
    assert entry.changes["edition"] == [None, 1]


def test_an_edition_says_the_same_for_ever(held, signed_in, world):
    freeze_minutes(by=world.bolek, meeting=held)
    client = signed_in(world.bolek)
    before = words_of(client.get(way(held, "minutes_file", 1) + "?as=docx").content)
    Card.objects.all().delete()
    assert words_of(client.get(way(held, "minutes_file", 1) + "?as=docx").content) == before
    freeze_minutes(by=world.bolek, meeting=held)
    assert "Brakuje busa" not in words_of(client.get(way(held, "minutes_file", 2) + "?as=docx").content)


def test_an_edition_cannot_be_written_over(held, world):
    kept = freeze_minutes(by=world.bolek, meeting=held)
    with pytest.raises(TypeError):
        kept.save()


def test_a_file_is_in_the_language_of_the_page(held, signed_in, world):
    freeze_minutes(by=world.bolek, meeting=held)
    address = way(held, "minutes_file", 1).replace("/en/", "/pl/")
    assert "Nazwy" not in words_of(signed_in(world.bolek).get(address + "?as=docx").content)
    made = signed_in(world.bolek).get(address)
    assert made["Content-Type"] == "application/pdf"
    assert b"/Lang(pl)" in made.content
    assert b"pdfuaid" in made.content


def test_a_meeting_to_come_has_no_minutes(held, world):
    held.starts_at, held.ends_at = held.starts_at + timedelta(days=9), held.ends_at + timedelta(days=9)
    held.save()
    with pytest.raises(Refused, match="has not begun"):
        freeze_minutes(by=world.bolek, meeting=held)


def test_an_open_block_is_closed_first(held, world):
    held.blocks.filter(order=3).update(state="open")
    with pytest.raises(Refused, match="still open"):
        freeze_minutes(by=world.bolek, meeting=held)
    assert not Minutes.objects.exists()


def test_members_read_what_is_frozen_and_nobody_else_does(held, signed_in, world):
    freeze_minutes(by=world.bolek, meeting=held)
    Card.objects.all().delete()
    assert "Brakuje busa 3" in signed_in(world.olga).get(way(held)).content.decode()
    assert signed_in(world.celina).get(way(held)).status_code == 403


def test_the_page_paper_says_what_each_sheet_is_for_and_downloads_nothing(held, signed_in, world):
    from osnowa.assessments import actions
    from osnowa.assessments.models import Instrument

    scored = Block.objects.create(meeting=held, order=20, kind="score", title="Ocena", state="closed")
    actions.load_shipped(by=None)
    made = actions.make_round(by=world.bolek, region=world.pomorskie, instrument=Instrument.objects.get(region=None, code="csei"), values={"title": "Runda"}, block=scored)
    page = signed_in(world.bolek).get(way(held, "paper"))
    assert "Content-Disposition" not in page
    assert page["Content-Type"].startswith("text/html")
    for there in ("?sheet=poster", "?sheet=names", f"?sheet=cards&amp;block={held.blocks.first().pk}", f"rounds/{made.slug}/form/", f"rounds/{made.slug}/paper/", way(held, "add_guest")):
        assert there in page.text


def test_a_frozen_edition_keeps_no_name_and_prints_it_as_long_as_it_is_kept(held, signed_in, world):
    from osnowa.meetings.actions.keeping import erase_participants

    held.follow_ups.update(owner_name="Zofia Zapomniana", organisation=world.chleb)
    kept = freeze_minutes(by=world.bolek, meeting=held)
    assert "Zofia" not in str(kept.texts)
    client = signed_in(world.bolek)
    address = way(held, "minutes_file", 1) + "?as=docx"
    assert "Zofia Zapomniana · Dobry Chleb" in words_of(client.get(address).content)
    assert "Zofia Zapomniana" in client.get(way(held)).text
    erase_participants(today=held.keep_until + timedelta(days=1))
    held.follow_ups.update(done_on=BEGAN.date())  # a promise kept late loses its name too
    erase_participants(today=held.keep_until + timedelta(days=2))
    words = words_of(client.get(address).content)
    assert "Zofia" not in words
    assert "Dobry Chleb" in words
    assert "promise" not in words


@pytest.mark.parametrize("sheet", ["poster", "names", "cards"])
def test_every_sheet_is_a_tagged_pdf(held, signed_in, world, sheet):
    block: Block = held.blocks.first()
    made = signed_in(world.bolek).get(way(held, "paper") + f"?sheet={sheet}&block={block.pk}")
    assert made["Content-Type"] == "application/pdf"
    assert b"/StructTreeRoot" in made.content


def test_a_sheet_for_a_block_of_nowhere_is_blank_cards(held, signed_in, world):
    assert signed_in(world.bolek).get(way(held, "paper") + "?sheet=cards&block=99999999999999999").status_code == 200
