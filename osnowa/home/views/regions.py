"""The front page of a region."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from osnowa.agreements.queries.agreements import open_ones
from osnowa.clusters.queries.clusters import acting
from osnowa.home.overview import overview, status_of
from osnowa.kit.doors import public
from osnowa.meetings.queries.meetings import coming
from osnowa.places.access import may_operate
from osnowa.places.models import Region
from osnowa.places.queries import region_map
from osnowa.register import access
from osnowa.register.queries.frame import frame_of
from osnowa.register.queries.region import portrait

#: So many meetings stand on the page.
_MEETINGS = 3


@public(find=access.find_region)
def region(request: HttpRequest, it: Region) -> HttpResponse:
    """What somebody with one minute should know; each number leads to what lies beneath it."""
    frame = frame_of(it, request.user)
    facts = portrait(frame, status_of(it))
    unplaced = facts.total - sum(facts.places.values())
    picture = region_map(it, {**facts.places, None: unplaced}) if facts.total and not facts.countries else None
    may_add = access.may_add(request.user, it)
    words = {
        "region": it, "picture": picture, "may_add": may_add, "may_import": may_operate(request.user),
        "has_snapshot": not may_add or frame.snapshot is not None, **overview(it, facts),
        "meetings": coming(request.user, it, _MEETINGS), "clusters": acting(request.user, it), "agreements": open_ones(it),
    }  # fmt: skip
    return render(request, "home/region.html", words)
