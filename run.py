#!/usr/bin/env python3
"""python3 run.py: prepares everything this checkout needs, then serves the sample. Standard library only.

    python3 run.py            install, migrate, load the sample regions, serve on 127.0.0.1:8000 (PORT= changes it)
    python3 run.py install    only prepare .venv
    python3 run.py test       prepare the development tools too and run every check
"""

import hashlib
import os
import pathlib
import shutil
import subprocess
import sys
import venv

ROOT = pathlib.Path(__file__).resolve().parent
ENV = ROOT / ".venv"
BIN = ENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"


def sh(*words: object, **options: object) -> None:
    subprocess.run([str(word) for word in words], check=True, cwd=ROOT, **options)  # type: ignore[call-overload]


def install(lock: pathlib.Path) -> None:
    """Makes .venv hold exactly what the lock file pins, by hash; a second call with the same lock does nothing."""
    mark = ENV / ".installed"
    parts = (lock, ROOT / "bootstrap.lock", ROOT / "pyproject.toml")
    want = hashlib.sha256(b"".join(part.read_bytes() for part in parts) + str(ROOT).encode()).hexdigest()
    if mark.exists() and mark.read_text() == want:
        return
    print(f"Installing what {lock.name} pins into .venv …", flush=True)
    if not PYTHON.exists():
        try:
            venv.create(ENV, with_pip=True)
        except (subprocess.CalledProcessError, OSError):
            shutil.rmtree(ENV, ignore_errors=True)
            sys.exit("Python cannot make a virtual environment here. On Debian or Ubuntu: apt install python3-venv")
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "-q")
    sh(*pip, "install", "--require-hashes", "-r", "bootstrap.lock")
    try:
        sh(PYTHON, "-m", "uv", "pip", "install", "-q", "--python", PYTHON, "--require-hashes", "-r", lock)
    except subprocess.CalledProcessError:
        sh(*pip, "install", "--require-hashes", "-r", lock)
    sh(*pip, "install", "--no-deps", "--no-build-isolation", "-e", ".")
    mark.write_text(want)


def main() -> int:
    if sys.version_info < (3, 11):
        sys.exit("Osnowa needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info[:2]))
    what = sys.argv[1] if len(sys.argv) > 1 else "serve"
    if what == "test":
        install(ROOT / "requirements-dev.lock")
        return subprocess.call([PYTHON, "-m", "tools.check", *sys.argv[2:]], cwd=ROOT)
    if what not in ("serve", "install"):
        sys.exit(__doc__)
    if not (ENV / ".installed").exists() or what == "install":
        install(ROOT / "requirements.lock")
    elif (ENV / ".installed").exists():
        development = (BIN / "pytest").exists()
        install(ROOT / ("requirements-dev.lock" if development else "requirements.lock"))
    if what == "install":
        return 0
    osnowa = BIN / "osnowa"
    try:
        return subprocess.call([osnowa, "start"], cwd=ROOT)
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
