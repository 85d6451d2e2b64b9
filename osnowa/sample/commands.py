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
@click.option("--name", default="Region próbny", show_default=True, help="Name of the new region.")
@click.option("--territory", default="PL63", show_default=True, metavar="NUTS", help="Code of the territory the region stands for.")
@click.option("--list", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The list to import; a shipped one of invented organisations otherwise.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("story"), show_default=True, help="Folder for the papers.")
@click.option("--scratch", is_flag=True, help="Tell it in a throw-away installation, which is gone afterwards; only the papers stay.")
@as_json
def story(address: str, name: str, territory: str, file: Path | None, out: Path, scratch: bool, as_json: bool) -> None:
    """The main job in one command: from a list to a cluster's concept report, in a region of its own.

    Region, import, mended rows, merged twins, diagnosis, workshop with cards and scores, canvas, letter of intent with 23 signatures,
    founding members, concept report. Voices, signatures and texts are invented and say so; nobody is written to. Writes
    diagnosis.pdf, minutes.pdf, letter.pdf, members.xlsx and concept.pdf into the folder.
    """
    if scratch:
        raise SystemExit(elsewhere(sys.argv[1:]))
    from osnowa.sample.story import Broken, Story, Told, tell
    from osnowa.sample.story.words import SHIPPED

    def told(one: Told) -> None:
        if not as_json:
            click.echo(f"{one.seconds:6.1f} s  {one.step}: {one.result}")

    try:
        steps = tell(Story(address, out, name, territory, file or SHIPPED), told)
    except Broken as no:
        raise click.ClickException(str(no)) from no
    facts = {"region": address, "out": str(out), "seconds": round(sum(one.seconds for one in steps), 1), "steps": [vars(one) for one in steps]}
    say(facts, as_json=as_json, text=lambda: f"{facts['seconds']:6.1f} s  together. The region is at {settings.ADDRESS}/{settings.LANGUAGE_CODE}/{address}/.")


commands: list[click.Command] = [sample, story]
