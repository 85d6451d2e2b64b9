#!/usr/bin/env python3
"""python3 run.py: prepares everything this checkout needs, then serves the sample. Standard library only.

    python3 run.py            install, migrate, load the sample regions, serve on 127.0.0.1:8000 (PORT= changes it)
    python3 run.py install    only prepare .venv
    python3 run.py test       prepare the development tools too and run every check; --fast, --only NAME
"""

import hashlib
import json
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
MARK = ENV / ".installed"


def sh(*words: object) -> bool:
    """Whether the command went well; its output goes where ours goes."""
    return subprocess.call([str(word) for word in words], cwd=ROOT) == 0


def install(lock: pathlib.Path) -> None:
    """Makes .venv hold what the lock file pins, by hash; a second call with the same lock does nothing."""
    parts = (lock, ROOT / "bootstrap.lock", ROOT / "pyproject.toml")
    content = hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()
    want = {"house": f"{ROOT} {sys.version_info[0]}.{sys.version_info[1]}", "lock": lock.name, "content": content}
    have = json.loads(MARK.read_text()) if MARK.exists() and MARK.read_text().startswith("{") else {}
    if have == want:
        return
    print(f"Installing what {lock.name} pins into .venv …", flush=True)
    if have.get("house", want["house"]) != want["house"] or not PYTHON.exists():
        shutil.rmtree(ENV, ignore_errors=True)
        make_env()
    MARK.unlink(missing_ok=True)
    pip = (PYTHON, "-m", "pip", "--disable-pip-version-check", "-q")
    if not sh(*pip, "install", "--require-hashes", "-r", "bootstrap.lock"):
        sys.exit("pip could not install what bootstrap.lock pins. Is there a way to the package index?")
    uv = (PYTHON, "-m", "uv", "pip", "install", "-q", "--python", PYTHON, "--require-hashes", "-r", lock)
    if not sh(*uv) and not sh(*pip, "install", "--require-hashes", "-r", lock):
        sys.exit(f"Neither uv nor pip could install what {lock.name} pins; see the lines above.")
    if not sh(*pip, "install", "--no-deps", "--no-build-isolation", "-e", "."):
        sys.exit("pip could not install this checkout into .venv; see the lines above.")
    MARK.write_text(json.dumps(want))


def make_env() -> None:
    try:
        venv.create(ENV, with_pip=True)
    except (subprocess.CalledProcessError, OSError):
        shutil.rmtree(ENV, ignore_errors=True)
        sys.exit("Python cannot make a virtual environment here. On Debian or Ubuntu: apt install python3-venv")


def demonstration() -> None:
    """`make run` shows the sample at this port; what .env says stays in force."""
    said = (ROOT / ".env").read_text() if (ROOT / ".env").exists() else ""
    names = [line.split("=")[0].removeprefix("export ").strip() for line in said.splitlines() if "=" in line]
    wanted = {"OSNOWA_DEMO": "1", "OSNOWA_ADDRESS": "http://localhost:" + os.environ.get("PORT", "8000")}
    for name, value in wanted.items():
        if name not in names:
            os.environ.setdefault(name, value)


def become(*words: object) -> int:
    """Goes on as another command, so that Ctrl-C reaches it and nobody else."""
    command = [str(word) for word in words]
    os.chdir(ROOT)
    sys.stdout.flush()
    if os.name == "posix":
        os.execv(command[0], command)
    return subprocess.call(command)


def main() -> int:
    if sys.version_info < (3, 11):
        sys.exit("Osnowa needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info[:2]))
    what = sys.argv[1] if len(sys.argv) > 1 else "serve"
    if what not in ("serve", "install", "test"):
        print(__doc__)
        return 0 if what in ("-h", "--help", "help") else 2
    is_for_development = what == "test" or (BIN / "pytest").exists()
    install(ROOT / ("requirements-dev.lock" if is_for_development else "requirements.lock"))
    if what == "install":
        return 0
    if what == "test":
        return become(PYTHON, "-m", "tools.check", *sys.argv[2:])
    demonstration()
    return become(BIN / "osnowa", "start")


if __name__ == "__main__":
    sys.exit(main())
