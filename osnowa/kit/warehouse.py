"""The one door to the column engine: plain SQL over Parquet files and small tables in memory.

DuckDB answers within the process. With OSNOWA_ENGINE=spark the same SQL runs on Spark (`kit.spark`), for registers that
one machine does not hold. SQL kept to what both understand: joins, group by, case, union all, list_contains, unnest.
"""

import os
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import duckdb
import pyarrow as pa
from django.conf import settings

#: What a table is made of: one Parquet file, several of one shape, or rows in memory (Path | Sequence[Path] | pyarrow.Table).
Source = Any
Rows = list[tuple[Any, ...]]
_ALONE = {
    "autoinstall_known_extensions": "false", "autoload_known_extensions": "false", "threads": str(min(4, os.cpu_count() or 1)),
}  # fmt: skip
_MOST_TO_WRITE = "1GB"


class Opened(Protocol):
    """Some tables that can be asked. `$name` in the SQL stands for a word."""

    def rows(self, sql: str, **words: Any) -> Rows:
        """The rows of the answer."""

    def table(self, sql: str, **words: Any) -> pa.Table:
        """The answer as columns."""

    def close(self) -> None:
        """Lets go of everything."""


def open_tables(sources: Mapping[str, Source], views: Mapping[str, str] | None = None) -> Opened:
    """Tables under the names of the sources, and views: {name: SQL over what is named before it}."""
    if settings.ENGINE == "spark":
        from osnowa.kit.spark import OnSpark

        return OnSpark(sources, views or {})
    return OnDuckDB(sources, views or {})


@cache
def _database(process: int) -> duckdb.DuckDBPyConnection:
    """One engine a process; a forked process opens its own."""
    database = duckdb.connect(":memory:", config={**_ALONE})
    with suppress(duckdb.CatalogException):
        database.execute("SET parquet_metadata_cache = true")
    return database


class OnDuckDB:
    """Tables opened in DuckDB, on a cursor of their own, so that threads do not meet."""

    def __init__(self, sources: Mapping[str, Source], views: Mapping[str, str]) -> None:
        self._cursor = _database(os.getpid()).cursor()
        for name, source in sources.items():
            if isinstance(source, pa.Table):
                # A table of the engine's own: not every filter it makes of a join can be handed to rows of Arrow.
                self._cursor.register("of_arrow", source)
                self._cursor.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT * FROM of_arrow")
                self._cursor.unregister("of_arrow")
            else:
                self._cursor.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM {_scan(source)}")
        for name, sql in views.items():
            self._cursor.execute(f"CREATE OR REPLACE TEMP VIEW {name} AS {sql}")

    def rows(self, sql: str, **words: Any) -> Rows:
        rows: Rows = self._ask(sql, words).fetchall()
        return rows

    def table(self, sql: str, **words: Any) -> pa.Table:
        return self._ask(sql, words).to_arrow_table()

    def _ask(self, sql: str, words: Mapping[str, Any]) -> Any:
        asked = {name: word for name, word in words.items() if re.search(rf"\${name}\b", sql)}
        return self._cursor.execute(sql, asked) if asked else self._cursor.execute(sql)

    def close(self) -> None:
        self._cursor.close()


def _scan(source: Path | Sequence[Path]) -> str:
    paths = [source] if isinstance(source, Path) else source
    return "read_parquet([{}])".format(", ".join(literal(str(path)) for path in paths))


def literal(word: Any) -> str:
    """A value as SQL text: numbers, days, texts, lists, nothing."""
    if word is None:
        return "NULL"
    if isinstance(word, bool):
        return "TRUE" if word else "FALSE"
    if isinstance(word, int | float):
        return repr(word)
    if isinstance(word, list | tuple):
        return "[{}]".format(", ".join(literal(one) for one in word))
    if hasattr(word, "isoformat"):
        return f"DATE '{word.isoformat()}'"
    return "'{}'".format(str(word).replace("'", "''"))


def write_sorted(source: Path, path: Path, order: str, asked: str = "SELECT * FROM source") -> None:
    """Writes the rows of a file, or what is asked of them, as one Parquet file in the order given, in an engine of its own.

    It takes so much memory at most, however many rows: what does not fit is put aside beside the file meanwhile.
    """
    with duckdb.connect(":memory:", config={**_ALONE, "memory_limit": _MOST_TO_WRITE, "temp_directory": f"{path}.aside"}) as engine:
        engine.execute(f"CREATE VIEW source AS SELECT * FROM {_scan(source)}")
        engine.execute(f"COPY ({asked} ORDER BY {order}) TO {literal(str(path))} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)")
