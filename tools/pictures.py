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
    "quality": ("/en/pomorskie/quality/", 1280, 900, "dark", "1"),
    "phone": ("/sl/podravje/", 390, 844, "light", "2"),
}


def take(page: Page, address: str, path: str, name: str) -> None:
    page.goto(address + path, wait_until="networkidle")
    page.screenshot(path=FOLDER / f"{name}.png")
    print(f"docs/pictures/{name}.png")


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
        browser.close()


if __name__ == "__main__":
    main()
