"""The parent's side: starts the child that parses, watches it, and takes in what it hands back."""

from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from datetime import date, datetime
from pathlib import Path
from typing import Any

from osnowa.kit.errors import Refused
from osnowa.kit.reading import safety
from osnowa.kit.reading.shapes import Book, Cell, Sheet, Unreadable, kept
from osnowa.kit.sentences import Sentence

_ROOT = Path(__file__).resolve().parents[3]
_CHILD = ["-m", "osnowa.kit.reading.child"]
_MOST_SHARED = 200_000  # different texts that rows share
_log = logging.getLogger(__name__)


def read_text(text: str) -> Book:
    """What was copied from a spreadsheet."""
    with tempfile.NamedTemporaryFile(prefix="osnowa-paste-") as file:
        file.write(text.encode("utf-8", "replace"))
        file.flush()
        return read(Path(file.name), kind="paste")


def read(path: Path, *, name: str = "", kind: str = "") -> Book:
    """The book the child found. Raises Refused; FileNotFoundError and the like where there is no file."""
    try:
        seconds = safety.seconds_for(safety.check_size(path))
    except Unreadable as error:
        raise _refused(error.kept) from None
    command = [sys.executable, "-P", "-s", "-X", "utf8", *_CHILD, str(path), kind, _plain(name)]
    child = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    is_late = threading.Event()

    def stop() -> None:
        is_late.set()
        child.kill()

    watch = threading.Timer(seconds, stop)
    watch.daemon = True
    watch.start()
    assert child.stdout is not None
    taken = _Taken()
    try:
        for line in child.stdout:
            taken.line(line)
    except _Unfit as unfit:
        _log.warning("the child that reads files said %s", unfit)
    finally:
        watch.cancel()
        child.kill()
        child.stdout.close()
        child.wait()
    if taken.refused is not None:
        raise _refused(taken.refused)
    if taken.found is not None:
        return taken.book()
    if is_late.is_set() or -child.returncode == signal.SIGXCPU:
        raise Refused(Sentence(safety.TOO_SLOW, seconds=seconds), status=422)
    _log.warning("the child that reads files ended with %s", child.returncode)
    raise Refused(Sentence(safety.TOO_MUCH_MEMORY if -child.returncode == signal.SIGABRT else safety.BROKEN), status=422)


class _Unfit(Exception):
    """The child said something it never says: it no longer is what it was."""


class _Taken:
    """What the child has said so far, within the limits that bind it too."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, int, list[list[Cell]]]] = []
        self.found: dict[str, Any] | None = None
        self.refused: dict[str, Any] | None = None
        self._texts: dict[str, str] = {}
        self._area = 0

    def line(self, line: bytes) -> None:
        try:
            said = json.loads(line)
            if isinstance(said, list):
                self._row(said, line.find(b"[", 1) > 0)
            elif "sheet" in said:
                self.sheets.append((str(said["sheet"]), int(said["first_line"]), []))
            elif "refused" in said:
                self.refused = said["refused"]
            else:
                self.found = said
        except (ValueError, IndexError, KeyError, TypeError, RecursionError) as error:
            raise _Unfit(repr(error)[:200]) from error
        if self._area > safety.MOST_AREA + safety.MOST_CELLS or len(self.sheets) > safety.MOST_SHEETS:
            raise _Unfit("too much")

    def _row(self, row: list[Any], has_dates: bool) -> None:
        if has_dates:
            row = [_day(cell[0]) if isinstance(cell, list) else cell for cell in row]
        texts = self._texts
        if len(texts) < _MOST_SHARED:
            row = [texts.setdefault(cell, cell) if isinstance(cell, str) else cell for cell in row]
        else:
            row = [texts.get(cell, cell) if isinstance(cell, str) else cell for cell in row]
        self._area += max(len(row), 8)
        self.sheets[-1][2].append(row)

    def book(self) -> Book:
        assert self.found is not None
        sheets = []
        for name, first_line, rows in self.sheets:
            width = max(map(len, rows), default=0)
            if len(rows) * width > safety.MOST_AREA:
                raise _refused(kept(safety.TOO_MUCH_MEMORY))
            for row in rows:
                row.extend([None] * (width - len(row)))
            sheets.append(Sheet(name, rows, first_line))
        notices = [_sentence(notice) for notice in self.found.pop("notices")]
        return Book(sheets=sheets, notices=notices, **self.found)


def _plain(name: str) -> str:
    """A file's name fit for a command line."""
    return name.replace("\0", "").encode("utf-8", "replace").decode()[:255]


def _day(text: str) -> date:
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def _sentence(said: Any) -> Any:
    """A sentence the child kept, its parts too."""
    if not isinstance(said, dict):
        return said
    return Sentence(said["says"], **{name: _sentence(part) for name, part in said["parts"].items()})


def _refused(said: Any) -> Refused:
    return Refused(_sentence(said), status=422)
