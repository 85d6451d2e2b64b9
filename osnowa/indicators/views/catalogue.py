"""The indicators of the instance, and the page of one of them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from osnowa.indicators import access
from osnowa.indicators.models import Indicator
from osnowa.indicators.queries import rankings, tables
from osnowa.indicators.queries.catalogue import by_theme, catalogue
from osnowa.indicators.queries.profiles import series_of
from osnowa.indicators.views.files import as_file
from osnowa.kit.doors import public
from osnowa.kit.words import typed
from osnowa.places.models import Region

_PAGE = 40
_MOST_CHOSEN = 6


@public()
def indicators(request: HttpRequest) -> HttpResponse:
    """All indicators by theme."""
    found = catalogue()
    context = {"themes": by_theme(found), "count": len(found), "may_import": access.may_import(request.user)}
    return render(request, "indicators/catalogue.html", context)


def chosen(request: HttpRequest) -> list[str]:
    """The codes of places named in the address with `with`, each once."""
    return list(dict.fromkeys(typed(code, 20).upper() for code in request.GET.getlist("with") if code.strip()))[:_MOST_CHOSEN]


def _workspaces() -> list[str]:
    """The places of the workspaces, which are shown where nobody chose others."""
    codes: list[str] = []
    for region in Region.objects.select_related("territory__parent").order_by("pk")[:_MOST_CHOSEN]:
        codes += [region.territory.code, *([region.territory.parent.code] if region.territory.parent else [])]
    return codes


def _ranking(request: HttpRequest, it: Indicator, codes: list[str]) -> rankings.Ranking | None:
    return rankings.ranking(it, request.GET.get("level", ""), request.GET.get("period", ""), codes)


@public(find=access.find_indicator)
def indicator(request: HttpRequest, it: Indicator) -> HttpResponse:
    """What it is, who stands where, and how it went."""
    own = chosen(request)
    codes = own or _workspaces()
    ranking = _ranking(request, it, codes)
    releases = rankings.releases_of(it)
    context: dict[str, Any] = {"it": it, "ranking": ranking, "releases": releases, "chosen": own, "may_import": access.may_import(request.user)}
    if ranking:
        marked = [row.code for row in ranking.among(codes)][:_MOST_CHOSEN]
        lined = marked or [row.code for row in ranking.rows[: rankings.MOST_LINES - 2]]
        names = {row.code: row.name for row in ranking.rows}
        series = {code: points for (_pk, code), points in sorted(series_of(lined, [it]).items(), key=lambda one: lined.index(one[0][1]))}
        context |= {
            "dots": rankings.dots(ranking, marked), "lines": rankings.lines(it, series, names, ranking.release), "marked": marked,
            "page": Paginator(ranking.rows, _PAGE).get_page(request.GET.get("page")), "level": rankings.word_of(ranking.rung),
            "levels": [(rankings.word_of(rung), rankings.name_of(rung), number) for rung, number in ranking.rungs],
        }  # fmt: skip
    return render(request, "indicators/indicator.html", context)


@public(find=access.find_form)
def indicator_file(request: HttpRequest, wanted: tuple[Indicator, str]) -> HttpResponse:
    """The ranking that is shown and every value, as a spreadsheet."""
    it, form = wanted
    name = f"osnowa-{tables.file_word(it.code)}"
    return as_file(name, form, tables.of_indicator(it, _ranking(request, it, chosen(request) or _workspaces()), request.build_absolute_uri()))
