"""Web server and background worker side by side: both live or both end."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from osnowa.kit.errors import Refused

#: Seconds a process gets to end by itself before it is ended.
PATIENCE = 12


def server_words(host: str, port: int, workers: int, threads: int) -> list[str]:
    """The command that serves the pages."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
        "--workers", str(workers), "--blocking-threads", str(threads), "--no-ws", "--log-level", "warning",
        "--workers-kill-timeout", "8s", "osnowa.wsgi:application",
    ]  # fmt: skip


def worker_words() -> list[str]:
    """The command that does the background work."""
    return [sys.executable, "-m", "osnowa.cli", "work"]


def refuse_taken_port(host: str, port: int) -> None:
    """Says in one line that somebody else listens at this port."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as no:
            raise Refused(f"Port {port} is taken ({no.strerror}). Choose another one: PORT={port + 1} make run") from no


@contextlib.contextmanager
def noted(path: Path, **facts: object) -> Iterator[None]:
    """Keeps a note of what the house was started with for as long as it runs; the settings of commands beside it read it."""
    path.write_text(json.dumps(facts | {"process": os.getpid()}))
    try:
        yield
    finally:
        path.unlink(missing_ok=True)


class Household:
    """Processes that end together: when a signal comes, or when one of them ends by itself."""

    def __init__(self, processes: dict[str, list[str]]) -> None:
        self.wanted = processes
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.told = threading.Event()

    def run(self, when_up: Callable[[], None], is_up: Callable[[], bool]) -> str:
        """Runs all until the end; returns why it ended: empty when asked to, else what stopped and how."""
        for number in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)):
            signal.signal(number, self._asked_to_end)
        try:
            for name, words in self.wanted.items():
                self.running[name] = subprocess.Popen(words, start_new_session=True)
            announced = False
            while not self.told.wait(0.2):
                for name, process in self.running.items():
                    if process.poll() is not None:
                        return f"The {name} stopped with exit code {process.returncode}; everything was ended."
                if not announced and is_up():
                    announced = True
                    when_up()
            return ""
        finally:
            self._end_all()

    def _asked_to_end(self, number: int, frame: FrameType | None) -> None:
        self.told.set()

    def _end_all(self) -> None:
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        until = time.monotonic() + PATIENCE
        for process in self.running.values():
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def answers(address: str) -> bool:
    """Whether the health page at the address answers that all is well with the web server."""
    try:
        with urllib.request.urlopen(f"{address}/health/", timeout=5) as answer:
            return bool(answer.status == 200)
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
