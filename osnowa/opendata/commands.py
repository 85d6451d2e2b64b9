"""`osnowa follow`: taking over the public register of another installation."""

from typing import Any

import click

from osnowa.journal.actions import through
from osnowa.kit.commands import as_json, say
from osnowa.kit.errors import Refused
from osnowa.opendata.following import begin, look
from osnowa.opendata.models import Followed
from osnowa.places.models import Region


@click.command()
@click.argument("address", required=False)
@click.option("--into", help="Address of the region here that takes the records over, such as pomorskie.")
@click.option("--once", is_flag=True, help="Take over now and do not look again at night.")
@click.option("--all", "everything", is_flag=True, help="Look again at every register that is followed (also without an address).")
@as_json
def follow(address: str | None, into: str | None, *, once: bool, everything: bool, as_json: bool) -> None:
    """Takes over the public facts of another installation's register, with where they come from.

    ADDRESS is that of its description, such as https://example.org/data/pomorskie/datapackage.json. What people corrected
    here stays; what vanished there is proposed for closing; where anything is wrong nothing changes and the reason is said.
    """
    if address and not everything:
        told = [_one(begin(_region(into), address), once=once)]
    else:
        told = [_one(one, once=False) for one in Followed.objects.select_related("region__territory").filter(ended_at=None)]
    say(told, as_json=as_json, text=lambda: "\n".join(map(_text, told)) or "No register is followed. Begin with: osnowa follow ADDRESS --into REGION")
    if any(one["problem"] for one in told):
        raise click.exceptions.Exit(1)


def _region(slug: str | None) -> Region:
    found = Region.objects.select_related("territory").filter(slug=slug or "").first()
    if found is None:
        raise Refused(f"Say with --into which region takes the records over. There are: {', '.join(Region.objects.values_list('slug', flat=True))}.")
    return found


def _one(followed: Followed, *, once: bool) -> dict[str, Any]:
    """Looks at one register; a refusal becomes a line, so that the others are looked at too."""
    told: dict[str, Any] = {"address": followed.address, "region": followed.region.slug, "problem": "", "is_same": False}
    try:
        with through("command"):
            tally = look(followed)
    except Refused as refused:
        return told | {"problem": refused.message}
    if once:
        followed.ended_at = followed.looked_at
        followed.save(update_fields=["ended_at"])
    return told | {"licence": followed.licence, "is_same": tally is None} | (tally.facts() if tally else {})


def _text(one: dict[str, Any]) -> str:
    head = f"{one['address']} into {one['region']}: "
    if one["problem"]:
        return f"{head}nothing taken over. {one['problem']}"
    if one["is_same"]:
        return f"{head}nothing new there."
    lines = [f"{head}{one['new']} new, {one['changed']} changed, {one['same']} the same, {one['kept']} facts kept as corrected here, "
             f"{one['proposed']} closings proposed, {one['passed_over']} passed over."]  # fmt: skip
    return "\n".join([*lines, *(f"  {reason['record']}: {reason['why']}" for reason in one["reasons"])])


commands: list[click.Command] = [follow]
