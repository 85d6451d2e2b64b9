"""Settings and commands are documented, links in the documents lead somewhere, and there is a changelog."""

import re
from pathlib import Path

import pytest

from tools import command_pages

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_every_setting_is_documented_and_no_other():
    read = set(re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", (ROOT / "osnowa" / "settings.py").read_text()))
    read |= set(re.findall(r"env\.email_url\(\"([A-Z_]+)\"", (ROOT / "osnowa" / "settings.py").read_text()))
    page = (ROOT / "docs" / "guide" / "settings.md").read_text()
    documented = set(re.findall(r"^\| `([A-Z_]+)`", page, flags=re.M))
    assert documented - {"PORT"} == read


def test_the_page_of_commands_is_what_the_commands_say_of_themselves():
    """`python -m tools.command_pages` writes it anew."""
    assert (ROOT / "docs" / "guide" / "commands.md").read_text() == command_pages.page()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_to_files_that_exist(path):
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists() and not link.startswith("../shared")] == []


def test_there_is_a_changelog_with_what_is_new():
    assert re.search(r"^## ", (ROOT / "CHANGELOG.md").read_text(), flags=re.M)
