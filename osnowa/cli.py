"""The command line: `osnowa --help`. Each room brings its own group of commands from its `commands.py`."""

import os
from importlib import import_module

import click

#: Rooms that bring commands, in the order of the help page.
ROOMS = ("home", "places", "register", "indicators", "sample")


def main() -> None:
    """Starts Django, gathers the commands of the rooms, runs the one asked for."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osnowa.settings")
    import django

    django.setup()

    from osnowa import __version__

    @click.group(help="Osnowa: the workbench of a regional social-economy coordinator.")
    @click.version_option(__version__)
    def osnowa() -> None:
        pass

    for room in ROOMS:
        for command in import_module(f"osnowa.{room}.commands").commands:
            osnowa.add_command(command)
    osnowa()
