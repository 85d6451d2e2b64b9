"""Reading a change down to the organisation, in real Chromium."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, expect

from osnowa.register.actions import add_organisation, change_organisation, take_snapshot
from tests.world import World

Open = Callable[..., BrowserContext]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path) -> None:
    settings.SNAPSHOTS = tmp_path


def test_a_change_is_read_down_to_the_organisation(world: World, open_context: Open) -> None:
    values = {"legal_name": "Stowarzyszenie Ciche Koło", "legal_form": "PL-STOZW", "sector": "civil_society", "municipality": world.gdansk}
    circle = add_organisation(by=world.bolek, region=world.pomorskie, values=values)
    take_snapshot(by=world.bolek, region=world.pomorskie, keep=True, at=timezone.now() - timedelta(days=90))
    change_organisation(by=world.bolek, organisation=circle, values={"legal_form": "PL-STO"})
    page = open_context().new_page()
    page.goto("/en/pomorskie/")
    page.get_by_role("link", name="Statistics", exact=True).first.click()
    page.get_by_role("link", name="What changed, and why").click()
    row = page.get_by_role("row", name="Association (in the court register)")
    row.get_by_role("link", name="+1").click()
    behind = page.get_by_role("region", name="Association (in the court register): Changed type")
    expect(behind).to_contain_text("legal form: Ordinary association (simplified form) → Association (in the court register)")
    behind.get_by_role("link", name="Stowarzyszenie Ciche Koło").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ciche Koło")


def test_a_coordinator_keeps_today_and_compares_with_it(world: World, open_context: Open) -> None:
    page = open_context(world.bolek).new_page()
    page.goto("/en/pomorskie/statistics/snapshots/")
    page.get_by_role("button", name="Keep a snapshot of today").click()
    expect(page.get_by_text("The register is kept as it is today: 3 organisations.")).to_be_visible()
    expect(page.get_by_role("link", name="since then")).to_be_visible()
