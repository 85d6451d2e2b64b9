"""Rows written past the models: COPY on PostgreSQL, one prepared statement on SQLite; indexes made after a first load."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, models

#: Memory SQLite may use while a register is loaded, in KiB.
_SQLITE_CACHE_KIB = 1_000_000


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else "{}" if isinstance(value, dict) else "[]"


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
        self.fields = [(field.name, self._convert(field)) for field in own]
        self.defaults = {field.name: field.get_default() for field in own}

    @staticmethod
    def _convert(field: Any) -> Callable[[Any], Any] | None:
        if isinstance(field, models.JSONField):
            return _json
        if field.is_relation:
            return _key
        kinds = (models.DateField, models.UUIDField, models.DecimalField)
        return _sqlite_plain if connection.vendor == "sqlite" and isinstance(field, kinds) else None

    def _rows(self, rows: Iterable[dict[str, Any]]) -> Iterator[tuple[Any, ...]]:
        defaults = self.defaults
        for row in rows:
            whole = defaults | row if len(row) < len(defaults) else row
            yield tuple([whole[name] if convert is None else convert(whole[name]) for name, convert in self.fields])

    def write(self, rows: Iterable[dict[str, Any]]) -> None:
        """Appends the rows. Inside a transaction of the caller."""
        columns = ", ".join(map(connection.ops.quote_name, self.columns))
        with connection.cursor() as cursor:
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


@contextmanager
def written_at_once(tables: Sequence[type[models.Model]], *, afresh: bool) -> Iterator[None]:
    """Room in memory for a load; `afresh` means that nearly all rows are new: indexes are then made once, when all stand."""
    del afresh
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size")
            usual = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA cache_size = -{_SQLITE_CACHE_KIB}")
        try:
            yield
        finally:
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA cache_size = {usual}")
    else:
        yield
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 2000")
            cursor.execute("ANALYZE")
        else:
            cursor.execute("ANALYZE " + ", ".join(model._meta.db_table for model in tables))
