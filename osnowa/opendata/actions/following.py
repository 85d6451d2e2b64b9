"""Taking over what a followed register says: new records, changes where nobody here corrected, closings proposed."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter
from types import SimpleNamespace
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from osnowa.journal.actions import Deed, action
from osnowa.journal.models import Entry
from osnowa.kit.errors import Refused
from osnowa.kit.sentences import Sentence, keep, tell
from osnowa.opendata.incoming import Record, Values, Wrong
from osnowa.opendata.models import Followed
from osnowa.opendata.queries.public import DAYS_OF_FIGURES
from osnowa.places.models import Region, Territory
from osnowa.register.actions import (
    Change,
    NewOrganisation,
    addresses_taken,
    check_facts,
    propose_closings,
    remove_part,
    save_part,
    write_changes,
    write_new,
)
from osnowa.register.models import Identifier, Organisation
from osnowa.register.queries import PARTS, facts_of

Person = Any
Rows = Callable[[], Iterator[Record | Wrong]]
SOURCE = "followed"
_AT_ONCE = 500
#: Facts that are true only together.
_TOGETHER = (("activity_status", "ended_on", "end_reason"), ("lat", "lon", "geo_precision"), ("activities", "nace_version"))
_ALONE = (
    "legal_name", "short_name", "other_names", "legal_form", "sector", "pes_category", "economic_activity", "founded_on",
    "registered_on", "last_confirmed_on", "confirmed_by", "street", "postal_code", "locality", "country", "municipality",
    "is_location_hidden", "operating_area", "about", "links", "target_groups", "identifiers", "service_areas",
)  # fmt: skip
_LISTS = ("identifiers", "activities", "service_areas")


@dataclass
class Tally:
    """What one look at a followed register came to."""

    new: int = 0
    changed: int = 0
    kept: int = 0
    same: int = 0
    proposed: int = 0
    passed_over: int = 0
    reasons: list[Any] = field(default_factory=list)

    def pass_over(self, name: str, why: object) -> None:
        self.passed_over += 1
        if len(self.reasons) < 20:
            self.reasons.append({"record": name, "why": keep(why)})

    def facts(self) -> Values:
        told = [{**one, "why": tell(one["why"])} for one in self.reasons]
        return {name: getattr(self, name) for name in ("new", "changed", "kept", "same", "proposed", "passed_over")} | {"reasons": told}


@action("opendata.followed", says=gettext_lazy("took over what a followed register says"))
def take_over(*, by: Person, followed: Followed, rows: Rows) -> Deed:
    """Takes over one state of a followed register: all of it or, where anything is refused, nothing.

    `rows` gives the rows anew each time: legal persons are read first, then their units. The deed's value is a Tally.
    """
    if followed._state.adding:
        followed.save()
    Region.objects.select_for_update().get(pk=followed.region_id)
    work = _Taking(by, followed)
    work.run(rows)
    tally = work.tally
    followed.looked_at = followed.taken_at = timezone.now()
    followed.report = {name: getattr(tally, name) for name in ("new", "changed", "kept", "same", "proposed", "passed_over", "reasons")}
    followed.save()
    told = {name: [0, n] for name in ("new", "changed", "proposed") if (n := getattr(tally, name))}
    return Deed(followed, told, place=followed.region.slug, value=tally)


class _Taking:
    """One pass over the rows of a followed register."""

    def __init__(self, by: Person, followed: Followed) -> None:
        self.by, self.followed, self.region = by, followed, followed.region
        self.batch = f"follow {followed.pk}"
        self.tally = Tally()
        self.taken = addresses_taken(self.region)
        self.seen: set[int] = set()
        self.uids: set[uuid.UUID] = set()
        self.spoilt: set[uuid.UUID] = set()
        self.numbers: set[tuple[str, str]] = set()
        self.met: dict[uuid.UUID, int] = {}
        self.parents: dict[uuid.UUID, Organisation | None] = {}
        self.read = 0

    def run(self, rows: Rows) -> None:
        """Legal persons, then units, then what is missing."""
        known = self._known_before()
        for kind in Organisation.Kind.values:
            some = (one for one in self._good(rows, first=kind == Organisation.Kind.LEGAL_PERSON) if one.values["kind"] == kind)
            while batch := list(islice(some, _AT_ONCE)):
                self._take(batch)
        if self.read == 0 and known:
            raise Refused(Sentence(_("The other register is empty now. Nothing was changed here.")))
        if self.tally.passed_over > max(3, self.read // 10):
            why = tell(self.tally.reasons[0]["why"]) if self.tally.reasons else ""
            raise Refused(Sentence(_("%(n)s records cannot be taken over, for example: %(why)s. Nothing was changed here."), n=self.tally.passed_over, why=why))
        self._propose(known)

    def _good(self, rows: Rows, *, first: bool) -> Iterator[Record]:
        """The records that can be true; what is wrong is told once, on the first pass."""
        for one in rows():
            if isinstance(one, Wrong):
                if first:
                    self.read += 1
                    self.tally.pass_over(f"{one.line}", one.why)
                    self.spoilt |= {one.uid} if one.uid else set()
                continue
            if first:
                self.read += 1
                if one.uid in self.uids:
                    raise Refused(Sentence(_("The same record stands there twice: %(uid)s. Nothing was changed here."), uid=str(one.uid)))
                self.uids.add(one.uid)
            yield one

    # One batch

    def _take(self, batch: list[Record]) -> None:
        self._place(batch)
        pairs = self._match(batch)
        new = [one for one, it in pairs if it is None and self._is_possible(one)]
        self._add(new)
        self._change([(one, it) for one, it in pairs if it is not None])

    def _place(self, batch: Iterable[Record]) -> None:
        """The municipality of each record; one we do not know is left out."""
        named = {one.municipality for one in batch if one.municipality}
        towns = {(t.scheme, t.code): t for t in Territory.objects.filter(code__in=[code for _scheme, code in named])}
        for one in batch:
            one.values["municipality"] = towns.get(one.municipality) if one.municipality else None

    def _match(self, batch: list[Record]) -> list[tuple[Record, Organisation | None]]:
        """Each record with the organisation here that it is: by uid, by the link to the original, by a number."""
        found = {uid: {pk} for uid, pk in Organisation.every_record.filter(uid__in=[one.uid for one in batch]).values_list("uid", "pk")}
        numbers = {number: one.uid for one in batch if one.uid not in found for number in one.values["identifiers"].items()}
        asked = Identifier.objects.filter(value__in={value for _scheme, value in numbers})
        for scheme, value, pk in asked.values_list("scheme", "value", "organisation_id"):
            if uid := numbers.get((scheme, value)):
                found.setdefault(uid, set()).add(pk)
        here = self._standing({pk for keys in found.values() for pk in keys})
        pairs = (self._pair(one, {here[pk].pk: here[pk] for pk in found.get(one.uid, ())}) for one in batch)
        return [pair for pair in pairs if pair is not None]

    def _standing(self, keys: set[int]) -> dict[int, Organisation]:
        """{key: the record that stands for it by now}."""
        every = Organisation.every_record.select_related("municipality", "region").in_bulk(keys)
        while more := {it.merged_into_id for it in every.values() if it.merged_into_id} - every.keys():
            every |= Organisation.every_record.select_related("municipality", "region").in_bulk(more)
        stands = {}
        for pk in keys:
            it = every[pk]
            while it.merged_into_id:
                it = every[it.merged_into_id]
            stands[pk] = it
        return stands

    def _pair(self, one: Record, several: dict[int, Organisation]) -> tuple[Record, Organisation | None] | None:
        """The record with its organisation; None where it is left alone, with the reason."""
        name = one.values["legal_name"]
        if len(several) > 1:
            self.tally.pass_over(name, Sentence(_("its numbers are those of several records here")))
            return None
        it = next(iter(several.values()), None)
        if it is None:
            return one, None
        if it.region_id != self.region.pk:
            self.tally.pass_over(name, Sentence(_("it is in another region here: %(region)s"), region=it.region.name))
            return None
        if it.pk in self.seen or self._is_of_another(it, one):
            self.tally.pass_over(name, Sentence(_("another record says already what is known of it here")))
            return None
        self.seen.add(it.pk)
        if it.uid != one.uid:
            self.met[one.uid] = it.pk
        return one, it

    def _is_of_another(self, it: Organisation, one: Record) -> bool:
        """Whether the record here is kept by what another followed register says."""
        if it.uid == one.uid or one.original in _addresses(it):
            return False
        return any("/id/" in address and _is_uid(address.rpartition("/")[2]) for address in _addresses(it))

    def _is_possible(self, one: Record) -> bool:
        """Whether the register lets the record in; a unit needs its legal person here."""
        name = one.values["legal_name"]
        is_unit = one.values["kind"] == Organisation.Kind.UNIT
        self.parents[one.uid] = self._parent(one) if is_unit else None
        if is_unit and self.parents[one.uid] is None:
            self.tally.pass_over(name, Sentence(_("the legal person of this unit is not public there")))
            return False
        try:
            check_facts(Organisation(**{n: v for n, v in one.values.items() if n not in _LISTS}))
        except Refused as refused:
            self.tally.pass_over(name, refused.said)
            return False
        fresh = {s: v for s, v in one.values["identifiers"].items() if (s, v) not in self.numbers}
        self.numbers |= set(fresh.items())
        one.values["identifiers"] = fresh
        return True

    def _parent(self, one: Record) -> Organisation | None:
        if one.parent_uid is None:
            return None
        who = Q(uid=one.parent_uid) | Q(pk=self.met.get(one.parent_uid, 0))
        return Organisation.objects.filter(who, region=self.region, kind=Organisation.Kind.LEGAL_PERSON).first()

    def _add(self, new: list[Record]) -> None:
        for is_invented in (False, True):
            some = [one for one in new if one.is_invented == is_invented]
            rows = [self._fresh(one) for one in some]
            if rows:
                write_new(by=self.by, region=self.region, rows=rows, source=SOURCE, via="command", batch=self.batch,
                          is_invented=is_invented, taken=self.taken)  # fmt: skip
        self.tally.new += len(new)

    def _fresh(self, one: Record) -> NewOrganisation:
        values = one.values | {"uid": one.uid, "links": _with_original(one.values["links"], one), "visibility": "public"}
        rows = {part: [dict(row) for row in (_by_key(part, of(one)) or {}).values()] for part, of in _THEIRS.items()}
        return NewOrganisation(
            values=values, parent=self.parents.pop(one.uid), recognitions=rows["recognition"], listings=rows["listing"], figures=rows["figures"],
        )

    # Changes

    def _change(self, pairs: Sequence[tuple[Record, Organisation]]) -> None:
        hang = _hanging([it for _one, it in pairs])
        changes = []
        for one, it in pairs:
            values = self._differing(one, it, hang[it.pk])
            if values:
                changes.append(Change(it, values))
        if changes:
            self.tally.changed += write_changes(by=self.by, changes=changes, source=SOURCE, via="command", batch=self.batch)
        told = {change.organisation.pk for change in changes}
        known = _Hanging([it for _one, it in pairs])
        for one, it in pairs:
            moved = [self._rows(part, one, it, known) for part in _THEIRS]
            if it.pk not in told:
                self.tally.changed += any(moved)
                self.tally.same += not any(moved)

    def _differing(self, one: Record, it: Organisation, own: Values) -> Values:
        """What the other side changes of an organisation here: never what somebody here said."""
        theirs = one.values | {"links": _with_original(one.values["links"], one)}
        if it.uid != one.uid and one.original not in _addresses(it):
            return _first_meeting(theirs, it, own, one)
        found: Values = {}
        for names in (*_TOGETHER, *((name,) for name in _ALONE)):
            differing = [name for name in names if _plain(theirs[name]) != _plain(own[name])]
            if not differing or (names[0] == "lat" and theirs["lat"] is None):
                continue
            if all(_is_ours(it, name, own[name]) for name in names):
                found |= {name: theirs[name] for name in names}
            else:
                self.tally.kept += 1
        return self._possible_numbers(found, it)

    def _possible_numbers(self, found: Values, it: Organisation) -> Values:
        """Leaves numbers out that another record has by now."""
        if "identifiers" in found:
            numbers = found["identifiers"]
            taken = Identifier.objects.filter(value__in=numbers.values()).exclude(organisation=it)
            others = set(taken.values_list("scheme", "value"))
            found["identifiers"] = {s: v for s, v in numbers.items() if (s, v) not in others}
        return found

    def _rows(self, part: str, one: Record, it: Organisation, known: "_Hanging") -> bool:
        """Adds, changes and takes away rows of a part that came from there; those entered here stay. Says whether it did."""
        theirs = _by_key(part, _THEIRS[part](one))
        if theirs is None:
            return False
        rows, field = known.of(part, it), PARTS[part][1]
        marks = {name.partition(":")[2]: mark for name, mark in it.provenance.items() if name.startswith(f"{part}:")}
        if any(mark.get("source") == SOURCE and key not in rows for key, mark in marks.items()):
            return False  # somebody here took one away
        ours = {_KEYS[part](row): row for key, row in rows.items() if marks.get(key, {}).get("source") == SOURCE}
        entered = {_KEYS[part](row) for row in rows.values()} - ours.keys()
        gone = [row for key, row in ours.items() if key not in theirs and not _is_older(part, row, theirs)]
        return self._write_rows(part, field, it, ours, {key: values for key, values in theirs.items() if key not in entered}, gone)

    def _write_rows(self, part: str, field: str, it: Organisation, ours: dict[Any, Any], theirs: dict[Any, Values], gone: list[Any]) -> bool:
        done = bool(gone)
        for key, values in theirs.items():
            row = ours.get(key) or PARTS[part][0](organisation=it)
            if row.pk is None or any(getattr(row, name) != value for name, value in values.items()):
                for name, value in values.items():
                    setattr(row, name, value)
                save_part(by=self.by, organisation=it, row=row, source=SOURCE)
                done = True
        for row in gone:
            it.provenance.pop(f"{part}:{getattr(row, field)}", None)
            remove_part(by=self.by, organisation=it, row=row)
        if gone:
            Organisation.objects.filter(pk=it.pk).update(provenance=it.provenance)
        return done

    # What vanished

    def _known_before(self) -> set[int]:
        """The records this register gave us and that are open still."""
        entries = Entry.objects.filter(batch=self.batch, deed="register.organisation_added").values_list("thing_id", flat=True)
        keys = [int(one) for one in entries]
        found: set[int] = set()
        for start in range(0, len(keys), _AT_ONCE):
            rows = Organisation.objects.filter(pk__in=keys[start : start + _AT_ONCE], region=self.region)
            found |= set(rows.exclude(activity_status=Organisation.Status.CLOSED).values_list("pk", flat=True))
        return found

    def _propose(self, known: set[int]) -> None:
        """Closings of what is named there no more. Refused where that would be more than half."""
        spoilt = set(Organisation.objects.filter(uid__in=self.spoilt).values_list("pk", flat=True)) if self.spoilt else set()
        gone = known - self.seen - spoilt
        if len(gone) * 2 > len(known):
            raise Refused(Sentence(
                _("%(n)s of %(all)s records vanished there at once: that looks like a fault. Nothing was changed here."), n=len(gone), all=len(known)
            ))  # fmt: skip
        message = f"{self.followed.title or self.followed.address}"
        keys = propose_closings(by=self.by, region=self.region, organisations=gone, message=message, batch=self.batch) if gone else []
        self.tally.proposed = len(keys)


def _plain(value: Any) -> Any:
    if isinstance(value, Territory):
        return value.pk
    return sorted(value.items()) if isinstance(value, dict) else value


def _is_ours(it: Organisation, name: str, value: Any) -> bool:
    """Whether a fact came from following, or was never said by anybody."""
    mark = it.provenance.get(name)
    return mark.get("source") == SOURCE if mark else value in (None, "", [], {}) or name in ("nace_version",)


def _first_meeting(theirs: Values, it: Organisation, own: Values, one: Record) -> Values:
    """An organisation that was here before: what is empty is filled, and the original is named."""
    found: Values = {"links": _with_original(it.links, one)}
    for names in (*_TOGETHER[1:], *((name,) for name in _ALONE)):
        if all(own[name] in (None, "", [], {}) or name == "nace_version" for name in names) and any(theirs[name] not in (None, "", [], {}, False) for name in names):
            found |= {name: theirs[name] for name in names if name != "links"}
    return found


def _hanging(organisations: list[Organisation]) -> dict[int, Values]:
    """{key: facts as they stand here}."""
    kept = facts_of(organisations, with_rows=False)
    own = {}
    for it in organisations:
        hanging = {name: kept[it.pk][name] for name in _LISTS}
        own[it.pk] = {name: getattr(it, f"{name}_id" if name == "municipality" else name) for name in (
            *(n for n in _ALONE if n not in _LISTS), *(n for names in _TOGETHER for n in names if n not in _LISTS))} | hanging
    return own


def _with_original(links: list[Any], one: Record) -> list[Any]:
    """The links with the address of the original among them, once."""
    return [*(link for link in links if link.get("url") != one.original), {"kind": "register", "url": one.original}]


def _addresses(it: Organisation) -> set[str]:
    return {link.get("url", "") for link in it.links if link.get("kind") == "register"}


def _is_uid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True


class _Hanging:
    """The rows that hang on some organisations here; one query a part."""

    def __init__(self, organisations: Sequence[Organisation]) -> None:
        self._rows: dict[tuple[str, int], dict[str, Any]] = defaultdict(dict)
        for part, (model, key) in PARTS.items():
            for row in model._default_manager.filter(organisation__in=organisations):
                self._rows[part, row.organisation_id][f"{getattr(row, key)}"] = row  # type: ignore[attr-defined]

    def of(self, part: str, it: Organisation) -> dict[str, Any]:
        """{key of its mark: row}."""
        return self._rows[part, it.pk]


#: {part: its rows as the other side tells them}.
_THEIRS: dict[str, Callable[[Record], list[Values] | None]] = {
    "recognition": lambda one: one.recognitions, "listing": lambda one: one.listings, "figures": lambda one: one.figures,
}  # fmt: skip
#: {part: what makes a row of it the same row on both sides}.
_KEYS: dict[str, Callable[[Any], Any]] = {
    "recognition": attrgetter("code", "granted_on"), "listing": attrgetter("kind", "type_code", "name"), "figures": attrgetter("as_of_on"),
}  # fmt: skip


def _by_key(part: str, rows: list[Values] | None) -> dict[Any, Values] | None:
    """Their rows, each once."""
    return None if rows is None else {_KEYS[part](SimpleNamespace(**values)): values for values in rows}


def _is_older(part: str, row: Any, theirs: dict[Any, Values]) -> bool:
    """Whether it is of a day before those that are published: only the newest are."""
    return part == "figures" and len(theirs) >= DAYS_OF_FIGURES and row.as_of_on < min(theirs)
