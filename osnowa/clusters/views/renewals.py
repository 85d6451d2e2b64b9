"""The renewal campaign: who is due, who was asked, and the letters to the others."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import ngettext

from osnowa.clusters import access
from osnowa.clusters.actions import renewals as actions
from osnowa.clusters.models import Cluster
from osnowa.clusters.queries.mandates import addresses
from osnowa.clusters.queries.renewals import due_on
from osnowa.clusters.views.members import around, to
from osnowa.kit.doors import door


@door(access.may_lead, find=access.find_cluster)
def renewals(request: HttpRequest, it: Cluster) -> HttpResponse:
    """List who is due; one press writes to everybody who was not asked yet."""
    if request.method == "POST":
        count = actions.ask_to_renew(by=request.user, cluster=it)
        messages.success(request, ngettext("%(n)s member is being written to.", "%(n)s members are being written to.", count) % {"n": count})
        return to(it, "renewals")
    day = timezone.localdate()
    due = due_on(it, day)
    reached = addresses(due, day)
    rows = [(row, row.pk in reached, row.renew_by is not None and row.renew_by < day) for row in due]
    unasked = sum(row.asked_to_renew_on is None and is_reached for row, is_reached, _over in rows)
    return render(request, "clusters/renewals.html", around(request, it, rows=rows, unasked=unasked))
