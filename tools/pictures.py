"""Pictures of the running sample for the README: `.venv/bin/python -m tools.pictures [http://localhost:8000]`.

Needs `make run` in another window, the development tools, and Chromium (CHROMIUM= names it). Writes docs/pictures/.
"""

import os
import pathlib
import sys

from playwright.sync_api import Page, sync_playwright

FOLDER = pathlib.Path(__file__).resolve().parent.parent / "docs" / "pictures"
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
}


def take(page: Page, address: str, path: str, name: str) -> None:
    page.goto(address + path, wait_until="networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")
    print(f"docs/pictures/{name}.png")


#: An invented list for the picture of an import: one row new, one changed, one wrong, one set aside.
LIST = """Lp.\tNazwa\tNIP\tUlica\tMiejscowość\tData założenia
Powiat gdański\t\t\t\t\t
1\tSpółdzielnia Socjalna „Złoty Kłos”\t5260250995\tPolna 3\tPruszcz Gdański\t12.03.2015
2\tFundacja Pomocna Dłoń\t7251801127\tDługa 7\tGdańsk\t5.01.2012
3\tStowarzyszenie Jantar\t\tMorska 1\tUstka\t31.02.2018
"""


def take_import(page: Page, address: str) -> None:
    """Signs in as the coordinator of the sample, pastes a list, and pictures its preview; the import is thrown away."""
    page.goto(f"{address}/en/account/login/")
    page.fill("input[name=login]", "koordynator@example.org")
    page.fill("input[name=password]", "osnowa-pokaz-2026")
    page.click("main form .button")
    page.goto(f"{address}/pl/pomorskie/register/import/")
    page.fill("input[name=source_name]", "Wykaz wojewody (przykład)")
    page.fill("textarea[name=text]", LIST)
    page.click("main form .button")
    page.wait_for_url("**/columns/", timeout=60_000)
    page.click("main form .button")
    page.wait_for_selector("main [role=tablist], main .tabs, #rows", timeout=60_000)
    page.screenshot(path=FOLDER / "import.png")
    print("docs/pictures/import.png")


def main() -> None:
    address = sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as play:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        browser = play.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=flags)
        for name, (path, width, height, theme, text) in PICTURES.items():
            context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
            context.add_cookies([{"name": n, "value": v, "url": address} for n, v in (("theme", theme), ("text", text))])
            take(context.new_page(), address, path, name)
            context.close()
        context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        take_import(context.new_page(), address)
        browser.close()


if __name__ == "__main__":
    main()
