"""Twenty phones score at the same time while the wall draws the web; what comes out is counted here a second time."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import cycle
from statistics import median

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, TimeoutError, expect

from osnowa.assessments.models import Answer, Respondent
from osnowa.meetings.models import Block, Voice
from tests.browser.test_assessments import scored
from tests.world import World

Open = Callable[..., BrowserContext]
#: A row a phone, a digit a dimension, 0 is "no answer". Two sectors have fewer than four voices.
SAID = {
    "social_economy": ("44112321", "24143332", "24221234", "33334242", "11221233", "32343422"),
    "civil_society": ("33333233", "13232333", "23514332", "53432443", "34223440"),
    "public": ("54353444", "45434553", "43235324", "35534353"),
    "business": ("35233445", "44232434", "23343232"),
    "academia": ("22152243", "34525442"),
}
SHOWN = {"social_economy": "Social economy", "civil_society": "Civil society", "public": "Public sector"}
HIDDEN = {"business": "Private sector", "academia": "Academia"}
ROOM = [(sector, row) for sector, rows in SAID.items() for row in rows]
#: So many answer before anybody else does, and the wall draws the first web.
HALF = 10
#: This phone has no network while it answers these dimensions.
LOST, WITHOUT_NETWORK = 7, (3, 4, 5)
#: Notes every number of voices the wall has shown, and whether the web was ever gone again.
WATCH = """() => {
    const told = (window.told = []);
    const note = () => {
        const found = document.querySelector("#board").textContent.match(/(\\d+) voices? ha/);
        if (found && Number(found[1]) !== told.at(-1)?.[0]) told.push([Number(found[1]), Boolean(document.querySelector(".wall-web svg"))]);
    };
    new MutationObserver(note).observe(document.querySelector("#board"), { childList: true });
    note();
}"""


@pytest.fixture(autouse=True)
def _patience() -> Iterator[None]:
    """Twenty-two browsers and a server share the cores."""
    expect.set_options(timeout=60_000)
    yield
    expect.set_options(timeout=5_000)


def a_room(open_context: Open, block: Block) -> list[Page]:
    """Twenty phones in three languages, each in a browser of its own; all of them load at the same time."""
    phones = []
    for (_sector, _row), language in zip(ROOM, cycle(("pl", "sl", "en")), strict=False):
        context = open_context(width=360, height=740, locale=language, has_touch=True)
        context.set_default_timeout(60_000)
        context.unroute_all()  # other stories watch the same pages for foreign hosts; who intercepts takes the browser's cache away
        phones.append(context.new_page())
        phones[-1].goto(f"/m/{block.meeting.code}", wait_until="commit")
    for phone, (sector, _row) in zip(phones, ROOM, strict=True):
        phone.locator(f"input[name=sector][value={sector}]").check()
        phone.locator("button.wide").tap(no_wait_after=True)
    for phone in phones:
        expect(phone.locator("#score-D1")).to_have_attribute("open", "")
    return phones


def until(done: Locator, act: Locator) -> None:
    """Taps until it has worked, as a finger does: a panel that is drawn anew under it swallows a tap."""
    for _try in range(8):
        if done.count():
            return
        act.tap()
        with suppress(TimeoutError):
            done.wait_for(state="attached", timeout=2_000)
    expect(done).to_have_count(1)


def tap(phone: Page, dimension: int, digit: str) -> None:
    answer = f"#D{dimension}-{'none' if digit == '0' else digit}"
    until(phone.locator(f"{answer}:checked"), phone.locator(f"label:has({answer})"))


def go_on(phone: Page, dimension: int) -> None:
    if dimension < 8:
        until(phone.locator(f"#score-D{dimension + 1}[open]"), phone.locator(f"#score-next-D{dimension}"))


def everybody_scores(phones: list[Page], wall: Page) -> None:
    """Dimension by dimension, one finger after the other; nobody waits until the server has answered."""
    for dimension in range(1, 9):
        if dimension == WITHOUT_NETWORK[0]:
            phones[LOST].context.set_offline(True)
        for number, (phone, (_sector, row)) in enumerate(zip(phones, ROOM, strict=True), start=1):
            tap(phone, dimension, row[dimension - 1])
            go_on(phone, dimension)
            if (dimension, number) == (1, HALF):
                expect(wall.locator("#board")).to_contain_text(f"{HALF} voices have answered")
                expect(wall.locator(".wall-web svg").first).to_be_visible()
        if dimension == WITHOUT_NETWORK[-1]:
            expect(phones[LOST].locator("#phone-state")).to_have_class(re.compile("offline"))
            assert not Answer.objects.filter(respondent__voice__number=number_of(phones[LOST]), item__in=[f"D{one}" for one in WITHOUT_NETWORK]).exists()
            phones[LOST].context.set_offline(False)


def number_of(phone: Page) -> int:
    found = re.search(r"\d+", phone.locator(".phone-self").inner_text())
    assert found
    return int(found[0])


def figure(cell: Locator) -> float:
    """The first number in a cell."""
    found = re.match(r"\s*([\d.]+)", cell.inner_text())
    assert found, cell.inner_text()
    return float(found[1])


def medians(sectors: tuple[str, ...]) -> list[float]:
    """The median of each dimension over the voices of sectors, "no answer" left out."""
    rows = [row for sector in sectors for row in SAID[sector]]
    return [float(median(int(row[place]) for row in rows if row[place] != "0")) for place in range(8)]


def column(page: Page, heading: str) -> list[float]:
    table = page.locator("table.round-figures").first
    headings = [text.strip() for text in table.locator("thead th").all_inner_texts()]
    rows = table.locator("tbody tr")
    expect(rows).to_have_count(8)
    return [figure(rows.nth(number).locator("th, td").nth(headings.index(heading))) for number in range(8)]


def test_twenty_phones_score_at_once_and_the_web_is_that_of_their_answers(world: World, open_context: Open, problems: list[str]) -> None:
    block = scored(world)
    lead, wall = (open_context(world.bolek).new_page() for _which in range(2))
    for page in (lead, wall):
        page.context.set_default_timeout(60_000)
    wall.goto("/en/pomorskie/meetings/warsztat/wall/")
    wall.evaluate(WATCH)
    phones = a_room(open_context, block)
    expect(wall.locator(".wall-top")).to_contain_text("20 voices")
    everybody_scores(phones, wall)

    for phone in phones:
        expect(phone.locator(".score-progress b")).to_have_text(re.compile(r"8\D+8\b"))
        expect(phone.locator("#phone-state")).not_to_have_class(re.compile("offline"))
    expect(wall.locator("#board")).to_contain_text("20 voices have answered")
    told = wall.evaluate("window.told")
    counts = [count for count, _has_web in told]
    assert counts == sorted(set(counts)), f"the wall counts up: {counts}"
    assert {HALF, 20} <= set(counts)
    drawn = [has_web for _count, has_web in told]
    assert drawn == sorted(drawn), "once there, the web stays"
    assert wall.evaluate("document.documentElement.scrollWidth") <= 1280

    assert (Voice.objects.count(), Respondent.objects.count(), Answer.objects.count()) == (20, 20, 160)
    heard = Counter((one.sector, "".join(str(answer.value or 0) for answer in one.answers.order_by("item"))) for one in Respondent.objects.all())
    assert heard == Counter(ROOM)

    lead.goto("/en/pomorskie/meetings/warsztat/lead/")
    lead.get_by_role("button", name="Close this part").click()
    lead.get_by_role("link", name="Round, link and closing").click()
    lead.get_by_role("button", name="Close the round").click()
    expect(lead.get_by_role("heading", name="The spider web")).to_be_visible()
    assert column(lead, "Median") == medians(tuple(SAID))
    for sector, name in SHOWN.items():
        assert column(lead, name) == medians((sector,)), name
    web = lead.locator(".large-web svg").first
    for name in SHOWN.values():
        expect(web).to_contain_text(name)
    for name in HIDDEN.values():
        expect(web).not_to_contain_text(name)
        expect(lead.locator("table.round-figures").first).not_to_contain_text(name)
    problems[:] = [one for one in problems if "ERR_INTERNET_DISCONNECTED" not in one]
