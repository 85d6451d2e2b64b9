"""The front page of a region."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from osnowa.kit.doors import public
from osnowa.places.models import Region
from osnowa.places.queries import region_map
from osnowa.register import access
from osnowa.register.queries.region import portrait


@public(find=access.find_region)
def region(request: HttpRequest, it: Region) -> HttpResponse:
    seen = access.visible(request.user, it)
    facts = portrait(it, seen)
    picture = region_map(it, facts.places)
    words = {"region": it, "portrait": facts, "picture": picture, "may_add": access.may_add(request.user, it)}
    return render(request, "home/region.html", words)
