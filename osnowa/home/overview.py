"""The front page of a region in numbers and sentences: what somebody with one minute should know."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osnowa.compute.standing import NEUTRAL, Standing, standing
from osnowa.indicators.models import Indicator, Value
from osnowa.indicators.queries.profiles import peers_at, rung_of
from osnowa.indicators.queries.sector_table import STATUSES
from osnowa.places.models import Region
from osnowa.register import codes
from osnowa.register.queries.region import Jobs, Portrait
from osnowa.ui.charts import Chart, Series
from osnowa.ui.charts.measures import decimals_of, number

#: So many indicators stand on the page: half where the region is ahead, half where it is behind.
_CHOSEN = 4
_MOST_COUNTRIES = 8


@dataclass(frozen=True)
class Figure:
    """A large number, what it counts, how it changed, where it is from, and what lies beneath it."""

    number: str
    words: str
    change: str
    source: str
    url: str
    dye: str


@dataclass(frozen=True)
class Sentence:
    """A sentence with the address of what lies beneath it."""

    words: str
    url: str = ""


@dataclass(frozen=True)
class Position:
    """Where the region stands in one indicator among regions of its level."""

    indicator: Indicator
    period: str
    standing: Standing
    source: str
    #: The name of the place, where it is not the region itself.
    place: str = ""

    @property
    def value(self) -> str:
        unit = self.indicator.unit
        said = number(self.standing.value, decimals_of([self.standing.value]), unit)
        return said if unit in ("", "%") else f"{said} {unit}"

    @property
    def share_behind(self) -> float:
        """The share of regions it is ahead of: the length of its bar."""
        return (self.standing.percentile or 0) / 100


def status_of(region: Region) -> str:
    """The recognition that makes a social enterprise in the law of the region; empty where there is none."""
    return STATUSES.get(region.jurisdiction, "")


def address(name: str, region: Region, query: str = "") -> str:
    """The address of a page of a region; empty where there is no such page."""
    try:
        return reverse(name, args=[region.slug]) + query
    except NoReverseMatch:
        return ""


def changed(by: int) -> str:
    """A difference to a year ago in words."""
    if by > 0:
        return _("%(n)s more than a year ago") % {"n": number(by)}
    return _("%(n)s fewer than a year ago") % {"n": number(-by)} if by < 0 else _("as many as a year ago")


def figures(region: Region, it: Portrait) -> list[Figure]:
    """The four or five large numbers of a region."""
    day = date_format(it.on, "DATE_FORMAT")
    here = _("register, %(day)s") % {"day": day}
    found = [
        Figure(number(it.total), ngettext("organisation", "organisations", it.total), changed(it.change), here, address("register:directory", region), "madder")
    ]
    if it.holders:
        words = ngettext("social enterprise", "social enterprises", it.holders)
        share = _("with the status: %(percent)s of all") % {"percent": number(100 * it.holders / it.total, 0, "%")}
        found.append(Figure(number(it.holders), words, share, here, address("register:directory", region, f"?recognition={status_of(region)}"), "woad"))
    if it.jobs:
        found.append(_jobs(region, it.jobs, it.jobs_before))
    if it.places:
        words = ngettext("municipality with organisations", "municipalities with organisations", len(it.places))
        url = address("maps:map", region) or address("places:subregions", region)
        found.append(Figure(number(len(it.places)), words, "", here, url, "moss"))
    words, share = _("confirmed in the last year"), _("%(n)s of %(total)s records") % {"n": number(it.confirmed), "total": number(it.total)}
    found.append(Figure(number(it.confirmed_percent, 0, "%"), words, share, here, address("register:quality", region), "gall"))
    return found


def _jobs(region: Region, now: Jobs, before: Jobs | None) -> Figure:
    words = ngettext("job", "jobs", now.persons)
    told = ngettext("reported by %(n)s organisation", "reported by %(n)s organisations", now.organisations) % {"n": number(now.organisations)}
    if before:
        told += "; " + _("a year ago %(jobs)s, by %(n)s") % {"jobs": number(before.persons), "n": number(before.organisations)}
    day = date_format(now.last_on, "DATE_FORMAT") if now.last_on else ""
    return Figure(number(now.persons), words, told, _("yearly figures up to %(day)s") % {"day": day}, address("indicators:figures", region), "weld")


def _beneath(region: Region) -> str:
    """The analyst's page, or the sector table where there is none."""
    return address("indicators:statistics", region) or address("indicators:sector_table", region)


def happened(region: Region, it: Portrait) -> list[Sentence]:
    """What changed in a year and why, in at most three sentences."""
    url = address("indicators:changes", region) or _beneath(region)
    found = []
    if it.new:
        form, came, _went = max(it.moved, key=lambda one: (one[1], one[0]))
        words = ngettext("%(n)s organisation began", "%(n)s organisations began", it.new) % {"n": number(it.new)}
        found.append(Sentence(_most(words, form, came, it.new), url))
    if it.closed:
        form, _came, went = max(it.moved, key=lambda one: (one[2], one[0]))
        words = ngettext("%(n)s organisation closed", "%(n)s organisations closed", it.closed) % {"n": number(it.closed)}
        found.append(Sentence(_most(words, form, went, it.closed), url))
    other = it.change - it.new + it.closed
    if other:
        found.append(Sentence(_("%(n)s more from corrected dates and statuses.") % {"n": number(other)}, url))
    return found or [Sentence(_("No organisation began or closed in the last year."))]


def _most(words: str, form: str, n: int, of: int) -> str:
    """A sentence on how many, and of which legal form most of them are, where most are of one."""
    if of > 1 and n > 1:
        return _("%(words)s, most often: %(form)s (%(n)s).") % {"words": words, "form": codes.LEGAL_FORMS.label(form), "n": number(n)}
    return f"{words}: {codes.LEGAL_FORMS.label(form)}." if of == 1 else f"{words}."


def strengths(region: Region, it: Portrait) -> Chart | None:
    """The activities most organisations have."""
    if not it.activities:
        return None
    names = tuple(codes.nace_label(version, code) for version, code, _n in it.activities)
    known = _("The main activity is known of %(n)s of %(total)s organisations.") % {"n": number(it.classified), "total": number(it.total)}
    return Chart(
        "bars", _("Most common activities"), _("organisations"), names, (Series(_("Organisations"), tuple(n for *_code, n in it.activities)),),
        _source(region), it.on, known,
    )  # fmt: skip


def countries(region: Region, it: Portrait) -> Chart | None:
    """Where the organisations of several countries are."""
    most = list(it.countries.items())[:_MOST_COUNTRIES]
    if not most:
        return None
    return Chart(
        "bars", _("Countries with most organisations"), _("organisations"), tuple(code or _("not known") for code, _n in most),
        (Series(_("Organisations"), tuple(n for _code, n in most)),), _source(region), it.on,
    )  # fmt: skip


def _source(region: Region) -> str:
    if region.is_invented:
        return _("register of %(region)s, an invented sample") % {"region": region}
    return _("register of %(region)s") % {"region": region}


def positions(region: Region) -> list[Position]:
    """Where the region is most ahead and most behind among regions of its level; three queries.

    A region without values of its own shows those of the smallest region around it that has some. Invented indicators
    are told only where there are no real ones.
    """
    code, moments, polarities = _held(region)
    peers = peers_at(moments, rung_of(code, region.territory.scheme)).values
    stands = {pk: standing(code, peers[pk], polarities[pk]) for pk in moments}
    order = sorted((-it.percentile, pk) for pk, it in stands.items() if it and it.percentile is not None)
    chosen = [pk for _percentile, pk in (order if len(order) <= _CHOSEN else [*order[: _CHOSEN // 2], *order[-_CHOSEN // 2 :]])]
    values = Value.objects.filter(geo=code, is_newest=True, indicator__in=chosen).select_related("indicator", "release", "territory")
    told = {(one.indicator_id, one.period): one for one in values}
    return [_position(region, told[pk, moments[pk]], stands[pk]) for pk in chosen]


def _position(region: Region, one: Value, stands: Standing | None) -> Position:
    assert stands is not None, "only indicators with a standing are chosen"
    name = "" if one.geo == region.territory.code else one.geo_name or (one.territory.name if one.territory else one.geo)
    return Position(one.indicator, one.period, stands, str(one.release), name)


def _held(region: Region) -> tuple[str, dict[int, str], dict[int, str]]:
    """The place that has values (the region, or the smallest around it), with the latest period and the polarity of each."""
    own = region.territory
    around = [own.code[:length] for length in range(len(own.code), 2, -1)] if own.scheme == own.Scheme.NUTS else [own.code]
    values = Value.objects.filter(geo__in=around, is_newest=True, value__isnull=False).exclude(indicator__polarity=NEUTRAL)
    everything = list(values.order_by("period").values_list("geo", "indicator", "period", "indicator__polarity", "indicator__kind"))
    rows = [row for row in everything if row[4] != Indicator.INVENTED] or everything
    held = {geo for geo, *_rest in rows}
    code = next((code for code in around if code in held), own.code)
    moments = {indicator: period for geo, indicator, period, *_rest in rows if geo == code}
    return code, moments, {indicator: polarity for _geo, indicator, _period, polarity, _kind in rows}


def overview(region: Region, it: Portrait) -> Mapping[str, Any]:
    """Everything the page tells."""
    return {
        "portrait": it, "figures": figures(region, it) if it.total else [], "happened": happened(region, it) if it.total else [],
        "strengths": strengths(region, it), "countries": countries(region, it), "positions": positions(region),
        "beneath": _beneath(region), "strengths_url": address("indicators:strengths", region), "map_url": address("maps:map", region), "indicators_url": address("indicators:profile", region),
        "source": _source(region),
    }  # fmt: skip

