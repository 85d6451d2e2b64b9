"""Background work of indicators: looking through an uploaded file of values, and writing it."""

import shutil
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils.translation import gettext_lazy

from osnowa.indicators.access import PREVIEW
from osnowa.indicators.actions import import_values
from osnowa.indicators.forms import a_year_before
from osnowa.indicators.queries import counted_days, sector_table, yearly
from osnowa.indicators.queries.arrivals import Arrival, Said, prepare, preview
from osnowa.indicators.queries.asked import FRONT, ChangesAsk, TableAsk
from osnowa.indicators.queries.explained import Comparison
from osnowa.indicators.queries.strengths import KINDS, MOST_OTHERS, comparable, strengths
from osnowa.journal.jobs import Step, job
from osnowa.kit.errors import Refused
from osnowa.kit.sentences import keep
from osnowa.people.models import Person
from osnowa.places.models import Region
from osnowa.register.actions import usual
from osnowa.register.queries.frame import frame_of
from osnowa.register.queries.keeping import Kept

IMPORT = "indicators.import"
#: Where uploads wait, below MEDIA_ROOT; a folder each.
UPLOADS = "indicators"
#: The files of an upload.
PARTS = ("file", "meta", "regions")


def folder_of(upload: str) -> Path:
    """Where the files of an upload lie."""
    return Path(settings.MEDIA_ROOT) / UPLOADS / Path(upload).name


@job(PREVIEW, title=gettext_lazy("Looking through a file of indicators"))
def look_through(step: Step, *, by: Person | None, place: str, upload: str, names: dict[str, str], said: dict[str, Any]) -> dict[str, Any]:
    """What importing an upload would do; a refusal is a result, since the person can mend it."""
    return _answer(upload, names, said, step, lambda arrival: preview(arrival, step), keeps=True)


@job(IMPORT, title=gettext_lazy("Importing indicators"))
def import_upload(step: Step, *, by: Person | None, place: str, upload: str, names: dict[str, str], said: dict[str, Any]) -> dict[str, Any]:
    """Imports an upload and deletes its files."""
    return _answer(upload, names, said, step, lambda arrival: import_values(by=by, arrival=arrival, step=step), keeps=False)


def _answer(upload: str, names: dict[str, str], said: dict[str, Any], step: Step, then: Callable[[Arrival], Any], *, keeps: bool) -> dict[str, Any]:
    folder = folder_of(upload)
    paths = {part: folder / part for part in PARTS if part in names}
    try:
        arrival = prepare(
            path=paths["file"], name=names["file"], meta=paths.get("meta"), meta_name=names.get("meta", ""), regions=paths.get("regions"),
            regions_name=names.get("regions", ""), said=Said(**said | {"breaks": tuple(said.get("breaks", ()))}),
        )  # fmt: skip
        result: dict[str, Any] = then(arrival)
    except Refused as refused:
        result, keeps = {"refused": keep(refused.said)}, False
    if not keeps:
        shutil.rmtree(folder, ignore_errors=True)
    return result


@usual
def ask_statistics(region: Region, on: date) -> None:
    """What the pages of statistics show before anybody chooses."""
    nobody = AnonymousUser()
    frame, everything = Kept(frame_of(region, nobody)), Kept(frame_of(region))
    for words in (*FRONT, ""):
        TableAsk.of(region, QueryDict(words), on).table(frame)
    ask = ChangesAsk.of(region, QueryDict(), on)
    with closing(Comparison(*ask.sides(frame.frame), ask.dimension, ask.wish)) as comparison:
        comparison.changes()
    day = next(iter(counted_days(region, on)), on)
    sector_table(region, day, a_year_before(day))
    form = yearly.published(everything, yearly.PEOPLE[0])["form"]
    yearly.yearly(everything, form, yearly.PEOPLE[0])
    strengths(region, frame, comparable(region)[:MOST_OTHERS], KINDS[0], on, nobody)
