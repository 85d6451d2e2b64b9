"""Who is behind a change: the organisations that began and those that closed between two days."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from osnowa.indicators.queries.sector_table import SectorTable
from osnowa.register.models import Organisation
from osnowa.register.queries.directory import existing_on

#: So many organisations are named at most.
MOST_NAMED = 300


@dataclass(frozen=True)
class Moved:
    """The new and the closed organisations of one type, as far as the reader may see them."""

    code: str
    label: str
    new: tuple[Organisation, ...]
    closed: tuple[Organisation, ...]
    unseen: int


def moved(seen: QuerySet[Organisation], table: SectorTable) -> tuple[Moved, ...]:
    """The types of the table that changed, each with its new and closed organisations; one query.

    Empty where they are more than anybody reads: then the page of changes leads to them.
    """
    if sum(row.change.new + row.change.closed for row in table.rows) > MOST_NAMED:
        return ()
    began = Q(registered_on__gt=table.against) | Q(registered_on__isnull=True, founded_on__gt=table.against)
    new, closed = existing_on(table.on) & began, existing_on(table.against) & Q(ended_on__lte=table.on)
    rows = list(
        seen.filter(new | closed, legal_form__in=[row.code for row in table.rows]).order_by("name_fold", "pk")
    )
    found = []
    for row in table.rows:
        own = [one for one in rows if one.legal_form == row.code]
        came = tuple(one for one in own if not _has_ended(one, table.on))
        went = tuple(one for one in own if _has_ended(one, table.on))
        unseen = row.change.new + row.change.closed - len(own)
        if own or unseen:
            found.append(Moved(row.code, row.label, came, went, unseen))
    return tuple(found)


def _has_ended(one: Organisation, day: date) -> bool:
    return one.ended_on is not None and one.ended_on <= day
