"""Commands of the house itself: run it, keep it, look after it, back it up."""

import click

from osnowa.home.commands.archive import backup, restore
from osnowa.home.commands.running import serve, start, work
from osnowa.home.commands.upkeep import doctor, manage, migrate, operator, remind

commands: list[click.Command] = [start, serve, work, migrate, doctor, operator, remind, backup, restore, manage]
