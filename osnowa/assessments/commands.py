"""`osnowa assessments`: instruments as files."""

from pathlib import Path
from typing import Any

import click

from osnowa.assessments import access, actions
from osnowa.assessments.models import Instrument
from osnowa.assessments.queries import exchange
from osnowa.assessments.queries.instruments import Unfit, definition_of
from osnowa.journal.actions import through
from osnowa.kit.commands import as_json, say
from osnowa.kit.errors import Refused
from osnowa.places.models import Region


@click.group()
def assessments() -> None:
    """Assessments: questionnaires as files."""


def _region(slug: str | None) -> Region | None:
    if not slug:
        return None
    found = Region.objects.filter(slug=slug).first()
    if found is None:
        raise Refused(f"There is no region “{slug}”.")
    return found


def _facts(it: Instrument) -> dict[str, Any]:
    definition = definition_of(it.definition)
    return {
        "code": it.code, "version": it.version, "title": definition.title, "region": it.region.slug if it.region else None,
        "dimensions": len(definition.dimensions), "is_draft": it.is_draft, "sha256": it.sha256,
    }  # fmt: skip


@assessments.command("load-shipped")
def load_shipped() -> None:
    """Write the shipped instruments that are not there yet; `osnowa start` and `migrate` do it too, and say it only where any was."""
    with through("command"):
        written = actions.load_shipped(by=None)
    if written:
        click.echo(f"Instruments written: {', '.join(written)}.", err=True)


@assessments.command("instruments")
@click.option("--region", help="With those of this region.")
@as_json
def instruments(region: str | None, as_json: bool) -> None:
    """List the instruments."""
    rows = [_facts(it) for it in access.instruments(_region(region)).select_related("region")]
    say(rows, as_json=as_json, text=lambda: "\n".join(f"{row['code']} {row['version']}  {row['title']}" for row in rows))


@assessments.command("export")
@click.argument("code")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--version", help="Which version; the newest when left out.")
@click.option("--region", help="A version of this region.")
def export(code: str, file: Path, version: str | None, region: str | None) -> None:
    """Write the instrument CODE into FILE (.xlsx or .json)."""
    found = access.instruments(_region(region)).filter(code=code, **({"version": version} if version else {})).order_by("-made_at", "-pk").first()
    if found is None:
        raise Refused(f"There is no instrument “{code}”.")
    definition = definition_of(found.definition)
    file.write_bytes(exchange.as_json(definition) if file.suffix.lower() == ".json" else exchange.as_workbook(definition))
    click.echo(f"{found} written to {file}.")


@assessments.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--region", help="For this region only.")
@click.option("--dry-run", is_flag=True, help="Only say whether the file is in order.")
@as_json
def import_file(file: Path, region: str | None, dry_run: bool, as_json: bool) -> None:
    """Take in the instrument in FILE (.xlsx or .json)."""
    try:
        definition = exchange.read(file, file.name)
    except Unfit as unfit:
        raise Refused("\n".join(unfit.problems)) from unfit
    if dry_run:
        return say({"code": definition.code, "version": definition.version}, as_json=as_json, text=lambda: f"{definition.code} {definition.version} is in order.")
    with through("command"):
        made = actions.import_instrument(by=None, region=_region(region), definition=definition)
    return say(_facts(made), as_json=as_json, text=lambda: f"{made} is there.")


commands: list[click.Command] = [assessments]
