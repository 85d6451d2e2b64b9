"""What must be ready before the first page: catalogues, static files, tables. Each step is skipped when nothing changed."""

import hashlib
import json
import os
from pathlib import Path

import polib
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

#: Cuts of the fonts that no style asks for; compressing them would take most of the first start.
NOT_SERVED = ["*.otf", "*-Bold*.ttf", "*-Black*.ttf", "*Light*.ttf", "*-SemiboldIt.ttf", "SourceSerifPro-It.ttf"]


def compile_words() -> int:
    """Compiles the message catalogues that are newer than what was compiled from them; returns how many."""
    made = 0
    for folder in settings.LOCALE_PATHS:
        for source in Path(folder).glob("*/LC_MESSAGES/*.po"):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime_ns < source.stat().st_mtime_ns:
                fresh = target.with_suffix(f".{os.getpid()}")
                polib.pofile(str(source)).save_as_mofile(str(fresh))
                fresh.replace(target)
                made += 1
    return made


def collect_static() -> bool:
    """Gathers styles, scripts and fonts under hashed names; false when none of them changed since the last time."""
    files = (Path(storage.path(path)) for finder in get_finders() for path, storage in finder.list(NOT_SERVED))
    facts = sorted((str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files)
    fingerprint = hashlib.sha256(json.dumps(facts).encode()).hexdigest()
    mark = settings.VAR / "static.mark"
    if mark.exists() and mark.read_text() == fingerprint and settings.STATIC_ROOT.exists():
        return False
    call_command("collectstatic", interactive=False, clear=True, ignore_patterns=NOT_SERVED, verbosity=0)
    mark.write_text(fingerprint)
    return True


def pending_migrations() -> list[str]:
    """The migrations the database still lacks, in their order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate() -> list[str]:
    """Brings the tables of the database up to date; returns the migrations it applied."""
    pending = pending_migrations()
    if pending:
        call_command("migrate", interactive=False, verbosity=0)
    return pending
