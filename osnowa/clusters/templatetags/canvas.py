"""Template words of the canvas: a level, dots, counts, the colour of a field."""

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from osnowa.agreements.queries.texts import language_name
from osnowa.clusters.queries.canvas import Field, Levels, figure
from osnowa.clusters.queries.canvas_papers import counts_in_words

register = template.Library()

_DYES = ("madder", "woad", "weld", "moss", "gall")
_STEP, _RADIUS = 22, 8


@register.filter
def level(value: float | None) -> str:
    """A level with one decimal where it needs one; a dash where it is not told."""
    return figure(value)


@register.filter
def dye(number: int) -> str:
    """The colour of a field; neighbours differ."""
    return _DYES[(number - 1) % len(_DYES)]


@register.filter
def language_words(code: str) -> str:
    """What a language is called."""
    return language_name(code)


@register.filter
def counts(field: Field) -> list[str]:
    """How many open questions, decisions and pieces of evidence, in words."""
    return counts_in_words(field)


@register.simple_tag
def level_dots(levels: Levels, steps: range) -> SafeString:
    """A dot a step, filled as far as it is, a ring where it should be; an ornament beside the words that say the same."""
    rows = []
    for order, step in enumerate(steps):
        share = 0.0 if levels.now is None else max(0.0, min(1.0, levels.now - step + 1))
        is_goal = levels.target is not None and round(levels.target) == step
        middle = _STEP / 2 + order * _STEP
        rows.append((middle, "goal" if is_goal else "", middle - _RADIUS, f"{share * 2 * _RADIUS:.1f}"))
    width = _STEP * len(steps)
    drawn = format_html_join(
        "", '<svg x="{2}" y="3" width="{3}" height="16"><circle class="full" cx="8" cy="8" r="8"/></svg><circle class="dot {1}" cx="{0}" cy="11" r="8"/>', rows
    )
    return format_html('<svg class="level-dots" viewBox="0 0 {} 22" width="{}" height="22" aria-hidden="true" focusable="false">{}</svg>', width, width, drawn)
