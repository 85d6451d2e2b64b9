"""The register of a region as columns that can be counted fast: the newest snapshot, with what changed since read live.

What changed since is named by the journal, where every deed about an organisation stands. So the frame is always exact,
and fast as long as little changed since the snapshot; the worker takes a new one within minutes.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from osnowa.journal.models import Entry
from osnowa.kit.warehouse import Opened, Rows, Source, literal, open_tables
from osnowa.places.access import Anyone
from osnowa.places.models import Region, Subregion
from osnowa.register import access, freezing
from osnowa.register.models import Organisation, Snapshot, YearlyFigures
from osnowa.register.queries.directory import Wish

#: Deeds about organisations stand in the journal under this type of thing.
THING = "register.organisation"
#: The columns of `register`.
COLUMNS = tuple(freezing.SCHEMA.names)
#: Beside the files of a snapshot: its register counted by what the filters of the directory ask.
KINDS = "kinds.parquet"
_KIND = ", ".join(freezing.KIND)
#: What the filters of the directory ask of an organisation, in `lists`.
LISTED = ("id", *freezing.KIND, "municipality", "municipality_code", "began_on", "ended_on")
_EMPTY = {"register": freezing.SCHEMA, "figures": freezing.FIGURES}


def folder(sha256: str) -> Path:
    """Where the files of a snapshot lie."""
    return Path(settings.SNAPSHOTS) / sha256


def lists_file(sha256: str, entry: int) -> Path:
    """Beside the files of a snapshot: where its organisations stand in each order of the directory, as of an entry of the journal.

    Names are no part of what is hashed: of one frozen register the orders may be several.
    """
    return folder(sha256) / f"lists-{entry}.parquet"


def changed_since(region: Region, entry: int) -> list[int]:
    """The organisations the journal names after an entry; one query."""
    return _since({region.slug: entry})[region.slug][0]


def _since(entries: Mapping[str, int]) -> dict[str, tuple[list[int], int]]:
    """{region: the organisations the journal names after an entry, and its newest entry about anything}; one query."""
    after = Q(pk__in=[])
    for place, entry in entries.items():
        after |= Q(place=place, id__gt=entry)
    named: dict[str, list[tuple[int, str, str]]] = {place: [] for place in entries}
    for place, *of in Entry.objects.filter(after).order_by().values_list("place", "pk", "thing_type", "thing_id"):
        named[place].append(tuple(of))  # type: ignore[arg-type]
    return {
        place: (sorted({int(thing) for _pk, of, thing in rows if of == THING}), max((pk for pk, _of, _thing in rows), default=entries[place]))
        for place, rows in named.items()
    }  # fmt: skip


def newest_snapshot(region: Region) -> Snapshot | None:
    """The snapshot that was taken last; one query."""
    return Snapshot.objects.filter(region=region).order_by("-entry", "-taken_at").first()


class _Fresh(Mapping[str, pa.Table]):
    """Rows as they are in the database now, read when first asked for: where an answer is kept they are not."""

    def __init__(self, region: Region, keys: list[int] | None) -> None:
        self._of = region, keys

    @cached_property
    def _read(self) -> dict[str, pa.Table]:
        return _live(*self._of)

    def __getitem__(self, name: str) -> pa.Table:
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(_EMPTY)

    def __len__(self) -> int:
        return len(_EMPTY)


@dataclass
class Frame:
    """Tables `register`, `kinds`, `figures`, `areas` of a region. `as_of` is the moment whose state they tell.

    Where `lists` names a table, it holds the rows of the snapshot that did not change since, with their places in the orders of
    the directory (`by_name` …); `fresh` holds the rows of `register` that did.

    `sources` are the files of a snapshot; `gone` the organisations whose rows in them are outdated, `fresh` their rows now.
    `kinds` counts the register by what the filters of the directory ask: its rows are to be summed by `n`.
    """

    region: Region
    as_of: datetime
    snapshot: Snapshot | None
    sources: Mapping[str, Path] = field(default_factory=dict)
    gone: tuple[int, ...] = ()
    fresh: Mapping[str, pa.Table] = field(default_factory=dict)
    #: Condition on the rows of `register` a reader may see; empty where everything counts.
    seen: str = ""
    #: The part of it that levels of visibility tell, and the organisations that are seen besides.
    levels: str = ""
    own: tuple[int, ...] = ()
    #: The newest entry of the region's journal; None where nobody looked.
    newest: int | None = None

    def rows(self, sql: str, **words: Any) -> Rows:
        """The answer to a question in SQL, `$name` standing for a word."""
        return self._opened.rows(sql, **words)

    def table(self, sql: str, **words: Any) -> pa.Table:
        """The answer as columns."""
        return self._opened.table(sql, **words)

    @cached_property
    def _opened(self) -> Opened:
        sources: dict[str, Source] = {"areas": self.areas, "gone": pa.table({"id": pa.array(self.gone, pa.int64())})}
        views = {}
        for name, schema in _EMPTY.items():
            sources |= {f"{name}_old": self.sources[name]} if name in self.sources else {}
            fresh = self.fresh.get(name)
            if fresh is not None or name not in self.sources:
                sources[f"{name}_new"] = fresh if fresh is not None else schema.empty_table()
            views[name] = self.view(name, f"{name}_old" if f"{name}_old" in sources else "", f"{name}_new" if f"{name}_new" in sources else "")
        if "kinds" in self.sources:
            sources["kinds_old"] = self.sources["kinds"]
        views["kinds"] = self._kinds("register_new" in sources)
        if self.lists:
            sources["lists_old"] = self.sources["lists"]
            views[self.lists] = self._narrowed("lists_old", "id NOT IN (SELECT id FROM gone)" if self.gone else "")
            views["fresh"] = self._narrowed("register_new", "") if "register_new" in sources else "SELECT * FROM register_old WHERE FALSE"
        return open_tables(sources, views)

    def _kinds(self, is_new: bool) -> str:
        """What was counted when the snapshot was taken, less what is outdated, with what is fresh."""
        if "kinds" not in self.sources:
            return f"SELECT {_KIND}, 1 AS n FROM register"
        parts = [f"SELECT {_KIND}, n FROM kinds_old"]
        parts += [f"SELECT {_KIND}, -1 AS n FROM register_old WHERE id IN (SELECT id FROM gone)"] if self.gone else []
        parts += [f"SELECT {_KIND}, 1 AS n FROM register_new"] if is_new else []
        whole = f"SELECT * FROM ({' UNION ALL '.join(parts)}) AS every_kind"
        if self.seen:
            whole += f" WHERE {self.levels}"
            whole += f" UNION ALL SELECT {_KIND}, 1 AS n FROM register WHERE id IN ({', '.join(map(str, self.own))}) AND NOT {self.levels}" if self.own else ""
        return whole

    def _narrowed(self, source: str, condition: str) -> str:
        conditions = " AND ".join(filter(None, (condition, self.seen)))
        return f"SELECT * FROM {source}" + (f" WHERE {conditions}" if conditions else "")

    @property
    def lists(self) -> str:
        """The name of the table of places in the orders, which tells of which entry they are; empty where there is none."""
        return f"lists_{self.snapshot.entry}" if self.snapshot and "lists" in self.sources else ""

    def view(self, name: str, old: str, new: str) -> str:
        """What a reader sees of `register` or `figures` in the tables of frozen and of fresh rows, as SQL; empty names stand for none."""
        key, gone = "id" if name == "register" else "organisation", ", ".join(map(str, self.gone))
        parts = [f"SELECT * FROM {old}" + (f" WHERE {key} NOT IN ({gone})" if gone else "")] if old else []
        whole = " UNION ALL ".join([*parts, *([f"SELECT * FROM {new}"] if new else [])])
        if not self.seen:
            return whole
        if name == "register":
            return f"SELECT * FROM ({whole}) AS every_row WHERE {self.seen}"
        return f"SELECT every_row.* FROM ({whole}) AS every_row WHERE organisation IN (SELECT id FROM register)"

    def counts(self, sql: str, keys: int, **words: Any) -> Rows:
        """Counts of `register` by the first `keys` columns; `keeping.Kept` adds them up of what it kept."""
        return self.rows(sql, **words)

    @cached_property
    def apart(self) -> tuple["Frame", "Frame", "Frame"]:
        """The register as it was frozen, its rows that are outdated, and their rows now: first less second and third is the whole."""
        frozen, live = replace(self, gone=(), fresh={}), replace(self, snapshot=None, sources={}, gone=())
        frozen.__dict__["area_rows"] = self.area_rows
        columns = ", ".join(name for name in freezing.SCHEMA.names if name not in freezing.UNCOUNTED)
        rows = frozen.table(f"SELECT {columns} FROM register WHERE id IN ({', '.join(map(str, self.gone))})")
        outdated = replace(live, fresh={"register": rows})
        live.__dict__["area_rows"] = outdated.__dict__["area_rows"] = self.area_rows
        return frozen, outdated, live

    @cached_property
    def area_rows(self) -> Rows:
        """(municipality, area, kind of area) as they are now; one query."""
        return list(Subregion.objects.filter(region=self.region, municipalities__isnull=False).order_by("pk").values_list("municipalities", "code", "kind"))

    @property
    def areas(self) -> pa.Table:
        """The municipalities of each area as columns."""
        columns = list(zip(*self.area_rows, strict=True)) or [(), (), ()]
        types = (pa.int64(), pa.string(), pa.string())
        return pa.table([pa.array(column, of) for column, of in zip(columns, types, strict=True)], names=["municipality", "area", "kind"])

    def at(self, snapshot: Snapshot) -> "Frame":
        """The register as a snapshot froze it, for the same reader."""
        return Frame(self.region, snapshot.taken_at, snapshot, _files(snapshot), (), {}, self.seen, self.levels, self.own)

    def seen_by(self, person: Anyone) -> "Frame":
        """The same register as a person sees it; no query for what was read already."""
        levels, own = _seen(person, self.region)
        made = replace(self, seen=_condition(levels, own), levels=levels, own=own)
        made.__dict__["area_rows"] = self.area_rows
        return made

    def is_known_by_kind(self, wish: Wish) -> bool:
        """Whether `kinds` can tell of a wish: it asks for nothing finer."""
        return not (wish.q or wish.on or wish.municipality or "area" in wish.facets)

    def __del__(self) -> None:
        if "_opened" in self.__dict__:
            self._opened.close()


def frame_of(region: Region, person: Anyone | None = None, snapshot: Snapshot | None = None) -> Frame:
    """The register now, or as a snapshot froze it; for a person what she may see, without one everything.

    Three queries; some more for the rows that changed since the newest snapshot.
    """
    if snapshot is None:
        return frames_of([region], person)[0]
    levels, own = ("", ()) if person is None else _seen(person, region)
    return Frame(region, snapshot.taken_at, snapshot, _files(snapshot), (), {}, _condition(levels, own), levels, own)


def frames_of(regions: Sequence[Region], person: Anyone | None = None) -> list[Frame]:
    """The registers of several regions now; as many queries as for one."""
    newest = {one.region_id: one for one in Snapshot.objects.filter(region__in=regions).order_by("entry", "taken_at")}
    usable = {region.slug: newest[region.pk] for region in regions if region.pk in newest and all(path.exists() for path in _files(newest[region.pk]).values())}
    since = _since({place: found.entry for place, found in usable.items()}) if usable else {}
    return [_now(region, person, usable.get(region.slug), *since.get(region.slug, ([], 0))) for region in regions]


def _now(region: Region, person: Anyone | None, found: Snapshot | None, changed: list[int], newest: int) -> Frame:
    levels, own = ("", ()) if person is None else _seen(person, region)
    seen = _condition(levels, own)
    if found is None:
        return Frame(region, timezone.now(), None, {}, (), _Fresh(region, None), seen, levels, own)
    fresh = _Fresh(region, changed) if changed else {}
    return Frame(region, timezone.now(), found, _files(found), tuple(changed), fresh, seen, levels, own, newest)


def _condition(levels: str, own: tuple[int, ...]) -> str:
    return f"({levels} OR id IN ({', '.join(map(str, own))}))" if own else levels


def _files(snapshot: Snapshot) -> dict[str, Path]:
    """The files of a snapshot; those taken before had no counts of kinds, and no orders; kept ones lose them."""
    place = folder(snapshot.sha256)
    beside = {"kinds": place / KINDS, "lists": lists_file(snapshot.sha256, snapshot.entry)}
    return {name: place / f"{name}.parquet" for name in _EMPTY} | {name: path for name, path in beside.items() if path.exists()}


def _seen(person: Anyone, region: Region) -> tuple[str, tuple[int, ...]]:
    """The condition on the levels a person may see, and the organisations she sees besides."""
    levels = ", ".join(literal(level) for level in access.levels(person, region))
    return f"(visibility IN ({levels}))", tuple(access.own_beside(person, region))


def _live(region: Region, keys: list[int] | None) -> dict[str, pa.Table]:
    """The rows as they are in the database now, of all or of some organisations."""
    organisations = Organisation.objects.filter(region=region)
    figures = YearlyFigures.objects.filter(organisation__region=region, organisation__merged_into=None)
    if keys is not None:
        organisations, figures = organisations.filter(pk__in=keys), figures.filter(organisation__in=keys)
    return {
        "register": _joined(freezing.organisation_columns(organisations), freezing.SCHEMA),
        "figures": _joined(freezing.figure_columns(figures), freezing.FIGURES),
    }


def _joined(batches: Any, schema: pa.Schema) -> pa.Table:
    found = list(batches)
    return pa.concat_tables(found).select(schema.names) if found else schema.empty_table()


#: Columns of `register` for the filters by a code.
_COLUMNS = {"form": "legal_form", "status": "status", "sector": "sector"}
_LISTS = {"service": "services", "recognition": "recognitions"}


def where(wish: Wish, but: str = "", found: tuple[int, ...] | None = None) -> str:
    """The condition of a wish over `register`; `but` leaves one filter out, for its counts.

    `found` are the organisations its words found (`queries.search`), where it has words.
    """
    parts = []
    if wish.on:
        day = literal(wish.on)
        parts.append(f"(began_on IS NULL OR began_on <= {day}) AND (ended_on IS NULL OR ended_on > {day})")
    elif not wish.closed:
        parts.append("status <> 'closed'")
    if wish.municipality:
        parts.append(f"municipality_code = {literal(wish.municipality)}")
    if found is not None:
        parts.append(f"id IN ({', '.join(map(str, found)) or 'NULL'})")
    for name, chosen in wish.facets.items():
        if name != but:
            parts.append(_among(name, chosen))
    return " AND ".join(f"({part})" for part in parts) or "TRUE"


def _among(name: str, chosen: tuple[str, ...]) -> str:
    codes = ", ".join(literal(code) for code in chosen)
    if name in _COLUMNS:
        return f"{_COLUMNS[name]} IN ({codes})"
    if name == "area":
        return f"municipality IN (SELECT municipality FROM areas WHERE area IN ({codes}))"
    return " OR ".join(f"list_contains({_LISTS[name]}, {literal(code)})" for code in chosen)
