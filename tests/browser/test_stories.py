"""What people come for, from the first page to the end, in real Chromium."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from playwright.sync_api import BrowserContext, Page, expect

from osnowa.register.actions import ask_confirmation
from osnowa.register.models import Organisation
from tests.world import World

Open = Callable[..., BrowserContext]


def test_a_newcomer_finds_an_organisation(world: World, page: Page) -> None:
    page.goto("/en/")
    page.get_by_role("heading", level=3).get_by_role("link", name="Pomorskie").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Pomorskie")
    page.get_by_role("navigation").get_by_role("link", name="Register", exact=True).first.click()
    page.wait_for_url("**/register/")
    page.wait_for_load_state()
    page.get_by_role("searchbox", name="Search the register").fill("dobry chleb gdansk")
    results = page.get_by_role("region", name="Organisations")
    expect(page.locator("#count")).to_contain_text("1 organisation")
    expect(page).to_have_url(re.compile(r"q=dobry"))
    results.get_by_role("link", name="Spółdzielnia Socjalna Dobry Chleb").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Spółdzielnia Socjalna Dobry Chleb")
    expect(page.get_by_role("main")).to_contain_text("Długa 1")
    expect(page.get_by_role("main")).to_contain_text("0000123456")
    page.go_back()
    expect(page.get_by_role("searchbox", name="Search the register")).to_have_value("dobry chleb gdansk")


def test_a_newcomer_narrows_the_register_with_filters_and_words_nothing_matches(world: World, page: Page) -> None:
    page.goto("/en/pomorskie/register/?q=nie+ma+takiej")
    expect(page.get_by_text("Nothing matches")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Clear all filters").first.click()
    expect(page.get_by_role("link", name="Spółdzielnia Socjalna Dobry Chleb")).to_be_visible()


def test_a_coordinator_edits_and_restores(world: World, open_context: Open) -> None:
    page = open_context(world.bolek).new_page()
    page.goto("/en/pomorskie/register/dobry-chleb/")
    page.get_by_role("link", name="Edit", exact=True).click()
    page.wait_for_url("**/edit/")
    page.wait_for_load_state()
    page.get_by_label("Street and number").fill("Szeroka 7")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("main")).to_contain_text("Szeroka 7")
    page.get_by_role("link", name="History").click()
    newest = page.get_by_role("listitem").filter(has=page.get_by_role("heading", level=2)).first
    expect(newest).to_contain_text("Długa 1")
    expect(newest).to_contain_text("Szeroka 7")
    page.get_by_role("button", name="Bring back this state").first.click()
    expect(page.get_by_text("The earlier state is back")).to_be_visible()
    page.goto("/en/pomorskie/register/dobry-chleb/")
    expect(page.get_by_role("main")).to_contain_text("Długa 1")
    expect(page.get_by_role("main")).not_to_contain_text("Szeroka 7")


def test_a_claim_is_moderated_and_the_person_told(world: World, open_context: Open) -> None:
    stranger = open_context().new_page()
    stranger.goto("/en/pomorskie/register/dobry-chleb/")
    stranger.get_by_role("link", name="This is my organisation").click()
    stranger.get_by_label("Your name").fill("Jan Nowak")
    stranger.get_by_label("Your e-mail").fill("jan@example.org")
    fill_what_else_is_asked(stranger)
    stranger.get_by_role("button", name="Send").click()
    expect(stranger.get_by_text("Your proposal has arrived")).to_be_visible()

    reviewer = open_context(world.rafal).new_page()
    reviewer.goto("/en/pomorskie/moderation/")
    reviewer.get_by_role("main").get_by_role("link", name=re.compile("Dobry Chleb")).first.click()
    expect(reviewer.get_by_role("main")).to_contain_text("Jan Nowak")
    mail.outbox.clear()
    reviewer.get_by_role("button", name="Turn down").click()
    expect(reviewer.get_by_role("main")).to_contain_text(re.compile("reason", re.I))
    reviewer.get_by_label("Reason").fill("The register names somebody else.")
    reviewer.get_by_role("button", name="Turn down").click()
    expect(reviewer.get_by_role("main")).to_contain_text(re.compile("turned down|refused", re.I))
    assert [letter.to for letter in mail.outbox] == [["jan@example.org"]]
    assert "The register names somebody else." in mail.outbox[0].body


def fill_what_else_is_asked(page: Page) -> None:
    """Fills the required fields of a claim that are still empty, whatever they are called."""
    for choice in page.locator("form.form select[required]").all():
        if not choice.input_value():
            choice.select_option(index=1)
    for field in page.locator("form.form input[required][type=text]").all():
        if not field.input_value():
            field.fill("chair of the board")


def test_a_record_is_confirmed_by_link_on_a_phone_in_two_taps(world: World, open_context: Open) -> None:
    Organisation.objects.filter(pk=world.chleb.pk).update(activity_status="not_confirmed", last_confirmed_on="2024-01-15")
    mail.outbox.clear()
    ask_confirmation(by=world.bolek, organisation=world.chleb, email="prezes@example.org", language="pl")
    link = re.search(r"https?://\S+/confirm/\S+", mail.outbox[0].body)
    assert link
    phone = open_context(width=390, height=844, is_mobile=True, has_touch=True, device_scale_factor=2).new_page()
    phone.goto(re.sub(r"^https?://[^/]+/\w\w/", "/en/", link.group()))
    expect(phone.get_by_role("main")).to_contain_text("Spółdzielnia Socjalna Dobry Chleb")
    button = phone.get_by_role("button", name="Yes, all of this is true")
    box = button.bounding_box()
    assert box
    assert box["height"] >= 44
    button.tap()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")
    world.chleb.refresh_from_db()
    assert str(world.chleb.last_confirmed_on) > "2024-01-15"
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you")


@pytest.mark.parametrize(("code", "name"), [("pl", "Polski"), ("sl", "Slovenščina")])
def test_the_language_switch_keeps_the_place(world: World, page: Page, code: str, name: str) -> None:
    page.goto("/en/pomorskie/register/?q=chleb")
    open_menu(page)
    page.get_by_role("link", name=name).click()
    expect(page).to_have_url(re.compile(rf"/{code}/pomorskie/register/\?q=chleb"))
    expect(page.locator("html")).to_have_attribute("lang", code)
    expect(page.locator("#q")).to_have_value("chleb")


def test_the_text_grows_and_stays_large_on_the_next_page(world: World, page: Page) -> None:
    page.goto("/en/pomorskie/register/")
    before = size_of_text(page)
    open_menu(page)
    page.get_by_role("button", name="Largest text").click()
    expect(page.locator("html")).to_have_attribute("data-text", "3")
    page.wait_for_load_state()
    assert "/en/pomorskie/register/" in page.url
    assert size_of_text(page) > before * 1.15
    page.goto("/en/about/")
    expect(page.locator("html")).to_have_attribute("data-text", "3")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_dark_colours_are_remembered(page: Page) -> None:
    page.goto("/en/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    open_menu(page)
    page.get_by_role("button", name="Dark colours").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.wait_for_load_state()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light


def test_the_register_works_without_javascript(world: World, open_context: Open) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/en/pomorskie/register/")
    page.get_by_role("searchbox", name="Search the register").fill("chleb")
    page.get_by_role("search").get_by_role("button", name="Search").last.click()
    expect(page.locator("#count")).to_contain_text("1 organisation")


def test_everything_can_be_reached_with_the_keyboard(world: World, page: Page) -> None:
    page.goto("/en/pomorskie/register/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def open_menu(page: Page) -> None:
    """On a narrow screen the menu is folded."""
    menu = page.locator(".site-head details.menu")
    if menu.get_attribute("open") is None and menu.locator("summary").is_visible():
        menu.locator("summary").click()


def size_of_text(page: Page) -> float:
    return float(page.evaluate("parseFloat(getComputedStyle(document.querySelector('main p, main td, main')).fontSize)"))
