"""Makes the database that is measured, in a process of its own, and keeps what that took beside it."""

import json
import os
import resource
import shutil
import sys
import time
from pathlib import Path
from typing import Any

ABOUT = "prepared.json"
#: This process and the one that works ahead of it.
BOTH = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def set_up(folder: Path, address: str = "") -> None:
    """Django on the database under a folder, or at an address."""
    os.environ |= {"DJANGO_SETTINGS_MODULE": "osnowa.settings", "LOG_LEVEL": "ERROR", "OSNOWA_VAR": str(folder)}
    if address:
        os.environ["DATABASE_URL"] = address
    import django

    django.setup()


def size_bytes() -> int:
    """What the database takes on disk."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return Path(connection.settings_dict["NAME"]).stat().st_size
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def sizes() -> dict[str, int]:
    """{table or index: bytes}, the largest first."""
    from django.db import connection

    sql = "SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 40"
    if connection.vendor == "postgresql":
        sql = (
            "SELECT relname, pg_relation_size(oid) FROM pg_class WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace "
            "ORDER BY 2 DESC LIMIT 40"
        )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {name: int(size) for name, size in cursor.fetchall()}


def worked_s() -> float:
    """Seconds the processor worked for this process and those it ended."""
    used = [resource.getrusage(who) for who in BOTH]
    return sum(one.ru_utime + one.ru_stime for one in used)


def prepare(folder: Path, number: int, address: str) -> dict[str, Any]:
    """Tables of places, then the load, whose time, memory and size are told."""
    folder.mkdir(parents=True, exist_ok=True)
    set_up(folder, address)
    from osnowa.home.preparation import collect_static, compile_words, migrate
    from osnowa.kit.commands import Bar
    from osnowa.places.actions import load_tables
    from osnowa.sample.europe import load_europe

    compile_words()
    collect_static()
    migrate()
    load_tables(by=None)
    before, bar = size_bytes(), Bar(f"Writing {number} organisations")
    began, worked = time.monotonic(), worked_s()
    load_europe(number, told=bar)
    bar.end()
    told = {
        "organisations": number, "import_s": round(time.monotonic() - began, 1), "import_cpu_s": round(worked_s() - worked, 1),
        "import_peak_mb": sum(resource.getrusage(who).ru_maxrss for who in BOTH) // 1024, "bytes": size_bytes(),
        "bytes_of_places": before, "files_bytes": sum(path.stat().st_size for path in (folder / "files").rglob("*") if path.is_file()),
        "sizes": sizes(),
    }  # fmt: skip
    (folder / ABOUT).write_text(json.dumps(told, indent=1))
    return told


def main() -> None:
    folder, number, address = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3] if len(sys.argv) > 3 else ""
    shutil.rmtree(folder, ignore_errors=True)
    prepare(folder, number, address)


if __name__ == "__main__":
    main()
