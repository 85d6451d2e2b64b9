"""The command line: `osnowa --help`. Each room brings its own group of commands from its `commands`.

Exit codes: 0 done; 1 the rules or the facts say no (one line on stderr says why); 2 the command was typed wrongly.
"""

import os
from importlib import import_module
from typing import Any

import click

#: Rooms that bring commands, in the order of the help page.
ROOMS = ("home", "places", "register", "imports", "indicators", "meetings", "assessments", "opendata", "sample")


class House(click.Group):
    """A group that turns "the rules say no" into one line on stderr and exit code 1."""

    def invoke(self, context: click.Context) -> Any:
        from django.core.management.base import CommandError

        from osnowa.kit.errors import Refused

        try:
            return super().invoke(context)
        except Refused as no:
            raise click.ClickException(no.message) from no
        except CommandError as no:
            raise click.ClickException(str(no)) from no

    def list_commands(self, context: click.Context) -> list[str]:
        return list(self.commands)


def command_line() -> House:
    """The whole tree of commands; Django must be set up."""
    from osnowa import __version__

    @click.group(cls=House)
    @click.version_option(__version__, message="%(prog)s %(version)s")
    def osnowa() -> None:
        """Osnowa: the workbench of a regional social-economy coordinator.

        Exit codes: 0 done; 1 the rules or the facts say no (a line on stderr says why); 2 the command was typed
        wrongly. Settings come from the environment or from the file .env; see docs/guide/settings.md.
        """

    for room in ROOMS:
        for command in import_module(f"osnowa.{room}.commands").commands:
            there = osnowa.commands.get(command.name or "")
            if isinstance(there, click.Group) and isinstance(command, click.Group):
                for name, part in command.commands.items():
                    there.add_command(part, name)
            else:
                osnowa.add_command(command)
    return osnowa


def main() -> None:
    """Starts Django, gathers the commands of the rooms, runs the one asked for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osnowa.settings")
    import django

    django.setup()
    command_line()(prog_name="osnowa")


if __name__ == "__main__":
    main()
