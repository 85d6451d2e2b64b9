"""Freezing the register of a region: the newest copy for counting fast, and the dated ones that are kept."""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action
from osnowa.journal.jobs import start
from osnowa.journal.models import Entry, Job
from osnowa.kit.collecting import without_collecting
from osnowa.kit.warehouse import write_sorted
from osnowa.places.models import Region
from osnowa.register import freezing
from osnowa.register.actions.answers import answer_usual, is_answered
from osnowa.register.models import Organisation, Snapshot, YearlyFigures
from osnowa.register.queries.frame import KINDS, LISTED, THING, changed_since, folder, lists_file, newest_snapshot

Step = Callable[[int, int], None]
#: Kind of the background work that takes a snapshot.
FREEZING = "register.snapshot"
#: A copy nobody counts by any more is left lying so long, for pages that still read it.
_LEFT_FOR = timedelta(minutes=10)
#: A register is frozen anew once nobody has changed it for so long.
_AT_REST = timedelta(seconds=30)
#: The rows of a region larger than this are read in the order of the table, not gathered through an index and sorted.
_LARGE = 100_000


def _silent(done: int, total: int) -> None:
    """Tells nobody how far the work is."""


def _newest_entry(region: Region) -> int:
    """The newest entry of the region when nobody was in the middle of writing another.

    On PostgreSQL entries of other transactions may get a lower number and appear later; the lock waits them out.
    """
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE journal_entry IN SHARE MODE")
        return Entry.objects.filter(place=region.slug).order_by("-id").values_list("pk", flat=True).first() or 0


def take_snapshot(*, by: Any, region: Region, keep: bool = False, at: datetime | None = None, step: Step = _silent) -> Snapshot:
    """Freezes the register of a region as it is now; the files are the same whenever the same is frozen.

    `keep` makes it one of the dated series (one a day: a second replaces the first) and a deed of the journal.
    `at` dates it at another moment than now: only for what is told afterwards (the sample).
    """
    entry, taken_at = _newest_entry(region), at or timezone.now()
    sha256, organisations, figures = freeze(region, entry, step)
    facts = {
        "on": timezone.localdate(taken_at), "taken_at": taken_at, "taken_by": by, "entry": entry, "sha256": sha256,
        "organisations": organisations, "figures": figures,
    }  # fmt: skip
    made: Snapshot
    if keep:
        made = _keep(by=by, region=region, facts=facts)
    else:
        made, _is_new = Snapshot.objects.update_or_create(region=region, is_kept=False, defaults=facts)
    sweep()
    answer_usual(region, made)
    return made


@action("register.snapshot_kept", says=gettext_lazy("kept a snapshot of the register"))
def _keep(*, by: Any, region: Region, facts: dict[str, Any]) -> Deed:
    before = Snapshot.objects.filter(region=region, on=facts["on"], is_kept=True).first()
    made, _is_new = Snapshot.objects.update_or_create(region=region, on=facts["on"], is_kept=True, defaults=facts)
    told = {name: [getattr(before, name, None), facts[name]] for name in ("organisations", "sha256")}
    return Deed(made, {"on": [None, facts["on"].isoformat()], **told}, place=region.slug)


def refresh_snapshot(region: Region, step: Step = _silent) -> Snapshot | None:
    """Takes a new newest copy when the register changed since the last, or its files are not all there; else None."""
    newest = newest_snapshot(region)
    if newest and not changed_since(region, newest.entry) and _is_whole(newest):
        if not is_answered(newest):
            answer_usual(region, newest)
        return None
    return take_snapshot(by=None, region=region, step=step)


def _is_whole(snapshot: Snapshot) -> bool:
    """Whether all files of a snapshot are there; those taken before had fewer."""
    return (folder(snapshot.sha256) / KINDS).exists() and lists_file(snapshot.sha256, snapshot.entry).exists()


def queue_refreshing() -> int:
    """Queues a new copy for every region that changed and has been at rest for a moment, and today's answers; returns for how many."""
    now, queued = timezone.now(), 0
    Job.objects.filter(kind=FREEZING, by=None, finished_at__lt=now - _LEFT_FOR).delete()
    under_way = set(Job.objects.filter(kind=FREEZING, finished_at=None).values_list("place", flat=True))
    for region in Region.objects.exclude(slug__in=under_way):
        newest = newest_snapshot(region)
        entries = Entry.objects.filter(place=region.slug, id__gt=newest.entry if newest else 0, thing_type=THING)
        last = entries.order_by("-id").values_list("at", flat=True).first()
        if (last and last < now - _AT_REST) or (newest and not last and not is_answered(newest)):
            start(FREEZING, by=None, place=region.slug)
            queued += 1
    return queued


def keep_monthly_snapshots() -> int:
    """Keeps a snapshot of every region that has organisations and none kept in this month; returns of how many."""
    first = timezone.localdate().replace(day=1)
    lacking = Region.objects.exclude(snapshots__is_kept=True, snapshots__on__gte=first).filter(organisations__isnull=False)
    regions = list(lacking.distinct())
    for region in regions:
        take_snapshot(by=None, region=region, keep=True)
    return len(regions)


@without_collecting()
def freeze(region: Region, entry: int, step: Step = _silent) -> tuple[str, int, int]:
    """Writes the files of the register as it is, after an entry of the journal; (their hash, organisations, rows of figures)."""
    organisations = Organisation.objects.filter(region=region)
    figures = YearlyFigures.objects.filter(organisation__region=region, organisation__merged_into=None)
    total = organisations.count()
    if total > _LARGE:
        organisations = Organisation.objects.extra(where=["register_organisation.region_id + 0 = %s"], params=[region.pk])
    home = Path(settings.SNAPSHOTS)
    home.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home, prefix="making-") as made:
        place = Path(made)
        batches = _told(freezing.organisation_columns(organisations), total, step)
        counts = (
            _write_register(batches, place),
            _write_figures(freezing.figure_columns(figures), place),
        )
        sha256 = _hash(place)
        lists = (place / "lists.parquet").rename(place / lists_file(sha256, entry).name)
        if folder(sha256).exists():
            lists.rename(lists_file(sha256, entry))
        else:
            shutil.copytree(place, home / f"{place.name}-whole")
            (home / f"{place.name}-whole").rename(folder(sha256))
    _count_kinds(folder(sha256))
    return sha256, *counts


def _count_kinds(place: Path) -> None:
    """Writes beside a frozen register how many organisations there are of each kind, unless it was written before."""
    if (place / KINDS).exists():
        return
    columns = ", ".join(freezing.KIND)
    with tempfile.NamedTemporaryFile(dir=place, prefix="making-", delete=False) as made:
        write_sorted(place / "register.parquet", Path(made.name), columns, f"SELECT {columns}, count(*) AS n FROM source GROUP BY {columns}")
    Path(made.name).rename(place / KINDS)


def _told(batches: Iterator[pa.Table], total: int, step: Step) -> Iterator[pa.Table]:
    done = 0
    for batch in batches:
        yield batch
        done += batch.num_rows
        step(min(done, total), total)


def _write_register(batches: Iterator[pa.Table], place: Path) -> int:
    """Writes the organisations, and where each stands in every order of the directory; returns how many."""
    unsorted = place / "register.unsorted"
    rows = _gather(batches, freezing.WHOLE, unsorted)
    write_sorted(unsorted, place / "register.parquet", "qk NULLS LAST, id", f"SELECT {', '.join(freezing.SCHEMA.names)} FROM source")
    write_sorted(unsorted, place / "lists.parquet", "by_name", _orders())
    unsorted.unlink()
    return rows


def _orders() -> str:
    """The question for the places in the orders; few columns are carried through the sorting."""
    place = "CAST(row_number() OVER (ORDER BY {}) AS INTEGER) AS by_{}"
    named = f"SELECT id, legal_form, locality, changed_at, confirmed_on, {place.format('name_fold, id', 'name')} FROM source"
    others = ", ".join(place.format(order, name) for name, order in freezing.ORDERS.items())
    columns = ", ".join((*LISTED, "by_name", *(f"by_{name}" for name in freezing.ORDERS)))
    return f"SELECT {columns} FROM source JOIN (SELECT id, by_name, {others} FROM ({named}) AS named) AS placed USING (id)"


def _write_figures(batches: Iterator[pa.Table], place: Path) -> int:
    """Writes the yearly figures; returns how many rows."""
    unsorted = place / "figures.unsorted"
    rows = _gather(batches, freezing.FIGURES, unsorted)
    write_sorted(unsorted, place / "figures.parquet", "organisation, as_of_on")
    unsorted.unlink()
    return rows


def _gather(batches: Iterator[pa.Table], schema: pa.Schema, path: Path) -> int:
    rows = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in batches:
            writer.write_table(batch)
            rows += batch.num_rows
    return rows


def _hash(place: Path) -> str:
    """SHA-256 over the hashes of both files."""
    whole = hashlib.sha256()
    for path in (place / "figures.parquet", place / "register.parquet"):
        with path.open("rb") as file:
            whole.update(hashlib.file_digest(file, "sha256").digest())
    return whole.hexdigest()


def sweep() -> int:
    """Removes the files no snapshot names any more and orders of older ones, once pages that read them are done; returns how many."""
    home, gone = Path(settings.SNAPSHOTS), 0
    named = set(Snapshot.objects.values_list("sha256", flat=True))
    before = (timezone.now() - _LEFT_FOR).timestamp()
    for place in home.iterdir() if home.exists() else ():
        if place.is_dir() and place.name not in named and place.stat().st_mtime < before:
            shutil.rmtree(place, ignore_errors=True)
            gone += 1
    newest = [newest_snapshot(region) for region in Region.objects.filter(snapshots__isnull=False).distinct()]
    listed = {lists_file(one.sha256, one.entry) for one in newest if one}
    for path in set(home.glob("*/lists-*.parquet")) - listed:
        if path.stat().st_mtime < before:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
