"""Pages for people: what can be taken away, in which form, under which licence."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from osnowa.kit.doors import public
from osnowa.opendata import dumps, finding
from osnowa.opendata.formats.licence import licence
from osnowa.opendata.formats.vocabulary import SCHEMES
from osnowa.opendata.models import Followed
from osnowa.opendata.queries import offering
from osnowa.places.access import may_look_inside
from osnowa.places.models import Region


@public()
def everywhere(request: HttpRequest) -> HttpResponse:
    """What every region gives, and what holds for all."""
    context = {"regions": offering.regions(), "licence": licence(), "schemes": list(SCHEMES), "address": settings.ADDRESS}
    return render(request, "opendata/everywhere.html", context)


@public(find=finding.region)
def region(request: HttpRequest, region: Region) -> HttpResponse:
    """What this region gives: files with sizes, licence, when it last changed, how to cite, what it takes from others."""
    followed = Followed.objects.filter(region=region, ended_at=None) if may_look_inside(request.user, region) else None
    return render(request, "opendata/region.html", {
        "region": offering.one(region),
        "tables": offering.tables(region),
        "licence": licence(),
        "version": dumps.version(region),
        "address": settings.ADDRESS + reverse("opendata:region", args=[region.slug]),
        "machines": settings.ADDRESS,
        "followed": followed,
        "today": timezone.localdate(),
    })  # fmt: skip
