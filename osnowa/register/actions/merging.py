"""Merging two records of one organisation, and taking a merge back: nothing is lost either way.

The record that goes stays in the database, led by `merged_into` to the one that is kept. Facts are copied, by choice;
rows that point at it move, whichever room they belong to; what would break a uniqueness there stays where it is.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from osnowa.journal.actions import Deed, action, differences
from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.register.actions.organisations import Person, Values, set_fields, set_name
from osnowa.register.actions.rules import checked
from osnowa.register.models import Activity, Identifier, Merge, Organisation, PossibleDuplicate, ServiceArea
from osnowa.register.queries import facts, facts_after
from osnowa.register.queries.merges import (
    CHOICES,
    GONE,
    KEPT,
    MERGED,
    TAKEN_UP,
    UNITED,
    entry_of,
    later_merges,
    merged_keys,
    survivors,
    usual_side,
)
from osnowa.register.search import index_many

#: Rows that are facts of a record and are written with them, and those that tell of the record itself.
_NOT_MOVED = (Activity, Identifier, ServiceArea, Merge, PossibleDuplicate)
_LISTS: dict[str, tuple[type[models.Model], str]] = {"activities": (Activity, "nace"), "service_areas": (ServiceArea, "code")}
_PROVENANCE, _NUMBERS, _PAIRS = "provenance", Identifier._meta.label_lower, PossibleDuplicate._meta.label_lower
State = PossibleDuplicate.State
Moved = dict[str, dict[str, Any]]


@action(MERGED, says=gettext_lazy("merged two records into one"))
def merge_organisations(*, by: Person, kept: Organisation, gone: Organisation, choices: Mapping[str, Any] | None = None,
                        reason: str = "") -> Deed:  # fmt: skip
    """Merges `gone` into `kept`; the value is the Merge.

    `choices` says whose word survives: {name of queries.merges.CHOICES or "number:SCHEME": "kept" or "gone"}, or a value.
    What is not named stays as `kept` has it, or as `gone` where `kept` says nothing. Lists are united.
    """
    kept, gone = _both(kept, gone)
    check_merge(kept, gone)
    chosen = dict(choices or {})
    before, before_gone, merged = facts(kept), facts(gone), merged_keys(kept)
    values = survivors(before, before_gone, chosen)
    moved: Moved = {_NUMBERS: {"organisation": _merge_numbers(kept, gone, chosen)}}
    Organisation.every_record.filter(pk=gone.pk).update(merged_into=kept)
    moved |= _move_rows(gone, kept)
    for name in _LISTS:
        _add_rows(kept, name, values[name])
    merge = Merge.objects.create(kept=kept, gone=gone, by=by)
    set_fields(kept, values)
    checked(kept, dict(kept.identifiers.values_list("scheme", "value")))
    _check_units(kept)
    set_name(kept)
    after = facts(kept)
    moved[_PROVENANCE] = _take_over_sources(by, kept, gone, differences(before, after), chosen, before, before_gone)
    kept.save()
    index_many([kept.pk])
    moved[_PAIRS] = {"made": _decide_pairs(by, kept, gone)}
    merge.moved = moved
    merge.save(update_fields=["moved"])
    _lead_on(by, moved, gone, kept)
    _taken_up(by=by, gone=gone, kept=kept, before=before_gone)
    changes = differences(before, after) | {"merged_records": [merged, merged_keys(kept)]}
    return Deed(kept, changes, place=kept.region.slug, reason=reason, value=merge)


def _both(one: Organisation, other: Organisation) -> tuple[Organisation, Organisation]:
    """Both records as they are now, held until the transaction ends."""
    locked = Organisation.every_record.select_for_update().filter(pk__in=(one.pk, other.pk)).order_by("pk")
    found = {it.pk: it for it in locked}
    return found[one.pk], found[other.pk]


def check_merge(kept: Organisation, gone: Organisation) -> None:
    """Refused where the two cannot be one organisation, or are not to be merged."""
    if kept.pk == gone.pk:
        raise Refused(_("A record cannot be merged with itself."))
    for it in (kept, gone):
        if it.merged_into_id:
            raise Refused(_("“%(name)s” was merged into another record already.") % {"name": it})
    if kept.region_id != gone.region_id:
        raise Refused(_("They belong to two regions. Each region keeps a record of its own."))
    if kept.pk == gone.parent_id or gone.pk == kept.parent_id:
        raise Refused(_("One of them is a unit of the other: they are two things, even under one name."))
    if kept.kind != gone.kind:
        raise Refused(_("One of them is a legal person, the other a unit of one. Only records of the same kind can be merged."))
    if kept.pk == gone.successor_id or gone.pk == kept.successor_id:
        raise Refused(_("One of them took over the other: these are two organisations, one after the other. Mend that first if it is wrong."))
    if _pairs_of(kept, gone).filter(state=State.DIFFERENT).exists():
        raise Refused(_("Somebody said that they are never the same. Take that back first."))


def _check_units(kept: Organisation) -> None:
    still_open = kept.units.exclude(activity_status=Organisation.Status.CLOSED)
    if kept.is_closed and still_open.exists():
        raise Refused(_("It would be closed and have open units. Choose the status of the open record."))


# --- numbers ----------------------------------------------------------------------------------------------------


def _merge_numbers(kept: Organisation, gone: Organisation, chosen: Mapping[str, Any]) -> list[int]:
    """Gives `kept` the numbers it lacks and those chosen of the other; a number it had instead goes to the other."""
    own = {row.scheme: row for row in kept.identifiers.all()}
    come = [
        row for row in gone.identifiers.all() if row.scheme not in own or chosen.get(f"number:{row.scheme}") == GONE
    ]
    _hand_over([(row, kept) for row in come] + [(own[row.scheme], gone) for row in come if row.scheme in own])
    return [row.pk for row in come]


def _hand_over(rows: Sequence[tuple[Identifier, Organisation]]) -> None:
    """Gives numbers to other records, all at once, so that two can change places; the rows keep their keys."""
    Identifier.objects.filter(pk__in=[row.pk for row, _to in rows]).delete()
    Identifier.objects.bulk_create(
        Identifier(pk=row.pk, organisation=to, scheme=row.scheme, value=row.value) for row, to in rows
    )


def _return_numbers(kept: Organisation, gone: Organisation, was: Values, became: Values) -> None:
    """Gives back what `gone` lost of its numbers (`was` before the merge, `became` by it) and takes what it got instead.

    Numbers are known by what they say: somebody may have written them anew. What is not with `kept` any more stays away.
    """
    own = {(row.scheme, row.value): row for row in kept.identifiers.all()}
    lent = {row.scheme: row for row in gone.identifiers.all() if row.value != was.get(row.scheme)}
    back = [own[number] for number in was.items() if number not in became.items() and number in own]
    _hand_over([(row, gone) for row in back] + [(lent[row.scheme], kept) for row in back if row.scheme in lent])


# --- rows -------------------------------------------------------------------------------------------------------


def _relations() -> Iterator[tuple[type[models.Model], str]]:
    """Every model of every room with a field that points at an organisation, hidden ones and those of lists too."""
    leads_on = Organisation._meta.get_field("merged_into")
    for relation in Organisation._meta.get_fields(include_hidden=True):
        if isinstance(relation, models.ManyToOneRel) and relation.field is not leads_on and relation.related_model not in _NOT_MOVED:
            yield relation.related_model, relation.field.name


def _move_rows(gone: Organisation, kept: Organisation) -> Moved:
    """Repoints what can be repointed; returns {model: {field: [keys]}} of what moved."""
    moved: Moved = {}
    for model, field in _relations():
        rows = list(model._base_manager.filter(**{field: gone}).order_by("pk"))
        if not rows:
            continue
        there = [_told(row, field) for row in model._base_manager.filter(**{field: kept})]
        keys = _repoint(model, field, [row.pk for row in rows if _told(row, field) not in there], kept)
        if keys:
            moved.setdefault(model._meta.label_lower, {})[field] = keys
    return moved


def _told(row: models.Model, field: str) -> list[Any]:
    """What a row says, its key and its owner apart: a row that says exactly the same is not wanted twice."""
    return [f.value_from_object(row) for f in row._meta.concrete_fields if not f.primary_key and f.name != field]


def _repoint(model: type[models.Model], field: str, keys: Sequence[Any], to: Organisation) -> list[Any]:
    """Points rows at an organisation, all at once, else those that break no uniqueness; returns their keys."""
    rows = model._base_manager.filter(pk__in=keys)
    try:
        with transaction.atomic():
            rows.update(**{field: to})
            return list(keys)
    except IntegrityError:
        return [key for key in keys if _repoint(model, field, [key], to)] if len(keys) > 1 else []


def _add_rows(kept: Organisation, name: str, wanted: Iterable[str]) -> None:
    """Adds the codes that are not there yet; the first of all is the main activity where there was none."""
    model, field = _LISTS[name]
    there = set(model._default_manager.filter(organisation=kept).values_list(field, flat=True))
    for code in wanted:
        if code not in there:
            more = {"is_main": not there} if model is Activity else {}
            model._default_manager.create(organisation=kept, **{field: code}, **more)
            there.add(code)


def _lead_on(by: Person, moved: Moved, before: Organisation, after: Organisation) -> None:
    """An entry in the history of each record that belonged to, or was taken over by, the one that moved."""
    for field, keys in moved.get(Organisation._meta.label_lower, {}).items():
        for it in Organisation.every_record.filter(pk__in=keys).select_related("region"):
            _led_on(by=by, organisation=it, changes={field: [before.pk, after.pk]})


@action("register.organisation_followed", says=gettext_lazy("led a record on to one that was merged"))
def _led_on(*, by: Person, organisation: Organisation, changes: dict[str, list[Any]]) -> Deed:
    return Deed(organisation, changes, place=organisation.region.slug)


@action(TAKEN_UP, says=gettext_lazy("merged a record into another"))
def _taken_up(*, by: Person, gone: Organisation, kept: Organisation, before: Values) -> Deed:
    gone.merged_into = kept
    return Deed(gone, differences(before, facts(gone)) | {"merged_into": [None, kept.pk]}, place=gone.region.slug)


# --- sources and pairs ------------------------------------------------------------------------------------------


def _take_over_sources(by: Person, kept: Organisation, gone: Organisation, changes: Mapping[str, Any],
                       chosen: Mapping[str, Any], before: Values, before_gone: Values) -> dict[str, Any]:  # fmt: skip
    """Writes where each changed fact comes from now; returns {fact: source before}, so that it can be given back."""
    was = {name: kept.provenance.get(name) for name in changes}
    mark = {"source": "coordinator", "on": timezone.localdate().isoformat(), "by": by.pk if by else None}
    sides = {
        field: chosen.get(name, usual_side(name, before, before_gone)) for name, choice in CHOICES.items() for field in choice.fields
    }
    for name in changes:
        side = sides.get(name, KEPT if name in UNITED and before.get(name) else GONE)
        source = was[name] if side == KEPT else gone.source_of(name) if side == GONE else mark
        if source:
            kept.provenance[name] = source
    return was


def _pairs_of(one: Organisation, other: Organisation) -> models.QuerySet[PossibleDuplicate]:
    return PossibleDuplicate.objects.filter(first=min(one.pk, other.pk), second=max(one.pk, other.pk))


def _decide_pairs(by: Person, kept: Organisation, gone: Organisation) -> list[int]:
    """The pair is decided; what waits beside `gone` waits beside `kept` too. Returns the keys of pairs made for that."""
    _pairs_of(kept, gone).update(state=State.MERGED, decided_by=by, decided_at=timezone.now())
    made = []
    waiting = PossibleDuplicate.objects.filter(Q(first=gone) | Q(second=gone), state=State.WAITING)
    for pair in waiting.select_related("first", "second"):
        other = pair.second if pair.first_id == gone.pk else pair.first
        if other.merged_into_id:
            continue
        first, second = sorted((kept.pk, other.pk))
        fresh, is_new = PossibleDuplicate.objects.get_or_create(
            first_id=first, second_id=second, defaults={"region_id": pair.region_id, "score": pair.score, "why": pair.why}
        )
        made += [fresh.pk] if is_new else []
    return made


# --- taking back ------------------------------------------------------------------------------------------------


@action("register.organisation_unmerged", says=gettext_lazy("took a merge back"))
def unmerge(*, by: Person, merge: Merge, reason: str = "") -> Deed:
    """Makes two records of one again; the value is the Merge.

    Facts of the kept record return to what they were, save those somebody changed since. What moved goes back, where it
    still is; what was added since stays. Refused while a later merge stands on this one.
    """
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        raise Refused(_("This merge was taken back already."))
    kept, gone = _both(merge.kept, merge.gone)
    if kept.merged_into_id:
        raise Refused(_("“%(name)s” was itself merged into another record later. Take that merge back first.") % {"name": kept})
    written, written_gone = entry_of(merge), entry_of(merge, of_gone=True)
    _check_later(merge, written)
    before, before_gone, merged = facts(kept), facts(gone), merged_keys(kept)
    back = _facts_back(before, facts_after(kept, written.pk), written)
    Organisation.every_record.filter(pk=gone.pk).update(merged_into=None)
    Merge.objects.filter(pk=merge.pk).update(undone_at=timezone.now(), undone_by=by)
    _return_numbers(kept, gone, *written_gone.changes.get("identifiers", ({}, {})))
    moved = _move_back(merge, kept, gone)
    set_fields(kept, back)
    for name in back.keys() & _LISTS.keys():
        model, field = _LISTS[name]
        model._default_manager.filter(organisation=kept).exclude(**{f"{field}__in": back[name]}).delete()
    after = facts(kept)
    _give_back_sources(kept, merge, written, after)
    set_name(kept)
    kept.save()
    index_many([kept.pk, gone.pk])
    _open_pairs_again(merge)
    _lead_on(by, moved, kept, gone)
    _given_back(by=by, gone=gone, kept=kept, before=before_gone)
    merge.refresh_from_db()
    changes = differences(before, after) | {"merged_records": [merged, merged_keys(kept)]}
    return Deed(kept, changes, place=kept.region.slug, reason=reason, value=merge)


@action("register.organisation_given_back", says=gettext_lazy("let a merged record stand for itself again"))
def _given_back(*, by: Person, gone: Organisation, kept: Organisation, before: Values) -> Deed:
    gone.merged_into = None
    after = facts(gone)
    return Deed(gone, differences(before, after) | {"merged_into": [kept.pk, None]}, place=gone.region.slug)


def _check_later(merge: Merge, written: Entry) -> None:
    """A later merge into the same record that built on the same facts must go first."""
    for later in later_merges(merge):
        if _touched(written) & _touched(entry_of(later)):
            raise Refused(_("“%(name)s” was merged into the same record later. Take that merge back first.") % {"name": later.gone})


def _touched(written: Entry) -> set[str]:
    """What a merge changed of the record that stayed, number by number."""
    before, after = written.changes.get("identifiers", ({}, {}))
    numbers = {scheme for scheme in before.keys() | after.keys() if before.get(scheme) != after.get(scheme)}
    return {*written.changes, *numbers} - {"identifiers", "merged_records"}


def _facts_back(now: Values, then: Values, written: Entry) -> Values:
    """{fact: value before the merge} of those that say what they said right after it; what goes together returns together."""
    together = {field: choice.fields for choice in CHOICES.values() for field in choice.fields}
    return {
        name: before
        for name, (before, _after) in written.changes.items()
        if name in now
        and ":" not in name
        and name != "identifiers"
        and all(now.get(field) == then.get(field) for field in together.get(name, (name,)))
    }


def _give_back_sources(kept: Organisation, merge: Merge, written: Entry, after: Values) -> None:
    """What says again what it said before the merge has its source from before."""
    for name, source in merge.moved.get(_PROVENANCE, {}).items():
        if after.get(name) == written.changes[name][0]:
            kept.provenance.pop(name, None)
            kept.provenance |= {name: source} if source else {}


def _move_back(merge: Merge, kept: Organisation, gone: Organisation) -> Moved:
    """Points the rows back that are still there and still point at the kept record; returns which."""
    moved: Moved = {}
    for label, fields in merge.moved.items():
        if label in (_PROVENANCE, _PAIRS, _NUMBERS):
            continue
        model = apps.get_model(label)
        for field, keys in fields.items():
            still = list(model._base_manager.filter(pk__in=keys, **{field: kept}).values_list("pk", flat=True))
            moved.setdefault(label, {})[field] = _repoint(model, field, still, gone)
    return moved


def _open_pairs_again(merge: Merge) -> None:
    """The pair waits again, and the pairs made by the merge go, unless somebody decided them meanwhile."""
    PossibleDuplicate.objects.filter(pk__in=merge.moved.get(_PAIRS, {}).get("made", ()), state=State.WAITING).delete()
    pair = _pairs_of(merge.kept, merge.gone).filter(state=State.MERGED)
    pair.update(state=State.WAITING, decided_by=None, decided_at=None)
