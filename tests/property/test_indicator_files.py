"""Whatever a file of values holds, it is read or refused with a sentence; nothing else comes of it."""

import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from osnowa.indicators.readers import Gathered, Hints, read_values
from osnowa.kit.errors import Refused

WORDS = ("indicator", "geo", "year", "value", "flag", "PL63", "SI03", "2020", "2021-Q1", "1,5", "2.25", ":", "c", "", "X", "-", "geo\\TIME_PERIOD", "A,EUR,PL63", "1e400", '"', "=1+1")
DATASET = {
    "class": "dataset", "label": "L", "id": ["geo", "time"], "size": [2, 2], "role": {"geo": ["geo"], "time": ["time"]},
    "dimension": {"geo": {"category": {"index": ["PL63", "SI03"]}}, "time": {"category": {"index": {"2020": 0, "2021": 1}, "label": {}}}},
    "value": [1, 2, None, 4], "status": {"2": "c"},
}  # fmt: skip
odd = st.one_of(st.none(), st.booleans(), st.integers(-5, 10**9), st.text("az0:", max_size=4), st.lists(st.integers(0, 3), max_size=4), st.dictionaries(st.text("01xy", max_size=2), st.integers(0, 5), max_size=3))


def read(raw: bytes) -> Gathered | None:
    """The observations, or None where the file was refused."""
    with tempfile.NamedTemporaryFile() as file:
        Path(file.name).write_bytes(raw)
        try:
            return read_values(Path(file.name), Hints(name="values.csv"))
        except Refused:
            return None


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), min_size=1, max_size=8), st.sampled_from(",;\t"))
def test_any_table_is_read_or_refused(rows, delimiter):
    it = read("\n".join(delimiter.join(row) for row in rows).encode())
    if it is not None:
        assert sum(len(block) for _code, block in it.blocks()) == len(it) > 0


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(sorted(DATASET)), odd), min_size=1, max_size=3))
def test_any_spoilt_dataset_is_read_or_refused(changes):
    read(json.dumps(DATASET | dict(changes)).encode())


@given(st.dictionaries(st.tuples(st.sampled_from("ABC"), st.sampled_from(["PL63", "PL21", "SI03"]), st.integers(2000, 2030)),
                       st.floats(-1e12, 1e12, allow_nan=False), min_size=1, max_size=40))  # fmt: skip
@settings(deadline=None)
def test_what_was_written_is_what_is_read(values):
    lines = ["indicator,geo,year,value", *(f"{code},{geo},{year},{value!r}" for (code, geo, year), value in values.items())]
    it = read("\n".join(lines).encode())
    assert it is not None
    assert {(code, geo, int(period)): value for code, block in it.blocks() for geo, period, value, _flag in block} == values


def test_sparse_values_of_a_huge_cube_take_no_time():
    index = [f"{number:05}" for number in range(2_000)]
    whole = {
        "class": "dataset", "id": ["a", "b", "geo", "time"], "size": [2_000, 2_000, 1, 2], "value": {"7999999": 5, "0": 1},
        "dimension": {
            "a": {"category": {"index": index}}, "b": {"category": {"index": index}}, "geo": {"category": {"index": ["PL63"]}},
            "time": {"category": {"index": ["2020", "2021"]}},
        },
    }  # fmt: skip
    it = read(json.dumps(whole).encode())
    assert it is not None
    assert [(code, block[0][1:3]) for code, block in it.blocks()] == [("00000 00000", ("2020", 1.0)), ("01999 01999", ("2021", 5.0))]
