"""The spreadsheet of the rows that wait: two columns of ours in front, then the list as it came."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from osnowa.imports.fields import MEND_HEADING, ROW_HEADING
from osnowa.imports.models import Import
from osnowa.imports.queries.pages import Line, lines, rows_to_mend, sheet_of


def mend_sheet(it: Import, which: str = "errors") -> tuple[list[str], list[list[Any]]]:
    """(headings, rows) of what waits for a mend, or with `undecided` for a decision; no rows where their text is forgotten."""
    waiting = list(rows_to_mend(it, which).exclude(raw=[]))
    names = [str(name) for name in sheet_of(it).get("names", [])]
    rows = [[row.number, "\n".join(_notes(line)), *row.raw] for row, line in zip(waiting, lines(it, waiting), strict=True)]
    return [str(ROW_HEADING), str(MEND_HEADING), *names], rows


def _notes(line: Line) -> Iterable[str]:
    """What is to be mended in a row, or what it may be a duplicate of."""
    yield from (f"{problem['cell']}: {problem['said']}" if problem["cell"] else str(problem["said"]) for problem in line.problems)
    for likely in line.likely:
        yield _("Possible duplicate: %(name)s") % {"name": "; ".join([likely.name, *likely.speaks_for])}
