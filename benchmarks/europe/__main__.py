"""Osnowa with as many organisations as Europe has: loading, sizes, server time warm, beside the limit and the usual way.

    python -m benchmarks.europe --n 30000                     makes the database (or takes the one made before), measures, exit 1 on a miss
    python -m benchmarks.europe --n 2800000 --database postgres
    python -m benchmarks.europe --curve                       10⁴, 10⁵, 10⁶, 2.8·10⁶; writes docs/why/scale.md's table
    python -m benchmarks.europe --n 30000 --write             writes docs/why/performance.md's table too
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.europe import preparing, telling
from benchmarks.europe.measuring import Measured, pages, timed

ROOT = Path(__file__).resolve().parents[2]
#: From so many organisations on the limits of Europe hold, below those of a region.
LARGE = 1_000_000
CURVE = (10_000, 100_000, 1_000_000, 2_800_000)
#: Limits of p95 in milliseconds: (of Europe, of a region of 30,000).
LIMITS = {"search": (50.0, 10.0), "organisation page": (60.0, 100.0), "filtered list": (100.0, 100.0),
          "statistics page": (250.0, 100.0), "map view": (60.0, 100.0)}  # fmt: skip
MOST_BYTES, MOST_IMPORT_S, MOST_MAP_KB = 2.5e9, 480.0, 300.0


def machine() -> dict[str, Any]:
    """What it was measured on."""
    with open("/proc/meminfo", encoding="ascii") as file:
        memory = int(file.readline().split()[1]) // 2**20
    load = os.getloadavg()[0]
    return {"cores": os.cpu_count(), "memory_gib": memory, "python": platform.python_version(), "load": round(load, 1), "on": date.today().isoformat()}


def limit_of(name: str, number: int) -> float:
    """The limit of p95 for so many organisations."""
    return LIMITS[name][0 if number >= LARGE else 1]


def measure(number: int, requests: int, only: str) -> Iterator[Measured]:
    """All that is asked of the prepared database, one kind after another."""
    from django.contrib.auth.models import AnonymousUser
    from django.test import Client

    from benchmarks.europe import addresses, byhand
    from osnowa.places.models import Region
    from osnowa.register import access
    from osnowa.register.queries.search import search

    region, dice, client = Region.objects.get(slug="europe"), Random("osnowa europe addresses"), Client()
    seen = access.visible(AnonymousUser(), region)
    one = [addresses.address("register:organisation", slug=it.slug) for it in addresses.drawn(dice, requests)]
    words = list(addresses.searches(dice, requests))
    found = addresses.address("register:directory") + "?q="
    kinds = {
        "search": lambda: timed("search", words, lambda typed: search(region, seen=seen, words=typed), limit_of("search", number)),
        "search page": lambda: pages("search page", [found + word.replace("&", "%26").replace("#", "") for word in words[:60]], client),
        "organisation page": lambda: pages("organisation page", one, client, limit_of("organisation page", number)),
        "filtered list": lambda: pages("filtered list", addresses.lists(), client, limit_of("filtered list", number)),
        "statistics page": lambda: pages("statistics page", addresses.statistics(), client, limit_of("statistics page", number)),
        "map view": lambda: pages("map view", addresses.maps(dice, requests), client, limit_of("map view", number)),
    }
    for name, ask in kinds.items():
        if only in name:
            yield ask()  # type: ignore[no-untyped-call]
    for name, way in addresses.others().items():
        if only in name:
            yield pages(name, [way] * 5, client, None if number >= LARGE else 100.0)
    boss = _coordinator(region)
    client.force_login(boss, backend="allauth.account.auth_backends.AuthenticationBackend")
    for name, way in addresses.inside().items():
        if only in name:
            yield pages(f"{name}, coordinator", [way] * 3, client, None if number >= LARGE else 100.0)
    if not only:
        yield from byhand.beside()


def _coordinator(region: Any) -> Any:
    from osnowa.people.models import Person
    from osnowa.places.models import RegionSeat

    person, _made = Person.objects.get_or_create(email="benchmark@example.org", defaults={"name": "Benchmark"})
    RegionSeat.objects.get_or_create(person=person, region=region, role="coordinator", defaults={"valid_from": date(2026, 1, 1), "valid_to": date(2099, 1, 1)})
    return person


def prepared(folder: Path, number: int, address: str) -> dict[str, Any]:
    """What is told of the database under the folder; made first where it is not there."""
    about = folder / preparing.ABOUT
    if not about.exists():
        subprocess.run([sys.executable, "-m", "benchmarks.europe.preparing", str(folder), str(number), address], cwd=ROOT, check=True)
    told: dict[str, Any] = json.loads(about.read_text())
    return told


def run(number: int, database: str, folder: Path, requests: int, only: str = "") -> dict[str, Any]:
    """Prepares and measures in this process; the facts."""
    home = folder / f"{database}-{number}"
    server: Any = nullcontext("")
    if database == "postgres":
        from tools.postgres import server as throwaway

        server = throwaway()
    with server as address:
        if address:
            (home / preparing.ABOUT).unlink(missing_ok=True)
        told = prepared(home, number, address)
        preparing.set_up(home, address)
        from django.conf import settings

        settings.ALLOWED_HOSTS = ["testserver"]
        from osnowa.home.preparation import collect_static, compile_words

        compile_words()
        collect_static()
        rows = []
        for measured in measure(number, requests, only):
            rows.append(measured)
            print(telling.line(measured), flush=True)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {"database": database, "machine": machine(), "prepared": told, "peak_mb": peak, "measured": [row.facts() for row in rows],
            "misses": missed(number, told, rows)}  # fmt: skip


def missed(number: int, told: dict[str, Any], rows: list[Measured]) -> list[str]:
    """What broke its limit."""
    broken = [f"{row.name}: p95 {row.p95} ms, limit {row.limit} ms, {row.wrong} wrong" for row in rows if row.is_missed]
    broken += [f"map view: {row.kilobytes} kB" for row in rows if row.name == "map view" and row.kilobytes > MOST_MAP_KB]
    if number >= LARGE:
        broken += [f"import: {told['import_s']} s"] if told["import_s"] > MOST_IMPORT_S else []
        broken += [f"database: {told['bytes'] / 1e9:.2f} GB"] if told["bytes"] > MOST_BYTES else []
    return broken


def main() -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.europe", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--n", type=int, default=30_000, help="organisations (default 30000)")
    parser.add_argument("--database", choices=("sqlite", "postgres"), default="sqlite")
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "europe", help="where databases are prepared and kept")
    parser.add_argument("--requests", type=int, default=200, help="distinct addresses of a kind (default 200)")
    parser.add_argument("--only", default="", help="only kinds whose name holds this")
    parser.add_argument("--json", type=Path, help="write the facts to this file")
    parser.add_argument("--write", action="store_true", help="write docs/why/performance.md")
    parser.add_argument("--curve", action="store_true", help="run every size, each in a process of its own, and write docs/why/scale.md")
    chosen = parser.parse_args()
    if chosen.curve:
        return curve(chosen)
    facts = run(chosen.n, chosen.database, chosen.folder.resolve(), chosen.requests, chosen.only)
    if chosen.json:
        chosen.json.write_text(json.dumps(facts, indent=1))
    print(telling.summary(facts))
    if chosen.write:
        telling.write_performance(facts)
    return 1 if facts["misses"] else 0


def curve(chosen: argparse.Namespace) -> int:
    """Each size in a process of its own, since one process keeps one database."""
    told, codes = [], []
    for number in CURVE:
        file = chosen.folder / f"{chosen.database}-{number}.json"
        chosen.folder.mkdir(parents=True, exist_ok=True)
        words = ["--n", str(number), "--database", chosen.database, "--folder", str(chosen.folder), "--requests", str(chosen.requests), "--json", str(file)]
        codes.append(subprocess.run([sys.executable, "-m", "benchmarks.europe", *words], cwd=ROOT).returncode)
        told.append(json.loads(file.read_text()))
    telling.write_scale(told)
    return max(codes)


if __name__ == "__main__":
    sys.exit(main())
