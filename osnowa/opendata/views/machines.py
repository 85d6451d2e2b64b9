"""Answers for programs: things by their lasting address, dumps, the catalogue, code lists, profiles, the feed, sitemaps."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from osnowa.kit.doors import public
from osnowa.opendata import dumps, finding
from osnowa.opendata.formats import datapackage, dcat, murmurations, schema_org, vocabulary, xml
from osnowa.opendata.formats.licence import licence
from osnowa.opendata.formats.rdf import Statement, as_jsonld, as_turtle
from osnowa.opendata.giving import Content, give, see_other
from osnowa.opendata.queries import PARTS, public_facts
from osnowa.opendata.queries.news import news
from osnowa.opendata.queries.offering import described, language_of, places
from osnowa.opendata.queries.sitemaps import general, of_region, parts
from osnowa.places.models import Region

#: Contacts who agreed stand on the page and in the interface; what is made to be copied names nobody.
_WITHOUT_PEOPLE = tuple(part for part in PARTS if part != "contacts")
_THING_FORMS = {"text/html": "", "application/ld+json": ".jsonld", "application/json": ".json"}


@public(find=finding.thing)
@require_safe
def thing(request: HttpRequest, found: finding.Thing) -> HttpResponseBase:
    """What an organisation's lasting address leads to: its page, or what a program asks for."""
    it = found.organisation
    if found.moved:
        return see_other(reverse("data:thing", args=[f"{it.uid}{found.suffix}"]))
    if found.form == "":
        suffix = _THING_FORMS.get(request.get_preferred_type(list(_THING_FORMS)) or "", "")
        page = reverse("register:organisation", args=[it.region.slug, it.slug])
        return see_other(reverse("data:thing", args=[f"{it.uid}{suffix}"]) if suffix else page)
    facts = next(iter(public_facts([it], _WITHOUT_PEOPLE)), None)
    if facts is None:
        raise Http404
    document = schema_org.document(facts, settings.ADDRESS, it.region.currency) if found.form == "jsonld" else facts | _terms()
    return give(request, found.form, _mark(document), lambda: document)


def _mark(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def _terms() -> dict[str, str]:
    return {"licence": licence().name, "licence_address": licence().address}


@public(find=finding.dump)
@require_safe
def dump(request: HttpRequest, wanted: dumps.Wanted) -> HttpResponseBase:
    """A table of a region as a file."""
    name = f"{wanted.region.slug}-{wanted.table}.{wanted.form}"
    return give(request, wanted.form, f"{name} {dumps.version(wanted.region)}", lambda: dumps.pieces(wanted), name=name)


@public(find=finding.region)
@require_safe
def package(request: HttpRequest, region: Region) -> HttpResponseBase:
    """What the dumps of a region hold."""
    content = datapackage.package(described(region), dumps.made(region))
    return give(request, "json", _mark(content), lambda: content)


def _linked(request: HttpRequest, form: str, statements: list[Statement]) -> HttpResponseBase:
    content: Content = as_jsonld(statements) if form == "jsonld" else as_turtle(statements)
    return give(request, form, _mark(content), lambda: content)


@public()
@require_safe
def catalogue(request: HttpRequest, form: str) -> HttpResponseBase:
    """The DCAT-AP catalogue of everything that is given away here."""
    if form not in ("jsonld", "ttl"):
        raise Http404
    return _linked(request, form, dcat.catalogue(settings.ADDRESS, places(), timezone.localdate().isoformat()))


@public()
@require_safe
def codes(request: HttpRequest, name: str, form: str) -> HttpResponseBase:
    """One of our code lists, with what its codes come close to in ESSglobal."""
    if form not in ("jsonld", "ttl") or name not in vocabulary.SCHEMES:
        raise Http404
    return _linked(request, form, vocabulary.statements(name))


@public()
@require_safe
def scheme(request: HttpRequest, name: str) -> HttpResponseBase:
    """The address that means a code list: leads to what it says."""
    if name not in vocabulary.SCHEMES:
        raise Http404
    wish = request.get_preferred_type(["text/turtle", "application/ld+json"])
    return see_other(reverse("data:codes", args=[name, "jsonld" if wish == "application/ld+json" else "ttl"]))


@public(find=finding.public_organisation)
@require_safe
def profile(request: HttpRequest, facts: dict[str, Any]) -> HttpResponseBase:
    """The Murmurations profile of an organisation."""
    content = murmurations.profile(facts, settings.ADDRESS)
    return give(request, "json", _mark(content), lambda: content)


@public(find=finding.public_listing)
@require_safe
def listing(request: HttpRequest, found: tuple[dict[str, Any], dict[str, Any]]) -> HttpResponseBase:
    """The Murmurations profile of an offer, a need or a resource."""
    content = murmurations.listing(*found)
    return give(request, "json", _mark(content), lambda: content)


@public()
@require_safe
def profiles(request: HttpRequest) -> HttpResponseBase:
    """The index of all Murmurations profiles here; `region` narrows it."""
    only = [region for region in Region.objects.order_by("slug") if request.GET.get("region") in (None, "", region.slug)]
    mark = " ".join(dumps.version(region) for region in only)
    return give(request, "json", f"index {mark}", lambda: _profiles(only))


def _profiles(regions: list[Region]) -> Iterator[bytes]:
    """{"meta": …, "data": [one a profile]} as the Murmurations index answers, written piece by piece."""
    between = '{"data": [\n'
    for region in regions:
        for facts in dumps.facts_of(region, "organisations"):
            yield (between + json.dumps(_indexed(region, facts), ensure_ascii=False)).encode()
            between = ",\n"
        for row in finding.listings_of(region):
            yield (between + json.dumps(row, ensure_ascii=False)).encode()
            between = ",\n"
    yield ("]}\n" if between != '{"data": [\n' else f"{between}]}}\n").encode()


def _indexed(region: Region, facts: dict[str, Any]) -> dict[str, Any]:
    place, address = facts["place"], reverse("data:profile", args=[region.slug, facts["slug"]])
    told = {
        "profile_url": settings.ADDRESS + address, "linked_schemas": [murmurations.ORGANISATION], "name": facts["legal_name"],
        "last_updated": facts["changed_at"], "geolocation": murmurations.geolocation(place), "country": place["country"],
        "tags": murmurations.tags(facts), "status": "posted", "is_invented": facts["is_invented"],
    }  # fmt: skip
    return {name: value for name, value in told.items() if value is not None}


@public(find=finding.region)
@require_safe
def changes(request: HttpRequest, region: Region) -> HttpResponseBase:
    """The feed of what happened to the public organisations of a region, in the region's own language."""
    with translation.override(language_of(region)):
        told = news(region)
        content = xml.atom(_feed(region, told), told)
    return give(request, "atom", content, lambda: content)


def _feed(region: Region, told: list[xml.News]) -> xml.Feed:
    there = settings.ADDRESS + reverse("data:changes", args=[region.slug])
    page = settings.ADDRESS + reverse("opendata:region", args=[region.slug])
    newest = max((one.at for one in told), default=f"{timezone.localdate().isoformat()}T00:00:00Z")
    title = f"{region}: " + gettext("changes in the register")
    return xml.Feed(there, page, title, region.coordinator_name or str(region), language_of(region), licence().title, newest)


@public()
@require_safe
def sitemap(request: HttpRequest) -> HttpResponseBase:
    """The index of sitemaps."""
    content = xml.sitemap_index(parts())
    return give(request, "xml", content, lambda: content)


@public()
@require_safe
def sitemap_pages(request: HttpRequest) -> HttpResponseBase:
    """The pages that are about no organisation."""
    content = "".join(xml.sitemap(general()))
    return give(request, "xml", content, lambda: content)


@public(find=finding.region_and_number)
@require_safe
def sitemap_region(request: HttpRequest, found: tuple[Region, int]) -> HttpResponseBase:
    """One part of the pages of a region's organisations."""
    region, number = found
    lines = (line.encode() for line in xml.sitemap(of_region(region, number)))
    return give(request, "xml", f"{region.slug} {number} {dumps.version(region)}", lambda: lines)

