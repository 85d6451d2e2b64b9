"""Template words of the house: badge, icon, bar, pager, query_with, languages, first_id, told, chart."""

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from django import template
from django.conf import settings
from django.core.paginator import Page
from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.templatetags.static import static
from django.urls import translate_url
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from osnowa.kit import letterpress
from osnowa.kit.sentences import tell
from osnowa.ui import charts

register = template.Library()

TONES = ("good", "warn", "bad", "plain")


def _tone(tone: str) -> str:
    return tone if tone in TONES else "plain"


@register.simple_tag
def badge(text: object, tone: str = "plain") -> SafeString:
    """A word or two with a tone; the mark before it differs by shape too, not by colour alone."""
    return format_html('<span class="badge {}">{}</span>', _tone(tone), text)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing of the sprite `ui/icons.svg`; an ornament, so the words beside it must carry the sense."""
    return format_html(
        '<svg class="icon" width="20" height="20" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("ui/icons.svg"),
        name,
    )


@register.simple_tag
def bar(value: float | None, maximum: float | None, label: str = "", tone: str = "") -> SafeString:
    """A horizontal bar, value of maximum; with a label it is a picture with a name, without one an ornament."""
    share = max(0.0, min(1.0, float(value or 0) / float(maximum))) if maximum else 0.0
    said = format_html('role="img" aria-label="{}"', label) if label else format_html('aria-hidden="{}"', "true")
    return format_html(
        '<svg class="bar {}" {} viewBox="0 0 100 8" preserveAspectRatio="none" focusable="false">'
        '<rect class="bar-ground" width="100" height="8"/><rect class="bar-fill" width="{}" height="8"/></svg>',
        tone,
        said,
        f"{share * 100:.2f}",
    )


def _query(context: template.Context, changes: dict[str, Any]) -> str:
    request: HttpRequest | None = context.get("request")
    query: QueryDict = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        elif isinstance(value, list | tuple):
            query.setlist(name, [str(one) for one in value])
        else:
            query[name] = str(value)
    return "?" + query.urlencode()


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: Any) -> str:
    """The query string of this page with some words changed; None or an empty text takes a word out."""
    return _query(context, changes)


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context: template.Context, page: Page[Any], word: str = "page") -> dict[str, Any]:
    """Links to the pages of a list that keep the rest of the query; nothing where there is one page."""

    def url(number: int) -> str:
        return _query(context, {word: number if number > 1 else None})

    def numbers() -> Iterator[tuple[int | str, str]]:
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1):
            yield number, url(number) if isinstance(number, int) else ""

    return {
        "page": page,
        "numbers": list(numbers()),
        "previous_url": url(page.number - 1) if page.has_previous() else "",
        "next_url": url(page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("ui/chart.html")
def chart(it: charts.Chart, svg: str = "", xlsx: str = "") -> dict[str, Any]:
    """A chart with its legend, its table and its source; `svg` and `xlsx` are the addresses of its files."""
    return charts.figure(it, svg_url=svg, xlsx_url=xlsx)


@register.simple_tag(takes_context=True)
def languages(context: template.Context) -> list[dict[str, Any]]:
    """The languages with the address of this same page in each."""
    request: HttpRequest | None = context.get("request")
    here = request.get_full_path() if request else "/"
    return [
        {"code": code, "name": name, "url": translate_url(here, code), "is_current": code == get_language()}
        for code, name in settings.LANGUAGES
    ]


@register.filter
def told(kept: object) -> str:
    """A sentence that a job kept, in the reader's language."""
    return tell(kept)


@register.filter
def first_id(field: BoundField) -> str:
    """The id of the first thing of a field that can take the focus, for links of the error summary."""
    if field.field.widget.use_fieldset and (subwidgets := field.subwidgets):
        return str(subwidgets[0].id_for_label or field.auto_id)
    return str(field.id_for_label or field.auto_id)


@register.inclusion_tag("ui/document_part.html")
def document_part(part: letterpress.Part, under: int = 1) -> dict[str, Any]:
    """A part of a document as it will stand on paper, its headings under one of a level of the page.

    A drawing is a picture of its own, as a page allows no styles within.
    """
    told: dict[str, Any] = {"part": part, "kind": type(part).__name__}
    if isinstance(part, letterpress.Heading):
        told["rank"] = min(part.level + under, 6)
    if isinstance(part, letterpress.Picture):
        told["address"] = "data:image/svg+xml;base64," + b64encode(part.svg.encode()).decode()
    if isinstance(part, letterpress.Table):
        which = letterpress.numbers(part)
        told["columns"] = list(zip(part.headings, which, strict=True))
        told["rows"] = [[(letterpress.written(cell), is_number) for cell, is_number in zip(row, which, strict=True)] for row in part.rows]
    return told
