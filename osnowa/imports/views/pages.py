"""The page of an import: what goes on, what it would do, what it did; and the deeds that start from it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from osnowa.imports import access, actions
from osnowa.imports.forms.arrival import ArrivalForm
from osnowa.imports.models import Import
from osnowa.imports.queries import pages as queries
from osnowa.journal.models import Job
from osnowa.kit.doors import door
from osnowa.ui.forms import status_of

PAGE = 50
State = Import.State
#: The steps of an import, and the states in which each is the present one.
STEPS = (
    (gettext_lazy("File"), (State.READING, State.REFUSED)),
    (gettext_lazy("Columns"), (State.COLUMNS,)),
    (gettext_lazy("Preview"), (State.CHECKING, State.READY)),
    (gettext_lazy("Applied"), (State.APPLYING, State.APPLIED, State.UNDOING, State.UNDONE)),
)
#: What the numbers of an outcome are called.
DONE = {
    "added": gettext_lazy("organisations added"), "owners": gettext_lazy("legal persons of units added with them"), "changed": gettext_lazy("organisations changed"), "figures": gettext_lazy("years of figures written"),
    "contacts": gettext_lazy("contacts written"), "proposed_closings": gettext_lazy("closings proposed"), "left_out": gettext_lazy("rows left out"),
}  # fmt: skip
TAKEN_BACK = {
    "restored": gettext_lazy("organisations with their earlier values again"), "removed": gettext_lazy("organisations taken out again"),
    "kept": gettext_lazy("organisations kept, because somebody changed them since"), "withdrawn_closings": gettext_lazy("proposals to close withdrawn"),
}  # fmt: skip


@require_GET
@door(access.may_work_on, find=access.find_import)
def page(request: HttpRequest, it: Import) -> HttpResponse:
    """Where the import stands. While it works, the page asks every two seconds how far it is and moves on by itself."""
    if request.headers.get("HX-Request"):
        if is_under_way(it):
            return render(request, "imports/far.html", {"it": it})
        return HttpResponse(headers={"HX-Redirect": it.url})
    if it.state == State.COLUMNS:
        return redirect("imports:columns", region=it.region.slug, number=it.pk)
    return show(request, it)


def is_under_way(it: Import) -> bool:
    """Whether the worker has still to do something; not when its work broke off."""
    return it.is_busy and not (it.job and it.job.state == Job.State.FAILED)


def steps(it: Import) -> list[dict[str, Any]]:
    """The steps with the present one marked."""
    now = next(number for number, (_words, states) in enumerate(STEPS) if it.state in states)
    has_ended = it.state in (State.APPLIED, State.UNDONE)
    return [
        {"words": _("Undone") if number == now and it.state == State.UNDONE else words, "is_done": number < now or has_ended, "is_now": number == now}
        for number, (words, _states) in enumerate(STEPS)
    ]


def show(request: HttpRequest, it: Import, form: ArrivalForm | None = None) -> HttpResponse:
    """The page in whatever state the import is; `form` brings back what was wrong with an upload of mended rows."""
    context: dict[str, Any] = {
        "region": it.region, "it": it, "steps": steps(it), "is_under_way": is_under_way(it), "form": form or ArrivalForm(mends=it),
        "query": request.GET.urlencode(), "how_read": queries.how_read(it), "meanings": queries.meanings(it),
    }  # fmt: skip
    if it.state == State.READY or it.applied_at:
        context |= preview(request, it)
    context["done"] = [(words, it.outcome[key]) for key, words in DONE.items() if it.outcome.get(key)]
    context["taken_back"] = [(words, it.outcome[key]) for key, words in TAKEN_BACK.items() if it.outcome.get(key)]
    return render(request, "imports/import.html", context, status=status_of(context["form"]))


class _Counted(Paginator[Any]):
    """A paginator that is told how many there are instead of counting once more."""

    count = 0

    def __init__(self, found: Any, n: int) -> None:
        self.count = n
        super().__init__(found, PAGE)


def preview(request: HttpRequest, it: Import) -> dict[str, Any]:
    """The tabs, and one page of the rows of the tab that is open."""
    tabs = queries.tabs(it)
    asked = request.GET.get("show", "")
    tab = next((one for one in tabs if one.word == asked), tabs[0] if tabs else None)
    words: dict[str, Any] = {"tabs": tabs, "tab": tab, "tally": queries.tally(it), "mended_by": list(it.mended_by.all())}
    for one in words["mended_by"]:
        one.region = it.region
    if tab:
        found = queries.missing_of(it) if tab.word == "missing" else queries.rows_of(it, tab.word)
        page = _Counted(found, tab.count).get_page(request.GET.get("page"))
        shown = list(page.object_list)
        words |= {"page": page, "organisations": shown} if tab.word == "missing" else {"page": page, "lines": queries.lines(it, shown)}
    return words


@require_POST
@door(access.may_work_on, find=access.find_import)
def apply(request: HttpRequest, it: Import) -> HttpResponse:
    """Starts writing what the preview shows."""
    actions.start_applying(by=request.user, it=it, close_missing=bool(request.POST.get("close_missing")))
    return redirect(it.url)


@require_POST
@door(access.may_work_on, find=access.find_import)
def undo(request: HttpRequest, it: Import) -> HttpResponse:
    """Starts taking back what the import wrote."""
    actions.start_undoing(by=request.user, it=it)
    return redirect(it.url)


@require_POST
@door(access.may_work_on, find=access.find_import)
def discard(request: HttpRequest, it: Import) -> HttpResponse:
    """Throws away an import that was never applied."""
    place = it.region.slug
    actions.discard_import(by=request.user, it=it)
    messages.success(request, _("The import is gone. Nothing of it was written."))
    return redirect(reverse("imports:imports", kwargs={"region": place}))
