"""Writing a file of values, and taking one back."""

from collections.abc import Callable
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.indicators.models import Indicator, Release, Value
from osnowa.indicators.queries.arrivals import Arrival, Comparison, Report, compare
from osnowa.indicators.readers import Definition
from osnowa.journal.actions import Deed, action
from osnowa.kit.errors import Refused
from osnowa.people.models import Person

Step = Callable[[int, int], None]
_BATCH = 5_000
_MANY = 900
_FIELDS = ("name", "definition", "unit", "polarity", "theme", "kind")


@action("indicators.values_imported", says=gettext_lazy("imported values of indicators"))
def import_values(*, by: Person | None, arrival: Arrival, step: Step = lambda done, total: None) -> Deed:
    """Writes what is new and what was revised, as one release; unchanged values are left. Returns the report.

    Where the file says nothing new there is no release and no entry.
    """
    release = Release.objects.create(
        source=arrival.source[:300], licence=arrival.licence[:120], address=arrival.address[:500], published_on=arrival.published_on,
        taken_by=by, file_name=arrival.file_name, sha256=arrival.sha256,
    )  # fmt: skip
    report, defined = Report(arrival), 0
    for number, it in enumerate(compare(arrival), start=1):
        report.add(it)
        indicator, has_changed = _indicator(arrival.definitions[it.code], it.standing)
        defined += has_changed
        _write(it, indicator, release, arrival)
        step(number, len(arrival.definitions))
    facts = report.facts() | {"redefined": defined, "release": release.pk}
    if not (facts["new"] or facts["revised"] or defined):
        release.delete()
        return Deed(release, {}, value=facts | {"release": None})
    release.report = facts
    release.save(update_fields=["report"])
    kept = ("indicators", "new", "revised", "unchanged", "missing")
    return Deed(release, {name: [None, facts[name]] for name in kept}, value=facts)


def _indicator(said: Definition, standing: Indicator | None) -> tuple[Indicator, bool]:
    """The indicator with what the files newly say of it, and whether that changed one that stood."""
    if standing is None:
        words = {name: value for name in _FIELDS if (value := getattr(said, name))}
        words.setdefault("name", said.code)
        return Indicator.objects.create(code=said.code, names=said.names, breaks=said.breaks, **words), False
    before = {name: getattr(standing, name) for name in (*_FIELDS, "names", "breaks")}
    for name in _FIELDS:
        if value := getattr(said, name):
            setattr(standing, name, value)
    standing.names = standing.names | said.names
    standing.breaks = sorted({*standing.breaks, *said.breaks})
    if all(getattr(standing, name) == value for name, value in before.items()):
        return standing, False
    standing.save()
    return standing, True


def _write(it: Comparison, indicator: Indicator, release: Release, arrival: Arrival) -> None:
    replaced = [pk for pk, _before, _row in it.revised]
    for start in range(0, len(replaced), _MANY):
        Value.objects.filter(pk__in=replaced[start : start + _MANY]).update(is_newest=False)
    rows = [*it.new, *(row for _pk, _before, row in it.revised)]
    for start in range(0, len(rows), _BATCH):
        Value.objects.bulk_create(_value(row, indicator, release, arrival) for row in rows[start : start + _BATCH])


def _value(row: Any, indicator: Indicator, release: Release, arrival: Arrival) -> Value:
    geo, period, value, flag = row
    place = arrival.places[geo]
    return Value(
        indicator=indicator, release=release, geo=place.code, geo_name=place.name, territory_id=place.territory, period=period, value=value, flag=flag
    )


@action("indicators.release_taken_back", says=gettext_lazy("took back a release of indicators"))
def take_back_release(*, by: Person | None, release: Release) -> Deed:
    """The values before this release are the newest again; its own stay, marked as not newest.

    Only the last release of an indicator can be taken back: what came later was compared with it.
    """
    if release.taken_back_at:
        raise Refused(_("This release was taken back already."))
    touched = set(release.report.get("codes", ()))
    for later in Release.objects.filter(pk__gt=release.pk, taken_back_at=None).order_by("-pk"):
        if touched & set(later.report.get("codes", ())):
            raise Refused(_("A later release stands on this one: %(source)s. Take that one back first.") % {"source": later.source})
    withdrawn = Value.objects.filter(release=release, is_newest=True)
    keys = set(withdrawn.values_list("indicator", "geo", "period"))
    withdrawn.update(is_newest=False)
    release.taken_back_at, release.taken_back_by = timezone.now(), by
    release.save(update_fields=["taken_back_at", "taken_back_by"])
    restored = _restore(keys)
    return Deed(release, {"withdrawn": [None, len(keys)], "restored": [None, restored]}, value={"withdrawn": len(keys), "restored": restored})


def _restore(keys: set[tuple[int, str, str]]) -> int:
    """Makes the last value of each key, of a release that stands, the newest again; how many there were."""
    again: list[int] = []
    for indicator in {key[0] for key in keys}:
        earlier = Value.objects.filter(indicator=indicator, is_newest=False, release__taken_back_at=None)
        for geo, period, last in earlier.values_list("geo", "period").annotate(last=Max("pk")):
            if (indicator, geo, period) in keys:
                again.append(last)
    for start in range(0, len(again), _MANY):
        Value.objects.filter(pk__in=again[start : start + _MANY]).update(is_newest=True)
    return len(again)
