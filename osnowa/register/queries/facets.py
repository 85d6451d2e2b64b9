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
#: As few organisations as this are listed by their keys.
FEW = 8_000
#: Of more organisations than this that words found, the database tells.
_MOST_FOUND = 50_000


@dataclass(frozen=True)
class Counted:
    """How many organisations a wish finds, and how many it would find with each choice of each filter."""

    total: int
    facets: Counts
    #: The keys of all of them where they are few.
    keys: tuple[int, ...] | None = None


def count(region: Region, person: Anyone, seen: QuerySet[Organisation], wish: Wish) -> Counted:
    """The counts of a wish: in the frame where it knows enough, else in the database."""
    found = _found(region, seen, wish)
    if found == () and wish.q:
        return Counted(0, {name: {} for name in FACETS}, ())
    if _is_known(wish, found) and newest_snapshot(region):
        return counted(Kept(frame_of(region, person)), wish, found)
    return Counted(wanted(seen, wish).count(), facet_counts(seen, wish))


def _found(region: Region, seen: QuerySet[Organisation], wish: Wish) -> tuple[int, ...] | None:
    """The organisations the words found; None without words."""
    hits = wish.hits(seen, region)
    if hits is None:
        return None
    return hits.ids if hits.is_complete else found_ids(region, seen=seen, words=wish.q, most=_MOST_FOUND)


def _is_known(wish: Wish, found: tuple[int, ...] | None) -> bool:
    """Whether the frame can tell: it knows statuses as they stand now, and is told of so many found at most."""
    return not (wish.on and "recognition" in wish.facets) and len(found or ()) < _MOST_FOUND


def counted(frame: Kept, wish: Wish, found: tuple[int, ...] | None = None) -> Counted:
    """Counts of every choice as if nothing were chosen in its filter; `found` are those its words found."""
    whole, facets = _single(frame, wish, found)
    facets["area"] = _filled(frame.rows(
        "SELECT area, count(DISTINCT own.id) FROM "
        f"(SELECT id, municipality FROM register WHERE {where(wish, 'area', found)}) AS own "
        "JOIN areas ON areas.municipality = own.municipality GROUP BY area"
    ))  # fmt: skip
    for name, column in _LISTED.items():
        facets[name] = _filled(frame.rows(
            f"SELECT code, count(*) FROM (SELECT unnest({column}) AS code FROM register WHERE {where(wish, name, found)}) AS every_code GROUP BY code"
        ))  # fmt: skip
    keys = tuple(pk for (pk,) in frame.rows(f"SELECT id FROM register WHERE {where(wish, '', found)}")) if whole <= FEW else None
    return Counted(whole, {name: facets[name] for name in FACETS}, keys)


def _single(frame: Kept, wish: Wish, found: tuple[int, ...] | None) -> tuple[int, Counts]:
    """The total and the filters of one code each: one pass groups by all three, the choices in them are made here."""
    others = {name: chosen for name, chosen in wish.facets.items() if name not in _SINGLE}
    condition = where(Wish(wish.q, others, wish.municipality, wish.on, wish.closed), "", found)
    rows = frame.rows(f"SELECT legal_form, status, sector, count(*) FROM register WHERE {condition} GROUP BY legal_form, status, sector")
    counts: Counts = {name: {} for name in _SINGLE}
    total = 0
    for *values, n in rows:
        of = dict(zip(_SINGLE, values, strict=True))
        wrong = [name for name in _SINGLE if name in wish.facets and of[name] not in wish.facets[name]]
        total += 0 if wrong else n
        for name in _SINGLE:
            if of[name] and wrong in ([], [name]):
                counts[name][of[name]] = counts[name].get(of[name], 0) + n
    return total, counts


def _filled(rows: Iterable[tuple[str, int]]) -> dict[str, int]:
    return {code: n for code, n in rows if code}
