"""Keeping a snapshot of today: editors of the region do, and everybody reads the series."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from osnowa.journal.models import Entry
from osnowa.register.models import Snapshot
from tests.world import World


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.SNAPSHOTS = tmp_path


def test_a_coordinator_keeps_today_once(world: World, signed_in: Any) -> None:
    bolek = signed_in(world.bolek)
    for _time in range(2):
        answer = bolek.post(reverse("indicators:keep_snapshot", args=["pomorskie"]), follow=True)
        assert "The register is kept as it is today: 3 organisations." in answer.content.decode()
    (kept,) = Snapshot.objects.filter(region=world.pomorskie, is_kept=True)
    assert str(kept.on) == "2026-11-20"
    assert Entry.objects.filter(deed="register.snapshot_kept", by=world.bolek).count() == 2
    assert kept.sha256[:12] in answer.content.decode()


def test_readers_see_the_series_and_no_button(world: World, client: Client) -> None:
    page = client.get(reverse("indicators:snapshots", args=["pomorskie"]))
    assert "No snapshot is kept yet" in page.content.decode()
    assert "Keep a snapshot of today" not in page.content.decode()


def test_who_coordinates_another_region_may_not_keep(world: World, signed_in: Any) -> None:
    assert signed_in(world.maja).post(reverse("indicators:keep_snapshot", args=["pomorskie"])).status_code == 403
    assert not Snapshot.objects.exists()


@pytest.mark.parametrize("name", ["statistics", "tables", "changes", "figures", "snapshots"])
def test_a_region_with_few_organisations_has_every_page(world: World, client: Client, name: str) -> None:
    assert client.get(reverse(f"indicators:{name}", args=["podravje"])).status_code == 200
