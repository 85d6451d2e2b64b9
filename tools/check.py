"""Runs every check of the house; `make test` and `.ci/run` call it.

    python -m tools.check                     everything
    python -m tools.check --fast              without PostgreSQL, browser and Spark
    python -m tools.check --only sqlite       one step (repeat --only for more)
    python -m tools.check --only browser -- -k editing -x      what follows -- goes to pytest

One line a step; the last line counts tests and checks: N passed, N failed, N skipped.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools import outfit, postgres

ROOT = outfit.ROOT
BIN = outfit.BIN


@dataclass
class Count:
    """How many checks passed, failed and were skipped, and what there is to say about it."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    said: str = ""

    def __add__(self, other: "Count") -> "Count":
        return Count(self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped)

    def __str__(self) -> str:
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def one_check(*words: str) -> Count:
    """A tool that says by its exit code whether all is well; its words are shown only when not."""
    ran = subprocess.run([str(BIN / words[0]), *words[1:]], cwd=ROOT, capture_output=True, text=True)
    if ran.returncode == 0:
        return Count(passed=1)
    return Count(failed=1, said=(ran.stdout + ran.stderr).strip())


def pytest(*words: str, database: str = "", in_browser: bool = False, on_spark: bool = False) -> Count:
    """A run of pytest, counted by its own report; its output is shown in full when something failed."""
    surroundings = os.environ | {"DATABASE_URL": database, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "random"}
    if not database:
        del surroundings["DATABASE_URL"]
    if in_browser:
        surroundings |= {"OSNOWA_TESTS_IN_BROWSER": "1", "CHROMIUM": outfit.chromium() or ""}
    if on_spark:
        surroundings |= {"OSNOWA_TESTS_ON_SPARK": "1"}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [str(BIN / "pytest"), *words, f"--junitxml={report}", "--durations=5"]
        ran = subprocess.run(command, cwd=ROOT, env=surroundings, capture_output=True, text=True)
        count = _read(report)
    if ran.returncode and not count.failed:
        count.failed = 1
    if count.failed:
        count.said = (ran.stdout + ran.stderr).strip()
    return count


def _read(report: Path) -> Count:
    if not report.exists():
        return Count(failed=1)
    suites = ET.parse(report).getroot().iter("testsuite")
    count = Count()
    for suite in suites:
        tests, failures, errors, skipped = (int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped"))
        count += Count(max(0, tests - failures - errors - skipped), failures + errors, skipped)
    return count


#: A file's tests stay together, so that a sample they share is loaded once.
WITHOUT_BROWSER = ("tests", "--ignore=tests/browser", "--ignore=tests/spark", "-n", "2", "--dist", "loadfile")


def on_sqlite(more: list[str]) -> Count:
    return pytest(*WITHOUT_BROWSER, *more)


def on_postgres(more: list[str]) -> Count:
    with postgres.server() as address:
        return pytest(*WITHOUT_BROWSER, *more, database=address)


def in_browser(more: list[str]) -> Count:
    return pytest("tests/browser", "-n", "2", *more, in_browser=True)


def on_spark(more: list[str]) -> Count:
    outfit.install_spark()
    return pytest("tests/spark", *more, on_spark=True)


def furnish(more: list[str]) -> Count:
    return Count(said=outfit.furnish())


STEPS: dict[str, tuple[str, Callable[[list[str]], Count]]] = {
    "setup": ("tools, servers, browser", furnish),
    "lint": ("ruff", lambda more: one_check("ruff", "check", ".")),
    "walls": ("import contracts", lambda more: one_check("lint-imports")),
    "types": ("mypy", lambda more: one_check("mypy", "osnowa", "tools", "benchmarks", "run.py")),
    "sqlite": ("pytest on SQLite", on_sqlite),
    "postgres": ("pytest on PostgreSQL", on_postgres),
    "browser": ("stories and axe in Chromium", in_browser),
    "spark": ("statistics on Spark", on_spark),
}
SLOW = ("postgres", "browser", "spark")


def run(names: list[str], more: list[str]) -> Count:
    """Runs the steps one after another, whatever fails, and says how each went."""
    total = Count()
    for name in names:
        title, step = STEPS[name]
        began = time.monotonic()
        try:
            count = step(more)
        except outfit.Missing as missing:
            count = Count(failed=1, said=str(missing))
        took = time.monotonic() - began
        result = "failed" if count.failed else "ok"
        numbers = str(count) if count.passed + count.failed + count.skipped > 1 else ("" if count.failed else count.said)
        print(f"{result:6} {title:28} {took:6.1f} s  {numbers}".rstrip(), flush=True)
        if count.failed:
            print(f"\n{count.said}\n", flush=True)
        total += count
    return total


def main() -> int:
    parser = argparse.ArgumentParser(prog="tools.check", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--fast", action="store_true", help="leave out PostgreSQL and the browser")
    parser.add_argument("--only", action="append", choices=STEPS, help="run just this step; repeat for more")
    parser.add_argument("more", nargs="*", help="words for pytest, after --")
    chosen = parser.parse_args()
    names = chosen.only or [name for name in STEPS if not (chosen.fast and name in SLOW)]
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    total = run(names, chosen.more)
    print(total)
    return 1 if total.failed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
