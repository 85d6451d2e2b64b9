"""The map of a region: its municipalities, their outlines where imported, its own divisions, and counts."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from django.db.models import Count, F, Min, Q

from osnowa.places.drawing import Border, Picture, Spot, draw, tone_of
from osnowa.places.models import Outline, Region, Subregion
from osnowa.places.queries.municipalities import municipalities_in

#: With more municipalities than this, coarser outlines are drawn.
_MANY = 700
#: More municipalities than this are not told apart where nothing is told of each: every second, third … stands for its neighbours.
_MOST_THREADS = 2_500


class _Town(NamedTuple):
    """What the picture knows of a municipality."""

    pk: int
    name: str
    lat: float | None
    lon: float | None
    above: int | None


def region_map(region: Region, counts: Mapping[int | None, int] | None = None, kind: str = "") -> Picture:
    """The picture of a region with `{municipality: count}`; four queries. Knows municipalities only, no exact place."""
    counts = counts or {}
    numbers, members = _divisions(region, kind)
    municipalities, share = _towns(region, is_whole=bool(counts or members))
    spots = []
    for one in municipalities:
        if one.lat is not None and one.lon is not None:
            tone, part = members.get(one.pk, (0, ""))
            spots.append(Spot(one.name, one.lat, one.lon, tone, counts.get(one.pk, 0), part))
    borders, sources = _borders(region, municipalities, members)
    elsewhere = sum(counts.values()) - sum(spot.count for spot in spots)
    return replace(draw(spots, borders, parts=numbers, elsewhere=elsewhere, sources=sources), share=share)


def _towns(region: Region, *, is_whole: bool) -> tuple[list[_Town], int]:
    """The municipalities of a region; of very many, where not all must be there, one of so many; two queries."""
    rows = municipalities_in(region)
    known = {"n": 0, "first": 0} if is_whole else rows.aggregate(n=Count("pk"), first=Min("pk"))
    share = -(-known["n"] // _MOST_THREADS) or 1
    if share > 1:
        rows = rows.annotate(turn=F("pk") % share).filter(turn=known["first"] % share)
    return list(map(_Town._make, rows.values_list("pk", "name", "lat", "lon", "parent_id"))), share


def _divisions(region: Region, kind: str) -> tuple[list[tuple[int, str]], dict[int, tuple[int, str]]]:
    """[(tone, name)] of the region's divisions of one kind, and {municipality: (tone, name)}; one query."""
    rows = Subregion.objects.filter(region=region).order_by("kind", "order", "name", "pk")
    if kind:
        rows = rows.filter(kind=kind)
    found = list(rows.values_list("kind", "pk", "name", "municipalities"))
    first = "support_centre" if any(row[0] == "support_centre" for row in found) else found[0][0] if found else ""
    tones: dict[int, tuple[int, str]] = {}
    members = {}
    for of, pk, name, municipality in found:
        if of == first:
            tones.setdefault(pk, (tone_of(len(tones) + 1), name))
            members[municipality] = tones[pk]
    return list(tones.values()), members


def _borders(region: Region, municipalities: list[_Town], members: dict[int, tuple[int, str]]) -> tuple[list[Border], list[str]]:
    """The outlines of the finest level that has them, and where they come from; one query."""
    own = {one.pk for one in municipalities}
    wanted = Q(territory=region.territory_id) | Q(territory__in={one.above for one in municipalities})
    if len(own) <= _MANY:
        wanted |= Q(territory__in=own)
    rows = list(
        Outline.objects.filter(wanted).values_list("territory", "territory__name", "shape", "source")
    )
    fine = [row for row in rows if row[0] in own]
    if len(fine) < len(own) / 2:
        middle = [row for row in rows if row[0] not in own and row[0] != region.territory_id]
        whole = [row for row in rows if row[0] == region.territory_id]
        fine = middle or whole or fine
    borders = [Border(name, shape, members.get(pk, (0, ""))[0]) for pk, name, shape, _ in fine]
    return borders, [row[3] for row in fine]
