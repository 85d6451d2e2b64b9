"""What becomes of real lists of organisations: rows read, set aside, with something told, stopped; columns understood.

python -m benchmarks.register_values                      the files of ../shared/data/registers, as a table
python -m benchmarks.register_values FILE … --country ES  other files
python -m benchmarks.register_values --why                the sentences behind the figures too, most frequent first
"""

import argparse
import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "registers"
#: Files that are no lists: answers to other questions.
NO_LISTS = ("linkage_dev_2016_2017_truth.csv", "sectors_fr.json", "sectorgroups_fr.json", "SOURCE.md")


@dataclass
class Outcome:
    """What became of one file."""

    name: str
    subject: str = ""
    columns: int = 0
    mapped: int = 0
    rows: int = 0
    set_aside: Counter[str] = field(default_factory=Counter)
    told: int = 0
    stopped: int = 0
    seconds: float = 0.0
    grave: Counter[str] = field(default_factory=Counter)
    warned: Counter[str] = field(default_factory=Counter)


def outcome_of(path: Path, country: str) -> Outcome:
    """Reads and checks a file as an import does, with the columns as they are suggested."""
    from osnowa.imports.columns import find_header, subject_of, suggest
    from osnowa.imports.values import check_rows
    from osnowa.kit.reading import read_file

    book = read_file(path)
    sheet = book.sheets[book.likeliest]
    began = time.perf_counter()
    header = find_header(sheet.rows)
    mapping = {one.column: one.field for one in suggest(sheet.rows, header, None, country) if one.field}
    found = Outcome(
        str(path.relative_to(REAL)) if path.is_relative_to(REAL) else path.name, subject_of(mapping), sheet.width, len(mapping)
    )
    for row in check_rows(sheet, header, mapping, country=country):
        found.rows += 1
        found.set_aside[row.set_aside] += 1
        found.stopped += any(problem.grave for problem in row.problems)
        found.told += bool(row.problems) and not any(problem.grave for problem in row.problems)
        for problem in row.problems:
            (found.grave if problem.grave else found.warned)[problem.said.source] += 1
    found.seconds = time.perf_counter() - began
    return found


def lists() -> Iterator[Path]:
    for path in sorted(REAL.rglob("*")):
        if path.is_file() and path.name not in NO_LISTS:
            yield path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--country", default="PL", help="the country of the region the lists are read for")
    parser.add_argument("--why", action="store_true")
    wish = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osnowa.settings")
    import django

    django.setup()
    print("| file | each row is | columns mapped | rows | set aside | mended or told | stopped | seconds |")
    print("|---|---|---|---|---|---|---|---|")
    for path in wish.files or lists():
        it = outcome_of(path, wish.country)
        aside = ", ".join(f"{count} {kind}" for kind, count in sorted(it.set_aside.items()) if kind) or "0"
        print(
            f"| {it.name} | {it.subject} | {it.mapped} of {it.columns} | {it.rows:,} | {aside} | {it.told:,} | {it.stopped:,} | {it.seconds:.1f} |",
            flush=True,
        )
        if wish.why:
            for mark, table in (("stops", it.grave), ("tells", it.warned)):
                for source, count in table.most_common():
                    print(f"    {mark} {count:,}: {source}")


if __name__ == "__main__":
    main()
