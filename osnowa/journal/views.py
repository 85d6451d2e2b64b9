"""What happened in a region, and how far a job is."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from osnowa.journal import access
from osnowa.journal.actions import says
from osnowa.journal.jobs import outcome_of, title_of
from osnowa.journal.models import Job
from osnowa.journal.queries import lately as entries_of_place
from osnowa.kit.doors import door, signed_in

#: htmx ends its polling when it reads this status.
STOP_POLLING = 286


@require_GET
@door(access.may_read, find=access.find_place)
def lately(request: HttpRequest, place: Any) -> HttpResponse:
    """The deeds done in a region, newest first; of hidden things a reader learns the bare deed."""
    page = Paginator(entries_of_place(place.slug), 30).get_page(request.GET.get("page"))
    known = access.shown(request.user, place, page.object_list)
    lines = [{"entry": it, "shown": known.get(it.pk), "title": says(it.deed)} for it in page.object_list]
    return render(request, "journal/lately.html", {"region": place, "page": page, "lines": lines})


@require_GET
@signed_in(find=access.find_job)
def job(request: HttpRequest, it: Job) -> HttpResponse:
    """How far a job is. The page asks again every two seconds until the job has ended."""
    words = {"job": it, "has_ended": it.state in (Job.State.DONE, Job.State.FAILED), "outcome": outcome_of(it)}
    if request.headers.get("HX-Request"):
        return render(request, "journal/job_state.html", words, status=STOP_POLLING if words["has_ended"] else 200)
    place = access.find_place(request.user, it.place) if it.place else None
    return render(request, "journal/job.html", words | {"region": place, "title": title_of(it)})
