"""`osnowa sample`: the regions of the founding documents with invented organisations; `osnowa story`: the main job told."""

import sys
import time
from pathlib import Path
from typing import Any

import click
from django.conf import settings

from osnowa.kit.commands import Bar, as_json, say
from osnowa.places.models import Region
from osnowa.sample.actions import load as load_regions
from osnowa.sample.europe import load_europe
from osnowa.sample.people import LOGINS
from osnowa.sample.regions import WORKSPACES
from osnowa.sample.scratch import elsewhere

#: So many lines a step prints about itself.
_NOTES = 20


@click.group(invoke_without_command=True)
@click.option("--europe", type=click.IntRange(min=1), metavar="N", help="Make the region of Europe with N invented organisations.")
@click.option("--seed", default="", help="Another Europe: the same number and seed give the same organisations.")
@click.pass_context
def sample(context: click.Context, europe: int | None, seed: str) -> None:
    """The sample regions: invented organisations, totals of the founding documents."""
    if context.invoked_subcommand is None and europe is None:
        click.echo(context.get_help())
    if europe is None:
        return
    bar = Bar(f"Writing {europe} organisations")
    began = time.monotonic()
    number = load_europe(europe, seed=seed, told=bar)
    bar.end()
    click.echo(f"europe: {number} organisations in {time.monotonic() - began:.0f} s")


@sample.command()
@click.option("--region", "regions", multiple=True, type=click.Choice([w.slug for w in WORKSPACES]), help="Only this region; may be repeated.")
@as_json
def load(regions: tuple[str, ...], *, as_json: bool) -> None:
    """Load the sample regions; a region that is there already is left alone."""
    facts = load_regions(regions=regions, told=lambda slug: click.echo(f"Loading {slug} …", err=True))
    say(facts, as_json=as_json, text=lambda: "\n".join(_line(slug, number) for slug, number in facts.items()))


def _line(slug: str, number: int) -> str:
    return f"{slug}: {number} organisations" if number else f"{slug}: was there, left alone"


@sample.command("load-once")
def load_once() -> None:
    """Load the sample regions where the instance has no region at all; else do nothing."""
    if not Region.objects.exists():
        load_regions(told=lambda slug: click.echo(f"Loading sample region {slug} …"))


@sample.command()
@as_json
def logins(*, as_json: bool) -> None:
    """Print who may sign in on a demonstration; nobody elsewhere."""
    facts: list[dict[str, Any]] = [vars(login) for login in LOGINS] if settings.IS_DEMO else []
    say(facts, as_json=as_json, text=_logins_text)


def _logins_text() -> str:
    if not settings.IS_DEMO:
        return "This instance is no demonstration: it has no demonstration logins."
    wide = max(len(login.email) for login in LOGINS)
    lines = [f"  {login.email:<{wide}}  {login.role} {login.region}".rstrip() for login in LOGINS]
    return "\n".join([f"Demonstration logins (password {LOGINS[0].password}):", *lines])


@click.command()
@click.option("--address", default="story", show_default=True, help="Address word of the new region.")
@click.option("--name", help="Name of the new region.")
@click.option("--territory", metavar="NUTS", help="Code of the territory the region stands for.  [default: PL63 for the shipped list, FRI for the real one]")
@click.option("--list", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The list to import; needs --territory.")
@click.option("--shipped", is_flag=True, help="Take the shipped list of invented organisations, even where a real one lies beside the project.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("story"), show_default=True, help="Folder for the papers.")
@click.option("--scratch", is_flag=True, help="Tell it in a throw-away installation, which is gone afterwards; only the papers stay.")
@as_json
def story(address: str, name: str | None, territory: str | None, file: Path | None, shipped: bool, out: Path, scratch: bool, as_json: bool) -> None:
    """The main job in one command: from a list to a cluster's concept report, in a region of its own.

    Region, import, mended rows, merged twins, diagnosis, workshop with cards and scores, canvas, letter of intent with 23 signatures,
    founding members, concept report. Voices, signatures and texts are invented and say so; nobody is written to. The list is the real one
    beside the project (../shared/data/registers) where there is one, otherwise the shipped one of invented organisations. Writes diagnosis.pdf, minutes.pdf, letter.pdf, members.xlsx and concept.pdf into the folder.
    """
    if scratch:
        raise SystemExit(elsewhere(sys.argv[1:]))
    from osnowa.sample.story import Broken, Told, story_of, tell

    def told(one: Told) -> None:
        if not as_json:
            click.echo("\n".join([f"{one.seconds:6.1f} s  {one.step}: {one.result}", *_notes(one.notes)]))

    if file and not territory:
        raise click.UsageError("Say with --territory which NUTS code the list is read for, such as PL63, SI032 or FRI.")
    try:
        steps = tell(story_of(address, out, name=name, territory=territory, file=file, is_shipped=shipped), told)
    except Broken as no:
        raise click.ClickException(str(no)) from no
    facts = {"region": address, "out": str(out), "seconds": round(sum(one.seconds for one in steps), 1), "steps": [vars(one) for one in steps]}
    say(facts, as_json=as_json, text=lambda: f"{facts['seconds']:6.1f} s  together. The region is at {settings.ADDRESS}/{settings.LANGUAGE_CODE}/{address}/.")


def _notes(notes: list[str]) -> list[str]:
    rest = [f"{len(notes) - _NOTES:,} more; --json prints all"] if len(notes) > _NOTES else []
    return [f"            {one}" for one in [*notes[:_NOTES], *rest]]


commands: list[click.Command] = [sample, story]
