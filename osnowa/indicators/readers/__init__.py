"""Any file of indicator values to observations: long and wide tables, Eurostat's TSV, JSON-stat. Told by the content.

`read_values` is the only door; what a file says wrongly is told with its line and cell, and then nothing is taken.
"""

from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path

from django.utils.translation import gettext_noop as _

from osnowa.indicators.readers import eurostat, jsonstat, long, wide
from osnowa.indicators.readers.gathering import Gathered, gather
from osnowa.indicators.readers.opening import Line, Opened, opened
from osnowa.indicators.readers.shapes import Definition, Hints, Reading, refuse

__all__ = ["Definition", "Gathered", "Hints", "read_values"]

#: So far down a heading is looked for.
_DEEPEST = 40
NO_HEADING = _("No table of values was found. A long table has columns such as indicator, geo, year, value; a wide one has a column geo and periods or indicators across.")
IGNORED = _("left out: it stands above the headings")


def read_values(path: Path, hints: Hints, step: Callable[[int, int], None] = lambda done, total: None) -> Gathered:
    """The observations of a file, each once. Raises Refused with a sentence that says where the fault lies."""
    with opened(path, hints.name) as it:
        return gather(_reading(it, hints), step)


def _reading(it: Opened, hints: Hints) -> Reading:
    if it.kind == "json":
        return jsonstat.read(it, hints)
    for sheet in it.sheets:
        found = _of_sheet(sheet, it, hints)
        if found is not None:
            found.notices.extend(it.notices)
            return found
    raise refuse(NO_HEADING)


def _of_sheet(rows: Iterator[Line], it: Opened, hints: Hints) -> Reading | None:
    """The sheet read from its heading on; None where none of its first rows is one."""
    start = list(islice(rows, _DEEPEST))
    for at, (_line, cells) in enumerate(start):
        below = chain(start[at + 1 :], rows)
        found: Reading | None = None
        if eurostat.fits(cells):
            found = eurostat.read(chain(start[at:], rows), hints)
        elif long.fits(cells):
            found = long.read(start[at], below, it, hints)
        elif wide.columns_of(cells):
            found = wide.read(start[at], below, it, hints)
        if found is not None:
            for line, above in start[:at]:
                if any(cell is not None for cell in above):
                    found.aside(line, IGNORED)
            return found
    return None
