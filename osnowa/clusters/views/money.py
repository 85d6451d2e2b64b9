"""Money: the budget by year with its figures, writing a year, taking it over to the next, the workbook."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from osnowa.clusters import access
from osnowa.clusters.access import BudgetYear
from osnowa.clusters.actions import money as actions
from osnowa.clusters.forms.money import YearForm
from osnowa.clusters.models import Cluster
from osnowa.clusters.queries import money as queries
from osnowa.clusters.queries import money_told as told
from osnowa.clusters.views.clusters import to_cluster
from osnowa.kit import sheets
from osnowa.kit.attachments import attached
from osnowa.kit.doors import door
from osnowa.kit.errors import Refused


def _to_year(it: Cluster, year: int) -> HttpResponse:
    return redirect("clusters:money_year", region=it.region.slug, cluster=it.slug, year=year)


@require_safe
@door(access.may_look_inside, find=access.find_cluster)
def money(request: HttpRequest, it: Cluster) -> HttpResponse:
    """The budget and what it says, each figure with how it is made."""
    found, currency = queries.budget(it), it.region.currency
    current = found.current
    context = {
        "region": it.region, "cluster": it, "may_lead": access.may_lead(request.user, it), "budget": found, "figures": told.figures(found.years),
        "runway": told.runway_words(found.runway), "remarks": told.remarks(found, currency),
        "break_even": told.break_even_words(queries.break_even(it, current) if current else None, currency),
        "charts": [one for one in (told.chart_of_years(it, found), told.chart_of_mix(it, found)) if one.known], "years": _years(found),
    }  # fmt: skip
    return render(request, "clusters/money.html", context)


def _years(it: queries.Budget) -> list[int]:
    """The years that have lines, and the three from this one on."""
    return sorted({*(one.year for one in it.years), *range(it.this_year, it.this_year + queries.YEARS)})


@require_safe
@door(access.may_look_inside, find=access.find_cluster)
def money_file(request: HttpRequest, it: Cluster) -> HttpResponse:
    """The budget as a workbook."""
    content = sheets.as_xlsx(told.workbook(queries.budget(it), it.region.currency))  # type: ignore[arg-type]
    return attached(content, f"{it.slug}-budget.xlsx", sheets.CONTENT_TYPES["xlsx"])


@door(access.may_write_budget, find=access.find_year)
def money_year(request: HttpRequest, place: BudgetYear) -> HttpResponse:
    """Write the lines of a year."""
    it, found = place.cluster, queries.budget(place.cluster)
    year = found.year(place.year)
    form = YearForm(request.POST or None, it=year)
    refused = _("Somebody else removed meanwhile: %(lines)s. Add it anew where it is needed, and save again.") % {"lines": ", ".join(form.gone)} if form.gone else ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_year(by=request.user, cluster=it, year=place.year, changed=form.changed, added=form.added, removed=form.removed, seen=form.seen)
        except Refused as error:
            refused = str(error.message)
        else:
            messages.success(request, _("Saved."))
            return _to_year(it, place.year) if "more" in request.POST else to_cluster(it, "money")
    context = {
        "region": it.region, "cluster": it, "form": form, "year": place.year, "is_new": year is None, "refused": refused,
        "may_copy": year is not None and found.year(place.year + 1) is None, "next_year": place.year + 1, "is_past": place.year < timezone.localdate().year,
    }  # fmt: skip
    return render(request, "clusters/money_year.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@door(access.may_write_budget, find=access.find_year)
def copy_year(request: HttpRequest, place: BudgetYear) -> HttpResponse:
    """Take a year over to the next one."""
    try:
        year: int = actions.copy_year(by=request.user, cluster=place.cluster, year=place.year)
    except Refused as error:
        messages.error(request, str(error.message))
        return _to_year(place.cluster, place.year)
    messages.success(request, _("Taken over. All sources are only asked for until you tick them as secured."))
    return _to_year(place.cluster, year)
