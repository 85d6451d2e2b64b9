"""The meetings of a region."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from osnowa.kit.doors import public
from osnowa.meetings import access
from osnowa.places.models import Region


@public(find=access.find_region)
def meetings(request: HttpRequest, region: Region) -> HttpResponse:
    """What is to come, what was, and the series."""
    context = {"region": region, "meetings": access.visible(request.user, region), "may_lead": access.may_lead(request.user, region)}
    return render(request, "meetings/meetings.html", context)
