"""The files everybody may take: made of public facts piece by piece, kept under `OSNOWA_VAR/dumps` until something changes.

However large a region is, no more than a few hundred organisations are in memory: text is sent while it is written;
workbooks and Parquet are written to disk first. What is sent whole is kept, with its size and hash.
"""

import csv
import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from django.conf import settings
from django.utils import timezone

from osnowa import __version__
from osnowa.journal.queries import newest_in
from osnowa.kit.sheets import harmless
from osnowa.opendata.formats import geojson, schema_org
from osnowa.opendata.formats.licence import licence
from osnowa.opendata.formats.tables import TABLES, Column, cell, code_rows, columns
from osnowa.opendata.formats.tables import organisation as as_row
from osnowa.opendata.queries.public import public_facts, public_organisations
from osnowa.places.models import Region
from osnowa.register.models import Visibility

Row = dict[str, Any]
AT_ONCE = 500
#: Rows a sheet of a workbook holds; a larger table goes on in another sheet.
ROWS_OF_SHEET = 1_000_000


class Wanted(NamedTuple):
    """Which table of which region in which form."""

    region: Region
    table: str
    form: str


def version(region: Region) -> str:
    """Changes whenever a dump would: with every deed in the region, each day (offers end), with the licence and the program."""
    known = "|".join((settings.ADDRESS, licence().name, __version__, timezone.localdate().isoformat()))
    return f"{newest_in(region.slug, '')}-{hashlib.sha256(known.encode()).hexdigest()[:10]}"


# Rows, a few hundred organisations at a time


def facts_of(region: Region, table: str) -> Iterator[Row]:
    """Public facts of all organisations of a region that a table speaks of, by their keys."""
    rows = public_organisations(region).order_by("pk")
    if table == "figures":
        rows = rows.filter(figures__visibility=Visibility.PUBLIC).distinct()
    if table == "offers":
        rows = rows.filter(listings__visibility=Visibility.PUBLIC).distinct()
    last = 0
    while some := list(rows.filter(pk__gt=last).select_related("municipality", "parent", "successor")[:AT_ONCE]):
        for one in some:
            one.region = region
        yield from public_facts(some, TABLES[table].parts)
        last = some[-1].pk


def rows_of(region: Region, table: str) -> Iterator[Row]:
    if table == "codes":
        yield from code_rows()
        return
    for facts in facts_of(region, table):
        yield from TABLES[table].rows(facts, region.currency)


def _batches(rows: Iterable[Row], size: int) -> Iterator[list[Row]]:
    steady = iter(rows)
    while batch := list(islice(steady, size)):
        yield batch


# Forms of text, sent while they are written


def _csv(wanted: Wanted) -> Iterator[bytes]:
    known = columns(wanted.table)
    yield (",".join(column.name for column in known) + "\r\n").encode()
    for batch in _batches(rows_of(wanted.region, wanted.table), AT_ONCE):
        out = io.StringIO()
        csv.writer(out).writerows([harmless(cell(row.get(column.name), column.kind)) for column in known] for row in batch)
        yield out.getvalue().encode()


def _json_list(head: Row, name: str, things: Iterable[Row]) -> Iterator[bytes]:
    """A JSON object whose last member is a long list."""
    yield (json.dumps(head, ensure_ascii=False)[:-1] + f', "{name}": [').encode()
    between = "\n"
    for batch in _batches(things, AT_ONCE):
        yield (between + ",\n".join(json.dumps(one, ensure_ascii=False) for one in batch)).encode()
        between = ",\n"
    yield b"\n]}\n"


def _geojson(wanted: Wanted) -> Iterator[bytes]:
    features = (geojson.feature(as_row(facts)) for facts in facts_of(wanted.region, wanted.table))
    return _json_list({"type": "FeatureCollection", **_said(wanted.region)}, "features", features)


def _jsonld(wanted: Wanted) -> Iterator[bytes]:
    nodes = (schema_org.node(facts, settings.ADDRESS, wanted.region.currency) for facts in facts_of(wanted.region, wanted.table))
    return _json_list({"@context": dict(schema_org.CONTEXT)}, "@graph", nodes)


def _said(region: Region) -> Row:
    """What every dump says of itself."""
    return {
        "title": region.name, "licence": licence().name, "licence_address": licence().address,
        "source": f"{settings.ADDRESS}/data/{region.slug}/datapackage.json", "version": version(region),
        "is_invented": region.is_invented,
    }  # fmt: skip


# Forms that are written to disk first


def _xlsx(wanted: Wanted, path: Path) -> None:
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    known = columns(wanted.table)
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
    about = book.add_worksheet("about")
    for number, (name, value) in enumerate(_said(wanted.region).items()):
        about.write_row(number, 0, [name, str(value)])
    rows, number, written = rows_of(wanted.region, wanted.table), 1, ROWS_OF_SHEET
    while written == ROWS_OF_SHEET:
        sheet = book.add_worksheet(wanted.table if number == 1 else f"{wanted.table}-{number}")
        written = _sheet(sheet, known, islice(rows, ROWS_OF_SHEET), bold, day)
        number += 1
    book.worksheets()[1].activate()
    book.close()


def _sheet(sheet: Any, known: tuple[Column, ...], rows: Iterable[Row], bold: Any, day: Any) -> int:
    """Writes the rows of one sheet and says how many there were."""
    sheet.write_row(0, 0, [column.name for column in known], bold)
    sheet.freeze_panes(1, 0)
    line = 0
    for line, row in enumerate(rows, start=1):
        for place, column in enumerate(known):
            value = cell(row.get(column.name), column.kind)
            if column.kind == "date" and value:
                sheet.write_datetime(line, place, datetime.fromisoformat(value), day)
            elif value != "":
                sheet.write(line, place, harmless(value))
    return line


_ARROW = {
    "string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32(),
    "datetime": pa.timestamp("us", tz="UTC"), "list": pa.list_(pa.string()), "array": pa.string(),
}  # fmt: skip


def _parquet(wanted: Wanted, path: Path) -> None:
    known = columns(wanted.table)
    marks = {name: str(value) for name, value in _said(wanted.region).items()}
    schema = pa.schema([pa.field(column.name, _ARROW[column.kind]) for column in known], metadata=marks)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in _batches(rows_of(wanted.region, wanted.table), 5 * AT_ONCE):
            arrays = [pa.array([_arrow(row.get(c.name), c.kind) for row in batch], _ARROW[c.kind]) for c in known]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _arrow(value: Any, kind: str) -> Any:
    if kind == "array":
        return json.dumps(value or [], ensure_ascii=False)
    if kind == "list":
        return list(value or [])
    if value in (None, ""):
        return None if kind != "string" else ""
    if kind == "date":
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if kind == "datetime" else value


_STREAMS = {"csv": _csv, "geojson": _geojson, "jsonld": _jsonld}
_BUILT = {"xlsx": _xlsx, "parquet": _parquet}


# What is kept


def _folder(region: Region) -> Path:
    return Path(settings.VAR) / "dumps" / region.slug


def _place(wanted: Wanted, mark: str) -> Path:
    return _folder(wanted.region) / f"{wanted.table}.{mark}.{wanted.form}"


def _told(place: Path) -> Path:
    """Where the size and hash of a kept dump stand."""
    return place.with_name(f"{place.name}.told")


def made(region: Region) -> dict[tuple[str, str], Row]:
    """{(table, form): bytes and hash} of the dumps that are made and still true."""
    mark, found = version(region), {}
    for table in TABLES.values():
        for form in table.forms:
            with suppress(OSError, ValueError):
                found[table.name, form] = json.loads(_told(_place(Wanted(region, table.name, form), mark)).read_text())
    return found


def pieces(wanted: Wanted) -> Iterator[bytes]:
    """The bytes of a dump: those kept, or made now and kept when the last of them is out."""
    mark = version(wanted.region)
    kept = _place(wanted, mark)
    if kept.exists():
        return _read(kept)
    if wanted.form in _BUILT:
        return _read(_build(wanted, mark))
    return _keep(_STREAMS[wanted.form](wanted), wanted, mark)


def _read(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(1 << 18):
            yield piece


def _build(wanted: Wanted, mark: str) -> Path:
    with tempfile.TemporaryDirectory(prefix="osnowa-dump-") as folder:
        path = Path(folder) / f"dump.{wanted.form}"
        _BUILT[wanted.form](wanted, path)
        for _piece in _keep(_read(path), wanted, mark):
            pass
    return _place(wanted, mark)


def _keep(stream: Iterable[bytes], wanted: Wanted, mark: str) -> Iterator[bytes]:
    """Passes the pieces on and writes them down; a stream that breaks off leaves nothing behind."""
    place = _place(wanted, mark)
    place.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=place.parent, prefix="making-")
    path, digest, size = Path(name), hashlib.sha256(), 0
    try:
        with os.fdopen(number, "wb") as file:
            for piece in stream:
                file.write(piece)
                digest.update(piece)
                size += len(piece)
                yield piece
        if version(wanted.region) == mark:
            _finish(path, place, {"bytes": size, "sha256": digest.hexdigest()})
        elif wanted.form in _BUILT:
            path.replace(place)
    finally:
        path.unlink(missing_ok=True)


def _finish(path: Path, place: Path, told: Row) -> None:
    """Puts a finished dump in place and takes away the one it replaces."""
    path.replace(place)
    _told(place).write_text(json.dumps(told))
    table = place.name.partition(".")[0]
    for old in place.parent.glob(f"{table}.*{place.suffix}*"):
        if old not in (place, _told(place)):
            old.unlink(missing_ok=True)


def forget(region: Region) -> None:
    """Takes all kept dumps of a region away; they are made anew when asked for."""
    shutil.rmtree(_folder(region), ignore_errors=True)
