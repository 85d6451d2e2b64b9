"""Lock files pin by hash and name no host."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = [*ROOT.glob("*.lock"), *ROOT.glob("benchmarks/*.lock"), *ROOT.glob("tools/*.lock"), ROOT / "package-lock.json"]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_host(path):
    assert "://" not in path.read_text()


@pytest.mark.parametrize("path", [path for path in LOCKS if path.suffix == ".lock"], ids=lambda path: path.name)
def test_every_pin_has_a_hash(path):
    entries = re.split(r"\n(?=\S)", path.read_text().strip())
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_every_npm_package_is_pinned_by_its_hash():
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, facts in packages.items() if name and "integrity" not in facts] == []


def test_nothing_from_npm_is_kept_in_the_repository():
    assert "/node_modules/" in (ROOT / ".gitignore").read_text().splitlines()
