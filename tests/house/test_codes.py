"""Every code list is labelled in the three languages, once a code."""

import csv
import gzip
import io
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "osnowa"


def rows_of(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    return list(csv.DictReader(io.StringIO((gzip.decompress(raw) if path.suffix == ".gz" else raw).decode())))


def is_code_list(path: Path) -> bool:
    raw = path.read_bytes()
    first = (gzip.decompress(raw) if path.suffix == ".gz" else raw).split(b"\n", 1)[0].decode().strip().split(",")
    return {"code", "pl", "sl", "en"} <= set(first)


LISTS = sorted(path for path in [*ROOT.glob("*/tables/*.csv"), *ROOT.glob("*/tables/*.csv.gz")] if is_code_list(path))


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_code_has_a_label_in_each_language(path):
    lacking = [row for row in rows_of(path) if not all(row[language].strip() for language in ("pl", "sl", "en"))]
    assert [row["code"] for row in lacking] == []


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_every_code_stands_once(path):
    codes = Counter((row.get("version", ""), row["code"]) for row in rows_of(path))
    assert [code for code, times in codes.items() if times > 1] == []


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_no_label_has_spaces_around_it(path):
    wrong = [row["code"] for row in rows_of(path) if any(row[key] != row[key].strip() for key in ("code", "pl", "sl", "en"))]
    assert wrong == []


def test_the_lists_of_the_register_are_among_them():
    assert {"legal_forms.csv", "sectors.csv", "nace.csv.gz"} <= {path.name for path in LISTS}
