"""axe-core finds nothing on any page: three languages, light and dark, 360, 768 and 1440 px; nothing scrolls sideways at 320."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from playwright.sync_api import BrowserContext, Page

from tests.everything import furnish
from tests.web.test_permissions import ROWS, Row
from tests.world import World

AXE = (Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (rules) => {
  const found = await axe.run(document, {runOnly: rules, resultTypes: ["violations"], elementRef: false});
  return found.violations.map(v => `${v.id}: ${v.nodes.length}x ${v.nodes[0].html.slice(0, 160)} | ${v.nodes[0].failureSummary.slice(0, 200)}`);
}"""
#: Answers for machines, and files.
NOT_PAGES = {"health", "robots", "maps:export", "people:export", "register:export", "mfa_login_webauthn",
             "places:municipalities", "register:activities", "imports:template", "imports:mend",
             "meetings:wall_now", "meetings:lead_now", "meetings:mine_ics", "meetings:organisations", "short:feed",
             "assessments:form", "agreements:sheet"}  # fmt: skip
OF_STRANGERS = [row for row in ROWS if row.expected["bolek"] == "go" and row.expected["nobody"] == "ok"]
OF_COORDINATORS = [
    row for row in ROWS if row.how == "get" and row.expected["bolek"] == "ok" and row.place in ("pomorskie", "-", "hidden")
]
OF_OPERATORS = [row for row in ROWS if row.how == "get" and row.expected["bolek"] == "no" and row.expected["darek"] == "ok" and row.place == "-"]
#: Pages one test visits one after the other: furnishing the house and clearing it away costs more than looking.
A_WALK = 12
#: Every language, theme and width, and the narrowest with the longest words; not every one with every other, for the sake of time.
LOOKS = {
    "en": [("light", 768), ("dark", 360), ("dark", 1440)],
    "pl": [("light", 360)],
    "sl": [("light", 1440)],
}


def walks(rows: list[Row], who: str) -> list[Any]:
    """The pages among the rows, a few a test."""
    pages = [row for row in rows if row.name not in NOT_PAGES and not row.name.startswith("data:") and not row.name.endswith("_file")]
    some = [pages[start : start + A_WALK] for start in range(0, len(pages), A_WALK)]
    return [pytest.param(who, walk, id=f"{who}-{walk[0].name}-{walk[0].place}") for walk in some]


PAGES = [*walks(OF_STRANGERS, "nobody"), *walks(OF_COORDINATORS, "bolek"), *walks(OF_OPERATORS, "darek")]


Wrong = dict[str, list[str]]


def look(page: Page, address: str, language: str, wrong: Wrong) -> None:
    """Notes what is wrong with the page in one language, with the themes and widths where it is."""
    response = page.goto(address)
    assert response is not None
    page.evaluate(AXE())
    for theme, width in LOOKS[language]:
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        for said in page.evaluate(RUN, RULES):
            wrong.setdefault(said, []).append(f"{address} {theme} {width}")
    page.set_viewport_size({"width": 320, "height": 700})
    for size in ("1", "3"):
        page.evaluate("size => document.documentElement.dataset.text = size", size)
        wide: Any = page.evaluate("document.documentElement.scrollWidth")
        if wide > 320:
            wrong.setdefault(f"scrolls sideways because of {page.evaluate(WIDEST)}", []).append(f"{address} 320 text {size}: {wide} px")


WIDEST = """() => [...document.querySelectorAll("main *, header *, footer *")]
  .filter(e => e.getBoundingClientRect().right > 321 && !e.closest(".scroll"))
  .slice(0, 3).map(e => e.outerHTML.slice(0, 100))"""


@pytest.mark.parametrize(("who", "walk"), PAGES)
def test_axe_finds_nothing(who: str, walk: list[Row], world: World, open_context: Callable[..., BrowserContext]) -> None:
    everything = furnish(world)
    page = open_context(None if who == "nobody" else getattr(world, who)).new_page()
    wrong: Wrong = {}
    for row in walk:
        for language in LOOKS:
            with translation.override(language):
                address = everything.address(row.name, row.place)
            look(page, address, language, wrong)
    assert wrong == {}


@pytest.mark.parametrize("path", ["/pl/nie-ma-tego/", "/sl/pomorskie/register/tega-ni/"])
def test_axe_finds_nothing_on_the_page_that_says_there_is_no_such_page(path, world, open_context):
    wrong: Wrong = {}
    look(open_context().new_page(), path, path[1:3], wrong)
    assert wrong == {}
