"""Long work: started on commit, shows how far it is, and is taken up again when the worker died.

A kind of work is a function `work(step, **words) -> dict`, registered with `@job("register.campaign")`. It calls
`step(done, total)` as it goes, and must be safe to run again from the start.
"""

import traceback
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task

from osnowa.journal import beats
from osnowa.journal.actions import through
from osnowa.journal.models import Job

Step = Callable[[int, int], None]
_WORK: dict[str, Callable[..., dict[str, Any]]] = {}
#: What the parts of a result are called, by kind of work.
_OUTCOMES: dict[str, Mapping[str, Any]] = {}
#: What each kind of work is called.
_TITLES: dict[str, Any] = {}
#: A job whose heart has not beaten for this long belongs to a worker that is gone.
DEAD_AFTER = timedelta(minutes=2)
MOST_ATTEMPTS = 3


def job(
    kind: str, outcome: Mapping[str, Any] | None = None, title: Any = ""
) -> Callable[[Callable[..., dict[str, Any]]], Callable[..., dict[str, Any]]]:
    """Registers the work done for jobs of this kind; `title` and the names of `outcome` are translated lazily."""
    _OUTCOMES[kind], _TITLES[kind] = outcome or {}, title

    def fit(work: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
        _WORK[kind] = work
        return work

    return fit


def title_of(it: Job) -> str:
    """What the work is called in the reader's language; empty where its kind gave no title."""
    return str(_TITLES.get(it.kind, ""))


def outcome_of(it: Job) -> list[tuple[str, Any]]:
    """The parts of a job's result that have a name for people, with that name."""
    return [(str(words), it.result[part]) for part, words in _OUTCOMES.get(it.kind, {}).items() if part in it.result]


def start(kind: str, *, by: Any, place: str = "", **words: Any) -> Job:
    """Queues a job; the worker sees it once the transaction is committed. Words must be fit for JSON."""
    assert kind in _WORK, kind
    made = Job.objects.create(kind=kind, by=by, place=place, words=words)
    transaction.on_commit(lambda: run.enqueue(str(made.pk)))
    return made


@task()  # type: ignore[untyped-decorator]
def run(job_id: str) -> None:
    """Does one job. A job already done or running is left alone."""
    now = timezone.now()
    taken = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING, started_at=now, heartbeat_at=now, attempts=F("attempts") + 1
    )
    if not taken:
        return
    it = Job.objects.get(pk=job_id)
    try:
        with through("task"):
            result = _WORK[it.kind](_stepper(job_id), by=it.by, place=it.place, **it.words)
    except Exception:
        Job.objects.filter(pk=job_id).update(
            state=Job.State.FAILED, error=traceback.format_exc(limit=-5), finished_at=timezone.now()
        )
        raise
    finally:
        beats.forget(job_id)
    Job.objects.filter(pk=job_id).update(state=Job.State.DONE, result=result, finished_at=timezone.now())


def _stepper(job_id: str) -> Step:
    outside = len(connection.atomic_blocks)

    def step(done: int, total: int) -> None:
        if len(connection.atomic_blocks) > outside:
            beats.beat(job_id, done, total)
            return
        Job.objects.filter(pk=job_id).update(done=done, total=total, heartbeat_at=timezone.now())

    return step


def _breathes(pk: object) -> bool:
    """Whether a job deep in a transaction has said lately how far it is."""
    heard = beats.latest(pk)
    return heard is not None and timezone.now() - heard[2] < DEAD_AFTER


def take_up_again() -> int:
    """Re-queues jobs whose worker died; after three attempts a job fails. Returns how many were taken up again."""
    silent = Job.objects.filter(state=Job.State.RUNNING, heartbeat_at__lt=timezone.now() - DEAD_AFTER)
    dead = silent.exclude(pk__in=[pk for pk in silent.values_list("pk", flat=True) if _breathes(pk)])
    dead.filter(attempts__gte=MOST_ATTEMPTS).update(
        state=Job.State.FAILED, error="The worker stopped three times during this work.", finished_at=timezone.now()
    )
    again = list(dead.filter(attempts__lt=MOST_ATTEMPTS).values_list("pk", flat=True))
    Job.objects.filter(pk__in=again).update(state=Job.State.QUEUED)
    for pk in again:
        run.enqueue(str(pk))
    return len(again)
