"""Verbs of the budget: the lines of a year, a year taken over to the next."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.clusters.actions.members import locked
from osnowa.clusters.models import BudgetLine, Cluster
from osnowa.clusters.queries.money import as_written, mark_of
from osnowa.journal.actions import Deed, action, differences
from osnowa.kit.errors import Refused

Side, Origin = BudgetLine.Side, BudgetLine.Origin
FIELDS = ("side", "title", "amount", "origin", "giver", "is_secured", "fte")


def _facts(it: BudgetLine) -> dict[str, Any]:
    return {name: str(value) if (value := getattr(it, name)) is not None and not isinstance(value, bool) else value for name in FIELDS}


def _told(lines: Iterable[BudgetLine]) -> dict[str, Any]:
    return {str(it.pk): _facts(it) for it in lines}


def _take(it: BudgetLine, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(it, name, value)
    if it.amount < 0:
        raise Refused(_("“%(line)s”: an amount is not negative.") % {"line": it.title})
    if (it.side == Side.SOURCE) != bool(it.origin):
        raise Refused(_("“%(line)s”: say which kind of source it is.") % {"line": it.title})
    it.save()


@action("clusters.budget_written", says=gettext_lazy("wrote the budget of a year"))
def write_year(*, by: Any, cluster: Cluster, year: int, changed: Mapping[int, Mapping[str, Any]], added: Iterable[Mapping[str, Any]] = (), removed: Collection[int] = (), seen: Mapping[int, str] | None = None) -> Deed:
    """Changes, adds and removes lines of one year; lines that are not named stay.

    `seen` holds the mark (`mark_of`) each line bore when its author began: a line changed or removed meanwhile is not overwritten unread.
    """
    here = locked(cluster)
    there = {it.pk: it for it in here.budget.filter(year=year)}
    before = _told(there.values())
    touched = {*changed, *removed}
    if not set(changed) <= set(there) or any(mark_of(as_written(there[key])) != mark for key, mark in (seen or {}).items() if key in touched & set(there)):
        raise Refused(_("Somebody else changed this year meanwhile. Open the page anew."))
    for key, values in changed.items():
        _take(there[key], values)
    for values in added:
        _take(BudgetLine(cluster=here, year=year), values)
    here.budget.filter(year=year, pk__in=removed).delete()
    after = _told(here.budget.filter(year=year))
    changes = {f"{year}: {key}": pair for key, pair in differences(before, after).items()}
    return Deed(here, changes, place=here.region.slug)


@action("clusters.budget_copied", says=gettext_lazy("took a year of the budget over to the next"))
def copy_year(*, by: Any, cluster: Cluster, year: int) -> Deed:
    """Copies a year to the next one that has no lines yet: sources are then only asked for, and what was saved is not saved twice. Returns the year."""
    here = locked(cluster)
    lines = list(here.budget.filter(year=year).exclude(origin=Origin.RESERVE))
    if not lines:
        raise Refused(_("%(year)s has no lines to take over.") % {"year": year})
    if here.budget.filter(year=year + 1).exists():
        raise Refused(_("%(year)s has lines already. Change them there.") % {"year": year + 1})
    for it in lines:
        it.pk, it.year, it.is_secured = None, year + 1, False
    BudgetLine.objects.bulk_create(lines)
    return Deed(here, {f"budget_{year + 1}": [0, len(lines)]}, place=here.region.slug, value=year + 1)
