"""Where a region stands among the places of its level."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from osnowa.indicators import access
from osnowa.indicators.queries import rankings, tables
from osnowa.indicators.queries.profiles import Profile, Standpoint, profile
from osnowa.indicators.queries.standpoints import places_shown, releases_for, shown_as, sides, similar
from osnowa.indicators.views.catalogue import chosen
from osnowa.indicators.views.files import as_file
from osnowa.kit.doors import public
from osnowa.places.models import Region


def _beside(it: Profile, codes: list[str]) -> list[tuple[str, str]]:
    """The chosen places that are of this level, with their names."""
    return [(code, it.peers.names[code]) for code in codes if code in it.peers.names and code != it.code]


def _row(it: Profile, one: Standpoint, beside: list[tuple[str, str]]) -> dict[str, Any]:
    """An indicator with the values of the chosen places."""
    values = [it.peers.values[one.indicator.pk].get(code) for code, _name in beside]
    return {"it": one, "beside": values, "marks": [value for value in values if value is not None]}


@public(find=access.find_region)
def region_profile(request: HttpRequest, region: Region) -> HttpResponse:
    """Every indicator: value, rank, position, gap, course."""
    places = places_shown(region)
    place = shown_as(region, places, request.GET.get("at", ""))
    it = profile(place.code, with_series=True)
    beside = _beside(it, chosen(request))
    rows = [_row(it, one, beside) for one in it.stands]
    like = [(one, it.peers.names.get(one.place, one.place)) for one in similar(it)]
    context: dict[str, Any] = {
        "region": region, "place": place, "profile": it, "rows": rows, "beside": beside, "sides": sides(it.stands), "like": like, "places": places, "sources": releases_for(it.code),
        "others": it.others, "level": rankings.name_of(it.rung), "is_around": place.pk != region.territory_id, "may_import": access.may_import(request.user),
    }  # fmt: skip
    return render(request, "indicators/profile.html", context)


@public(find=access.find_form)
def region_profile_file(request: HttpRequest, wanted: tuple[Region, str]) -> HttpResponse:
    """The same as a spreadsheet."""
    region, form = wanted
    it = profile(shown_as(region, places_shown(region), request.GET.get("at", "")).code)
    beside = dict(_beside(it, chosen(request)))
    return as_file(f"osnowa-{region.slug}-indicators", form, tables.of_profile(it, beside, list(beside), request.build_absolute_uri()))
