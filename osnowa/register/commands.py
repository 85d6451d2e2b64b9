"""`osnowa snapshot`: the register of a region frozen, to be counted fast and compared later. `osnowa register reindex`."""

from typing import Any

import click

from osnowa.journal.actions import through
from osnowa.kit.commands import Bar, as_json, say
from osnowa.kit.errors import Refused
from osnowa.places.models import Region
from osnowa.register.actions import take_snapshot
from osnowa.register.actions.searching import reindex
from osnowa.register.models import Snapshot


@click.group()
def snapshot() -> None:
    """The register of a region, frozen on a day as Parquet files."""


def _region(slug: str) -> Region:
    found = Region.objects.filter(slug=slug).first()
    if found is None:
        raise Refused(f"There is no region {slug}. There are: {', '.join(Region.objects.values_list('slug', flat=True))}.")
    return found


def _facts(it: Snapshot) -> dict[str, Any]:
    return {
        "region": it.region.slug, "on": it.on.isoformat(), "taken_at": it.taken_at.isoformat(), "is_kept": it.is_kept,
        "organisations": it.organisations, "figures": it.figures, "sha256": it.sha256,
    }  # fmt: skip


def _line(facts: dict[str, Any]) -> str:
    kind = "kept" if facts["is_kept"] else "newest copy"
    return f"{facts['region']}  {facts['on']}  {kind:<11}  {facts['organisations']:>9} organisations  {facts['sha256'][:16]}"


@snapshot.command("take")
@click.option("--region", required=True, help="Address of the region, such as pomorskie.")
@click.option("--keep", is_flag=True, help="Keep it in the dated series that statistics compare (one a day).")
@as_json
def take(region: str, *, keep: bool, as_json: bool) -> None:
    """Freeze the register as it is now."""
    bar = Bar("Freezing")
    with through("command"):
        made = take_snapshot(by=None, region=_region(region), keep=keep, step=bar)
    bar.end()
    facts = _facts(made)
    say(facts, as_json=as_json, text=lambda: _line(facts))


@snapshot.command("list")
@click.option("--region", default="", help="Only of this region.")
@as_json
def shown(region: str, *, as_json: bool) -> None:
    """The snapshots there are, newest first."""
    found = Snapshot.objects.select_related("region").order_by("region__slug", "-on", "is_kept")
    if region:
        found = found.filter(region=_region(region))
    facts = [_facts(it) for it in found]
    say(facts, as_json=as_json, text=lambda: "\n".join(map(_line, facts)) or "There are no snapshots yet.")


@click.group()
def register() -> None:
    """The index of the register, and lists compared without a database."""


@register.command("reindex")
@as_json
def index_anew(*, as_json: bool) -> None:
    """Build what organisations are found by anew, from the register as it stands."""
    bar = Bar("Indexing")
    number = reindex(bar)
    bar.end()
    say({"organisations": number}, as_json=as_json, text=lambda: f"{number:,} organisations are in the index of search.")


commands: list[click.Command] = [snapshot, register]
