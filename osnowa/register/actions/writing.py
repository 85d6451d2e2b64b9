"""Rows written past the models: COPY on PostgreSQL, one prepared statement on SQLite; indexes made after a first load."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any

from django.db import connection, models, transaction

#: Memory SQLite may use while a register is loaded, in KiB.
_SQLITE_CACHE_KIB = 1_000_000


def _key(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _json(value: Any) -> str:
    return _dumps(value) if value else "{}" if isinstance(value, dict) else "[]"


_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


_iso = lru_cache(maxsize=50_000)(date.isoformat)
#: How SQLite keeps what it has no type for, as Django writes it; the first kind that fits.
_SQLITE_KINDS: tuple[tuple[type[models.Field[Any, Any]], Callable[[Any], Any]], ...] = (
    (models.DateTimeField, lambda moment: moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ")),
    (models.DateField, _iso),
    (models.UUIDField, attrgetter("hex")),
    (models.DecimalField, str),
)


class Table:
    """The table of a model, to which rows are written as {name of the field: value}; what is not named has its default.

    `known` are defaults of this load beside those of the model.
    """

    def __init__(self, model: type[models.Model], **known: Any) -> None:
        own = [f for f in model._meta.concrete_fields if not f.generated and (f.name != "id" or model._meta.label == "register.Organisation")]
        self.name, self.columns = model._meta.db_table, [field.column for field in own]
        self.defaults = {field.name: field.get_default() for field in own} | known
        self.pick = itemgetter(*self.defaults)
        converts = [(place, self._convert(field)) for place, field in enumerate(own)]
        usual = self.pick(self.defaults)
        self.converts = [
            (place, convert, usual[place], None if usual[place] is None else convert(usual[place])) for place, convert in converts if convert
        ]

    @staticmethod
    def _convert(field: Any) -> Callable[[Any], Any] | None:
        if isinstance(field, models.JSONField):
            return _json
        if field.is_relation:
            return _key
        kinds = _SQLITE_KINDS if connection.vendor == "sqlite" else ()
        return next((convert for kind, convert in kinds if isinstance(field, kind)), None)

    def plain(self, rows: Iterable[dict[str, Any]]) -> list[list[Any]]:
        """The rows as the database takes them; asks it nothing. A default is known by what it is and converted once."""
        defaults, pick, converts = self.defaults, self.pick, self.converts
        made = []
        for row in rows:
            plain = list(pick(row if len(row) >= len(defaults) else defaults | row))
            for place, convert, usual, converted in converts:
                value = plain[place]
                if value is usual:
                    plain[place] = converted
                elif value is not None:
                    plain[place] = convert(value)
            made.append(plain)
        return made

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        """Appends plain rows. Inside a transaction of the caller."""
        columns = ", ".join(connection.ops.quote_name(column) for column in self.columns if column)
        with connection.cursor() as cursor, connection.wrap_database_errors:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {self.name} ({columns}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                places = ", ".join(["?"] * len(self.columns))
                cursor.cursor.connection.executemany(f"INSERT INTO {self.name} ({columns}) VALUES ({places})", rows)


@contextmanager
def numbered(model: type[models.Model]) -> Iterator[int]:
    """The first key nobody has; until the end of the transaction nobody else gets one, then those after the highest given."""
    table, is_postgresql = model._meta.db_table, connection.vendor == "postgresql"
    sequence = f"pg_get_serial_sequence('{table}', 'id')"
    with connection.cursor() as cursor:
        if is_postgresql:
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
            cursor.execute(f"SELECT nextval({sequence})")
        else:
            cursor.execute("SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = %s), 0) + 1", [table])
        first: int = cursor.fetchone()[0]
        yield first
        if is_postgresql:
            cursor.execute(f"SELECT setval({sequence}, GREATEST(%s, max(id))) FROM {table}", [first])


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
