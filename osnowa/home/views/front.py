"""First page, about, accessibility, privacy."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from osnowa.home.queries import own_organisations, own_regions, regions_with_counts
from osnowa.home.weaving import dye_of, weave
from osnowa.kit.doors import public
from osnowa.places.access import may_operate


@public()
def front(request: HttpRequest) -> HttpResponse:
    """What Osnowa is, the reader's own places, and the regions in it."""
    regions = list(regions_with_counts())
    organisations, workplaces = own_organisations(request.user), own_regions(request.user)
    counts = [region.organisations_count for region in regions]  # type: ignore[attr-defined]
    cards = [(region, dye_of(place)) for place, region in enumerate(regions)]
    real, invented = ([card for card in cards if card[0].is_invented == is_so] for is_so in (False, True))
    return render(request, "home/front.html", {
        "cards": cards,
        "groups": [group for group in ((real, False), (invented, bool(real))) if group[0]],
        "cloth": weave(counts),
        "organisations_total": sum(counts),
        "own_organisations": organisations,
        "own_regions": workplaces,
        "is_at_home": bool(organisations or workplaces),
        "may_make_region": may_operate(request.user),
    })  # fmt: skip


@public()
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "home/about.html")


@public()
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "home/accessibility.html")


@public()
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "home/privacy.html")
