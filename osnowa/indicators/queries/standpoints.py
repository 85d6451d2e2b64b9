"""The profile of a workspace: which place's figures it shows, who is like it, what it is strong and weak in."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from osnowa.compute.standing import Likeness, nearest
from osnowa.indicators.models import Indicator, Release, Value
from osnowa.indicators.queries.profiles import Profile, Standpoint, told_of
from osnowa.places.models import Region, Territory

_MOST_SAID = 3


@dataclass(frozen=True)
class Side:
    """What a region stands strongest or weakest in."""

    strong: list[Standpoint]
    weak: list[Standpoint]


def ways_up(region: Region) -> list[Territory]:
    """The region's territory and those above it, the smallest first; one query for up to four levels."""
    found: list[Territory] = []
    one: Territory | None = Territory.objects.select_related("parent__parent__parent").get(pk=region.territory_id)
    while one is not None and len(found) < 6:
        found.append(one)
        one = one.parent
    return found


def places_shown(region: Region) -> list[tuple[Territory, int]]:
    """The region's territory and those around it of which there are values, with how many indicators each has."""
    around = ways_up(region)
    held = Value.objects.filter(geo__in=[one.code for one in around], is_newest=True, value__isnull=False)
    counted = Counter(geo for geo, _indicator in held.values_list("geo", "indicator").distinct())
    return [(one, counted[one.code]) for one in around if one.code in counted]


def shown_as(region: Region, places: list[tuple[Territory, int]], asked: str = "") -> Territory:
    """The place whose figures a region shows: the one asked for, else the one with most indicators, the smallest of them."""
    if not places:
        return region.territory
    return next((one for one, _number in places if one.code == asked), max(places, key=lambda place: place[1])[0])


def sides(found: Iterable[Standpoint]) -> Side:
    """Where a place is among the better and the worse third, the furthest first; only where one direction is better."""
    judged = [it for it in told_of(found) if it.indicator.polarity != Indicator.Polarity.NEUTRAL and it.standing.percentile is not None and it.standing.of >= 5]
    order = sorted(judged, key=lambda it: it.standing.percentile or 0.0)
    weak = [it for it in order if (it.standing.percentile or 0) < 100 / 3][:_MOST_SAID]
    strong = [it for it in reversed(order) if (it.standing.percentile or 0) > 200 / 3][:_MOST_SAID]
    return Side(strong, weak)


def similar(it: Profile, indicators: Iterable[int] | None = None, most: int = 5, among: Iterable[str] | None = None) -> list[Likeness]:
    """The places most like this one over chosen indicators (all real ones of its own where none are), each in its latest period."""
    wanted = {one.indicator.pk for one in told_of(it.stands)} if indicators is None else set(indicators)
    table = {str(pk): values for pk, values in it.peers.values.items() if pk in wanted and len(values) > 2}
    return nearest(it.code, table, most, None if among is None else list(among))


def releases_for(code: str) -> list[Release]:
    """The releases whose values of a place are the newest."""
    return list(Release.objects.filter(pk__in=Value.objects.filter(geo=code, is_newest=True).values("release")).order_by("source"))
