"""The spreadsheet of the rows that wait: two columns of ours in front, then the list as it came."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from osnowa.imports.fields import MEND_HEADING, ROW_HEADING
from osnowa.imports.models import Import
from osnowa.imports.queries.pages import lines, rows_to_mend, sheet_of
from osnowa.kit.sentences import tell


def mend_sheet(it: Import, which: str = "errors") -> tuple[list[str], list[list[Any]]]:
    """(headings, rows) of what waits for a mend, or with `undecided` for a decision; no rows where their text is forgotten."""
    names = [str(name) for name in sheet_of(it).get("names", [])]
    notes = _undecided(it) if which == "undecided" else _errors(it)
    return [str(ROW_HEADING), str(MEND_HEADING), *names], [[number, "\n".join(said), *raw] for number, raw, said in notes]


Noted = Iterator[tuple[int, list[str], list[str]]]


def _errors(it: Import) -> Noted:
    """(number, cells, what to mend) of each row; read without making models, since a whole file may be wrong."""
    kept = rows_to_mend(it, "errors").exclude(raw=[]).values_list("number", "raw", "problems")
    for number, raw, problems in kept.iterator(2000):
        yield number, raw, [f"{one['cell']}: {tell(one['said'])}" if one["cell"] else tell(one["said"]) for one in problems]


def _undecided(it: Import) -> Noted:
    """(number, cells, what it looks like) of each row."""
    for line in lines(it, list(rows_to_mend(it, "undecided").exclude(raw=[]))):
        likely = (_("Possible duplicate: %(name)s") % {"name": "; ".join([one.name, *one.speaks_for])} for one in line.likely)
        yield line.row.number, line.row.raw, list(likely)
