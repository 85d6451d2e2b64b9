"""Pictures of the running sample for the README: `.venv/bin/python -m tools.pictures [http://localhost:8000]`.

Needs `make run` in another window, the development tools, and Chromium (CHROMIUM= names it). Writes docs/pictures/.
The pictures of the workshop are of a true one: it is planned for today in Pomorskie, and stays in that sample. What voices
say there stands in tables of the sample. `… workshop` behind the address takes these pictures only.
"""

import csv
import os
import pathlib
import re
import sys
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from playwright.sync_api import APIRequestContext, Browser, Page, Playwright, sync_playwright

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "docs" / "pictures"
PATIENCE_MS = 90_000
#: name of the picture: (address, width, height, theme, text size)
PICTURES = {
    "region": ("/pl/pomorskie/", 1280, 900, "light", "1"),
    "directory": ("/sl/podravje/register/", 1280, 900, "light", "1"),
    "sector-table": ("/pl/pomorskie/statistics/sector-table/?on=2024-06-30&against=2023-06-30", 1280, 900, "light", "1"),
    "map": ("/pl/pomorskie/map/", 1280, 900, "light", "1"),
    "changes": ("/pl/pomorskie/statistics/changes/?by=area", 1280, 900, "light", "1"),
    "profile": ("/sl/podravje/indicators/", 1280, 900, "light", "1"),
    "data": ("/en/pomorskie/data/", 1280, 900, "light", "1"),
    "quality": ("/en/pomorskie/quality/", 1280, 900, "dark", "1"),
    "phone": ("/sl/podravje/", 390, 844, "light", "2"),
    "cluster": ("/pl/pomorskie/clusters/pomorska-ekonomia-spoleczna/", 1280, 900, "light", "1"),
    "canvas": ("/pl/pomorskie/clusters/pomorska-ekonomia-spoleczna/canvas/", 1280, 900, "light", "1"),
    "letter": ("/pl/pomorskie/agreements/list-intencyjny-pomorska-ekonomia-spoleczna/", 1280, 900, "light", "1"),
    "ecosystem": ("/en/pomorskie/clusters/pomorska-ekonomia-spoleczna/ecosystem/", 1280, 900, "light", "1"),
    "meeting": ("/pl/pomorskie/meetings/2027-03-13-wiosenne-targi-ekonomii-spolecznej/", 1280, 900, "light", "1"),
}


def take(page: Page, address: str, path: str, name: str) -> None:
    page.goto(address + path, wait_until="networkidle")
    shoot(page, name)


#: An invented list for the picture of an import: one row new, one changed, one wrong, one set aside.
LIST = """Lp.\tNazwa\tNIP\tUlica\tMiejscowość\tData założenia
Powiat gdański\t\t\t\t\t
1\tSpółdzielnia Socjalna „Złoty Kłos”\t5260250995\tPolna 3\tPruszcz Gdański\t12.03.2015
2\tFundacja Pomocna Dłoń\t7251801127\tDługa 7\tGdańsk\t5.01.2012
3\tStowarzyszenie Jantar\t\tMorska 1\tUstka\t31.02.2018
"""


def sign_in(page: Page, address: str) -> None:
    """As the coordinator of the sample."""
    page.goto(f"{address}/en/account/login/")
    page.fill("input[name=login]", "koordynator@example.org")
    page.fill("input[name=password]", "osnowa-pokaz-2026")
    page.click("main form .button")
    page.wait_for_url(lambda url: "/login/" not in url)


def shoot(page: Page, name: str) -> None:
    page.mouse.move(0, 0)
    page.screenshot(path=FOLDER / f"{name}.png")
    print(f"docs/pictures/{name}.png")


def take_import(page: Page, address: str) -> None:
    """Pastes a list and pictures its preview; the import is thrown away."""
    page.goto(f"{address}/pl/pomorskie/register/import/")
    page.fill("input[name=source_name]", "Wykaz wojewody (przykład)")
    page.fill("textarea[name=text]", LIST)
    page.click("main form .button")
    page.wait_for_url("**/columns/", timeout=60_000)
    page.click("main form .button")
    page.wait_for_selector("main [role=tablist], main .tabs, #rows", timeout=60_000)
    shoot(page, "import")


#: Cards of the sample's second workshop, {text: (sector, heading)}; one of them is being written while its picture is taken.
CARDS = FOLDER.parent.parent / "osnowa" / "sample" / "tables" / "workshop_cards.csv"
#: A row a voice, a digit a dimension, invented.
SCORES = ("32231322", "43342333", "33232432", "23231222", "44342433", "32332323", "43231332", "33342422", "34232333", "22331232", "43342433", "33232322", "44332433", "32241323", "33342332", "43232433")  # fmt: skip
SECTORS = ("social_economy", "civil_society", "public", "business", "academia")


@dataclass
class Workshop:
    """The workshop of the pictures: whose page leads it, and its code."""

    page: Page
    address: str
    home: str = ""
    code: str = ""

    def plan(self) -> None:
        """A meeting of today that began an hour ago, announced, with a part for cards and one for scoring."""
        began, ends = (datetime.now(ZoneInfo("Europe/Warsaw")) + timedelta(hours=hours) for hours in (-1, 3))
        words = {"title": "Warsztat 5: Pierwszy wspólny rok", "day": f"{began:%Y-%m-%d}", "starts": f"{began:%H:%M}", "ends": f"{ends:%H:%M}", "venue": "Biblioteka"}
        if ends.date() != began.date():
            words["last_day"] = f"{ends:%Y-%m-%d}"
        self.page.goto(f"{self.address}/en/pomorskie/meetings/new/")
        for name, text in words.items():
            self.page.fill(f"main [name={name}]", text)
        self.page.get_by_role("button", name="Save").click()
        announce = self.page.get_by_role("button", name="Announce")
        announce.wait_for()
        self.home = self.page.url
        announce.click()
        announce.wait_for(state="detached")
        self.code = self.page.locator("main strong[translate=no]").first.inner_text()
        self.add("cards", "D3 Portfolio działań", "Jakich wspólnych usług i działań potrzebujemy?")
        self.add("score", "Gdzie jesteśmy dziś?")

    def add(self, kind: str, title: str, question: str = "") -> None:
        self.page.goto(f"{self.home}agenda/")
        self.page.select_option("main [name=kind]", kind)
        for name, text in {"title": title, "minutes": "15", "question": question}.items():
            if text:
                self.page.fill(f"main [name={name}]", text)
        self.page.get_by_role("button", name="Add", exact=True).click()
        self.page.get_by_role("link", name=title).wait_for()

    def prepare_scoring(self) -> None:
        """The eight dimensions, with the sample's second round as what was before."""
        self.page.goto(f"{self.home}lead/")
        self.page.get_by_role("link", name="Gdzie jesteśmy dziś?").click()
        self.page.get_by_role("link", name="Prepare the scoring").click()
        self.page.select_option("main [name=instrument]", label="Cluster in eight dimensions (CSEI) 0.1")
        self.page.select_option("main [name=before]", label="Klaster w ośmiu wymiarach, druga ocena")
        self.page.get_by_role("button", name="Prepare the round").click()

    def open(self, title: str) -> int:
        """Opens a part of the agenda; its number."""
        self.page.goto(f"{self.home}lead/")
        button = self.page.get_by_role("button", name=re.compile(rf"^Open\s*: {re.escape(title)}"))
        number = int((button.get_attribute("id") or "").removeprefix("go-"))
        button.click()
        self.page.locator(f"form[action$='/{number}/close/']").wait_for()
        return number

    def group(self, headings: dict[str, list[str]]) -> None:
        for heading, texts in headings.items():
            for text in texts:
                self.page.get_by_label(text).check()
            self.page.fill("#lead-title", heading)
            self.page.click("#do-add")
            self.page.get_by_role("heading", name=heading).wait_for()


@dataclass
class Voice:
    """A voice without a screen: it joins and speaks as phones do."""

    line: APIRequestContext
    code: str
    token: str = ""

    @classmethod
    def join(cls, play: Playwright, shop: Workshop, sector: str) -> "Voice":
        self = cls(play.request.new_context(base_url=shop.address), shop.code)
        page = self.line.get(f"/pl/m/{shop.code}/").text()
        key, self.token = (re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("key", "csrfmiddlewaretoken"))  # type: ignore[index]
        self.line.post(f"/pl/m/{shop.code}/", form={"key": key, "sector": sector, "csrfmiddlewaretoken": self.token})
        return self

    def say(self, *messages: dict[str, Any]) -> None:
        answer = self.line.post(f"/pl/m/{self.code}/say/", data={"messages": list(messages)}, headers={"X-CSRFToken": self.token})
        assert not answer.json()["refused"], answer.text()

    def write(self, block: int, text: str) -> None:
        self.say({"block": block, "what": "card", "key": str(uuid4()), "turn": 1, "words": {"text": text}})

    def score(self, block: int, row: str) -> None:
        said = [{"item": f"D{number}", "value": level, "importance": "2", "target": "4"} for number, level in enumerate(row, start=1)]
        self.say(*({"block": block, "what": "score", "key": f"score {words['item']}", "turn": 1, "words": words} for words in said))


def take_workshop(play: Playwright, browser: Browser, page: Page, address: str) -> None:
    """Leads a workshop and pictures its English wall, a Polish and a Slovene phone at work, then the results of the sample's second round."""
    shop = Workshop(page, address)
    shop.plan()
    shop.prepare_scoring()
    with CARDS.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if (row["workshop"], row["block"]) == ("2", "portfolio")]
    voices = [Voice.join(play, shop, SECTORS[number % 5]) for number in range(len(SCORES))]
    wall = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", storage_state=page.context.storage_state()).new_page()
    wall.set_default_timeout(PATIENCE_MS)
    wall.goto(f"{shop.home}wall/")
    polish, slovene = (phone(browser, shop, language) for language in ("pl", "sl"))

    cards = shop.open("D3 Portfolio działań")
    *there, last = rows
    for voice, row in zip(voices, there, strict=False):
        voice.write(cards, row["text"])
    polish.fill("#card-text", "Wspólna pralnia dla domów opieki i hoteli")
    polish.click(".phone-write button")
    polish.locator(".phone-mine li").wait_for()
    polish.fill("#card-text", last["text"])
    polish.wait_for_timeout(6000)  # what passes by itself has passed
    shoot(polish, "phone-card")
    wall.locator(".wall-card").nth(len(there)).wait_for()
    page.goto(f"{shop.home}lead/")
    headings: dict[str, list[str]] = {}
    for row in there:
        headings.setdefault(row["group"], []).append(row["text"])
    shop.group(headings)
    wall.get_by_role("heading", name=list(headings)[-1]).wait_for()
    shoot(wall, "wall-cards")

    score = shop.open("Gdzie jesteśmy dziś?")
    for voice, levels in zip(voices, SCORES, strict=True):
        voice.score(score, levels)
    for number in (1, 2):
        slovene.click(f"label:has(#D{number}-3)")
        slovene.locator(".score-progress b", has_text=str(number)).wait_for()
        slovene.click(f"#score-next-D{number}")
    slovene.click("label:has(#D3-2)")
    slovene.wait_for_timeout(6000)
    shoot(slovene, "phone-score")
    wall.locator(".wall-web svg").first.wait_for()
    wall.wait_for_timeout(3000)  # the last batch of voices
    shoot(wall, "wall-score")

    page.goto(f"{address}/pl/pomorskie/assessments/rounds/klaster-w-osmiu-wymiarach-druga-ocena/", wait_until="networkidle")
    page.evaluate("document.querySelector('#together').scrollIntoView()")
    shoot(page, "score")


def phone(browser: Browser, shop: Workshop, language: str) -> Page:
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale=language, reduced_motion="reduce", has_touch=True)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{shop.address}/m/{shop.code}")
    page.click("button.wide")
    page.wait_for_url("**/phone/")
    return page


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        browser = play.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=flags)
        wanted = PICTURES if sys.argv[2:] != ["workshop"] else {}
        for name, (path, width, height, theme, text) in wanted.items():
            context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
            context.add_cookies([{"name": n, "value": v, "url": address} for n, v in (("theme", theme), ("text", text))])
            take(context.new_page(), address, path, name)
            context.close()
        context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        sign_in(page, address)
        if wanted:
            take_import(page, address)
        take_workshop(play, browser, page, address)
        browser.close()


if __name__ == "__main__":
    main()
