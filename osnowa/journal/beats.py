"""How far a job is while it is inside a transaction, where nobody else can see what it writes.

On PostgreSQL a second connection says it; SQLite lets no second connection write, so a small file beside the database does.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone


def _file(job_id: str) -> Path:
    return Path(settings.VAR) / "beats" / f"{job_id}.json"


def beat(job_id: str, done: int, total: int) -> None:
    """Says beside the transaction how far the job is."""
    now = timezone.now()
    if connection.vendor == "postgresql":
        _beside(job_id, done, total, now)
        return
    file = _file(job_id)
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    new.write_text(json.dumps([done, total, now.isoformat()]))
    new.replace(file)


def _beside(job_id: str, done: int, total: int, now: datetime) -> None:
    other: Any = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute(
                "UPDATE journal_job SET done = %s, total = %s, heartbeat_at = %s WHERE id = %s", [done, total, now, job_id]
            )
    finally:
        other.close()


def latest(job_id: object) -> tuple[int, int, datetime] | None:
    """(done, total, when) as last said beside a transaction; None where nothing was."""
    try:
        done, total, at = json.loads(_file(str(job_id)).read_text())
    except (FileNotFoundError, ValueError):
        return None
    return done, total, datetime.fromisoformat(at)


def forget(job_id: str) -> None:
    """The transaction has ended: from now on the job itself says how far it is."""
    _file(job_id).unlink(missing_ok=True)
