"""The ledger of uses: its lines, noting several at once, reversing one."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from osnowa.clusters import access
from osnowa.clusters.actions import services as actions
from osnowa.clusters.forms.services import ReverseForm, UsesForm
from osnowa.clusters.models import Cluster, Use
from osnowa.clusters.queries import services as queries
from osnowa.clusters.views.clusters import to_cluster
from osnowa.clusters.views.services import page_of
from osnowa.kit.doors import door
from osnowa.kit.errors import Refused
from osnowa.ui.forms import refusals, status_of

_A_PAGE = 50


@require_safe
@door(access.may_look_inside, find=access.find_cluster)
def ledger(request: HttpRequest, it: Cluster) -> HttpResponse:
    """The lines: all of them for who leads, those of her own organisation for a representative."""
    lines = queries.lines_seen(request.user, it)
    asked = request.GET.get("service", "")
    if asked.isdecimal():
        lines = lines.filter(service=int(asked[:9]))
    choices: list[tuple[int, Any]] = list(it.services.filter(is_strategy=False).values_list("pk", "title"))
    page = Paginator(lines, _A_PAGE).get_page(request.GET.get("page"))
    names = queries.names_seen(request.user, it, (line.membership.organisation_id for line in page))
    return render(request, "clusters/ledger.html", page_of(request, it) | {"page": page, "choices": choices, "asked": asked, "names": names})


@door(access.may_lead, find=access.find_cluster)
def note_uses(request: HttpRequest, it: Cluster) -> HttpResponse:
    """Note several uses at once: all of them, or none."""
    form, refused = UsesForm(request.POST or None, cluster=it), ""
    is_right = request.method == "POST" and form.is_valid()
    if is_right:
        try:
            seen = request.POST.get("behind", "")
            count = actions.note_uses(by=request.user, cluster=it, lines=form.lines, behind=int(seen[:18]) if seen.isdecimal() else None)
        except Refused as error:
            refused = str(error.message)
        else:
            messages.success(request, ngettext("%(n)s line noted.", "%(n)s lines noted.", count) % {"n": count})
            return to_cluster(it, "note_uses" if "more" in request.POST else "ledger")
    status = 422 if request.method == "POST" else 200
    context = page_of(request, it) | {"form": form, "refused": refused, "behind": queries.newest_line(it)}
    return render(request, "clusters/note_uses.html", context, status=status)


@door(access.may_lead, find=access.find_use)
def reverse_use(request: HttpRequest, use: Use) -> HttpResponse:
    """Take a line back by one that says the opposite."""
    it = use.service.cluster
    form = ReverseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        with refusals(form):
            actions.reverse_use(by=request.user, use=use, note=form.cleaned_data["note"])
            messages.success(request, _("Reversed. Both lines stay to be read."))
            return to_cluster(it, "ledger")
    return render(request, "clusters/reverse_use.html", page_of(request, it) | {"form": form, "use": use}, status=status_of(form))
