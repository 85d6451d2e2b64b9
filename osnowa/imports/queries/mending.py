"""The spreadsheet of the rows that wait: two columns of ours in front, then the list as it came."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from osnowa.imports.fields import MEND_HEADING, ROW_HEADING
from osnowa.imports.models import Import
from osnowa.imports.queries.pages import lines, rows_to_mend, sheet_of
from osnowa.imports.queries.personal import masked, own_numbers, personal_columns
from osnowa.kit.sentences import tell


def mend_sheet(it: Import, which: str = "errors") -> tuple[list[str], list[list[Any]]]:
    """(headings, rows) of what waits for a mend, or with `undecided` for a decision; no rows where their text is forgotten.

    Cells with a personal number, and those of columns about persons that are left out, come empty.
    """
    names = [str(name) for name in sheet_of(it).get("names", [])]
    notes = _undecided(it) if which == "undecided" else _errors(it)
    hidden = personal_columns(names, it.mapping)
    rows: list[list[Any]] = []
    for number, raw, values, said in notes:
        own = own_numbers(values)
        cells = ("" if column in hidden or masked(text, own) != text else text for column, text in enumerate(map(str, raw)))
        rows.append([number, masked("\n".join(said), own), *cells])
    return [str(ROW_HEADING), str(MEND_HEADING), *names], rows


#: (number, cells, values, what to say) of each row.
Noted = Iterator[tuple[int, list[str], dict[str, Any], list[str]]]


def _errors(it: Import) -> Noted:
    """What has to be mended, without mere notes; read without making models, since a whole file may be wrong."""
    kept = rows_to_mend(it, "errors").exclude(raw=[]).values_list("number", "raw", "values", "problems")
    for number, raw, values, problems in kept.iterator(2000):
        grave = [one for one in problems if one["grave"]]
        yield number, raw, values, [f"{one['cell']}: {tell(one['said'])}" if one["cell"] else tell(one["said"]) for one in grave]


def _undecided(it: Import) -> Noted:
    """What each row looks like."""
    for line in lines(it, list(rows_to_mend(it, "undecided").exclude(raw=[]))):
        likely = (_("Possible duplicate: %(name)s") % {"name": "; ".join([one.name, *one.speaks_for])} for one in line.likely)
        yield line.row.number, line.row.raw, line.row.values, list(likely)
