"""Pages of the directory, out of however many organisations, in any of its orders; any page can be turned to.

A snapshot knows where each organisation stands in every order. The few that changed since are put among them by the database,
which compares what it knows: of those before a page at most as many are missing as there are fresh ones. Without a snapshot
the database sorts them all; both ways tell the same, for every order decides between any two organisations (`directory.SORTS`).
"""

from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet

from osnowa.places.access import Anyone
from osnowa.places.models import Region
from osnowa.register.models import Organisation
from osnowa.register.queries.directory import BEST, SORTS, Wish, in_order, wanted, with_columns
from osnowa.register.queries.facets import Counted, is_known
from osnowa.register.queries.frame import frame_of, where
from osnowa.register.queries.keeping import Kept


class Pages(Paginator):  # type: ignore[type-arg]
    """Pages of a list whose length is known beforehand."""

    def __init__(self, rows: Any, per_page: int, count: int) -> None:
        super().__init__(rows, per_page)
        self.__dict__["count"] = count


class Listed:
    """The keys of the organisations of a wish in its order: of any part of them those alone are read."""

    def __init__(self, frame: Kept, seen: QuerySet[Organisation], wish: Wish, found: tuple[int, ...] | None) -> None:
        self.frame, self.seen, self.order = frame, seen, "name" if wish.sort == BEST else wish.sort
        self.condition = where(wish, "", found)
        hits = wish.hits(seen) if wish.sort == BEST else None
        self.ranked = hits.ids if hits else ()

    @cached_property
    def total(self) -> int:
        """How many there are."""
        return int(self.frame.counts(f"SELECT count(*) FROM register WHERE {self.condition}", 0)[0][0])

    def __getitem__(self, part: slice) -> list[int]:
        """The best of what words found stand first."""
        first, last, best = part.start, part.stop, len(self._best)
        rest = self._others(max(0, first - best), last - best) if last > best else []
        return [*self._best[first:last], *rest]

    @cached_property
    def _best(self) -> list[int]:
        if not self.ranked:
            return []
        fit = set(self._keys(f"SELECT id FROM register WHERE {self.condition} AND id IN ({_listed(self.ranked)})"))
        return [key for key in self.ranked if key in fit]

    def _others(self, first: int, last: int) -> list[int]:
        """Those not ranked: of what stood still the places that may be asked for, with all that is fresh."""
        condition = self.condition + (f" AND id NOT IN ({_listed(self.ranked)})" if self.ranked else "")
        fresh = self._keys(f"SELECT id FROM fresh WHERE {condition}") if self.frame.frame.gone else []
        passed = max(0, first - len(fresh))
        still = self._keys(
            f"SELECT id FROM {self.frame.frame.lists} WHERE {condition} ORDER BY by_{self.order} LIMIT {last - passed} OFFSET {passed}"
        )
        if not fresh:
            return still
        together = self.seen.filter(pk__in=[*still, *fresh]).order_by(*SORTS[self.order]).values_list("pk", flat=True)
        return list(together[first - passed : last - passed])

    def behind(self, after: int | None, many: int) -> list[int] | None:
        """The next so many behind an organisation, of the first ones without; None where it changed since and has no place any more."""
        lists, condition, place = self.frame.frame.lists, self.condition, self.order
        if after is not None:
            stood = self.frame.rows(f"SELECT by_{place} FROM {lists} WHERE id = {after}")
            if not stood:
                return None
            condition += f" AND by_{place} > {stood[0][0]}"
        still = self._keys(f"SELECT id FROM {lists} WHERE {condition} ORDER BY by_{place} LIMIT {many}")
        fresh = self._keys(f"SELECT id FROM fresh WHERE {self.condition}") if self.frame.frame.gone else []
        if not fresh:
            return still
        named = [*still, *fresh] if after is None else [after, *still, *fresh]
        together = list(self.seen.filter(pk__in=named).order_by(*SORTS[place]).values_list("pk", flat=True))
        first = together.index(after) + 1 if after in together else 0
        return together[first : first + many]

    def _keys(self, sql: str) -> list[int]:
        return [key for (key,) in self.frame.rows(sql)]


def _listed(keys: tuple[int, ...]) -> str:
    return ", ".join(map(str, keys))


class _Rows:
    """The organisations of a list, read by their keys."""

    def __init__(self, keys: Listed, rows: QuerySet[Organisation]) -> None:
        self.keys, self.rows = keys, rows

    def __getitem__(self, part: slice) -> list[Organisation]:
        keys = self.keys[part]
        found = {one.pk: one for one in self.rows.filter(pk__in=keys)}
        return [found[key] for key in keys if key in found]


def listed_in(region: Region, person: Anyone, seen: QuerySet[Organisation], wish: Wish) -> Listed | None:
    """The list of a wish without words, where a snapshot knows its order."""
    if wish.q or not is_known(wish, None):
        return None
    frame = Kept(frame_of(region, person))
    return Listed(frame, seen, wish, None) if frame.frame.lists else None


def pages_of(counted: Counted, seen: QuerySet[Organisation], wish: Wish, levels: tuple[str, ...], per_page: int) -> Pages:
    """The pages of a wish that was counted."""
    if counted.frame and counted.frame.frame.lists:
        rows: Any = _Rows(Listed(counted.frame, seen, wish, counted.found), with_columns(seen, wish, levels))
    else:
        rows = in_order(wanted(seen, wish), wish, levels)
    return Pages(rows, per_page, counted.total)
