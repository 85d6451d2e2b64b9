"""How many organisations of the directory there are for each choice of its filters: counted in the frame, not in the database."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from osnowa.places.access import Anyone
from osnowa.places.models import Region
from osnowa.register.models import Organisation
from osnowa.register.queries.directory import FACETS, Wish, facet_counts, wanted
from osnowa.register.queries.frame import frame_of, newest_snapshot, where
from osnowa.register.queries.keeping import Kept
from osnowa.register.queries.search import found_ids

Counts = dict[str, dict[str, int]]
#: Filters by a column of which an organisation has one code: counted together, in one pass over the frame.
_SINGLE = {"form": "legal_form", "status": "status", "sector": "sector"}
_LISTED = {"service": "services", "recognition": "recognitions"}
#: Of more organisations than this that words found, the database tells.
_MOST_FOUND = 50_000


@dataclass(frozen=True)
class Counted:
    """How many organisations a wish finds, and how many it would find with each choice of each filter."""

    total: int
    facets: Counts
    #: The frame that counted; None where the database did.
    frame: Kept | None = None
    #: What the words found; None without words.
    found: tuple[int, ...] | None = None


def count(region: Region, person: Anyone, seen: QuerySet[Organisation], wish: Wish) -> Counted:
    """The counts of a wish: in the frame where it knows enough, else in the database."""
    found = _found(region, seen, wish)
    if found == () and wish.q:
        return Counted(0, {name: {} for name in FACETS})
    if is_known(wish, found) and newest_snapshot(region):
        return counted(Kept(frame_of(region, person)), wish, found)
    return Counted(wanted(seen, wish).count(), facet_counts(seen, wish))


def _found(region: Region, seen: QuerySet[Organisation], wish: Wish) -> tuple[int, ...] | None:
    """The organisations the words found; None without words."""
    hits = wish.hits(seen, region)
    if hits is None:
        return None
    return hits.ids if hits.is_complete else found_ids(region, seen=seen, words=wish.q, most=_MOST_FOUND)


def is_known(wish: Wish, found: tuple[int, ...] | None) -> bool:
    """Whether the frame can tell: it knows statuses as they stand now, and is told of so many found at most."""
    return not (wish.on and "recognition" in wish.facets) and len(found or ()) < _MOST_FOUND


def counted(frame: Kept, wish: Wish, found: tuple[int, ...] | None = None) -> Counted:
    """Counts of every choice as if nothing were chosen in its filter; `found` are those its words found."""
    told = _told(frame, wish, found)
    whole, facets = _single(frame, wish, told)
    for name, column in _LISTED.items():
        facets[name] = _filled(frame.rows(
            f"SELECT code, sum(n) FROM (SELECT unnest({column}) AS code, n FROM {told} WHERE {_chosen(wish, name)}) AS every_code GROUP BY code"
        ))  # fmt: skip
    facets["area"] = _areas(frame, wish, found)
    return Counted(whole, {name: facets[name] for name in FACETS}, frame, found)


def _told(frame: Kept, wish: Wish, found: tuple[int, ...] | None) -> str:
    """A table of kinds of organisations and how many there are (`n`), in which all is chosen but what has a filter with counts."""
    if found is None and frame.frame.is_known_by_kind(wish):
        closed = "TRUE" if wish.closed else "status <> 'closed'"
        return f"(SELECT * FROM kinds WHERE {closed}) AS told"
    but = {name: chosen for name, chosen in wish.facets.items() if name == "area"}
    condition = where(Wish(wish.q, but, wish.municipality, wish.on, wish.closed), "", found)
    return f"(SELECT *, 1 AS n FROM register WHERE {condition}) AS told"


def _chosen(wish: Wish, but: str = "") -> str:
    """The condition of the filters that an organisation's kind tells of, without one of them."""
    chosen = {name: codes for name, codes in wish.facets.items() if name != "area"}
    return where(Wish(facets=chosen, closed=True), but)


def _single(frame: Kept, wish: Wish, told: str) -> tuple[int, Counts]:
    """The total and the filters of one code each: one pass groups by all three, the choices in them are made here."""
    others = Wish(facets={name: chosen for name, chosen in wish.facets.items() if name not in _SINGLE})
    rows = frame.rows(f"SELECT legal_form, status, sector, sum(n) FROM {told} WHERE {_chosen(others)} GROUP BY legal_form, status, sector")
    counts: Counts = {name: {} for name in _SINGLE}
    total = 0
    for *values, number in rows:
        n, of = int(number), dict(zip(_SINGLE, values, strict=True))
        wrong = [name for name in _SINGLE if name in wish.facets and of[name] not in wish.facets[name]]
        total += 0 if wrong else n
        for name in _SINGLE:
            if n and of[name] and wrong in ([], [name]):
                counts[name][of[name]] = counts[name].get(of[name], 0) + n
    return total, counts


def _areas(frame: Kept, wish: Wish, found: tuple[int, ...] | None) -> dict[str, int]:
    """Organisations by area; places are too many for `kinds`."""
    return _filled(frame.rows(
        "SELECT area, count(DISTINCT own.id) FROM "
        f"(SELECT id, municipality FROM register WHERE {where(wish, 'area', found)}) AS own "
        "JOIN areas ON areas.municipality = own.municipality GROUP BY area"
    ))  # fmt: skip


def _filled(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    return {code: int(n) for code, n in rows if code and n}
