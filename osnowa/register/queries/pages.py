"""One page of the directory, out of however many organisations: a short list is sorted, a long one is walked in its order.

The frame counts and, where few fit (`facets.FEW`), names them: they are fetched and sorted. Where many fit, the index of the wished order is
walked until a page is full, so that neither the database nor the reader waits for all of them to be sorted. Then organisations
that are equal in that order stand as the index has them, and only so many pages can be turned to: words and filters lead further.
"""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Concat

from osnowa.places.models import Region, Territory
from osnowa.register.models import Organisation, Recognition, ServiceArea
from osnowa.register.queries.directory import Wish, existing_on, in_order, recognised_on, wanted
from osnowa.register.queries.facets import FEW, Counted
from osnowa.register.queries.frame import newest_snapshot

#: So many rows are passed on the way to a page, and no more.
PASSED = 25_000
#: The indexes that are walked (`Organisation.Meta.indexes`); equals stand in the order of their keys.
_WALKS: dict[str, tuple[Any, ...]] = {
    "name": ("name_fold",),
    "confirmed": (F("last_confirmed_on").asc(nulls_first=True),),
    "form": ("legal_form",),
    "place": ("locality",),
    "changed": ("-changed_at",),
}


class Pages(Paginator):  # type: ignore[type-arg]
    """Pages of a list whose length is known beforehand; `is_cut` tells that not all of them can be turned to."""

    def __init__(self, rows: Any, per_page: int, count: int, most: int | None = None) -> None:
        super().__init__(rows, per_page)
        self.__dict__["count"] = count
        self.most = most

    @cached_property
    def num_pages(self) -> int:
        whole = -(-self.count // self.per_page) or 1
        return min(whole, self.most) if self.most else whole

    @property
    def is_cut(self) -> bool:
        return self.reachable < self.count

    @property
    def reachable(self) -> int:
        """How many stand on the pages that can be turned to."""
        return self.num_pages * self.per_page


def pages_of(region: Region, counted: Counted, seen: QuerySet[Organisation], wish: Wish, levels: tuple[str, ...], per_page: int) -> Pages:
    """The pages of a wish that was counted. What words found is ranked by the search, whatever its number."""
    if counted.keys is not None:
        return Pages(in_order(seen.filter(pk__in=counted.keys), wish, levels), per_page, counted.total)
    if wish.q or counted.total <= FEW:
        return Pages(in_order(wanted(seen, wish), wish, levels), per_page, counted.total)
    rows = in_order(_unhurried(region, seen, wish), wish, levels).order_by(*_WALKS[wish.sort])
    frozen = newest_snapshot(region)
    whole = max(counted.total, frozen.organisations if frozen else 0)
    return Pages(rows, per_page, counted.total, max(1, PASSED * counted.total // whole // per_page))


def _unhurried(region: Region, seen: QuerySet[Organisation], wish: Wish) -> QuerySet[Organisation]:
    """The organisations of a wish, asked so that no index but that of the order looks tempting."""
    found = seen.alias(
        plain_form=Concat("legal_form", Value(""), output_field=CharField()),
        plain_status=Concat("activity_status", Value(""), output_field=CharField()),
        plain_municipality=F("municipality_id") + 0,
    )
    if wish.on:
        found = found.filter(existing_on(wish.on))
    elif not wish.closed:
        found = found.exclude(plain_status=Organisation.Status.CLOSED)
    if wish.municipality:
        # In the order of places a municipality stands far down the walk: then its own index is the shorter way.
        way = "municipality__in" if wish.sort == "place" else "plain_municipality__in"
        found = found.filter(**{way: _keys(code=wish.municipality)})
    for name, chosen in wish.facets.items():
        found = found.filter(_among(region, name, chosen, wish))
    return found


def _keys(**words: Any) -> list[int]:
    return list(Territory.objects.filter(**words).values_list("pk", flat=True))


def _among(region: Region, name: str, chosen: tuple[str, ...], wish: Wish) -> Any:
    match name:
        case "form":
            return Q(plain_form__in=chosen)
        case "status":
            return Q(plain_status__in=chosen)
        case "area":
            return Q(plain_municipality__in=_keys(subregions__code__in=chosen, subregions__region=region))
        case "service":
            return Exists(ServiceArea.objects.filter(organisation=OuterRef("pk"), code__in=chosen))
        case "recognition" if wish.on:
            on_day = Q(pk__in=[])
            for code in chosen:
                on_day |= recognised_on(wish.on, code)
            return Exists(Organisation.objects.filter(on_day, pk=OuterRef("pk")))
        case "recognition":
            return Exists(Recognition.objects.filter(organisation=OuterRef("pk"), code__in=chosen, state=Recognition.State.GRANTED))
    return Q(sector__in=chosen)
