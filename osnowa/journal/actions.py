"""`@action`: one verb, one transaction, one entry."""

import contextvars
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from osnowa.journal.models import Entry, Version
from osnowa.kit.errors import Refused

_via: contextvars.ContextVar[str] = contextvars.ContextVar("via", default="web")
_at: contextvars.ContextVar[datetime | None] = contextvars.ContextVar("at", default=None)
T = TypeVar("T")


@dataclass(frozen=True)
class Deed:
    """What an action tells the journal: the thing, and the changed fields as {field: [before, after]}.

    `changes=None` means the deed is a fact of its own (a mail sent, a claim refused); an empty dict means that nothing
    changed, and then no entry is written.
    """

    thing: models.Model
    changes: dict[str, list[Any]] | None = None
    place: str = ""
    reason: str = ""
    value: Any = None


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """{field: [before, after]} of the fields that differ; values must be fit for JSON."""
    fields = dict.fromkeys([*before, *after])
    return {f: [before.get(f), after.get(f)] for f in fields if before.get(f) != after.get(f)}


def next_number(newest: Version | None, seen: int | None) -> int:
    """The number of the version that follows. Refused where somebody wrote since the one its writer had seen (decision 0012); 0 is none, None asks nothing."""
    number = newest.number if newest else 0
    if seen is not None and seen != number:
        raise Refused(_("Somebody else saved version %(number)s meanwhile. Nothing of yours is lost: read what changed, and save again.") % {"number": number})
    return number + 1


@contextmanager
def through(via: str, at: datetime | None = None) -> Iterator[None]:
    """Entries written inside say that they came by this way (command, sample, link, task) instead of the web.

    `at` dates them at another moment than now: only for what is told afterwards (the sample).
    """
    mark, moment = _via.set(via), _at.set(at)
    try:
        yield
    finally:
        _via.reset(mark)
        _at.reset(moment)


#: What each deed is called in a sentence about its author ("ended a seat").
_SAYS: dict[str, Any] = {}


def says(deed: str) -> str:
    """The deed in the reader's language; its bare name where the verb gave none."""
    return str(_SAYS.get(deed) or deed.rpartition(".")[2].replace("_", " "))


def action(name: str, says: Any = "") -> Callable[[Callable[..., Deed]], Callable[..., Any]]:
    """Wraps a verb that returns a Deed. Callers must pass `by=` (a person, or None for the system or a link's holder).

    Returns the deed's `value`, or the thing where there is none. Everything happens in one transaction.
    `says` is the deed in words, translated lazily. A thing with a `journal_label` is labelled with that.
    """
    if says:
        _SAYS[name] = says

    def fit(verb: Callable[..., Deed]) -> Callable[..., Any]:
        @wraps(verb)
        def run(*, by: Any, **words: Any) -> Any:
            with transaction.atomic():
                deed = verb(by=by, **words)
                if deed.changes != {}:
                    Entry.objects.create(
                        at=_at.get() or timezone.now(),
                        by=by,
                        via=_via.get(),
                        deed=name,
                        place=deed.place,
                        thing_type=deed.thing._meta.label_lower,
                        thing_id=str(deed.thing.pk),
                        thing_label=str(getattr(deed.thing, "journal_label", deed.thing))[:300],
                        changes=deed.changes or {},
                        reason=deed.reason,
                    )
            return deed.thing if deed.value is None else deed.value

        run.deed = name  # type: ignore[attr-defined]
        return run

    return fit
