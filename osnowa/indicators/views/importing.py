"""Importing files of values by upload: a preview first, then the import; and taking releases back."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from osnowa.indicators import access, actions, tasks
from osnowa.indicators.forms import MendedForm, ValuesForm
from osnowa.indicators.models import Indicator, Release
from osnowa.journal import jobs
from osnowa.journal.models import Job
from osnowa.journal.queries import jobs_of
from osnowa.kit.doors import door
from osnowa.kit.errors import Refused
from osnowa.kit.uploads import disk_was_full
from osnowa.people.models import Person
from osnowa.ui.forms import status_of

_MOST_SHOWN = 8
_MOST_RELEASES = 50


@door(access.may_import)
def importing(request: HttpRequest) -> HttpResponse:
    """Takes files in and looks through them; shows how far that is and what came of it."""
    assert isinstance(request.user, Person)
    form = ValuesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and disk_was_full(request):
        form.add_error("file", _("The disk of the server is full. Nothing was taken in."))
    if request.method == "POST" and form.is_valid():
        upload, names = _store(form)
        jobs.start(access.PREVIEW, by=request.user, upload=upload, names=names, said=form.said())
        messages.success(request, _("The file is here. It is being looked through; nothing is written yet."))
        return redirect("indicators:import")
    works = list(jobs_of(request.user).filter(kind__in=(access.PREVIEW, tasks.IMPORT))[:_MOST_SHOWN])
    begun = {one.words["upload"] for one in works if one.kind == tasks.IMPORT}
    shown = [_shown(one) for one in works if one.kind == tasks.IMPORT or one.words["upload"] not in begun]
    context = {
        "form": form, "works": shown, "is_busy": any(one["is_busy"] for one in shown), "directions": Indicator.Polarity.choices,
        "releases": Release.objects.select_related("taken_by", "taken_back_by")[:_MOST_RELEASES],
    }  # fmt: skip
    return render(request, "indicators/import.html", context, status=status_of(form))


def _shown(one: Job) -> dict[str, Any]:
    is_preview = one.kind == access.PREVIEW
    is_ready = is_preview and one.state == Job.State.DONE and "refused" not in one.result and tasks.folder_of(one.words["upload"]).exists()
    return {
        "job": one, "is_preview": is_preview, "name": one.words["names"]["file"], "is_ready": is_ready,
        "is_busy": one.state in (Job.State.QUEUED, Job.State.RUNNING),
    }  # fmt: skip


def _store(form: ValuesForm) -> tuple[str, dict[str, str]]:
    """Keeps the files of an upload below MEDIA_ROOT; the name of their folder, and what they were called."""
    upload, names = uuid.uuid4().hex, {}
    folder = tasks.folder_of(upload)
    folder.mkdir(parents=True)
    for part in tasks.PARTS:
        if file := form.cleaned_data.get(part):
            names[part] = str(file.name)[:200]
            with (folder / part).open("wb") as kept:
                for chunk in file.chunks():
                    kept.write(chunk)
    return upload, names


@require_POST
@door(access.may_import, find=access.find_waiting)
def apply(request: HttpRequest, waiting: Job) -> HttpResponse:
    """Starts writing what the preview shows, as it was mended there, once."""
    assert isinstance(request.user, Person)
    upload = str(waiting.words["upload"])
    if waiting.state != Job.State.DONE or "refused" in waiting.result or not tasks.folder_of(upload).exists():
        raise Refused(_("This file no longer waits. Upload it once more."))
    if Job.objects.filter(kind=tasks.IMPORT, words__upload=upload).exists():
        raise Refused(_("This file is being imported already."))
    form = MendedForm(request.POST)
    if not form.is_valid():
        raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors), status=400)
    jobs.start(tasks.IMPORT, by=request.user, **waiting.words | {"said": form.said(waiting.words["said"])})
    messages.success(request, _("The values are being written."))
    return redirect("indicators:import")


@require_POST
@door(access.may_import, find=access.find_release)
def take_back(request: HttpRequest, release: Release) -> HttpResponse:
    """Makes the values before a release the newest again."""
    assert isinstance(request.user, Person)
    told = actions.take_back_release(by=request.user, release=release)
    messages.success(request, _("Taken back: %(withdrawn)s values; %(restored)s earlier ones hold again.") % told)
    return redirect("indicators:import")
