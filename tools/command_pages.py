"""Writes docs/guide/commands.md from what the commands say of themselves: `python -m tools.command_pages`."""

import os
from pathlib import Path

import click

PAGE = Path(__file__).resolve().parent.parent / "docs" / "guide" / "commands.md"
_HEAD = """# Commands

*Written by `python -m tools.command_pages` from the commands' own help; a house test keeps it true.*

`osnowa` lies in `.venv/bin`. Exit codes: 0 done; 1 the rules or the facts say no (one line on stderr says why);
2 the command was typed wrongly. Where a command has `--json` it prints JSON for machines on stdout.
"""


def page() -> str:
    """The whole page; Django must be set up."""
    from osnowa.cli import command_line

    return _HEAD + "".join(_section(command, f"osnowa {name}", None) for name, command in command_line().commands.items())


def _section(command: click.Command, name: str, above: click.Context | None) -> str:
    context = click.Context(command, info_name=name, parent=above)
    if isinstance(command, click.Group):
        text = f"\n## {name}\n\n{_paragraphs(command)}\n" if above is None else ""
        return text + "".join(_section(inner, f"{name} {word}", context) for word, inner in command.commands.items())
    usage = " ".join([name, *_usage(command, context)])
    parts = [f"\n## {name}\n\n{_paragraphs(command)}\n\n    {usage}\n"]
    if options := [line for parameter in command.params if (line := _option(parameter, context))]:
        parts.append("\n| option | meaning |\n|---|---|\n" + "".join(options))
    return "".join(parts)


def _usage(command: click.Command, context: click.Context) -> list[str]:
    return [word for word in command.collect_usage_pieces(context) if word != "[OPTIONS]" or len(command.params) > 0]


def _paragraphs(command: click.Command) -> str:
    paragraphs = (command.help or "").replace("\b", "").split("\n\n")
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def _option(parameter: click.Parameter, context: click.Context) -> str:
    record = parameter.get_help_record(context) if isinstance(parameter, click.Option) else None
    if record is None:
        return ""
    names, meaning = record
    return f"| `{names}` | {' '.join(meaning.split())} |\n".replace("\\|", "/")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osnowa.settings")
    import django

    django.setup()
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page())


if __name__ == "__main__":
    main()
