"""Commands of the room: `osnowa statistics`, `osnowa indicators`."""

import click

from osnowa.indicators.commands.indicators import indicators
from osnowa.indicators.commands.statistics import statistics

commands: list[click.Command] = [statistics, indicators]
