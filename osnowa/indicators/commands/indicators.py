"""`osnowa indicators`: numbers with a definition, a source, a date and a place."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

from osnowa.indicators.actions import import_values, take_back_release
from osnowa.indicators.models import Indicator, Release
from osnowa.indicators.queries.arrivals import Said, prepare, preview
from osnowa.indicators.queries.catalogue import catalogue, row_facts
from osnowa.indicators.queries.profiles import Standpoint, code_of, facts, profile
from osnowa.journal.actions import through
from osnowa.kit.commands import Bar, as_json, say
from osnowa.kit.errors import Refused
from osnowa.kit.sentences import tell

_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def indicators() -> None:
    """Indicators of regions: import them, list them, see where a region stands."""


@indicators.command("import")
@click.argument("file", type=_file)
@click.option("--meta", type=_file, help="File of the indicators: code, name, unit, polarity, definition, theme, breaks.")
@click.option("--regions", type=_file, help="File of the places: code, name.")
@click.option("--source", default="", help="Where the values come from; the name of the file when left out.")
@click.option("--licence", default="", help="Under which licence, such as CC BY 4.0.")
@click.option("--address", default="", help="Where the file was published.")
@click.option("--published-on", type=click.DateTime(["%Y-%m-%d"]), help="Day of publication (YYYY-MM-DD).")
@click.option("--unit", default="", help="Unit of indicators for which the files name none.")
@click.option("--polarity", type=click.Choice(Indicator.Polarity.values), help="Which direction is better, where the files do not say.")
@click.option("--theme", default="", help="Theme of indicators for which the files name none.")
@click.option("--code", default="", help="Code of the indicator or dataset, where the file has none.")
@click.option("--break-in", "breaks", multiple=True, help="Period from which on values are measured differently; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
@as_json
def import_file(file: Path, meta: Path | None, regions: Path | None, published_on: datetime | None, polarity: str | None,
                dry_run: bool, as_json: bool, **said: Any) -> None:  # fmt: skip
    """Import the values in FILE: long or wide CSV or XLSX, Eurostat's TSV, JSON-stat; the format is found out."""
    words = Said(published_on=str(published_on.date()) if published_on else "", polarity=polarity or "", **said)
    bar = Bar("Values")
    try:
        with through("command"):
            arrival = prepare(path=file, meta=meta, regions=regions, said=words)
            report = preview(arrival, bar) if dry_run else import_values(by=None, arrival=arrival, step=bar)
    finally:
        bar.end()
    report["dry_run"] = dry_run
    report["set_aside"] = [one | {"reason": tell(one["reason"])} for one in report["set_aside"]]
    say(report, as_json=as_json, text=lambda: _text(report))


def _text(report: dict[str, Any]) -> str:
    lines = [
        f"{report['file']} ({report['format']}): {report['values']:,} values of {report['indicators']} indicators in {report['places']} places, "
        f"{report['periods'][0]} to {report['periods'][1]}.",
        f"{'Would be' if report['dry_run'] else 'Imported'}: {report['new']:,} new, {report['revised']:,} revised, {report['unchanged']:,} unchanged; "
        f"{report['missing']:,} that stand are not in the file.",
    ]
    lines += [f"  revised: {one['code']} {one['geo']} {one['period']}: {one['before']} -> {one['after']}" for one in report["largest"]]
    if report["unknown_count"]:
        lines.append(f"Places no code list knows, kept under their code ({report['unknown_count']}): {', '.join(report['unknown_places'][:20])}")
    if report["same_twice"]:
        lines.append(f"Said twice alike: {report['same_twice']}.")
    lines += [f"Set aside, line {one['line']}: {one['reason']}" for one in report["set_aside"][:10]]
    if report.get("release"):
        lines.append(f"Release {report['release']}; take it back with: osnowa indicators take-back {report['release']}")
    return "\n".join(lines)


@indicators.command("take-back")
@click.argument("release", type=int)
@as_json
def take_back(release: int, *, as_json: bool) -> None:
    """Take back the import with the number RELEASE: the values before it hold again."""
    found = Release.objects.filter(pk=release).first()
    if found is None:
        raise Refused(f"There is no release {release}.")
    with through("command"):
        told = take_back_release(by=None, release=found)
    say(told, as_json=as_json, text=lambda: f"{told['withdrawn']} values withdrawn, {told['restored']} earlier ones hold again.")


@indicators.command("list")
@as_json
def list_all(*, as_json: bool) -> None:
    """List the indicators with their places, periods and sources."""
    rows = [row_facts(row) for row in catalogue()]
    say(rows, as_json=as_json, text=lambda: "\n".join(_listed(row) for row in rows) or "There are no indicators yet.")


def _listed(row: dict[str, Any]) -> str:
    return f"{row['code']:<28} {row['places']:>5} places {row['first']}–{row['last']}  {row['name']} [{row['unit']}], {row['source']}"


@indicators.command("profile")
@click.option("--region", required=True, help="Code of a region such as PL63, or address of a workspace such as pomorskie.")
@as_json
def profile_of(region: str, *, as_json: bool) -> None:
    """Where a region stands in every indicator: value of its latest period, rank, z."""
    found = profile(code_of(region))
    say(facts(found), as_json=as_json, text=lambda: "\n".join(_stands(it) for it in found.stands) or f"There are no values of {region} yet.")


def _stands(it: Standpoint) -> str:
    z = f"{it.standing.z:+.2f}" if it.standing.z is not None else "–"
    return f"{it.indicator.code:<20} {it.period:>9} {it.standing.value:>12,.2f}  rank {it.standing.rank:>3} of {it.standing.of:<3} z {z}  {it.indicator} [{it.indicator.unit}]"
