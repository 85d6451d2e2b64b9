"""The map of a region: the page, the same for other sites, and as a file."""

from typing import Any

from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.vary import vary_on_headers

from osnowa.kit import sheets
from osnowa.kit.attachments import attached
from osnowa.kit.doors import public
from osnowa.maps import printing, tiles
from osnowa.maps.queries import amounts, facets
from osnowa.maps.queries.asked import Asked
from osnowa.maps.queries.keeping import Question, question_of
from osnowa.maps.queries.scene import MOST_ROWS, Scene, here, scene
from osnowa.places.models import Region
from osnowa.register import access

_TILES = tiles.policy()


@vary_on_headers("HX-Request")
@csp_update(_TILES)  # type: ignore[untyped-decorator]
@public(find=access.find_region)
def map_of(request: HttpRequest, it: Region) -> HttpResponse:
    """The page; for a script that moves the map, only the part that changes."""
    asked = Asked.of(request.GET)
    question = question_of(it, request.user, asked.wish)
    words = _words(request, question, scene(question, asked))
    if request.headers.get("HX-Request"):
        return render(request, "maps/view.html", words)
    return render(request, "maps/map.html", words | {"shows": amounts.choices(), "facets": facets.facets_of(question, asked.wish)})


def _words(request: HttpRequest, question: Question, shown: Scene) -> dict[str, Any]:
    it = shown.region
    address = request.build_absolute_uri(reverse("maps:embed", args=[it.slug]) + shown.own_query)
    frame = '<iframe src="{}" title="{}" width="100%" height="520"></iframe>'
    return {
        "region": it,
        "scene": shown,
        "wish": shown.asked.wish,
        "here": here(question, shown.asked),
        "tiles": tiles.tiles(shown.view),
        "tiles_credit": settings.TILES_CREDIT if settings.TILES else "",
        "today": timezone.localdate(),
        "most_rows": MOST_ROWS,
        "frame": frame.format(address.replace("&", "&amp;"), _("Map of %(region)s") % {"region": it}),
    }


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})  # type: ignore[untyped-decorator]
@csp_update(_TILES)  # type: ignore[untyped-decorator]
@public(find=access.find_region)
def embed(request: HttpRequest, it: Region) -> HttpResponse:
    """The map alone, in a frame of any site, as everybody may see it, whoever looks."""
    request.user = AnonymousUser()
    asked = Asked.of(request.GET)
    question = question_of(it, request.user, asked.wish)
    return render(request, "maps/embed.html", _words(request, question, scene(question, asked)))


@public(find=lambda person, region, form: (access.find_region(person, region), form))
def export(request: HttpRequest, wanted: tuple[Region, str]) -> HttpResponse:
    """The window as a picture, or its table as a sheet."""
    it, form = wanted
    if form not in {**sheets.CONTENT_TYPES, **printing.CONTENT_TYPES}:
        raise Http404
    asked = Asked.of(request.GET)
    shown = scene(question_of(it, request.user, asked.wish), asked, links=False)
    if form in printing.CONTENT_TYPES:
        content, kind = printing.picture(shown, form), printing.CONTENT_TYPES[form]
    else:
        content, kind = _sheet(request, shown, form), sheets.CONTENT_TYPES[form]
    name = f"osnowa-{it.slug}-{timezone.localdate():%Y-%m-%d}.{form}"
    return attached(content, name, kind)


def _sheet(request: HttpRequest, shown: Scene, form: str) -> bytes:
    counted, told = _("Organisations"), shown.title
    if shown.asked.filter_query and shown.has_values:
        counted, told = _("Organisations found by the filters"), "{} ({})".format(shown.title, _("of the whole place, without filters"))
    headings = [_("Place"), counted, *([told] if shown.has_values else [])]
    rows = [[row.name, row.count, *([_sheet_value(row)] if shown.has_values else [])] for row in shown.rows]
    if form == "csv":
        return sheets.as_csv(headings, rows)
    about: list[list[Any]] = [
        [_("Region"), str(shown.region)],
        [_("Taken on"), timezone.localdate()],
        [_("Address"), request.build_absolute_uri(reverse("maps:map", args=[shown.region.slug]) + shown.own_query)],
        *([[_("Source"), source] for source in shown.sources]),
        *([[_("Note"), _("Invented sample: these organisations do not exist.")]] if shown.region.is_invented else []),
    ]
    return sheets.as_xlsx({str(_("Map")): (headings, rows), str(_("About this table")): ((), about)})


def _sheet_value(row: Any) -> Any:
    return row.value if row.value is not None else row.said
