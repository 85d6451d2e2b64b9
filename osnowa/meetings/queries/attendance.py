"""Who was there, counted: an organisation once where organisations are counted, every presence as a participation (V7)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from osnowa.kit.words import fold
from osnowa.meetings.models import Meeting, Participation
from osnowa.meetings.queries.countries import COUNTRIES
from osnowa.meetings.queries.meetings import local
from osnowa.register import codes


@dataclass(frozen=True)
class Share:
    """A part of those who were there: its code, how many presences, how many organisations."""

    code: str
    name: str
    participations: int
    organisations: int


@dataclass(frozen=True)
class Attendance:
    """What evidence of attendance says. The parts of every division add up to the totals (V20)."""

    participations: int
    organisations: int
    #: Presences of people who belong to no organisation; they stand in no count of organisations.
    alone: int
    sectors: tuple[Share, ...]
    countries: tuple[Share, ...]
    ways: tuple[Share, ...]

    @property
    def by_sector(self) -> list[tuple[str, int]]:
        """(sector, participations)."""
        return [(it.code, it.participations) for it in self.sectors]

    @property
    def by_country(self) -> list[tuple[str, int]]:
        """(country, participations)."""
        return [(it.code, it.participations) for it in self.countries]


def attendance(meeting: Meeting) -> Attendance:
    """Who was at a meeting, counted."""
    return attendance_of([meeting])


def present(meetings: Iterable[Meeting]) -> list[Participation]:
    """Everybody who was there, in the order in which they came."""
    rows = Participation.objects.filter(meeting__in=list(meetings), checked_in_at__isnull=False)
    return list(rows.select_related("organisation", "meeting").order_by("checked_in_at", "pk"))


def attendance_of(meetings: Iterable[Meeting]) -> Attendance:
    """Who was at several meetings, counted together: whoever came to two is one organisation and two participations."""
    return count(present(meetings))


def body_of(row: Participation) -> tuple[str, str]:
    """What makes two presences those of one organisation: its record, else its name as people spell it; empty for nobody's."""
    if row.organisation_id:
        return ("register", str(row.organisation_id))
    name = fold(row.organisation_name)
    return ("name", name) if name else ("", "")


def count(rows: Iterable[Participation]) -> Attendance:
    """The counts. An organisation has one sector and one country, so that parts add up: those of its record or its first presence."""
    people = list(rows)
    facts: dict[tuple[str, str], tuple[str, str]] = {}
    for row in people:
        if any(body_of(row)):
            facts.setdefault(body_of(row), _facts(row))
    told = [facts.get(body_of(row)) or _facts(row) for row in people]
    return Attendance(
        len(people), len(facts), sum(not any(body_of(row)) for row in people),
        _shares([sector for sector, _c in told], [sector for sector, _c in facts.values()], codes.SECTORS),
        _shares([country for _s, country in told], [country for _s, country in facts.values()], COUNTRIES),
        _ways(people),
    )  # fmt: skip


def _facts(row: Participation) -> tuple[str, str]:
    if row.organisation is not None:
        return row.organisation.sector or row.sector, row.organisation.country or row.country
    return row.sector, row.country


def _shares(people: list[str], organisations: list[str], labels: Any) -> tuple[Share, ...]:
    here, bodies = Counter(people), Counter(organisations)
    order = [*(row.code for row in labels), *sorted(code for code in here if code and code not in labels), ""]
    return tuple(Share(code, labels.label(code) if code else _("not said"), here[code], bodies[code]) for code in order if here[code])


def _ways(people: list[Participation]) -> tuple[Share, ...]:
    here = Counter(row.checked_in_via for row in people)
    bodies = {via: len({body_of(row) for row in people if row.checked_in_via == via and any(body_of(row))}) for via in here}
    return tuple(Share(via, str(Participation.Via(via).label), here[via], bodies[via]) for via in Participation.Via.values if here[via])


def sheets_of(meetings: Iterable[Meeting]) -> dict[str, tuple[list[str], list[list[Any]]]]:
    """The evidence as sheets: the counts with their sums, and the list."""
    rows = present(meetings)
    return {_("Counts"): _counts(count(rows)), _("List"): list_of(rows)}


def _counts(it: Attendance) -> tuple[list[str], list[list[Any]]]:
    headings = [_("What"), _("Which"), _("Participations"), _("Organisations")]
    body: list[list[Any]] = [[_("Total"), "", it.participations, it.organisations]]
    for what, shares in ((_("Sector"), it.sectors), (_("Country"), it.countries)):
        body += [[what, share.name, share.participations, share.organisations] for share in shares]
        body.append([_("Sum of the parts"), what, sum(one.participations for one in shares), sum(one.organisations for one in shares)])
    return headings, body


def list_of(rows: Iterable[Participation]) -> tuple[list[str], list[list[Any]]]:
    """The list of presences, one a row."""
    headings = [_("Meeting"), _("Day"), _("Name and surname"), _("Organisation"), _("In the register"), _("Sector"), _("Country"), _("How"), _("Time")]
    body = []
    for row in rows:
        came, (sector, country) = _local(row), _facts(row)
        labels = [codes.SECTORS.label(sector) if sector else "", COUNTRIES.label(country) if country else ""]
        listed = _("yes") if row.organisation_id else _("no")
        body.append([str(row.meeting), came.date(), row.person_name, row.of_organisation, listed if row.of_organisation else "", *labels, row.get_checked_in_via_display(), came.strftime("%H:%M")])
    return headings, body


def _local(row: Participation) -> Any:
    assert row.checked_in_at is not None, "only who was there"
    return local(row.meeting, row.checked_in_at)
