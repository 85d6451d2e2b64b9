"""Rows of tables as lines of JSON and back, the same bytes whichever database they come from."""

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Any
from uuid import UUID

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

#: Accounts live in these apps of others; their tables are facts too. Sessions and queues are not.
OF_OTHERS = ("account", "mfa")
_AT_ONCE = 500


@dataclass(frozen=True)
class Table:
    """One table: its lines out, its lines in."""

    model: type[models.Model]

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @cached_property
    def fields(self) -> list[Any]:
        return [field for field in self.model._meta.concrete_fields if not getattr(field, "generated", False)]

    @property
    def columns(self) -> list[str]:
        return [field.column for field in self.fields]

    def has_rows(self) -> bool:
        return self.model._base_manager.exists()

    def lines(self) -> Iterator[bytes]:
        """Each row as one line, in the order of the primary key."""
        rows = self.model._base_manager.order_by("pk").values_list(*(field.attname for field in self.fields))
        for row in rows.iterator(2000):
            plain = [_plain(value) for value in row]
            yield (json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n").encode()

    def insert(self, lines: Iterable[bytes]) -> int:
        """Writes the rows as they are, with no default, signal or timestamp of their own; returns how many."""
        quote = connection.ops.quote_name
        places = ", ".join(["%s"] * len(self.fields))
        sql = f"INSERT INTO {quote(self.name)} ({', '.join(map(quote, self.columns))}) VALUES ({places})"
        count = 0
        batch: list[list[Any]] = []
        with connection.cursor() as cursor:
            for line in lines:
                batch.append([self._prepared(field, value) for field, value in zip(self.fields, json.loads(line), strict=True)])
                count += 1
                if len(batch) == _AT_ONCE:
                    cursor.executemany(sql, batch)
                    batch.clear()
            if batch:
                cursor.executemany(sql, batch)
        return count

    @staticmethod
    def _prepared(field: Any, value: Any) -> Any:
        target = field.target_field if field.is_relation else field
        if isinstance(target, models.BinaryField) and value is not None:
            value = base64.b64decode(value)
        elif not isinstance(target, models.JSONField):
            value = target.to_python(value)
        return field.get_db_prep_save(value, connection)


def _plain(value: Any) -> Any:
    """A value fit for JSON; moments in UTC, so that both databases write the same."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
        case date() | time():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode()
        case _:
            return value


def tables() -> list[Table]:
    """The tables that are facts of this installation, by name."""
    chosen = [app for app in apps.get_app_configs() if app.name.startswith("osnowa.") or app.label in OF_OTHERS]
    found = {
        model._meta.db_table: Table(model)
        for app in chosen
        for model in app.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return [found[name] for name in sorted(found)]


def applied_migrations() -> dict[str, str]:
    """The newest applied migration of each app whose tables are backed up."""
    labels = {table.model._meta.app_label for table in tables()}
    applied = sorted(MigrationRecorder(connection).applied_migrations())
    return {app: name for app, name in applied if app in labels}


def reset_sequences() -> None:
    """Lets the next new row get a number after the restored ones (PostgreSQL keeps counters apart)."""
    statements = connection.ops.sequence_reset_sql(no_style(), [table.model for table in tables()])
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
