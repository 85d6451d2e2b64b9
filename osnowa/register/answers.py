"""Answers of a frozen register on disk: one small Parquet file a question beside the register, its pages with checksums.

They are derived: what is missing, half written or damaged is counted anew. `actions.answers` writes them, readers do not.
"""

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Generic, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from osnowa.kit.warehouse import Rows

#: The folder of the answers within that of a snapshot.
HOME = "answers"
Columns = dict[str, NDArray[Any]]
T = TypeVar("T")


@dataclass(frozen=True)
class Shape(Generic[T]):
    """How answers of one kind become a table, and a table such an answer."""

    table: Callable[[T], pa.Table]
    answer: Callable[[pa.Table], T]


def _of_rows(rows: Rows) -> pa.Table:
    columns = list(zip(*rows, strict=True)) or [()]
    return pa.table([pa.array(column) for column in columns], names=[str(number) for number in range(len(columns))])


def _rows(table: pa.Table) -> Rows:
    return list(zip(*(column.to_pylist() for column in table.columns), strict=True))


ROWS: Shape[Rows] = Shape(_of_rows, _rows)
# Not `to_numpy`, which loads pandas where it is installed: a second of the first reader's time.
COLUMNS: Shape[Columns] = Shape(pa.table, lambda table: {name: np.from_dlpack(table.column(name).combine_chunks()) for name in table.column_names})


def path_of(place: Path, question: str) -> Path:
    """Where the answer of the register frozen at a place lies."""
    return place / HOME / f"{sha256(question.encode()).hexdigest()}.parquet"


def read(path: Path, shape: Shape[T]) -> T | None:
    """An answer; None where there is none that can be trusted."""
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            return shape.answer(file.read())
    except (OSError, pa.ArrowException):
        return None


def write(path: Path, answer: T, shape: Shape[T]) -> bool:
    """Puts an answer there whole or not at all; whether it is of a shape that can be written."""
    try:
        table = shape.table(answer)
    except (pa.ArrowException, OverflowError):
        return False
    path.parent.mkdir(exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix="making-", delete=False) as made:
        pq.write_table(table, made, compression="zstd", use_dictionary=False, write_page_checksum=True)
    os.replace(made.name, path)
    return True
