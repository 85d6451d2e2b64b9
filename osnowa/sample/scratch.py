"""A throw-away installation: an empty folder with a database of its own, prepared, used by one command, gone."""

import os
import subprocess
import sys
from collections.abc import Sequence
from tempfile import TemporaryDirectory

_RUN = "from osnowa.cli import main; main()"


def elsewhere(words: Sequence[str]) -> int:
    """Runs a command of `osnowa` (without --scratch) in a throw-away installation; returns its exit code."""
    with TemporaryDirectory(prefix="osnowa-") as folder:
        around = os.environ | {"OSNOWA_VAR": folder, "DATABASE_URL": f"sqlite:///{folder}/osnowa.sqlite3", "OSNOWA_DEMO": ""}
        sys.stderr.write("Preparing a throw-away installation …\n")
        code = _run(["migrate"], around, is_quiet=True) or _run([word for word in words if word != "--scratch"], around)
    sys.stderr.write("The throw-away installation is gone; files written outside it stay.\n")
    return code


def _run(words: Sequence[str], around: dict[str, str], *, is_quiet: bool = False) -> int:
    return subprocess.run([sys.executable, "-c", _RUN, *words], env=around, check=False, stdout=subprocess.DEVNULL if is_quiet else None).returncode
