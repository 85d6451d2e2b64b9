"""Indicators as tables for spreadsheets, with where they come from."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from osnowa.indicators.models import Indicator, Value
from osnowa.indicators.queries.profiles import Profile
from osnowa.indicators.queries.rankings import Ranking
from osnowa.kit.words import address_word

Tables = dict[str, tuple[Sequence[Any], Iterable[Sequence[Any]]]]
_MOST_ROWS = 500_000


def file_word(code: str) -> str:
    """A code fit for the name of a file."""
    return address_word(code)


def of_indicator(it: Indicator, ranking: Ranking | None, address: str) -> Tables:
    """The ranking in a period; every newest value; what the indicator is."""
    stood = [
        [row.standing.rank, row.code, row.name, row.standing.value, row.flag, row.standing.z, row.standing.gap_to_mean, row.standing.gap_to_best]
        for row in (ranking.rows if ranking else [])
    ]
    held = Value.objects.filter(indicator=it, is_newest=True).order_by("geo", "period")
    values = held.values_list("geo", "geo_name", "territory__name", "period", "value", "flag", "release__source", "release__published_on")
    rows = [[geo, own or name or "", period, value, flag, source, on] for geo, own, name, period, value, flag, source, on in values[:_MOST_ROWS]]
    about = [[_("Code"), it.code], [_("Name"), str(it)], [_("Definition"), it.definition_said], [_("Unit"), it.unit], [_("Polarity"), it.get_polarity_display()]]
    if ranking:
        about += [[_("Period"), ranking.period], [_("Source"), ranking.release.source if ranking.release else ""]]
        about.append([_("Licence"), ranking.release.licence if ranking.release else ""])
    return {
        _("Ranking"): ([_("Rank"), _("Code"), _("Place"), _("Value"), _("Flag"), "z", _("Gap to the mean"), _("Gap to the best")], stood),
        _("Values"): ([_("Code"), _("Place"), _("Period"), _("Value"), _("Flag"), _("Source"), _("Published on")], rows),
        _("About"): ([_("What"), _("Value")], [*about, [_("Address"), address]]),
    }


def of_profile(it: Profile, names: dict[str, str], codes: list[str], address: str) -> Tables:
    """Where a place stands in every indicator, with the values of chosen others."""
    headings = [_("Code"), _("Indicator"), _("Unit"), _("Polarity"), _("Period"), _("Value"), _("Rank"), _("Of"), "z", _("Mean"), _("Gap to the mean")]
    rows = [
        [
            one.indicator.code, str(one.indicator), one.indicator.unit, one.indicator.get_polarity_display(), one.period, one.standing.value,
            one.standing.rank, one.standing.of, one.standing.z, one.standing.mean, one.standing.gap_to_mean,
            *(it.peers.values[one.indicator.pk].get(code) for code in codes),
        ]
        for one in it.stands
    ]  # fmt: skip
    about = [[_("Place"), it.code], [_("Address"), address]]
    return {
        _("Indicators"): ([*headings, *(f"{names.get(code, code)} ({code})" for code in codes)], rows),
        _("About"): ([_("What"), _("Value")], about),
    }
