"""Assessments under hand and keyboard: sheets of paper by digits, and a link answered without scripts."""

import re
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from osnowa.assessments import actions
from osnowa.assessments.models import Answer, Instrument, Respondent
from osnowa.meetings.actions.board import open_block
from osnowa.meetings.models import Block
from tests.browser.test_board import fits, look
from tests.unit.assessments.making import a_round
from tests.web.meetings.boards import a_block, a_meeting
from tests.world import World

Open = Callable[..., BrowserContext]
#: Keys a sheet of eight levels may take.
_MOST_KEYS = 12
_SHEETS = 30


def test_thirty_sheets_are_entered_by_keyboard_alone(world: World, open_context: Open) -> None:
    """Nothing but keys: sector, eight levels, Enter; who types fast never waits and loses nothing."""
    one = a_round(world)
    page = open_context(world.bolek).new_page()
    page.goto(f"/en/pomorskie/assessments/rounds/{one.slug}/paper/")
    expect(page.locator("#sheet-sector")).to_be_focused()
    keys = 0
    for sheet in range(1, _SHEETS + 1):
        typed = f"{1 + sheet % 5}" + "".join(str((sheet + place) % 6) for place in range(8))
        for key in [*typed, "Enter"]:
            page.keyboard.press(key)
            keys += 1
    expect(page.get_by_text(f"Sheet {_SHEETS} is saved.")).to_be_visible(timeout=60_000)
    assert keys / _SHEETS <= _MOST_KEYS
    assert Respondent.objects.filter(via="paper").count() == _SHEETS
    assert Answer.objects.count() == 8 * _SHEETS
    assert Answer.objects.filter(value=None).count() == sum((sheet + place) % 6 == 0 for sheet in range(1, _SHEETS + 1) for place in range(8))


def test_a_link_is_answered_on_a_phone_without_scripts(world: World, open_context: Open) -> None:
    one = a_round(world)
    page = open_context(width=360, height=740, java_script_enabled=False).new_page()
    page.goto(f"/en/answer/{one.token}/")
    page.get_by_label("Academia").check()
    page.get_by_role("button", name="Begin").click()
    for number in range(1, 9):
        page.locator(f"#D{number}-{1 + number % 5}").check()
        page.locator(f"#D{number}-importance-3").check()
        page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert [answer.value for answer in Answer.objects.order_by("item")] == [1 + number % 5 for number in range(1, 9)]


def scored(world: World) -> Block:
    """A meeting whose room scores eight dimensions now."""
    actions.load_shipped(by=None)
    block = a_block(a_meeting(world.pomorskie), "score", title="Gdzie jesteśmy?")
    actions.make_round(by=world.bolek, region=world.pomorskie, instrument=Instrument.objects.get(code="csei"), values={"title": "Live"}, block=block)
    return open_block(by=world.bolek, block=block)  # type: ignore[no-any-return]


def joined(open_context: Open, block: Block, **more: bool) -> Page:
    context = open_context(width=360, height=740, has_touch=True, **more)
    context.set_default_timeout(45_000)
    phone = context.new_page()
    phone.goto(f"/en/m/{block.meeting.code}/")
    phone.get_by_role("button", name="Take part").tap()
    expect(phone).to_have_url(re.compile("/phone/$"))
    return phone


def test_a_phone_scores_one_dimension_after_the_other(world: World, open_context: Open) -> None:
    """Next leads on, back leads back, all questions are one tap away; an answer is kept and the question stays until one goes on."""
    phone = joined(open_context, scored(world))
    shown = phone.locator("details.score:visible")
    for number in range(1, 9):
        expect(shown).to_have_count(1)
        expect(phone.get_by_text(f"{number} of 8", exact=True)).to_be_visible()
        phone.locator(f"label:has(#D{number}-{1 + number % 5})").tap()
        expect(phone.get_by_text(f"{number} of 8 answered")).to_be_visible(timeout=20_000)
        expect(phone.locator(f"#score-D{number}")).to_have_attribute("open", "")
        if number == 2:
            fits(phone)
            look(phone, "phone-score")
        if number == 3:
            phone.get_by_role("button", name="Question before").locator("visible=true").tap()
            expect(phone.locator("#score-D2 summary")).to_be_focused()
            phone.get_by_role("button", name="Next question").locator("visible=true").tap()
        last = "Next question" if number < 8 else "To all questions"
        phone.get_by_role("button", name=last).locator("visible=true").tap()
    expect(shown).to_have_count(8)
    look(phone, "phone-score-all")
    phone.locator("#score-D5 summary").tap()
    expect(shown).to_have_count(1)
    expect(phone.locator("#phone-state")).not_to_have_class(re.compile("offline"))
    assert [answer.value for answer in Answer.objects.order_by("item")] == [1 + number % 5 for number in range(1, 9)]


def test_without_scripts_a_phone_scores_and_goes_on_by_itself(world: World, open_context: Open) -> None:
    phone = joined(open_context, scored(world), java_script_enabled=False)
    for number in range(1, 9):
        expect(phone.locator("details[open]")).to_have_id(f"score-D{number}")
        phone.locator(f"#D{number}-4").check()
        phone.locator(f"#score-D{number}").get_by_role("button", name="Save and go on").click()
        expect(phone.get_by_text(f"{number} of 8 answered")).to_be_visible()
    expect(phone.get_by_text("Everything is answered.")).to_be_visible()
    assert set(Answer.objects.values_list("value", flat=True)) == {4}
