"""The budget in words: every figure with its formula, what to look at, charts, a workbook."""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from osnowa.clusters.models import BudgetLine, Cluster
from osnowa.clusters.queries.money import YEARS, BreakEven, Budget, Runway, Year
from osnowa.ui.charts import Chart, Series

Sheet = tuple[list[str], list[list[Any]]]


def in_money(amount: Decimal | None) -> str:
    """An amount with its thousands apart; cents only where there are any."""
    if amount is None:
        return _("unknown")
    return str(number_format(amount, 0 if amount == amount.to_integral_value() else 2, use_l10n=True, force_grouping=True))


def in_percent(part: Decimal | None) -> str:
    """A part as whole per cent."""
    return _("unknown") if part is None else f"{number_format(round(part * 100), 0, force_grouping=True)}%"


def _decimal(value: Decimal | None, places: int) -> str:
    return _("unknown") if value is None else str(number_format(round(value, places), places, use_l10n=True))


@dataclass(frozen=True)
class Figure:
    """A figure of each year with the sentence that says how it is made."""

    heading: str
    formula: str
    cells: tuple[str, ...]
    values: tuple[Any, ...]


def _figure(heading: str, formula: str, values: list[Any], written: Callable[[Any], str]) -> Figure:
    return Figure(heading, formula, tuple(written(value) for value in values), tuple(values))


def figures(years: tuple[Year, ...]) -> list[Figure]:
    """What is told of each year, in the order of the page."""
    return [
        _figure(_("Costs"), _("The sum of the cost lines."), [it.cost for it in years], in_money),
        _figure(_("Secured"), _("The sum of the sources ticked as secured."), [it.secured for it in years], in_money),
        _figure(_("Only asked for"), _("The sum of the sources that are not secured."), [it.asked for it in years], in_money),
        _figure(_("Not secured yet"), _("Costs less what is secured; below nought more is secured than the year costs."), [it.gap for it in years], in_money),
        _figure(_("Coverage"), _("Secured sources divided by costs."), [it.coverage for it in years], in_percent),
        _figure(_("Coverage if all comes"), _("All sources, secured or asked for, divided by costs."), [it.coverage_if_all_comes for it in years], in_percent),
        _figure(_("Own share"), _("Members' fees and sale of services divided by all secured income. A reserve is no income."), [it.mix.own_share for it in years], in_percent),
        _figure(_("Own share if all comes"), _("The same with the sources that are only asked for."), [it.mix_if_all_comes.own_share for it in years], in_percent),
        _figure(_("Largest giver"), _("What the largest giver gives, divided by all secured income. Lines of one giver count together."), [it.mix.top_share for it in years], in_percent),
        _figure(_("Concentration (HHI)"), _("The share of each giver times itself, added up: 1 means that one gives all."), [it.mix.concentration for it in years], lambda one: _decimal(one, 2)),
        _figure(_("Concentration, normalised"), _("The same between 0 (all give alike) and 1, whatever the number of givers. Unknown for a single giver."), [it.mix.normalised for it in years], lambda one: _decimal(one, 2)),
        _figure(_("Months of reserve"), _("The secured reserve divided by a twelfth of the costs."), [it.months_of_reserve for it in years], lambda one: _decimal(one, 1)),
        _figure(_("Posts (FTE)"), _("The posts among the cost lines."), [it.posts for it in years], lambda one: _decimal(one, 2)),
    ]  # fmt: skip


def _last_day(month: tuple[int, int]) -> str:
    year, number = month
    return date_format(date(year, number, monthrange(year, number)[1]), "DATE_FORMAT")


def runway_words(it: Runway | None, day: date | None = None) -> str:
    """Until when secured money lasts, as a sentence."""
    today = day or timezone.localdate()
    if it is None:
        return _("Unknown: no costs are entered for this year or later.")
    if it.paid_until is None:
        return _("Secured money does not pay the first month costs are entered for: %(month)s.") % {"month": date_format(date(*it.begins, 1), "YEAR_MONTH_FORMAT")}
    if it.lasts_to_the_end:
        return _("Secured money pays all costs entered, until %(day)s.") % {"day": _last_day(it.paid_until)}
    left = (it.paid_until[0] - today.year) * 12 + it.paid_until[1] - today.month
    words = {"day": _last_day(it.paid_until), "n": left}
    if left < 0:
        return _("Secured money paid the costs until %(day)s.") % words
    if left == 0:
        return _("Secured money pays the costs until %(day)s, the end of this month.") % words
    return ngettext("Secured money pays the costs until %(day)s: %(n)s month after this one.", "Secured money pays the costs until %(day)s: %(n)s months after this one.", left) % words


def remarks(it: Budget, currency: str) -> list[str]:
    """What to look at, in plain words; no verdict."""
    found = [words for year in it.plan for words in _of_year(year, currency)]
    if it.plan and len(it.plan) < YEARS:
        n = len(it.plan)
        found.append(ngettext("The plan holds %(n)s year of three. What comes after is not known.", "The plan holds %(n)s years of three. What comes after is not known.", n) % {"n": n})
    return found


def _of_year(it: Year, currency: str) -> list[str]:
    words: dict[str, Any] = {"year": it.year, "currency": currency, "gap": in_money(it.gap), "giver": it.mix.top_giver, "share": in_percent(it.mix.top_share), "covered": in_percent(it.coverage)}
    found = []
    if it.cost is None:
        found.append(_("%(year)s: no costs are entered, so coverage and reserve are unknown.") % words)
    elif not it.sources:
        found.append(_("%(year)s: no sources are entered.") % words)
    elif it.gap is not None and it.gap > 0:
        found.append(_("%(year)s: %(covered)s of the costs is secured; %(gap)s %(currency)s is still to be found.") % words)
    if it.mix.is_alarming:
        found.append(_("%(year)s: %(share)s of the secured income comes from one giver, %(giver)s. A year in which more than 60 per cent comes from one giver hangs on one decision.") % words)
    if it.mix.own_share == 0:
        found.append(_("%(year)s: nothing secured comes from members or customers.") % words)
    if it.cost is not None and it.reserve is None:
        found.append(_("%(year)s: no secured reserve is entered.") % words)
    return found


def break_even_words(it: BreakEven | None, currency: str) -> str:
    """How many members would carry by fees what nobody else secured."""
    if it is None:
        return _("Unknown: costs or fee tiers are not entered.")
    if it.left == 0:
        return _("%(year)s: other secured sources carry all costs.") % {"year": it.year}
    words = {"year": it.year, "left": in_money(it.left), "currency": currency, "members": it.members, "n": it.needed}
    if it.needed is None:
        return _("%(year)s: %(left)s %(currency)s is left to fees, and the present members bring no certain fee.") % words
    told = ngettext(
        "%(year)s: %(left)s %(currency)s is left to fees; %(n)s member of the present mix would carry it. Today there are %(members)s.",
        "%(year)s: %(left)s %(currency)s is left to fees; %(n)s members of the present mix would carry it. Today there are %(members)s.", it.needed,
    ) % words  # fmt: skip
    return f"{told} {_('For %(n)s of them the fee is not certain.') % {'n': it.unknown}}" if it.unknown else told


def _source(cluster: Cluster) -> str:
    return _("Budget of %(cluster)s") % {"cluster": cluster}


def chart_of_years(cluster: Cluster, it: Budget) -> Chart:
    """Costs beside what is secured and what is asked for."""
    rows = ((_("Costs"), [one.cost for one in it.years]), (_("Secured"), [one.secured for one in it.years]), (_("Only asked for"), [one.asked for one in it.years]))
    series = tuple(Series(name, tuple(None if value is None else float(value) for value in values)) for name, values in rows)
    return Chart("bars", _("Costs and sources by year"), cluster.region.currency, tuple(str(one.year) for one in it.years), series, _source(cluster), timezone.localdate())


def chart_of_mix(cluster: Cluster, it: Budget) -> Chart:
    """From which kinds of sources the income of each year comes, with what is only asked for."""
    told = [{code: amount for code, _name, amount in one.mix_if_all_comes.by_origin} for one in it.years]
    origins = [origin for origin in BudgetLine.Origin if any(origin.value in one for one in told)]
    series = tuple(Series(str(origin.label), tuple(float(one[origin.value]) if origin.value in one else None for one in told)) for origin in origins)
    note = _("Secured and asked for together, without the reserve.")
    return Chart("stacked", _("Funding mix"), cluster.region.currency, tuple(str(one.year) for one in it.years), series, _source(cluster), timezone.localdate(), note)


def workbook(it: Budget, currency: str) -> dict[str, Sheet]:
    """All lines with their sums, and the figures with their formulas."""
    headings = [_("Year"), _("Side"), _("Name"), _("Who gives"), _("Kind of source"), _("Secured"), _("Posts (FTE)"), _("Amount, %(currency)s") % {"currency": currency}]
    lines: list[list[Any]] = []
    for year in it.years:
        lines += [_line(one) for one in year.lines]
        lines += [[year.year, words, _("Total"), "", "", "", "", total] for words, total in ((_("cost"), year.cost), (_("source"), year.planned)) if total is not None]
    told: list[list[Any]] = [[one.heading, one.formula, *(_("unknown") if value is None else value for value in one.values)] for one in figures(it.years)]
    told.append([_("Secured money lasts"), _("Costs fall evenly on the months; what is left of a year goes over to the next."), runway_words(it.runway)])
    return {_("Lines"): (headings, lines), _("Figures"): ([_("Figure"), _("How it is made"), *(str(one.year) for one in it.years)], told)}


def _line(it: BudgetLine) -> list[Any]:
    is_source = it.side == BudgetLine.Side.SOURCE
    secured = (_("yes") if it.is_secured else _("no")) if is_source else ""
    return [it.year, str(it.get_side_display()), it.title, it.giver, str(it.get_origin_display()) if is_source else "", secured, it.fte, it.amount]
