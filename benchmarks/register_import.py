"""How long a list takes from file to register, beside a plain reader of the same file.

    .venv/bin/python -m benchmarks.register_import            8,371 real rows, then 100,000
    .venv/bin/python -m benchmarks.register_import --rows 8371

Each run is a process of its own with a fresh SQLite database. Reading, checking (with the preview) and applying are timed
one by one; the peak memory is that of the process together with the child that reads the file. The list of 100,000 rows
repeats the real one with other names, numbers and places. The limits are those of the project: 20 s and 150 s, 1 GiB.
"""

import argparse
import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT.parent / "shared" / "data" / "registers" / "uk-coops" / "organisations_2017.csv"
LIMITS = {8371: 20.0, 100_000: 150.0}
MEMORY_MIB = 1024


def make_list(path: Path, wanted: int) -> None:
    """The real list, then copies of its rows with other identities, until it has so many rows."""
    with LIST.open(newline="", encoding="utf-8") as file:
        headings, *rows = list(csv.reader(file))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        for number in range(wanted):
            turn, row = number // len(rows), rows[number % len(rows)]
            if turn:
                one, other, town = (rows[(number * step + turn * shift) % len(rows)] for step, shift in ((7919, 31), (104_729, 977), (613, 5003)))
                name = [*one[3].split()[:2], *other[3].split()[:2], town[7], row[5] if turn % 2 else "Limited"]
                row = [f"{row[0]}-{turn}", f"{row[1]}{turn}", row[2], " ".join(name), "", *row[5:]]
                row[6:10] = town[6:10]
                row[24] = f"{1 + number % 28}/{1 + number % 12}/{1900 + number % 115}"
            writer.writerow(row)


def plain(path: Path) -> float:
    """Seconds that Python's own reader takes for the file alone."""
    began = time.perf_counter()
    with path.open(newline="", encoding="utf-8") as file:
        for _row in csv.reader(file):
            pass
    return time.perf_counter() - began


def run(path: Path) -> None:
    """In a process of its own: prints the facts of one import as JSON."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osnowa.settings")
    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from osnowa.places.models import Region, Territory

    call_command("migrate", verbosity=0)
    area = Territory.objects.create(scheme="NUTS", code="UKX", name="United Kingdom", name_fold="united kingdom", level=0)
    region = Region.objects.create(slug="uk", name="UK", languages=["en"], currency="GBP", jurisdiction="GB", territory=area)
    from osnowa.imports.actions import apply_import, check_import, choose_columns, read_import, take_file
    from osnowa.imports.models import Import

    facts: dict[str, object] = {}
    began = time.perf_counter()
    it = take_file(by=None, region=region, source_name="co-operatives", file_name=path.name, chunks=[path.read_bytes()], work=False)
    it = read_import(by=None, it=it, work=False)
    facts["read_s"] = time.perf_counter() - began
    chosen = it.understood["sheets"][it.sheet]
    mapping = {one["column"]: one["field"] for one in chosen["suggestions"] if one["field"]}
    at = time.perf_counter()
    it = choose_columns(by=None, it=it, sheet=it.sheet, header=None, mapping=mapping, subject=chosen["subject"], settings={}, work=False)
    it = check_import(by=None, it=it)
    facts["check_s"] = time.perf_counter() - at
    at = time.perf_counter()
    Import.objects.filter(pk=it.pk).update(state="applying")
    statements = 0

    def counted(execute, sql, params, many, context):  # type: ignore[no-untyped-def]
        nonlocal statements
        statements += 1
        return execute(sql, params, many, context)

    with connection.execute_wrapper(counted):
        it = apply_import(by=None, it=it)
    facts["apply_s"] = time.perf_counter() - at
    facts["total_s"] = time.perf_counter() - began
    facts["statements_per_thousand"] = 1000 * statements / max(it.counts["read"], 1)
    own, child = (resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    facts |= {"peak_mib": own + child, "counts": it.counts, "outcome": it.outcome}
    print(json.dumps(facts))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rows", type=int, action="append", help="how many rows; may be given several times")
    options.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.inside:
        run(chosen.inside)
        return 0
    if not LIST.exists():
        print(f"The real list is not here: {LIST}")
        return 2
    missed = False
    for rows in chosen.rows or LIMITS:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "list.csv"
            make_list(path, rows)
            alone = plain(path)
            environment = {**os.environ, "OSNOWA_VAR": folder, "LOG_LEVEL": "ERROR", "DATABASE_URL": f"sqlite:///{folder}/one.sqlite3"}
            done = subprocess.run(
                [sys.executable, "-m", "benchmarks.register_import", "--inside", str(path)], env=environment, cwd=ROOT,
                stdout=subprocess.PIPE, check=True, text=True,
            )  # fmt: skip
            facts = json.loads(done.stdout.splitlines()[-1])
            size_mib = path.stat().st_size / 2**20
        limit = LIMITS.get(rows)
        print(f"{rows:,} rows, {size_mib:.1f} MiB")
        print(f"  read {facts['read_s']:.1f} s, check and preview {facts['check_s']:.1f} s, apply {facts['apply_s']:.1f} s: "
              f"{facts['total_s']:.1f} s in all" + (f" (limit {limit:.0f} s)" if limit else ""))  # fmt: skip
        print(f"  a plain reader of the file alone: {alone:.2f} s, 1 : {facts['total_s'] / alone:.0f}")
        print(f"  peak memory {facts['peak_mib']} MiB (limit {MEMORY_MIB}), {facts['statements_per_thousand']:.0f} SQL statements per thousand rows applied")
        print(f"  {facts['counts']}")
        print(f"  {facts['outcome']}", flush=True)
        missed |= bool(limit and facts["total_s"] > limit) or facts["peak_mib"] > MEMORY_MIB
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
