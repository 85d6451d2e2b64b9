"""The sector table in plain words and numbers: facts for JSON, and rows for spreadsheets with a sheet on where they come from."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from osnowa.indicators.queries.sector_table import Cell, Row, SectorTable
from osnowa.kit import sheets


def source(table: SectorTable) -> str:
    """One or two sentences on where the numbers come from; an invented region adds what its sample follows."""
    words = {"region": table.region}
    if table.region.is_invented:
        return " ".join([_("Counted from the register of %(region)s, an invented sample.") % words, table.region.introduction])
    return _("Counted from the register of %(region)s.") % words


def _row(row: Row) -> dict[str, Any]:
    change = row.change
    return {
        "code": row.code, "label": row.label, "count": change.count, "change": change.change, "before": change.before,
        "new": change.new, "closed": change.closed,
    }  # fmt: skip


def _cell(cell: Cell) -> dict[str, Any]:
    name = cell.name or _("outside every area")
    return {"code": cell.code, "name": name, "jobs": cell.jobs, "organisations": cell.organisations}


def facts(table: SectorTable) -> dict[str, Any]:
    """The whole table, fit for JSON."""
    jobs, status = table.jobs, table.status
    return {
        "region": table.region.slug,
        "on": table.on.isoformat(),
        "against": table.against.isoformat(),
        "types": [_row(row) for row in table.rows],
        "status": _row(status) | {"by_form": [_row(row) for row in table.by_form]} if status else None,
        "jobs": {
            "on": jobs.on.isoformat(), "total": jobs.total, "organisations": jobs.reported, "holders": jobs.holders, "areas_sum_to_total": jobs.is_right,
            "areas": [_cell(cell) for cell in jobs.cells], "notes": list(jobs.notes),
        } if jobs else None,
        "without_date_of_beginning": table.undated,
        "is_invented": table.region.is_invented,
        "source": source(table),
    }  # fmt: skip


def headings() -> list[str]:
    return [_("Part"), _("Code"), _("Name"), _("How many"), _("Difference"), _("On the earlier day"), _("New"), _("Closed"),
            _("Organisations behind it"), _("State on"), _("Compared with")]  # fmt: skip


def lines(table: SectorTable) -> list[list[Any]]:
    """The rows of the spreadsheet: types, then status by form, then jobs by area with their total."""
    def of(part: str, row: Row) -> list[Any]:
        change = row.change
        numbers = [change.count, change.change, change.before, change.new, change.closed, change.count]
        return [part, row.code, row.label, *numbers, table.on, table.against]

    found = [of(_("Type"), row) for row in table.rows]
    if table.status:
        found += [of(_("Status"), table.status), *(of(_("Status by legal form"), row) for row in table.by_form)]
    if table.jobs:
        for cell in (*table.jobs.cells, Cell("", _("Total"), table.jobs.reported, table.jobs.total)):
            name, number = cell.name or _("outside every area"), _("not shown") if cell.jobs is None else cell.jobs
            found.append([_("Jobs"), cell.code, name, number, None, None, None, None, cell.organisations, table.jobs.on, None])
    return found


def provenance(table: SectorTable, address: str, taken_on: date) -> list[list[Any]]:
    """Where the table comes from and what its numbers mean, so that it can be told years later."""
    notes = table.jobs.notes if table.jobs else ()
    return [
        [_("Region"), str(table.region)],
        [_("State on"), table.on],
        [_("Compared with"), table.against],
        [_("Source"), source(table)],
        [_("Taken on"), taken_on],
        [_("Address"), address],
        [_("Counted"), _("An organisation is counted on a day when it had begun and not ended.")],
        [_("Status"), _("A status counts from the day it was granted to the day before it ended.")],
        [_("Jobs"), _("The newest number each organisation with the status gave in the year up to the end of the half-year.")],
        [_("Hidden"), _("Sums over fewer than three organisations are not shown, nor what would give them away.")],
        *([_("Note"), note] for note in notes),
    ]


def as_file(table: SectorTable, form: str, address: str, taken_on: date) -> bytes:
    """The table as CSV, or as XLSX with a second sheet on where it comes from."""
    if form == "csv":
        ending = [[], *provenance(table, address, taken_on)]
        return sheets.as_csv(headings(), [*lines(table), *ending])
    return sheets.as_xlsx({
        str(_("Sector table")): (headings(), lines(table)),
        str(_("About this table")): ((), provenance(table, address, taken_on)),
    })
