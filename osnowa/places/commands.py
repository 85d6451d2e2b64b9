"""Commands of this room."""

from pathlib import Path
from typing import Any

import click

from osnowa.kit.commands import Bar, as_json, say


@click.group(help="Territories, postal codes and outlines.")
def places() -> None:
    pass


@places.command()
@as_json
def load(as_json: bool) -> None:
    """Load the shipped tables of territories and postal codes; quick where they stand already."""
    from osnowa.journal.actions import through
    from osnowa.places.actions import load_tables

    with through("command"):
        facts: dict[str, Any] = load_tables(by=None)

    def text() -> str:
        what = "Loaded" if facts["loaded"] else "Already loaded:"
        return f"{what} {facts['territories']:,} territories and {facts['postal_codes']:,} postal places."

    say(facts, as_json=as_json, text=text)


@places.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="Where the outlines come from, with their licence.")
@click.option("--scheme", type=click.Choice(["NUTS", "TERYT", "LAU"]), help="Match with this code list only.")
@click.option("--code-field", default="", help="The field that holds the codes; found by itself otherwise.")
@click.option("--name-field", default="", help="Match by the names in this field.")
@click.option("--object", "object_name", default="", help="The object to import, where a TopoJSON file has several.")
@as_json
def boundaries(file: Path, source: str, scheme: str | None, code_field: str, name_field: str, object_name: str,
               as_json: bool) -> None:  # fmt: skip
    """Import the outlines of territories from a GeoJSON or TopoJSON FILE: all that match, or nothing."""
    from osnowa.journal.actions import through
    from osnowa.kit.errors import Refused
    from osnowa.kit.sentences import tell
    from osnowa.places.actions import import_outlines
    from osnowa.places.queries import prepare_outlines

    bar = Bar("Outlines")
    try:
        with through("command"):
            prepared = prepare_outlines(
                path=file, source=source, scheme=scheme or "", code_field=code_field, name_field=name_field,
                object_name=object_name, step=bar,
            )  # fmt: skip
            report: dict[str, Any] = import_outlines(by=None, prepared=prepared)
            report["read_as"] = tell(report["read_as"])
    except Refused as refused:
        bar.end()
        raise click.ClickException(refused.message) from None
    bar.end()
    say(report, as_json=as_json, text=lambda: _report(report))


def _report(report: dict[str, Any]) -> str:
    missed = [name or "without a name" for name in report["unmatched"]]
    more = f" … and {len(missed) - 20} more" if len(missed) > 20 else ""
    lines = [
        f"Field {report['field']} read as {report['read_as']}: {report['matched']} of {report['features']} outlines matched,",
        f"{report['territories']} territories have a border now. Repaired: {report['repaired']}. "
        f"Points: {report['points_before']:,} before, {report['points_after']:,} after.",
    ]
    if report["without_area"]:
        lines.append(f"Without an area: {report['without_area']}.")
    if missed:
        lines.append(f"Not matched ({len(missed)}): {', '.join(missed[:20])}{more}")
    return "\n".join(lines)


commands: list[click.Command] = [places]
