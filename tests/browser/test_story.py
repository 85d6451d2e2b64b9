"""Who told the story walks through the region it made: register, diagnosis, canvas, letter, members, the report to take along."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from osnowa.sample.story import Story, tell
from tests.samples import load_places

Open = Callable[..., BrowserContext]


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    expect.set_options(timeout=20_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    load_places("PL63")
    it = Story("opowiesc", tmp_path)
    tell(it)
    return it


def test_what_the_story_made_can_be_walked_through(story: Story, open_context: Open) -> None:
    page = open_context(accept_downloads=True).new_page()
    root = f"/en/{story.slug}/"

    page.goto(root + "register/")
    expect(page.locator("main")).to_contain_text("111")

    page.goto(root + "documents/")
    page.get_by_role("link", name=str(story.editions["diagnosis"].report)).first.click()
    expect(page.locator("main")).to_contain_text("Edition 1")

    page.goto(f"{root}clusters/{story.cluster.slug}/canvas/")
    for word in ("Do 2030 roku", "Jeden członek ma jeden głos"):
        expect(page.locator("main")).to_contain_text(word)

    page.goto(f"{root}agreements/{story.letter.slug}/")
    expect(page.locator("main")).to_contain_text(story.letter.sha256[:4])
    expect(page.locator("main")).to_contain_text("23")

    page.goto(f"{root}clusters/{story.cluster.slug}/members/")
    expect(page.locator("main")).to_contain_text("founding")

    page.goto(root + "documents/")
    page.get_by_role("link", name=str(story.editions["concept"].report)).first.click()
    with page.expect_download() as coming:
        page.locator("main").get_by_role("link", name="PDF").first.click()
    assert Path(coming.value.path()).read_bytes().startswith(b"%PDF-")
