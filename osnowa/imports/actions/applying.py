"""Writing what the rows of a file say into the register, all in one transaction; and taking it back."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext_noop as _

from osnowa.imports.actions.arriving import APPLY, UNDO
from osnowa.imports.actions.checking import in_step, look_again, read_by
from osnowa.imports.locating import Places
from osnowa.imports.models import Import, Row
from osnowa.imports.values.legal_forms import form_in_name
from osnowa.journal import jobs
from osnowa.journal.actions import Deed, action
from osnowa.journal.models import Job
from osnowa.journal.queries import newest_in
from osnowa.kit.errors import Refused
from osnowa.kit.sentences import Sentence, keep
from osnowa.kit.words import fold
from osnowa.people.models import Person
from osnowa.places.models import Region
from osnowa.register import codes
from osnowa.register.actions import (
    Change,
    NewOrganisation,
    addresses_taken,
    propose_closings,
    take_back,
    usual_keep_until,
    withdraw_closings,
    write_changes,
    write_new,
)
from osnowa.register.models import Contact, Organisation

Values = dict[str, Any]
Step = Callable[[int, int], None]
State, Outcome, Decision = Import.State, Row.Outcome, Row.Decision
SOURCE = "import_list"
_AT_ONCE = 1000
#: What a row says of a new organisation that is written as it stands.
_TAKEN = (
    "kind", "legal_name", "short_name", "other_names", "postal_code", "street", "locality", "country", "lat", "lon",
    "about", "links", "identifiers", "activities", "nace_version", "visibility", "activity_status",
)  # fmt: skip


def _start(it: Import, by: Person | None, kind: str, now: str, *usual: str) -> Import:
    """Queues the work; also again where the work of the same kind has failed."""
    failed = it.state == now and it.job is not None and it.job.state == Job.State.FAILED
    if it.state not in usual and not failed:
        raise Refused(Sentence(_("This cannot be done now: the import is %(state)s."), state=it.get_state_display()))
    before, it.state, it.problem = it.state, now, ""
    it.job = jobs.start(kind, by=by, place=it.region.slug, number=it.pk)
    taken = Import.objects.filter(pk=it.pk, state=before).update(state=now, problem="", job=it.job, settings=it.settings)
    if not taken:
        raise Refused(Sentence(_("Somebody else was quicker. Look at the import again.")))
    return it


@action("imports.applying", says=gettext_lazy("started to apply an import"))
def start_applying(*, by: Person | None, it: Import, close_missing: bool = True) -> Deed:
    """Queues writing what was previewed. Refused where it is not ready."""
    it.settings["close_missing"] = close_missing
    before = it.state
    _start(it, by, APPLY, State.APPLYING, State.READY)
    return Deed(it, {"state": [before, it.state]}, place=it.region.slug)


@action("imports.undoing", says=gettext_lazy("started to undo an import"))
def start_undoing(*, by: Person | None, it: Import) -> Deed:
    """Queues taking back what the import wrote. Refused where it was not applied."""
    before = it.state
    _check_later(it)
    _start(it, by, UNDO, State.UNDOING, State.APPLIED)
    return Deed(it, {"state": [before, it.state]}, place=it.region.slug)


# Applying


@action("imports.applied", says=gettext_lazy("applied an import"))
def apply_import(*, by: Person | None, it: Import, step: Step = in_step) -> Deed:
    """Writes the rows: new organisations, changes, figures, contacts; proposes the closing of what is missing.

    The register stands still meanwhile. Where it changed since the preview, the rows are compared with it once more.
    """
    Region.objects.select_for_update().get(pk=it.region_id)
    it = Import.objects.select_for_update(of=("self",)).select_related("region__territory", "source", "by").get(pk=it.pk)
    if it.state != State.APPLYING:
        raise Refused(Sentence(_("This import cannot be applied now.")))
    if it.settings.get("seen") != newest_in(it.region.slug, "register."):
        seen = _plan(it)
        with read_by(it):
            look_again(it)
        if _plan(it) != seen:
            said = Sentence(_("The register has changed since the preview, and so has what this import would do. Look at it again before you apply it."))
            it.state, it.problem = State.READY, keep(said)
            it.save()
            return Deed(it, {"state": [State.APPLYING, it.state]}, place=it.region.slug)
    rows = it.rows.exclude(decision=Decision.SKIP)
    new, changed = rows.filter(outcome=Outcome.NEW), rows.filter(outcome=Outcome.CHANGED)
    total = new.count() + changed.count()
    outcome = {"added": 0, "owners": 0, "changed": 0, "figures": 0, "contacts": 0}
    _add(it, by, new, outcome, lambda done: step(done, total))
    _change(it, by, changed, outcome, lambda done: step(new.count() + done, total))
    rows.filter(outcome=Outcome.UNCHANGED).update(is_written=True)
    closing = it.missing if it.settings.get("close_missing", True) else []
    ended = list(changed.filter(changes__has_key="ended_on").values_list("organisation_id", flat=True))
    with read_by(it):
        message = gettext("Not in the list “%(list)s” any more (%(file)s).") % {"list": it.source.name, "file": it.file_name}
    it.settings["closings"] = propose_closings(
        by=by, region=it.region, organisations=[*closing, *ended], message=message, batch=it.batch
    )
    outcome["proposed_closings"] = len(it.settings["closings"])
    outcome["left_out"] = it.rows.filter(is_written=False).exclude(outcome=Outcome.SET_ASIDE).count()
    it.state, it.outcome, it.applied_at, it.applied_by = State.APPLIED, outcome, timezone.now(), by
    it.save()
    return Deed(it, {name: [None, number] for name, number in outcome.items()}, place=it.region.slug)


def _plan(it: Import) -> str:
    """A seal of what the rows would write: another one after the rows are compared anew means another plan."""
    seal = hashlib.sha256()
    rows = it.rows.filter(outcome__in=(Outcome.NEW, Outcome.CHANGED)).exclude(decision=Decision.SKIP).order_by("number")
    for row in rows.values_list("number", "outcome", "organisation_id", "changes").iterator(2000):
        seal.update(json.dumps(row, sort_keys=True).encode())
    return seal.hexdigest()


def _in_chunks(rows: QuerySet[Row], *order: str) -> Iterator[list[Row]]:
    """The rows in lists of about a thousand; rows of one organisation come in one list."""
    keys = list(rows.order_by(*order, "number").values_list("pk", "organisation_id"))
    start = 0
    while start < len(keys):
        end = start + _AT_ONCE
        while order and end < len(keys) and keys[end][1] == keys[end - 1][1]:
            end += 1
        chunk = Row.objects.filter(pk__in=[key for key, _organisation in keys[start:end]])
        yield list(chunk.order_by(*order, "number"))
        start = end


def _add(it: Import, by: Person | None, rows: QuerySet[Row], outcome: dict[str, int], step: Callable[[int], None]) -> None:
    places, taken = Places(it.region), addresses_taken(it.region)
    parents: dict[str, NewOrganisation] = {}
    done = 0
    for chunk in _in_chunks(rows):
        known = places.territories(row.values["municipality"] for row in chunk if row.values.get("municipality"))
        owners = Organisation.objects.in_bulk({row.values["parent_of"] for row in chunk if row.values.get("parent_of")})
        mine = [NewOrganisation(_values(it, row.values, known), **_parts(it, row.values)) for row in chunk]
        together: list[NewOrganisation] = []
        for row, one in zip(chunk, mine, strict=True):
            together += _join(it, one, row.values, owners, parents)
        together += mine
        write_new(by=by, region=it.region, rows=together, source=SOURCE, batch=it.batch, taken=taken)
        for row, one in zip(chunk, mine, strict=True):
            row.organisation, row.is_written = one.made, True
        _note(chunk)
        outcome["added"] += len(mine)
        outcome["owners"] += len(together) - len(mine)
        outcome["figures"] += sum(len(one.figures) for one in mine)
        outcome["contacts"] += sum(len(one.contacts) for one in mine)
        done += len(chunk)
        step(done)


def _note(rows: list[Row]) -> None:
    """Saves what writing adds to rows: their organisation, the marks, that they are written. One statement, many times."""
    table = Row._meta.db_table
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {table} SET organisation_id = %s, marks = %s, is_written = %s WHERE id = %s",
            [(row.organisation_id, json.dumps(row.marks), True, row.pk) for row in rows],
        )


def _join(it: Import, one: NewOrganisation, values: Values, owners: dict[int, Organisation],
          parents: dict[str, NewOrganisation]) -> list[NewOrganisation]:  # fmt: skip
    """Gives a unit its legal person: one of the register, or one added with it by its name, which is returned then."""
    if values.get("kind") != Organisation.Kind.UNIT:
        return []
    if values.get("parent_of"):
        one.parent = owners[values["parent_of"]]
        return []
    name = values["parent"]["name"]
    is_new = fold(name) not in parents
    if is_new:
        country = values.get("country") or it.region.jurisdiction
        form = form_in_name(name, country)
        said = {"legal_name": name, "country": country, **({"legal_form": form} if form else {})}
        parents[fold(name)] = NewOrganisation(_values(it, said, {}))
    one.parent = parents[fold(name)]
    return [parents[fold(name)]] if is_new else []


def _values(it: Import, values: Values, known: dict[int, Any]) -> Values:
    """What `NewOrganisation` takes, from the plain values of a row."""
    form = codes.LEGAL_FORMS[values.get("legal_form") or it.settings.get("legal_form") or "UNKNOWN"]
    made = {name: values[name] for name in _TAKEN if values.get(name) not in (None, "")}
    made |= {"legal_form": form.code, "sector": values.get("sector") or form["sector"], "pes_category": form["pes_category"]}
    made |= {name: date.fromisoformat(values[name]) for name in ("founded_on", "registered_on") if values.get(name)}
    if values.get("municipality"):
        made["municipality"] = known[values["municipality"]]
    if values.get("ended_on"):
        made |= {"activity_status": "closed", "ended_on": date.fromisoformat(values["ended_on"]), "end_reason": "unknown"}
    elif made.get("activity_status") == "closed":
        made["activity_status"] = "not_confirmed"
    return made


def _parts(it: Import, values: Values) -> Values:
    return {
        "figures": [{**figures, "source": SOURCE, "as_of_on": date.fromisoformat(figures["as_of_on"])} for figures in values.get("figures", ())],
        "contacts": [_contact(it, contact) for contact in values.get("contacts", ())],
    }  # fmt: skip


def _contact(it: Import, said: Values) -> Values:
    language = it.region.languages[0] if it.region.languages else "en"
    return {**said, "language": language, "lawful_basis": "public_task", "keep_until": usual_keep_until()}


def _change(it: Import, by: Person | None, rows: QuerySet[Row], outcome: dict[str, int], step: Callable[[int], None]) -> None:
    done = 0
    for chunk in _in_chunks(rows, "organisation_id"):
        whom = Organisation.objects.select_related("region", "municipality").in_bulk({row.organisation_id for row in chunk if row.organisation_id})
        reached = Contact.objects.filter(organisation__in=whom)
        boxes = {(pk, text) for pk, email, phone in reached.values_list("organisation_id", "email", "phone") for text in (email, phone) if text}
        changes = []
        for key, its_rows in groupby(chunk, key=lambda row: row.organisation_id):
            change = Change(whom[key or 0])
            for row in its_rows:
                _gather(it, row, change, boxes)
            changes.append(change)
        write_changes(by=by, changes=changes, source=SOURCE, batch=it.batch)
        outcome["changed"] += len(changes)
        marks = {change.organisation.pk: {**change.marks, "contacts": change.contact_keys} for change in changes}
        for row in chunk:
            row.is_written, row.marks = True, marks.pop(row.organisation_id or 0, {})
        outcome["figures"] += sum(len(change.figures) for change in changes)
        outcome["contacts"] += sum(len(change.contacts) for change in changes)
        _note(chunk)
        done += len(chunk)
        step(done)


def _gather(it: Import, row: Row, change: Change, boxes: set[tuple[int, str]]) -> None:
    for name, (_before, after) in row.changes.items():
        if name.startswith("figures:"):
            change.figures[name.partition(":")[2]] = after
        elif name not in ("ended_on", "contacts"):
            change.values[name] = after
    for contact in row.values.get("contacts", ()):
        told = {(change.organisation.pk, text) for text in (contact.get("email"), contact.get("phone")) if text}
        if told and not told & boxes:
            change.contacts.append(_contact(it, contact))
            boxes |= told


# Undoing


def _check_later(it: Import) -> None:
    """Refused where a later import, not undone, wrote what this one wrote: undo goes from the newest back."""
    if it.applied_at is None:
        return
    wrote = (Outcome.NEW, Outcome.CHANGED, Outcome.DUPLICATE)
    ours = it.rows.filter(is_written=True, outcome__in=wrote, organisation__isnull=False).values("organisation")
    after = Q(of__applied_at__gt=it.applied_at) | Q(of__applied_at=it.applied_at, of__gt=it.pk)
    later = Row.objects.filter(after, of__region=it.region_id, of__state=State.APPLIED, is_written=True)
    later = later.filter(outcome__in=wrote).filter(Q(organisation__in=ours) | Q(organisation__parent__in=ours))
    first = later.select_related("of__source").order_by("-of__applied_at").first()
    if first:
        raise Refused(Sentence(_("A later import stands on this one: “%(name)s”, %(file)s. Undo that one first."), name=first.of.source.name, file=first.of.file_name))


@action("imports.undone", says=gettext_lazy("undid an import"))
def undo_import(*, by: Person | None, it: Import, step: Step = in_step) -> Deed:
    """Takes back what the import wrote: fields return unless changed since, new organisations go unless touched since."""
    Region.objects.select_for_update().get(pk=it.region_id)
    it = Import.objects.select_for_update(of=("self",)).select_related("region__territory", "source").get(pk=it.pk)
    if it.state != State.UNDOING:
        raise Refused(Sentence(_("This import cannot be undone now.")))
    _check_later(it)
    kept = dict(it.rows.exclude(marks={}).values_list("organisation_id", "marks"))
    contacts = [key for marks in kept.values() for key in marks.pop("contacts", ())]
    undone = Import.objects.filter(region=it.region, state=State.UNDONE).values_list("pk", flat=True)
    ignore = [f"{deed} {pk}" for pk in undone for deed in ("import", "undo")]
    outcome = take_back(by=by, region=it.region, batch=it.batch, undo=f"undo {it.pk}", marks=kept, ignore=ignore, step=step)
    for start in range(0, len(contacts), _AT_ONCE):
        Contact.objects.filter(pk__in=contacts[start : start + _AT_ONCE]).delete()
    outcome["withdrawn_closings"] = withdraw_closings(region=it.region, keys=it.settings.get("closings", ()))
    it.rows.update(is_written=False)
    it.state, it.undone_at, it.undone_by = State.UNDONE, timezone.now(), by
    it.outcome = {**it.outcome, **outcome}
    it.save()
    return Deed(it, {name: [None, number] for name, number in outcome.items()}, place=it.region.slug)
