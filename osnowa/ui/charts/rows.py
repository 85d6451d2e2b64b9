"""Charts of rows: bars, shares of a whole, and a waterfall of steps; names stand in full before their bar."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from osnowa.ui.charts.measures import decimals_of, number, width_of, wrapped
from osnowa.ui.charts.pen import Drawing, tone, weave
from osnowa.ui.charts.specification import LEVEL, Chart

SIZE, LEADING = 14.0, 17.0
#: Below this width names stand above their bars.
_ROOMY = 500
_BESIDE = 0.36
_GAP = 6.0


@dataclass
class _Rows:
    """The sheet of a chart of rows, filled from above."""

    sheet: Drawing
    left: float
    right: float
    y: float = 4.0
    #: From where to where the bars of each row reach.
    spans: list[tuple[float, float]] = field(default_factory=list)

    @classmethod
    def of(cls, width: float, left: float = 0, right: float = 0) -> "_Rows":
        """Room for names, then for what stands at the left and right ends of bars."""
        names = width * _BESIDE if width >= _ROOMY else 0
        return cls(Drawing(width), names + left, width - right)

    @property
    def is_roomy(self) -> bool:
        return self.sheet.width >= _ROOMY

    def row(self, name: str, height: float) -> float:
        """Writes a name and makes room for its bars; answers where they begin."""
        room = self.sheet.width * _BESIDE - 14 if self.is_roomy else self.sheet.width
        lines = wrapped(name, SIZE, room, 3)
        block = len(lines) * LEADING
        if not self.is_roomy:
            top, words = self.y + block + 3, self.y
            self.y = top + height + 12
        else:
            whole = max(block, height)
            top, words = self.y + (whole - height) / 2, self.y + (whole - block) / 2
            self.y += whole + 9
        self.spans.append((top, top + height))
        for place, line in enumerate(lines):
            self.sheet.words("label", 0, words + place * LEADING + 13, line)
        return top

    def axis(self, x: float) -> None:
        """The line of zero: one for all rows, or one a row where names stand between them."""
        spans = [(0, self.y - 6)] if self.is_roomy else self.spans
        for top, floor in spans:
            self.sheet.line("axis", x, top, x, floor)

    def done(self) -> Drawing:
        self.sheet.height = self.y
        return self.sheet


def _woven(sheet: Drawing, look: str, weave_name: str, box: tuple[float, float, float, float], hint: str = "") -> None:
    sheet.rect(f"{look} area", *box, hint=hint)
    if weave_name and box[2] > 0:
        sheet.rect(f"weave-{weave_name}", *box)


def _ends(values: list[tuple[float, str]]) -> tuple[float, float]:
    """Room that the numbers at the ends of bars take on the left (below zero) and on the right."""
    left = max((width_of(words, SIZE) for value, words in values if value < 0), default=0.0)
    right = max((width_of(words, SIZE) for value, words in values if value >= 0), default=0.0)
    return (left + _GAP if left else 0.0), (right + _GAP if right else 0.0)


def _scale(rows: _Rows, values: list[float], floor: float = 0.0) -> Callable[[float], float]:
    """Where a value lies between the edges; zero, or the floor that stands for it, is always on the sheet."""
    low, high = min([floor, *values]), max([floor, *values])
    span = (high - low) or 1.0
    return lambda value: rows.left + (value - low) / span * (rows.right - rows.left)


def _value(sheet: Drawing, at: float, y: float, words: str, *, is_below: bool) -> None:
    sheet.words("value", at - _GAP if is_below else at + _GAP, y, words, "end" if is_below else "start")


def bars(it: Chart, width: float) -> Drawing:
    """Each value a bar from zero, with its number at the end; marked ones stand out."""
    decimals = decimals_of(it.known)
    missing = width_of(_("no data"), SIZE) + _GAP
    left, right = _ends([(value, number(value, decimals, it.unit)) for value in it.known])
    rows = _Rows.of(width, left, max(right, missing if len(it.known) < len(it.series) * len(it.categories) else 0))
    at = _scale(rows, it.known)
    thick = 20.0 if len(it.series) == 1 else 16.0
    for place, category in enumerate(it.categories):
        top = rows.row(category, thick * len(it.series))
        for order, series in enumerate(it.series):
            y, value = top + order * thick, series.values[place]
            if value is None:
                rows.sheet.words("faint", at(0) + _GAP, y + thick / 2 + 5, _("no data"))
                continue
            words = number(value, decimals, it.unit)
            look = tone(2) if len(it.series) == 1 and series.mark(place) else tone(order)
            box = (min(at(0), at(value)), y, abs(at(value) - at(0)), thick - 1)
            _woven(rows.sheet, look, weave(order), box, f"{category}: {words}")
            _value(rows.sheet, at(value), y + thick / 2 + 5, words, is_below=value < 0)
    rows.axis(at(0))
    return rows.done()


def shares(values: list[float | None]) -> list[float | None]:
    """Each value's part of the whole of them; what is unknown or below zero has none."""
    whole = sum(value for value in values if value is not None and value > 0)
    return [value / whole if whole and value is not None and value >= 0 else None for value in values]


def stacked(it: Chart, width: float) -> Drawing:
    """Each category a bar of 100 %, cut into the shares of the series; per cent where there is room."""
    rows, thick = _Rows.of(width, 0, 1), 26.0
    whole = rows.right - rows.left
    for place, category in enumerate(it.categories):
        top, x = rows.row(category, thick), rows.left
        parts = shares([series.values[place] for series in it.series])
        if not any(part is not None for part in parts):
            rows.sheet.words("faint", rows.left, top + thick / 2 + 5, _("no data"))
        for order, part in enumerate(parts):
            if not part:
                continue
            words = number(part * 100, 0, "%")
            _woven(rows.sheet, tone(order), weave(order), (x, top, part * whole, thick), f"{category}, {it.series[order].name}: {words}")
            _plate(rows.sheet, x, top, part * whole, thick, words)
            x += part * whole
    return rows.done()


def _plate(sheet: Drawing, x: float, y: float, width: float, height: float, words: str) -> None:
    """A label in the middle of a part, on a plate of paper, where it fits."""
    wide = width_of(words, 13) + 6
    if wide + 4 <= width:
        sheet.rect("plate", x + (width - wide) / 2, y + 4, wide, height - 8)
        sheet.words("value", x + width / 2, y + height / 2 + 4.5, words, "middle", 13)


def waterfall(it: Chart, width: float) -> Drawing:
    """From a level by steps up and down to a level; a level that is not given is the sum so far."""
    floor = floor_of(it)
    decimals, steps = decimals_of(it.known), [(max(low, floor), high, value, is_level) for low, high, value, is_level in _steps(it)]
    words = [_step_words(value, is_level, decimals, it.unit) for _low, _high, value, is_level in steps]
    left, right = _ends([(min(low, high), said) for (low, high, *_rest), said in zip(steps, words, strict=True)])
    rows = _Rows.of(width, left, right)
    at, thick, before = _scale(rows, [end for low, high, *_rest in steps for end in (low, high)], floor), 20.0, 0.0
    for category, (low, high, value, is_level), said in zip(it.categories, steps, words, strict=True):
        top = rows.row(category, thick)
        if before:
            rows.sheet.line("lead", at(low if not is_level else high), before, at(low if not is_level else high), top)
        order = 0 if is_level else 5 if value >= 0 else 2
        box = (min(at(low), at(high)), top, abs(at(high) - at(low)), thick - 1)
        _woven(rows.sheet, tone(order), "" if is_level else "rise" if value >= 0 else "fall", box, f"{category}: {said}")
        _value(rows.sheet, at(max(low, high)) if max(low, high) > 0 else at(min(low, high)), top + 15, said, is_below=max(low, high) <= 0 and min(low, high) < 0)
        before = top + thick - 1
    rows.axis(at(floor))
    return rows.done()


def floor_of(it: Chart) -> float:
    """Where the bars of a waterfall begin: at nought, or nearer where its steps are so small that nobody would see them."""
    if it.kind != "waterfall" or not it.series:
        return 0.0
    ends = [end for low, high, _value, is_level in _steps(it) for end in ((high,) if is_level else (low, high))]
    lowest, span = min(ends, default=0.0), max(ends, default=0.0) - min(ends, default=0.0)
    if lowest <= 0 or span >= lowest / 4:
        return 0.0
    return max(0.0, float(round(lowest - max(span, 1.0))))


def _steps(it: Chart) -> list[tuple[float, float, float, bool]]:
    """Of each category: where its bar begins and ends, its value, whether it is a level."""
    series, level, found = it.series[0], 0.0, []
    last = len(series.values) - 1
    for place, value in enumerate(series.values):
        if series.mark(place) == LEVEL if any(series.marks) else place in (0, last):
            level = level if value is None else value
            found.append((0.0, level, level, True))
        else:
            step = value or 0.0
            found.append((level, level + step, step, False))
            level += step
    return found


def _step_words(value: float, is_level: bool, decimals: int, unit: str) -> str:
    words = number(value, decimals, unit)
    return words if is_level or value <= 0 else f"+{words}"
