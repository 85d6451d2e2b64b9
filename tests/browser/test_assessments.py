"""Assessments under hand and keyboard: sheets of paper by digits, and a link answered without scripts."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, expect

from osnowa.assessments.models import Answer, Respondent
from tests.unit.assessments.making import a_round
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
