"""Services and shared strategies: the catalogue, adding, changing, closing, their order; what was used; all of it to take along."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from osnowa.clusters import access
from osnowa.clusters.actions import services as actions
from osnowa.clusters.forms.services import CloseForm, ServiceForm
from osnowa.clusters.models import Cluster, Service
from osnowa.clusters.queries import services as queries
from osnowa.clusters.queries import services_told as told
from osnowa.clusters.views.clusters import to_cluster
from osnowa.kit import sheets
from osnowa.kit.attachments import attached
from osnowa.kit.doors import door, public
from osnowa.ui.forms import refusals, status_of


def page_of(request: HttpRequest, it: Cluster) -> dict[str, Any]:
    """What every page of services needs."""
    return {"region": it.region, "cluster": it, "may_lead": access.may_lead(request.user, it), "may_look": access.may_look_inside(request.user, it)}


@require_safe
@public(find=access.find_cluster)
def services(request: HttpRequest, it: Cluster) -> HttpResponse:
    """The catalogue; the use of each service for those inside, totals for everybody."""
    page, catalogue = page_of(request, it), queries.catalogue(it)
    used = queries.usage(it, services=catalogue.services)
    owners = queries.names_seen(request.user, it, queries.owners_of(catalogue))
    shown = used if page["may_look"] else None
    groups = [(_("Services"), queries.offers(catalogue.services, owners, shown)), (_("Shared strategies"), queries.offers(catalogue.strategies, owners))]
    context = {"catalogue": catalogue, "usage": used, "groups": [(words, states) for words, states in groups if states]}
    return render(request, "clusters/services.html", page | context)


@require_safe
@public(find=access.find_cluster)
def services_file(request: HttpRequest, it: Cluster) -> HttpResponse:
    """The catalogue as a workbook; for those inside with what was used, for who leads with the ledger."""
    catalogue, currency = queries.catalogue(it), it.region.currency
    used = queries.usage(it, services=catalogue.services) if access.may_look_inside(request.user, it) else None
    named = [*queries.owners_of(catalogue), *(one.membership.organisation_id for one in (used.by_member if used else ()))]
    names = queries.names_seen(request.user, it, named)
    book = {_("Catalogue"): told.catalogue_sheet(catalogue, names, currency)}
    if used:
        book |= told.usage_sheets(used, names, currency)
        book[_("Ledger")] = told.ledger_sheet(queries.lines_seen(request.user, it), currency)
    return attached(sheets.as_xlsx(book), f"{it.slug}-services.xlsx", sheets.CONTENT_TYPES["xlsx"])  # type: ignore[arg-type]


@require_safe
@door(access.may_look_inside, find=access.find_cluster)
def usage(request: HttpRequest, it: Cluster) -> HttpResponse:
    """What was used in a period: by service, by member, by month."""
    years, today = queries.years_used(it), timezone.localdate()
    year = next((one for one in years if str(one) == request.GET.get("year")), None)
    used = queries.usage(it, queries.year_period(year, today) if year else None)
    names = queries.names_seen(request.user, it, (one.membership.organisation_id for one in used.by_member))
    rows = [one for one in used.by_member if one.membership.organisation_id in names]
    context = {
        "usage": used, "years": years, "rows": rows, "unseen": len(used.by_member) - len(rows),
        "charts": [told.chart_of_months(it, used), told.chart_of_services(it, used)] if used.uses else [],
    }  # fmt: skip
    return render(request, "clusters/usage.html", page_of(request, it) | context)


@door(access.may_lead, find=access.find_cluster)
def seed(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Kinds of services and strategies that others have; one click puts one into the catalogue."""
    if request.method == "POST":
        count = actions.add_from_seed(by=request.user, cluster=it, kinds=request.POST.getlist("kind"))
        messages.success(request, ngettext("%(n)s put into the catalogue as wished for.", "%(n)s put into the catalogue as wished for.", count) % {"n": count})
        return to_cluster(it, "seed") if count else to_cluster(it, "services")
    return render(request, "clusters/seed.html", page_of(request, it) | {"groups": queries.not_yet(it)})


@door(access.may_lead, find=access.find_cluster)
def new_service(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Add a service or a shared strategy."""
    form = ServiceForm(request.POST or None, cluster=it, person=request.user)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.add_service(by=request.user, cluster=it, values=form.values)
            messages.success(request, _("Saved."))
            return to_cluster(it, "services")
    return render(request, "clusters/service.html", page_of(request, it) | {"form": form}, status=status_of(form))


@door(access.may_lead, find=access.find_service)
def service(request: HttpRequest, service: Service) -> HttpResponse:
    """Change a service or a shared strategy."""
    it = service.cluster
    form = ServiceForm(request.POST or None, cluster=it, person=request.user, service=service)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.change_service(by=request.user, service=service, values=form.values)
            messages.success(request, _("Saved."))
            return to_cluster(it, "services")
    return render(request, "clusters/service.html", page_of(request, it) | {"form": form, "service": service}, status=status_of(form))


@door(access.may_lead, find=access.find_service)
def close_service(request: HttpRequest, service: Service) -> HttpResponse:
    """Close one on a day."""
    it = service.cluster
    form = CloseForm(request.POST or None, initial={"on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.close_service(by=request.user, service=service, on=form.cleaned_data["on"])
            messages.success(request, _("Closed. What was used stays in the ledger."))
            return to_cluster(it, "services")
    return render(request, "clusters/close_service.html", page_of(request, it) | {"form": form, "service": service}, status=status_of(form))


@require_POST
@door(access.may_lead, find=access.find_service)
def move_service(request: HttpRequest, service: Service) -> HttpResponse:
    """Move one up or down among those of its state."""
    actions.move_service(by=request.user, service=service, up=request.POST.get("way") == "up")
    return to_cluster(service.cluster, "services")
