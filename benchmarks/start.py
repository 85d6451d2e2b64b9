"""How long `make run` takes in a fresh clone until the first page answers: cold (nothing installed) and warm.

    python -m benchmarks.start            limits: 240 s cold, 10 s warm; exit code 1 when one is missed
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tools.postgres import free_port

ROOT = Path(__file__).resolve().parent.parent
LIMIT_COLD_S = 240.0
LIMIT_WARM_S = 10.0


def seconds_to_first_page(clone: Path, port: int) -> float:
    """Starts, waits for the first page, stops as Ctrl-C does."""
    address = f"http://127.0.0.1:{port}/en/"
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith(("OSNOWA_", "DJANGO_", "DATABASE_URL", "VIRTUAL_ENV"))}
    began = time.monotonic()
    process = subprocess.Popen(["make", "-s", "run"], cwd=clone, env=surroundings | {"PORT": str(port)}, start_new_session=True)
    try:
        while time.monotonic() - began < 2 * LIMIT_COLD_S:
            if process.poll() is not None:
                sys.exit(f"make run ended by itself with exit code {process.returncode}")
            try:
                with urllib.request.urlopen(address, timeout=5) as answer:
                    answer.read()
                    return time.monotonic() - began
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        sys.exit("no page after twice the limit")
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(30)


def main() -> int:
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        port = free_port()
        for name, limit in (("cold", LIMIT_COLD_S), ("warm", LIMIT_WARM_S)):
            took = seconds_to_first_page(clone, port)
            missed += took > limit
            print(f"{name}: {took:.1f} s to the first page (limit {limit:.0f} s)", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
