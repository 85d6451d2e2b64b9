"""How a place stands in each indicator, in the latest period for which it has a value."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from osnowa.compute.standing import Point, Standing, standing
from osnowa.indicators.models import Indicator, Value
from osnowa.kit.errors import Refused
from osnowa.places.models import Region, Territory

#: Sums of countries and what lies in no region are no places to be compared with.
_NO_PLACE = re.compile(r"^(?:EU|EA|EEA|EFTA)(?:\d.*|$)|^[A-Z]{2}Z+$")


@dataclass(frozen=True)
class Rung:
    """The level of a place: only places of the same rung are compared."""

    scheme: str
    length: int


@dataclass
class Standpoint:
    """One indicator of a place: its latest value among its peers, and its series."""

    indicator: Indicator
    period: str
    standing: Standing
    series: list[Point] = field(default_factory=list)


def rung_of(code: str, scheme: str = "") -> Rung:
    """The level of a code: the list it is of and its length; one that no list knows is taken by its shape."""
    if not scheme:
        scheme = "TERYT" if code.isdigit() and len(code) in (2, 4, 7) else "NUTS" if re.match(r"^[A-Z]{2}[A-Z0-9]{0,3}$", code) else "other"
    return Rung(scheme, len(code))


def is_place(code: str) -> bool:
    """Whether a code is that of one place, and not of a sum of countries or of what lies in no region."""
    return not _NO_PLACE.match(code)


def code_of(text: str) -> str:
    """The code of a region said by its code or by the address of a workspace. Refused where neither is known."""
    plain = text.strip()
    workspace = Region.objects.filter(slug=plain.lower()).select_related("territory").first()
    if workspace:
        return workspace.territory.code
    code = plain.upper()
    if Value.objects.filter(geo=code).exists() or Territory.objects.filter(code=code).exists():
        return code
    known = ", ".join(Region.objects.values_list("slug", flat=True))
    raise Refused(_("No region has the code or the address %(region)s. Workspaces are: %(known)s.") % {"region": plain, "known": known or "–"})


def latest(code: str) -> tuple[dict[int, str], Rung]:
    """({indicator: latest period} for which a place has a value, the level of the place); one query."""
    found: dict[int, str] = {}
    known = ""
    held = Value.objects.filter(geo=code, is_newest=True, value__isnull=False)
    for indicator, period, scheme in held.values_list("indicator", "period", "territory__scheme"):
        known = known or scheme or ""
        if period > found.get(indicator, ""):
            found[indicator] = period
    return found, rung_of(code, known)


@dataclass
class Peers:
    """The values of all places of a level, each indicator in its own period: {indicator: {place: value}}; their names."""

    values: dict[int, dict[str, float]]
    names: dict[str, str] = field(default_factory=dict)


def peers_at(moments: dict[int, str], rung: Rung) -> Peers:
    """All places of a rung, each indicator in its own period."""
    by_period = defaultdict(list)
    for indicator, period in moments.items():
        by_period[period].append(indicator)
    wanted = Q(pk__in=[])
    for period, indicators in by_period.items():
        wanted |= Q(period=period, indicator__in=indicators)
    found = Peers({indicator: {} for indicator in moments})
    held = Value.objects.filter(wanted, is_newest=True, value__isnull=False)
    for indicator, geo, scheme, value, own, name in held.values_list(
        "indicator", "geo", "territory__scheme", "value", "geo_name", "territory__name"
    ):
        if value is not None and len(geo) == rung.length and rung_of(geo, scheme or "") == rung and is_place(geo):
            found.values[indicator][geo] = value
            found.names[geo] = own or found.names.get(geo) or name or geo
    return found


def series_of(codes: Iterable[str], indicators: Iterable[Indicator]) -> dict[tuple[int, str], list[Point]]:
    """{(indicator, place): series} with the marks of breaks: flag `b`, or a period named with the indicator."""
    breaks = {one.pk: set(one.breaks) for one in indicators}
    found: dict[tuple[int, str], list[Point]] = defaultdict(list)
    held = Value.objects.filter(geo__in=list(codes), indicator__in=list(breaks), is_newest=True).order_by("period")
    for indicator, geo, period, value, flag in held.values_list("indicator", "geo", "period", "value", "flag"):
        found[indicator, geo].append(Point(period, value, "b" in flag or period in breaks[indicator]))
    return found


@dataclass
class Profile:
    """How a place stands in every indicator of which it has a value, beside all places of its level."""

    code: str
    rung: Rung
    moments: dict[int, str]
    peers: Peers
    stands: list[Standpoint]

    @property
    def others(self) -> list[tuple[str, str]]:
        """(code, name) of the other places of the level."""
        return sorted((code, name) for code, name in self.peers.names.items() if code != self.code)


def profile(code: str, *, with_series: bool = False) -> Profile:
    """The profile of a place, by theme and code; what no other place has stands last, after it what is invented."""
    moments, rung = latest(code)
    indicators = list(Indicator.objects.filter(pk__in=moments).order_by("theme", "code"))
    peers = peers_at(moments, rung)
    series = series_of([code], indicators) if with_series else {}
    stands = []
    for one in indicators:
        found = standing(code, peers.values[one.pk], one.polarity)
        if found is not None:
            stands.append(Standpoint(one, moments[one.pk], found, series.get((one.pk, code), [])))
    stands.sort(key=lambda it: (it.indicator.is_invented, it.standing.of < 2))
    return Profile(code, rung, moments, peers, stands)


def told_of(stands: Iterable[Standpoint]) -> list[Standpoint]:
    """What conclusions rest on: the real indicators where there are any, invented ones only among themselves."""
    found = list(stands)
    return [it for it in found if not it.indicator.is_invented] or found


def facts(found: Profile) -> list[dict[str, Any]]:
    """A profile for machines."""
    return [
        {
            "code": it.indicator.code, "name": str(it.indicator), "year": int(it.period) if it.period.isdigit() else it.period,
            "value": it.standing.value, "rank": it.standing.rank, "of": it.standing.of, "z": it.standing.z,
        }
        for it in found.stands
    ]  # fmt: skip
