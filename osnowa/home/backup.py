"""An archive of everything an installation knows, that SQLite and PostgreSQL can both read back.

A zip: `tables/<table>.jsonl` (one JSON list a row, columns in the order of the manifest), `files/<path>` (uploads), and
`manifest.json` with version, migrations, columns, counts and SHA-256 of every member.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.conf import settings
from django.db import connection, transaction

from osnowa import __version__
from osnowa.home.rows import Table, applied_migrations, reset_sequences, tables
from osnowa.kit.errors import Refused
from osnowa.register.actions.searching import reindex

FORMAT = 1
_BLOCK = 1 << 20


class _Hashing:
    """Writes through to a member of the zip and keeps its SHA-256 and size."""

    def __init__(self, member: IO[bytes]) -> None:
        self.member = member
        self.sum = hashlib.sha256()
        self.size = 0

    def write(self, block: bytes) -> None:
        self.member.write(block)
        self.sum.update(block)
        self.size += len(block)


def write(file: Path) -> dict[str, Any]:
    """Writes the archive beside its name first and moves it there when it is whole; returns what it holds."""
    fresh = file.with_name(f"{file.name}.unfinished")
    manifest: dict[str, Any] = {"format": FORMAT, "version": __version__, "tables": {}, "files": {}}
    try:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as zipped, _one_moment():
            os.chmod(fresh, 0o600)
            manifest["migrations"] = applied_migrations()
            for table in tables():
                manifest["tables"][table.name] = _write_table(zipped, table)
            for path in _uploads():
                manifest["files"][path.as_posix()] = _write_file(zipped, path)
            zipped.writestr("manifest.json", json.dumps(manifest, indent=1))
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
    return _totals(manifest)


def restore(file: Path, *, replace: bool = False) -> dict[str, Any]:
    """Fills the database from the archive in one transaction and compares what it then holds with the archive."""
    with _opened(file) as (zipped, manifest), tempfile.TemporaryDirectory(dir=settings.VAR) as folder:
        _refuse_other_shape(manifest)
        fresh_files = Path(folder) / "files"
        _read_files(zipped, manifest, fresh_files)
        with transaction.atomic():
            _make_room(replace)
            for table in tables():
                _read_table(zipped, table, manifest["tables"][table.name])
            reset_sequences()
            for table in tables():
                _compare(table, manifest["tables"][table.name])
            reindex()
        if fresh_files.exists():
            shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
            fresh_files.replace(settings.MEDIA_ROOT)
    _queue_waiting_jobs()
    return _totals(manifest)


def verify(file: Path) -> dict[str, Any]:
    """Restores into a scratch SQLite database in a process of its own; this installation is not touched."""
    with tempfile.TemporaryDirectory() as folder:
        surroundings = os.environ | {
            "DJANGO_SETTINGS_MODULE": "osnowa.settings",
            "OSNOWA_VAR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/scratch.sqlite3",
            "LOG_LEVEL": "ERROR",
        }
        for words in (["manage", "migrate", "-v0"], ["restore", str(file.resolve()), "--json"]):
            ran = subprocess.run(
                [sys.executable, "-m", "osnowa.cli", *words], env=surroundings, capture_output=True, text=True
            )
            if ran.returncode:
                raise Refused(ran.stderr.strip().removeprefix("Error: ") or "The archive could not be restored.")
        facts: dict[str, Any] = json.loads(ran.stdout)
        return facts


def _write_table(zipped: zipfile.ZipFile, table: Table) -> dict[str, Any]:
    count = 0
    with zipped.open(f"tables/{table.name}.jsonl", "w", force_zip64=True) as member:
        out = _Hashing(member)
        for line in table.lines():
            out.write(line)
            count += 1
    return {"columns": table.columns, "rows": count, "bytes": out.size, "sha256": out.sum.hexdigest()}


def _uploads() -> list[Path]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(path.relative_to(root) for path in root.rglob("*") if path.is_file()) if root.exists() else []


def _write_file(zipped: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    with zipped.open(f"files/{path.as_posix()}", "w", force_zip64=True) as member:
        out = _Hashing(member)
        with (Path(settings.MEDIA_ROOT) / path).open("rb") as source:
            while block := source.read(_BLOCK):
                out.write(block)
    return {"bytes": out.size, "sha256": out.sum.hexdigest()}


@contextmanager
def _one_moment() -> Iterator[None]:
    """A transaction that sees one moment of the database, without holding up those who write."""
    if connection.vendor == "sqlite":
        sqlite: Any = connection
        sqlite.ensure_connection()
        usual, sqlite.transaction_mode = sqlite.transaction_mode, "DEFERRED"
        try:
            with transaction.atomic():
                yield
        finally:
            sqlite.transaction_mode = usual
        return
    with transaction.atomic():
        if len(connection.savepoint_ids) == 0:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


@contextmanager
def _opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    try:
        with zipfile.ZipFile(file) as zipped:
            manifest = json.loads(zipped.read("manifest.json"))
            if manifest.get("format") != FORMAT:
                raise Refused(f"{file.name} is an archive of format {manifest.get('format')}; this version reads {FORMAT}.")
            yield zipped, manifest
    except (zipfile.BadZipFile, KeyError, ValueError) as no:
        raise Refused(f"{file.name} is not a whole archive of Osnowa: {no}") from no


def _refuse_other_shape(manifest: dict[str, Any]) -> None:
    """An archive fits the version that made it: restore it there, then upgrade."""
    here = applied_migrations()
    shape = {table.name: table.columns for table in tables()}
    archived = {name: facts["columns"] for name, facts in manifest["tables"].items()}
    if manifest["migrations"] != here or shape != archived:
        raise Refused(
            f"The archive was made by version {manifest['version']} and the tables of this installation "
            f"({__version__}) differ. Install that version, restore there, then upgrade and run `osnowa migrate`."
        )


def _make_room(replace: bool) -> None:
    full = [table.name for table in tables() if table.has_rows()]
    if full and not replace:
        raise Refused(f"The database is not empty ({', '.join(full[:3])} …). Use --replace to empty it first.")
    extra = ["django_session", "usersessions_usersession", "django_tasks_db_dbtaskresult"]
    with connection.cursor() as cursor:
        for name in [*extra, *full]:
            if name in connection.introspection.table_names(cursor):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")


def _read_table(zipped: zipfile.ZipFile, table: Table, facts: dict[str, Any]) -> None:
    with zipped.open(f"tables/{table.name}.jsonl") as member:
        count = table.insert(member)
    if count != facts["rows"]:
        raise Refused(f"{table.name}: the archive promises {facts['rows']} rows and holds {count}.")


def _compare(table: Table, facts: dict[str, Any]) -> None:
    content = hashlib.sha256()
    for line in table.lines():
        content.update(line)
    if content.hexdigest() != facts["sha256"]:
        raise Refused(f"{table.name}: what was restored differs from what was backed up. Nothing was changed.")


def _read_files(zipped: zipfile.ZipFile, manifest: dict[str, Any], folder: Path) -> None:
    for name, facts in manifest["files"].items():
        path = PurePosixPath(name)
        if path.is_absolute() or ".." in path.parts:
            raise Refused(f"The archive holds a file outside its folder: {name}")
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        content = hashlib.sha256()
        with zipped.open(f"files/{name}") as member, target.open("wb") as out:
            while block := member.read(_BLOCK):
                content.update(block)
                out.write(block)
        if content.hexdigest() != facts["sha256"]:
            raise Refused(f"{name}: the file in the archive is damaged.")


def _queue_waiting_jobs() -> None:
    from osnowa.journal.jobs import run
    from osnowa.journal.models import Job

    for pk in Job.objects.filter(state=Job.State.QUEUED).values_list("pk", flat=True):
        run.enqueue(str(pk))


def _totals(manifest: dict[str, Any]) -> dict[str, Any]:
    parts = [*manifest["tables"].values(), *manifest["files"].values()]
    return {
        "version": manifest["version"],
        "tables": len(manifest["tables"]),
        "rows": sum(facts["rows"] for facts in manifest["tables"].values()),
        "files": len(manifest["files"]),
        "bytes": sum(facts["bytes"] for facts in parts),
    }
