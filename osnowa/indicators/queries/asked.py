"""What somebody asked of statistics, read from the words of an address; unknown words are passed over."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from osnowa.compute.explaining import Cause
from osnowa.indicators.queries.cube import Column, Table, by_columns, over_days
from osnowa.indicators.queries.dimensions import Dimension, dimensions
from osnowa.indicators.queries.explained import Side
from osnowa.places.models import Region
from osnowa.register.models import Snapshot
from osnowa.register.queries.directory import Wish
from osnowa.register.queries.frame import Frame
from osnowa.register.queries.keeping import Asked

#: No statistics go further back.
EARLIEST = date(1950, 1, 1)
#: Columns of a table over time: so many years, so many snapshots.
_YEARS, _SNAPSHOTS = 6, 8
YEARS, KEPT = "years", "snapshots"
#: The tables of the analyst's front: sectors over the years, forms by sector.
FRONT = ("rows=sector&columns=years", "rows=form&columns=sector")


def read_day(text: str, today: date) -> tuple[date | None, str]:
    """A day that has come, or why there is none."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        return None, _("“%(text)s” is no day. Write it as 2026-01-31.") % {"text": text[:20]} if text else ""
    if day > today:
        return None, _("This day has not come yet. Choose today or an earlier day.")
    if day < EARLIEST:
        return None, _("The register does not go back so far.")
    return day, ""


def year_before(day: date, years: int = 1) -> date:
    """The same day of an earlier year; the last of February where there is no such day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def kept_snapshots(region: Region) -> list[Snapshot]:
    """The dated series, oldest first; one query."""
    return list(Snapshot.objects.filter(region=region, is_kept=True).order_by("on"))


@dataclass(frozen=True)
class TableAsk:
    """A table somebody asked for."""

    region: Region
    rows: Dimension
    columns: Dimension | None
    #: "years" or "snapshots" where the columns are days.
    time: str
    on: date
    wish: Wish
    known: dict[str, Dimension]
    problem: str = ""

    @classmethod
    def of(cls, region: Region, words: QueryDict, today: date) -> "TableAsk":
        known = dimensions(region)
        rows = known.get(words.get("rows", ""), known["form"])
        across = words.get("columns", "area" if "area" in known else "sector")
        columns = known.get(across) if across not in (YEARS, KEPT) and across != rows.key else None
        on, problem = read_day(words.get("on", ""), today)
        time = "" if columns else KEPT if across == KEPT else YEARS
        return cls(region, rows, columns, time, on or today, replace(Wish.of(words), q="", on=None), known, problem)

    def table(self, frame: Asked) -> Table:
        """The table, counted."""
        if self.columns:
            return by_columns(frame, self.rows, self.columns, self.wish, self.on)
        return over_days(frame, self.rows, self.wish, self.heads())

    def heads(self) -> list[Column]:
        """The days of the columns, oldest first, the day of the table last."""
        if self.time == KEPT:
            kept = kept_snapshots(self.region)[-_SNAPSHOTS:]
            past = [Column(f"{one.on}", date_format(one.on, "SHORT_DATE_FORMAT"), one.on, one) for one in kept if one.on <= self.on]
            now = Column("now", _("now (%(day)s)") % {"day": date_format(self.on, "SHORT_DATE_FORMAT")}, self.on)
            return [*past, now]
        days = [year_before(self.on, years) for years in range(_YEARS - 1, 0, -1)]
        return [Column(f"{day}", date_format(day, "SHORT_DATE_FORMAT"), day) for day in (*days, self.on)]

    def words(self, **more: Any) -> str:
        """The address words of this table with some changed."""
        own: dict[str, Any] = {"rows": self.rows.key, "columns": self.columns.key if self.columns else self.time, "on": self.on.isoformat()}
        return urlencode([*(own | more).items(), *filter_words(self.wish)])


def filter_words(wish: Wish) -> Iterator[tuple[str, str]]:
    """The filters of a wish as words of an address."""
    for name, chosen in wish.facets.items():
        yield from ((name, one) for one in chosen)
    if wish.municipality:
        yield "municipality", wish.municipality


def directory_words(wish: Wish, on: date, *cells: tuple[Dimension | None, str]) -> str | None:
    """The words of the directory that list a cell; None where the directory has no such filter."""
    words = [("on", on.isoformat()), *filter_words(wish)]
    for dimension, code in cells:
        if dimension is None:
            continue
        if not dimension.filter or not code or any(name == dimension.filter for name, _code in words):
            return None
        words.append((dimension.filter, code))
    return urlencode(words)


@dataclass(frozen=True)
class ChangesAsk:
    """A comparison of two days somebody asked for, and perhaps one cell and one cause of it."""

    region: Region
    dimension: Dimension
    start: date
    end: date
    #: Read every day from the register of today, also where a snapshot was kept.
    as_known_today: bool
    wish: Wish
    known: dict[str, Dimension]
    kept: Sequence[Snapshot]
    cell: str | None = None
    cause: Cause | None = None
    is_open: bool = False
    problem: str = ""

    @classmethod
    def of(cls, region: Region, words: QueryDict, today: date) -> "ChangesAsk":
        known, kept = dimensions(region), kept_snapshots(region)
        end, problem = read_day(words.get("to", ""), today)
        start, other = read_day(words.get("from", ""), today)
        end = end or today
        usual = next((one.on for one in kept if one.on < end), year_before(end))
        start, problem = start or usual, problem or other
        if start >= end:
            start, problem = year_before(end), problem or _("Compare with a day before the day of the table.")
        cause = words.get("cause", "")
        return cls(
            region, known.get(words.get("by", ""), known["form"]), start, end, words.get("known") == "today",
            replace(Wish.of(words), q="", on=None), known, kept, words.get("cell"), Cause(cause) if cause in tuple(Cause) else None,
            "cell" in words or "whole" in words, problem,
        )  # fmt: skip

    def sides(self, frame: Frame) -> tuple[Side, Side]:
        """The registers compared: kept snapshots on their days, else the register now, by the dates of life."""
        return self._side(self.start, frame), self._side(self.end, frame)

    def _side(self, day: date, frame: Frame) -> Side:
        found = None if self.as_known_today else next((one for one in self.kept if one.on == day), None)
        return Side(frame.at(found) if found else frame, day)

    def words(self, **more: Any) -> str:
        own: dict[str, Any] = {"by": self.dimension.key, "from": self.start.isoformat(), "to": self.end.isoformat()}
        own |= {"known": "today"} if self.as_known_today else {}
        return urlencode([*(own | more).items(), *filter_words(self.wish)])
