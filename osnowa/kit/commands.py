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


class Bar:
    """A bar on stderr for work that says `bar(done, total)` as it goes; silent where nobody watches."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.bar: Any = None

    def __call__(self, done: int, total: int) -> None:
        if not sys.stderr.isatty():
            return
        if self.bar is None:
            self.bar = click.progressbar(length=total, label=self.label, file=sys.stderr)
            self.bar.__enter__()
        self.bar.length = total
        self.bar.update(done - self.bar.pos)

    def end(self) -> None:
        if self.bar is not None:
            self.bar.__exit__(None, None, None)
