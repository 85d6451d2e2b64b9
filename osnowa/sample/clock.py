"""The clock of what is told afterwards: a deed happens on its own day, and every rule about today holds as it did then."""

import contextvars
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.utils import timezone

from osnowa.journal.actions import through

_moment: contextvars.ContextVar[datetime | None] = contextvars.ContextVar("moment", default=None)


@contextmanager
def on(moment: datetime) -> Iterator[None]:
    """Inside, entries are dated and `timezone.now` answers with this moment; other threads keep the true time."""
    usual = timezone.now
    mark = _moment.set(moment)
    timezone.now = lambda: _moment.get() or usual()
    try:
        with through("sample", moment):
            yield
    finally:
        timezone.now = usual
        _moment.reset(mark)
