"""`@action`: one verb, one transaction, one entry."""

import contextvars
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.db import models, transaction

from osnowa.journal.models import Entry

_via: contextvars.ContextVar[str] = contextvars.ContextVar("via", default="web")
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


@contextmanager
def through(via: str) -> Iterator[None]:
    """Entries written inside say that they came by this way (command, sample, link, task) instead of the web."""
    mark = _via.set(via)
    try:
        yield
    finally:
        _via.reset(mark)


def action(name: str) -> Callable[[Callable[..., Deed]], Callable[..., Any]]:
    """Wraps a verb that returns a Deed. Callers must pass `by=` (a person, or None for the system or a link's holder).

    Returns the deed's `value`, or the thing where there is none. Everything happens in one transaction.
    """

    def fit(verb: Callable[..., Deed]) -> Callable[..., Any]:
        @wraps(verb)
        def run(*, by: Any, **words: Any) -> Any:
            with transaction.atomic():
                deed = verb(by=by, **words)
                if deed.changes != {}:
                    Entry.objects.create(
                        by=by,
                        via=_via.get(),
                        deed=name,
                        place=deed.place,
                        thing_type=deed.thing._meta.label_lower,
                        thing_id=str(deed.thing.pk),
                        thing_label=str(deed.thing)[:300],
                        changes=deed.changes or {},
                        reason=deed.reason,
                    )
            return deed.thing if deed.value is None else deed.value

        run.deed = name  # type: ignore[attr-defined]
        return run

    return fit
