"""The same tables and the same SQL on Spark, through Ibis, which turns DuckDB's words into Spark's.

Loaded only with OSNOWA_ENGINE=spark; needs the packages of `spark.lock` and a Java. SPARK_REMOTE or SPARK_HOME name a
cluster; without them Spark runs within this machine.
"""

import os
import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from pyspark.sql import SparkSession

from osnowa.kit.warehouse import Rows, Source, literal


@cache
def _session() -> Any:
    """One Spark a process, listening on this machine alone unless told otherwise by Spark's own settings."""
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    made = SparkSession.builder.appName("osnowa")
    for name, value in {
        "spark.ui.enabled": "false", "spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "8", "spark.sql.session.timeZone": "UTC",
    }.items():  # fmt: skip
        made = made.config(name, value)
    session = made.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    return session


class OnSpark:
    """Tables opened in a session of their own, so that their names meet no others."""

    def __init__(self, sources: Mapping[str, Source], views: Mapping[str, str]) -> None:
        self._spark = _session().newSession()
        self._ibis = ibis.pyspark.connect(self._spark)
        for name, source in sources.items():
            self._frame(source).createOrReplaceTempView(name)
        for name, sql in views.items():
            self._spark.sql(self._translated(sql)).createOrReplaceTempView(name)

    def _frame(self, source: Source) -> Any:
        if isinstance(source, pa.Table):
            return self._spark.createDataFrame(source)
        paths: Sequence[Path] = [source] if isinstance(source, Path) else source
        return self._spark.read.parquet(*map(str, paths))

    def _translated(self, sql: str) -> str:
        import sqlglot

        translated: str = sqlglot.transpile(sql, read="duckdb", write="spark")[0]
        return translated

    def rows(self, sql: str, **words: Any) -> Rows:
        table = self.table(sql, **words)
        return list(zip(*(column.to_pylist() for column in table.columns), strict=True)) if table.num_rows else []

    def table(self, sql: str, **words: Any) -> pa.Table:
        whole = re.sub(r"\$([A-Za-z_]\w*)", lambda found: literal(words[found[1]]), sql)
        return self._ibis.sql(whole, dialect="duckdb").to_pyarrow()

    def close(self) -> None:
        # Disconnecting Ibis would stop Spark for all who share it; a session nobody holds is let go.
        self._ibis = self._spark = None
