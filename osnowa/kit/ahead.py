"""Work ahead: what an iterator makes, made in a process of its own, so that a second processor shares a long task."""

import gc
import multiprocessing
import pickle
import signal
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from django.db import connections

Thing = TypeVar("Thing")


def ahead(things: Iterable[Thing]) -> Iterator[Thing]:
    """The same things in the same order; while one is used here, the next is made there.

    The process is forked: nothing need be handed over but what it makes, which must be plain. It may ask no database. What
    it raises is raised here; it ends when nobody wants more. Where processes cannot be forked all is done in this one.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        yield from things
        return
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    maker = context.Process(target=_make, args=(things, here, there), daemon=True)
    maker.start()
    there.close()
    try:
        while made := _next(here):
            yield made[0]
    finally:
        here.close()
        maker.kill()
        maker.join()


def _next(here: Connection) -> list[Any]:
    """The next thing alone in a list; an empty list at the end."""
    try:
        made, error = here.recv()
    except EOFError as gone:
        raise RuntimeError("The process that worked ahead is gone.") from gone
    if error:
        raise error
    return list(made)


def _make(things: Iterable[Any], here: Connection, there: Connection) -> None:
    """In the other process: sends ([thing], None) for each, ([], None) at the end, ([], error) when that is what came."""
    here.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The search for circles would write to all memory shared with the process before, which would then stand there twice.
    gc.freeze()
    gc.disable()
    for connection in connections.all(initialized_only=True):
        connection.execute_wrappers.append(_refuse)
    try:
        for thing in things:
            there.send(([thing], None))
        there.send(([], None))
    except BrokenPipeError:
        return
    except Exception as error:
        there.send(([], _sendable(error)))


def _refuse(*_asked: Any) -> None:
    raise RuntimeError("Who works ahead asks no database: its connection belongs to the process before.")


def _sendable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return RuntimeError(f"{type(error).__name__}: {error}")
    return error
