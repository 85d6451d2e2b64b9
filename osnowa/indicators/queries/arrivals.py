"""A file of values made ready: its indicators, its places, and what it says that the indicators do not say yet."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_noop

from osnowa.indicators.models import Indicator, Value
from osnowa.indicators.queries.placing import Place, places_of
from osnowa.indicators.readers import Definition, Gathered, Hints, read_values
from osnowa.indicators.readers.meta import read_meta, read_places
from osnowa.indicators.readers.shapes import refuse
from osnowa.kit.sentences import Sentence, keep

Step = Callable[[int, int], None]
Row = tuple[str, str, float | None, str]  # place as the file writes it, period, value, flag

#: Words of addresses that no code may be.
_TAKEN = frozenset({"import", "releases", ".", ".."})
MOST_LISTED = 100
LARGEST = 12

NO_PLACE = gettext_noop("No single place is called “%(name)s”; its values are left out.")
NO_PLACES = gettext_noop("No place of the file is known: %(names)s. Write codes of NUTS, TERYT or LAU, or add a file of regions.")
TWO_NAMES = gettext_noop("Two names in the file mean the place %(geo)s and say different values of %(code)s in %(period)s: %(one)s and %(other)s.")
WRONG_DAY = gettext_noop("“%(text)s” is no day. Write it as 2026-03-31.")


@dataclass(frozen=True)
class Said:
    """What the person who imports says besides the files; empty where the files say it."""

    source: str = ""
    licence: str = ""
    address: str = ""
    published_on: str = ""
    unit: str = ""
    polarity: str = ""
    theme: str = ""
    code: str = ""
    breaks: tuple[str, ...] = ()
    #: {code: {"unit": …, "polarity": …}} as the person mended it after the preview; it goes before what the files say.
    mended: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


@dataclass
class Arrival:
    """A file of values, read and placed, not yet written."""

    gathered: Gathered
    codes: dict[str, str]
    definitions: dict[str, Definition]
    places: dict[str, Place]
    source: str
    licence: str
    address: str
    published_on: date | None
    file_name: str
    sha256: str
    asides: list[tuple[int, Sentence]] = field(default_factory=list)

    @property
    def unknown(self) -> list[str]:
        """The codes of places that no code list knows, as they are kept."""
        return sorted({place.code for place in self.places.values() if place.territory is None})


@dataclass
class Comparison:
    """What a file says of one indicator beside what stands."""

    code: str
    standing: Indicator | None
    new: list[Row] = field(default_factory=list)
    revised: list[tuple[int, float | None, Row]] = field(default_factory=list)
    unchanged: int = 0
    missing: list[tuple[str, str]] = field(default_factory=list)


def prepare(*, path: Path, name: str = "", meta: Path | None = None, meta_name: str = "", regions: Path | None = None, regions_name: str = "",
            said: Said | None = None, step: Step = lambda done, total: None) -> Arrival:  # fmt: skip
    """Reads a file of values with the files beside it. Raises Refused where anything in them must be mended first."""
    said, name = said or Said(), name or path.name
    definitions = read_meta(meta, meta_name) if meta else {}
    names = read_places(regions, regions_name) if regions else {}
    gathered = read_values(path, Hints(name=name, code=said.code), step)
    reading = gathered.reading
    codes = _addresses(gathered.codes)
    placed = places_of(gathered.geos, reading.place_names | names)
    arrival = Arrival(
        gathered=gathered, codes=codes, definitions={}, places={text: place for text, place in placed.items() if place},
        source=said.source or reading.source or name, licence=said.licence, address=said.address,
        published_on=_day(said.published_on) or _day(reading.published_on, is_strict=False), file_name=name[:200], sha256=_hash(path),
        asides=[*reading.asides, *((0, Sentence(NO_PLACE, name=text)) for text, place in placed.items() if not place)],
    )  # fmt: skip
    if not arrival.places:
        raise refuse(NO_PLACES, names=", ".join(list(placed)[:8]))
    for given, code in codes.items():
        arrival.definitions[code] = _defined(given, code, definitions.get(given), reading.definitions.get(given), said)
    return arrival


def _day(text: str, is_strict: bool = True) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        if is_strict:
            raise refuse(WRONG_DAY, text=text) from None
        return None


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def address_of(code: str) -> str:
    """A code that can stand in an address: as it is, but for the signs that mean something there, and not too long."""
    plain = re.sub(r"\s+", " ", re.sub(r"[/\\?#%;]+", "-", code)).strip(" -") or "x"
    if plain.casefold() in _TAKEN:
        plain += "_"
    return plain if len(plain) <= 120 else f"{plain[:100].strip()}-{hashlib.sha256(code.encode()).hexdigest()[:8]}"


def _addresses(codes: list[str]) -> dict[str, str]:
    """{code in the file: code it is kept under}, no two alike."""
    made: dict[str, str] = {}
    for code in codes:
        wanted = plain = address_of(code)
        number = 2
        while wanted in made.values():
            wanted, number = f"{plain}-{number}", number + 1
        made[code] = wanted
    return made


def _defined(given: str, code: str, meta: Definition | None, read: Definition | None, said: Said) -> Definition:
    """What is known of an indicator: the file of indicators first, then the file of values, then what was said for all."""
    meta, read, mended = meta or Definition(given), read or Definition(given), said.mended.get(code, {})
    return Definition(
        code=code, name=(meta.name or read.name or given)[:300] if (meta.name or read.name or given) != code else "", names=meta.names,
        definition=meta.definition, unit=mended.get("unit", meta.unit or read.unit or said.unit)[:80],
        polarity=mended.get("polarity") or meta.polarity or said.polarity,
        theme=meta.theme or said.theme, kind=meta.kind, breaks=sorted({*meta.breaks, *said.breaks}),
    )  # fmt: skip


def compare(arrival: Arrival) -> Iterator[Comparison]:
    """Each indicator of a file beside its newest values."""
    standing = {one.code: one for one in Indicator.objects.filter(code__in=arrival.definitions)}
    for given, rows in arrival.gathered.blocks():
        code = arrival.codes[given]
        it = Comparison(code, standing.get(code))
        before: dict[tuple[str, str], tuple[int, float | None, str]] = {}
        if it.standing:
            found = Value.objects.filter(indicator=it.standing, is_newest=True)
            before = {(geo, period): (pk, value, flag) for pk, geo, period, value, flag in found.values_list("pk", "geo", "period", "value", "flag")}
        for key, row in _placed(code, rows, arrival).items():
            was = before.pop(key, None)
            if was is None:
                it.new.append(row)
            elif was[1:] == row[2:]:
                it.unchanged += 1
            else:
                it.revised.append((was[0], was[1], row))
        it.missing = sorted(before)
        yield it


def _placed(code: str, rows: list[Row], arrival: Arrival) -> dict[tuple[str, str], Row]:
    """{(code of the place, period): row} of the rows whose place is known."""
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        place = arrival.places.get(row[0])
        if place is None:
            continue
        key = (place.code, row[1])
        if (other := found.setdefault(key, row)) is not row and other[2:] != row[2:]:
            raise refuse(TWO_NAMES, geo=place.code, code=code, period=row[1], one=other[2], other=row[2])
    return found


class Report:
    """What an import would do or did, counted while it goes through the indicators; fit for JSON."""

    def __init__(self, arrival: Arrival) -> None:
        self.arrival = arrival
        self.counts = dict.fromkeys(("indicators", "new_indicators", "new", "revised", "unchanged", "missing"), 0)
        self.largest: list[tuple[float, dict[str, Any]]] = []
        self.missing: list[dict[str, str]] = []
        self.listed: list[dict[str, Any]] = []

    def add(self, it: Comparison) -> None:
        counts = self.counts
        if len(self.listed) < MOST_LISTED:
            self.listed.append(_as_it_will_be(it, self.arrival.definitions[it.code]))
        counts["indicators"] += 1
        counts["new_indicators"] += it.standing is None
        counts["new"] += len(it.new)
        counts["revised"] += len(it.revised)
        counts["unchanged"] += it.unchanged
        counts["missing"] += len(it.missing)
        self.missing += [{"code": it.code, "geo": geo, "period": period} for geo, period in it.missing[: MOST_LISTED - len(self.missing)]]
        for _pk, before, row in it.revised:
            told = {"code": it.code, "geo": self.arrival.places[row[0]].code, "period": row[1], "before": before, "after": row[2]}
            self.largest.append((_share(before, row[2]), told))
        if len(self.largest) > 1_000:
            self._cut()

    def _cut(self) -> None:
        self.largest = sorted(self.largest, key=lambda one: -one[0])[:LARGEST]

    def facts(self) -> dict[str, Any]:
        self._cut()
        arrival, gathered = self.arrival, self.arrival.gathered
        periods = sorted(gathered.periods)
        return {
            "file": arrival.file_name, "format": gathered.reading.kind, "source": arrival.source, "licence": arrival.licence,
            "published_on": str(arrival.published_on or ""), "values": len(gathered), "places": len({place.code for place in arrival.places.values()}),
            "periods": [periods[0], periods[-1]], **self.counts, "same_twice": gathered.same_twice, "empty": gathered.empty,
            "unknown_places": arrival.unknown[:MOST_LISTED], "unknown_count": len(arrival.unknown),
            "set_aside": [{"line": line, "reason": keep(reason)} for line, reason in arrival.asides[:MOST_LISTED]],
            "set_aside_count": len(arrival.asides), "largest": [told for _share, told in self.largest], "missing_examples": self.missing,
            "codes": sorted(arrival.definitions), "listed": self.listed,
        }  # fmt: skip


def _as_it_will_be(it: Comparison, said: Definition) -> dict[str, Any]:
    """What an indicator will be called and measured in once the file is imported; what the file leaves open stays as it stands."""
    own = it.standing or Indicator(code=it.code, name=said.code)
    return {
        "code": it.code, "name": said.name or own.name, "unit": said.unit or own.unit, "polarity": said.polarity or own.polarity,
        "is_new": it.standing is None, "is_guessed": not said.polarity and it.standing is None,
    }  # fmt: skip


def _share(before: float | None, after: float | None) -> float:
    """How large a revision is, as a share of the earlier value; what came or went is largest."""
    if before is None or after is None:
        return float("inf")
    return abs(after - before) / abs(before) if before else abs(after)


def preview(arrival: Arrival, step: Step = lambda done, total: None) -> dict[str, Any]:
    """What importing would do."""
    report = Report(arrival)
    for number, it in enumerate(compare(arrival), start=1):
        report.add(it)
        step(number, len(arrival.definitions))
    return report.facts()

