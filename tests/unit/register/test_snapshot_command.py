"""`osnowa snapshot take` and `list`."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from osnowa.register.commands import snapshot
from osnowa.register.models import Snapshot
from tests.world import World


@pytest.fixture(autouse=True)
def _own_folder(settings: Any, tmp_path: Path) -> None:
    settings.SNAPSHOTS = tmp_path


def _run(*words: str) -> Any:
    return CliRunner().invoke(snapshot, words)


def test_a_snapshot_is_taken_kept_and_listed(world: World) -> None:
    taken = _run("take", "--region", "pomorskie", "--keep", "--json")
    assert taken.exit_code == 0, taken.output
    facts = json.loads(taken.output)
    assert facts["is_kept"]
    assert facts["sha256"] == Snapshot.objects.get().sha256
    assert json.loads(_run("list", "--json").output) == [facts]
    assert "2026-11-20" in _run("list", "--region", "pomorskie").output


def test_nothing_to_list(world: World) -> None:
    assert "no snapshots" in _run("list").output


def test_an_unknown_region_is_named(world: World) -> None:
    refused = _run("take", "--region", "nowhere")
    assert refused.exit_code == 1
    assert "podravje" in str(refused.exception)
