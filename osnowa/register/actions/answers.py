"""Asking beforehand what readers usually ask of a register, so that none of them waits for what could have been counted.

Each room says with `@usual` what its pages ask; the answers lie beside the newest snapshot (`register.answers`).
"""

import logging
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from osnowa.places.models import Region
from osnowa.register import answers
from osnowa.register.answers import Shape
from osnowa.register.models import Snapshot
from osnowa.register.queries.frame import folder
from osnowa.register.queries.keeping import heard_by

log = logging.getLogger("osnowa.answers")
#: Asks everything a kind of page asks of a region for everybody on a day.
Asking = Callable[[Region, date], object]
_USUAL: list[Asking] = []
#: Beside the answers stands the day they were asked for.
DAY = "day"


def usual(ask: Asking) -> Asking:
    """Registers what is usually asked."""
    _USUAL.append(ask)
    return ask


def answer_usual(region: Region, snapshot: Snapshot) -> int:
    """Writes today's usual answers of a region beside its newest snapshot, removes all others; returns how many stand.

    What cannot be answered beforehand readers ask themselves.
    """
    today, stand = timezone.localdate(), set[Path]()

    def write(path: Path, answer: Any, shape: Shape[Any]) -> None:
        if answer is None or answers.write(path, answer, shape):
            stand.add(path)

    with heard_by(write):
        for ask in _USUAL:
            try:
                ask(region, today)
            except Exception:
                log.exception("could not answer beforehand", extra={"facts": {"region": region.slug, "asking": ask.__module__}})
    _remove_others(region, stand)
    home = folder(snapshot.sha256) / answers.HOME
    home.mkdir(exist_ok=True)
    (home / DAY).write_text(today.isoformat())
    return len(stand)


def _remove_others(region: Region, stand: set[Path]) -> None:
    """Removes the answers of older snapshots and of earlier days."""
    for sha256 in Snapshot.objects.filter(region=region).values_list("sha256", flat=True):
        for path in (folder(sha256) / answers.HOME).glob("*"):
            if path not in stand:
                path.unlink(missing_ok=True)


def is_answered(snapshot: Snapshot) -> bool:
    """Whether the usual answers of today stand beside a snapshot."""
    try:
        return (folder(snapshot.sha256) / answers.HOME / DAY).read_text() == timezone.localdate().isoformat()
    except OSError:
        return False
