"""What the register counts: the sector table, the cube, changes, yearly figures, strengths, offers and needs."""

from collections import Counter
from contextlib import closing
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osnowa.indicators.queries import charting, tabulation, yearly
from osnowa.indicators.queries.asked import ChangesAsk, TableAsk, year_before
from osnowa.indicators.queries.cube import REST
from osnowa.indicators.queries.dimensions import dimensions, labels
from osnowa.indicators.queries.explained import Comparison
from osnowa.indicators.queries.sector_table import Row
from osnowa.indicators.queries.strengths import MOST_OTHERS, comparable, strong_and_weak
from osnowa.kit.letterpress import HIDDEN, Part
from osnowa.register import access as register_access
from osnowa.register.models import Listing
from osnowa.register.queries.listings import TYPES
from osnowa.register.queries.region import portrait
from osnowa.reports.queries.facts.setting import addition, hiding, nothing, picture, table
from osnowa.reports.queries.subject import NOBODY, Subject
from osnowa.ui.charts import Chart, Series

_IN_CHART, _LISTED = 8, 40
#: Yearly figures of work, and of reintegration.
WORK = ("employees", "employees_fte", "employees_women", "employees_at_risk", "employees_disability")
REINTEGRATED = ("participants", "graduates", "employed_after")
#: Forms of reintegration units by country of law.
REINTEGRATION = {"PL": ("PL-WTZ", "PL-CIS", "PL-KIS", "PL-ZAZ")}


def portrait_of(subject: Subject) -> list[Part]:
    """The register in one paragraph."""
    it = subject.once("portrait", lambda: portrait(subject.frame.frame))
    if not it.total:
        return [_("The register: %(nothing)s") % {"nothing": nothing()}]
    words = {"total": it.total, "on": date_format(it.on, "DATE_FORMAT"), "before": it.before, "new": it.new, "closed": it.closed, "confirmed": it.confirmed_percent}
    return [
        _("On %(on)s the register shows %(total)s open organisations; a year before there were %(before)s (%(new)s began, %(closed)s closed). %(confirmed)s%% were confirmed within a year.") % words,
        charting.source(subject.region),
    ]


def _row(row: Row) -> list[Any]:
    return [row.label, row.change.before, row.change.new, row.change.closed, row.change.count, row.signed]


def sector_table(subject: Subject) -> list[Part]:
    """How many of each type, how that changed, who holds the status."""
    it = subject.sector_table
    days = {"on": date_format(it.on, "SHORT_DATE_FORMAT"), "against": date_format(it.against, "SHORT_DATE_FORMAT")}
    headings = (_("Type"), days["against"], _("New"), _("Closed"), days["on"], _("Difference"))
    foot = tabulation.source(it)
    parts = table("sector_table", _("Organisations by type, %(on)s against %(against)s") % days, headings, map(_row, it.rows), foot=foot, has_numbers=True)
    bars = Series(_("Organisations"), tuple(float(row.change.count) for row in it.rows))
    if it.on != subject.on:
        words = {"counted": date_format(it.on, "DATE_FORMAT"), "on": date_format(subject.on, "DATE_FORMAT")}
        parts = [_("Types and status are told for %(counted)s, the newest day on which jobs were counted; all else in this document for %(on)s.") % words, *parts]
    parts += picture(Chart("bars", _("Organisations by type"), "", tuple(row.label for row in it.rows), (bars,), charting.source(subject.region), it.on)) if it.rows else []
    if it.status:
        forms = [*map(_row, it.by_form), [_("Total"), *_row(it.status)[1:]]]
        sums = addition([row.change.count for row in it.by_form], it.status.change.count)
        parts += table("status", it.status.label, (_("Legal form"), *headings[1:]), forms, foot=sums, has_total=True, has_numbers=True)
    return parts


def jobs(subject: Subject) -> list[Part]:
    """Jobs in organisations with the status, by area, with their sum."""
    it = subject.sector_table.jobs
    if it is None or not it.cells:
        return [_("Jobs in social enterprises: %(nothing)s") % {"nothing": nothing()}]
    told = [(cell.name or _("outside every area"), cell) for cell in it.cells]
    rows = [[name, cell.organisations, HIDDEN if cell.jobs is None else cell.jobs] for name, cell in told]
    rows.append([_("Total"), it.reported, HIDDEN if it.total is None else it.total])
    sums = [cell.jobs for cell in it.cells if cell.jobs is not None]
    foot = addition(sums, it.total) if not it.hidden else hiding()
    title = _("Jobs in social enterprises by area, %(on)s") % {"on": date_format(it.on, "DATE_FORMAT")}
    bars = Series(_("Jobs"), tuple(None if cell.jobs is None else float(cell.jobs) for _name, cell in told))
    parts = table("jobs", title, (_("Area"), _("Organisations behind it"), _("Jobs")), rows, foot=foot, has_total=True)
    parts += picture(Chart("bars", title, "", tuple(name for name, _cell in told), (bars,), charting.source(subject.region), it.on))
    return [*parts, *it.notes]


def cube(subject: Subject, words: str, *, charted: bool = True, only: tuple[str, ...] = ()) -> list[Part]:
    """A table of the cube with its margins and the sum of its last column, and its chart."""
    ask = TableAsk.of(subject.divided, QueryDict(words), subject.on)
    it = ask.table(subject.frame)
    if only:
        rows = [[name, *counts] for code, name, counts in zip(it.codes, it.names, it.counts, strict=True) if code in only]
        return table(words, _("%(rows)s over time") % {"rows": it.rows.words}, (it.rows.words, *(head.words for head in it.heads)), rows)
    across = it.columns.words if it.columns else _("time")
    title = _("Organisations: %(rows)s by %(columns)s") % {"rows": _within(it.rows.words), "columns": _within(across)}
    headings = (it.rows.words, *(head.words for head in it.heads), *([_("Total")] if it.has_row_totals else []))
    rows = [
        [_("all others") if code == REST else name, *counts, *([total] if it.has_row_totals else [])]
        for code, name, counts, total in zip(it.codes, it.names, it.counts, it.row_totals, strict=True)
    ]
    total = [_("Total"), *it.column_totals, *([it.total] if it.has_row_totals else [])]
    last = list(it.row_totals) if it.has_row_totals else [row[-1] for row in it.counts]
    whole = it.total if it.has_row_totals else it.column_totals[-1]
    foot = _("One organisation may stand in several rows: they do not add up.") if it.overlaps else addition(last, whole)
    parts = table(words, title, headings, [*rows, total] if rows else [], foot=foot, has_total=True)
    return [*parts, *(picture(charting.table_chart(ask, it, "")) if charted else [])]


def _within(words: Any) -> str:
    """Words as they stand within a sentence; what is written in capitals keeps them."""
    plain = str(words)
    return plain if plain[:2].isupper() else plain[:1].lower() + plain[1:]


def changes(subject: Subject) -> list[Part]:
    """Why the count differs from a year before, form by form."""
    words = f"by=form&from={year_before(subject.on).isoformat()}&to={subject.on.isoformat()}"
    ask = ChangesAsk.of(subject.divided, QueryDict(words), subject.on)
    with closing(Comparison(*ask.sides(subject.frame.frame), ask.dimension, ask.wish)) as comparison:
        it = comparison.changes()
    headings, rows = charting.changes_sheet(it)
    headings[2], headings[-2] = (date_format(day, "SHORT_DATE_FORMAT") for day in (it.start.on, it.end.on))
    parts = table("changes", _("What changed in a year, and why"), [headings[0], *headings[2:]], [[row[0], *row[2:]] for row in rows] if it.lines else [], has_total=True)
    return [*parts, *picture(charting.waterfall(ask, _("all organisations"), it.total) if it.lines else None)]


def figures(subject: Subject, *measures: str) -> list[Part]:
    """Yearly figures by legal form; what would tell of too few stays hidden, as on the pages."""
    parts: list[Part] = []
    for measure in measures:
        dimension = dimensions(subject.divided)["form"]
        it = subject.once(f"yearly {measure}", lambda dimension=dimension, measure=measure: yearly.yearly(subject.whole, dimension, measure))  # type: ignore[misc]
        if any(cell.told for cell in it.totals):
            parts += _yearly(subject, it, dimension)
    return parts or [_("Yearly figures: %(nothing)s") % {"nothing": nothing()}]


def _yearly(subject: Subject, it: yearly.Yearly, dimension: Any) -> list[Part]:
    def cells(row: tuple[yearly.Cell, ...]) -> list[Any]:
        return [HIDDEN if cell.is_hidden else cell.value for cell in row]

    names = labels(subject.region, dimension, it.codes)
    rows = [[names[code], *cells(row)] for code, row in zip(it.codes, it.cells, strict=True)]
    told = [cell.told for cell in it.totals]
    foot = " ".join(filter(None, [
        _("Told by (organisations a year): %(told)s.") % {"told": ", ".join(map(str, told))},
        hiding() if it.hidden else "", charting.rounding() if it.decimals else "", _cross_foot(it),
    ]))  # fmt: skip
    unit = subject.region.currency if it.measure == yearly.MONEY else ""
    title = yearly.label(it.measure) + (f", {unit}" if unit else "")
    parts = table(f"yearly {it.measure}", title, (_("Legal form"), *it.years), [*rows, [_("Total"), *cells(it.totals)]], foot=foot, has_total=True)
    return [*parts, *picture(charting.figures_chart(subject.region, it, unit))]


def _cross_foot(it: yearly.Yearly) -> str:
    """The newest year as an addition, where nothing of it is hidden and the parts are whole."""
    parts = [row[-1].value for row in it.cells if row[-1].told]
    if it.decimals or any(row[-1].is_hidden for row in it.cells) or it.totals[-1].value is None or len(parts) > 12:
        return ""
    return f"{it.years[-1]}: " + addition([int(part or 0) for part in parts], int(it.totals[-1].value))


def revenue(subject: Subject) -> list[Part]:
    """Where the money comes from."""
    dimension = dimensions(subject.divided)["form"]
    it = yearly.mix(subject.whole, dimension)
    if it is None:
        return [_("Revenue by source: %(nothing)s") % {"nothing": nothing()}]

    def cell(share: float | None) -> Any:
        return HIDDEN if share is None else round(share, 1)

    rows = [[name, *map(cell, shares)] for name, shares in zip((*it.names, _("All")), it.shares, strict=True)]
    title = _("Revenue by source in %(year)s, per cent") % {"year": it.year}
    foot = hiding() if any(HIDDEN in row for row in rows) else ""
    parts = table("revenue", title, (_("Legal form"), *map(yearly.label, it.parts)), rows, foot=foot, has_total=True)
    return [*parts, *picture(charting.mix_chart(subject.region, it))]


def reintegration(subject: Subject) -> list[Part]:
    """Units of reintegration over the years, and who took part in them."""
    forms = REINTEGRATION.get(subject.region.jurisdiction, ())
    parts = cube(subject, "rows=form&columns=years", only=forms) if forms else []
    return [*parts, *figures(subject, *REINTEGRATED)]


def strong_in(subject: Subject) -> list[Part]:
    """What the region is certainly strong in, against the other regions of the instance."""
    others = comparable(subject.region)[:MOST_OTHERS]
    own = strong_and_weak(subject.divided, subject.frame, others, "service", subject.on, NOBODY)
    if not own:
        return [_("Strengths: %(nothing)s") % {"nothing": _("there is no region to compare with.")}]
    shown = own[:_IN_CHART]
    title = _("How many times as common as in all compared regions together")
    source = _("Counted from the registers of %(regions)s.") % {"regions": ", ".join(map(str, (subject.region, *others)))}
    marks = tuple("own" if one.verdict == "strong" else "" for one in shown)
    bars = Series(_("Cautious location quotient"), tuple(round(one.cautious, 2) for one in shown), marks)
    rows = [[one.name, one.organisations, round(one.plain, 2), round(one.low, 2), round(one.high, 2)] for one in own]
    headings = (_("Service"), _("Organisations"), _("Location quotient"), _("from (95 %)"), _("to (95 %)"))
    parts = table("strengths", _("Services: how common compared with elsewhere"), headings, rows, foot=source)
    return [*parts, *picture(Chart("bars", title, "×", tuple(one.name for one in shown), (bars,), source, subject.on))]


def needs_and_offers(subject: Subject) -> list[Part]:
    """Public offers, needs and resources by type: where there is more wanted than offered, and the other way about."""
    rows = Listing.objects.filter(organisation__in=register_access.visible(NOBODY, subject.region), visibility="public")
    alive = rows.filter(Q(until_on__isnull=True) | Q(until_on__gte=subject.on)).order_by()
    everything = Counter(alive.values_list("kind", "type_code"))
    parts: list[Part] = []
    for kind, title in ((Listing.Kind.OFFER, _("Offers")), (Listing.Kind.NEED, _("Needs")), (Listing.Kind.RESOURCE, _("Resources to share"))):
        counted = Counter({code: n for (of, code), n in everything.items() if of == kind})
        body: list[list[Any]] = [[TYPES[kind].label(code), n] for code, n in sorted(counted.items(), key=lambda one: (-one[1], one[0]))[:_LISTED]]
        total = [[_("Total"), sum(counted.values())]] if body else []
        bars = Series(title, tuple(float(n) for _name, n in body[:_IN_CHART]))
        parts += picture(Chart("bars", title, "", tuple(name for name, _n in body[:_IN_CHART]), (bars,), charting.source(subject.region), subject.on) if body else None)
        parts += table(f"listings {kind}", title, (_("Kind"), _("How many")), [*body, *total], foot=addition([n for _name, n in body], sum(counted.values())), has_total=True)
    return parts


def has_areas(subject: Subject) -> bool:
    """Whether the region has a division of its own."""
    return "area" in dimensions(subject.divided)


def by_area(subject: Subject) -> list[Part]:
    """Sectors by the region's own areas, else by NUTS 3."""
    rows = "area" if has_areas(subject) else "nuts3"
    return cube(subject, f"rows={rows}&columns=sector")
