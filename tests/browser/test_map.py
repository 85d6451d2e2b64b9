"""The map under hand and keyboard; the axe check of its pages is in test_accessibility."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from osnowa.maps.queries import atlas
from tests.world import World

Open = Callable[..., BrowserContext]


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    atlas.forget()


def zoom_of(page: Page) -> str:
    found = re.search(r"[?&]z=([\d.]+)", page.url)
    return found.group(1) if found else ""


def test_somebody_without_a_mouse_finds_an_organisation_on_the_map(world: World, page: Page) -> None:
    page.goto("/en/pomorskie/map/?z=8&at=54.4,18.0")
    canvas = page.get_by_role("group", name="Map. Arrow keys move it")
    canvas.focus()
    page.keyboard.press("+")
    page.wait_for_url("**z=9**")
    expect(canvas).to_be_focused()
    before = page.url
    page.keyboard.press("ArrowRight")
    page.wait_for_url(lambda url: url != before)
    expect(page.locator("#map-status")).to_contain_text("organisation")
    page.get_by_role("link", name="Whole region").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#map-said")).to_contain_text("1 organisation in this view, of 1.")
    mark = page.locator("#map-world").get_by_role("link", name="Dobry Chleb")
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Spółdzielnia Socjalna Dobry Chleb")


def test_the_map_follows_the_hand_and_the_address_follows_the_map(world: World, page: Page) -> None:
    page.goto("/en/pomorskie/map/?z=8&at=54.4,18.0")
    box = page.locator("#map-canvas").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 150, y + 40, steps=5)
    expect(page.locator("#map-world")).to_have_attribute("transform", re.compile("translate"))
    page.mouse.up()
    page.wait_for_url(lambda url: "at=54.4,18.0" not in url)
    east = float(re.search(r"at=[-\d.]+(?:,|%2C)([-\d.]+)", page.url).group(1))  # type: ignore[union-attr]
    assert 18.3 < east < 19.5
    page.mouse.wheel(0, -240)
    page.wait_for_url("**z=9**")
    page.reload()
    expect(page.locator("#map-canvas")).to_have_attribute("data-zoom", "9")


def test_the_wheel_scrolls_the_page_past_the_map_unless_it_is_meant_for_it(world: World, page: Page) -> None:
    page.goto("/en/pomorskie/map/?z=8&at=54.4,18.0")
    box = page.locator("#map-canvas").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60)
    page.mouse.wheel(0, 120)
    expect(page.locator("#map-hint.is-told")).to_contain_text("Ctrl")
    for _ in range(100):
        if page.evaluate("scrollY"):
            break
        page.wait_for_timeout(50)
    assert page.evaluate("scrollY")
    assert zoom_of(page) == "8"
    page.keyboard.down("Control")
    page.mouse.wheel(0, -240)
    page.keyboard.up("Control")
    page.wait_for_url("**z=9**")


def test_what_is_fetched_is_what_the_page_would_show(world: World, page: Page) -> None:
    page.goto("/en/pomorskie/map/?z=8&at=54.4,18.0")
    page.get_by_role("link", name="Zoom in").click()
    page.wait_for_url("**z=9**")
    fetched = page.locator("#map-said").text_content()
    page.reload()
    assert page.locator("#map-said").text_content() == fetched


def test_filters_work_without_a_new_page_and_go_to_the_list(world: World, page: Page) -> None:
    page.goto("/en/pomorskie/map/")
    page.get_by_label("Colour places by").select_option("organisations")
    expect(page.get_by_role("group", name="Organisations")).to_be_visible()
    page.get_by_text("Legal form").first.click()
    page.get_by_role("checkbox", name="Social co-operative").check()
    page.wait_for_url("**form=PL-SPSOC**")
    page.get_by_role("link", name="As a list").click()
    page.wait_for_url("**/register/?form=PL-SPSOC")


def test_a_phone_has_the_map_on_its_full_width(world: World, open_context: Open) -> None:
    page = open_context(width=360, height=740).new_page()
    page.goto("/en/pomorskie/map/")
    expect(page.locator("#map-canvas")).to_have_attribute("data-width", re.compile(r"^3[0-6]\d$"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    for button in page.locator(".map-way").all():
        box = button.bounding_box()
        assert box is not None
        assert box["width"] >= 44 - 0.5
        assert box["height"] >= 44


def test_without_script_the_map_zooms_by_links(world: World, open_context: Open) -> None:
    page = open_context(java_script_enabled=False).new_page()
    page.goto("/en/pomorskie/map/?z=8&at=54.4,18.0")
    page.get_by_role("link", name="Zoom in").click()
    assert zoom_of(page) == "9"
    expect(page.locator("#map-canvas")).to_have_attribute("data-zoom", "9")


def test_the_embedded_map_moves_in_its_frame(world: World, page: Page) -> None:
    page.goto("/en/pomorskie/map/embed/?z=8&at=54.4,18.0")
    page.get_by_role("link", name="Zoom in").click()
    page.wait_for_url("**/embed/?*z=9*")
    expect(page.get_by_text("in this view, of 1.")).to_be_visible()
