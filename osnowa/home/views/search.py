"""The search across all regions."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from osnowa.home.queries import find_organisations, find_places, organisations_in_order
from osnowa.kit.doors import public
from osnowa.kit.words import fold, typed
from osnowa.places.models import Region

_A_PAGE = 20


@public()
def search(request: HttpRequest) -> HttpResponse:
    """Organisations and places of all regions, as far as the person may see them."""
    words = typed(request.GET.get("q", ""))
    context: dict[str, object] = {"q": words}
    if fold(words):
        regions = list(Region.objects.order_by("name"))
        hits = find_organisations(request.user, regions, words)
        page = Paginator(hits.ids, _A_PAGE).get_page(request.GET.get("page"))
        context |= {
            "page_obj": page,
            "organisations": organisations_in_order(list(page)),
            "hits": hits,
            "found_regions": [region for region in regions if fold(words) in fold(str(region))],
            "places": find_places(request.user, regions, words),
        }
    return render(request, "home/search.html", context)
