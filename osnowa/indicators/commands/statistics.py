"""`osnowa statistics`: tables counted from the register."""

from datetime import date, datetime

import click
from django.utils import timezone

from osnowa.indicators.forms import DaysForm
from osnowa.indicators.queries import SectorTable, tabulation
from osnowa.indicators.queries import sector_table as table_of
from osnowa.indicators.queries.sector_table import Row
from osnowa.kit.commands import as_json, say
from osnowa.kit.errors import Refused
from osnowa.places.models import Region

_day = click.DateTime(["%Y-%m-%d"])


@click.group()
def statistics() -> None:
    """Tables counted from the register of a region."""


@statistics.command("sector-table")
@click.option("--region", required=True, help="Address of the region, such as pomorskie.")
@click.option("--on", type=_day, help="Day of the table (YYYY-MM-DD); today when left out.")
@click.option("--against", type=_day, help="Earlier day to compare with; a year before when left out.")
@as_json
def sector_table(region: str, on: datetime | None, against: datetime | None, *, as_json: bool) -> None:
    """Organisations by type on a day, how that changed, and jobs in social enterprises by area."""
    form = DaysForm({"on": (on.date() if on else timezone.localdate()), "against": against.date() if against else ""})
    if not form.is_valid():
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
    found = Region.objects.select_related("territory").filter(slug=region).first()
    if found is None:
        raise Refused(f"There is no region {region}. There are: {', '.join(Region.objects.values_list('slug', flat=True))}.")
    table = table_of(found, form.cleaned_data["on"], form.cleaned_data["against"])
    say(tabulation.facts(table), as_json=as_json, text=lambda: _text(table))


def _line(name: str, row: Row) -> str:
    change = row.change
    return f"  {name:<52} {change.count:>6} {change.change:>+6}   (new {change.new}, closed {change.closed})"


def _text(table: SectorTable) -> str:
    lines = [f"{table.region}, {_said(table.on)} against {_said(table.against)}"]
    lines += [_line(row.label, row) for row in table.rows]
    if table.status:
        lines += [_line(table.status.label, table.status), *(_line(f"  {row.label}", row) for row in table.by_form)]
    if table.jobs:
        cells = [(cell.name or "outside every area", cell.jobs) for cell in table.jobs.cells]
        shown = [(f"  {name}", "hidden" if number is None else str(number)) for name, number in cells]
        total = "hidden" if table.jobs.total is None else str(table.jobs.total)
        lines += [f"  {name:<52} {number:>6}" for name, number in [("Jobs in organisations with the status", total), *shown]]
        if not table.jobs.is_right:
            lines.append("  The areas do not sum to the total: a municipality lies in two areas.")
    return "\n".join([*lines, tabulation.source(table)])


def _said(day: date) -> str:
    return day.isoformat()
