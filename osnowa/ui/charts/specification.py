"""What a chart says, without a word on how it is drawn."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

KINDS = ("bars", "stacked", "lines", "dots", "waterfall", "radar")
#: In a series of periods: this one and the one before it cannot be compared (as Eurostat writes it).
BREAK = "b"
#: In a waterfall: a level reached, not a step up or down.
LEVEL = "="
#: In a web: what was before, what is hoped for, and between which two the middle half lies; told by the first mark of a series.
GHOST, TARGET, LOW, HIGH = "ghost", "target", "low", "high"


@dataclass(frozen=True)
class Series:
    """One row of numbers over the categories; None is "no data", a number below zero has no share of a whole.

    A mark stands beside a value. Of periods (`lines`): its flags, "b" a break before it. Of `bars` and `dots`: any mark
    lifts the value out (the reader's own region). Of a `waterfall`: "=" is a level, anything else a step. Of a `radar`: the first mark says what the series is ("ghost", "target", "low", "high");
    none is a thread.
    """

    name: str
    values: tuple[float | None, ...]
    marks: tuple[str, ...] = ()

    def mark(self, place: int) -> str:
        return self.marks[place] if place < len(self.marks) else ""


@dataclass(frozen=True)
class Chart:
    """A chart: what is counted (`unit`, "%" is written at each number), of what, from where and as of when."""

    kind: str
    title: str
    unit: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    source: str
    as_of: date | datetime | str | None = None
    note: str = ""
    #: Addresses of what lies beneath each category; used by the table.
    links: tuple[str, ...] = ()
    #: The highest step of a web; a round number above all values where it is not said.
    top: float | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"no such kind of chart: {self.kind}")
        for series in self.series:
            if len(series.values) != len(self.categories):
                raise ValueError(f"{series.name}: {len(series.values)} values for {len(self.categories)} categories")

    @property
    def known(self) -> list[float]:
        """All numbers there are."""
        return [value for series in self.series for value in series.values if value is not None]

    @property
    def has_breaks(self) -> bool:
        return self.kind == "lines" and any(BREAK in mark for series in self.series for mark in series.marks)


def table(it: Chart) -> tuple[list[str], list[list[Any]]]:
    """Headings and rows for a sheet or a page: a row a category; marks of periods stand in columns of their own."""
    flagged = [series for series in it.series if it.kind == "lines" and any(series.marks)]
    headings = [_("Period") if it.kind == "lines" else _("Dimension") if it.kind == "radar" else _("What")]
    headings += [f"{series.name}, {it.unit}" if it.unit else series.name for series in it.series]
    headings += [_("%(series)s: flags") % {"series": series.name} for series in flagged]
    rows: list[list[Any]] = []
    for place, category in enumerate(it.categories):
        rows.append([category, *(s.values[place] for s in it.series), *(s.mark(place) for s in flagged)])
    return headings, rows
