"""Commands of this room: `osnowa import`."""

import sys
from pathlib import Path
from typing import Any

import click
from django.db import transaction

from osnowa.kit.commands import as_json, say


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--region", required=True, help="Address word of the region.")
@click.option("--source", required=True, help="Name of the list, so that the next file of it is recognised.")
@click.option("--dry-run", is_flag=True, help="Only say what the rows would do; nothing is written.")
@click.option("--sheet", default=None, help="Name of the sheet; the most table-like one otherwise.")
@click.option("--map", "mapping", multiple=True, metavar="HEADING=FIELD", help="What a column means; may be given several times.")
@click.option("--rows", "subject", type=click.Choice(["organisations", "units", "figures"]), help="What each row is; found by itself otherwise.")
@click.option("--lenient", is_flag=True, help="Leave wrong cells empty instead of setting their rows aside to be mended.")
@click.option("--only-here", is_flag=True, help="Leave out rows that lie outside the region.")
@click.option("--part", is_flag=True, help="The file is a part of the list: what it does not name is not missing.")
@click.option("--errors", type=click.Path(dir_okay=False, path_type=Path), help="Write the rows to be mended into this XLSX.")
@as_json
def import_(file: Path, region: str, source: str, dry_run: bool, sheet: str | None, mapping: tuple[str, ...], subject: str | None,
            lenient: bool, only_here: bool, part: bool, errors: Path | None, as_json: bool) -> None:  # fmt: skip
    """Import a list (XLSX, XLS, ODS, CSV, GeoJSON, HTML) into the register of a region, all or nothing.

    Possible duplicates and rows with errors are left out and counted; the page of the import shows them and undoes it.
    Prints the counts read, set_aside, errors, new, changed, unchanged, duplicates, missing.
    """
    from osnowa.imports.actions import apply_import
    from osnowa.imports.models import Import
    from osnowa.imports.queries import mend_sheet
    from osnowa.journal.actions import through
    from osnowa.kit.sheets import as_xlsx
    from osnowa.places.models import Region

    place = Region.objects.filter(slug=region).select_related("territory").first()
    if place is None:
        known = ", ".join(Region.objects.values_list("slug", flat=True)) or "none yet"
        raise click.ClickException(f"There is no region “{region}”. Regions: {known}.")
    bar = _Bar()
    settings = {"lenient": lenient, "only_here": only_here, "is_whole": not part}
    with through("command"), transaction.atomic():
        it = _prepared(place, source, file, sheet, mapping, subject, settings, bar)
        if errors:
            headings, rows = mend_sheet(it)
            errors.write_bytes(as_xlsx({"1": (headings, rows)}))
        if dry_run:
            _forget(it)
        else:
            Import.objects.filter(pk=it.pk).update(state=Import.State.APPLYING)
            it = apply_import(by=None, it=it, step=bar)
        bar.end()
        facts: dict[str, Any] = {**it.counts, **({} if dry_run else {"import": it.pk, "outcome": it.outcome})}
        if dry_run:
            transaction.set_rollback(True)
    say(facts, as_json=as_json, text=lambda: _text(facts, dry_run=dry_run))


def _prepared(place: Any, source: str, file: Path, sheet: str | None, mapping: tuple[str, ...], subject: str | None,
              settings: dict[str, Any], bar: "_Bar") -> Any:  # fmt: skip
    """The import of the file, read and checked; its stored copy goes where anything is refused."""
    from osnowa.imports.actions import check_import, choose_columns, read_import, take_file
    from osnowa.imports.models import Import

    with file.open("rb") as opened:
        pieces = iter(lambda: opened.read(1 << 20), b"")
        it: Import = take_file(by=None, region=place, source_name=source, file_name=file.name, chunks=pieces, work=False)
    try:
        it = read_import(by=None, it=it, work=False)
        if it.state == Import.State.REFUSED:
            raise click.ClickException(it.why_not)
        number = _sheet(it, sheet)
        chosen = it.understood["sheets"][number]
        columns = {one["column"]: one["field"] for one in chosen["suggestions"] if one["field"]} | _named(chosen["names"], mapping)
        kept = {**settings, **({"country": it.settings["country"]} if it.settings.get("country") else {})}
        it = choose_columns(
            by=None, it=it, sheet=number, header=None, mapping=columns, subject=subject or chosen["subject"], settings=kept, work=False
        )
        it = check_import(by=None, it=it, step=bar)
        if it.state != Import.State.READY:
            raise click.ClickException(it.why_not)
    except BaseException:
        _forget(it)
        raise
    return it


def _sheet(it: Any, name: str | None) -> int:
    names = [sheet["name"] for sheet in it.understood["sheets"]]
    if name is None:
        return int(it.sheet)
    if name not in names:
        raise click.BadParameter(f"The file has no sheet “{name}”. It has: {', '.join(names)}.", param_hint="--sheet")
    return names.index(name)


def _named(names: list[str], mapping: tuple[str, ...]) -> dict[int, str]:
    """{column: field} of `HEADING=FIELD` words; an empty field leaves the column out."""
    from osnowa.imports.fields import FIELDS
    from osnowa.kit.words import fold

    found: dict[int, str] = {}
    for words in mapping:
        heading, sign, field = words.rpartition("=")
        columns = [column for column, name in enumerate(names) if fold(name) == fold(heading)]
        if not sign or not columns:
            raise click.BadParameter(f"No column is headed “{heading or words}”. Headings: {', '.join(names)}.", param_hint="--map")
        if field and field not in FIELDS:
            raise click.BadParameter(f"There is no field “{field}”. Fields: {', '.join(FIELDS)}.", param_hint="--map")
        found |= dict.fromkeys(columns, field)
    return found


def _forget(it: Any) -> None:
    from osnowa.imports import storing

    storing.forget(it.stored_as)


def _text(facts: dict[str, Any], *, dry_run: bool) -> str:
    counts = "\n".join(f"{name.replace('_', ' '):>11} {number:>8,}" for name, number in facts.items() if isinstance(number, int) and name != "import")
    last = "Nothing was written." if dry_run else f"Applied as import {facts['import']}: " + ", ".join(
        f"{name.replace('_', ' ')} {number:,}" for name, number in facts["outcome"].items()
    )  # fmt: skip
    return f"{counts}\n{last}"


class _Bar:
    """Says on stderr how far it is, where somebody watches."""

    def __call__(self, done: int, total: int) -> None:
        if sys.stderr.isatty() and total:
            click.echo(f"\r{done:,} of {total:,}   ", nl=False, err=True)

    def end(self) -> None:
        if sys.stderr.isatty():
            click.echo("", err=True)


commands: list[click.Command] = [import_]
