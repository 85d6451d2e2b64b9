"""Since when, until when and as what does an organisation belong to a cluster, and from whom has nothing been heard for long?

Class (V10): a member that joined on or before the cut-off day is founding, a later one ordinary; without a cut-off nobody is
founding. One without a vote is supporting, whenever it joined. Who is on the way is a candidate; who left or was refused has none.

State on a day: of all dated steps of a path the last one on or before the day tells. A decision to accept may name a later first
day; until then the organisation is accepted and no member. The day of leaving is the first day without membership.

Renewal rate of a span of days = renewed / (renewed + left + overdue): of those whose renewal came up in the span, who renewed.
Left counts only who left by own wish or was not renewed; who was excluded or closed could not renew. Overdue is who let the
day pass and has neither renewed nor left. Nobody stands in two counts.

Silent: nothing was heard for so many months (12): the latest of attendance, use of a service, renewal, change of a mandate,
beginning of a term lies more than that behind. Where nothing was ever heard of one that joined less than that ago, it is unknown.
Source: domain 11.10 (classes), issue 6 (silence). Units: days of the calendar, months counted from day to day.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

Class = Literal["founding", "ordinary", "supporting", "candidate", ""]
State = Literal["candidate", "applied", "accepted", "member", "refused", "left"]
Silence = Literal["heard", "silent", "unknown"]
#: Endings after which the membership could have been renewed, and was not.
_BY_CHOICE = frozenset({"own", "not_renewed"})


@dataclass(frozen=True)
class Path:
    """The dated steps of one organisation through a cluster; `is_refused` tells how it was decided where it did not join."""

    applied_on: date | None = None
    decided_on: date | None = None
    joined_on: date | None = None
    left_on: date | None = None
    ending: str = ""
    is_refused: bool = False
    is_supporting: bool = False
    renewed_on: date | None = None
    renew_by: date | None = None


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier; the last day of a shorter month. Negative months lie ahead."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_member_on(path: Path, day: date) -> bool:
    """Whether an organisation was a member on a day; the day of leaving is no longer one."""
    return path.joined_on is not None and path.joined_on <= day and (path.left_on is None or day < path.left_on)


def state_on(path: Path, day: date) -> State:
    """How far an organisation had come on a day; a candidate where no dated step lies behind it."""
    if path.left_on is not None and path.left_on <= day:
        return "left"
    if is_member_on(path, day):
        return "member"
    if path.decided_on is not None and path.decided_on <= day:
        return "refused" if path.is_refused else "accepted" if path.joined_on is not None else "applied"
    return "applied" if path.applied_on is not None and path.applied_on <= day else "candidate"


def class_on(path: Path, day: date, founding_until: date | None) -> Class:
    """As what an organisation belonged on a day (V10); empty where it left or was refused."""
    if not is_member_on(path, day):
        return "" if state_on(path, day) in ("left", "refused") else "candidate"
    if path.is_supporting:
        return "supporting"
    assert path.joined_on is not None, "a member joined"
    return "founding" if founding_until is not None and path.joined_on <= founding_until else "ordinary"


def entitled(paths: Iterable[Path], day: date) -> list[Path]:
    """Who may vote on a day: members that are not supporting."""
    return [path for path in paths if is_member_on(path, day) and not path.is_supporting]


@dataclass(frozen=True)
class Renewals:
    """Of those whose renewal came up in a span of days: how many renewed, left instead, or let the day pass."""

    renewed: int
    left: int
    overdue: int

    @property
    def due(self) -> int:
        return self.renewed + self.left + self.overdue

    @property
    def rate(self) -> float | None:
        """The share that renewed; None where no renewal came up."""
        return self.renewed / self.due if self.due else None


def renewals(paths: Iterable[Path], since: date, until: date) -> Renewals:
    """The renewals of the days after `since` up to and with `until`."""
    told = [_renewal(path, since, until) for path in paths]
    return Renewals(told.count("renewed"), told.count("left"), told.count("overdue"))


def _renewal(path: Path, since: date, until: date) -> str:
    if path.left_on is not None and path.left_on <= until:
        return "left" if path.left_on > since and path.ending in _BY_CHOICE else ""
    if not is_member_on(path, until):
        return ""
    if path.renew_by is not None and path.renew_by < until:
        return "overdue"
    return "renewed" if path.renewed_on is not None and since < path.renewed_on <= until else ""


def last_heard(signs: Iterable[date | None], day: date) -> date | None:
    """The latest sign of life on or before a day."""
    return max((sign for sign in signs if sign is not None and sign <= day), default=None)


def silence(joined_on: date, signs: Iterable[date | None], day: date, months: int = 12) -> Silence:
    """Whether nothing was heard of a member for so many months; unknown where it joined less than that ago and never spoke."""
    since, heard = months_before(day, months), last_heard(signs, day)
    if heard is not None and heard >= since:
        return "heard"
    return "unknown" if joined_on > since and (heard is None or heard < joined_on) else "silent"


def next_renewal(day: date, month: int | None, months: int = 12) -> date:
    """The day by which one who joined or renewed on a day renews next: so many months later.

    Where the rules name a month, everybody renews by its last day, nobody sooner than half the usual time after the day.
    """
    later = months_before(day, -months)
    if month is None:
        return later
    soonest = months_before(day, -max(1, months // 2))
    year = soonest.year if (soonest.month, soonest.day) <= (month, monthrange(soonest.year, month)[1]) else soonest.year + 1
    return date(year, month, monthrange(year, month)[1])


def days_left(applied_on: date, days: int, day: date) -> int:
    """How many days are left to decide on an application; negative when the time has passed."""
    return (applied_on - day).days + days


def quorum(entitled_count: int, percent: float) -> int:
    """The fewest who must be present: the share of those entitled, rounded up (63 at 50 % are 32, 62 are 31; C11)."""
    return -(-(entitled_count * round(percent * 100)) // 10_000)
