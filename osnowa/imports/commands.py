"""Commands of this room: `osnowa import`, and `osnowa register link` and `dedupe`, which need no database."""

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click
from django.db import transaction

from osnowa.kit.commands import Bar, as_json, say

_mapping = click.option(
    "--mapping", multiple=True, metavar="HEADING=FIELD", help="What a column means, or a JSON file {heading: field}; may be given several times."
)
_table = click.Path(exists=True, dir_okay=False, path_type=Path)
_new = click.Path(dir_okay=False, path_type=Path)


def _meanings(words: tuple[str, ...]) -> dict[str, str]:
    """{heading: field} of the words and JSON files given with --mapping."""
    found: dict[str, str] = {}
    for one in words:
        heading, sign, field = one.rpartition("=")
        if one.endswith(".json") and Path(one).exists():
            found |= json.loads(Path(one).read_text())
        elif not sign:
            raise click.BadParameter(f"“{one}” is neither HEADING=FIELD nor a JSON file.", param_hint="--mapping")
        else:
            found[heading] = field
    return found


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--region", required=True, help="Address word of the region.")
@click.option("--source", required=True, help="Name of the list, so that the next file of it is recognised.")
@click.option("--dry-run", is_flag=True, help="Only say what the rows would do; nothing is written.")
@click.option("--sheet", default=None, help="Name of the sheet; the most table-like one otherwise.")
@_mapping
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
    bar = Bar("Rows")
    settings = {"lenient": lenient, "only_here": only_here, "is_whole": not part}
    with through("command"), transaction.atomic():
        it = _prepared(place, source, file, sheet, mapping, subject, settings, bar)
        if errors:
            headings, rows = mend_sheet(it)
            with _writable(errors):
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
              settings: dict[str, Any], bar: Bar) -> Any:  # fmt: skip
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
        columns = {one["column"]: one["field"] for one in chosen["suggestions"] if one["field"]} | _named(chosen["names"], _meanings(mapping))
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


def _named(names: list[str], meanings: dict[str, str]) -> dict[int, str]:
    """{column: field} of headings; an empty field leaves the column out."""
    from osnowa.imports.fields import FIELDS
    from osnowa.kit.words import fold

    found: dict[int, str] = {}
    for heading, field in meanings.items():
        columns = [column for column, name in enumerate(names) if fold(name) == fold(heading)]
        if not columns:
            raise click.BadParameter(f"No column is headed “{heading}”. Headings: {', '.join(names)}.", param_hint="--mapping")
        if field and field not in FIELDS:
            raise click.BadParameter(f"There is no field “{field}”. Fields: {', '.join(FIELDS)}.", param_hint="--mapping")
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


@click.group(help="Linking lists and finding duplicates in files; needs no database.")
def register() -> None:
    pass


@register.command()
@click.argument("a", type=_table)
@click.argument("b", type=_table)
@click.option("--out", type=_new, required=True, help="CSV to write: a_row, b_row, score, why.")
@click.option("--review", type=_new, help="CSV for the doubtful pairs, which a person should look at.")
@click.option("--all", "every", is_flag=True, help="Every pair, not only the best one for each row of A.")
@_mapping
@as_json
def link(a: Path, b: Path, out: Path, review: Path | None, every: bool, mapping: tuple[str, ...], as_json: bool) -> None:
    """Find the rows of B that are the same organisations as rows of A.

    Rows are numbered from 1, the first row under the headings. OUT holds the pairs that need no second look.
    """
    from osnowa.compute.linkage import link as linked

    first, second = _lists((a, b), _meanings(mapping))
    links = linked(first.records, second.records, best=not every)
    facts = _write_pairs(links, first.numbers, second.numbers, out, review)
    facts = {"a_rows": len(first.numbers), "b_rows": len(second.numbers), **facts, "a_columns": first.mapping, "b_columns": second.mapping}
    say(facts, as_json=as_json, text=lambda: _told(facts))


@register.command()
@click.argument("file", type=_table)
@click.option("--out", type=_new, required=True, help="CSV to write: a_row, b_row, score, why.")
@click.option("--clusters", "groups", type=_new, help="CSV to write: row, cluster.")
@click.option("--review", type=_new, help="CSV for the doubtful pairs, which a person should look at.")
@_mapping
@as_json
def dedupe(file: Path, out: Path, groups: Path | None, review: Path | None, mapping: tuple[str, ...], as_json: bool) -> None:
    """Find the rows of one list that are the same organisation.

    A cluster bears the number of its first row. OUT holds the pairs that need no second look.
    """
    from osnowa.compute.linkage import clusters
    from osnowa.compute.linkage import dedupe as linked

    [rows] = _lists((file,), _meanings(mapping))
    links = linked(rows.records)
    joined = clusters(len(rows.numbers), links, rows.records)
    if groups:
        _write(groups, ("row", "cluster"), ((rows.numbers[i], rows.numbers[int(c)]) for i, c in enumerate(joined)))
    facts = {"rows": len(rows.numbers), **_write_pairs(links, rows.numbers, rows.numbers, out, review), "clusters": len(set(joined.tolist())), "columns": rows.mapping}
    say(facts, as_json=as_json, text=lambda: _told(facts))


def _lists(paths: Sequence[Path], meanings: dict[str, str]) -> list[Any]:
    """The lists of the files; a heading somebody named must stand in one of them."""
    from osnowa.imports.lists import read_list
    from osnowa.kit.words import fold

    found = [read_list(path, meanings) for path in paths]
    known = {fold(name) for one in found for name in one.headings}
    for heading in meanings:
        if fold(heading) not in known:
            every = ", ".join(dict.fromkeys(name for one in found for name in one.headings if name))
            raise click.BadParameter(f"No column is headed “{heading}”. Headings: {every}.", param_hint="--mapping")
    return found


def _write_pairs(links: Any, a: list[int], b: list[int], out: Path, review: Path | None) -> dict[str, int]:
    kept = [(a[x], b[y], f"{score:.4f}", _why(links.why(i)), sure) for i, (x, y, score, sure) in enumerate(
        zip(links.a.tolist(), links.b.tolist(), links.score.tolist(), links.sure.tolist(), strict=True))]  # fmt: skip
    headings = ("a_row", "b_row", "score", "why")
    _write(out, headings, (pair[:4] for pair in kept if pair[4]))
    if review:
        _write(review, headings, (pair[:4] for pair in kept if not pair[4]))
    sure = sum(pair[4] for pair in kept)
    return {"pairs": sure, "doubtful": len(kept) - sure}


def _why(reasons: Any) -> str:
    return "; ".join(f"{one.role}: {one.level} ({one.bits:+.1f})" for one in reasons)


def _write(path: Path, headings: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    with _writable(path), path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows(rows)


@contextmanager
def _writable(path: Path) -> Iterator[None]:
    """A path that cannot be written is told in one line."""
    try:
        yield
    except OSError as error:
        raise click.ClickException(f"{path} cannot be written: {error.strerror}.") from error


def _told(facts: dict[str, Any]) -> str:
    lines = [f"{name.replace('_', ' ')}: {value:,}" for name, value in facts.items() if isinstance(value, int)]
    for name, value in facts.items():
        if isinstance(value, dict):
            lines.append(f"{name.replace('_', ' ')}: " + ", ".join(f"{heading} → {field}" for heading, field in value.items()))
    return "\n".join(lines)


commands: list[click.Command] = [import_, register]
