"""Organisations and yearly figures as columns: what a snapshot holds, and what is read live beside it.

Places are public ones: of a hidden place (a shelter) the columns know the middle of its municipality, nothing finer.
"""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import islice
from typing import Any

import pyarrow as pa
from django.db import models
from django.db.models import QuerySet

from osnowa.compute.grid import quadkeys
from osnowa.places.models import Territory
from osnowa.register.models import Activity, Organisation, Recognition, ServiceArea, YearlyFigures

_TEXT, _LIST = pa.string(), pa.list_(pa.string())
SCHEMA = pa.schema([
    ("id", pa.int64()), ("uid", _TEXT), ("kind", _TEXT), ("parent", pa.int64()), ("legal_form", _TEXT), ("sector", _TEXT),
    ("pes_category", _TEXT), ("status", _TEXT), ("began_on", pa.date32()), ("ended_on", pa.date32()), ("end_reason", _TEXT),
    ("confirmed_on", pa.date32()), ("visibility", _TEXT), ("is_hidden", pa.bool_()), ("country", _TEXT),
    ("municipality", pa.int64()), ("municipality_code", _TEXT), ("powiat", _TEXT), ("nuts3", _TEXT), ("nuts2", _TEXT),
    ("nace", _TEXT), ("nace_version", _TEXT), ("activities", _LIST), ("services", _LIST), ("recognitions", _LIST),
    ("lat", pa.float64()), ("lon", pa.float64()), ("qk", pa.int64()),
])  # fmt: skip
#: What the directory is ordered by besides; read with the columns, and no part of a snapshot: it tells no names.
KEYS = pa.schema([("name_fold", _TEXT), ("locality", _TEXT), ("changed_at", pa.timestamp("us", "UTC"))])
WHOLE = pa.schema([*SCHEMA, *KEYS])
#: The orders of the directory (`queries.directory.SORTS`) as DuckDB says them; the place by name comes first, others fall back on it.
ORDERS = {
    "confirmed": "confirmed_on NULLS FIRST, by_name", "form": "legal_form, by_name", "place": "locality, by_name", "changed": "changed_at DESC, id",
}  # fmt: skip
#: What the filters of the directory ask of an organisation; places apart.
KIND = ("visibility", "status", "legal_form", "sector", "services", "recognitions")
#: What no statistics count by; heavy to read.
UNCOUNTED = ("uid", "end_reason", "is_hidden", "activities", "lat", "lon")
_FIELDS = (
    "pk", "uid", "kind", "parent_id", "legal_form", "sector", "pes_category", "activity_status", "registered_on", "founded_on",
    "ended_on", "end_reason", "last_confirmed_on", "visibility", "is_location_hidden", "country", "municipality_id",
    "municipality__scheme", "municipality__code", "municipality__nuts3", "municipality__lat", "municipality__lon", "lat", "lon",
    "nace_version", "name_fold", "locality", "changed_at",
)  # fmt: skip
_A_BATCH = 20_000
_FEW = 900

#: The numbers of yearly figures, and the type of their columns.
NUMBERS = tuple(
    field.attname
    for field in YearlyFigures._meta.concrete_fields
    if isinstance(field, models.IntegerField | models.DecimalField) and field.attname not in ("id", "organisation_id", "year")
)
FIGURES = pa.schema([
    ("organisation", pa.int64()), ("year", pa.int16()), ("as_of_on", pa.date32()), ("visibility", _TEXT), ("source", _TEXT),
    *((name, pa.float64() if name == "employees_fte" else pa.int64()) for name in NUMBERS),
])  # fmt: skip


def organisation_columns(organisations: QuerySet[Organisation]) -> Iterator[pa.Table]:
    """The standing records in batches by key, with `KEYS`: one statement for them all, and three a batch for what hangs on them."""
    for rows in _batches(organisations.order_by("pk").values_list(*_FIELDS)):
        yield _columns(rows, _parts([row[0] for row in rows]))


def _batches(rows: Any) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of a query, read once from beginning to end."""
    coming = iter(rows.iterator(_A_BATCH))
    while batch := list(islice(coming, _A_BATCH)):
        yield batch


def _parts(keys: list[int]) -> dict[str, dict[int, list[str]]]:
    """{part: {organisation: codes}} of the records of a batch; many are read by the span of their keys."""
    found: dict[str, dict[int, list[str]]] = {name: defaultdict(list) for name in ("nace", "activities", "services", "recognitions")}
    within: dict[str, Any] = {"organisation_id__in": keys}
    if len(keys) > _FEW:
        within = {"organisation_id__gte": keys[0], "organisation_id__lte": keys[-1]}
    for pk, nace, is_main in Activity.objects.filter(**within).order_by("organisation_id", "-is_main", "nace").values_list("organisation_id", "nace", "is_main"):
        found["activities"][pk].append(nace)
        if is_main:
            found["nace"][pk].append(nace)
    for pk, code in ServiceArea.objects.filter(**within).order_by("organisation_id", "code").values_list("organisation_id", "code"):
        found["services"][pk].append(code)
    granted = Recognition.objects.filter(state=Recognition.State.GRANTED, **within).order_by("organisation_id", "code")
    for pk, code in granted.values_list("organisation_id", "code"):
        if code not in found["recognitions"][pk]:
            found["recognitions"][pk].append(code)
    return found


def _columns(rows: list[tuple[Any, ...]], parts: dict[str, dict[int, list[str]]]) -> pa.Table:
    made = [_row(row[: -len(KEYS)], parts) for row in rows]
    columns = [list(column) for column in zip(*made, strict=True)]
    lats, lons = columns[-2], columns[-1]
    placed = [(lat, lon) for lat, lon in zip(lats, lons, strict=True) if lat is not None]
    numbers = iter(quadkeys([lat for lat, _ in placed], [lon for _, lon in placed]).tolist() if placed else ())
    columns.append([None if lat is None else next(numbers) for lat in lats])
    columns += [list(column) for column in list(zip(*rows, strict=True))[-len(KEYS) :]]
    return pa.table([pa.array(column, field.type) for column, field in zip(columns, WHOLE, strict=True)], schema=WHOLE)


def _row(row: tuple[Any, ...], parts: dict[str, dict[int, list[str]]]) -> tuple[Any, ...]:
    (pk, uid, kind, parent, form, sector, pes, status, registered, founded, ended, reason, confirmed, visibility, hidden, country,
     municipality, scheme, code, nuts3, town_lat, town_lon, lat, lon, version) = row  # fmt: skip
    if hidden or lat is None or lon is None:
        lat, lon = (town_lat, town_lon) if None not in (town_lat, town_lon) else (None, None)
    powiat = code[:4] if scheme == Territory.Scheme.TERYT and len(code) >= 4 else ""
    nuts3 = nuts3 or (code if scheme == Territory.Scheme.NUTS and len(code) == 5 else "")
    main = parts["nace"].get(pk)
    return (
        pk, str(uid), kind, parent, form, sector, pes, status, registered or founded, ended, reason, confirmed, visibility, hidden,
        country, municipality, code or "", powiat, nuts3, nuts3[:4], main[0] if main else "", version, parts["activities"].get(pk, []),
        parts["services"].get(pk, []), parts["recognitions"].get(pk, []), lat, lon,
    )  # fmt: skip


def figure_columns(figures: QuerySet[YearlyFigures]) -> Iterator[pa.Table]:
    """The yearly figures in batches; one statement."""
    fields = ("organisation_id", "year", "as_of_on", "visibility", "source", *NUMBERS)
    for rows in _batches(figures.order_by("pk").values_list(*fields)):
        columns = [[float(v) if isinstance(v, Decimal) else v for v in column] for column in zip(*rows, strict=True)]
        yield pa.table([pa.array(column, field.type) for column, field in zip(columns, FIGURES, strict=True)], schema=FIGURES)
