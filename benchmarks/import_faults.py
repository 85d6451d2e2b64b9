"""Broken files against the reader of files: none may hang, take too much memory, or end in anything but sheets or a refusal.

    python -m benchmarks.import_faults                        10,000 mutated files, two at a time; exit code 1 when one is bad
    python -m benchmarks.import_faults --files 500 --seed 7   others; `--only xlsx` of one kind, `--keep FOLDER` keeps the bad ones
"""

import argparse
import csv
import io
import json
import multiprocessing
import random
import struct
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

from tests import workbooks

LIMIT_S = 10.0
LIMIT_MB = 1024
PROCESSES = 2

ROWS: list[list[Any]] = [
    [number, f"Spółdzielnia „Żuraw {number}”", f"58427193{number:02}", ("Gdynia", "Łódź", "Čakovec")[number % 3],
     date(2000 + number % 25, 1 + number % 12, 1), number * 1234.5, None if number % 4 else 'dwa\nwiersze; "tak"']
    for number in range(1, 60)
]  # fmt: skip
ROWS.insert(0, ["Lp.", "Nazwa", "NIP", "Miejscowość", "Założono", "Przychody", "Uwagi"])


@cache
def seeds() -> dict[str, bytes]:
    """Small valid files of every kind that is read."""
    plain = [["" if cell is None else str(cell) for cell in row] for row in ROWS]
    found = {
        "xlsx": workbooks.xlsx(ROWS, hidden=[["x"]], formulas={"I2": ("=1+1", 2), "I3": ("=NA()", "#N/A")}),
        "ods": workbooks.ods(ROWS),
        "xls": workbooks.xls(ROWS),
        "xlsb": workbooks.xlsb(ROWS),
    }
    for name, delimiter, encoding in (("csv", ";", "utf-8"), ("csv-1250", ";", "cp1250"), ("tsv-16", "\t", "utf-16"), ("csv-852", ",", "cp852")):
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows(plain)
        found[name] = out.getvalue().encode(encoding, "ignore")
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in plain)
    entries = "".join(f"<h3>{row[1]} ({row[2]})</h3><ul><li><b>Miasto:</b> {row[3]}</li><li>Rok: {row[4]}<ul><li>x: 1</li></ul></li></ul>" for row in plain[1:])
    found["html-table"] = f"<!doctype html><html><head><meta charset='utf-8'></head><body><table>{cells}</table></body></html>".encode()
    found["html-entries"] = f"<html><head><title>Lista</title></head><body><div>{entries}</div></body></html>".encode()
    features = [{"type": "Feature", "properties": {"name": row[1], "tags": [row[3]]}, "geometry": {"type": "Point", "coordinates": [18 + n / 100, 54]}}
                for n, row in enumerate(plain[1:])]  # fmt: skip
    found["geojson"] = json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
    return found


def flip_bits(raw: bytes, dice: random.Random) -> bytes:
    out = bytearray(raw)
    for _time in range(dice.choice((1, 3, 10, 100))):
        out[dice.randrange(len(out))] ^= 1 << dice.randrange(8)
    return bytes(out)


def truncate(raw: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(raw))
    return raw[:at] if dice.random() < 0.7 else raw[at:]


def splice(raw: bytes, dice: random.Random) -> bytes:
    """A piece of any file put into, or over, this one; or a piece of its own repeated."""
    other = dice.choice([*seeds().values(), raw, bytes(dice.randrange(256) for _byte in range(200)), b"\0" * 5000, b'"' * 999, b"<" * 9999, b"[" * 9999])
    begin = dice.randrange(len(other))
    piece, at = other[begin : begin + dice.choice((1, 10, 100, 5000))], dice.randrange(len(raw))
    return raw[:at] + piece * dice.choice((1, 1, 50)) + raw[at + (len(piece) if dice.random() < 0.5 else 0) :]


def lie_in_headers(raw: bytes, dice: random.Random) -> bytes:
    """Numbers in the beginning or the end (where containers keep their directories) made extreme."""
    out = bytearray(raw)
    for _time in range(dice.choice((1, 2, 5))):
        at = dice.randrange(min(len(out), 600)) if dice.random() < 0.5 else len(out) - 1 - dice.randrange(min(len(out), 1500))
        value = dice.choice((0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF))
        out[at : at + 4] = struct.pack("<I", value)[: dice.choice((1, 2, 4))].ljust(len(out[at : at + 4]), b"\xff")
    return bytes(out)


def recode(raw: bytes, dice: random.Random) -> bytes:
    """Read as one encoding, written as another: what happens to files on their way through offices."""
    read_as, written_as = dice.choice(("utf-8", "cp1250", "latin-1", "utf-16-le")), dice.choice(("utf-8", "utf-16", "utf-16-be", "cp852", "utf-7", "utf-32"))
    return raw.decode(read_as, "replace").encode(written_as, "replace") or b"?"


def nest(raw: bytes, dice: random.Random) -> bytes:
    """Very deep, very wide, very long."""
    times = dice.choice((200, 5_000, 100_000))
    return dice.choice([
        b"<table><tr><td>" * times + b"x", b"<div>" * times + b"<h3>a</h3>b: c" * 3, b"<ul><li>a: b" * times, b"[" * times + b"]" * times, b'{"a":' * times,
        b'{"type":"FeatureCollection","features":[' + b'{"type":"Feature","properties":{}},' * times + b'{"type":"Feature","properties":{"a":1}}]}',
        b"a;" * times, b"a;b\n" * times, b'"' * times, b'"a\n' * times, b'a,"b ""\n' * times, b"<table><tr><td rowspan=65534 colspan=1000>x" * times,
        b"<html><b>" + b"&" * times, b"<!--" * times, b"<a " * times + b"<table", b"<html>" + b"<p>a: b<br>" * times, b"\r" * times + b"a", b"=" * times + b"\n+|'!",
        b'-a|"' * times, b"a" * times + b"|'" * times + b"!", b"<table>" + b"<h3>x</h3>" * times, b"<html><h3>a</h3><p>b: c</p>" * times, raw * 20,
    ])  # fmt: skip


def operate(raw: bytes, dice: random.Random) -> bytes:
    """Surgery on the parts of an archive: one changed, lost, swapped, doubled, emptied, or with dangerous XML in it."""
    try:
        parts = workbooks.unpacked(raw)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, ValueError, struct.error, EOFError):
        return splice(raw, dice)
    name = dice.choice(list(parts))
    match dice.randrange(7):
        case 0:
            del parts[name]
        case 1:
            parts[name] = dice.choice(list(parts.values()))
        case 2:
            parts[name] = dice.choice((flip_bits, truncate, splice))(parts[name] or b"x", dice)
        case 3:
            parts[name] = dice.choice((b"", b"\0" * 1000, b" " * (30 << 20), b"<a>" * 100_000, b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'))
        case 4:
            parts = {dice.choice((key, key.upper(), key.replace("/", "\\"), "../" + key)): content for key, content in parts.items()}
        case _:
            for key, content in parts.items():
                parts[key] = exaggerate(content, dice) if key.endswith((".xml", ".bin")) else content
    return workbooks.packed(dict(parts), method=dice.choice((zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)))


def exaggerate(xml: bytes, dice: random.Random) -> bytes:
    """Sizes, places and counts said in XML made huge or senseless."""
    digits = [at for at in range(len(xml)) if xml[at : at + 1].isdigit() and not xml[at - 1 : at].isdigit()]
    for at in sorted(dice.sample(digits, min(len(digits), dice.choice((1, 3, 10)))), reverse=True):
        end = at
        while xml[end : end + 1].isdigit():
            end += 1
        xml = xml[:at] + dice.choice((b"0", b"1", b"1048576", b"16384", b"400001", b"4294967296", b"99999999999999999999", b"-1", b"1e308")) + xml[end:]
    return xml


MUTATIONS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "bits": flip_bits, "truncated": truncate, "spliced": splice, "headers": lie_in_headers, "recoded": recode, "parts": operate, "nested": nest,
}  # fmt: skip
_SHARES = (3, 2, 3, 3, 1, 5, 1)


def mutations(seed: int, only: str = "") -> Iterator[tuple[str, bytes]]:
    """(name, bytes) without end, the same for the same seed: the name says the kind of file, what was done to it, its number."""
    dice = random.Random(seed)
    kinds = [kind for kind in seeds() if kind.startswith(only)]
    number = 0
    while True:
        kind = dice.choice(kinds)
        raw, done = seeds()[kind], []
        for _time in range(dice.choice((1, 1, 2))):
            name = dice.choices(list(MUTATIONS), _SHARES)[0]
            raw = MUTATIONS[name](raw, dice) or b"\0"
            done.append(name)
        number += 1
        yield f"{number:05}-{kind}-{'-'.join(done)}", raw


@dataclass(frozen=True)
class Outcome:
    """What became of one file. `said`: the kind that was read, the sentence of the refusal, or the error."""

    name: str
    end: str  # read, refused, HANG, MEMORY, CRASH
    said: str
    seconds: float

    @property
    def is_bad(self) -> bool:
        return self.end.isupper()


def read_one(work: tuple[str, bytes, str]) -> Outcome:
    from osnowa.kit.errors import Refused
    from osnowa.kit.reading import read_file
    from osnowa.kit.sentences import Sentence

    name, raw, folder = work
    path = Path(folder) / name
    path.write_bytes(raw)
    began = time.perf_counter()
    try:
        book = read_file(path, name)
        end, said = "read", book.kind
    except Refused as refused:
        end, said = "refused", refused.said.source if isinstance(refused.said, Sentence) else str(refused.said)
    except Exception as error:  # whatever else comes is what we look for
        end, said = "CRASH", repr(error)
    seconds = time.perf_counter() - began
    if seconds > LIMIT_S:
        end = "HANG"
    if end.islower():
        path.unlink()
    return Outcome(name, end, said[:90], seconds)


def largest_child_mb() -> int:
    """The most memory any child of this process (and of its children) has ever had resident."""
    import resource

    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10


def _begin() -> None:
    """A worker outside the web: no settings of Osnowa are needed to read files."""
    from django.conf import settings

    if not settings.configured:
        settings.configure(USE_I18N=False)


def run(files: int, seed: int, folder: str, only: str = "") -> Iterator[Outcome]:
    with multiprocessing.get_context("spawn").Pool(PROCESSES, _begin) as pool:
        yield from pool.imap_unordered(read_one, ((name, raw, folder) for name, raw in islice(mutations(seed, only), files)), chunksize=8)
        pool.close()
        pool.join()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", choices=["", *seeds()])
    parser.add_argument("--keep", default="", help="a folder for the bad files")
    chosen = parser.parse_args()
    began, outcomes = time.perf_counter(), []
    _begin()
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.keep or scratch
        Path(folder).mkdir(exist_ok=True)
        for outcome in run(chosen.files, chosen.seed, folder, chosen.only):
            if outcome.end == "HANG":  # once more, alone: the machine may have been busy with something else
                outcome = read_one((outcome.name, (Path(folder) / outcome.name).read_bytes(), folder))
            outcomes.append(outcome)
            if outcome.is_bad:
                print(f"{outcome.end}: {outcome.name}: {outcome.said} ({outcome.seconds:.1f} s)", flush=True)
    for (end, said), times in sorted(Counter((outcome.end, outcome.said) for outcome in outcomes).items(), key=lambda item: -item[1]):
        print(f"{times:7,}  {end}: {said}")
    slowest = max(outcomes, key=lambda outcome: outcome.seconds)
    memory = largest_child_mb()
    bad = sum(outcome.is_bad for outcome in outcomes)
    print(f"{len(outcomes):,} files in {time.perf_counter() - began:.0f} s; slowest {slowest.seconds:.1f} s ({slowest.name}), limit {LIMIT_S:.0f} s")
    print(f"largest process {memory} MB, limit {LIMIT_MB} MB; bad: {bad}")
    return 1 if bad or memory > LIMIT_MB else 0


if __name__ == "__main__":
    sys.exit(main())
