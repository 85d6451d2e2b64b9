"""`osnowa start`, `serve`, `work`: the running house."""

import os
import subprocess
import sys

import click
from django.conf import settings

from osnowa.home import running
from osnowa.home.commands.upkeep import call_other, prepare

_port = click.option("--port", default=8000, envvar="PORT", show_default=True, help="Port to listen at; also PORT=.")
_host = click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")


@click.command()
@_host
@_port
@click.option("--no-sample", is_flag=True, help="Do not load the sample regions, even on a demonstration.")
@click.pass_context
def start(context: click.Context, host: str, port: int, no_sample: bool) -> None:
    """Prepare everything, then run web server and background worker until Ctrl-C.

    Compiles catalogues, gathers static files, migrates the database and loads the tables of places where that is
    needed; on a demonstration (OSNOWA_DEMO=1) without any region it loads the sample regions too. Ends with exit code
    0 after Ctrl-C, with 1 when one of the two processes stops by itself.
    """
    running.refuse_taken_port(host, port)
    prepare(context)
    is_demo = settings.IS_DEMO and not no_sample
    if is_demo:
        call_other(context, "sample", "load-once")
    if settings.IS_DEMO:
        os.environ.setdefault("LOG_LEVEL", "WARNING")
    house = running.Household({
        "web server": running.server_words(host, port, workers=1, threads=4),
        "background worker": running.worker_words(),
    })

    def announce() -> None:
        click.echo(f"\nOsnowa is at {settings.ADDRESS}\n")
        if is_demo:
            call_other(context, "sample", "logins")
        click.echo("Ctrl-C ends it.")

    click.echo("Starting …")
    with running.noted(settings.VAR / "started.json", address=settings.ADDRESS, is_demo=settings.IS_DEMO):
        why = house.run(announce, lambda: running.answers(f"http://{host}:{port}"))
    if why:
        raise click.ClickException(why)
    click.echo("Ended.")


@click.command()
@_host
@_port
@click.option("--workers", default=2, show_default=True, help="Processes that answer requests.")
@click.option("--threads", default=4, show_default=True, help="Requests each process answers at the same time.")
def serve(host: str, port: int, workers: int, threads: int) -> None:
    """Serve the pages only: for production, behind a reverse proxy.

    Prepares nothing: run `osnowa migrate` after each upgrade, and `osnowa work` beside it.
    """
    running.refuse_taken_port(host, port)
    words = running.server_words(host, port, workers, threads)
    if os.name == "posix":
        sys.stdout.flush()
        os.execv(words[0], words)
    sys.exit(subprocess.call(words))


@click.command()
@click.option("--interval", default=1.0, show_default=True, help="Seconds to wait when nothing is queued.")
@click.option("--once", is_flag=True, help="End when nothing is queued any more.")
def work(interval: float, once: bool) -> None:
    """Do the background work only: for production, beside `osnowa serve`.

    Shows every ten seconds under OSNOWA_VAR that it lives (the health page reads it) and takes up the jobs of a worker
    that died. SIGTERM lets the task at hand end first.
    """
    from osnowa.home.working import work as work_on

    work_on(interval=interval, once=once)
