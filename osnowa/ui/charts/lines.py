"""Lines over periods: gaps where nothing is known, a dashed line where two periods cannot be compared."""

from collections.abc import Callable

from osnowa.ui.charts.measures import cut, decimals_of, number, steps, width_of
from osnowa.ui.charts.pen import Drawing, knot, tone
from osnowa.ui.charts.specification import BREAK, Chart

_SIZE, _SMALL = 14.0, 13.0
_TOP, _BOTTOM, _LEADING = 12.0, 30.0, 17.0
#: Above this share of the highest value a scale need not begin at zero.
_FAR_FROM_ZERO = 0.6
_MOST_KNOTS = 16


def _places(categories: tuple[str, ...]) -> list[float]:
    """Where periods lie between 0 and 1: years as far apart as they are, other periods evenly."""
    years = [int(one) if one.isdecimal() else None for one in categories]
    numbers = [float(year) for year in years if year is not None]
    if len(numbers) < len(categories) or numbers != sorted(set(numbers)):
        numbers = [float(place) for place in range(len(categories))]
    span = numbers[-1] - numbers[0]
    return [(one - numbers[0]) / span if span else 0.5 for one in numbers]


def has_end_labels(it: Chart, width: float) -> bool:
    """Whether the names of the lines stand at their ends; elsewhere a legend says them."""
    return 1 < len(it.series) <= 6 and width >= 500


def lines(it: Chart, width: float) -> Drawing:
    """Each series a line with its own knots; the newest number stands at its end."""
    height = 280.0 if width >= 500 else 230.0
    sheet = Drawing(width, height)
    low, high = min(it.known), max(it.known)
    scale = steps(0 if 0 <= low <= high * _FAR_FROM_ZERO else low, 0 if high < 0 and high > low * _FAR_FROM_ZERO else high)
    left = max(width_of(_said(it, one, scale), _SMALL) for one in scale) + 8
    right = _room_at_ends(it, width)
    xs = [left + 8 + place * (width - right - left - 16) for place in _places(it.categories)]
    floor = height - _BOTTOM

    def y(value: float) -> float:
        return floor - (value - scale[0]) / (scale[-1] - scale[0]) * (floor - _TOP)

    for one in scale:
        sheet.line("axis" if one == 0 else "rule", left, y(one), width - right, y(one))
        sheet.words("faint", left - 6, y(one) + 4.5, _said(it, one, scale), "end", _SMALL)
    _periods(sheet, it, xs, floor, (left, width - right))
    _breaks(sheet, it, xs, floor)
    for order, series in enumerate(it.series):
        points = [(x, y(value)) if value is not None else None for x, value in zip(xs, series.values, strict=True)]
        _thread(sheet, order, points, series.marks)
        for place, (point, value) in enumerate(zip(points, series.values, strict=True)):
            if point and value is not None and _has_knot(points, place):
                hint = f"{series.name}, {it.categories[place]}: {number(value, decimals_of(it.known), it.unit)}"
                sheet.path(f"{tone(order)} knot", knot(*point, order), hint)
    _end_words(sheet, it, xs, y, floor)
    return sheet


def _said(it: Chart, value: float, scale: list[float]) -> str:
    return number(value, decimals_of(scale), it.unit)


def _room_at_ends(it: Chart, width: float) -> float:
    """What the words at the ends of the lines take."""
    if has_end_labels(it, width):
        return min(width * 0.36, max(width_of(words, _SIZE) for words in _ends(it)) + 16)
    return max(width_of(words, _SIZE) for words in _ends(it)) + 16 if len(it.series) == 1 else 8.0


def _ends(it: Chart) -> list[str]:
    """The newest number of each series, with its name where there are several."""
    decimals = decimals_of(it.known)
    newest = [next((value for value in reversed(series.values) if value is not None), None) for series in it.series]
    said = ["" if value is None else number(value, decimals, it.unit) for value in newest]
    return said if len(it.series) == 1 else [f"{words} {series.name}" for words, series in zip(said, it.series, strict=True)]


def _periods(sheet: Drawing, it: Chart, xs: list[float], floor: float, edges: tuple[float, float]) -> None:
    """The names of periods from the newest back, as many as fit beside each other."""
    free = float("inf")
    for x, category in reversed(list(zip(xs, it.categories, strict=True))):
        words = cut(category, _SMALL, edges[1] - edges[0])
        half = width_of(words, _SMALL) / 2
        middle = min(max(x, half), sheet.width - half)
        if middle + half + 8 <= free:
            sheet.words("faint", middle, floor + 20, words, "middle", _SMALL)
            sheet.line("axis", x, floor, x, floor + 4)
            free = middle - half


def _breaks(sheet: Drawing, it: Chart, xs: list[float], floor: float) -> None:
    broken = {place for series in it.series for place, mark in enumerate(series.marks) if BREAK in mark and place}
    for place in sorted(broken):
        middle = (xs[place - 1] + xs[place]) / 2
        sheet.line("break", middle, _TOP - 6, middle, floor)


def _thread(sheet: Drawing, order: int, points: list[tuple[float, float] | None], marks: tuple[str, ...]) -> None:
    """The line of a series, let go at gaps and breaks."""
    path, is_down = "", False
    for place, point in enumerate(points):
        is_broken = place < len(marks) and BREAK in marks[place]
        if point:
            path += f"{'L' if is_down and not is_broken else 'M'}{point[0]:.1f} {point[1]:.1f}"
        is_down = point is not None
    if "L" in path:
        sheet.path(f"{tone(order)} thread", path)


def _has_knot(points: list[tuple[float, float] | None], place: int) -> bool:
    """All knots where periods are few; else the last one, and those that stand alone."""
    alone = not any(points[other] for other in (place - 1, place + 1) if 0 <= other < len(points))
    return len(points) <= _MOST_KNOTS or alone or not any(points[place + 1 :])


def _end_words(sheet: Drawing, it: Chart, xs: list[float], y: Callable[[float], float], floor: float) -> None:
    """Names and newest numbers at the ends, pushed apart so that none lies on another."""
    if len(it.series) > 1 and not has_end_labels(it, sheet.width):
        return
    ends = []
    for words, series in zip(_ends(it), it.series, strict=True):
        newest = next((value for value in reversed(series.values) if value is not None), None)
        if newest is not None:
            ends.append((y(newest), words))
    x = max(xs) + 12
    for at, words in _apart(sorted(ends), _TOP, floor):
        sheet.words("value", x, at + 5, cut(words, _SIZE, sheet.width - x), "start", _SIZE)


def _apart(ends: list[tuple[float, str]], top: float, floor: float) -> list[tuple[float, str]]:
    """Labels from above, each at least a line below the one before, all above the floor."""
    placed: list[tuple[float, str]] = []
    for at, words in ends:
        placed.append((max(at, placed[-1][0] + _LEADING if placed else top), words))
    limit = floor
    for place in range(len(placed) - 1, -1, -1):
        placed[place] = (min(placed[place][0], limit), placed[place][1])
        limit = placed[place][0] - _LEADING
    return placed
