"""Background work of the room: reading, checking, applying and undoing an import."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy

from osnowa.imports.actions import apply_import, check_import, read_import, undo_import
from osnowa.imports.actions.arriving import APPLY, CHECK, READ, UNDO
from osnowa.imports.models import Import
from osnowa.journal.jobs import Step, job
from osnowa.kit.errors import Refused
from osnowa.kit.sentences import keep
from osnowa.people.models import Person

State = Import.State


def _find(number: int) -> Import | None:
    """The import a job is about; None where it was thrown away meanwhile."""
    return Import.objects.select_related("region__territory", "source", "by").filter(pk=number).first()


@job(READ, title=gettext_lazy("Reading a file to import"))
def read(step: Step, *, by: Person | None, place: str, number: int) -> dict[str, Any]:
    it = _find(number)
    if it and it.state == State.READING:
        read_import(by=by, it=it)
    return {}


@job(CHECK, title=gettext_lazy("Checking the rows of a file"))
def check(step: Step, *, by: Person | None, place: str, number: int) -> dict[str, Any]:
    it = _find(number)
    if it and it.state == State.CHECKING:
        check_import(by=by, it=it, step=step)
    return {}


@job(APPLY, title=gettext_lazy("Applying an import"))
def apply(step: Step, *, by: Person | None, place: str, number: int) -> dict[str, Any]:
    return _write(apply_import, State.APPLYING, State.READY, step, by, number)


@job(UNDO, title=gettext_lazy("Undoing an import"))
def undo(step: Step, *, by: Person | None, place: str, number: int) -> dict[str, Any]:
    return _write(undo_import, State.UNDOING, State.APPLIED, step, by, number)


def _write(verb: Callable[..., Import], now: str, before: str, step: Step, by: Person | None, number: int) -> dict[str, Any]:
    """Does the verb if the import still waits for it; a refusal brings the import back to where it was and is kept there."""
    it = _find(number)
    if it is None or it.state != now:
        return {}
    try:
        verb(by=by, it=it, step=step)
    except Refused as no:
        Import.objects.filter(pk=number, state=now).update(state=before, problem=keep(no.said))
    return {}
