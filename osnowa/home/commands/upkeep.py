"""`osnowa migrate`, `doctor`, `operator`, `remind`, `manage`: looking after an installation."""

import sys
from importlib import import_module
from typing import Any

import click
from django.core.exceptions import ValidationError
from django.core.management import execute_from_command_line
from django.core.validators import validate_email

from osnowa.agreements.actions import erase_signers
from osnowa.clusters.actions import erase_ended_names
from osnowa.home import preparation
from osnowa.home.actions import make_operator
from osnowa.home.health import installation
from osnowa.imports.actions import forget_old_files
from osnowa.journal.actions import through
from osnowa.kit.commands import Bar, as_json, say
from osnowa.kit.letters import link
from osnowa.meetings.actions import erase_participants
from osnowa.people.queries import open_invitation
from osnowa.places.models import Territory
from osnowa.register.actions import erase_outdated_contacts, keep_monthly_snapshots
from osnowa.register.actions.searching import reindex_outdated

#: Functions that remind of what ends or is due (V19), by room; each returns of how many things.
REMINDERS = (
    ("osnowa.places.actions", "remind_of_region_seats"),
    ("osnowa.register.actions", "remind_of_organisation_seats"),
    ("osnowa.register.actions", "remind_of_due_days"),
    ("osnowa.meetings.actions", "remind_of_meetings"),
    ("osnowa.meetings.actions", "remind_of_follow_ups"),
    ("osnowa.clusters.actions", "remind_of_mandates"),
    ("osnowa.agreements.actions", "remind_of_agreements"),
    ("osnowa.agreements.actions", "remind_of_signing"),
)


def call_other(context: click.Context, room: str, verb: str) -> None:
    """Calls a command of another room by its name, as a person would type it; nothing where there is none."""
    root = context.find_root().command
    group = root.commands.get(room) if isinstance(root, click.Group) else None
    command = group.commands.get(verb) if isinstance(group, click.Group) else None
    if command is not None:
        context.invoke(command)


def prepare(context: click.Context) -> dict[str, Any]:
    """Everything a new version or a new database needs; says only what it really did."""
    done: dict[str, Any] = {"catalogues": preparation.compile_words()}
    done["static"] = preparation.collect_static()
    done["migrations"] = preparation.migrate()
    if done["migrations"]:
        click.echo(f"Applied {len(done['migrations'])} migrations.", err=True)
    done["places"] = not Territory.objects.exists()
    if done["places"]:
        click.echo("Loading the tables of places …", err=True)
        call_other(context, "places", "load")
    bar = Bar("Indexing")
    done["indexed"] = reindex_outdated(bar)
    bar.end()
    if done["indexed"]:
        click.echo(f"Built the index of search anew: {done['indexed']:,} organisations.", err=True)
    call_other(context, "assessments", "load-shipped")
    return done


@click.command()
@as_json
@click.pass_context
def migrate(context: click.Context, as_json: bool) -> None:
    """Bring catalogues, static files, database and tables of places up to date. Run it after each upgrade."""
    done = prepare(context)
    say(done, as_json=as_json, text=lambda: "Everything is up to date.")


@click.command()
@as_json
def doctor(as_json: bool) -> None:
    """Say how this installation is: versions, database, migrations, worker, space, e-mail.

    Exit code 1 when something needs care: the database does not answer, migrations are missing, no worker lives.
    """
    facts = installation()

    def text() -> str:
        wide = max(map(len, facts))
        lines = [f"{name.replace('_', ' '):{wide}}  {value}" for name, value in facts.items()]
        return "\n".join([*lines, "", "All is well." if facts["is_well"] else "Something needs care."])

    say(facts, as_json=as_json, text=text)
    if not facts["is_well"]:
        sys.exit(1)


@click.command()
@click.argument("email")
@click.option("--name", default="", help="Name of the person, if she is new.")
@click.option("--language", default="en", type=click.Choice(["pl", "sl", "en"]), show_default=True, help="Her language.")
@as_json
def operator(email: str, name: str, language: str, as_json: bool) -> None:
    """Make the person with this e-mail an operator of the instance and invite her.

    The way to the first account: sends the invitation by e-mail and prints its link.
    """
    try:
        validate_email(email)
    except ValidationError as no:
        raise click.BadParameter(f"{email} is not an e-mail address", param_hint="EMAIL") from no
    with through("command"):
        person = make_operator(by=None, email=email, name=name, language=language)
    invitation = open_invitation(person)
    address = link("people:invitation", person.language, token=invitation.token) if invitation else ""
    facts = {"email": person.email, "link": address}

    def text() -> str:
        how = f"Invitation: {address}" if address else "She can sign in already."
        return f"{person.email} is an operator. {how}"

    say(facts, as_json=as_json, text=text)


@click.command()
@as_json
def remind(as_json: bool) -> None:
    """Send the reminders that are due, of all regions; erase contacts and names at meetings whose keeping has ended and
    forget old files; keep the month's snapshot of each register. Run it once a day.

    Reminds of seats that end soon, statuses to be reviewed, yearly reports, contacts to be asked again; guests of
    meetings two days before, and of what was promised there.
    """
    with through("command"):
        done = {"contacts_erased": erase_outdated_contacts(), "participants_erased": erase_participants(), "mandates_erased": erase_ended_names(), "signers_erased": erase_signers(), "files_forgotten": forget_old_files(by=None)}
        done["snapshots_kept"] = keep_monthly_snapshots()
        for room, verb in REMINDERS:
            send = getattr(import_module(room), verb)
            done[verb.removeprefix("remind_of_")] = send()
    say(done, as_json=as_json, text=lambda: "\n".join(f"{what.replace('_', ' ')}: {n}" for what, n in done.items()))


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(words: tuple[str, ...]) -> None:
    """Pass everything on to Django's own manage.py, such as `osnowa manage shell`."""
    execute_from_command_line(["osnowa manage", *words])
