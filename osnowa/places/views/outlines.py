"""Importing outlines by upload, as background work."""

import uuid
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from osnowa.journal import jobs
from osnowa.journal.models import Job
from osnowa.journal.queries import jobs_of
from osnowa.kit.doors import door
from osnowa.people.models import Person
from osnowa.places import access
from osnowa.places.forms.outlines import OutlinesForm
from osnowa.places.queries import imported_outlines
from osnowa.places.tasks import BOUNDARIES, UPLOADS
from osnowa.ui.forms import status_of

_MOST_SHOWN = 8


@door(access.may_operate)
def boundaries(request: HttpRequest) -> HttpResponse:
    """Uploads a file of outlines; shows how far its import is and what came of it."""
    assert isinstance(request.user, Person)
    form = OutlinesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        words = form.words() | {"file_name": Path(file.name).name[:120]}
        jobs.start(BOUNDARIES, by=request.user, upload=_store(file), **words)
        messages.success(request, _("The file is here. Its outlines are being imported."))
        return redirect("places:boundaries")
    imports = list(jobs_of(request.user).filter(kind=BOUNDARIES)[:_MOST_SHOWN])
    context = {
        "form": form,
        "imports": imports,
        "is_busy": any(one.state in (Job.State.QUEUED, Job.State.RUNNING) for one in imports),
        "imported": imported_outlines(),
    }
    return render(request, "places/boundaries.html", context, status=status_of(form))


def _store(file: UploadedFile[bytes]) -> str:
    """Keeps an upload below MEDIA_ROOT under a name of our own; returns that name."""
    folder = Path(settings.MEDIA_ROOT) / UPLOADS
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{uuid.uuid4().hex}.json"
    with (folder / name).open("wb") as kept:
        for chunk in file.chunks():
            kept.write(chunk)
    return name
