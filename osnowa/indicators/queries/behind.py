"""The organisations behind a change, as far as a reader may see them, each with its cause in words and before and after."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.compute.explaining import Cause, is_between
from osnowa.indicators.queries.explained import Crossed
from osnowa.places.access import Anyone
from osnowa.places.models import Region, Territory
from osnowa.register import access, codes
from osnowa.register.models import Organisation

#: No page names more organisations than this; files hold them all.
MOST = 300
#: The names on a page are the first of so many organisations; behind the changes of millions there are too many to sort.
LOOKED_AT = 1_500
CAUSES = {
    Cause.NEW: gettext_lazy("New"), Cause.CLOSED: gettext_lazy("Closed"), Cause.TYPE: gettext_lazy("Changed type"),
    Cause.PLACE: gettext_lazy("Moved"), Cause.CORRECTED: gettext_lazy("Corrected"),
}  # fmt: skip


@dataclass(frozen=True)
class Behind:
    """One organisation behind a change."""

    organisation: Organisation
    crossed: Crossed
    why: str
    has_history: bool
    #: The record it was merged into, where it no longer stands for itself.
    stands_in: Organisation | None = None

    @property
    def cause(self) -> str:
        return str(CAUSES[self.crossed.cause])

    @property
    def sign(self) -> str:
        return "+1" if self.crossed.came else "\N{MINUS SIGN}1"


@dataclass(frozen=True)
class Opened:
    """The organisations behind a cell: those the reader may see, how many more there are, and how many were not listed."""

    seen: tuple[Behind, ...]
    unseen: int
    left_out: int


def behind(person: Anyone, region: Region, crossed: Sequence[Crossed], start: date, end: date, most: int = MOST, more: int = 0) -> Opened:
    """Names through the register's own rules of seeing; three queries, some more for many. `more` crossed and were not looked at."""
    levels = access.levels(person, region)
    own = set(access.own_organisations(person, region))
    seen = {one.pk: one for one in _seen(access.visible(person, region), crossed)}
    merged = {one.pk: one for one in _merged(levels, region, crossed)}
    places = _places(crossed)
    found, unseen = [], 0
    for one in crossed:
        organisation = seen.get(one.pk) or merged.get(one.pk)
        if organisation is None:
            unseen += 1
            continue
        organisation.region = region
        into = organisation.merged_into if one.pk in merged else None
        open_before = one.before is not None and (one.before["visibility"] in levels or one.pk in own)
        why = why_of(one, start, end, places, is_open=open_before, into=into)
        found.append(Behind(organisation, one, why, access.may_see_history(person, organisation), into))
    found.sort(key=lambda it: (list(Cause).index(it.crossed.cause), not it.crossed.came, it.organisation.name_fold, it.organisation.pk))
    return Opened(tuple(found[:most]), unseen, max(len(found) - most, 0) + more)


def _seen(visible: QuerySet[Organisation], crossed: Sequence[Crossed]) -> Iterator[Organisation]:
    for keys in _batches([one.pk for one in crossed]):
        yield from visible.filter(pk__in=keys)


def _merged(levels: tuple[str, ...], region: Region, crossed: Sequence[Crossed]) -> Iterator[Organisation]:
    """Records that were merged into one the reader may see."""
    gone = [one.pk for one in crossed if one.after is None]
    there = Organisation.every_record.filter(region=region, merged_into__isnull=False, visibility__in=levels, merged_into__visibility__in=levels)
    for keys in _batches(gone):
        yield from there.filter(pk__in=keys).select_related("merged_into")


def _batches(keys: list[int], size: int = 900) -> Iterator[list[int]]:
    yield from (keys[start : start + size] for start in range(0, len(keys), size))


def _places(crossed: Sequence[Crossed]) -> dict[str, str]:
    wanted = {str(facts["municipality_code"]) for one in crossed for facts in (one.before, one.after) if facts and one.cause == Cause.PLACE}
    return dict(Territory.objects.filter(code__in=wanted - {""}, scheme__in=("TERYT", "LAU")).values_list("code", "name")) if wanted else {}


def why_of(one: Crossed, start: date, end: date, places: Mapping[str, str], *, is_open: bool = True, into: Organisation | None = None) -> str:
    """The cause in words, with what was before and what is now; without it where the reader may not know what was before."""
    before, after = (one.before or {}) if is_open else {}, one.after or {}
    if one.cause == Cause.NEW:
        return _("began on %(day)s") % {"day": _day(after["began_on"])}
    if one.cause == Cause.CLOSED:
        return _("ended on %(day)s") % {"day": _day(after["ended_on"])}
    if not is_open and one.before is not None:
        return _("what it was before is not public")
    if one.cause in (Cause.TYPE, Cause.PLACE):
        differences = list(_differences(before, after, places, one.cause))
        return "; ".join(differences) or _("what the register says of it changed")
    return _correction(one, before, after, start, end, into)


def _differences(before: Mapping[str, Any], after: Mapping[str, Any], places: Mapping[str, str], cause: Cause) -> Iterator[str]:
    arrow = "{name}: {old} → {new}"
    tables: dict[str, tuple[str, Callable[[str], str]]] = {
        "legal_form": (_("legal form"), codes.LEGAL_FORMS.label), "sector": (_("sector"), codes.SECTORS.label), "nace": (_("main activity"), str),
    }  # fmt: skip
    lists = {"services": (_("services"), codes.SERVICE_AREAS.label), "recognitions": (_("status or certificate"), codes.RECOGNITIONS.label)}
    if cause == Cause.PLACE:
        old, new = (places.get(facts["municipality_code"], facts["municipality_code"]) or "–" for facts in (before, after))
        yield arrow.format(name=_("municipality"), old=old, new=new)
        return
    for key, (name, label) in tables.items():
        if before[key] != after[key]:
            yield arrow.format(name=name, old=label(before[key]) or "–", new=label(after[key]) or "–")
    for key, (name, label) in lists.items():
        old, new = (", ".join(label(code) for code in facts[key] or ()) or "–" for facts in (before, after))
        if old != new:
            yield arrow.format(name=name, old=old, new=new)


def _correction(one: Crossed, before: Mapping[str, Any], after: Mapping[str, Any], start: date, end: date, into: Organisation | None) -> str:
    if one.came and one.before is None:
        began = after["began_on"]
        if began is None:
            return _("entered late, without a date of beginning")
        return _("entered late: it had begun on %(day)s already") % {"day": _day(began)}
    if not one.came and one.after is None:
        return _("merged into %(name)s: both records were one organisation") % {"name": into} if into else _("the record no longer stands")
    for key, words in (("began_on", _("date of beginning corrected")), ("ended_on", _("date of end corrected"))):
        if before.get(key) != after.get(key):
            if key == "ended_on" and after.get(key) and not is_between(after[key], start, end):
                return _("its end became known late: it had ended on %(day)s") % {"day": _day(after[key])}
            return f"{words}: {_day(before.get(key))} → {_day(after.get(key))}"
    return _("what the register said of it was wrong")


def _day(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else "–"
