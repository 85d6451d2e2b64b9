"""Background work of places: importing an uploaded file of outlines."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy

from osnowa.journal.jobs import Step, job
from osnowa.kit.errors import Refused
from osnowa.kit.sentences import keep
from osnowa.people.models import Person
from osnowa.places.actions import import_outlines
from osnowa.places.queries import prepare_outlines

BOUNDARIES = "places.boundaries"
#: Where uploads wait, below MEDIA_ROOT.
UPLOADS = "outlines"


@job(BOUNDARIES, title=gettext_lazy("Importing boundaries"))
def import_upload(step: Step, *, by: Person | None, place: str, upload: str, **words: str) -> dict[str, Any]:
    """Imports an upload and deletes it; a refusal is a result, since the person can mend it."""
    path = Path(settings.MEDIA_ROOT) / UPLOADS / upload
    try:
        prepared = prepare_outlines(path=path, step=step, **words)
        result: dict[str, Any] = import_outlines(by=by, prepared=prepared)
    except Refused as refused:
        result = {"refused": keep(refused.said)}
    path.unlink(missing_ok=True)
    return result
