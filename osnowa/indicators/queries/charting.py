"""Tables of statistics as charts and as sheets to take along."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osnowa.compute.explaining import Cause, Explained
from osnowa.indicators.queries import yearly
from osnowa.indicators.queries.asked import ChangesAsk, TableAsk, directory_words
from osnowa.indicators.queries.behind import CAUSES, Opened
from osnowa.indicators.queries.cube import REST, Table
from osnowa.indicators.queries.explained import Changes
from osnowa.places.models import Region
from osnowa.ui.charts import Chart, Series
from osnowa.ui.charts.specification import BREAK, LEVEL

#: No chart has more rows or lines than this.
_BARS, _LINES = 15, 6
Sheet = tuple[list[str], list[list[Any]]]


def source(region: Region) -> str:
    """Where the numbers come from; an invented region says so."""
    words = {"region": region}
    if region.is_invented:
        return _("Counted from the register of %(region)s, an invented sample.") % words
    return _("Counted from the register of %(region)s.") % words


def table_chart(ask: TableAsk, it: Table, directory: str) -> Chart | None:
    """A table as bars of shares, or as lines over its days."""
    if not it.codes:
        return None
    if it.columns is None:
        lines = list(zip(it.names, it.counts, strict=True))[:_LINES]
        series = tuple(Series(name, tuple(float(n) for n in counts)) for name, counts in lines)
        title = _("%(rows)s over time") % {"rows": it.rows.words}
        return Chart("lines", title, "", tuple(date_format(head.on, "SHORT_DATE_FORMAT") for head in it.heads), series, source(ask.region), ask.on)
    links = tuple(_link(directory, directory_words(ask.wish, ask.on, (it.rows, code))) for code in it.codes[:_BARS])
    title = _("Organisations: %(rows)s") % {"rows": it.rows.words}
    values = tuple(float(n) for n in it.row_totals[:_BARS])
    return Chart("bars", title, "", it.names[:_BARS], (Series(_("Organisations"), values),), source(ask.region), ask.on, links=links)


def _link(address: str, words: str | None) -> str:
    return f"{address}?{words}" if words is not None else ""


def waterfall(ask: ChangesAsk, name: str, it: Explained) -> Chart:
    """From the count on one day by its causes to the count on the other."""
    days = {"start": date_format(ask.start, "SHORT_DATE_FORMAT"), "end": date_format(ask.end, "SHORT_DATE_FORMAT")}
    steps = (it.before, *(it.net(cause) for cause in Cause), it.after)
    words = (days["start"], *(str(CAUSES[cause]) for cause in Cause), days["end"])
    links = ("", *(f"?{ask.words(**_cell(ask), cause=cause.value)}#behind" if it.moves(cause) else "" for cause in Cause), "")
    series = (Series(_("Organisations"), tuple(float(n) for n in steps), (LEVEL, *("" for _cause in Cause), LEVEL)),)
    title = _("Organisations on both days, and what lies between: %(name)s") % {"name": name}
    return Chart("waterfall", title, "", words, series, source(ask.region), ask.end, links=links)


def _cell(ask: ChangesAsk) -> dict[str, str]:
    return {"cell": ask.cell} if ask.cell is not None else {"whole": "1"}


def figures_chart(region: Region, it: yearly.Yearly, unit: str) -> Chart | None:
    """The whole of each year as a line, broken where much fewer or many more told."""
    if len(it.years) < 2:
        return None
    marks = tuple(BREAK if is_broken else "" for is_broken in it.breaks)
    values = tuple(cell.value for cell in it.totals)
    series = (Series(yearly.label(it.measure), values, marks),)
    return Chart("lines", yearly.label(it.measure), unit, tuple(str(year) for year in it.years), series, source(region), str(it.years[-1]))


def mix_chart(region: Region, it: yearly.Mix) -> Chart:
    """Where the money comes from: shares of each source, the whole first."""
    order = [len(it.codes), *range(len(it.codes))][:_BARS]
    names = (*it.names, _("All"))
    series = tuple(Series(yearly.label(part), tuple(it.shares[row][place] for row in order)) for place, part in enumerate(it.parts))
    return Chart("stacked", _("Revenue by source"), "%", tuple(names[row] for row in order), series, source(region), str(it.year))


def table_sheet(it: Table) -> Sheet:
    """The table with its margins."""
    headings = [str(it.rows.words), _("Code"), *(head.words for head in it.heads), *([_("Total")] if it.has_row_totals else [])]
    lines: list[list[Any]] = []
    for code, name, counts, total in zip(it.codes, it.names, it.counts, it.row_totals, strict=True):
        lines.append([_("all others") if code == REST else name, code, *counts, *([total] if it.has_row_totals else [])])
    lines.append([_("Total"), "", *it.column_totals, *([it.total] if it.has_row_totals else [])])
    return headings, lines


def changes_sheet(it: Changes) -> Sheet:
    """Every row with its causes."""
    headings = [str(it.dimension.words), _("Code"), str(it.start.on), *(str(CAUSES[cause]) for cause in Cause), str(it.end.on), _("Difference")]

    def line(name: str, code: str, one: Explained) -> list[Any]:
        return [name, code, one.before, *(one.net(cause) for cause in Cause), one.after, one.change]

    return headings, [*(line(one.name, one.code, one.change) for one in it.lines), line(_("All together"), "", it.total)]


def behind_sheet(it: Opened) -> Sheet:
    """The organisations behind a change, as far as they may be named."""
    headings = [_("Organisation"), _("Cause"), _("Change"), _("Why")]
    lines = [[one.organisation.legal_name, one.cause, 1 if one.crossed.came else -1, one.why] for one in it.seen]
    return headings, [*lines, *([[_("not public"), "", "", it.unseen]] if it.unseen else [])]


def rounding() -> str:
    """Why rounded parts may not add up to their total."""
    return _("Every number is rounded to one decimal after adding up: rounded parts may differ from their total in the last digit.")


def figures_sheet(it: yearly.Yearly) -> Sheet:
    """Each year's sum, and of how many organisations it is known."""
    headings = [str(it.dimension.words), _("Code")]
    for year in it.years:
        headings += [f"{year}", _("%(year)s: told") % {"year": year}, _("%(year)s: of") % {"year": year}]

    def line(name: str, code: str, cells: tuple[yearly.Cell, ...]) -> list[Any]:
        found: list[Any] = [name, code]
        for cell in cells:
            found += [_("not shown") if cell.is_hidden else cell.value, cell.told, cell.of]
        return found

    lines = [line(name, code, cells) for name, code, cells in zip(it.names, it.codes, it.cells, strict=True)]
    return headings, [*lines, line(_("Total"), "", it.totals)]


def about(region: Region, address: str, taken_on: date, *notes: tuple[str, Any]) -> Sheet:
    """Where a sheet comes from and what its numbers mean."""
    rows: list[list[Any]] = [[_("Region"), str(region)], [_("Source"), source(region)], [_("Taken on"), taken_on], [_("Address"), address]]
    return [], [*rows, [_("Counted"), _("An organisation is counted on a day when it had begun and not ended.")], *map(list, notes)]
