"""Commands of the room."""

import click

commands: list[click.Command] = []
