"""The spider web: an axis a dimension, a thread a series; what is hoped for and what was before lie beneath."""

import math
from dataclasses import dataclass

from osnowa.ui.charts.measures import cut, decimals_of, number, steps, width_of, wrapped
from osnowa.ui.charts.pen import Drawing, knot, tone
from osnowa.ui.charts.rows import bars
from osnowa.ui.charts.specification import GHOST, HIGH, LOW, TARGET, Chart, Series

_SIZE, _LEADING, _GAP = 14.0, 17.0, 14.0
#: Below this width axes are numbered, and the names stand beneath.
_ROOMY = 480
#: How far apart marks lie that would cover one another.
_SWAY = 9.0


@dataclass(frozen=True)
class _Web:
    """Where things lie: the middle, how far the axes reach, and the highest step."""

    x: float
    y: float
    radius: float
    top: float
    axes: int

    def at(self, axis: int, value: float, sideways: float = 0.0) -> tuple[float, float]:
        angle = 2 * math.pi * axis / self.axes
        far = self.radius * value / self.top
        return self.x + far * math.sin(angle) + sideways * math.cos(angle), self.y - far * math.cos(angle) + sideways * math.sin(angle)

    def round(self, values: tuple[float | None, ...]) -> str:
        """The path through the values; open where one is missing."""
        parts, is_drawing, is_whole = [], False, all(value is not None for value in values)
        places = range(self.axes) if is_whole else range(self.axes + 1)
        for place in places:
            value = values[place % self.axes]
            if value is not None:
                x, y = self.at(place % self.axes, value)
                parts.append(f"{'L' if is_drawing else 'M'}{x:.1f} {y:.1f}")
            is_drawing = value is not None
        return "".join(parts) + ("Z" if is_whole else "")


def radar(it: Chart, width: float) -> Drawing:
    """Fewer than three dimensions make no web; they are drawn as bars."""
    if len(it.categories) < 3:
        return bars(it, width)
    sheet = Drawing(width)
    web = _web(it, width)
    _ground(sheet, it, web, width)
    _beneath(sheet, it, web)
    _threads(sheet, it, web)
    _rungs(sheet, it, web)
    sheet.height = web.y + web.radius + _foot(it, width)
    if width < _ROOMY:
        _names(sheet, it, width)
    return sheet


def _web(it: Chart, width: float) -> _Web:
    top = it.top or steps(0, max(it.known))[-1]
    radius = min(width * 0.27, 190) if width >= _ROOMY else width / 2 - 26
    head = _GAP + _LEADING * (2 if width >= _ROOMY else 1)
    return _Web(width / 2, head + radius, radius, top, len(it.categories))


def _foot(it: Chart, width: float) -> float:
    return _GAP + _LEADING * (2 if width >= _ROOMY else 1)


def _ground(sheet: Drawing, it: Chart, web: _Web, width: float) -> None:
    for step in _steps(web):
        sheet.path("ring", web.round((step,) * web.axes))
    for axis, name in enumerate(it.categories):
        x, y = web.at(axis, web.top)
        sheet.line("rule", web.x, web.y, x, y)
        _label(sheet, web, axis, name if width >= _ROOMY else str(axis + 1), width)


def _steps(web: _Web) -> list[float]:
    return [float(step) for step in range(1, int(web.top) + 1)] if web.top <= 10 else steps(0, web.top)[1:]


def _label(sheet: Drawing, web: _Web, axis: int, words: str, width: float) -> None:
    x, y = web.at(axis, web.top + web.top * _GAP / web.radius)
    angle = 2 * math.pi * axis / web.axes
    side = 0 if abs(math.sin(angle)) < 0.1 else math.copysign(1, math.sin(angle))
    room = width * 0.6 if not side else (width - x if side > 0 else x) - 4
    lines = wrapped(words, _SIZE, room, 2 if not side else 3)
    lift = (1 - math.cos(angle)) / 2 if side else (1.0 if math.cos(angle) < 0 else 0.0)
    first = y + _LEADING * (lift - 0.25) - _LEADING * (len(lines) - 1) * (1 - lift)
    anchor = "middle" if not side else "start" if side > 0 else "end"
    for order, line in enumerate(lines):
        sheet.words("label", x, first + order * _LEADING, line, anchor, _SIZE)


def _role(series: Series) -> str:
    return series.mark(0)


def _beneath(sheet: Drawing, it: Chart, web: _Web) -> None:
    """What was before, where the middle half of the voices lies, and the target."""
    low = next((one for one in it.series if _role(one) == LOW), None)
    high = next((one for one in it.series if _role(one) == HIGH), None)
    if low and high and None not in (*low.values, *high.values):
        sheet.path("band", web.round(high.values) + web.round(low.values), f"{low.name} – {high.name}")
    for series in it.series:
        if _role(series) in (GHOST, TARGET):
            sheet.path("ghost" if _role(series) == GHOST else "goal", web.round(series.values), series.name)


def threads_of(it: Chart) -> list[tuple[int, Series]]:
    """The series drawn as threads, each with its place among them (its colour, dash and knot)."""
    return list(enumerate(series for series in it.series if not _role(series)))


def _threads(sheet: Drawing, it: Chart, web: _Web) -> None:
    decimals, threads = decimals_of(it.known), threads_of(it)
    for order, series in threads:
        sheet.path(f"{tone(order)} dash-{order % 6} thread", web.round(series.values))
    for axis, name in enumerate(it.categories):
        for order, series in threads:
            value = series.values[axis]
            if value is None:
                continue
            alike = [place for place, other in threads if other.values[axis] == value]
            sideways = (alike.index(order) - (len(alike) - 1) / 2) * _SWAY
            hint = f"{series.name}, {name}: {number(value, decimals, it.unit)}"
            sheet.path(f"{tone(order)} knot", knot(*web.at(axis, value, sideways), order, 5), hint)


def _rungs(sheet: Drawing, it: Chart, web: _Web) -> None:
    """The steps, beside the first axis."""
    for step in _steps(web):
        x, y = web.at(0, step)
        words = number(step)
        sheet.rect("plate", x - width_of(words, 12) - 8, y - 7, width_of(words, 12) + 4, 14)
        sheet.words("faint", x - 6, y + 4, words, "end", 12)


def _names(sheet: Drawing, it: Chart, width: float) -> None:
    """The names of the numbered axes."""
    y = sheet.height + 6
    for order, name in enumerate(it.categories, start=1):
        sheet.words("value", 20, y + 12, f"{order}", "end", _SIZE)
        sheet.words("label", 28, y + 12, cut(name, _SIZE, width - 28), "start", _SIZE)
        y += _LEADING + 2
    sheet.height = y + 4
