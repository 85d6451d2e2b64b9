"""What the front page of a region says of its register: how many, what changed in a year, where, in what, how true."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from django.utils import timezone

from osnowa.kit.warehouse import Rows
from osnowa.register.models import Organisation
from osnowa.register.queries.frame import Frame
from osnowa.register.queries.keeping import Kept

#: What is told "over a year" is compared with the day so long ago.
A_YEAR = timedelta(days=365)
#: A number of jobs is good for so long after the day it was counted on.
_GOOD_FOR = timedelta(days=366)
#: A sum of figures that are not public each rests on at least so many organisations, or is not told.
FEWEST = 5
#: So many activities and names are told.
_MOST = 3


@dataclass(frozen=True)
class Jobs:
    """The newest numbers of employees that open organisations gave in the year up to a day, summed."""

    persons: int
    organisations: int
    last_on: date | None


@dataclass(frozen=True)
class Portrait:
    """The figures of a region's page; each counts open organisations a reader may see, but for jobs, which count all."""

    on: date
    total: int = 0
    units: int = 0
    confirmed: int = 0
    before: int = 0
    new: int = 0
    closed: int = 0
    holders: int = 0
    classified: int = 0
    jobs: Jobs | None = None
    jobs_before: Jobs | None = None
    #: {municipality: organisations}; those of which none is known are left out.
    places: dict[int | None, int] = field(default_factory=dict)
    #: {country: organisations}; of a region of several countries.
    countries: dict[str, int] = field(default_factory=dict)
    #: [(version of NACE, its division, organisations)], most first.
    activities: Rows = field(default_factory=list)
    #: [(legal form, new, closed)] over the year.
    moved: list[tuple[str, int, int]] = field(default_factory=list)
    #: The keys of the newest.
    began_last: Rows = field(default_factory=list)

    @cached_property
    def newest(self) -> list[Organisation]:
        """The newest organisations; one query, for who names them."""
        return _named(self.began_last)

    @property
    def confirmed_percent(self) -> int:
        return round(100 * self.confirmed / self.total) if self.total else 0

    @property
    def change(self) -> int:
        """How many more there are than a year ago."""
        return self.total - self.before


_OPEN = "status <> 'closed'"
_THEN = "((began_on IS NULL OR began_on <= $before) AND (ended_on IS NULL OR ended_on > $before))"
_NEW, _GONE = f"({_OPEN} AND began_on > $before)", f"({_THEN} AND ended_on <= $on)"
_NUMBERS = f"""
    SELECT
      sum(CASE WHEN {_OPEN} THEN 1 ELSE 0 END), sum(CASE WHEN {_OPEN} AND kind = 'unit' THEN 1 ELSE 0 END),
      sum(CASE WHEN {_OPEN} AND confirmed_on >= $before THEN 1 ELSE 0 END), sum(CASE WHEN {_THEN} THEN 1 ELSE 0 END),
      sum(CASE WHEN {_NEW} THEN 1 ELSE 0 END), sum(CASE WHEN {_GONE} THEN 1 ELSE 0 END),
      sum(CASE WHEN {_OPEN} AND list_contains(recognitions, $status) THEN 1 ELSE 0 END), sum(CASE WHEN {_OPEN} AND nace <> '' THEN 1 ELSE 0 END)
    FROM register WHERE {{seen}}"""
_PLACES = f"SELECT municipality, count(*) FROM register WHERE {_OPEN} AND municipality IS NOT NULL AND {{seen}} GROUP BY municipality"
_COUNTRIES = f"SELECT country, count(*) FROM register WHERE {_OPEN} AND {{seen}} GROUP BY country"
_ACTIVITIES = f"""
    SELECT nace_version, substring(nace, 1, 2) AS division, count(*) FROM register WHERE {_OPEN} AND nace <> '' AND {{seen}}
    GROUP BY nace_version, substring(nace, 1, 2)"""
_MOVED = f"""
    SELECT legal_form, sum(CASE WHEN {_NEW} THEN 1 ELSE 0 END) AS came, sum(CASE WHEN {_GONE} THEN 1 ELSE 0 END) AS went
    FROM register WHERE ({_NEW} OR {_GONE}) AND {{seen}} GROUP BY legal_form"""
_NEWEST_ONES = f"SELECT id FROM register WHERE {_NEW} AND {{seen}} ORDER BY began_on DESC, id LIMIT {_MOST}"
#: A unit's people are its legal person's: it counts only where the legal person told nothing.
_JOBS = """
    WITH told AS (
      SELECT organisation, employees, as_of_on, row_number() OVER (PARTITION BY organisation ORDER BY as_of_on DESC) AS place
      FROM figures WHERE employees IS NOT NULL AND as_of_on <= $on AND as_of_on > $since),
    newest AS (
      SELECT told.*, register.parent FROM told JOIN register ON register.id = told.organisation WHERE place = 1
      AND (began_on IS NULL OR began_on <= $on) AND (ended_on IS NULL OR ended_on > $on))
    SELECT sum(employees), count(*), max(as_of_on) FROM newest
    WHERE parent IS NULL OR parent NOT IN (SELECT organisation FROM newest)"""


def portrait(frame: Frame, status: str = "") -> Portrait:
    """The portrait of a region made of what the frame lets a reader see; `status` is the recognition of a social enterprise.

    Two queries of the database (whether anything changed, the areas of the frame); all else is asked of the frame.
    """
    whole, on = Kept(replace(frame, seen="")), timezone.localdate(frame.as_of)
    words = {"on": on, "before": on - A_YEAR, "status": status}

    def asked(sql: str) -> Rows:
        return whole.rows(sql.format(seen=frame.seen or "TRUE"), **words)

    def counted(sql: str, keys: int) -> Rows:
        return whole.counts(sql.format(seen=frame.seen or "TRUE"), keys, **words)

    def most_first(sql: str, keys: int) -> Rows:
        return sorted(counted(sql, keys), key=lambda row: (*(-n for n in row[keys:]), *map(str, reversed(row[:keys]))))

    total, units, confirmed, before, new, closed, holders, classified = (int(one or 0) for one in counted(_NUMBERS, 0)[0])
    if not total and not before:
        return Portrait(on)
    is_union = frame.region.territory.kind == "union"
    return Portrait(
        on, total, units, confirmed, before, new, closed, holders, classified,
        jobs=_jobs(whole, on), jobs_before=_jobs(whole, on - A_YEAR),
        places=dict(counted(_PLACES, 1)), countries=dict(most_first(_COUNTRIES, 1)) if is_union else {}, activities=most_first(_ACTIVITIES, 2)[:_MOST],
        moved=[(form, int(came), int(went)) for form, came, went in most_first(_MOVED, 1)], began_last=asked(_NEWEST_ONES),
    )  # fmt: skip


def _jobs(frame: Kept, on: date) -> Jobs | None:
    """Jobs on a day; nothing where too few told of them."""
    ((persons, organisations, last_on),) = frame.rows(_JOBS, on=on, since=on - _GOOD_FOR)
    return Jobs(int(persons), organisations, last_on) if organisations >= FEWEST else None


def _named(keys: Rows) -> list[Organisation]:
    """Organisations in the order of their keys; one query."""
    found = Organisation.objects.in_bulk([pk for (pk,) in keys])
    return [found[pk] for (pk,) in keys if pk in found]
