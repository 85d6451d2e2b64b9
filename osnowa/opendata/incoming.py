"""What another installation's table of organisations says, row by row: checked as strictly as what a stranger types.

A row that cannot be true is passed over with the reason; a code we do not know is left out.
"""

import csv
import json
import math
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_noop as _

from osnowa.kit.errors import Refused
from osnowa.kit.sentences import Sentence
from osnowa.kit.words import typed
from osnowa.opendata.formats.org_id import read
from osnowa.opendata.formats.tables import BETWEEN
from osnowa.opendata.hanging import Beside
from osnowa.register import codes
from osnowa.register.actions import checked_identifier
from osnowa.register.models import Organisation, Recognition

Values = dict[str, Any]
#: Columns without which a table is none of organisations.
NEEDED = ("uid", "legal_name", "kind", "legal_form", "sector", "activity_status", "country")
_MOST_LINES = 4_000_000
_LONGEST_CELL = 200_000
_SCHEMES = [row.code for row in codes.IDENTIFIERS]
_is_web = URLValidator(["http", "https"])
_LONGEST = {
    name: most for name in ("legal_name", "short_name", "street", "postal_code", "locality")
    if (most := getattr(Organisation._meta.get_field(name), "max_length", None))
}  # fmt: skip


@dataclass(eq=False)
class Record:
    """One organisation of the other side. `values` are those of the register; the municipality is still a code."""

    uid: uuid.UUID
    parent_uid: uuid.UUID | None
    original: str
    values: Values
    municipality: tuple[str, str] | None
    recognitions: list[Values] = field(default_factory=list)
    #: None where the other side tells nothing of this kind.
    listings: list[Values] | None = None
    figures: list[Values] | None = None
    is_invented: bool = False


@dataclass(frozen=True)
class Wrong:
    """A row that was passed over: its line, its identifier where it has one, and why."""

    line: int
    uid: uuid.UUID | None
    why: Sentence


class _Bad(Exception):
    """A cell that cannot be true."""

    def __init__(self, column: str, value: object) -> None:
        super().__init__(column)
        self.column, self.value = column, str(value)[:60]


def records(path: Path, original_of: Callable[[str], str], beside: Beside | None = None) -> Iterator[Record | Wrong]:
    """The rows of a file of organisations, with what hangs on them. Refused where it is no such file."""
    for one in _records(path, original_of):
        if beside and isinstance(one, Record):
            one.listings, one.figures = beside.listings.of(one.uid), beside.figures.of(one.uid)
        yield one


def _records(path: Path, original_of: Callable[[str], str]) -> Iterator[Record | Wrong]:
    csv.field_size_limit(_LONGEST_CELL)
    with path.open(encoding="utf-8", errors="strict", newline="") as file:
        try:
            rows = csv.DictReader(file, strict=True)
            if not set(NEEDED) <= set(rows.fieldnames or ()):
                raise Refused(Sentence(_("The file is no table of organisations: its columns are others.")))
            for line, row in enumerate(rows, start=2):
                if line > _MOST_LINES:
                    raise Refused(Sentence(_("The file has too many lines.")))
                yield _read(line, {name: value if isinstance(value, str) else "" for name, value in row.items() if name}, original_of)
        except (csv.Error, UnicodeDecodeError) as error:
            raise Refused(Sentence(_("The file cannot be read as a table: %(why)s"), why=str(error)[:120])) from None


def _read(line: int, row: dict[str, str], original_of: Callable[[str], str]) -> Record | Wrong:
    uid = None
    try:
        uid = _uid("uid", row["uid"])
        assert uid is not None
        return Record(
            uid=uid, parent_uid=_uid("parent_uid", row.get("parent_uid", ""), may_lack=True), original=original_of(str(uid)),
            values=_values(row), municipality=_town(row), recognitions=_recognitions(row.get("recognitions", "")),
            is_invented=row.get("is_invented") == "true",
        )  # fmt: skip
    except _Bad as bad:
        return Wrong(line, uid, Sentence(_("%(column)s: %(value)s"), column=bad.column, value=bad.value))


def _values(row: dict[str, str]) -> Values:
    kind, status = _one_of("kind", row, Organisation.Kind.values), _one_of("activity_status", row, Organisation.Status.values)
    version = row.get("nace_version") if row.get("nace_version") in codes.NACE else "2.1"
    values: Values = {
        "kind": kind,
        "activity_status": status,
        "legal_form": row["legal_form"] if row["legal_form"] in codes.LEGAL_FORMS else "UNKNOWN",
        "sector": _one_of("sector", row, codes.SECTORS),
        "pes_category": _line("pes_category", row, 2),
        "country": _country(row["country"]),
        "about": _text(row.get("about", ""), 20_000),
        "confirmed_by": row["confirmed_by"] if row.get("confirmed_by") in codes.SOURCES else "",
        "geo_precision": row["precision"] if row.get("precision") in codes.GEO_PRECISION else "address" if row.get("lat") else "",
        "is_location_hidden": row.get("is_hidden") == "true",
        "nace_version": version,
        "economic_activity": _codes(row.get("economic_activity", ""), codes.ECONOMIC_ACTIVITY),
        "target_groups": _codes(row.get("target_groups", ""), codes.TARGET_GROUPS),
        "service_areas": _codes(row.get("services", ""), codes.SERVICE_AREAS),
        "activities": _codes(row.get("activities", ""), codes.NACE[version or "2.1"]),
        "other_names": [name for one in _array("other_names", row) if isinstance(one, str) and (name := typed(one, 300))],
        "operating_area": [one for one in _array("operating_area", row) if isinstance(one, str) and len(one) < 200],
        "links": [link for one in _array("links", row) if (link := _link(one))],
        "identifiers": _identifiers(row.get("identifiers", ""), is_unit=kind == Organisation.Kind.UNIT),
        **{name: _line(name, row, most) for name, most in _LONGEST.items()},
        **{name: _day(name, row) for name in ("founded_on", "registered_on", "last_confirmed_on")},
        **_point(row),
        **_closing(row, status),
    }
    if not values["legal_name"]:
        raise _Bad("legal_name", "")
    return values


def _plain(text: str) -> str:
    """The text without the apostrophe that kept a spreadsheet from taking it for a formula."""
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@", "\t", "\r") else text


def _line(column: str, row: dict[str, str], most: int) -> str:
    text = typed(_plain(row.get(column, "")), most + 1)
    if len(text) > most:
        raise _Bad(column, text)
    return text


def _text(text: str, most: int) -> str:
    return "".join(sign for sign in _plain(text) if sign in "\n\t" or sign.isprintable()).strip()[:most]


def _uid(column: str, text: str, *, may_lack: bool = False) -> uuid.UUID | None:
    if may_lack and not text:
        return None
    try:
        return uuid.UUID(text)
    except ValueError:
        raise _Bad(column, text) from None


def _one_of(column: str, row: dict[str, str], known: Any) -> str:
    if row[column] not in known:
        raise _Bad(column, row[column])
    return row[column]


def _country(text: str) -> str:
    if len(text) != 2 or not (text.isascii() and text.isupper()):
        raise _Bad("country", text)
    return text


def _day(column: str, row: dict[str, str]) -> date | None:
    try:
        return date.fromisoformat(row[column]) if row.get(column) else None
    except ValueError:
        raise _Bad(column, row[column]) from None


def _closing(row: dict[str, str], status: str) -> Values:
    """A closed organisation says when and why; an open one neither."""
    if status != Organisation.Status.CLOSED:
        return {"ended_on": None, "end_reason": ""}
    ended, why = _day("ended_on", row), row.get("end_reason", "")
    if ended is None or why not in codes.END_REASONS:
        raise _Bad("ended_on", row.get("ended_on", ""))
    return {"ended_on": ended, "end_reason": why}


def _point(row: dict[str, str]) -> Values:
    if not (row.get("lat") and row.get("lon")):
        return {"lat": None, "lon": None}
    try:
        lat, lon = float(row["lat"]), float(row["lon"])
    except ValueError:
        raise _Bad("lat", row["lat"]) from None
    if not (math.isfinite(lat) and math.isfinite(lon) and -90 <= lat <= 90 and -180 <= lon <= 180):
        raise _Bad("lat", row["lat"])
    return {"lat": lat, "lon": lon}


def _town(row: dict[str, str]) -> tuple[str, str] | None:
    scheme, code = row.get("municipality_scheme", ""), row.get("municipality_code", "")
    return (scheme[:5], code[:12]) if scheme and code else None


def _codes(text: str, known: Any) -> list[str]:
    return list(dict.fromkeys(one for one in text.split(BETWEEN)[:200] if one in known))


def _array(column: str, row: dict[str, str]) -> list[Any]:
    try:
        found = json.loads(row.get(column) or "[]")
    except (ValueError, RecursionError):
        raise _Bad(column, row[column]) from None
    if not isinstance(found, list) or len(found) > 200:
        raise _Bad(column, row[column])
    return found


def _link(one: Any) -> Values | None:
    if not isinstance(one, dict) or not isinstance(one.get("url"), str) or len(one["url"]) > 500:
        return None
    try:
        _is_web(one["url"])
    except ValidationError:
        return None
    return {"kind": one["kind"] if one.get("kind") in codes.LINK_KINDS else "other", "url": one["url"]}


def _identifiers(text: str, *, is_unit: bool) -> dict[str, str]:
    """The numbers that are valid; those a unit cannot have are left out."""
    found: dict[str, str] = {}
    for one in _plain(text).split(BETWEEN)[:40]:
        number = read(one, _SCHEMES)
        if number is None or (is_unit and codes.IDENTIFIERS[number[0]]["legal_person_only"] == "1"):
            continue
        try:
            found.setdefault(number[0], checked_identifier(*number)[:40])
        except Refused:
            continue
    return found


_DAYS = ("granted_on", "review_on", "ended_on")
_STATES = (Recognition.State.GRANTED, Recognition.State.WITHDRAWN, Recognition.State.EXPIRED)


def _recognitions(text: str) -> list[Values]:
    """Statuses that are whole; half ones are left out."""
    found = []
    for one in _array("recognitions", {"recognitions": text}):
        if not isinstance(one, dict) or one.get("code") not in codes.RECOGNITIONS or one.get("state") not in _STATES:
            continue
        texts = {name: typed(str(one.get(name) or ""), most) for name, most in (("regime", 12), ("goal", 20), ("issuer", 160), ("decision_no", 60))}
        days = {name: _day(name, {name: str(one.get(name) or "")}) for name in _DAYS}
        is_whole = days["granted_on"] and days["review_on"] if one["state"] == Recognition.State.GRANTED else days["ended_on"]
        if is_whole:
            found.append({"code": one["code"], "state": one["state"], **texts, **days})
    return found
