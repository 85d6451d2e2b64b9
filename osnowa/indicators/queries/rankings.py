"""One indicator over all places of a level: their ranks in a period, and series of chosen ones."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from osnowa.compute.standing import Point, Spread, Standing, spread, standings
from osnowa.indicators.models import Indicator, Release, Value
from osnowa.indicators.queries.profiles import Profile, Rung, Standpoint, is_place, rung_of
from osnowa.ui.charts import Chart, Series

MOST_LINES = 5


@dataclass(frozen=True)
class Ranked:
    """A place in a ranking."""

    code: str
    name: str
    flag: str
    standing: Standing


@dataclass(frozen=True)
class Ranking:
    """An indicator in a period over the places of a level."""

    indicator: Indicator
    period: str
    periods: list[str]
    rung: Rung
    rungs: list[tuple[Rung, int]]
    rows: list[Ranked]
    release: Release | None

    @property
    def spread(self) -> Spread | None:
        return spread(row.standing.value for row in self.rows)

    def among(self, codes: Iterable[str]) -> list[Ranked]:
        """The rows of these places, in the order of the ranking."""
        wanted = set(codes)
        return [row for row in self.rows if row.code in wanted]


def word_of(rung: Rung) -> str:
    """A level as a word of an address."""
    return f"{rung.scheme}{rung.length}".lower()


def name_of(rung: Rung) -> str:
    """A level as people call it."""
    if rung.scheme == "NUTS":
        return _("countries") if rung.length == 2 else f"NUTS {rung.length - 2}"
    named = {("TERYT", 2): _("voivodeships"), ("TERYT", 4): _("counties"), ("TERYT", 7): _("municipalities"), ("LAU", rung.length): _("municipalities")}
    return named.get((rung.scheme, rung.length), _("other places"))


def ranking(it: Indicator, level: str = "", period: str = "", codes: Iterable[str] = ()) -> Ranking | None:
    """The ranking of a level in a period; the level of `codes` and the newest period where none is asked for."""
    held = Value.objects.filter(indicator=it, is_newest=True, value__isnull=False)
    counted: Counter[tuple[Rung, str]] = Counter()
    for geo, scheme, when in held.values_list("geo", "territory__scheme", "period"):
        if is_place(geo):
            counted[rung_of(geo, scheme or ""), when] += 1
    if not counted:
        return None
    sizes: Counter[Rung] = Counter()
    for (rung, _when), number in counted.items():
        sizes[rung] = max(sizes[rung], number)
    rungs = sorted(sizes.items(), key=lambda item: (item[0].scheme, item[0].length))
    rung = _chosen(sizes, level, codes)
    periods = sorted({when for one, when in counted if one == rung}, reverse=True)
    chosen = period if period in periods else periods[0]
    return Ranking(it, chosen, periods, rung, rungs, _rows(it, rung, chosen), _release(it))


def rankings_in(it: Profile, stands: Iterable[Standpoint]) -> list[Ranking]:
    """The rankings behind some indicators of a profile, over its level and in their periods; one query, for where they come from."""
    wanted = list(stands)
    held = Value.objects.filter(geo=it.code, is_newest=True, indicator__in=[one.indicator for one in wanted]).select_related("release").order_by("period")
    releases = {value.indicator_id: value.release for value in held}
    return [
        Ranking(one.indicator, one.period, [one.period], it.rung, [], _ranked(it.peers.values[one.indicator.pk], it.peers.names, one.indicator), releases.get(one.indicator.pk))
        for one in wanted
    ]  # fmt: skip


def _ranked(values: Mapping[str, float], names: Mapping[str, str], it: Indicator) -> list[Ranked]:
    rows = [Ranked(geo, names[geo], "", stands) for geo, stands in standings(values, it.polarity).items()]
    return sorted(rows, key=lambda row: (row.standing.rank, row.name))


def _chosen(sizes: Counter[Rung], level: str, codes: Iterable[str]) -> Rung:
    asked = next((rung for rung in sizes if word_of(rung) == level), None)
    own = Counter(rung for code in codes for rung in sizes if len(code) == rung.length and rung_of(code) == rung)
    nuts2 = Rung("NUTS", 4)
    return asked or next(iter(one for one, _number in own.most_common(1)), None) or (nuts2 if nuts2 in sizes else sizes.most_common(1)[0][0])


def _rows(it: Indicator, rung: Rung, period: str) -> list[Ranked]:
    held = Value.objects.filter(indicator=it, is_newest=True, value__isnull=False, period=period)
    known: dict[str, tuple[float, str, str]] = {}
    for geo, scheme, name, own, value, flag in held.values_list("geo", "territory__scheme", "territory__name", "geo_name", "value", "flag"):
        if value is not None and is_place(geo) and rung_of(geo, scheme or "") == rung:
            known[geo] = (value, own or name or geo, flag)
    found = standings({geo: value for geo, (value, _name, _flag) in known.items()}, it.polarity)
    rows = [Ranked(geo, known[geo][1], known[geo][2], stands) for geo, stands in found.items()]
    return sorted(rows, key=lambda row: (row.standing.rank, row.name))


def _release(it: Indicator) -> Release | None:
    return Release.objects.filter(values_of__indicator=it, taken_back_at=None).order_by("-pk").first()


def releases_of(it: Indicator) -> list[Release]:
    """The releases that gave this indicator values, newest first."""
    numbers = Value.objects.filter(indicator=it).values("release").distinct()
    return list(Release.objects.filter(pk__in=numbers).select_related("taken_by"))


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """{code: name of the place}, as the files or the code lists say."""
    found: dict[str, str] = {}
    for geo, own, name in Value.objects.filter(geo__in=list(codes)).values_list("geo", "geo_name", "territory__name").distinct():
        found[geo] = own or found.get(geo) or name or geo
    return found


def as_period(period: str) -> str:
    """A period as people read it."""
    return period.replace("_", "–")


def dots(it: Ranking, codes: Iterable[str]) -> Chart:
    """Every place a dot; the chosen ones named."""
    chosen = set(codes)
    values = tuple(row.standing.value for row in it.rows)
    marks = tuple("!" if row.code in chosen else "" for row in it.rows)
    return Chart(
        kind="dots", title=f"{it.indicator}, {as_period(it.period)}", unit=it.indicator.unit, categories=tuple(row.name for row in it.rows),
        series=(Series(str(it.indicator), values, marks),), source=it.release.source if it.release else "", as_of=as_period(it.period),
    )  # fmt: skip


def lines(it: Indicator, series: dict[str, list[Point]], names: dict[str, str], release: Release | None) -> Chart | None:
    """The series of some places, with the marks of breaks."""
    periods = sorted({point.period for points in series.values() for point in points})
    if len(periods) < 2:
        return None
    made = []
    for code, points in series.items():
        known = {point.period: point for point in points}
        made.append(Series(
            names.get(code, code), tuple(known[one].value if one in known else None for one in periods),
            tuple("b" if one in known and known[one].is_break else "" for one in periods),
        ))  # fmt: skip
    return Chart(
        kind="lines", title=str(it), unit=it.unit, categories=tuple(as_period(one) for one in periods), series=tuple(made),
        source=release.source if release else "", as_of=as_period(periods[-1]),
    )  # fmt: skip
