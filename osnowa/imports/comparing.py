"""What each row of a file would do to the register: add, change, leave as it is, or look like what is there already."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext_noop as _

from osnowa.compute.linkage.weights import NUMBER_BITS
from osnowa.imports.linking import Gathered, Linked, pairs_between, pairs_within, same_words
from osnowa.imports.locating import Places
from osnowa.imports.models import Import, Row
from osnowa.kit.errors import Refused
from osnowa.kit.reading import cell_name
from osnowa.kit.sentences import Sentence, keep
from osnowa.kit.words import fold
from osnowa.register import codes
from osnowa.register.actions import check_facts
from osnowa.register.models import Contact, Identifier, Organisation, YearlyFigures
from osnowa.register.queries import facts_of, row_facts
from osnowa.register.queries.figures import contradictions
from osnowa.register.queries.merges import standing_of

Values = dict[str, Any]
Step = Callable[[int, int], None]
Outcome, Decision, State, Subject = Row.Outcome, Row.Decision, Import.State, Import.Subject
#: Facts a row may say; lists are united with what the register has, numbers too.
PLAIN = (
    "legal_name", "short_name", "legal_form", "founded_on", "registered_on", "activity_status", "street",
    "postal_code", "locality", "country", "municipality", "lat", "lon", "about", "visibility",
)  # fmt: skip
UNITED = ("other_names", "links")
#: How many characters each of them may have at most.
LONGEST = {name: most for name in PLAIN if (most := getattr(Organisation._meta.get_field(name), "max_length", None))}
_AT_ONCE = 500


def key_of(values: Values, raw: Sequence[str]) -> str:
    """What tells the row from others of its list: the list's own number, else a hash of its text."""
    own = str(values.get("source_key", ""))
    return own[:80] if own else "#" + hashlib.sha256("\x1f".join(raw).encode()).hexdigest()[:40]


def wrong(row: Row, said: Sentence, field: str = "") -> None:
    """Turns a row into one to be mended; the cell is named where the field has a column."""
    column = next((int(column) for column, code in row.of.mapping.items() if field and code == field), -1)
    cell = cell_name(row.line, column) if column >= 0 else ""
    row.problems = [*row.problems, {"column": column, "cell": cell, "grave": True, "said": keep(said), "compared": True}]
    row.outcome = Outcome.ERROR


#: What a comparison sets of a row.
JUDGED = ("outcome", "organisation", "label", "values", "problems", "changes", "likely", "set_aside", "decision")


def save(rows: Sequence[Row]) -> None:
    """Saves what a comparison set of rows that are there already."""
    Row.objects.bulk_create(rows, batch_size=500, update_conflicts=True, unique_fields=["id"], update_fields=JUDGED)


class Comparison:
    """One pass over the rows of an import, chunk by chunk with `take`, then `finish` for what no number told.

    `take` sets fields of rows, `finish` saves the rows it changes; rows are saved in between. `found` tells which row is
    about which organisation: given when only some rows of the file are looked at again.
    """

    def __init__(self, it: Import, found: Mapping[int, int] | None = None) -> None:
        self.it, self.region = it, it.region
        self.places = Places(it.region)
        self.here = not it.settings.get("only_here")
        self.found: dict[int, int] = dict(found or {})
        self.said: dict[int, dict[str, Any]] = defaultdict(dict)
        self._keys: dict[str, tuple[int, str]] = {}
        self._loose = Gathered()
        self._chosen: dict[int, int] = {}
        self._owners: dict[tuple[str, str], int] = {}
        self._alike: set[int] = set()
        self._is_part = found is not None
        self._told: dict[tuple[str, str], tuple[int, int]] | None = None
        self._units: dict[tuple[Any, ...], list[int]] | None = None
        self._names: dict[str, list[int]] | None = None

    # One chunk

    def take(self, rows: Sequence[Row]) -> None:
        """Says of each row, unless it is set aside or to be mended, whom it is about and what it would change."""
        self._note_known(rows)
        open_rows = [row for row in rows if row.outcome not in (Outcome.ERROR, Outcome.SET_ASIDE)]
        self.places.locate([row.values for row in open_rows])
        for row in open_rows:
            self._judge_alone(row)
        self._identify([row for row in open_rows if row.outcome == Outcome.NEW])
        self._compare([row for row in open_rows if row.outcome == Outcome.NEW and row.organisation_id])
        for row in open_rows:
            if row.outcome == Outcome.NEW and not row.organisation_id:
                self._try_new(row)

    def _note_known(self, rows: Sequence[Row]) -> None:
        """Rows to be mended are in the file too: what they are about, by key, number or name, is not missing from it."""
        broken = [row for row in rows if row.outcome == Outcome.ERROR]
        if not broken:
            return
        known = {organisation for organisation, _values in self._earlier(row.key for row in broken).values()}
        known |= set(self._numbered(broken).values())
        for row in broken:
            known.update(self._by_name().get(fold(row.label), ()))
        for organisation, _region in self._standing(known).values():
            self.found.setdefault(organisation, 0)

    def _judge_alone(self, row: Row) -> None:
        likely: list[int] = [one["organisation"] for one in row.likely if "organisation" in one]
        if row.decision == Decision.SAME and not likely:
            row.outcome, row.set_aside = Outcome.SET_ASIDE, "repeated"
            return
        if row.decision == Decision.SAME:
            self._chosen[row.number] = likely[0]
        row.outcome, row.organisation_id, row.changes, row.likely = Outcome.NEW, None, {}, []
        if not self.here and self.places.is_elsewhere(row.values):
            row.outcome, row.set_aside = Outcome.SET_ASIDE, "elsewhere"
            return
        if self.it.subject != Subject.FIGURES:
            text = hashlib.sha256("\x1f".join(row.raw).encode()).hexdigest() if row.raw else row.key
            line, same = self._keys.setdefault(row.key, (row.line, text))
            if line != row.line and same == text:
                row.outcome, row.set_aside = Outcome.SET_ASIDE, "repeated"
                return
            if line != row.line:
                wrong(row, Sentence(_("The number %(key)s stands in row %(row)s of the list already, with other values. Keep one of the two rows."), key=row.key, row=line), "source_key")
                return
            self._judge_facts(row)
        for figures in row.values.get("figures", ()):
            for no in contradictions(_figures(figures)):
                wrong(row, Sentence("%(said)s", said=str(no.message)), no.field or "")
                return

    def _judge_facts(self, row: Row) -> None:
        if row.values.get("kind") == Organisation.Kind.UNIT:
            for scheme in self._numbers(row):
                if codes.IDENTIFIERS[scheme]["legal_person_only"] == "1":
                    label = codes.IDENTIFIERS[scheme].label
                    wrong(row, Sentence(_("A unit has no %(kind)s of its own: enter it with the legal person."), kind=label), f"number:{scheme}")
                    return
        for name, most in LONGEST.items():
            if len(str(row.values.get(name) or "")) > most:
                wrong(row, Sentence(_("Longer than %(most)s characters. Shorten it."), most=most), name)
                return
        no = self._impossible(row.values)
        if no:
            wrong(row, no)

    def _impossible(self, facts: Values) -> Sentence | None:
        """Why days or place of an organisation with these facts cannot be true, if they cannot."""
        days = {name: date.fromisoformat(facts[name]) if facts.get(name) else None for name in ("founded_on", "registered_on")}
        key = facts.get("municipality")
        alone = SimpleNamespace(
            country=facts.get("country") or self.region.jurisdiction, postal_code=facts.get("postal_code", ""),
            lat=facts.get("lat"), lon=facts.get("lon"), last_confirmed_on=None,
            municipality=self.places.territories([key]).get(key) if key else None, **days,
        )  # fmt: skip
        try:
            check_facts(alone)
        except Refused as no:
            return no.said if isinstance(no.said, Sentence) else Sentence(str(no.said))
        return None

    # Who is it?

    def _earlier(self, keys: Iterable[str]) -> dict[str, tuple[int, Values]]:
        """{key: (organisation, values)} as the newest applied import of the same list has it."""
        wanted = [key for key in set(keys) if key]
        found: dict[str, tuple[int, Values]] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            rows = Row.objects.filter(
                of__source=self.it.source_id, of__state=State.APPLIED, is_written=True, organisation__isnull=False,
                key__in=wanted[start : start + _AT_ONCE],
            ).order_by("of__applied_at", "id")  # fmt: skip
            for key, organisation, values in rows.values_list("key", "organisation_id", "values"):
                found[key] = (organisation, values)
        return found

    def _numbered(self, rows: Sequence[Row]) -> dict[tuple[str, str], int]:
        """{(scheme, number): organisation} of the numbers the rows name, also of records merged into another."""
        numbers = sorted({number for row in rows for number in self._numbers(row).values()})
        found: dict[tuple[str, str], int] = {}
        for start in range(0, len(numbers), _AT_ONCE):
            known = Identifier.objects.filter(value__in=numbers[start : start + _AT_ONCE])
            found |= {(scheme, value): pk for scheme, value, pk in known.values_list("scheme", "value", "organisation_id")}
        return found

    def _numbers(self, row: Row) -> dict[str, str]:
        numbers: dict[str, str] = row.values.get("identifiers", {})
        return numbers

    def _standing(self, keys: Iterable[int]) -> dict[int, tuple[int, int]]:
        """{record: (the record that stands for it today, region)}."""
        ends = standing_of(keys)
        regions = dict(Organisation.every_record.filter(pk__in=ends.values()).values_list("pk", "region_id"))
        return {pk: (end, regions[end]) for pk, end in ends.items()}

    def _identify(self, rows: Sequence[Row]) -> None:
        earlier = self._earlier(row.key for row in rows) if self.it.subject != Subject.FIGURES else {}
        numbered = self._numbered(rows)
        self._owners |= numbered
        keys = {pk for pk, _values in earlier.values()} | set(numbered.values())
        self._find_parents(rows)
        standing = self._standing(keys)
        for row in rows:
            if self.it.subject == Subject.FIGURES:
                continue
            told = [standing[numbered[one]] for one in self._numbers(row).items() if one in numbered]
            if any(region != self.region.pk for _pk, region in told):
                wrong(row, Sentence(_("The number belongs to an organisation of another region of this instance.")), "number")
                continue
            by_number = {pk for pk, _region in told}
            by_key = standing[earlier[row.key][0]][0] if row.key in earlier else None
            if row.number in self._chosen:
                row.organisation_id = self._chosen[row.number]
            elif row.decision == Decision.DIFFERENT:
                self._tell_numbers(row)
                if by_number:
                    wrong(row, Sentence(_("The number belongs to another organisation of the register. Correct it, or say that it is the same.")), "number")
                continue
            elif len(by_number) > 1 or (by_key and by_number and by_number != {by_key}):
                self._doubt(row, sorted({*by_number, *([by_key] if by_key else [])}))
                continue
            else:
                row.organisation_id = by_key or next(iter(by_number), None) or self._known_unit(row)
            if row.organisation_id:
                self._claim(row)
            if row.outcome == Outcome.NEW:
                self._tell_numbers(row)
        if self.it.subject == Subject.FIGURES:
            self._find_owners(rows, numbered, standing)

    def _tell_numbers(self, row: Row) -> None:
        """A number is told by one row of a file; a second row that tells it waits for a person."""
        if self._told is None:
            self._told = {}
            others = Row.objects.filter(of=self.it, outcome__in=(Outcome.NEW, Outcome.CHANGED)) if self._is_part else ()
            for other in others:
                self._told |= dict.fromkeys(self._numbers(other).items(), (other.number, other.line))
        for number in self._numbers(row).items():
            first, line = self._told.setdefault(number, (row.number, row.line))
            if first == row.number:
                continue
            if row.decision == Decision.DIFFERENT:
                wrong(row, Sentence(_("Row %(row)s of the list has the same number. Correct one of them."), row=line), "number")
            else:
                row.likely, row.organisation_id, row.outcome = [_same_number({"row": first})], None, Outcome.DUPLICATE
            return

    def _claim(self, row: Row) -> None:
        """An organisation is spoken of by one row of a list; a second row waits for a person."""
        assert row.organisation_id is not None
        first = self.found.get(row.organisation_id) or row.number
        self.found[row.organisation_id] = first
        if first != row.number:
            row.likely, row.organisation_id, row.outcome = [_same_number({"row": first})], None, Outcome.DUPLICATE

    def _doubt(self, row: Row, organisations: Sequence[int]) -> None:
        row.outcome = Outcome.DUPLICATE
        row.likely = [_same_number({"organisation": pk}) for pk in organisations]
        for pk in organisations:
            self.found.setdefault(pk, row.number)

    # Units and figures: whose are they?

    def _find_parents(self, rows: Sequence[Row]) -> None:
        with_parent = [row for row in rows if row.values.get("parent")]
        owners = self._owners_by([row.values["parent"] for row in with_parent])
        for row, owner in zip(with_parent, owners, strict=True):
            if owner:
                row.values["parent_of"] = owner
            elif row.values["parent"].get("name") and not row.values["parent"].get("key"):
                row.values.pop("parent_of", None)  # the legal person is added together with its unit
            else:
                self._no_owner(row, "parent", row.values["parent"])

    def _find_owners(self, rows: Sequence[Row], numbered: Mapping[tuple[str, str], int], standing: Mapping[int, tuple[int, int]]) -> None:
        hints = []
        for row in rows:
            names = {"key": row.values.get("source_key", ""), "name": row.values.get("legal_name", "")}
            told = [standing[numbered[one]] for one in self._numbers(row).items() if one in numbered]
            hints.append(names | {"found": next((pk for pk, region in told if region == self.region.pk), None)})
        for row, hint, owner in zip(rows, hints, self._owners_by(hints), strict=True):
            row.organisation_id = owner
            if owner:
                self.found.setdefault(owner, row.number)
            else:
                self._no_owner(row, "source_key", hint)

    def _no_owner(self, row: Row, field: str, hint: Mapping[str, Any]) -> None:
        who = hint.get("key") or hint.get("number") or hint.get("name") or "—"
        wrong(row, Sentence(_("No organisation of the register is known as %(who)s. Import the list of organisations first, or correct the number."), who=who), field)

    def _owners_by(self, hints: Sequence[Mapping[str, Any]]) -> list[int | None]:
        """The organisations of the region that keys of lists, official numbers or whole names tell."""
        keys = self._by_list_key({str(hint["key"]) for hint in hints if hint.get("key")})
        numbers = {str(hint["number"]) for hint in hints if hint.get("number")}
        known = Identifier.objects.filter(value__in=numbers, organisation__region=self.region)
        by_number = dict(known.values_list("value", "organisation_id")) if numbers else {}
        found = []
        for hint in hints:
            named = self._by_name().get(fold(str(hint.get("name") or "")), [])
            found.append(
                hint.get("found") or keys.get(str(hint.get("key") or "")) or by_number.get(str(hint.get("number") or ""))
                or (named[0] if len(named) == 1 and hint.get("name") else None)
            )  # fmt: skip
        standing = self._standing({pk for pk in found if pk})
        return [standing[pk][0] if pk else None for pk in found]

    def _by_list_key(self, keys: set[str]) -> dict[str, int]:
        """{key: organisation} in any list of the region; the same list first."""
        found: dict[str, int] = {}
        wanted = sorted(keys - {""})
        for start in range(0, len(wanted), _AT_ONCE):
            rows = Row.objects.filter(
                of__region=self.region, of__state=State.APPLIED, is_written=True, key__in=wanted[start : start + _AT_ONCE],
                organisation__isnull=False, of__subject=Subject.ORGANISATIONS,
            ).order_by("of__applied_at", "id")  # fmt: skip
            ours: dict[str, int] = {}
            for key, pk, source in rows.values_list("key", "organisation_id", "of__source_id"):
                (ours if source == self.it.source_id else found)[key] = pk
            found |= ours
        return found

    def _by_name(self) -> dict[str, list[int]]:
        """{folded legal name: legal persons of the region}."""
        if self._names is None:
            self._names = defaultdict(list)
            whole = Organisation.objects.filter(region=self.region, kind=Organisation.Kind.LEGAL_PERSON)
            for pk, name in whole.values_list("pk", "legal_name"):
                self._names[fold(name)].append(pk)
        return self._names

    def _known_unit(self, row: Row) -> int | None:
        """The unit with the same name, postal code and street, of the same legal person where the row says whose it is."""
        if row.values.get("kind") != Organisation.Kind.UNIT:
            return None
        if self._units is None:
            self._units = defaultdict(list)
            rows = Organisation.objects.filter(region=self.region, kind=Organisation.Kind.UNIT)
            for pk, parent, *told in rows.values_list("pk", "parent_id", "legal_name", "postal_code", "street"):
                name, code, street = told
                for owner in (parent, None):
                    self._units[owner, fold(name), code, fold(street)].append(pk)
        values = row.values
        said = (fold(values.get("legal_name", "")), values.get("postal_code", ""), fold(values.get("street", "")))
        found = self._units.get((values.get("parent_of"), *said), [])
        return found[0] if len(found) == 1 else None

    # What would change?

    def _compare(self, rows: Sequence[Row]) -> None:
        """Sets the changes of rows whose organisation is known. Three ways: list before, list now, register."""
        organisations = list(Organisation.objects.filter(pk__in={row.organisation_id for row in rows}))
        known = facts_of(organisations)
        before = self._before(known)
        reached = self._reached(known) if any(row.values.get("contacts") for row in rows) else set()
        for row in rows:
            assert row.organisation_id is not None
            facts = known.get(row.organisation_id)
            if facts is None:
                row.organisation_id = None
                continue
            facts |= self.said.get(row.organisation_id, {})
            row.changes = self._changes(row, facts, before.get(row.organisation_id, {}))
            for contact in row.values.get("contacts", ()):
                told = {(row.organisation_id, contact[way]) for way in ("email", "phone") if contact.get(way)}
                if told and not told & reached:
                    row.changes["contacts"] = [None, sorted(contact)]
            row.outcome = Outcome.CHANGED if row.changes else Outcome.UNCHANGED
            if row.changes and not self._is_possible(row, facts):
                continue
            days = {name: after for name, (_b, after) in row.changes.items() if name.startswith("figures:")}
            self.said[row.organisation_id] |= days

    def _reached(self, organisations: Iterable[int]) -> set[tuple[int, str]]:
        """(organisation, e-mail address or telephone number) of the contacts the register has."""
        known = Contact.objects.filter(organisation__in=list(organisations))
        return {(pk, text) for pk, *ways in known.values_list("organisation_id", "email", "phone") for text in ways if text}

    def _before(self, organisations: Iterable[int]) -> dict[int, Values]:
        """{organisation: values} the same list gave when it was applied last."""
        wanted = sorted(organisations)
        found: dict[int, Values] = {}
        if self.it.subject == Subject.FIGURES:
            return found
        for start in range(0, len(wanted), _AT_ONCE):
            rows = Row.objects.filter(
                of__source=self.it.source_id, of__state=State.APPLIED, of__subject=self.it.subject, is_written=True,
                organisation__in=wanted[start : start + _AT_ONCE],
            ).order_by("of__applied_at", "id")  # fmt: skip
            found |= dict(rows.values_list("organisation_id", "values"))
        return found

    def _changes(self, row: Row, facts: Values, before: Values) -> dict[str, list[Any]]:
        values = row.values
        after: Values = {}
        closed = Organisation.Status.CLOSED
        ends = closed in (facts["activity_status"], values.get("activity_status")) or bool(values.get("ended_on"))
        if self.it.subject != Subject.FIGURES:
            for name in PLAIN:
                said = values.get(name)
                if said not in (None, "") and said != before.get(name) and not (name == "activity_status" and ends):
                    after[name] = said
            self._keep_better_words(row, facts, after)
            if "legal_form" in after and after["legal_form"] == "UNKNOWN":
                del after["legal_form"]
            if after.get("legal_form", facts["legal_form"]) != facts["legal_form"]:
                form = codes.LEGAL_FORMS[after["legal_form"]]
                after |= {"sector": form["sector"], "pes_category": form["pes_category"]}
            for name in UNITED:
                new = [one for one in after.pop(name, values.get(name, ())) if one not in facts[name] and one not in before.get(name, ())]
                new = [one for one in new if one != facts["legal_name"]] if name == "other_names" else new
                if new:
                    after[name] = [*facts[name], *new]
            known = before.get("identifiers", {})
            numbers = {s: n for s, n in self._numbers(row).items() if known.get(s) != n and self._is_free(s, n, row)}
            after["identifiers"] = dict(sorted((facts["identifiers"] | numbers).items()))
            after["activities"] = self._activities(values, facts, before)
            if not facts["activities"] and after["activities"]:
                after["nace_version"] = values.get("nace_version", facts["nace_version"])
        for figures in values.get("figures", ()):
            day = f"figures:{figures['as_of_on']}"
            old = facts.get(day) or {}
            if any(old.get(name) != value for name, value in figures.items()):
                after[day] = {**(old or _blank_figures()), **figures}
        changes = {name: [facts.get(name), value] for name, value in after.items() if facts.get(name) != value}
        said_before = (before.get("ended_on"), before.get("activity_status"))
        if ends and facts["activity_status"] != closed and (values.get("ended_on"), values.get("activity_status")) != said_before:
            changes["ended_on"] = [None, values.get("ended_on", "")]
        return changes

    def _keep_better_words(self, row: Row, facts: Values, after: Values) -> None:
        """Takes back what would only spell a name otherwise, or put a place that was guessed over one that is known.

        A row known by its likeness alone gives its name as another name; the legal name stays.
        """
        said = after.get("legal_name", "")
        if said and same_words(said, facts["legal_name"], facts["country"]):
            del after["legal_name"]
        elif said and (row.number in self._alike or row.number in self._chosen):
            after["other_names"] = [after.pop("legal_name"), *row.values.get("other_names", ())]
        hints = row.values.get("place", {})
        moved = {"postal_code", "locality", "country"} & {name for name in after if after[name] != facts[name]}
        if facts["municipality"] and not moved and not (hints.get("name") or hints.get("code")):
            after.pop("municipality", None)

    def _is_free(self, scheme: str, number: str, row: Row) -> bool:
        """Whether a number is nobody's or the organisation's own; one of a record merged into it stays with that record."""
        return self._owners.get((scheme, number), row.organisation_id) == row.organisation_id

    def _activities(self, values: Values, facts: Values, before: Values) -> list[str]:
        said: list[str] = values.get("activities", [])
        old: list[str] = facts["activities"]
        if not said or said == before.get("activities") or set(said) <= set(old):
            return old
        if old and values.get("nace_version", facts["nace_version"]) != facts["nace_version"]:
            return old  # codes of two versions of NACE are not mixed
        others = [one for one in old if one not in said and one not in before.get("activities", ())]
        return [*said[:1], *sorted({*said[1:], *others})]

    def _is_possible(self, row: Row, facts: Values) -> bool:
        """Whether what the row changes fits what the register says beside it; else the row is to be mended."""
        for name, (_b, after) in row.changes.items():
            if name.startswith("figures:"):
                for no in contradictions(_figures(after)):
                    wrong(row, Sentence("%(said)s", said=str(no.message)), no.field or "")
                    return False
        touched = {"country", "postal_code", "founded_on", "registered_on", "lat", "lon", "municipality"} & row.changes.keys()
        said = self._impossible(facts | {name: row.changes[name][1] for name in touched}) if touched else None
        if said:
            wrong(row, said)
            return False
        return True

    def _try_new(self, row: Row) -> None:
        values = row.values
        if values.get("kind") == Organisation.Kind.UNIT and not values.get("parent_of") and not values.get("parent"):
            wrong(row, Sentence(_("A unit needs the legal person it belongs to: add a column with its number or name.")), "parent")
        elif self.it.subject != Subject.FIGURES and row.decision != Decision.DIFFERENT and values.get("kind") != Organisation.Kind.UNIT:
            self._loose.add(values, row.number)

    # What no number told

    def finish(self) -> None:
        """Looks for the loose rows among the organisations of the region and among themselves; saves the rows it changed."""
        ours, self._loose = self._loose, Gathered()
        if not ours.keys:
            return
        theirs = Gathered()
        theirs.add_register(Organisation.objects.filter(region=self.region, kind=Organisation.Kind.LEGAL_PERSON))
        between = {pair.a: pair for pair in pairs_between(ours, theirs)} if theirs.keys else {}
        within: dict[int, Linked] = {}
        for pair in pairs_within(ours):
            first, second = sorted((pair.a, pair.b), key=lambda at: ours.keys[at])
            if pair.sure and first not in between and second not in between:
                within.setdefault(second, Linked(second, first, pair.score, pair.sure, pair.why))
        touched = sorted({*between, *within}, key=lambda at: ours.keys[at])
        for start in range(0, len(touched), _AT_ONCE):
            chunk = {ours.keys[at]: at for at in touched[start : start + _AT_ONCE]}
            rows = list(Row.objects.filter(of=self.it, number__in=chunk))
            for row in rows:
                row.of, at = self.it, chunk[row.number]
                if at in within:
                    self._maybe(row, within[at], {"row": ours.keys[within[at].b]})
                elif between[at].sure and theirs.keys[between[at].b] not in self.found:
                    row.organisation_id = theirs.keys[between[at].b]
                    self._alike.add(row.number)
                    self._claim(row)
                else:
                    self._maybe(row, between[at], {"organisation": theirs.keys[between[at].b]})
            self._compare([row for row in rows if row.outcome == Outcome.NEW])
            save(rows)

    def _maybe(self, row: Row, pair: Linked, whom: dict[str, int]) -> None:
        row.outcome = Outcome.DUPLICATE
        row.likely = [{**whom, "score": round(pair.score, 4), "why": pair.why}]
        if "organisation" in whom:
            self.found.setdefault(whom["organisation"], row.number)

    # What is missing

    def missing(self) -> list[int]:
        """Organisations the same list named when it was applied last and does not name now; none where it is not whole."""
        it = self.it
        if it.mends_id or not it.settings.get("is_whole", True) or it.subject == Subject.FIGURES:
            return []
        last = Import.objects.filter(source=it.source_id, state=State.APPLIED, mends__isnull=True, subject=it.subject)
        last = last.exclude(pk=it.pk).order_by("-applied_at")
        before = last.first()
        if before is None:
            return []
        named = Row.objects.filter(is_written=True, organisation__isnull=False).filter(of__in=[before.pk, *before.mended_by.values_list("pk", flat=True)])
        there = Organisation.objects.filter(pk__in=named.values("organisation")).exclude(activity_status=Organisation.Status.CLOSED)
        return sorted(set(there.values_list("pk", flat=True)) - self.found.keys())


def _same_number(whom: dict[str, int]) -> dict[str, Any]:
    """Whom a row is likely to be about, as `likely` keeps it: a number says so."""
    return {**whom, "score": 1.0, "why": [{"role": "number", "level": "same", "bits": NUMBER_BITS}]}


def _figures(values: Values) -> Values:
    """Figures as the register's own check of contradictions takes them."""
    plain = {name: value for name, value in values.items() if name not in ("as_of_on", "year")}
    if plain.get("employees_fte") is not None:
        plain["employees_fte"] = Decimal(str(plain["employees_fte"]))
    return plain


def _blank_figures() -> Values:
    blank = row_facts(YearlyFigures())
    blank["source"] = "import_list"
    return blank
