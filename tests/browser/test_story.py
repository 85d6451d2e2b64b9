"""Who told the story walks through the region it made, and finds there every link and button that the guide names."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from osnowa.agreements.models import Signatory
from osnowa.places.models import RegionSeat
from osnowa.sample.story import Story, tell
from tests.samples import load_places
from tests.world import person, seat

Open = Callable[..., BrowserContext]
GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "guide" / "story.md").read_text(encoding="utf-8")


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

    who = person("koordynator@story.example", "Kasia Koordynator")
    seat(who, story.region, RegionSeat.Role.COORDINATOR)
    page = open_context(who).new_page()
    for address, names in by_hand(story).items():
        page.goto(root + address)
        for name in names:
            assert f"*{name}*" in GUIDE, name
            found = page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).or_(page.locator("summary", has_text=name))
            expect(found.first, f"{address} has “{name}”").to_be_visible()


def by_hand(story: Story) -> dict[str, tuple[str, ...]]:
    """{page: what the guide says is clicked there}, as far as it is still there when the story is over."""
    asked = story.letter.signatories.filter(state=Signatory.State.INVITED)[0]
    meeting, cluster, letter = f"meetings/{story.meeting.slug}/", f"clusters/{story.cluster.slug}/", f"agreements/{story.letter.slug}/"
    return {
        "settings/": ("Subregions",),
        "people/": ("Invite somebody",),
        "register/import/": ("Imports", "Duplicates", "Documents", "Meetings", "Clusters", "Agreements", "People", "Settings", "Read the list"),
        f"register/import/{story.imports[0].pk}/": ("Bring mended rows back",),
        "duplicates/": ("Look for duplicates",),
        "documents/": ("Begin a document",),
        "documents/new/": ("Diagnosis of the region", "Concept of a cluster"),
        f"documents/{story.editions['diagnosis'].report.slug}/": ("Freeze an edition",),
        "meetings/": ("Plan a series", "Plan a meeting"),
        meeting: ("Agenda", "Lead the board", "Minutes"),
        f"{meeting}minutes/": ("Freeze the minutes",),
        "clusters/": ("New cluster",),
        cluster: ("Canvas", "Members", "Change the essentials"),
        f"{cluster}canvas/D1/": ("Write in English",),
        f"{cluster}members/": ("Take the signatories of the letter as members",),
        "agreements/": ("Begin an agreement",),
        letter: ("Signatories",),
        f"{letter}signatories/": ("Ask organisations",),
        f"{letter}signatories/{asked.pk}/": ("Note a signature",),
    }
