"""Results of rounds as charts and as tables to take along."""

from typing import Any

from django.utils.translation import gettext as _

from osnowa.assessments.models import Round
from osnowa.assessments.queries.results import Results, Row, sector_name
from osnowa.ui.charts import Chart, Series
from osnowa.ui.charts.specification import GHOST, HIGH, LOW, TARGET

Values = tuple[float | None, ...]


def _series(name: str, values: Values, role: str = "") -> list[Series]:
    """The series, where it has any value."""
    return [Series(name, values, (role,) if role else ())] if any(value is not None for value in values) else []


def _chart(it: Results, title: str, series: list[Series]) -> Chart:
    names = tuple(row.dimension.name for row in it.rows)
    source = _("%(round)s, %(instrument)s %(version)s, medians") % {"round": it.round.title, "instrument": it.definition.title, "version": it.definition.version}
    return Chart("radar", title, "", names, tuple(series), source, it.round.closed_at, top=float(it.definition.scale.most))


def web(it: Results, *, with_sectors: bool = True) -> Chart:
    """The spider web of a round: everybody, sectors, target, and the ghost of the round before."""
    rows = it.rows
    series = _series(_("The round before"), tuple(row.before for row in rows), GHOST) + _series(_("Target"), tuple(row.target for row in rows), TARGET)
    series += _series(_("Everybody"), tuple(row.level for row in rows))
    if with_sectors:
        for code in it.sectors:
            series += _series(sector_name(code), tuple(line.median if (line := row.sector(code)) else None for row in rows))
    return _chart(it, it.round.subject or it.round.title, series)


def live_web(it: Results) -> Chart:
    """The web on the wall: everybody's median, and where the middle half of the voices lies."""
    whole = [row.told.whole for row in it.rows]
    series = _series(_("Lower quartile"), tuple(line.low if line else None for line in whole), LOW)
    series += _series(_("Upper quartile"), tuple(line.high if line else None for line in whole), HIGH)
    series += _series(_("The round before"), tuple(row.before for row in it.rows), GHOST)
    return _chart(it, it.round.subject or it.round.title, series + _series(_("Everybody"), tuple(row.level for row in it.rows)))


def small_webs(it: Results) -> list[Chart]:
    """A web a sector, each beside everybody."""
    everybody = _series(_("Everybody"), tuple(row.level for row in it.rows), GHOST)
    found = []
    for code in it.sectors:
        values = tuple(line.median if (line := row.sector(code)) else None for row in it.rows)
        found.append(_chart(it, sector_name(code), everybody + _series(sector_name(code), values)))
    return found


def comparison(many: list[Results]) -> Chart:
    """Several rounds of one instrument in one web, the oldest first."""
    names = {row.item.code: row.dimension.name for it in many for row in it.rows}
    series = []
    for it in many:
        found = {row.item.code: row.level for row in it.rows}
        series += _series(it.round.title, tuple(found.get(code) for code in names))
    top = max(float(it.definition.scale.most) for it in many)
    return Chart("radar", _("Rounds compared"), "", tuple(names.values()), tuple(series), _("Medians of all answers"), top=top)


def sheets(it: Results) -> dict[str, tuple[list[str], list[list[Any]]]]:
    """All figures as sheets of a workbook: dimensions, sectors, who answered."""
    return {_("Results"): _dimensions(it), _("Sectors"): _sectors(it), _("Answers"): _answered(it)}


def _dimensions(it: Results) -> tuple[list[str], list[list[Any]]]:
    headings = [
        _("Code"), _("Dimension"), _("Median"), _("Lower quartile"), _("Upper quartile"), _("Distance of quartiles"), _("Agreement (A)"), _("Answers"), _("No answer"),
        _("To discuss"), _("Divergence of sectors"), _("Importance"), _("Target"), _("Gap"), _("Priority"), _("The round before"), _("Agreed level"), _("Agreed target"), _("Why"),
    ]  # fmt: skip
    return headings, [_dimension(row) for row in (*it.rows, *it.others)]


def _dimension(row: Row) -> list[Any]:
    line, agreed = row.told.whole, row.agreed
    figures = [line.median, line.low, line.high, line.spread, line.agreement, line.n] if line else [None] * 6
    noted = [agreed.level, agreed.target, agreed.reason] if agreed else [None] * 3
    told = [_("yes") if row.is_to_discuss else _("no"), row.told.divergence, row.importance, row.target, row.gap, row.priority, row.before]
    return [row.item.code, row.name, *figures, row.no_answers, *told, *noted]


def _sectors(it: Results) -> tuple[list[str], list[list[Any]]]:
    headings = [_("Code"), _("Dimension"), _("Sector"), _("Median"), _("Lower quartile"), _("Upper quartile"), _("Agreement (A)"), _("Answers")]
    rows: list[list[Any]] = []
    for row in (*it.rows, *it.others):
        lines = [(sector_name(code), line) for code, line in row.told.sectors.items()] + ([(_("the others together"), row.told.rest)] if row.told.rest else [])
        rows += [[row.item.code, row.name, name, line.median, line.low, line.high, line.agreement, line.n] for name, line in lines]
    return headings, rows


def _answered(it: Results) -> tuple[list[str], list[list[Any]]]:
    rows = [[name, rate.asked or None, rate.answered, rate.share, rate.margin] for _code, name, rate in it.tracker]
    return [_("Sector"), _("Were asked"), _("Answered"), _("Rate"), _("Margin of error (95 %)")], rows


def rounds_before(round_: Round) -> list[Round]:
    """The chain of rounds that came before, the oldest first."""
    chain: list[Round] = []
    one = round_.before
    while one and one not in chain:
        chain.insert(0, one)
        one = one.before
    return chain
