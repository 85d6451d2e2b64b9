"""What every command of `osnowa` shares: machine output and a progress bar that is silent when nobody watches."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import click

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")


def say(facts: Any, *, as_json: bool, text: Callable[[], str]) -> None:
    """Prints facts as JSON, or as the text a person reads."""
    click.echo(json.dumps(facts, ensure_ascii=False, indent=2, default=str) if as_json else text())


def progress(things: Iterable[Any], *, label: str, length: int | None = None) -> Iterator[Any]:
    """Yields the things; draws a bar on stderr where stderr is a terminal."""
    if not sys.stderr.isatty():
        yield from things
        return
    with click.progressbar(things, label=label, length=length, file=sys.stderr) as bar:
        yield from bar
