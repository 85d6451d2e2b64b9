"""`osnowa backup` and `osnowa restore`."""

import sys
from pathlib import Path

import click

from osnowa.home import backup as archive
from osnowa.kit.commands import as_json, say


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@as_json
def backup(file: Path, as_json: bool) -> None:
    """Write everything this installation knows into FILE, a zip archive.

    The archive holds every table of facts and accounts (not the sign-in sessions) and the uploaded files, each with
    its checksum. It can be restored into SQLite or PostgreSQL alike. FILE holds personal data: keep it safe.
    """
    facts = archive.write(file)
    say(facts, as_json=as_json, text=lambda: _text("Backed up", facts))


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--replace", is_flag=True, help="Empty the database first. Without it only an empty one is filled.")
@click.option("--verify", is_flag=True, help="Only try it: restore into a scratch database and compare; changes nothing.")
@as_json
def restore(file: Path, replace: bool, verify: bool, as_json: bool) -> None:
    """Read FILE, an archive made by `osnowa backup`, into the database of this installation.

    One transaction: all or nothing. Afterwards everyone signs in anew. Each table is read back and compared with the
    checksum in the archive before the transaction ends.
    """
    if replace and verify:
        raise click.UsageError("--verify changes nothing, so it cannot go with --replace.")
    facts = archive.verify(file) if verify else archive.restore(file, replace=replace)
    say(facts, as_json=as_json, text=lambda: _text("Verified" if verify else "Restored", facts))
    sys.stdout.flush()


def _text(verb: str, facts: dict[str, object]) -> str:
    return f"{verb}: {facts['rows']} rows of {facts['tables']} tables, {facts['files']} files, {facts['bytes']} bytes."
