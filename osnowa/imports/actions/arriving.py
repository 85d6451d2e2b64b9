"""A file arrives, is thrown away before it did anything, or is forgotten after a while."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from osnowa.imports import storing
from osnowa.imports.models import Import, Source
from osnowa.journal import jobs
from osnowa.journal.actions import Deed, action
from osnowa.kit.errors import Refused
from osnowa.kit.sentences import Sentence
from osnowa.kit.words import fold, typed
from osnowa.people.models import Person
from osnowa.places.models import Region

State = Import.State
READ, CHECK, APPLY, UNDO = "imports.read", "imports.check", "imports.apply", "imports.undo"


@action("imports.file_taken", says=gettext_lazy("sent a file to import"))
def take_file(*, by: Person | None, region: Region, source_name: str, file_name: str, chunks: Iterable[bytes],
              mends: Import | None = None, work: bool = True) -> Deed:  # fmt: skip
    """Keeps a file as an import of a list and starts reading it; with `work=False` the caller reads it herself.

    Refused where the list has no name, or the file is empty, too large, or the disk is full.
    """
    name = typed(source_name, 120)
    if not name and mends is None:
        raise Refused(Sentence(_("Give the list a name, so that next year's file of it is recognised.")))
    source = mends.source if mends else _source(region, name)
    stored = storing.store(chunks)
    it = Import.objects.create(
        region=region, source=source, mends=mends, file_name=typed(file_name, 200) or "file", stored_as=stored.name,
        sha256=stored.sha256, size_bytes=stored.size_bytes, by=by,
    )  # fmt: skip
    if work:
        it.job = jobs.start(READ, by=by, place=region.slug, number=it.pk)
        it.save(update_fields=["job"])
    return Deed(it, {"file": [None, it.file_name], "source": [None, source.name]}, place=region.slug)


def _source(region: Region, name: str) -> Source:
    """The list of this name; capitals, accents and spaces make no other list."""
    known = next((one for one in Source.objects.filter(region=region) if fold(one.name) == fold(name)), None)
    return known or Source.objects.create(region=region, name=name)


def take_text(*, by: Person | None, region: Region, source_name: str, text: str, mends: Import | None = None) -> Import:
    """Keeps what was pasted from a spreadsheet as if it were a file."""
    taken: Import = take_file(
        by=by, region=region, source_name=source_name, file_name=PASTED, chunks=[text.encode()] if text.strip() else [], mends=mends
    )
    return taken


#: The name of what was pasted instead of sent as a file.
PASTED = "pasted.txt"


@action("imports.discarded", says=gettext_lazy("threw away an import before it was applied"))
def discard_import(*, by: Person | None, it: Import) -> Deed:
    """Takes an import away that has written nothing: its file, its rows, its page."""
    if it.applied_at or it.state in (State.APPLYING, State.APPLIED, State.UNDOING, State.UNDONE):
        raise Refused(Sentence(_("It has been applied: its page stays. Undo it instead.")))
    storing.forget(it.stored_as)
    Import.objects.filter(pk=it.pk).delete()
    return Deed(it, {"file": [it.file_name, None]}, place=it.region.slug)


@action("imports.files_forgotten", says=gettext_lazy("forgot files of old imports"))
def forget_old_files(*, by: Person | None) -> Deed:
    """Takes away the files, the raw text and the contacts of rows of imports older than OSNOWA_KEEP_FILES_DAYS.

    What each row changed stays on the page of the import; returns how many imports lost their file.
    """
    limit = timezone.now() - timedelta(days=settings.KEEP_FILES_DAYS)
    old = list(Import.objects.filter(made_at__lt=limit).exclude(stored_as=""))
    for it in old:
        storing.forget(it.stored_as)
        rows = list(it.rows.all())
        for row in rows:
            row.raw = []
            row.values.pop("contacts", None)
        it.rows.bulk_update(rows, ["raw", "values"], batch_size=200)
        Import.objects.filter(pk=it.pk).update(stored_as="")
    return Deed(old[0] if old else Import(), {"files": [len(old), 0]} if old else {}, value=len(old))
