"""The sector table: how many organisations of each type on a day, how that changed, and jobs in social enterprises by area.

Every number is counted from the register. An organisation is there on a day when it had begun (registered, else founded)
and not ended; one without any date of beginning counts as there. A status is in force from the day it was granted to the
day before it ended. Jobs are the newest number an organisation with status gave in the year up to the end of the half-year.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from osnowa.compute.disclosure import hidden_cells
from osnowa.compute.movement import Change, movement
from osnowa.indicators.queries.cube import there_on
from osnowa.indicators.queries.dimensions import division_of
from osnowa.kit.warehouse import literal
from osnowa.places.models import Region, in_readers_language
from osnowa.register import codes
from osnowa.register.models import Recognition, YearlyFigures
from osnowa.register.queries.frame import frame_of
from osnowa.register.queries.keeping import Kept

#: The types a country's sector table lists, where its law has types of its own.
TYPES = {"PL": ("PL-SPSOC", "PL-WTZ", "PL-CIS", "PL-KIS", "PL-ZAZ")}
#: The status of a social enterprise by country of law.
STATUSES = {"PL": "PL-PS", "SI": "SI-SOP", "ES": "ES-EI", "IT": "IT-IS", "FR": "FR-ESUS", "BE": "BE-ES", "FI": "FI-YY"}
_MOST_TYPES = 5
#: A number of jobs is good for so long after the day it was counted on.
_GOOD_FOR = timedelta(days=366)
#: A sum of jobs rests on at least so many organisations, or is not shown.
FEWEST = 3


@dataclass(frozen=True)
class Row:
    """One type of organisation: how many on the day and on the earlier day, and what came and went."""

    code: str
    change: Change

    @property
    def label(self) -> str:
        return codes.LEGAL_FORMS.label(self.code) if self.code in codes.LEGAL_FORMS else codes.RECOGNITIONS.label(self.code)

    @property
    def signed(self) -> str:
        """The change as it is printed: +23, −2, ±0."""
        change = self.change.change
        return f"+{change}" if change > 0 else f"\N{MINUS SIGN}{-change}" if change else "±0"


@dataclass(frozen=True)
class Cell:
    """Jobs in one area; `jobs` is None where too few organisations stand behind the number."""

    code: str
    name: str
    organisations: int
    jobs: int | None


@dataclass(frozen=True)
class Jobs:
    """Jobs in social enterprises by area on the end of a half-year, and the total counted apart from them."""

    on: date
    cells: tuple[Cell, ...]
    total: int | None
    reported: int
    holders: int
    notes: tuple[str, ...]
    #: Whether the areas, hidden ones too, sum to the total; they do not when a municipality lies in two areas.
    is_right: bool

    @property
    def hidden(self) -> int:
        """How many areas are not shown."""
        return sum(cell.jobs is None for cell in self.cells)

    @property
    def largest(self) -> int:
        """The longest bar of the picture of areas."""
        return max((cell.jobs or 0 for cell in self.cells), default=0)

    @property
    def sum_of_areas(self) -> str:
        """The areas as an addition: 130 + 96 + 114; said only where none is hidden."""
        return " + ".join(str(cell.jobs) for cell in self.cells)


@dataclass(frozen=True)
class SectorTable:
    region: Region
    on: date
    against: date
    rows: tuple[Row, ...]
    status: Row | None
    by_form: tuple[Row, ...]
    jobs: Jobs | None
    undated: int

    @property
    def largest(self) -> int:
        """The longest bar of the picture of types."""
        return max((row.change.count for row in (*self.rows, *self.by_form)), default=0)


@dataclass(frozen=True)
class _Holding:
    """One recognition with the life of its organisation."""

    organisation: int
    form: str
    municipality: int | None
    granted: date
    ended: date | None
    began: date | None
    closed: date | None

    def holds_on(self, day: date) -> bool:
        in_force = self.granted <= day and (self.ended is None or self.ended > day)
        return in_force and (self.began is None or self.began <= day) and (self.closed is None or self.closed > day)


def sector_table(region: Region, on: date, against: date, frame: Kept | None = None) -> SectorTable:
    """The table of a region on a day against an earlier day, in a constant number of queries; of a frame that is open already."""
    frame = frame or Kept(frame_of(region))
    types = TYPES.get(region.jurisdiction) or _most_usual(frame)
    rows, undated = _count(frame, types, on, against)
    code = STATUSES.get(region.jurisdiction)
    if code is None:
        return SectorTable(region, on, against, rows, None, (), None, undated)
    holdings = _holdings(region, code)
    before, now = ({h.organisation for h in holdings if h.holds_on(day)} for day in (against, on))
    forms: dict[str, set[int]] = {}
    for holding in holdings:
        forms.setdefault(holding.form, set()).add(holding.organisation)
    by_form = [Row(form, movement(before & those, now & those)) for form, those in forms.items()]
    by_form = [row for row in by_form if row.change.count or row.change.before]
    return SectorTable(
        region, on, against, rows, Row(code, movement(before, now)),
        tuple(sorted(by_form, key=lambda row: (-row.change.count, row.code))),
        _jobs(frame, _half_year_end(on), holdings), undated,
    )  # fmt: skip


def _most_usual(frame: Kept) -> tuple[str, ...]:
    """The most frequent forms of the social economy and of civil society that the register holds."""
    counts = frame.counts("SELECT legal_form, count(*) FROM register WHERE sector IN ('social_economy', 'civil_society') GROUP BY legal_form", 1)
    return tuple(form for form, _n in sorted(counts, key=lambda row: (-row[1], row[0]))[:_MOST_TYPES])


def _count(frame: Kept, types: tuple[str, ...], on: date, against: date) -> tuple[tuple[Row, ...], int]:
    """The rows of the types, and how many organisations of them have no date of beginning."""
    now, before = there_on(on), there_on(against)
    counts = {
        form: (Change(*numbers), undated)
        for form, *numbers, undated in frame.counts(
            f"SELECT legal_form, count(CASE WHEN {now} THEN 1 END), count(CASE WHEN {before} THEN 1 END), "
            f"count(CASE WHEN {now} AND began_on > {literal(against)} THEN 1 END), "
            f"count(CASE WHEN {before} AND ended_on <= {literal(on)} THEN 1 END), count(CASE WHEN began_on IS NULL THEN 1 END) "
            f"FROM register WHERE legal_form IN ({', '.join(literal(form) for form in types) or 'NULL'}) GROUP BY legal_form", 1,
        )
    }
    nothing = (Change(0, 0, 0, 0), 0)
    found = [(form, *counts.get(form, nothing)) for form in types]
    return tuple(Row(form, change) for form, change, _ in found), sum(undated for _, _, undated in found)


def _holdings(region: Region, code: str) -> list[_Holding]:
    standing = Recognition.objects.filter(organisation__region=region, organisation__merged_into=None)
    rows = standing.filter(code=code, granted_on__isnull=False).order_by("pk")
    fields = ("organisation_id", "organisation__legal_form", "organisation__municipality_id", "granted_on", "ended_on",
              "organisation__registered_on", "organisation__founded_on", "organisation__ended_on")  # fmt: skip
    return [
        _Holding(pk, form, municipality, granted, ended, registered or founded, closed)
        for pk, form, municipality, granted, ended, registered, founded, closed in rows.values_list(*fields)
    ]


def _half_year_end(day: date) -> date:
    """The last 30 June or 31 December up to a day.

    Jobs are told of these days only: the sums of two days on which hardly anything differs would tell the jobs of one
    organisation.
    """
    ends = (date(day.year, 12, 31), date(day.year, 6, 30), date(day.year - 1, 12, 31))
    return next(end for end in ends if end <= day)


def _jobs(frame: Kept, on: date, holdings: Iterable[_Holding]) -> Jobs:
    """The sums by area on the end of a half-year, of the organisations that held the status then."""
    holders = {one.organisation: one.municipality for one in holdings if one.holds_on(on)}
    given = _newest_jobs(frame.region, on)
    counted = {pk: given[pk] for pk in holders if pk in given}
    cells, notes, inside = [], [], set()
    for code, (name, note, municipalities) in _areas(frame).items():
        here = [pk for pk in counted if holders[pk] in municipalities]
        inside.update(here)
        cells.append(Cell(code, name, len(here), sum(counted[pk] for pk in here)))
        notes += [note] if note else []
    outside = [pk for pk in counted if pk not in inside]
    if outside:
        cells.append(Cell("", "", len(outside), sum(counted[pk] for pk in outside)))
    total = sum(counted.values())
    is_right = sum(cell.jobs or 0 for cell in cells) == total
    return Jobs(
        on=on, cells=_hide(cells), total=total if not 0 < len(counted) < FEWEST else None, reported=len(counted),
        holders=len(holders), notes=tuple(dict.fromkeys(notes)), is_right=is_right,
    )  # fmt: skip


def _hide(cells: list[Cell]) -> tuple[Cell, ...]:
    hidden = hidden_cells([cell.organisations for cell in cells], FEWEST)
    return tuple(
        Cell(cell.code, cell.name, cell.organisations, None if position in hidden else cell.jobs)
        for position, cell in enumerate(cells)
    )


def _newest_jobs(region: Region, on: date) -> dict[int, int]:
    """{organisation: the newest number of jobs in the year up to the day}."""
    told = YearlyFigures.objects.filter(
        organisation__region=region, jobs_in_status__isnull=False, as_of_on__lte=on, as_of_on__gt=on - _GOOD_FOR
    )
    rows = told.order_by("as_of_on").values_list("organisation_id", "jobs_in_status")
    return {organisation: jobs for organisation, jobs in rows if jobs is not None}


def _areas(frame: Kept) -> dict[str, tuple[str, str, set[int]]]:
    """{code: (name, note, municipalities)} of the region's first kind of division: support centres before others."""
    kind = division_of(frame.region)
    own = sorted((one for one in frame.region.subregions.all() if one.kind == kind), key=lambda one: (one.order, one.code))
    areas: dict[str, tuple[str, str, set[int]]] = {one.code: (one.name, in_readers_language(one.notes), set()) for one in own}
    for municipality, code, _kind in frame.frame.area_rows:
        if code in areas:
            areas[code][2].add(municipality)
    return areas


def counted_days(region: Region, until: date, frame: Kept | None = None) -> list[date]:
    """The days on which organisations counted their jobs in status, newest first: good days for a table."""
    days = (frame or Kept(frame_of(region))).rows(
        "SELECT DISTINCT as_of_on FROM figures WHERE jobs_in_status IS NOT NULL AND as_of_on <= $until ORDER BY as_of_on DESC LIMIT 8", until=until
    )
    return [day for (day,) in days]
