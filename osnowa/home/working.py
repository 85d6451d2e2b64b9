"""The background worker: runs queued tasks, shows every few seconds that it lives, takes up what a dead worker left."""

import json
import logging
import os
import threading
import time
from datetime import UTC, datetime

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from osnowa.journal.jobs import take_up_again
from osnowa.register.actions import queue_refreshing

log = logging.getLogger("osnowa.worker")
BEAT_SECONDS = 10
#: A worker not heard of for so long counts as gone.
GONE_AFTER_SECONDS = 60


def work(*, interval: float, once: bool = False) -> None:
    """Works until told to end; with `once`, until nothing waits."""
    logging.getLogger("django_tasks_db").addFilter(lambda record: "gracefully" not in record.getMessage())
    _take_up()
    beats = threading.Thread(target=_beat_on, daemon=True)
    beats.start()
    worker = Worker(
        queue_names=["*"],
        interval=interval,
        batch=once,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    )
    worker.configure_signals()
    worker.run()


def beat() -> None:
    """Writes down that a worker lives now."""
    path = settings.VAR / "worker.json"
    fresh = path.with_suffix(f".{os.getpid()}")
    fresh.write_text(json.dumps({"at": datetime.now(UTC).isoformat(), "process": os.getpid()}))
    fresh.replace(path)


def seconds_since_beat() -> float | None:
    """How long ago a worker last showed that it lives; None if never."""
    try:
        at = json.loads((settings.VAR / "worker.json").read_text())["at"]
    except (OSError, ValueError, KeyError):
        return None
    return max(0.0, (datetime.now(UTC) - datetime.fromisoformat(at)).total_seconds())


def _take_up() -> None:
    again = take_up_again()
    if again:
        log.warning("taken up again", extra={"facts": {"jobs": again}})


def _beat_on() -> None:
    rounds = 0
    while True:
        beat()
        time.sleep(BEAT_SECONDS)
        rounds += 1
        if rounds % 6 == 0:
            close_old_connections()
            try:
                _take_up()
                queue_refreshing()
            except Exception:
                log.exception("could not look for dead jobs and outdated copies")
            finally:
                connection.close()
