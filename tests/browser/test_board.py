"""A room at work: phones, a wall and the page of who leads, each in a browser of its own."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from osnowa.meetings.models import Block, Card, Mark, Meeting, Voice
from tests.browser.test_accessibility import AXE, RULES, RUN
from tests.web.meetings.boards import a_block, a_meeting
from tests.world import World

Open = Callable[..., BrowserContext]
#: Where pictures go, for who wants to look.
PICTURES = os.environ.get("OSNOWA_PICTURES_OF_TESTS")


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    """Several browsers and a server share the cores."""
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


def opened(context: BrowserContext) -> Page:
    context.set_default_timeout(45_000)
    return context.new_page()


@pytest.fixture
def meeting(world: World) -> Meeting:
    return a_meeting(world.pomorskie)


@pytest.fixture
def phones(open_context: Open, meeting: Meeting) -> Callable[[str], Page]:
    """phones("sl") gives a phone that has joined, in a language."""

    def one(language: str = "en") -> Page:
        page = opened(open_context(width=360, height=740, locale=language, has_touch=True))
        page.goto(f"/m/{meeting.code}")
        expect(page).to_have_url(re.compile(f"/{language}/m/{meeting.code}/$"))
        look(page, f"join-{language}")
        page.locator("button.wide").tap()
        expect(page).to_have_url(re.compile("/phone/$"))
        return page

    return one


def look(page: Page, name: str) -> None:
    """Notes what axe finds by day and by night, and takes a picture for who wants one."""
    page.evaluate(AXE())
    page.mouse.move(0, 0)
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme)
        assert page.evaluate(RUN, RULES) == [], f"{name} {theme}"
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)


def fits(page: Page) -> None:
    """Nothing scrolls sideways; what is tapped is large enough."""
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for button in page.locator("#panel button:visible, #panel select:visible, #panel .pick:visible").all():
        box = button.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44 - 0.5, button.inner_text()


def write(phone: Page, text: str) -> None:
    phone.locator("#card-text").fill(text)
    phone.locator(".phone-write button").tap()


def saying_is_shut(phone: Page) -> list[bool]:
    """Nothing the phone says gets through until the list is cleared; everything else does."""
    shut = [True]
    phone.route("**/say/", lambda route: route.abort() if shut else route.fallback())
    return shut


def to_come(page: Page, title: str) -> None:
    expect(page.locator("#panel h2")).to_have_text(title, timeout=15_000)


def press(page: Page, selector: str) -> None:
    """By keyboard alone."""
    page.locator(selector).focus()
    page.keyboard.press("Enter")


def test_a_room_writes_groups_votes_and_agrees(world: World, meeting: Meeting, open_context: Open, phones: Callable[[str], Page]) -> None:
    cards = a_block(meeting, "cards", title="Cel", question="Co nas łączy?")
    vote = a_block(meeting, "vote", title="Wybór", about=cards, settings={"dots": 3})
    rank = a_block(meeting, "rank", title="Kolejność", about=cards)
    consent = a_block(meeting, "consent", title="Zgoda", question="Zakładamy klaster?")
    lead = opened(open_context(world.bolek, width=1024, height=768))
    lead.goto("/en/pomorskie/meetings/warsztat/lead/")
    wall = opened(open_context(world.edyta, width=1280, height=800))
    wall.goto("/sl/pomorskie/meetings/warsztat/wall/")
    look(wall, "wall-waiting")
    polish, slovene = phones("pl"), phones("sl")
    expect(wall.locator("#wall-here")).to_contain_text("2", timeout=20_000)

    press(lead, f"#go-{cards.pk}")
    for phone in (polish, slovene):
        to_come(phone, "Cel")
        fits(phone)
    write(polish, "Wspólny transport")
    write(polish, "Chleb z sąsiedztwa")
    write(slovene, "Kruh od sosedov")
    expect(wall.locator(".wall-card")).to_have_count(3)
    expect(wall.get_by_text("Kruh od sosedov")).to_be_visible()
    expect(polish.locator(".phone-mine li")).to_have_count(2)
    look(polish, "phone-cards")

    expect(lead.get_by_label("Chleb z sąsiedztwa")).to_be_visible()
    for text in ("Chleb z sąsiedztwa", "Kruh od sosedov"):
        lead.get_by_label(text).focus()
        lead.keyboard.press("Space")
    press(lead, "#do-merge")
    expect(lead.locator(".lead-card")).to_have_count(2)
    lead.get_by_label("Chleb z sąsiedztwa").check()
    lead.locator("#lead-title").fill("Żywność")
    press(lead, "#do-add")
    expect(lead.get_by_role("heading", name="Żywność")).to_be_visible()
    expect(wall.get_by_role("heading", name="Żywność")).to_be_visible()
    expect(wall.locator(".wall-card")).to_have_count(2)
    look(lead, "lead-cards")
    look(wall, "wall-cards")

    press(lead, f"#go-{vote.pk}")
    for phone in (polish, slovene):
        to_come(phone, "Wybór")
        fits(phone)
    more = polish.locator("[data-step='1']")
    for number in (0, 0, 1, 1):
        more.nth(number).tap()
    expect(polish.locator("[data-left]")).to_have_text("0")
    expect(polish.locator("input[type=number]").nth(1)).to_have_value("1")
    look(polish, "phone-vote")
    slovene.locator("[data-step='1']").nth(0).tap()
    expect(wall.get_by_role("row").nth(1)).to_contain_text("3")
    look(wall, "wall-vote")
    polish.wait_for_timeout(500)
    assert sum(Mark.objects.filter(block=vote).values_list("value", flat=True)) == 4

    press(lead, f"#go-{rank.pk}")
    to_come(polish, "Kolejność")
    fits(polish)
    polish.locator("select").nth(1).select_option("1")
    expect(wall.get_by_role("row").nth(1)).to_contain_text("Chleb z sąsiedztwa")
    look(polish, "phone-rank")
    look(wall, "wall-rank")

    press(lead, f"#go-{consent.pk}")
    for phone in (polish, slovene):
        to_come(phone, "Zgoda")
        fits(phone)
    polish.locator(".pick").nth(0).tap()
    slovene.locator(".pick").nth(2).tap()
    slovene.locator("textarea").fill("Najprej proračun")
    slovene.locator("textarea").blur()
    expect(wall.get_by_text("Najprej proračun")).to_be_visible()
    look(slovene, "phone-consent")
    look(wall, "wall-consent")
    expect(lead.get_by_text("1 objection")).to_be_visible(timeout=15_000)
    look(lead, "lead-consent")
    press(lead, f"#go-{consent.pk}")
    expect(polish.locator("#panel .phone-question")).to_have_count(0, timeout=15_000)


def test_a_phone_without_network_loses_nothing_and_repeats_nothing(world: World, meeting: Meeting, phones: Callable[[str], Page], problems: list[str]) -> None:
    from osnowa.meetings.actions.board import open_block

    open_block(by=world.bolek, block=a_block(meeting, "cards", title="Cel"))
    phone = phones("en")
    to_come(phone, "Cel")
    write(phone, "Przed")
    expect(phone.locator(".phone-mine li")).to_have_count(1)
    phone.context.set_offline(True)
    for text in ("Pierwsza", "Druga", "Trzecia"):
        write(phone, text)
    expect(phone.locator("#phone-state")).to_contain_text("kept on this phone")
    expect(phone.locator("#kept li")).to_have_text(["Pierwsza", "Druga", "Trzecia"])
    look(phone, "phone-offline")
    assert Card.objects.count() == 1
    phone.context.set_offline(False)
    expect(phone.locator(".phone-mine li")).to_have_count(4, timeout=20_000)
    expect(phone.locator("#kept")).to_be_hidden()
    expect(phone.locator("#phone-state")).not_to_have_class(re.compile("offline"))
    assert sorted(Card.objects.values_list("text", flat=True)) == ["Druga", "Pierwsza", "Przed", "Trzecia"]
    problems[:] = [one for one in problems if "ERR_INTERNET_DISCONNECTED" not in one]


def test_what_is_kept_survives_that_the_page_is_opened_anew(world: World, meeting: Meeting, phones: Callable[[str], Page]) -> None:
    from osnowa.meetings.actions.board import open_block

    open_block(by=world.bolek, block=a_block(meeting, "cards", title="Cel"))
    phone = phones("en")
    to_come(phone, "Cel")
    shut = saying_is_shut(phone)
    write(phone, "Nie zginie")
    expect(phone.locator("#kept li")).to_have_text("Nie zginie")
    shut.clear()
    phone.reload()
    expect(phone.locator(".phone-mine li")).to_have_count(1, timeout=15_000)
    assert Card.objects.get().text == "Nie zginie"
    phone.locator("#card-text").fill("Dopiero zaczęte")
    phone.get_by_role("link", name="Slovenščina").tap()
    expect(phone).to_have_url(re.compile("/sl/m/"))
    expect(phone.locator("#card-text")).to_have_value("Dopiero zaczęte")


def test_a_half_written_card_stays_while_the_page_changes_under_it(world: World, meeting: Meeting, phones: Callable[[str], Page]) -> None:
    from osnowa.meetings.actions.arranging import write_card
    from osnowa.meetings.actions.board import open_block

    block = open_block(by=world.bolek, block=a_block(meeting, "cards", title="Cel"))
    phone = phones("en")
    to_come(phone, "Cel")
    phone.locator("#card-text").fill("Jeszcze pi")
    Block.objects.filter(pk=block.pk).update(question="Nowe pytanie")
    write_card(by=world.bolek, block=block, text="Z sali")
    expect(phone.get_by_text("Nowe pytanie")).to_be_visible(timeout=15_000)
    expect(phone.locator("#card-text")).to_have_value("Jeszcze pi")
    expect(phone.locator("#card-text")).to_be_focused()


def test_words_that_come_too_late_stay_on_the_phone_to_be_copied(world: World, meeting: Meeting, phones: Callable[[str], Page]) -> None:
    from osnowa.meetings.actions.board import close_block, open_block

    block = open_block(by=world.bolek, block=a_block(meeting, "cards", title="Cel"))
    phone = phones("en")
    to_come(phone, "Cel")
    shut = saying_is_shut(phone)
    write(phone, "Spóźnione słowa")
    expect(phone.locator("#kept li")).to_have_count(1)
    close_block(by=world.bolek, block=block)
    Block.objects.update(closed_at=meeting.starts_at)
    Voice.objects.update(joined_at=meeting.ends_at)
    shut.clear()
    expect(phone.locator("#refused .what")).to_have_text("Spóźnione słowa", timeout=15_000)
    expect(phone.locator("#refused .why")).to_contain_text("Copy them")
    look(phone, "phone-refused")
    phone.get_by_role("button", name="Put away").tap()
    expect(phone.locator("#refused")).to_be_hidden()


def test_half_written_words_stay_when_the_part_is_closed(world: World, meeting: Meeting, phones: Callable[[str], Page]) -> None:
    from osnowa.meetings.actions.board import close_block, open_block

    block = open_block(by=world.bolek, block=a_block(meeting, "cards", title="Cel"))
    phone = phones("en")
    to_come(phone, "Cel")
    phone.locator("#card-text").fill("   ")
    phone.locator(".phone-write button").tap()
    expect(phone.locator("#refused")).to_be_hidden()
    phone.locator("#card-text").fill("Jeszcze nie wysłane")
    close_block(by=world.bolek, block=block)
    expect(phone.locator("#refused .what")).to_have_text("Jeszcze nie wysłane", timeout=15_000)
    expect(phone.locator("#refused .why")).to_contain_text("was closed before your words arrived")
    assert Card.objects.count() == 0


def test_an_answer_by_a_radio_button_is_no_loss_of_the_network(world: World, meeting: Meeting, phones: Callable[[str], Page]) -> None:
    """The panel is drawn anew under the finger: a radio button has no caret to be put back."""
    from osnowa.meetings.actions.board import open_block

    open_block(by=world.bolek, block=a_block(meeting, "consent", title="Zgoda", question="Zakładamy klaster?"))
    phone = phones("en")
    to_come(phone, "Zgoda")
    phone.locator("#phone-state").evaluate("state => { window.said = []; new MutationObserver(() => window.said.push(state.className)).observe(state, { attributes: true, attributeFilter: ['class'] }); }")
    for answer in (0, 1, 0):
        with phone.expect_response(lambda answer: "/now/" in answer.url and answer.status == 200):
            phone.locator(".pick").nth(answer).tap()
        expect(phone.locator(".pick input").nth(answer)).to_be_checked()
        expect(phone.locator(".pick input").nth(answer)).to_be_focused()
    phone.wait_for_timeout(2500)
    assert not [one for one in phone.evaluate("window.said") if "offline" in one]
    assert Mark.objects.get().value == 1


def test_an_older_question_that_fails_proves_nothing(world: World, meeting: Meeting, phones: Callable[[str], Page]) -> None:
    from osnowa.meetings.actions.board import open_block

    open_block(by=world.bolek, block=a_block(meeting, "cards", title="Cel"))
    phone = phones("en")
    to_come(phone, "Cel")
    held: list[Route] = []
    phone.route("**/now/?seen=*", lambda route: route.fallback() if held else held.append(route))
    while not held:
        phone.wait_for_timeout(100)
    write(phone, "Doszło")
    expect(phone.locator(".phone-mine li")).to_have_count(1)
    held[0].abort()
    phone.wait_for_timeout(500)
    expect(phone.locator("#phone-state")).not_to_have_class(re.compile("offline"))


def test_phones_of_a_cancelled_meeting_say_so_and_stop_asking(world: World, meeting: Meeting, phones: Callable[[str], Page], problems: list[str]) -> None:
    from osnowa.meetings.actions.board import open_block

    open_block(by=world.bolek, block=a_block(meeting, "cards", title="Cel"))
    phone = phones("en")
    to_come(phone, "Cel")
    shut = saying_is_shut(phone)
    write(phone, "Nie zdążyłam")
    phone.locator("#card-text").fill("Jeszcze pi")
    Meeting.objects.update(state=Meeting.State.CANCELLED)
    to_come(phone, "This meeting was cancelled. Nothing more is asked.")
    expect(phone.locator("#panel form")).to_have_count(0)
    expect(phone.locator("#refused .what")).to_have_text(["Nie zdążyłam", "Jeszcze pi"])
    look(phone, "phone-cancelled")
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.wait_for_timeout(5000)
    assert asked == []
    assert len([one for one in problems if one.startswith("410") and "/now/" in one]) == 1
    problems.clear()
    shut.clear()
    phone.reload()
    expect(phone.locator("#refused .what")).to_have_text(["Nie zdążyłam", "Jeszcze pi"])
    expect(phone.locator("#refused .why").first).to_contain_text("Copy them")


@pytest.mark.parametrize("answer", [{"status": 404, "body": "no such host"}, {"status": 200, "body": "<p>Sign in to the network</p>"}, {"status": 410, "body": "gone"}])
def test_what_others_answer_is_not_taken_for_the_meeting(answer: dict[str, object], world: World, meeting: Meeting, phones: Callable[[str], Page], problems: list[str]) -> None:
    """A proxy or the page of a captive network answers in place of the meeting: the phone keeps what was written and asks on."""
    from osnowa.meetings.actions.board import open_block

    open_block(by=world.bolek, block=a_block(meeting, "cards", title="Cel"))
    phone = phones("en")
    to_come(phone, "Cel")
    phone.route(re.compile(r"/m/\w+/(say|now)/"), lambda route: route.fulfill(**answer))  # type: ignore[arg-type]
    write(phone, "Zostaje")
    expect(phone.locator("#phone-state")).to_contain_text("No connection")
    expect(phone.locator("#kept li")).to_have_text("Zostaje")
    phone.wait_for_timeout(3000)
    expect(phone.locator("#card-text")).to_be_visible()
    phone.unroute_all()
    expect(phone.locator(".phone-mine li")).to_have_text(re.compile("Zostaje"), timeout=30_000)
    problems.clear()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_form_of_a_block_shows_what_its_kind_uses(scripts: bool, world: World, meeting: Meeting, open_context: Open) -> None:
    page = opened(open_context(world.bolek, width=360, height=740, java_script_enabled=scripts))
    page.goto("/en/pomorskie/meetings/warsztat/agenda/")
    used = {
        "talk": ["Question"], "cards": ["Question", "Hide"], "break": [], "score": ["Question", "Hide"],
        "vote": ["Question", "Cards of", "Options", "Dots", "Hide"], "rank": ["Question", "Cards of", "Options", "Places", "Hide"], "consent": ["Question", "Cards of", "Options", "Hide"],
    }  # fmt: skip
    for kind, fields in used.items():
        page.get_by_label("Kind").select_option(kind)
        for words in ("Question", "Cards of", "Options", "Dots", "Places", "Hide"):
            expect(page.locator("main").get_by_label(words)).to_be_visible(visible=words in fields)
        if kind == "vote" and scripts:
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
            look(page, "block-form")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_of_a_meeting_on_its_day(width: int, world: World, meeting: Meeting, open_context: Open) -> None:
    a_block(meeting, "cards", title="Cel", question="Co nas łączy?")
    page = opened(open_context(world.bolek, width=width, height=740))
    page.goto("/en/pomorskie/meetings/warsztat/")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    look(page, f"meeting-{width}")
    page.goto("/en/pomorskie/meetings/warsztat/agenda/")
    look(page, f"agenda-{width}")
    page.goto("/en/pomorskie/meetings/warsztat/")
    page.get_by_role("link", name="Join the board").click()
    page.get_by_role("link", name="I am here").click()
    expect(page.get_by_role("heading", name="I am here")).to_be_visible()


def test_without_scripts_a_phone_writes_and_votes(world: World, meeting: Meeting, open_context: Open) -> None:
    from osnowa.meetings.actions.board import open_block

    block = open_block(by=world.bolek, block=a_block(meeting, "cards", title="Cel"))
    phone = opened(open_context(width=360, java_script_enabled=False))
    phone.goto(f"/en/m/{meeting.code}/")
    phone.get_by_role("button", name="Take part").click()
    phone.get_by_label("Your card").fill("Bez skryptu")
    phone.get_by_role("button", name="Send the card").click()
    expect(phone.locator(".phone-mine li")).to_have_count(1)
    open_block(by=world.bolek, block=a_block(meeting, "vote", title="Wybór", about=block))
    phone.reload()
    phone.get_by_label("Bez skryptu").fill("2")
    phone.get_by_role("button", name="Save").click()
    expect(phone.get_by_label("Bez skryptu")).to_have_value("2")
    assert Mark.objects.get().value == 2
