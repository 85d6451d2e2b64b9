"""JSON-stat 2.0 (dataset, and collection with datasets inside) and its older form with `dataset` around it."""

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_noop as _

from osnowa.indicators.readers.opening import Opened
from osnowa.indicators.readers.shapes import Hints, Observation, Reading, refuse
from osnowa.indicators.readers.values import period, plain_flag
from osnowa.indicators.readers.words import ROLES, SILENT
from osnowa.kit.sentences import Sentence
from osnowa.kit.words import fold

NOT_JSON = _("The file begins like JSON and is broken: %(why)s.")
NOT_JSONSTAT = _("This JSON is not JSON-stat: it has no dataset with “id”, “size” and “value”.")
ONLY_LINKS = _("This collection only links to datasets elsewhere. Save a dataset itself and import that.")
NO_DIMENSION = _("The dataset “%(label)s” names no dimension of %(what)s.")
PLACES = _("places")
TIME = _("time")
#: What goes wrong inside where a part is not of the shape the format asks for.
_ODD = (TypeError, KeyError, ValueError, AttributeError, IndexError, OverflowError)
WRONG_SIZE = _("The dataset “%(label)s” has %(found)s values; its dimensions need %(wanted)s.")
NOT_A_VALUE = _("Value number %(line)s of the dataset “%(label)s” is no number: %(text)s.")
NOT_A_PERIOD = _("The dataset “%(label)s” has a period that is none: %(text)s.")


def read(opened: Opened, hints: Hints) -> Reading:
    """The observations of every dataset in the file."""
    assert opened.json is not None
    reading = Reading("json-stat")
    try:
        whole = json.loads(opened.json.read_bytes().decode(opened.encoding, "replace"))
    except (ValueError, RecursionError) as error:
        raise refuse(NOT_JSON, why=str(error)[:120]) from error
    found = list(_datasets(whole))
    if not found:
        raise refuse(ONLY_LINKS if isinstance(whole, dict) and whole.get("class") == "collection" else NOT_JSONSTAT)
    try:
        sets = [_Dataset(one, hints, len(found) > 1) for one in found]
    except _ODD as error:
        raise refuse(NOT_JSONSTAT) from error
    reading.source = next((str(one["source"])[:300] for one in found if one.get("source")), "")
    reading.published_on = next((str(one["updated"])[:10] for one in found if one.get("updated")), "")
    reading.observations = _all(sets, reading)
    return reading


def _all(sets: list["_Dataset"], reading: Reading) -> Iterator[Observation]:
    for one in sets:
        try:
            yield from one.observations(reading)
        except _ODD as error:
            raise refuse(NOT_JSONSTAT) from error


def _datasets(whole: Any) -> Iterator[dict[str, Any]]:
    """The datasets of a file, wherever they lie."""
    if isinstance(whole, list):
        for one in whole:
            yield from _datasets(one)
    elif isinstance(whole, dict):
        if "value" in whole and "dimension" in whole:
            yield whole
        elif isinstance(link := whole.get("link"), dict):
            yield from _datasets(link.get("item", []))
        elif "class" not in whole:
            for one in whole.values():
                if isinstance(one, dict):
                    yield from _datasets(one)


class _Dataset:
    """One dataset: its dimensions in order, which of them are place and time, and what its numbers are called."""

    def __init__(self, it: dict[str, Any], hints: Hints, is_one_of_many: bool) -> None:
        self.it, self.label = it, str(it.get("label") or hints.name or "dataset")
        dimension = it["dimension"] if isinstance(it["dimension"], dict) else {}
        ids, sizes = it.get("id") or dimension.get("id"), it.get("size") or dimension.get("size")
        if not isinstance(ids, list) or not isinstance(sizes, list) or len(ids) != len(sizes) or any(one not in dimension for one in ids):
            raise refuse(NOT_JSONSTAT)
        self.ids: list[str] = ids
        self.codes: list[list[str]] = []
        self.labels: list[dict[str, str]] = []
        self.units: dict[str, str] = {}
        for one, size in zip(ids, sizes, strict=True):
            self._take(dimension[one], int(size))
        roles = it.get("role") or dimension.get("role") or {}
        self.geo = self._find(roles.get("geo"), "geo", PLACES)
        self.time = self._find(roles.get("time"), "period", TIME)
        own = (it.get("extension") or {}).get("id") if isinstance(it.get("extension"), dict) else ""
        self.code = hints.code or str(own or "").lower() or (fold(self.label).replace(" ", "_")[:40] if is_one_of_many else "")

    def _take(self, dimension: dict[str, Any], size: int) -> None:
        category = dimension.get("category") or {}
        labels = category.get("label") or {}
        index = category.get("index") or list(labels)
        codes = sorted(index, key=index.__getitem__) if isinstance(index, dict) else [str(one) for one in index]
        if len(codes) != size:
            raise refuse(NOT_JSONSTAT)
        self.codes.append(codes)
        self.labels.append({str(code): str(label) for code, label in labels.items()})
        for code, unit in (category.get("unit") or {}).items():
            if isinstance(unit, dict):
                self.units[str(code)] = str(unit.get("label") or unit.get("symbol") or unit.get("base") or "")[:80]

    def _find(self, given: list[str] | None, role: str, what: str) -> int:
        if given and given[0] in self.ids:
            return self.ids.index(given[0])
        for at, one in enumerate(self.ids):
            if ROLES.get(fold(one)) == role:
                return at
        raise refuse(NO_DIMENSION, label=self.label, what=Sentence(what))

    def observations(self, reading: Reading) -> Iterator[Observation]:
        values, status = self.it["value"], self.it.get("status")
        wanted = math.prod(len(codes) for codes in self.codes)
        if isinstance(values, list) and len(values) != wanted:
            raise refuse(WRONG_SIZE, label=self.label, found=len(values), wanted=wanted)
        named = [at for at in range(len(self.ids)) if at not in (self.geo, self.time) and fold(self.ids[at]) not in SILENT]
        for geo, name in self.labels[self.geo].items():
            reading.place_names.setdefault(geo, name)
        periods = {code: period(code) or period(self.labels[self.time].get(code)) for code in self.codes[self.time]}
        for code, made in periods.items():
            if not made:
                reading.fault(NOT_A_PERIOD, label=self.label, text=code)
        for at in self._places(values, status, wanted):
            keys = self._keys(at)
            value = values.get(str(at)) if isinstance(values, dict) else values[at]
            flag = self._flag(status, at)
            if (value is None and not flag) or not periods[keys[self.time]]:
                continue
            if value is not None and (isinstance(value, bool) or not isinstance(value, int | float)):
                reading.fault(NOT_A_VALUE, line=at + 1, label=self.label, text=str(value)[:40])
                continue
            code = " ".join(part for part in (self.code, *(keys[one] for one in named)) if part) or "values"
            if code not in reading.definitions:
                self._define(reading, code, keys, named)
            yield Observation(code, keys[self.geo], periods[keys[self.time]], None if value is None else float(value), flag, at + 1)

    @staticmethod
    def _places(values: Any, status: Any, wanted: int) -> Iterable[int]:
        """The numbers of the cells that say something; of sparse values only those there are."""
        if not isinstance(values, dict):
            return range(wanted)
        said = {int(at) for at in values} | ({int(at) for at in status} if isinstance(status, dict) else set())
        return sorted(at for at in said if 0 <= at < wanted)

    def _keys(self, at: int) -> tuple[str, ...]:
        """The codes of a cell, one of each dimension; the last dimension runs fastest."""
        keys: list[str] = []
        for codes in reversed(self.codes):
            at, place = divmod(at, len(codes))
            keys.append(codes[place])
        return tuple(reversed(keys))

    def _flag(self, status: Any, at: int) -> str:
        if isinstance(status, dict):
            return plain_flag(status.get(str(at)))
        if isinstance(status, list):
            return plain_flag(status[at]) if at < len(status) else ""
        return plain_flag(status)

    def _define(self, reading: Reading, code: str, keys: tuple[str, ...], named: list[int]) -> None:
        parts = [self.labels[at].get(keys[at], keys[at]) for at in named]
        name = ": ".join([self.label, ", ".join(parts)] if parts else [self.label])
        unit = next((self.units[keys[at]] for at in named if keys[at] in self.units), "")
        unit = unit or next((self.labels[at].get(keys[at], "") for at in named if fold(self.ids[at]) == "unit"), "")
        reading.define(code, name=name[:300], unit=unit[:80])
