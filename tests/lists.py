"""Lists going in: from the text of a file to a checked, applied or undone import, as the worker does it."""

from typing import Any

from osnowa.imports.actions import apply_import, check_import, choose_columns, read_import, take_file, undo_import
from osnowa.imports.models import Import
from osnowa.people.models import Person
from osnowa.places.models import Region

#: Valid NIP numbers nobody in the cast has.
NIPS = ("5260250995", "7251801126", "5272525995", "6762496395", "9542583988")


def checked(region: Region, content: str | bytes, *, by: Person | None = None, source: str = "Lista PES", name: str = "lista.csv",
            mends: Import | None = None, mapping: dict[int, str] | None = None, subject: str = "", **settings: Any) -> Import:  # fmt: skip
    """An import read and checked with the columns suggested (or given), ready to be applied."""
    chunks = [content.encode() if isinstance(content, str) else content]
    it: Import = take_file(by=by, region=region, source_name=source, file_name=name, chunks=chunks, mends=mends, work=False)
    it = read_import(by=by, it=it, work=False)
    assert it.state == "columns", it.why_not
    chosen = it.understood["sheets"][it.sheet]
    columns = mapping or {one["column"]: one["field"] for one in chosen["suggestions"] if one["field"]}
    it = choose_columns(
        by=by, it=it, sheet=it.sheet, header=None, mapping=columns, subject=subject or chosen["subject"], settings=settings, work=False
    )
    it = check_import(by=by, it=it)
    assert it.state == "ready", it.why_not
    return it


def applied(it: Import, **settings: Any) -> Import:
    """The import written into the register."""
    it.settings |= settings
    Import.objects.filter(pk=it.pk).update(state="applying", settings=it.settings)
    done: Import = apply_import(by=it.by, it=it)
    return done


def undone(it: Import) -> Import:
    """What the import wrote, taken back."""
    Import.objects.filter(pk=it.pk).update(state="undoing")
    done: Import = undo_import(by=it.by, it=it)
    return done


def outcomes(it: Import) -> dict[str, str]:
    """{label: outcome} of the rows."""
    return dict(it.rows.values_list("label", "outcome"))
