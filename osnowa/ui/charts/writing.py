"""A drawn chart on a page (with its legend, table, source and links) and as a file that stands alone."""

from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.utils.formats import date_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from osnowa.ui.charts.drawing import NARROW, WIDE, draw
from osnowa.ui.charts.lines import has_end_labels
from osnowa.ui.charts.measures import cut, decimals_of, number, width_of, wrapped
from osnowa.ui.charts.pen import FONT, Drawing, knot, tone, weave, written
from osnowa.ui.charts.radar import threads_of
from osnowa.ui.charts.rows import floor_of
from osnowa.ui.charts.specification import Chart, table

_MARGIN = 16.0


def figure(it: Chart, *, svg_url: str = "", xlsx_url: str = "") -> dict[str, Any]:
    """What the template of a chart on a page needs."""
    headings, rows = table(it)
    links = it.links or ("",) * len(rows)
    decimals = decimals_of(it.known) if it.known else 0
    return {
        "chart": it,
        "drawings": [(size, _page_svg(it, width, size)) for size, width in (("wide", WIDE), ("narrow", NARROW))],
        "legend": _legend(it),
        "legend_is_for_phones": it.kind == "lines" and has_end_labels(it, WIDE),
        "headings": headings,
        "rows": [(row[0], link, [_cell(value, decimals, it.unit) for value in row[1:]]) for row, link in zip(rows, links, strict=True)],
        "notes": _notes(it),
        "svg_url": svg_url,
        "xlsx_url": xlsx_url,
    }


def _cell(value: Any, decimals: int, unit: str) -> tuple[str, bool]:
    """A cell of the table in words, and whether it is a number."""
    if value is None:
        return _("no data"), False
    return (value, False) if isinstance(value, str) else (number(value, decimals, unit), True)


def _name(it: Chart) -> str:
    """A word for the ids of a chart: the same for the same chart."""
    return "c" + sha256(repr((it.kind, it.title, it.categories, it.series)).encode()).hexdigest()[:8]


def described(it: Chart) -> str:
    """What the picture shows, for those who do not see it."""
    if not it.known:
        return _("There is no data.")
    every = [(value, category) for series in it.series for value, category in zip(series.values, it.categories, strict=True) if value is not None]
    (low, lowest), (high, highest), decimals = min(every), max(every), decimals_of(it.known)
    if len(every) == 1:
        return _("One value: %(name)s, %(value)s.") % {"name": highest, "value": number(high, decimals, it.unit)}
    return _("The highest value: %(high)s, %(highest)s. The lowest: %(low)s, %(lowest)s. The table says the same in words.") % {
        "high": highest, "highest": number(high, decimals, it.unit), "low": lowest, "lowest": number(low, decimals, it.unit)
    }  # fmt: skip


def _page_svg(it: Chart, width: float, size: str) -> SafeString:
    sheet, name = draw(it, width), f"{_name(it)}-{size}"
    return mark_safe(  # every word in it is escaped by the pen or here
        f'<svg class="{size}" viewBox="0 0 {sheet.width:g} {sheet.height:g}" role="img" aria-labelledby="{name}-t {name}-d" focusable="false">'
        f'<title id="{name}-t">{conditional_escape(it.title)}</title><desc id="{name}-d">{conditional_escape(described(it))}</desc>'
        f"{written(sheet.shapes, name)}</svg>"
    )


def _key(it: Chart, order: int, x: float = 0, y: float = 0) -> Drawing:
    """The small picture of a series in a legend."""
    sheet = Drawing(16, 16)
    if it.kind == "radar":
        return _key_of_web(it, order, x, y)
    if it.kind == "lines":
        sheet.path(f"{tone(order)} thread", f"M{x:g} {y + 8:g}h16")
        sheet.path(f"{tone(order)} knot", knot(x + 8, y + 8, order))
    else:
        sheet.rect(f"{tone(order)} area", x, y, 16, 16)
        if weave(order):
            sheet.rect(f"weave-{weave(order)}", x, y, 16, 16)
    return sheet


def _key_of_web(it: Chart, order: int, x: float, y: float) -> Drawing:
    sheet, role = Drawing(16, 16), it.series[order].mark(0)
    if role:
        look = {"ghost": "ghost", "target": "goal"}.get(role, "band")
        sheet.path(look, f"M{x:g} {y + 8:g}h16" if role == "target" else f"M{x:g} {y:g}h16v16h-16Z")
        return sheet
    place = next(place for place, series in threads_of(it) if series is it.series[order])
    sheet.path(f"{tone(place)} dash-{place % 6} thread", f"M{x:g} {y + 8:g}h16")
    sheet.path(f"{tone(place)} knot", knot(x + 8, y + 8, place))
    return sheet


def _legend(it: Chart) -> list[tuple[SafeString, str]]:
    """Pictures and names of the series, where there are several to tell apart."""
    if it.kind in ("dots", "waterfall") or len(it.series) < 2 or not it.known:
        return []
    name = _name(it)
    return [
        (mark_safe(f'<svg class="key" viewBox="0 0 16 16" aria-hidden="true" focusable="false">{written(_key(it, order).shapes, f"{name}-k{order}")}</svg>'), series.name)
        for order, series in enumerate(it.series)
    ]  # fmt: skip


def _notes(it: Chart) -> list[str]:
    """The lines beneath: how to read it, where it is from, as of when."""
    notes = [it.note] if it.note else []
    if it.has_breaks:
        notes.append(_("A dashed line is a break: the periods before and after it cannot be compared."))
    if floor := floor_of(it):
        notes.append(_("The bars begin at %(number)s, not at nought, so that small steps can be seen.") % {"number": number(floor)})
    source = _("Source: %(source)s") % {"source": it.source} if it.source else ""
    state = _("State on %(day)s") % {"day": _day(it.as_of)} if it.as_of else ""
    return [*notes, *filter(None, [" · ".join(filter(None, [source, state]))])]


def _day(moment: date | datetime | str) -> str:
    if isinstance(moment, str):
        return moment
    return date_format(localtime(moment) if isinstance(moment, datetime) else moment, "DATE_FORMAT")


def svg(it: Chart) -> str:
    """A file of its own: title, unit, drawing, legend, notes and source on paper, in the colours of the day."""
    name, body, head = _name(it), draw(it, WIDE), Drawing(WIDE)
    y = 6.0
    for line in wrapped(it.title, 19, WIDE, 3):
        y += 23
        head.words("value", 0, y, line, size=19)
    if it.unit and it.unit != "%":
        y += 20
        head.words("faint", 0, y, it.unit)
    top = y + 16
    foot = _foot(it, top + body.height + 12)
    height = foot.height + _MARGIN
    parts = f'{written(head.shapes, name, plain=True)}<g transform="translate(0 {top:g})">{written(body.shapes, name, plain=True)}</g>'
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDE + 2 * _MARGIN:g}" height="{height:g}" viewBox="0 0 {WIDE + 2 * _MARGIN:g} {height:g}" '
        f'font-family="{FONT}" role="img" aria-labelledby="{name}-t {name}-d"><title id="{name}-t">{conditional_escape(it.title)}</title>'
        f'<desc id="{name}-d">{conditional_escape(described(it))}</desc><rect width="100%" height="100%" fill="#fffbf2"/>'
        f'<g transform="translate({_MARGIN:g} 4)">{parts}{written(foot.shapes, f"{name}-f", plain=True)}</g></svg>\n'
    )


def _foot(it: Chart, y: float) -> Drawing:
    """Legend and notes beneath a drawing that stands alone."""
    foot, x = Drawing(WIDE), 0.0
    for order, (_picture, words) in enumerate(_legend(it)):
        wide = 24 + width_of(words, 14)
        if x and x + wide > WIDE:
            x, y = 0.0, y + 22
        foot.shapes += _key(it, order, x, y).shapes
        foot.words("label", x + 22, y + 13, cut(words, 14, WIDE - 24))
        x += wide + 18
    y += 30 if x else 0
    for note in _notes(it):
        for line in wrapped(note, 13, WIDE, 4):
            y += 17
            foot.words("faint", 0, y, line, size=13)
    foot.height = y + 6
    return foot
