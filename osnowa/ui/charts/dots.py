"""Strips of dots: where one stands among many; the marked one is large and named."""

from collections.abc import Callable

from osnowa.ui.charts.measures import cut, decimals_of, number, steps, width_of, wrapped
from osnowa.ui.charts.pen import Drawing, knot
from osnowa.ui.charts.specification import Chart, Series

_SIZE, _SMALL, _LEADING, _STRIP = 14.0, 13.0, 17.0, 30.0
#: How far dots lie beside the middle of their strip, by turns, so that equal ones are told apart.
_SWAY = (0.0, -5.0, 5.0, -9.0, 9.0)


def dots(it: Chart, width: float) -> Drawing:
    """A strip a series on one common scale; every category a dot, marked ones named with their number."""
    sheet, scale = Drawing(width), steps(min(it.known), max(it.known))
    said = [number(one, decimals_of(scale), it.unit) for one in scale]
    margin = max(width_of(words, _SMALL) for words in said) / 2 + 8

    def x(value: float) -> float:
        return margin + (value - scale[0]) / (scale[-1] - scale[0]) * (width - 2 * margin)

    y = 4.0
    for series in it.series:
        y = _strip(sheet, it, series, x, y)
    for place, (one, words) in enumerate(zip(scale, said, strict=True)):
        sheet.line("rule", x(one), y - 4, x(one), y + 4)
        if width >= 500 or place in (0, len(scale) - 1):
            sheet.words("faint", x(one), y + 20, words, "middle", _SMALL)
    sheet.line("axis", margin, y, width - margin, y)
    sheet.height = y + 28
    return sheet


def _strip(sheet: Drawing, it: Chart, series: Series, x: Callable[[float], float], y: float) -> float:
    """One strip: its name, the marked ones in words, all dots; answers where the next begins."""
    decimals = decimals_of(it.known)
    if len(it.series) > 1:
        for line in wrapped(series.name, _SIZE, sheet.width, 2):
            sheet.words("label", 0, y + 13, line)
            y += _LEADING
    own = [place for place, value in enumerate(series.values) if value is not None and series.mark(place)]
    middle = y + _LEADING * len(own) + _STRIP / 2 + 2
    sheet.line("rule", x(min(it.known)), middle, x(max(it.known)), middle)
    for place, value in enumerate(series.values):
        if value is not None and place not in own:
            hint = f"{it.categories[place]}: {number(value, decimals, it.unit)}"
            sheet.path("dot", knot(x(value), middle + _SWAY[place % len(_SWAY)], 0, 4), hint)
    for order, place in enumerate(own):
        at, words = x(series.values[place] or 0.0), _words(it, series, place, decimals)
        top = y + _LEADING * order
        sheet.line("axis", at, top + _LEADING, at, middle)
        sheet.path("tone-3 knot", knot(at, middle, 2, 7), words)
        shown = cut(words, _SIZE, sheet.width)
        half = width_of(shown, _SIZE) / 2
        sheet.words("value", min(max(at, half), sheet.width - half), top + 13, shown, "middle", _SIZE)
    return middle + _STRIP / 2 + 8


def _words(it: Chart, series: Series, place: int, decimals: int) -> str:
    return f"{it.categories[place]}: {number(series.values[place] or 0.0, decimals, it.unit)}"
