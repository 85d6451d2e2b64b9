"""The guide "Your first workshop in an hour", walked as it is written: every word pressed here stands there, in this order."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, Page, expect

from osnowa.assessments.actions import load_shipped
from osnowa.assessments.models import Answer, Round
from osnowa.meetings.models import Meeting, Minutes
from tests.world import World

GUIDE = re.sub(r"\s+", " ", (Path(__file__).parents[2] / "docs" / "guide" / "first-workshop.md").read_text(encoding="utf-8"))
Open = Callable[..., BrowserContext]


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


def field(page: Page, words: str) -> Locator:
    """A field by its label, whatever mark says that it is required."""
    return page.locator("main").get_by_label(re.compile(rf"^\s*{re.escape(words)}")).first


class Reader:
    """Somebody who follows the guide: what she presses or fills in stands in bold behind what she did before."""

    def __init__(self) -> None:
        self.at = 0

    def read(self, words: str) -> str:
        found = GUIDE.find(f"**{words}**", self.at)
        assert found >= 0, f"the guide does not say **{words}** here"
        self.at = found
        return words

    def press(self, page: Page, words: str, which: int = 0) -> None:
        self.seen(page, words).nth(which).click()

    def seen(self, page: Page, words: str) -> Locator:
        pattern = re.compile(rf"^{re.escape(self.read(words))}\s*(:.*)?$")
        return page.locator("main").get_by_role("link", name=pattern).or_(page.locator("main").get_by_role("button", name=pattern))

    def fill(self, page: Page, words: str, text: str) -> None:
        field(page, self.read(words)).fill(text)

    def download(self, page: Page, words: str) -> bytes:
        with page.expect_download() as coming:
            self.seen(page, words).first.click()
        return Path(coming.value.path()).read_bytes()


def begin(page: Page, block: str) -> None:
    page.get_by_role("button", name=re.compile(rf"^Open\s*: {re.escape(block)}")).click()


def add(page: Page, kind: str, title: str, *, question: str = "", about: str = "") -> None:
    """A row of the guide's table as a block."""
    assert f"| {kind} | {title} |" in GUIDE
    field(page, "Kind").select_option(label=kind)
    field(page, "Title").fill(title)
    field(page, "Minutes").fill("10")
    if question:
        field(page, "Question to the room").fill(question)
    if about:
        field(page, "Cards of").select_option(label=about)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("link", name=title)).to_be_visible()


def test_the_guide_can_be_followed_word_by_word(world: World, open_context: Open) -> None:
    load_shipped(by=None)
    who, page = Reader(), open_context(world.bolek, accept_downloads=True).new_page()
    page.set_default_timeout(12_000)

    page.goto("/en/pomorskie/meetings/")
    expect(page.get_by_role("link", name=who.read("Meetings"), exact=True).first).to_be_visible()
    who.press(page, "Plan a meeting")
    began, ends = (timezone.localtime(timezone.now() + timedelta(hours=hours)) for hours in (-1, 3))
    who.fill(page, "Title", "Our first workshop")
    who.fill(page, "Day", began.date().isoformat())
    who.fill(page, "Begins", began.strftime("%H:%M"))
    who.fill(page, "Ends", ends.strftime("%H:%M"))
    if ends.date() != began.date():
        field(page, "Last day").fill(ends.date().isoformat())
    who.fill(page, "Venue", "The hall")
    expect(field(page, who.read("Names are kept until"))).not_to_have_value("")
    who.press(page, "Save")
    who.press(page, "Announce")
    meeting = Meeting.objects.get()
    home = page.url

    who.press(page, "Agenda")
    add(page, "Talk", "Welcome")
    add(page, "Cards", "Purpose", question="What do we want to change?")
    add(page, "Vote with dots", "What matters most", about="Purpose")
    add(page, "Scoring", "Where do we stand?")
    who.press(page, "Board")
    page.get_by_role("link", name="Where do we stand?").click()
    who.press(page, "Prepare the scoring")
    field(page, who.read("Instrument")).select_option(label="Cluster in eight dimensions (CSEI) 0.1")
    who.fill(page, "Title", "Where do we stand?")
    who.press(page, "Prepare the round")

    assert who.download(page, "Form to print (PDF)").startswith(b"%PDF-")
    page.goto(home)
    who.press(page, "Paper")
    assert who.download(page, "Poster with the QR code (PDF)").startswith(b"%PDF-")
    who.press(page, "Guests")
    assert who.download(page, "List to print (PDF)").startswith(b"%PDF-")

    who.press(page, "Invitations")
    who.fill(page, "E-mail addresses", "ola@example.org, Jan Nowak <jan@example.org>")
    who.press(page, "Invite")
    expect(page.get_by_text("2 people were invited").first).to_be_visible()

    who.press(page, "Board")
    with page.expect_popup() as coming:
        who.press(page, "Open the wall")
    wall = coming.value
    phone = open_context(width=360, height=740, has_touch=True).new_page()
    phone.set_default_timeout(12_000)
    phone.goto(f"/m/{meeting.code}")
    phone.get_by_text("Social economy").tap()
    who.press(phone, "Take part")
    who.read("Open")
    begin(page, "Purpose")
    expect(phone.get_by_text("What do we want to change?")).to_be_visible()
    who.fill(phone, "Your card", "Work near home")
    who.press(phone, "Send the card")
    expect(wall.get_by_text("Work near home")).to_be_visible()
    page.get_by_label("Work near home").check()
    who.fill(page, "New group", "Work")
    who.press(page, "Make the group")
    expect(wall.get_by_role("heading", name="Work")).to_be_visible()
    begin(page, "What matters most")
    who.seen(phone, "One dot more").first.tap()
    expect(phone.locator("[data-left]")).to_have_text("2")
    begin(page, "Where do we stand?")
    phone.locator("label.score-pick").nth(1).tap()
    expect(phone.get_by_text("1 of 8 answered")).to_be_visible()
    who.press(page, "Close this part")

    who.press(page, "Round, link and closing")
    expect(who.seen(page, "Enter sheets of paper")).to_be_visible()
    who.press(page, "Close the round")
    expect(page.get_by_text("Nothing to show yet")).to_be_visible()

    page.goto(home)
    who.press(page, "Guests")
    who.press(page, "Is here")
    expect(page.get_by_text("present").first).to_be_visible()
    who.seen(page, "Somebody unannounced")
    who.press(page, "What follows")
    who.fill(page, "What is to be done", "Send the minutes")
    who.fill(page, "Who does it", "Ola")
    who.fill(page, "Until", (ends + timedelta(days=7)).date().isoformat())
    who.press(page, "Add")
    who.press(page, "Meeting")
    who.press(page, "It was held")
    who.press(page, "Minutes")
    who.press(page, "Freeze the minutes")
    assert who.download(page, "PDF").startswith(b"%PDF-")
    assert who.download(page, "DOCX").startswith(b"PK")
    meeting.refresh_from_db()
    assert (meeting.state, Minutes.objects.count(), Round.objects.get().state, Answer.objects.count()) == ("held", 1, "closed", 1)
