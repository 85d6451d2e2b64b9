"""Words of templates: a text in the reader's language, a figure or a dash."""

from collections.abc import Mapping

from django import template
from django.utils.formats import number_format

from osnowa.assessments.queries.instruments import said as said_in

register = template.Library()


@register.filter
def said(texts: Mapping[str, str]) -> str:
    """The text in the reader's language."""
    return said_in(texts)


@register.filter
def figure(value: float | str | None, decimals: int = 2) -> str:
    """A figure with as many decimals as it needs; a dash where it is not told."""
    if value in (None, ""):
        return "–"
    rounded = round(float(value or 0), decimals)
    words = number_format(abs(rounded), 0 if rounded.is_integer() else 1 if round(rounded, 1) == rounded else decimals)
    return f"−{words}" if rounded < 0 else words


@register.filter
def signed(value: float | None) -> str:
    """A change with its sign."""
    return figure(value) if value is None or value <= 0 else f"+{figure(value)}"


@register.filter
def percent(value: float | None) -> str:
    """A share in per cent."""
    return "–" if value is None else f"{number_format(100 * value, 0)}%"


@register.filter
def sector_line(row: object, code: str) -> object:
    """What is told of a sector in a row; None where it is hidden."""
    return row.sector(code)  # type: ignore[attr-defined]
