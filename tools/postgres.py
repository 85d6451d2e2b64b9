"""A throw-away PostgreSQL server for one run of the tests: in a temporary folder, on the loopback, gone at the end.

    python -m tools.postgres pytest tests/web/register       runs a command with DATABASE_URL set to such a server
"""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tools import outfit
from tools.outfit import Missing, postgres_folder

#: Nothing here must survive a power cut.
_FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=128MB -c max_connections=60"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _unprivileged() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then it runs as `postgres`, else as `nobody`."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            somebody = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": somebody.pw_uid, "group": somebody.pw_gid, "extra_groups": []}
    raise Missing("PostgreSQL does not run as root and there is neither a user postgres nor nobody.")


@contextmanager
def server() -> Iterator[str]:
    """Yields the DATABASE_URL of a fresh server."""
    folder = postgres_folder()
    if folder is None:
        raise Missing("Please install postgresql (Debian, Ubuntu: apt install postgresql).")
    who = _unprivileged()
    place = tempfile.mkdtemp(prefix="osnowa-postgres-")
    if who:
        os.chown(place, who["user"], who["group"])
    quiet: dict[str, Any] = {**who, "cwd": place, "capture_output": True, "text": True, "env": {"PATH": os.environ["PATH"], "LC_ALL": "C"}}
    cluster, port = f"{place}/cluster", free_port()

    def run(*words: str) -> None:
        ran = subprocess.run([f"{folder}/{words[0]}", *words[1:]], **quiet)
        if ran.returncode:
            raise Missing(f"{words[0]} failed: {ran.stderr.strip() or ran.stdout.strip()}")

    try:
        run("initdb", "-D", cluster, "-U", "osnowa", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories='' {_FAST}"
        run("pg_ctl", "start", "-w", "-D", cluster, "-l", f"{place}/log", "-o", options)
        try:
            yield f"postgres://osnowa@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "stop", "-m", "immediate", "-D", cluster)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def main() -> int:
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    with server() as address:
        path = f"{outfit.BIN}{os.pathsep}{os.environ['PATH']}"
        return subprocess.call(sys.argv[1:], env=os.environ | {"DATABASE_URL": address, "PATH": path})


if __name__ == "__main__":
    sys.exit(main())
