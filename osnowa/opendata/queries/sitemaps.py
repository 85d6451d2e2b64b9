"""The pages search engines may find: of the installation, of regions, of public organisations."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Count, Max
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation

from osnowa.opendata.formats.xml import Page
from osnowa.opendata.queries.public import public_organisations
from osnowa.places.models import Region
from osnowa.register.models import Organisation, Visibility

#: Organisations in one sitemap: in three languages that is less than the 50,000 addresses a sitemap may hold.
OF_ONE_MAP = 15_000
_PAGES = ("home:front", "home:about", "home:accessibility", "home:privacy", "opendata:everywhere", "indicators:indicators")
_OF_REGION = ("home:region", "register:directory", "maps:map", "indicators:statistics", "indicators:sector_table", "indicators:profile",
              "register:quality", "opendata:region")  # fmt: skip


def parts() -> list[tuple[str, str]]:
    """The sitemaps of the index: (address, day it last changed); closed organisations are on no map."""
    found = [(settings.ADDRESS + reverse("data:sitemap_pages"), "")]
    counts = Organisation.objects.filter(visibility=Visibility.PUBLIC).exclude(activity_status=Organisation.Status.CLOSED)
    rows = counts.values_list("region__slug").annotate(n=Count("pk"), last=Max("changed_at")).order_by("region__slug")
    for slug, n, last in rows:
        for number in range(-(-n // OF_ONE_MAP)):
            address = settings.ADDRESS + reverse("data:sitemap_region", args=[slug, number + 1])
            found.append((address, timezone.localdate(last).isoformat()))
    return found


def _page(name: str, *words: str, changed_on: str = "") -> Page | None:
    addresses = {}
    try:
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                addresses[language] = settings.ADDRESS + reverse(name, args=words)
    except NoReverseMatch:
        return None
    return Page(addresses, changed_on)


def general() -> Iterator[Page]:
    """The pages that are about no organisation."""
    slugs = list(Region.objects.order_by("slug").values_list("slug", flat=True))
    made = [_page(name) for name in _PAGES] + [_page(name, slug) for slug in slugs for name in _OF_REGION]
    yield from filter(None, made)


def of_region(region: Region, number: int) -> Iterator[Page]:
    """One part of a region's public organisations that are open."""
    rows = public_organisations(region).exclude(activity_status=Organisation.Status.CLOSED).order_by("pk")
    start = (number - 1) * OF_ONE_MAP
    frame = _page("register:organisation", region.slug, "organisation-slug")
    for slug, changed in rows.values_list("slug", "changed_at")[start : start + OF_ONE_MAP].iterator(2000):
        addresses = frame.addresses if frame else {}
        told = {language: address.replace("organisation-slug", slug) for language, address in addresses.items()}
        yield Page(told, timezone.localdate(changed).isoformat())
