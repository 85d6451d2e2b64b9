"""Rows written past the models: COPY on PostgreSQL, one prepared statement on SQLite; indexes made after a first load."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db import connection, models, transaction

#: Memory SQLite may use while a register is loaded, in KiB.
_SQLITE_CACHE_KIB = 1_000_000


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _json(value: Any) -> str:
    return _dumps(value) if value else "{}" if isinstance(value, dict) else "[]"


_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


@lru_cache(maxsize=4096)
def _sqlite_plain(value: Any) -> Any:
    """As Django writes it to SQLite."""
    match value:
        case datetime():
            return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
        case date():
            return value.isoformat()
        case UUID():
            return value.hex
        case Decimal():
            return str(value)
    return value


class Table:
    """The table of a model, to which rows are written as {name of the field: value}; what is not named has its default."""

    def __init__(self, model: type[models.Model]) -> None:
        own = [f for f in model._meta.concrete_fields if not f.generated and (f.name != "id" or model._meta.label == "register.Organisation")]
        self.name, self.columns = model._meta.db_table, [field.column for field in own]
        self.defaults = {field.name: field.get_default() for field in own}
        self.pick = itemgetter(*self.defaults)
        converts = [(place, self._convert(field)) for place, field in enumerate(own)]
        self.converts = [(place, convert) for place, convert in converts if convert]

    @staticmethod
    def _convert(field: Any) -> Callable[[Any], Any] | None:
        if isinstance(field, models.JSONField):
            return _json
        if field.is_relation:
            return _key
        kinds = (models.DateField, models.UUIDField, models.DecimalField)
        return _sqlite_plain if connection.vendor == "sqlite" and isinstance(field, kinds) else None

    def _rows(self, rows: Iterable[dict[str, Any]]) -> Iterator[list[Any]]:
        defaults, pick, converts = self.defaults, self.pick, self.converts
        for row in rows:
            plain = list(pick(row if len(row) >= len(defaults) else defaults | row))
            for place, convert in converts:
                value = plain[place]
                if value is not None:
                    plain[place] = convert(value)
            yield plain

    def write(self, rows: Iterable[dict[str, Any]]) -> None:
        """Appends the rows. Inside a transaction of the caller."""
        columns = ", ".join(connection.ops.quote_name(column) for column in self.columns if column)
        with connection.cursor() as cursor, connection.wrap_database_errors:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {self.name} ({columns}) FROM STDIN") as copy:
                    for row in self._rows(rows):
                        copy.write_row(row)
            else:
                places = ", ".join(["?"] * len(self.columns))
                cursor.cursor.connection.executemany(f"INSERT INTO {self.name} ({columns}) VALUES ({places})", self._rows(rows))


def reserve(model: type[models.Model], number: int) -> Sequence[int]:
    """Keys nobody else gets: the next ones of the table."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [table, number])
            return [key for (key,) in cursor.fetchall()]
        cursor.execute("SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = %s), 0)", [table])
        first: int = cursor.fetchone()[0] + 1
    return range(first, first + number)


#: What is taken away before a first load and made again after it: (statement, statement that brings it back).
_Undone = list[tuple[str, str]]


def _indexes_of_sqlite(tables: Sequence[str]) -> _Undone:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
        return [(f'DROP INDEX "{name}"', sql) for name, table, sql in cursor.fetchall() if table in tables]


def _indexes_of_postgresql(tables: Sequence[str]) -> _Undone:
    """Constraints but primary keys, and indexes that belong to none; those others lean on come back first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE contype IN ('u', 'f') AND conrelid::regclass::text = ANY(%s) ORDER BY contype DESC, conname", [list(tables)],
        )  # fmt: skip
        constraints = cursor.fetchall()
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index WHERE indrelid::regclass::text = ANY(%s) "
            "AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid) ORDER BY 1", [list(tables)],
        )  # fmt: skip
        indexes = cursor.fetchall()
    made = [(f"DROP INDEX {name}", sql) for name, sql in indexes]
    return made + [
        (f'ALTER TABLE {table} DROP CONSTRAINT "{name}"', f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {sql}')
        for table, name, sql in constraints
    ]


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _set_sqlite(name: str, value: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        before: int = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA {name} = {value}")
    return before


@contextmanager
def written_at_once(tables: Sequence[str], *, afresh: bool) -> Iterator[None]:
    """One transaction with room in memory; `afresh` means that nearly all rows are new: indexes are then made once, at the end.

    At the end the engine counts what there is, since it plans by that.
    """
    is_sqlite = connection.vendor == "sqlite"
    usual = _set_sqlite("cache_size", -_SQLITE_CACHE_KIB) if is_sqlite else 0
    try:
        with transaction.atomic():
            if not is_sqlite:
                _run("SET LOCAL maintenance_work_mem = '512MB'", "SET CONSTRAINTS ALL IMMEDIATE")
            undone = (_indexes_of_sqlite if is_sqlite else _indexes_of_postgresql)(tables) if afresh else []
            _run(*(away for away, _back in undone))
            yield
            _run(*(back for _away, back in undone))
            _run(*(("PRAGMA analysis_limit = 2000", "ANALYZE") if is_sqlite else ("ANALYZE " + ", ".join(tables),)))
    finally:
        if is_sqlite:
            _set_sqlite("cache_size", usual)
