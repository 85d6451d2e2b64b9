"""GeoJSON and lists of JSON objects to one sheet: a column a property, and where a thing is as lat and lon."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from osnowa.kit.reading import safety
from osnowa.kit.reading.cells import Out
from osnowa.kit.reading.shapes import Unreadable
from osnowa.kit.reading.shapes import gettext_noop as _

NO_LIST = _("This JSON file is neither GeoJSON nor a list of entries. Save the table as XLSX, ODS, CSV or GeoJSON and choose that file.")


def read(raw: bytes, encoding: str, kind: str, name: str, out: Out) -> bool:
    """False when this is not JSON at all, but text that begins like it. `name`: of the sheet, where the file says none."""
    try:
        whole = json.loads(raw.decode(encoding, "replace"))
    except RecursionError as error:
        raise Unreadable(safety.BROKEN) from error
    except ValueError as error:
        if kind == "paste" or not _meant_as_json(raw[:4000].decode(encoding, "replace")):
            return False
        raise Unreadable(safety.BROKEN) from error
    features = _features(whole)
    entries = [_entry_of_feature(feature) for feature in features] if features is not None else _entries(whole)
    if not entries:
        raise Unreadable(NO_LIST)
    columns = list(dict.fromkeys(name for entry in entries for name in entry))
    if len(columns) > safety.MOST_COLUMNS:
        columns = columns[: safety.MOST_COLUMNS + 1]  # told as too many columns by the first row
    out.sheet(str(whole.get("name") or name) if isinstance(whole, dict) else name)
    out.row(columns)
    for entry in entries:
        out.row([_plain(entry.get(column)) for column in columns])
    out.finish("geojson" if features is not None else "json", encoding=encoding)
    return True


def _meant_as_json(start: str) -> bool:
    bare = start.lstrip()
    return bare[:1] in "{[" and bare[1:].lstrip()[:1] in ('"', "{", "[", "}", "]")


def _features(whole: Any) -> list[dict[str, Any]] | None:
    if not isinstance(whole, dict):
        return None
    if whole.get("type") == "Feature":
        return [whole]
    if whole.get("type") != "FeatureCollection" or not isinstance(whole.get("features"), list):
        return None
    return [feature for feature in whole["features"] if isinstance(feature, dict)]


def _entries(whole: Any) -> list[dict[str, Any]]:
    """The longest list of objects: the whole file, or one value of it."""
    lists = [whole] if isinstance(whole, list) else list(whole.values()) if isinstance(whole, dict) else []
    found = [[entry for entry in several if isinstance(entry, dict)] for several in lists if isinstance(several, list)]
    return max(found, key=len, default=[])


def _entry_of_feature(feature: dict[str, Any]) -> dict[str, Any]:
    properties = feature.get("properties")
    entry: dict[str, Any] = dict(properties) if isinstance(properties, dict) else {}
    if "id" in feature:
        entry.setdefault("id", feature["id"])
    if (place := middle(feature.get("geometry"))) is not None:
        for name, value in zip(("lat", "lon"), place, strict=True):
            entry[name if name not in entry else f"geometry {name}"] = value
    return entry


def middle(geometry: Any) -> tuple[float, float] | None:
    """(lat, lon) of a point, or of the middle of the rectangle around any other geometry, to 6 decimal places."""
    points = list(_points(geometry, 0))
    if not points:
        return None
    lons, lats = zip(*points, strict=True)
    return round((min(lats) + max(lats)) / 2, 6), round((min(lons) + max(lons)) / 2, 6)


def _points(geometry: Any, depth: int) -> Iterator[tuple[float, float]]:
    if depth > 12:
        return
    if isinstance(geometry, dict):
        yield from _points(geometry.get("coordinates", geometry.get("geometries")), depth + 1)
    elif isinstance(geometry, list):
        if len(geometry) >= 2 and all(isinstance(part, int | float) and not isinstance(part, bool) for part in geometry[:2]):
            yield float(geometry[0]), float(geometry[1])
        else:
            for part in geometry:
                yield from _points(part, depth + 1)


def _plain(value: Any) -> Any:
    """A value as a cell; lists of plain values joined with "; ", anything deeper as JSON."""
    if isinstance(value, list) and not any(isinstance(part, list | dict) for part in value):
        return "; ".join(str(part) for part in value if part is not None)
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False) if value else None
    return value
