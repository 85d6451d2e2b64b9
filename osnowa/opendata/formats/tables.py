"""Public facts as flat tables: which columns each has, and its rows. CSV, XLSX, Parquet and GeoJSON are written from these."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation

from osnowa.kit.codes import CodeList
from osnowa.opendata.formats.org_id import org_ids
from osnowa.register import codes
from osnowa.register.models import YearlyFigures
from osnowa.register.queries.figures import GROUPS

Facts = dict[str, Any]
Row = dict[str, Any]
FIELDS = CodeList(Path(__file__).parent.parent / "tables" / "fields.csv")
FIGURES = tuple(name for group in GROUPS for name in group[2])
#: Signs between the entries of a list in one cell.
BETWEEN = ";"


@dataclass(frozen=True)
class Column:
    """A column: its name, its kind (string, integer, number, boolean, date, datetime, list, array), what it means."""

    name: str
    kind: str
    labels: Mapping[str, str]


def _from_list(table: str) -> list[Column]:
    return [Column(row.code.partition(".")[2], row["kind"], row.labels) for row in FIELDS if row.code.startswith(f"{table}.")]


def _figure(name: str) -> Column:
    """A column of figures, named in each language as the pages name it."""
    field: Any = YearlyFigures._meta.get_field(name)
    kinds = {"BooleanField": "boolean", "DecimalField": "number"}
    labels = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            labels[language] = str(field.verbose_name)
    return Column(name, kinds.get(field.get_internal_type(), "integer"), labels)


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table in their order."""
    own = _from_list(table)
    if table == "figures":
        own = [*own[:-1], *(_figure(name) for name in FIGURES), own[-1]]
    return tuple(own)


def organisation(facts: Facts) -> Row:
    """One row a organisation; what hangs on it as lists in a cell."""
    place = facts["place"]
    town = place["municipality"] or {}
    flat = {column.name: facts.get(column.name) for column in columns("organisations")}
    return flat | {
        "identifiers": org_ids(facts["identifiers"]),
        "parent_uid": (facts["parent"] or {}).get("uid"),
        "successor_uid": (facts["successor"] or {}).get("uid"),
        **{name: place[name] for name in ("street", "postal_code", "locality", "country", "nuts3", "lat", "lon", "precision", "is_hidden")},
        "municipality_scheme": town.get("scheme"), "municipality_code": town.get("code"), "municipality": town.get("name"),
        "activities": [one["nace"] for one in facts["activities"]],
    }  # fmt: skip


def _organisations(facts: Facts, currency: str) -> Iterator[Row]:
    yield organisation(facts)


def _figures(facts: Facts, currency: str) -> Iterator[Row]:
    for one in facts["figures"]:
        yield {**one, "uid": facts["uid"], "currency": currency}


def _offers(facts: Facts, currency: str) -> Iterator[Row]:
    for one in facts["listings"]:
        yield {**one, "uid": facts["uid"], "currency": currency}


#: The code lists the tables speak in.
LISTS: Mapping[str, CodeList] = {
    "activity_status": codes.ACTIVITY_STATUS, "economic_activity": codes.ECONOMIC_ACTIVITY, "end_reasons": codes.END_REASONS,
    "geo_precision": codes.GEO_PRECISION, "identifiers": codes.IDENTIFIERS, "legal_forms": codes.LEGAL_FORMS,
    "link_kinds": codes.LINK_KINDS, "nace_2.1": codes.NACE["2.1"], "nace_2": codes.NACE["2"], "need_types": codes.NEED_TYPES,
    "recognition_states": codes.RECOGNITION_STATES, "recognitions": codes.RECOGNITIONS, "resource_types": codes.RESOURCE_TYPES,
    "sectors": codes.SECTORS, "service_areas": codes.SERVICE_AREAS, "sources": codes.SOURCES,
    "target_groups": codes.TARGET_GROUPS, "units": codes.UNITS, "urgency": codes.URGENCY,
}  # fmt: skip


def code_rows() -> Iterator[Row]:
    """Every code of every list with its labels."""
    for name, rows in LISTS.items():
        for row in rows:
            yield {"list": name, "code": row.code, **row.labels}


@dataclass(frozen=True)
class Table:
    """A table that can be taken: the forms it comes in, the parts of the facts it needs, how facts become rows."""

    name: str
    forms: tuple[str, ...]
    parts: tuple[str, ...]
    rows: Callable[[Facts, str], Iterator[Row]]


TABLES = {
    "organisations": Table(
        "organisations", ("csv", "xlsx", "geojson", "parquet", "jsonld"),
        ("identifiers", "activities", "services", "recognitions"), _organisations,
    ),
    "figures": Table("figures", ("csv", "xlsx", "parquet"), ("figures",), _figures),
    "offers": Table("offers", ("csv", "xlsx", "parquet"), ("listings",), _offers),
    "codes": Table("codes", ("csv", "xlsx", "parquet"), (), lambda facts, currency: iter(())),
}  # fmt: skip


def cell(value: Any, kind: str) -> Any:
    """A value as one cell of text or a spreadsheet holds it."""
    if value is None or value == [] or value == "":
        return ""
    if kind == "list":
        return BETWEEN.join(str(one).replace(BETWEEN, ",") for one in value)
    if kind == "array":
        return json.dumps(value, ensure_ascii=False)
    if kind == "boolean":
        return "true" if value else "false"
    return value
