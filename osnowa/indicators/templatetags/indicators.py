"""Template words of indicators: amount, as_period, strip, sparkline."""

import math
from collections.abc import Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from osnowa.compute.standing import Point, Standing, stretches
from osnowa.indicators.models import Indicator
from osnowa.indicators.queries.rankings import as_period as period_words
from osnowa.ui.charts.measures import number

register = template.Library()

_WIDE, _HIGH, _EDGE = 160.0, 28.0, 7.0
_FURTHEST = 3.0


def _decimals(value: float) -> int:
    """So many decimals that about three digits of a number are seen, and no zeros behind them."""
    if not value or abs(value) >= 1000:
        return 0
    most = max(1, min(8, 2 - math.floor(math.log10(abs(value)))))
    return next(few for few in range(most + 1) if round(value, few) == round(value, most))


@register.filter
def amount(value: float | None, unit: str = "") -> str:
    """A number in the reader's language with decimals that suit its size, and its unit where one is given."""
    if value is None:
        return _("no data")
    said = number(value, _decimals(value))
    return f"{said}\u00a0{unit}" if unit else said


@register.filter
def difference(value: float | None) -> str:
    """A gap with its sign."""
    if value is None:
        return "–"
    said = number(value, _decimals(value))
    return f"+{said}" if value > 0 else said


@register.filter
def score(value: float | None) -> str:
    """A z with its sign and two decimals."""
    if value is None:
        return "–"
    said = number(value, 2)
    return f"+{said}" if value > 0 else said


@register.filter
def as_period(period: str) -> str:
    """A period as people read it."""
    return period_words(period)


@register.filter
def at(found: dict[object, object], key: object) -> object:
    """What a dict holds under a key."""
    return found.get(key)


def _x(z: float) -> float:
    """Where a z lies on a strip; beyond three standard deviations it lies on the edge."""
    return _WIDE / 2 + max(-1.0, min(1.0, z / _FURTHEST)) * (_WIDE / 2 - _EDGE)


@register.simple_tag
def strip(it: Standing, polarity: str, mean: float, others: Sequence[float] = ()) -> SafeString:
    """Where a place lies: the mean in the middle, better to the right where one direction is better; others as strokes."""
    if it.z is None:
        return format_html('<span class="muted small">{}</span>', _("all equal") if it.of > 1 else _("no other place"))
    turn = -1.0 if polarity == Indicator.Polarity.LOWER else 1.0
    sd = (it.value - mean) / it.z if it.z else 0.0
    z = it.z * turn
    tone = "plain" if polarity == Indicator.Polarity.NEUTRAL else "good" if z > 0 else "bad"
    marks = [_x((value - mean) / sd * turn) for value in others] if sd else []
    strokes = "".join(f'<line class="other" x1="{x:.1f}" x2="{x:.1f}" y1="5" y2="23"/>' for x in marks)
    said = _("%(rank)s of %(of)s, %(z)s standard deviations from the mean") % {"rank": it.rank, "of": it.of, "z": score(it.z)}
    return format_html(
        '<svg class="strip {}" viewBox="0 0 {} {}" role="img" aria-label="{}" focusable="false">'
        '<line class="ground" x1="{}" x2="{}" y1="14" y2="14"/><line class="mean" x1="{}" x2="{}" y1="7" y2="21"/>{}'
        '<circle class="own" cx="{}" cy="14" r="6"/></svg>',
        tone, f"{_WIDE:g}", f"{_HIGH:g}", said, f"{_EDGE:g}", f"{_WIDE - _EDGE:g}", f"{_WIDE / 2:g}", f"{_WIDE / 2:g}",
        mark_safe(strokes),  # numbers only
        f"{_x(z):.1f}",
    )  # fmt: skip


@register.simple_tag
def sparkline(points: Sequence[Point]) -> SafeString:
    """A series as a small line, cut where its measuring changed; the page of the indicator says it in numbers."""
    known = [point for point in points if point.value is not None]
    if len(known) < 2:
        return mark_safe("")
    values = [point.value for point in known if point.value is not None]
    low, high = min(values), max(values)
    step = (_WIDE - 2 * _EDGE) / (len(points) - 1)
    places = {point.period: _EDGE + order * step for order, point in enumerate(points)}

    def y(value: float) -> float:
        return _HIGH / 2 if high == low else _HIGH - 5 - (value - low) / (high - low) * (_HIGH - 10)

    paths = []
    for part in stretches(points):
        drawn = [f"{places[point.period]:.1f} {y(point.value):.1f}" for point in part if point.value is not None]
        if drawn:
            paths.append("M" + "L".join(drawn if len(drawn) > 1 else drawn * 2))
    said = _("from %(first)s in %(since)s to %(last)s in %(until)s") % {
        "first": amount(known[0].value), "since": period_words(known[0].period), "last": amount(known[-1].value), "until": period_words(known[-1].period)
    }  # fmt: skip
    return format_html(
        '<svg class="sparkline" viewBox="0 0 {} {}" role="img" aria-label="{}" focusable="false"><path d="{}"/><circle cx="{}" cy="{}" r="3"/></svg>',
        f"{_WIDE:g}", f"{_HIGH:g}", said, "".join(paths), f"{places[known[-1].period]:.1f}", f"{y(values[-1]):.1f}",
    )  # fmt: skip
