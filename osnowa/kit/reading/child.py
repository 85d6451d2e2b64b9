"""The child that parses: `python -m osnowa.kit.reading.child PATH KIND NAME`. No Django, little memory, little time.

Writes lines to its standard output: an object for a sheet, an array for a row of it, and last an object with what the file was
("kind") or why it cannot be read ("refused"). A date is an array of one ISO text within a row.
"""

from __future__ import annotations

import gc
import json
import resource
import sys
from pathlib import Path
from typing import Any

from osnowa.kit.reading import safety
from osnowa.kit.reading.shapes import Unreadable, kept


def confine(size: int) -> None:
    """From here on: bounded memory and processor time, and no core left behind."""
    seconds = safety.seconds_for(size)
    resource.setrlimit(resource.RLIMIT_AS, (safety.CHILD_MEMORY, safety.CHILD_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def parse(path: Path, kind: str, name: str, out: Any) -> None:
    """Reads a file of any kind into `out` (see cells.Out). `kind` is "" (find it) or "paste"."""
    from osnowa.kit.reading import kinds

    found = kind or kinds.kind_of(path)
    if found in ("xlsx", "xlsb", "ods", "xls"):
        from osnowa.kit.reading import books

        books.read(path, found, out)
    else:
        from osnowa.kit.reading import text

        text.read(path, found, name, out)


def main(path: str, kind: str, name: str) -> int:
    stdout = sys.stdout.buffer
    waiting: list[bytes] = []

    def write(line: bytes) -> None:
        waiting.append(line)
        if len(waiting) >= 500:
            flush()

    def flush() -> None:
        stdout.write(b"".join(line + b"\n" for line in waiting))
        waiting.clear()

    gc.disable()  # it lives for seconds, and its memory is bounded
    said: dict[str, Any] | None = None
    try:
        confine(safety.check_size(Path(path)))
        from osnowa.kit.reading.cells import Out

        parse(Path(path), kind, name, Out(write))
    except Unreadable as error:
        said = error.kept
    except MemoryError:
        said = kept(safety.TOO_MUCH_MEMORY)
    except (RecursionError, OverflowError):
        said = kept(safety.BROKEN)
    if said is not None:
        waiting[:] = [json.dumps({"refused": said}).encode()]
    flush()
    stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:4]))
