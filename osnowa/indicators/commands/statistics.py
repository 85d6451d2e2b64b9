"""`osnowa statistics`: tables counted from the register."""

from contextlib import closing
from datetime import date, datetime

import click
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils import timezone

from osnowa.indicators.forms import DaysForm
from osnowa.indicators.queries import SectorTable, charting, tabulation, telling
from osnowa.indicators.queries import sector_table as table_of
from osnowa.indicators.queries.asked import ChangesAsk, TableAsk
from osnowa.indicators.queries.behind import behind
from osnowa.indicators.queries.explained import Comparison
from osnowa.indicators.queries.sector_table import Row
from osnowa.kit.commands import as_json, say
from osnowa.kit.errors import Refused
from osnowa.places.models import Region
from osnowa.register.queries.frame import frame_of

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
    found = _region(region)
    table = table_of(found, form.cleaned_data["on"], form.cleaned_data["against"])
    say(tabulation.facts(table), as_json=as_json, text=lambda: _text(table))


def _region(slug: str) -> Region:
    found = Region.objects.select_related("territory").filter(slug=slug).first()
    if found is None:
        raise Refused(f"There is no region {slug}. There are: {', '.join(Region.objects.values_list('slug', flat=True))}.")
    return found


def _words(**words: str | datetime | None) -> QueryDict:
    """The words of an address, as the pages read them."""
    asked = QueryDict(mutable=True)
    for name, word in words.items():
        if word is not None:
            asked[name.rstrip("_")] = word.date().isoformat() if isinstance(word, datetime) else word
    return asked


@statistics.command("table")
@click.option("--region", required=True, help="Address of the region, such as pomorskie.")
@click.option("--rows", default="form", help="form, sector, recognition, section, nace2, nace, service, area, municipality, powiat, nuts3, nuts2.")
@click.option("--columns", default="years", help="One of the same, or years, or snapshots.")
@click.option("--on", type=_day, help="Day of the table (YYYY-MM-DD); today when left out.")
@as_json
def table(region: str, rows: str, columns: str, on: datetime | None, *, as_json: bool) -> None:
    """Organisations by one dimension and another, or over time, with margins."""
    ask = TableAsk.of(_region(region), _words(rows=rows, columns=columns, on=on), timezone.localdate())
    if ask.problem or rows not in ask.known or columns not in (*ask.known, "years", "snapshots") or rows == columns:
        raise Refused(ask.problem or f"Rows and columns are two of: {', '.join(ask.known)}; columns also years, snapshots.")
    found = ask.table(frame_of(ask.region))
    say(telling.table_facts(ask, found), as_json=as_json, text=lambda: telling.as_text(charting.table_sheet(found), found.addition))


@statistics.command("changes")
@click.option("--region", required=True, help="Address of the region, such as pomorskie.")
@click.option("--from", "start", type=_day, help="First day (YYYY-MM-DD); the oldest kept snapshot when left out.")
@click.option("--to", "end", type=_day, help="Last day; today when left out.")
@click.option("--by", default="form", help="The dimension of the rows, as for table.")
@click.option("--known-today", is_flag=True, help="Compute both days from what is known today, also where a snapshot was kept.")
@click.option("--organisations", is_flag=True, help="Name the public organisations behind each row.")
@as_json
def changes(region: str, start: datetime | None, end: datetime | None, by: str, *, known_today: bool, organisations: bool, as_json: bool) -> None:
    """Why numbers changed between two days: new, closed, changed type, moved, corrected."""
    words = _words(from_=start, to=end, by=by, known="today" if known_today else None)
    ask = ChangesAsk.of(_region(region), words, timezone.localdate())
    if ask.problem or by not in ask.known:
        raise Refused(ask.problem or f"Dimensions are: {', '.join(ask.known)}.")
    first, last = ask.sides(frame_of(ask.region))
    with closing(Comparison(first, last, ask.dimension, ask.wish)) as comparison:
        found = comparison.changes()
        opened = {
            line.code: behind(AnonymousUser(), ask.region, comparison.crossed(line.code), ask.start, ask.end)
            for line in found.lines if organisations and (line.change.came or line.change.went)
        }  # fmt: skip
    text = telling.as_text(charting.changes_sheet(found), "adds up" if found.adds_up else "does not add up")
    say(telling.changes_facts(ask, found, opened), as_json=as_json, text=lambda: text)


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
