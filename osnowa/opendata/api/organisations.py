"""Organisations: the list of a region with the filters of the directory, one of them, and what hangs on it."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Query, Router, Schema
from pydantic import Field

from osnowa.journal.models import Entry
from osnowa.journal.queries import entries_of
from osnowa.kit.words import fold, typed
from osnowa.opendata.api import shapes
from osnowa.opendata.api.answers import led_to, told
from osnowa.opendata.api.filters import Facets, check_codes
from osnowa.opendata.api.finding import by_slug, by_uid, known, region_of
from osnowa.opendata.api.paging import Order, Step, counted, next_address, page_of
from osnowa.opendata.api.problems import wrong_parameter
from osnowa.opendata.api.words import MOST, USUAL, Cursor, Word
from osnowa.opendata.queries import PARTS, public_facts, public_organisations
from osnowa.places.models import Region
from osnowa.register.models import Organisation
from osnowa.register.queries.directory import Wish, wanted
from osnowa.register.queries.pages import listed_in

router = Router(tags=["organisations"])
_PK = Step("pk")
ORDERS: dict[str, Order] = {
    "name": (Step("name_fold", is_text=True), _PK),
    "form": (Step("legal_form", is_text=True), Step("name_fold", is_text=True), _PK),
    "confirmed": (Step("last_confirmed_on", has_none=True), Step("name_fold", is_text=True), _PK),
    "changed": (Step("changed_at", is_falling=True), _PK),
}
FIELDS = tuple(shapes.Organisation.model_fields)


class Paging(Schema):
    after: Cursor = Field("", description=gettext_noop("Where to go on: taken from the address of the next page."))
    limit: Annotated[int, Field(ge=1, le=MOST)] = Field(USUAL, description=gettext_noop("How many on a page, 1,000 at most."))


class Filters(Paging, Facets):
    """The words of the directory's address."""

    q: Word = Field("", description=gettext_noop("Words of the name, the place or a number, as people type them."))
    on: date | None = Field(None, description=gettext_noop("Those that existed on this day; today where nothing is said."))
    closed: bool = Field(False, description=gettext_noop("Closed ones too."))
    sort: Literal["name", "form", "confirmed", "changed"] = Field("name", description=gettext_noop("The order of the list."))
    fields: Word = Field("", description=gettext_noop("Only these facts, separated by commas; all where nothing is said."))


def _wish(filters: Filters) -> Wish:
    if filters.on and filters.on > timezone.localdate():
        raise wrong_parameter("on", _("This day has not come yet."))
    if filters.q.strip() and not fold(filters.q):
        raise wrong_parameter("q", _("Nothing can be searched for by signs alone. Write a word or a number."))
    return Wish(
        q=typed(filters.q), facets=filters.chosen(), municipality=filters.municipality,
        on=filters.on, closed=filters.closed or "closed" in filters.status, sort=filters.sort,
    )  # fmt: skip


def chosen_fields(words: str) -> tuple[str, ...]:
    """The facts asked for by name; `uid` always."""
    names = [word.strip() for word in words.split(",") if word.strip()]
    for name in names:
        if name not in FIELDS:
            raise wrong_parameter("fields", _("There is no fact “%(name)s”.") % {"name": name})
    return ("uid", *names) if names else FIELDS


def _some(rows: list[Organisation], fields: tuple[str, ...]) -> list[dict[str, Any]]:
    facts = public_facts(rows, [part for part in PARTS if part in fields])
    return [{name: one[name] for name in FIELDS if name in fields} for one in facts] if fields != FIELDS else facts


@router.get(
    "/regions/{slug:region}/organisations", url_name="api_organisations", response=shapes.Organisations,
    summary=gettext_noop("Organisations of a region"),
    description=gettext_noop("Everything public about the organisations of a region, with the filters of its directory. Pages of up to 1,000; "
                             "go on with the address in “next” until there is none."),
)  # fmt: skip
def organisations(request: HttpRequest, region: str, filters: Query[Filters]) -> HttpResponse:
    place, fields = region_of(region), chosen_fields(filters.fields)
    check_codes(request, place, filters)
    wish, seen = _wish(filters), public_organisations(place)
    listed = listed_in(place, AnonymousUser(), seen, wish)
    named, total = (listed.behind, listed.total) if listed else (None, None)
    keys, cursor = page_of(wanted(seen, wish), ORDERS[filters.sort], filters.sort, filters.after, filters.limit, named)
    rows = known(Organisation.objects.filter(pk__in=keys)).in_bulk()
    items = _some([rows[key] for key in keys if key in rows], fields)
    page = {"items": items, "next": next_address(request, cursor), "count": counted(wanted(seen, wish), filters.after, total)}
    return told(request, page, modified=_newest(place))


def _newest(region: Region) -> Any:
    """When something was last written about the region."""
    return Entry.objects.filter(place=region.slug).order_by("-id").values_list("at", flat=True).first()


def _one(request: HttpRequest, it: Organisation) -> HttpResponse:
    pk, at = entries_of(it).values_list("pk", "at").first() or (0, it.changed_at)
    links = {"canonical": request.build_absolute_uri(reverse("data:api_organisation", args=[it.uid]))}
    return told(request, public_facts([it])[0], version=str(pk), modified=max(at, it.changed_at), good_for=0, links=links)


@router.get(
    "/organisations/{uuid:uid}", url_name="api_organisation", response={200: shapes.Organisation, 307: None},
    summary=gettext_noop("One organisation by its number"),
    description=gettext_noop("Everything public about one organisation. A record that was merged into another leads to that one (307)."),
)  # fmt: skip
def organisation(request: HttpRequest, uid: UUID) -> HttpResponse:
    it = by_uid(uid)
    if it.uid != uid:
        return led_to(reverse("data:api_organisation", args=[it.uid]))
    return _one(request, it)


@router.get(
    "/regions/{slug:region}/organisations/{slug:slug}", url_name="api_organisation_of_region",
    response={200: shapes.Organisation, 307: None},
    summary=gettext_noop("One organisation by its address"),
    description=gettext_noop("The same by the words of the address of its page."),
)  # fmt: skip
def organisation_of_region(request: HttpRequest, region: str, slug: str) -> HttpResponse:
    it = by_slug(region_of(region), slug)
    if it.slug != slug:
        return led_to(reverse("data:api_organisation_of_region", args=[it.region.slug, it.slug]))
    return _one(request, it)


def _part(request: HttpRequest, uid: UUID, part: str) -> HttpResponse:
    items = public_facts([by_uid(uid)], [part])[0][part]
    return told(request, {"items": items, "next": None, "count": len(items)})


@router.get(
    "/organisations/{uuid:uid}/figures", url_name="api_figures", response=shapes.FiguresOf,
    summary=gettext_noop("Yearly figures of an organisation"),
    description=gettext_noop("The public figures of the five newest days. Counts of people below five are not told; they are named in “hidden”."),
)  # fmt: skip
def figures(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _part(request, uid, "figures")


@router.get(
    "/organisations/{uuid:uid}/listings", url_name="api_listings", response=shapes.Listings,
    summary=gettext_noop("Offers and needs of an organisation"),
    description=gettext_noop("What it offers, needs or shares, while that lasts."),
)  # fmt: skip
def listings(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _part(request, uid, "listings")


@router.get(
    "/organisations/{uuid:uid}/recognitions", url_name="api_recognitions", response=shapes.Recognitions,
    summary=gettext_noop("Statuses and certificates of an organisation"),
    description=gettext_noop("What authorities granted it, in force or ended."),
)  # fmt: skip
def recognitions(request: HttpRequest, uid: UUID) -> HttpResponse:
    return _part(request, uid, "recognitions")
